"""What leaves the house: pages without foreign markup, files that open, names that stay in their folder, a calm terminal."""

import io
import zipfile
from pathlib import Path

import lxml.etree
import lxml.html
import pytest
from click.testing import CliRunner
from hypothesis import example, given, settings
from hypothesis import strategies as st

from seskit.batch import index
from seskit.desk.appraisal import show
from seskit.desk.certification.show import SystemWalk as CertificationWalk
from seskit.desk.cli import main
from seskit.desk.console import safe
from seskit.desk.pay_setting import show as pay_show
from seskit.desk.report import show as report_show
from seskit.desk.staffing import show as staffing_show
from seskit.formats import calendar_file, workbooks
from seskit.formats.characters import file_name, visible
from seskit.formats.documents import Document, escaped, table
from seskit.formats.documents.deck import Deck
from seskit.formats.markup import element, listed, page, paragraph, together, xml
from seskit.formats.tables import Folded, Table
from seskit.paper.appraisal import action_list, notice, packet
from seskit.paper.certification import package as certification
from seskit.paper.staffing import case_paper, lists
from seskit.record.manifest import Record
from seskit.work import report
from seskit.work.appraisal import year_record
from seskit.work.appraisal.outcomes import outcomes
from seskit.work.certification.mock_review import rehearse
from seskit.work.pay_setting import folder as pay
from seskit.work.staffing import folder as walk
from tests import hostile
from tests.extent import some

#: Any text at all: controls, halves of characters, marks of direction and markup among the rest.
ANYTHING = st.text(
    st.one_of(
        st.characters(),
        st.characters(max_codepoint=0x9F),
        st.sampled_from("<>&\"'`[]{}$\\\ud800\udfff\u202e\u2066\u200f\ufffe\uffff\x00\x1b\x0b\r\n\t\u2028"),
    ),
    max_size=40,
)


@given(ANYTHING)
@example("``")
@example("` `")
@example("Run `seskit check` and `a")
@example("Run `<b>seskit</b>`.")
def test_any_text_is_shown_and_never_obeyed(text):
    """Between elements, in an attribute, in a table, a list, a heading or a title, text stays text.

    In a table what is written between backticks is set off as code.
    """
    made = together(
        paragraph(text), listed([text, text]), element("p", text, title=text),
        Table(text, ("a", text), ((text, text),), text).to_html(), Table(text, (), (), text).to_html(),
        Folded(text, ((text, paragraph(text)),))._repr_html_(), Folded(text, (), text)._repr_html_(),
    )  # fmt: skip
    tree = lxml.html.document_fromstring(page(text, "p{}", made))
    allowed = {
        "html", "head", "meta", "title", "style", "body", "main", "p", "ul", "li", "table", "caption", "thead", "tr",
        "th", "tbody", "td", "section", "h3", "strong", "details", "summary", "code",
    }  # fmt: skip
    assert {one.tag for one in tree.iter()} <= allowed
    assert {name for one in tree.iter() for name in one.attrib} <= {
        "lang", "charset", "name", "content", "class", "scope", "style", "title",
    }  # fmt: skip
    shown = " ".join(visible(text).split())
    assert " ".join(tree.find(".//body//p").text_content().split()) == shown
    assert all(one.text_content().strip() for one in tree.iter("code"))


def test_what_names_no_element_and_what_would_run_is_refused():
    """A name that is none, a handler, and a script that would end in its middle are mistakes of our own."""
    for wrong in (
        lambda: element("p onclick"),
        lambda: element("p", onclick="x"),
        lambda: page("", "</style>", paragraph()),
    ):
        with pytest.raises(ValueError):
            wrong()


def pages_of(name, folder, out):
    """Every page the product makes of a folder, and every piece of its notebooks as the page of a notebook shows it."""
    opened = report.open_folder(folder)
    made = [report_show.problems(opened.problems)]
    if opened.agency:
        package = opened.complete()
        package.write(out, ["html"])
        made += [report_show.plans(package.agency), report_show.people(package.agency, opened.roster)]
        made += [report_show.summary(package), report_show.pools(package), report_show.due_dates(package)]
        made += [report_show.proofs(package), report_show.supplement(package), report_show.problems(package.problems)]
    files = year_record.open_folder(folder)
    made += [show.plan_problems(folder), show.year_problems(files)]
    if files.usable:
        found, on = year_record.audit(files), show.decision_day(files)
        follows = outcomes(files, on)
        packet.write(found, out, ["html"])
        action_list.write(files, follows, out)
        notice.write(files, out)
        made += [
            show.findings(found),
            show.questions(found),
            show.boards(found),
            show.actions(follows),
            show.weak(follows),
        ]
        made += [show.spread(files), show.ceiling(files), show.year(files)]
    checked = next(iter(show.plans(folder)))
    made += [show.coverage(checked), show.gaps(checked), show.plan_answers(checked)]
    money = pay.open_folder(folder)
    made += [pay_show.first_problems(money), pay_show.overview(money), pay_show.findings(money, "block")]
    made += [pay_show.findings(money, "flag"), pay_show.clocks(money), pay_show.proposal(money)]
    if money.checked:
        money.write(out, ["html"])
    if (folder / "vacancy.yaml").is_file():
        seen = walk.open_walk(folder)
        made += [staffing_show.problems(seen), lists.vacancies(seen), lists.findings(seen)]
        made += [staffing_show.checklist(seen), staffing_show.case(seen), staffing_show.boards(seen)]
        made += [staffing_show.moves(seen), lists.probation(seen), staffing_show.ranking(seen)]
        if seen.case is not None:
            case_paper.write(seen.case, out, ["html"])
    if (folder / "certification.yaml").is_file():
        certification.write(rehearse(folder), out, ["html"])
        asked = CertificationWalk(folder)
        made += [asked.rehearsal(), asked.tests(), asked.changes(), asked.dates(), asked.pay()]
    fragments = [page(name, "", together(piece._repr_html_())) for piece in made]
    return [*fragments, *(file.read_text(encoding="utf-8") for file in sorted(out.rglob("*.html")))]


@pytest.mark.slow
@pytest.mark.parametrize("name", some(["DBT", "LKA", "DPW"], 1))
def test_no_cell_of_any_file_becomes_markup(name, tmp_path):
    """Markup in every free text of an agency's files is shown on its pages and never obeyed, nor is it in a file so
    broken that every cell is a problem.
    """
    for number, make in enumerate((hostile.agency, hostile.everywhere)):
        folder = make(name, tmp_path / str(number))
        made = pages_of(name, folder, tmp_path / f"out{number}")
        assert [found for one in made for found in hostile.obeyed(one)] == []
        assert sum(hostile.MARK in lxml.html.document_fromstring(one).text_content() for one in made) >= 3


def test_the_check_of_pages_finds_what_is_obeyed():
    """The same text put on a page as it is would be found."""
    assert len(hostile.obeyed(f"<html><body><p>{hostile.MARKUP}</p></body></html>")) >= 4


@given(ANYTHING)
def test_the_index_of_a_run_shows_any_text(text):
    """A title, a folder's name and a message of a run stay text."""
    record = Record(text, text, "report", "failed", False, message=text, outputs={f"{text}/report.html": ""})
    made = lxml.html.document_fromstring(index.made([record], 0))
    assert len(made.findall(".//script")) == 1
    assert len(made.findall(".//td")) == 7


def parts(content):
    """The XML parts of an office file, each parsed; a part that is not well-formed ends the test."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        for name in archive.namelist():
            if name.endswith((".xml", ".rels")):
                yield name, lxml.etree.fromstring(archive.read(name))


@settings(max_examples=40, deadline=None)
@given(st.lists(ANYTHING, min_size=1, max_size=4), ANYTHING)
def test_every_part_of_a_workbook_is_well_formed(cells, text):
    """Cells, title, sheet names and printed headers take any text, and a cell says what was given."""
    book = workbooks.book(text, text, text)
    for rater in (text, text, "Levels"):
        sheet = book.sheet(f"Rater {rater}")
        workbooks.page(sheet, left=text, middle=text, right=text)
    for row, cell in enumerate(cells):
        sheet.write_string(row, 0, cell)
    sheet.write_formula(9, 0, '="x"', None, text)
    workbooks.table(sheet, 20, "Told", ["one", "two"], [10, 10], [[text, cell] for cell in cells], book.formats)
    made = dict(parts(book.done()))
    kept = "".join(made["xl/sharedStrings.xml"].itertext())
    assert all(word in kept for cell in cells for word in visible(cell).split() if "_x" not in word)


def test_a_text_longer_than_a_cell_holds_is_cut_and_not_dropped():
    """Spreadsheets take 32,767 letters; the writer drops a longer text whole unless it is cut."""
    book = workbooks.book("a", "b", "c")
    book.sheet("a").write_string(0, 0, "long " * 20_000)
    assert "long long" in "".join(dict(parts(book.done()))["xl/sharedStrings.xml"].itertext())


@pytest.mark.slow
@settings(max_examples=12, deadline=None)
@given(ANYTHING, ANYTHING)
def test_every_part_of_a_document_and_a_deck_is_well_formed(text, other):
    """Title, headings, cells, alternative text, footer and sources of Word and PowerPoint files take any text."""
    body = f"# {escaped(other) or 'a'}\n\n{escaped(text)}\n\n{table(text, ('a', other), [(text, other)])}"
    for draft in (True, False):
        names = dict(parts(Document(text, body, subject=other, draft=draft).to_docx()))
        assert "word/footer_pages.xml" in names
    deck = Deck(text, body, subject=other, opening=(text, other), footer=text, sources={escaped(other): text})
    assert len(dict(parts(deck.to_pptx()))) > 20
    assert hostile.obeyed(Document(text, body).to_html()) == []
    assert hostile.obeyed(deck.to_html().replace("<script>", "<pre>").replace("</script>", "</pre>")) == []


@given(ANYTHING, ANYTHING)
def test_every_calendar_is_read_again(summary, identity):
    """A calendar's entries take any text, and nothing in it begins a line of its own."""
    import datetime

    from icalendar import Calendar

    made = calendar_file.write(
        "Subject", [calendar_file.CalendarEntry(datetime.date(2026, 1, 2), summary, summary, identity)]
    )
    (event,) = Calendar.from_ical(made).walk("VEVENT")
    assert sorted(event) == ["DESCRIPTION", "DTEND", "DTSTAMP", "DTSTART", "SUMMARY", "UID"]
    assert all(ord(letter) >= 32 or letter in "\r\n\t" for letter in made.decode())
    assert str(event["SUMMARY"]) == visible(summary).replace("\r\n", "\n").replace("\r", "\n")
    assert max(map(len, made.split(b"\r\n"))) <= 75


@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=20), ANYTHING)
def test_office_elements_are_well_formed(text, other):
    """An element of an office file with any text and attribute is read again as it was meant."""
    made = lxml.etree.fromstring(xml("a", xml("b", text, name=other)))
    assert [one.tag for one in made.iter()] == ["a", "b"]


@example("0000000000\x1f0\x1f0\x080\x1f\x1f\x1f\u00bc", "")
@given(ANYTHING, ANYTHING)
def test_a_file_name_stays_in_its_folder(text, other):
    """Whatever an id holds, its file is one plain name, the same on every system, and other ids have other names."""
    name = file_name(text)
    assert Path(name).name == name
    assert name.isascii()
    assert name.isprintable()
    assert not set(name) & set('<>:"/\\|?*\x7f ')
    assert 0 < len(name) <= 69
    assert not name.startswith(".")
    assert not name.endswith(".")
    assert name.split(".")[0].lower() not in ("con", "prn", "aux", "nul", "com1", "lpt1")
    assert (name == file_name(other)) == (text == other)


@pytest.mark.parametrize("name", ["../../outside", "/etc/passwd", "..", "a/b", "con", "x\x00y", "A\u202eb"])
def test_an_id_never_leads_a_file_out_of_its_folder(name, tmp_path):
    """The scoring sheet of a vacancy, whatever its id, lies in the folder that was asked for."""
    from seskit.record.staffing import records, scoring

    opened = records.open_folder(hostile.kit.SAMPLES / "DBT")
    vacancy = next(one for one in opened.read.record.vacancies if one.closes_on).model_copy(update={"id": name})
    path = scoring.write(opened, vacancy, ["K-1", "K-2"], [name, "R2"], tmp_path / "deep" / "out", "Agency")
    assert path.resolve().parent == (tmp_path / "deep" / "out").resolve()


@given(ANYTHING)
def test_no_control_reaches_the_terminal(text):
    """Of all controls, only line ends and tabs are printed as they are."""
    assert all(letter.isprintable() or letter in "\n\t" or ord(letter) > 0x9F for letter in safe(text))
    assert not set(safe(text)) & set("\x1b\r\x07\x08\x9b\u202e\u2066")
    safe(text).encode()


@pytest.mark.parametrize(
    "command", [["check"], ["report", "--out", "out"], ["appraisal", "audit"], ["staffing", "list"]]
)
def test_no_command_prints_an_escape_of_a_file(command, tmp_path):
    """A roster full of terminal escapes is told about without them, and so is a folder or an option so named."""
    escape = "\x1b]0;owned\x07\x9b31m\u202e"
    folder = hostile.agency("DBT", tmp_path, "plain")
    for file in [*folder.glob("*.csv"), *folder.glob("*.yaml")]:
        file.write_text(file.read_text(encoding="utf-8").replace("plain", escape), encoding="utf-8")
    words = [str(tmp_path / word) if word == "out" else word for word in command]
    for arguments in (
        [*words[:2], str(folder), *words[2:]]
        if command[0] in ("appraisal", "staffing")
        else [words[0], str(folder), *words[1:]],
        [*words, f"--{escape}"],
        [f"{escape}"],
    ):
        ran = CliRunner().invoke(main, arguments)
        assert ran.output
        assert not set(ran.output) & set("\x1b\x07\x9b\u202e")
