"""Nothing personal comes in unseen, and nothing personal leaves: files, manifest, console."""

import io
import json
import os
import stat
import sys
import zipfile
from pathlib import Path

import pytest
import xlsxwriter
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st

from seskit import batch
from seskit.batch import passing
from seskit.desk.cli import main
from seskit.desk.console_guard import guarded
from seskit.formats import files, leaving, personal_data
from seskit.formats.documents import Document, escaped
from seskit.formats.personal_data import NOBODY, Names, column_kind, found, hits, kinds, masked
from seskit.record import roster
from seskit.record.forms.known import all_files
from seskit.work import report
from tests import batch_kit
from tests.extent import times
from tests.places import SAMPLES

NUMBER = "-".join(("900", "12", "3456"))
#: Every list and workbook of an agency that has a row for each person.
_BOOKS = [
    name for one in all_files().values() if "person_id" in {column.name for column in one.columns}
    for name in (f"{one.stem}.csv", one.book)
]  # fmt: skip
SPELLINGS = {
    "number": NUMBER,
    "dots": NUMBER.replace("-", "."),
    "spaces": NUMBER.replace("-", " "),
    "no-break": NUMBER.replace("-", "\u00a0"),
    "dash": NUMBER.replace("-", "\u2013"),
    "prefix": "SSN " + NUMBER.replace("-", ""),
    "mail": "pat.lee" + "@agency.gov",
    "telephone": "(202) 555-" + "0142",
    "birth": "born on May 12, " + "1960",
}
HEADINGS = ["SSN", "ssan", "S.S.N.", "SocSecNum", "Social Security No.", "Soc Sec #", "EmpSSN", "SS#", "SS No.",
            "social_security_number", "DOB", "Date of Birth", "Birthdate", "Phone", "Telephone no.", "Fax", "E-mail",
            "email_address", "Taxpayer ID"]  # fmt: skip
HARMLESS = ["classname", "Assn", "business no", "birthplace", "title", "rating_date", "mail stop", "hotel", "excellent",
            "noncareer_supervisor_since", "person_id", "martin", "component"]  # fmt: skip
HEADER = (
    "person_id,name,plan,component,ig_office,appointment_type,es_level,basic_pay_fy_end,basic_pay_period_end,rating,"
    "rating_date,award,pay_decreased,action,action_date,removal_reason"
)


def _rows(*, component="Bureau", action="", person_id="A1", more=""):
    return f'{person_id},Avery Q. Adams,main,"{component}",no,career,4,129800,129800,3,,,,"{action}",,{more}\n'


@pytest.fixture(autouse=True)
def _no_rosters_in_mind(monkeypatch):
    monkeypatch.setattr(leaving, "_names", {})
    monkeypatch.setattr(leaving, "_passed", {})


@pytest.mark.parametrize("heading", HEADINGS)
def test_a_column_named_for_something_personal_is_never_kept(tmp_path, heading):
    """Whatever is in it."""
    (tmp_path / "roster.csv").write_text(f"{HEADER},{heading}\n" + _rows(more=",900123456"))
    read = roster.read(tmp_path / "roster.csv")
    assert ["is never a column" in problem.reason for problem in read.problems] == [True]
    assert read.extra == {}
    assert column_kind(heading)


@pytest.mark.parametrize("heading", HARMLESS)
def test_other_columns_are_not_taken_for_one(heading):
    """Words that only look like it."""
    assert column_kind(heading) is None


@pytest.mark.parametrize("kind", SPELLINGS)
@pytest.mark.parametrize("column", ["component", "action", "person_id", "remarks"])
def test_every_cell_is_looked_at_and_a_hit_shows_nothing(tmp_path, kind, column):
    """Used and unused columns alike; the cell is not kept."""
    value = SPELLINGS[kind]
    row = _rows(more=f",{value}" if "," not in value else f',"{value}"') if column == "remarks" else (
        _rows(more=",").replace("A1,", f'"{value}",', 1) if column == "person_id" else _rows(more=",", **{column: value})
    )  # fmt: skip
    (tmp_path / "roster.csv").write_text(f"{HEADER},remarks\n{row}", encoding="utf-8")
    read = roster.read(tmp_path / "roster.csv")
    told = [problem for problem in read.problems if "must never be in a roster" in problem.reason]
    assert [(problem.row, problem.column) for problem in told] == [(2, column)]
    assert value not in str(told[0])
    assert value not in repr(read.people)
    assert value not in repr(read.extra)


@pytest.mark.parametrize("said", ["see Avery Adams", "ADAMS, AVERY", "adams avery", "Avery Quinn Adams"])
@pytest.mark.parametrize("column", ["component", "action", "remarks"])
def test_a_name_of_the_roster_in_another_column_is_an_error(tmp_path, said, column):
    """In any order and case."""
    row = _rows(more=f',"{said}"') if column == "remarks" else _rows(more=",", **{column: said})
    (tmp_path / "roster.csv").write_text(f"{HEADER},remarks\n{row}")
    read = roster.read(tmp_path / "roster.csv")
    told = [problem for problem in read.problems if "the name of a person" in problem.reason]
    assert [(problem.row, problem.column, problem.value) for problem in told] == [(2, column, "")]
    assert said not in repr(read.people)
    assert said not in repr(read.extra)


def test_a_list_beside_the_roster_holds_no_name_either(tmp_path):
    """The roster is read first, and its names are known then."""
    (tmp_path / "roster.csv").write_text(f"{HEADER}\n" + _rows())
    (tmp_path / "history.csv").write_text("person_id,year,level\nAvery Adams,2001,3\n")
    told = [problem for problem in roster.read(tmp_path).problems if problem.file == "history.csv"]
    assert [(problem.row, problem.column, "the name of a person" in problem.reason) for problem in told] == [
        (2, "person_id", True)
    ]


def test_nine_bare_digits_are_refused_where_a_person_is_numbered_and_nowhere_else(tmp_path):
    """They cannot be told apart from a Social Security number in person_id; an amount of that size is an amount."""
    (tmp_path / "roster.csv").write_text(f"{HEADER},budget\n" + _rows(person_id="900123456", more=",900123456"))
    told = [problem.column for problem in roster.read(tmp_path / "roster.csv").problems]
    assert told.count("person_id") >= 1
    assert "budget" not in told


@pytest.mark.parametrize("kind", SPELLINGS)
@pytest.mark.parametrize("suffix", ["html", "json", "csv", "ics", "ipynb", "xlsx", "docx", "pdf", "pptx", "zip"])
def test_no_file_with_personal_data_is_written(tmp_path, kind, suffix):
    """Whatever its form; what was there before stays."""
    text = SPELLINGS[kind]
    path = tmp_path / f"made.{suffix}"
    path.write_text("before")
    with pytest.raises(leaving.Withheld, match=rf"made\.{suffix} was not written: .* would hold a") as refused:
        files.whole(path, _as(suffix, text))
    assert text not in str(refused.value)
    assert path.read_text() == "before"
    assert [one.name for one in tmp_path.iterdir()] == [path.name]
    harmless = tmp_path / f"other.{suffix}"
    files.whole(harmless, _as(suffix, "Paid $129,800.00 on 2002-09-30; 5 U.S.C. 5384"))
    assert harmless.is_file()


def _as(suffix, text):
    if suffix == "json":
        return json.dumps({"said": text}).encode()
    if suffix == "ipynb":
        return json.dumps({"cells": [{"outputs": [{"text": [text]}], "source": []}]}).encode()
    if suffix == "xlsx":
        made = io.BytesIO()
        book = xlsxwriter.Workbook(made)
        book.add_worksheet().write_string("A1", text)
        book.close()
        return made.getvalue()
    if suffix in ("docx", "pdf"):
        document = Document("A title", escaped(text))
        return document.to_docx() if suffix == "docx" else document.to_pdf()
    if suffix in ("zip", "pptx"):
        made = io.BytesIO()
        with zipfile.ZipFile(made, "w") as archive:
            archive.writestr("part.xml" if suffix == "pptx" else "note.txt", f"<p>{text}</p>")
        return made.getvalue()
    return text.encode()


def test_names_leave_only_in_the_supplement(tmp_path):
    """Its own names in its own files; a number not even there; the name of a file is looked at, too."""
    leaving.remember("here", ["Avery Q. Adams"])
    files.whole(tmp_path / "supplement.html", b"<p>Adams, Avery</p>")
    for name, text in (("forms.html", "<td>Adams</td><td>Avery</td>"), ("supplement.html", NUMBER)):
        with pytest.raises(leaving.Withheld):
            files.whole(tmp_path / name, text.encode())
    with pytest.raises(leaving.Withheld) as refused:
        files.whole(tmp_path / "scores_Avery_Adams.csv", b"1")
    assert "Adams" not in str(refused.value)
    pdf = Document("Part 2", "Avery Adams").to_pdf()
    files.whole(tmp_path / "supplement.pdf", pdf)
    with pytest.raises(leaving.Withheld):
        files.whole(tmp_path / "forms.pdf", pdf)


def test_an_offices_own_contact_may_leave(tmp_path):
    """The very text that was allowed, and no other."""
    contact = "Forum desk, (202) 555-" + "0142"
    with leaving.allowing(contact):
        files.whole(tmp_path / "agenda.html", f"<p>{contact}</p>".encode())
        with pytest.raises(leaving.Withheld):
            files.whole(tmp_path / "agenda.html", f"<p>{contact.replace('0142', '0143')}</p>".encode())
    with pytest.raises(leaving.Withheld):
        files.whole(tmp_path / "agenda.html", f"<p>{contact}</p>".encode())


@pytest.mark.parametrize("write", [files.whole, files.private])
@pytest.mark.parametrize("fails", ["open", "replace"])
def test_an_error_of_writing_names_the_file_that_a_person_knows(tmp_path, monkeypatch, write, fails):
    """Not the one beside it, and that one does not stay."""

    def refused(path, *_):
        raise PermissionError(13, "Permission denied", str(path))

    monkeypatch.setattr(files.os if fails == "open" else files.Path, fails, refused)
    with pytest.raises(PermissionError) as failure:
        write(tmp_path / "roster.csv", b"x")
    assert Path(failure.value.filename) == tmp_path / "roster.csv"
    assert list(tmp_path.iterdir()) == []


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such modes")
@pytest.mark.parametrize(("mask", "usual"), [(0o022, 0o644), (0o077, 0o600), (0o002, 0o664)])
def test_files_obey_the_umask_and_stay_as_closed_as_they_were(tmp_path, mask, usual):
    """What holds people is its owner's alone; a tightened mode is kept, carried to a copy, and a roster may be opened."""
    before = os.umask(mask)
    try:
        made = files.whole(tmp_path / "a.json", b"{}")
        assert stat.S_IMODE(made.stat().st_mode) == usual
        assert stat.S_IMODE(files.new(tmp_path / "new.csv", b"x").stat().st_mode) == usual
        for name in ("supplement.json", "forms.json", "sent.json", "roster.csv", "scores_A.xlsx", *_BOOKS):
            assert stat.S_IMODE(files.whole(tmp_path / name, b"{}").stat().st_mode) == 0o600, name
            (tmp_path / name).chmod(0o660)
            again = stat.S_IMODE(files.whole(tmp_path / name, b"[]").stat().st_mode)
            assert again == (0o600 if leaving.always_closed(name) else 0o660 & ~mask), name
        made.chmod(0o400)
        assert stat.S_IMODE(files.whole(made, b"[]").stat().st_mode) == 0o400
        copy = files.whole(tmp_path / "b.json", b"[]", like=made)
        assert stat.S_IMODE(copy.stat().st_mode) == 0o400
    finally:
        os.umask(before)


def test_what_is_printed_is_guarded(capsys):
    """Every line, on both streams."""
    leaving.remember("here", ["Avery Q. Adams"])
    with guarded():
        print(f"number {NUMBER} of ADAMS, Avery")
        print("write to pat.lee" + "@agency.gov", file=sys.stderr)
    told = capsys.readouterr()
    assert told.out == "number ***-**-**** of ***\n"
    assert told.err == "write to ***\n"


def test_no_command_repeats_a_number(tmp_path):
    """Whatever it was given."""
    (tmp_path / "roster.csv").write_text(f"{HEADER}\n" + _rows(action=NUMBER, person_id=NUMBER))
    for command in (["check", str(tmp_path / "roster.csv")], ["check", "--json", str(tmp_path / "roster.csv")],
                    ["ask", "awards.award_limits", "as_of=2002-09-30", f"rate={NUMBER}"]):  # fmt: skip
        assert NUMBER not in CliRunner().invoke(main, command).output


def test_a_batch_withholds_what_a_notebook_would_let_out_and_goes_on(tmp_path, warm_way):
    """That agency fails with the kind and the place; the others are done, and nothing of it is anywhere."""
    agencies = batch_kit.agencies(tmp_path, "ONE=ASR", "TWO=ASR")
    who = next(person.name for person in roster.read(agencies / "ONE").people if person.name)
    walk = batch_kit.notebook(
        tmp_path / "walk.ipynb",
        "from pathlib import Path\nfrom seskit.record import roster",
        "who = next(one.name for one in roster.read(agency).people if one.name)\n"
        '_ = Path(out, "list.csv").write_text(who if "ONE" in agency else "nobody")',
        'print("number", "-".join(("900", "12", "3456")) if "ONE" in agency else "none")',
        '_ = Path(out, "fair.csv").write_text("1")',
    )
    done = batch.run(agencies, tmp_path / "out", notebooks=[walk], workers=1, launcher=warm_way)
    one, two = (next(record for record in done.records if record.agency == name) for name in ("ONE", "TWO"))
    assert (one.status, two.status) == ("failed", "done")
    assert "a number shaped like a Social Security number" in one.message
    assert batch_kit.files(tmp_path / "out" / "ONE").keys() == {
        "walk/fair.csv",
        "walk/findings.html",
        "walk/findings.json",
    }
    for path in (tmp_path / "out").rglob("*"):
        if path.is_file():
            assert NUMBER.encode() not in path.read_bytes()
            assert who.encode() not in path.read_bytes()


def test_the_manifest_names_no_file_of_the_user_that_could_carry_a_name():
    """The product's own names stay; any other is a number, of the same kind."""
    inputs = {
        "agency.yaml": "a",
        "roster.csv": "b",
        "roster_2023.xlsx": "c",
        "Adams plan.docx": "d",
        "notes/x.txt": "e",
    }
    assert passing.named(inputs) == {"file 1.docx": "d", "agency.yaml": "a", "file 3.txt": "e", "roster.csv": "b",
                                     "roster_2023.xlsx": "c"}  # fmt: skip


def test_every_file_of_the_report_is_written_and_the_supplement_is_closed(tmp_path):
    """The product's own files hold nothing personal, so nothing stops it."""
    sample = SAMPLES / "ASR"
    opened = report.open_folder(sample)
    for path in opened.complete().write(tmp_path):
        names = NOBODY if path.name.startswith("supplement") else leaving.people()
        assert not leaving.inspect(path.name, path.read_bytes(), names)
        if path.name.startswith("supplement") and sys.platform != "win32":
            assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_masking_leaves_nothing_of_a_hit():
    """For every spelling."""
    for text in SPELLINGS.values():
        assert not kinds(masked(f"see {text} now"))
        assert text not in masked(f"see {text} now")
    people = Names(["Brown-Cole, José M."])
    assert masked("ask José Brown-Cole", people).count("Brown") == 0
    assert [hit.kind for hit in found("ask JOSE COLE", people)] == ["the name of a person"]
    assert not list(hits("no. 5"))


ANY_SIGN = st.text(
    alphabet="sS.no#C tTelLphfaxmbicvdD1234567890-/_()[]@+*X\n\t\u0663\u00b2\u2011\u00a0\u200b\u212a", max_size=60
)
PIECES = st.lists(
    st.sampled_from([
        "123", "45", "6789", "12", "1", "2004", "123456789", "19600102", "7", "0142", "\u0661\u0662\u0663", "xxx", "XX", "**", "##",
        "-", " ", ".", "/", "_", ")", "(", "+", "\n", "\u2011", "\u00a0", "\u200b", ",", ":", "SSN", "ss no", "s. s.", "Soc Sec", "social",
        "tel", "Phone:", "Fax", "call", "d.o.b.", "DOB", "born", "birthday", "Jan", "of", "@", "[at]", "(at)", "a", "gov", ".gov", "Adams",
    ]),
    max_size=14,
).map("".join)  # fmt: skip


@settings(max_examples=times(300, 60))
@given(ANY_SIGN)
def test_the_quick_look_misses_nothing(text):
    """Where the patterns would find something near a sign or word, the quick look sends them there."""
    low = personal_data.plain(text).lower()
    for _, _, parts, word, _ in personal_data._NAMED:
        assert not word.search(low) or any(part in low for part in parts)


@settings(max_examples=times(2000, 60))
@given(st.one_of(ANY_SIGN, PIECES))
def test_digits_joined_tell_what_cannot_be_there(text):
    """What is found by a look at the digits first is all that is found without."""
    quick = list(hits(text)), personal_data.any_bare_number(text)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(personal_data, "_digits", lambda _: b"0" * 9 + b"xx0000+0")
        assert quick == (list(hits(text)), personal_data.any_bare_number(text))


@settings(max_examples=times(1000, 60))
@given(st.one_of(ANY_SIGN, PIECES, st.text(alphabet=st.characters(max_codepoint=127), max_size=40)))
def test_words_split_off_are_the_words_looked_for(text):
    """Names are sought among the same words, in the same order, by both ways."""
    assert personal_data._words(text) == personal_data._WORD.findall(text)
