"""Vacancies of an agency: what needs attention, the QRB case, the days, the scoring sheet, boards and outreach."""

import io
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import openpyxl
import pikepdf
import pytest
import yaml
from click.testing import CliRunner
from icalendar import Calendar

from seskit.desk.cli import main
from seskit.desk.opener.sections import OTHER_FILES
from seskit.desk.staffing import show
from seskit.formats.days import days_in_words
from seskit.law.facts import FactError
from seskit.paper.staffing import case_paper, lists
from seskit.record.forms.known import declared
from seskit.record.staffing import records, scoring
from seskit.work.staffing import days, outreach, vacancy_status, vacancy_words
from seskit.work.staffing.case import case
from seskit.work.staffing.folder import open_walk
from tests import axe, office
from tests.extent import thorough
from tests.places import CASES, SAMPLES

FORTY = CASES / "staffing-forty"
EXPECTED = yaml.safe_load((FORTY / "expected.yaml").read_text(encoding="utf-8"))


def agency(tmp_path, text):
    """A folder with this vacancy.yaml."""
    (tmp_path / "vacancy.yaml").write_text(text, encoding="utf-8")
    return records.open_folder(tmp_path)


def forty_with(tmp_path, *changes):
    """The forty vacancies with entries changed: old, new, and the vacancy whose entry it is."""
    text = (FORTY / "vacancy.yaml").read_text(encoding="utf-8")
    for old, new, vacancy in changes:
        start = text.index(f"id: {vacancy}")
        end = text.find("- id: ", start)
        end = len(text) if end < 0 else end
        assert old in text[start:end]
        text = text[:start] + text[start:end].replace(old, new) + text[end:]
    return agency(tmp_path, text)


def remarks(folder, as_of):
    return [remark for one in vacancy_status.look(folder, as_of) for remark in one.findings]


def seen(folder, vacancy, as_of=None):
    """The state of a vacancy and the kinds of its findings."""
    found = next(one for one in vacancy_status.look(folder, as_of or folder.known.as_of) if one.vacancy.id == vacancy)
    return found.state, [one.kind for one in found.findings]


def forty():
    return records.open_folder(FORTY)


# An agency with forty vacancies


@pytest.mark.parametrize("vacancy", sorted(EXPECTED))
def test_every_case_that_needs_attention_is_found_and_none_is_invented(vacancy):
    """State and kinds of findings of each of the forty vacancies are as seeded, no more and no less."""
    state, kinds = seen(forty(), vacancy)
    assert state == EXPECTED[vacancy]["state"]
    assert sorted(kinds) == sorted(EXPECTED[vacancy]["kinds"])


def test_the_forty_vacancies_stand_in_all_states():
    """Forty vacancies; every state occurs, and every kind of finding."""
    everything = vacancy_status.look(forty(), date(2026, 11, 20))
    assert len(everything) == 40
    assert {one.state for one in everything} == set(vacancy_words.STATES)
    assert {found.kind for one in everything for found in one.findings} == set(vacancy_words.KINDS)


def test_a_finding_names_its_line():
    """The line is the one where the vacancy begins in the file."""
    lines = (FORTY / "vacancy.yaml").read_text(encoding="utf-8").splitlines()
    for found in remarks(forty(), date(2026, 11, 20)):
        assert found.vacancy in lines[found.line - 1]


@pytest.mark.parametrize(("day", "kinds"), [("2026-11-05", []), ("2026-11-06", ["overdue"])])
def test_a_case_is_overdue_on_the_day_after_the_eightieth(day, kinds):
    """Closed on 2026-08-17: 80 calendar days end on 2026-11-05."""
    assert seen(forty(), "V-12", date.fromisoformat(day))[1] == kinds


@pytest.mark.parametrize(
    ("day", "state"), [("2026-11-01", "in probation"), ("2026-11-02", "probation over, not final")]
)
def test_probation_is_over_on_the_day_after_its_last(day, state):
    """Appointed on 2025-11-02: the last day is 2026-11-01."""
    assert seen(forty(), "V-37", date.fromisoformat(day))[0] == state


@pytest.mark.parametrize(("day", "state"), [("2026-10-07", "serving for a term"), ("2026-10-08", "term over")])
def test_a_limited_term_ends_with_its_last_day(day, state):
    """36 months from 2023-10-08 end on 2026-10-07."""
    assert seen(forty(), "V-40", date.fromisoformat(day))[0] == state


@pytest.mark.parametrize(
    ("vacancy", "day", "said"),
    [
        ("V-12", "2026-11-05", "Send the case to OPM by 2026-11-05."),
        ("V-12", "2026-11-06", "Send the case to OPM now; it was due on 2026-11-05."),
        ("V-37", "2026-11-01", "Assess and certify the performance; probation ends on 2026-11-01."),
        ("V-37", "2026-11-02", "Assess and certify the performance; probation ended on 2026-11-01."),
        ("V-40", "2026-10-07", "The term ends on 2026-10-07."),
    ],
)
def test_the_next_step_stands_beside_the_state_with_its_day(vacancy, day, said):
    """80 calendar days from 2026-08-17; the last day of probation and of the term; in the list that the page shows, too."""
    looked = vacancy_status.look(forty(), date.fromisoformat(day))
    assert next(one.next_step for one in looked if one.vacancy.id == vacancy) == said
    shown = next(row for row in lists.vacancies(open_walk(FORTY, day)).rows if row[0] == vacancy)
    assert shown[5] == days_in_words(said)


@pytest.mark.parametrize(
    ("vacancy", "said"),
    [
        ("P-01", "Complete the case, and send it to OPM by 2003-06-28."),
        ("P-05", "Complete the case, and send it to OPM. The day it is due cannot be determined."),
        ("P-06", "Settle what bars the case before it is sent. The case is due at OPM by 2003-07-19."),
    ],
)
def test_a_case_that_cannot_be_sent_yet_says_what_comes_before(vacancy, said):
    """What is missing, or bars it, comes first; the day it is due stays in sight."""
    looked = vacancy_status.look(records.open_folder(SAMPLES / "DPW"), date(2002, 11, 15))
    assert next(one.next_step for one in looked if one.vacancy.id == vacancy) == said


def test_every_state_before_the_end_has_a_next_step():
    """Nobody is left with a state alone: only what is done or serves without a term has nothing next."""
    without = {one.state for one in vacancy_status.look(forty(), date(2026, 11, 20)) if not one.next_step}
    assert without == {"final", "serving, noncareer", "ended"}


@pytest.mark.parametrize(
    ("lists_of", "said"),
    [
        ("board_order: [K-01, K-02]", "not in the board's order"),
        ("best_qualified: [K-01, K-02]", "not among the best qualified"),
        (
            "board_order: [K-01]\n    best_qualified: [K-01]",
            "not in the board's order and not among the best qualified",
        ),
    ],
)
def test_a_selectee_whom_the_board_did_not_list_is_a_finding(tmp_path, lists_of, said):
    """5 CFR 317.501(c): the selection is made from the best qualified. One of them is no finding."""
    text = f"""as_of: 2026-05-20
vacancies:
  - id: V-1
    title: Director
    criterion: A
    selectee: K-09
    opens_on: 2026-03-02
    closes_on: 2026-04-01
    selected_on: 2026-05-11
    {lists_of}
"""
    found = remarks(agency(tmp_path, text), date(2026, 5, 20))
    assert [one.text for one in found if one.kind == "irregular"] == [f"The selectee K-09 is {said}."]
    listed = remarks(agency(tmp_path, text.replace("K-09", "K-01")), date(2026, 5, 20))
    assert not [one for one in listed if one.kind == "irregular"]


def test_a_document_has_one_name_where_it_is_chosen_and_where_it_is_checked():
    """Its words in the form are those of the case; the file keeps its key, and the key is still read."""
    chosen = declared("vacancies").sheet("Documents").column("document")
    known = {row.key: row.name for row in case(forty(), forty().vacancy("V-12"), date(2026, 11, 5)).checklist}
    assert known.items() <= chosen.named.items()
    name = known["two_page_resume"]
    assert name in chosen.words
    assert {chosen.value(text) for text in (name, "two page resume", "two_page_resume")} == {"two_page_resume"}
    assert chosen.text("two_page_resume") == name


def test_a_file_that_is_not_there_is_filled_in_on_the_page(tmp_path):
    """The button is named first, as the page names it."""
    (problem,) = records.open_folder(tmp_path).problems
    assert (
        problem.fix
        == f"On the page, press '{OTHER_FILES.words}'; or put a file named vacancy.yaml into the agency's folder."
    )


def test_a_moratorium_that_ends_frees_the_case(tmp_path):
    """From the day after its last day the case is to be sent, and late if the due day has passed."""
    folder = forty_with(tmp_path, ("since: 2026-10-15", "since: 2026-10-15, until: 2026-11-10", "V-18"))
    assert seen(folder, "V-18", date(2026, 11, 10))[0] == "held"
    assert seen(folder, "V-18", date(2026, 11, 11)) == ("case to be sent", ["overdue"])


def test_a_returned_case_sent_again_in_time_is_not_irregular(tmp_path):
    """Returned on 2026-07-15: 60 days end on 2026-09-13."""
    folder = forty_with(tmp_path, ("sent_again_on: 2026-09-30", "sent_again_on: 2026-09-13", "V-29"))
    assert seen(folder, "V-29") == ("with the QRB", [])


def test_what_went_wrong_before_is_told(tmp_path):
    """R7.1, R4.9: a case back before it went, a term overrun by a day, an end before the beginning, a conversion in place."""
    held = "present_appointment: career type"
    converted = "present_appointment: Schedule C\n  same_position: yes"
    wrong = {
        ("V-29", "returned_on: 2026-07-15", "returned_on: 2026-06-21"): "returned on 2026-06-21, before it was sent on 2026-06-22",
        ("V-37", "certified_on: 2025-08-18", "certified_on: 2025-08-18\n  returned_on: 2025-09-02"): "certified on 2025-08-18, before it was returned",
        ("V-40", "months: 36", "months: 36\n  ended_on: 2026-10-08"): "after 2026-10-07, the last day of the term",
        ("V-08", "months: 36", "months: 36\n  ended_on: 2025-03-08"): "before the appointment on 2025-03-09",
        ("V-36", held, converted): "OPM will not forward",
        ("V-10", "listed_on: 2026-10-05", "listed_on: 2026-09-27"): "listed by the board on 2026-09-27, before it was rated",
        ("V-38", "assessed_on: 2026-10-05", "assessed_on: 2026-10-27"): "certified on 2026-10-26, before it was assessed",
    }  # fmt: skip
    folder = forty_with(tmp_path, *((old, new, vacancy) for vacancy, old, new in wrong))
    found = [one for seen_ in vacancy_status.look(folder, date(2026, 11, 20)) for one in seen_.findings]
    for (vacancy, _, _), said in wrong.items():
        assert any(said in one.text for one in found if (one.vacancy, one.kind) == (vacancy, "irregular")), vacancy


def test_probation_ends_on_one_day_wherever_it_is_shown():
    """R8.7: 45 calendar days without pay lengthen it by 15, in the list, the timeline and the case."""
    folder = forty()
    one = next(one for one in folder if one.appointed_on and one.filling == "career" and not one.ended_on)
    one = one.model_copy(update={"appointed_on": date(2026, 6, 1), "nonpay_days": 45})
    rows = days.days(folder, one, date(2026, 11, 20)).answer.rows
    assert [row.date for row in rows if row.step == "probation_ends"] == [date(2027, 6, 15)]
    assert case(folder, one, date(2026, 11, 20)).last_day == date(2027, 6, 15)


def test_a_fifteen_day_posting_is_no_finding(tmp_path):
    """The seeded posting of 12 days becomes lawful with its fourteenth day."""
    folder = forty_with(tmp_path, ("closes_on: 2026-11-13", "closes_on: 2026-11-15", "V-06"))
    assert seen(folder, "V-06", date(2026, 11, 20)) == ("to be rated", [])


# The file


@pytest.mark.parametrize(
    ("entry", "said"),
    [
        ("criterion: D", "is not one of A, B or C"),
        ("opens: 2026-01-02", "Did you mean 'opens_on'?"),
        ("opens_on: 2026-02-30", "is not a day in the calendar"),
        ("selectee: Casey Larkin", "never a name"),
        ("documents: [{document: transmital, place: folder}]", "Did you mean 'transmittal'?"),
    ],
)
def test_a_wrong_entry_is_named_with_its_line(tmp_path, entry, said):
    """Line 5 is where it stands; the sentence says what to do."""
    text = f"as_of: 2026-11-20\nvacancies:\n  - id: X\n    title: Director\n    {entry}\n"
    problems = agency(tmp_path, text).problems
    assert len(problems) == 1
    assert said in str(problems[0])
    assert problems[0].row in (3, 5)
    assert "line" in str(problems[0])


def test_two_vacancies_of_one_id_are_refused(tmp_path):
    """Each vacancy has an id of its own; the later one is named with its line."""
    text = "as_of: 2026-11-20\nvacancies:\n  - {id: X, title: One}\n  - {id: X, title: Two}\n"
    (problem,) = agency(tmp_path, text).problems
    assert (problem.row, problem.column) == (4, "vacancies.2.id")
    assert "'X' is already the id of vacancy 1" in str(problem)


# The QRB case


@pytest.mark.parametrize("vacancy", ["P-03", "S-03"])
def test_a_case_that_was_sent_without_its_papers_on_record_says_which_and_what_to_do(vacancy):
    """Before it is certified and after, until probation is final; where all is on record, nothing is said."""
    folder = records.open_folder(SAMPLES / {"P": "DPW", "S": "BSC"}[vacancy[0]])
    one = folder.vacancy(vacancy)
    day = one.appointed_on + timedelta(days=100)
    (found,) = [said for said in remarks(folder, day) if said.kind == "incomplete" and said.vacancy == vacancy]
    assert found.text.startswith(
        f"The case was sent on {one.submitted_on}, and these are not on record: document: Transmittal"
    )
    assert "vacancy.yaml" in found.to_do
    assert "OPM" in found.to_do
    assert found.doubt.confidence == "recalled", "the transmittal form is known from OPM's instructions alone"
    sent = folder_of(folder, one.model_copy(update={"certified_on": None, "appointed_on": None}))
    assert any("was sent" in said.text for said in remarks(sent, one.submitted_on))
    table = lists.findings(open_walk(folder.path))
    (row,) = [row for row in table.rows if row[0] == vacancy and "was sent" in row[2]]
    assert row[table.header.index("What to do")] == found.to_do


def test_a_day_that_has_passed_is_not_moved():
    """What slips is asked of the next planned day alone."""
    walk = open_walk(SAMPLES / "DPW", vacancy="P-01")
    assert show.slips(walk, 14).rows
    over = replace(walk, as_of=max(walk.vacancy.dates.values()))
    assert "nothing can move" in show.slips(over, 14).empty


def test_the_case_of_2002_needs_the_statement_and_leaves_out_the_full_record():
    """The rule of 2000 cut the merit staffing record from the case."""
    folder = records.open_folder(SAMPLES / "DPW")
    one = case(folder, folder.vacancy("P-01"), date(2002, 11, 15))
    states_by_key = {row.key: row.state for row in one.checklist}
    assert states_by_key["merit_record"] == "can be left out"
    assert states_by_key["ecq_statement"] == "at hand"
    assert states_by_key["agency_certification"] == "missing"
    assert one.has_statement
    assert {since for _, since in one.not_needed} == {"2000-06-26"}
    assert any("Business Acumen" in text for text in one.missing)
    assert not any("Leading People" in text for text in one.missing)


@pytest.mark.parametrize(("day", "state"), [(date(2000, 6, 25), "missing"), (date(2000, 6, 26), None)])
def test_the_full_merit_record_is_asked_for_until_the_rule_of_2000(day, state):
    """2000-06-25 still asks for it; from 2000-06-26 a statement takes its place."""
    folder = records.open_folder(SAMPLES / "DPW")
    empty = folder.vacancy("P-01").model_copy(update={"documents": ()})
    found = {row.key: row.state for row in case(folder_of(folder, empty), empty, day).checklist}
    assert found.get("merit_record") == state
    assert ("merit_statement" in found) == (state is None)


def folder_of(folder, vacancy):
    """The folder with this vacancy alone."""
    known = folder.known.model_copy(update={"vacancies": (vacancy,)})
    return records.VacancyFolder(folder.path, records.Read(known))


@pytest.mark.parametrize(("day", "needed"), [(date(2025, 5, 28), True), (date(2025, 5, 29), False)])
def test_the_essay_ends_on_2025_05_29(day, needed):
    """Until the day before a statement belongs to the case; from the day a two-page resume does."""
    folder = records.open_folder(SAMPLES / "BSC")
    one = case(folder, folder.vacancy("S-01").model_copy(update={"documents": ()}), day)
    assert one.has_statement is needed
    assert any(row.key == "two_page_resume" for row in one.checklist) is not needed


def test_development_after_probation_is_missing_from_the_plan():
    """Criterion C activities must end within probation."""
    folder = records.open_folder(SAMPLES / "DPW")
    late = folder.vacancy("P-01").model_copy(
        update={"development": (records.Activity(activity="Detail", until=date(2004, 1, 12)),)}
    )
    said = case(folder_of(folder, late), late, date(2002, 11, 15)).missing
    assert any("after probation (2004-01-11)" in text for text in said)
    in_time = late.model_copy(update={"development": (records.Activity(activity="Detail", until=date(2004, 1, 11)),)})
    assert not any(
        "after probation" in text for text in case(folder_of(folder, in_time), in_time, date(2002, 11, 15)).missing
    )


@pytest.mark.parametrize(("code", "vacancy"), [("DPW", "P-01"), ("BSC", "S-01")])
def test_the_case_is_a_tagged_draft_and_an_accessible_page(code, vacancy, tmp_path, chromium):
    """Incomplete cases say DRAFT; the PDF is tagged with a language and headings; axe finds nothing on the page."""
    folder = records.open_folder(SAMPLES / code)
    one = case(folder, folder.vacancy(vacancy), folder.known.as_of, "An agency")
    files = {path.suffix: path for path in case_paper.write(one, tmp_path)}
    with pikepdf.open(files[".pdf"]) as pdf:
        assert pdf.Root.MarkInfo.Marked
        assert str(pdf.Root.Lang).startswith("en")
    page_text = files[".html"].read_text(encoding="utf-8")
    assert "DRAFT" in page_text
    page = chromium.new_page()
    page.set_content(page_text)
    assert axe.violations(page) == []


def test_a_complete_case_is_no_draft():
    """Every document and day at hand."""
    folder = forty()
    made = case_paper.document(case(folder, folder.vacancy("V-10"), folder.known.as_of))
    assert not made.draft
    assert "Nothing: every document" in made.body.replace("\\", "")


def test_small_numbers_of_applicants_are_hidden_alike_in_case_and_table():
    """Three applicants of one source: hidden in its case, and what would give it away is hidden in the other's case."""
    folder = records.open_folder(SAMPLES / "DPW")
    told = {}
    for vacancy in ("P-02", "P-03"):
        made = case(folder, folder.vacancy(vacancy), folder.known.as_of)
        told[vacancy] = {source for source, count in made.sources if count == "hidden"}
        assert case_paper.document(made).body.count("| hidden |") == len(told[vacancy])
    assert told["P-02"] == told["P-03"] >= {"Federal job pages"}
    assert 2 <= len(told["P-02"]) < 4
    before_closing = case(folder, folder.vacancy("P-02"), date(2002, 11, 7))
    assert before_closing.sources == ()


@thorough
def test_the_case_and_the_scoring_sheet_open_in_libreoffice(tmp_path):
    """Word file and workbook convert without complaint."""
    folder = records.open_folder(SAMPLES / "BSC")
    one = case(folder, folder.vacancy("S-01"), folder.known.as_of)
    made = [*case_paper.write(one, tmp_path, ["docx"]), scoring.write(folder, one.vacancy, ["K-01"], ["R1"], tmp_path)]
    for path in office.converted("pdf", tmp_path / "pdf", *made):
        assert path.stat().st_size > 1000


# The days


def test_moving_a_planned_day_moves_what_follows():
    """The board meets 14 days later: selection and appointment follow, and the end of probation with them."""
    folder = records.open_folder(SAMPLES / "DPW")
    asked = days.days(folder, folder.vacancy("P-01"), date(2002, 9, 1), moved="board_on", moved_to=date(2002, 9, 26))
    assert {one["step"]: one["days"] for one in asked.answer["slips"]} == {
        "board_on": 14, "selected_on": 14, "appointed_on": 15, "probation_ends": 15,
    }  # fmt: skip


def test_the_calendar_holds_the_days_set_by_law():
    """The QRB due day falls on a Saturday, so the working day before is named."""
    folder = records.open_folder(SAMPLES / "DPW")
    entries = Calendar.from_ical(days.diary(folder, folder.vacancy("P-01"), date(2002, 11, 15), "DPW")).walk("VEVENT")
    held = {entry["dtstart"].dt: (str(entry["summary"]), str(entry["description"])) for entry in entries}
    assert "QRB case due" in held[date(2003, 6, 28)][0]
    assert "2003-06-27" in held[date(2003, 6, 28)][1]
    assert date(2002, 7, 1) not in held
    assert date(2003, 1, 12) in held


def test_an_unknown_step_cannot_move():
    """The sentence names the steps."""
    folder = records.open_folder(SAMPLES / "DPW")
    with pytest.raises(FactError, match="is not a step"):
        days.days(folder, folder.vacancy("P-01"), date(2002, 9, 1), moved="lunch", moved_to=date(2002, 9, 26))


# The scoring sheet


def filled(levels, technical=None, change=None):
    """A scoring sheet of BSC filled in: levels by rater and candidate."""
    folder = records.open_folder(SAMPLES / "BSC")
    vacancy = folder.vacancy("S-01")
    candidates = sorted({candidate for by in levels.values() for candidate in by})
    book = openpyxl.load_workbook(io.BytesIO(scoring.sheet(folder, vacancy, candidates, list(levels))))
    for rater, by in levels.items():
        sheet = book[f"Rater {rater}"]
        for number, candidate in enumerate(candidates):
            for column, level in enumerate(by[candidate]):
                sheet.cell(6 + number, 2 + column, int(level) if level != " " else None)
            if technical:
                sheet.cell(6 + number, 7, technical[candidate])
    if change:
        change(book)
    content = io.BytesIO()
    book.save(content)
    return folder, vacancy, content.getvalue()


def test_a_filled_in_sheet_is_ranked():
    """What is written is what is read: levels, raters, candidates."""
    found = scoring.rank(*filled({"R1": {"K-01": "33333", "K-02": "44444"}, "R2": {"K-01": "33333", "K-02": "44445"}}))
    assert [row["candidate"] for row in found.answer["ranking"]] == ["K-02", "K-01"]
    assert found.answer["agreement"]["within_one"] == 100
    assert found.answer["leadership_drives_order"] is True


def test_qualifications_that_are_level_are_all_named():
    """Strongest on two and weakest on two: no one of them stands there alone; of more than two their number is said."""
    ranked = scoring.rank(*filled({"R1": {"K-01": "55433", "K-02": "44444", "K-03": "33332"}}))
    names = list(ranked.answer["ranking"][0].by_ecq)
    said = dict(scoring.reasons(ranked))
    assert f"Strongest on {names[0]} and {names[1]} (5.00), weakest on {names[3]} and {names[4]} (3.00)" in said["K-01"]
    assert said["K-02"].startswith("The same level on every qualification")
    assert said["K-03"].startswith(f"Strongest on 4 of 5 (3.00), weakest on {names[4]} (2.00)")


def test_it_warns_when_leadership_does_not_drive_the_order():
    """Technical scores that weigh half and turn the order call for a warning."""
    folder, vacancy, content = filled({"R1": {"K-01": "33333", "K-02": "44444"}}, {"K-01": 5, "K-02": 1})
    turned = vacancy.model_copy(update={"technical_weight": 50})
    found = scoring.rank(folder, turned, content)
    assert found.answer["ranking"][0]["candidate"] == "K-01"
    assert found.answer["leadership_drives_order"] is False
    assert scoring.rank(folder, vacancy, content, Decimal(0)).answer["leadership_drives_order"] is True
    asked = scoring.rank(folder, vacancy, content)
    assert (asked.answer["ranking"], asked.answer["leadership_drives_order"]) == ([], None)


def test_a_blank_level_is_not_guessed():
    """One cell left blank: no ranking, and the missing rating is named."""
    found = scoring.rank(*filled({"R1": {"K-01": "3333 ", "K-02": "44444"}, "R2": {"K-01": "33333", "K-02": "44444"}}))
    assert found.answer["ranking"] == []
    assert found.answer["not_rated"] == [{"candidate": "K-01", "ecq": "Achieving Results", "rater": "R1"}]


def test_a_candidate_whom_nobody_rated_is_named():
    """Everyone is rated on the same basis."""
    with pytest.raises(FactError, match="No rater has given K-01 any level"):
        scoring.rank(*filled({"R1": {"K-01": "     ", "K-02": "44444"}}))


@pytest.mark.parametrize(
    ("cell", "value", "said"),
    [
        ("C6", 6, "'Rater R1', cell C6: '6"),
        ("B7", "high", "'Rater R1', cell B7: 'high' is not a level"),
        ("G6", 9, "cell G6: '9' is not a technical score"),
        ("A7", "K-01", "row 7: candidate K-01 appears twice"),
        ("A7", None, "row 7: levels without a candidate"),
        ("B5", "Charm", "row 5 does not name the qualifications in force"),
    ],
)
def test_what_cannot_be_used_is_refused_with_its_cell(cell, value, said):
    """Sheet and cell stand in the sentence."""

    def change(book):
        book["Rater R1"][cell] = value

    with pytest.raises(FactError) as failure:
        scoring.rank(*filled({"R1": {"K-01": "33333", "K-02": "44444"}}, change=change))
    assert said in str(failure.value).replace("6.0", "6").replace("9.0", "9")


def test_every_qualification_of_every_set_has_its_anchors():
    """Levels 1, 3 and 5 for each qualification of 1997, 2006 and 2025."""
    from seskit.law import parameters

    for figure in parameters.parameter("staffing.ecq.set").values:
        marks = scoring.anchors(figure.first_day)
        assert all(set(marks[ecq]) == {1, 3, 5} for ecq in figure.value["ecqs"])


# Boards and outreach

OUTREACH = """
as_of: {day}
outreach:
  plan: {{Inside: 40, Outside: 60}}
  boards:
    ERB: {{kind: ERB, chair: noncareer, career: 2, noncareer: 3, outside_agency: 0, groups: {{women: 6, men: 9}}}}
    PRB: {{kind: PRB, chair: career, career: {career}, noncareer: 2, groups: {{women: {women}, men: 8}}}}
vacancies:
  - {{id: A, title: One, opens_on: 2024-01-02, closes_on: 2024-02-01, applicants: {{Inside: 40, Outside: 60}}}}
  - {{id: B, title: Two, opens_on: 2024-01-02, closes_on: 2024-02-01, applicants: {{Inside: {inside}, Outside: 60}}}}
"""


def reach(tmp_path, day="2024-06-03", career=3, women=7, inside=40):
    return agency(tmp_path, OUTREACH.format(day=day, career=career, women=women, inside=inside))


def test_sources_are_compared_with_the_plan(tmp_path):
    """80 of 200 are 40.0 percent, the share planned; 79 of 199 are below it."""
    at = {line.source: line.said for line in outreach.sources(reach(tmp_path), date(2024, 6, 3)).lines}
    assert at == {"Inside": "the plan is reached", "Outside": "the plan is reached"}
    below = {line.source: line.said for line in outreach.sources(reach(tmp_path, inside=39), date(2024, 6, 3)).lines}
    assert below["Inside"] == "below the plan of 40 percent"


def test_a_small_count_is_hidden_in_both_directions(tmp_path):
    """Four applicants: the cell, its row neighbor, its column neighbor and the corner are hidden."""
    found = outreach.sources(reach(tmp_path, inside=4), date(2024, 6, 3))
    inner = [cell for row in found.by_vacancy.rows[:-1] for cell in row[1:-1]]
    assert inner == ["hidden"] * 4
    shown = outreach.sources(reach(tmp_path, inside=5), date(2024, 6, 3))
    assert "hidden" not in str(shown.by_vacancy.rows)


@pytest.mark.parametrize(("outside", "total"), [(3, "hidden"), (4, "5")])
def test_a_total_too_small_is_hidden_with_its_parts(tmp_path, outside, total):
    """One announcement with four applicants in all shows no number; with five it shows the total alone."""
    text = OUTREACH.format(day="2024-06-03", career=3, women=7, inside=1).rsplit("  - {id: B", 1)[0]
    folder = agency(tmp_path, text.replace("Inside: 40, Outside: 60}}", f"Inside: 1, Outside: {outside}}}}}"))
    told = outreach.of_vacancy(folder, folder.vacancy("A"), date(2024, 6, 3))
    assert told == (("Inside", "hidden"), ("Outside", "hidden"), ("total", total))


def test_announcements_with_one_source_are_not_told_apart(tmp_path):
    """Twelve and three applicants of one source: 15 in all is shown, so neither paper may say how many were its own."""
    text = OUTREACH.format(day="2024-06-03", career=3, women=7, inside=3).replace(", Outside: 60}", "}")
    folder = agency(tmp_path, text.replace("applicants: {Inside: 40}", "applicants: {Inside: 12}"))
    assert outreach.sources(folder, date(2024, 6, 3)).total == 15
    for vacancy in "AB":
        told = outreach.of_vacancy(folder, folder.vacancy(vacancy), date(2024, 6, 3))
        assert told == (("Inside", "hidden"), ("total", "hidden"))


def test_announcements_still_open_are_not_counted(tmp_path):
    """On 2024-01-31 neither announcement has closed."""
    assert outreach.sources(reach(tmp_path), date(2024, 1, 31)).lines == ()
    assert outreach.sources(reach(tmp_path), date(2024, 2, 1)).lines != ()


@pytest.mark.parametrize(("day", "shown"), [(date(2025, 1, 19), True), (date(2025, 1, 20), False)])
def test_boards_by_group_end_where_policy_withdrew_them(tmp_path, day, shown):
    """Until 2025-01-19 the table stands; from 2025-01-20 its place says why it does not."""
    table = outreach.board_groups(reach(tmp_path), day)
    assert bool(table.rows) is shown
    assert ("withdrawn" in table.empty) is not shown
    assert outreach.policy(day)["withdrawn"] is not shown


def test_a_small_group_on_a_board_is_hidden(tmp_path):
    """Two women on one board: the whole table but its total goes."""
    rows = outreach.board_groups(reach(tmp_path, women=2), date(2024, 6, 3)).rows
    assert [row[1:3] for row in rows[:2]] == [("hidden", "hidden")] * 2


@pytest.mark.parametrize(("career", "lawful"), [(3, True), (2, False)])
def test_a_review_board_needs_a_career_majority(tmp_path, career, lawful):
    """Three of five are a majority, two of four are not."""
    found = dict(outreach.boards(reach(tmp_path, career=career), date(2024, 6, 3)))
    assert found["PRB"].answer["lawful"] is lawful
    assert found["ERB"].answer["lawful"] is True


# The commands


def run(*arguments):
    return CliRunner().invoke(main, ["staffing", *map(str, arguments)])


def test_the_commands_say_what_they_find(tmp_path):
    """Exit 1 where something needs attention, 0 where nothing does, 2 where the call cannot be used."""
    listed = run("list", FORTY)
    assert listed.exit_code == 1
    assert "26 findings." in listed.output
    assert run("case", FORTY, "V-10", "--out", tmp_path, "--format", "html").exit_code == 0
    assert run("case", FORTY, "V-11", "--out", tmp_path, "--format", "html").exit_code == 1
    assert run("case", FORTY, "V-99", "--out", tmp_path).exit_code == 2
    assert run("rank", SAMPLES / "BSC", "S-01").exit_code == 0
    assert run("rank", SAMPLES / "DPW", "P-01").exit_code == 1
    assert run("sheet", SAMPLES / "BSC", "S-02", "--candidates", "K-1,K-2", "--out", tmp_path).exit_code == 0
    assert (tmp_path / "scores_S-02.xlsx").is_file()
    moved = run("timeline", SAMPLES / "DPW", "P-01", "--as-of", "2002-09-01", "--move", "board_on=2002-09-26")
    assert "Slips: probation_ends from 2004-01-11 to 2004-01-26, 15 days." in moved.output
    assert run("timeline", SAMPLES / "DPW", "P-01", "--move", "board_on").exit_code == 2


def test_an_agency_without_the_file_is_told_so():
    """One sentence, no traceback."""
    said = run("list", SAMPLES / "NIE")
    assert said.exit_code == 1
    assert "has no usable vacancy.yaml" in said.output


def test_a_folder_that_is_not_there_or_not_usable_is_said_once(tmp_path):
    """The folder is looked for, not a file of its name; and no vacancy is called unknown where none could be read."""
    assert "Check the folder and its name." in run("list", tmp_path / "nowhere").output
    (tmp_path / "vacancy.yaml").write_text("as_of: 2002-11-15\nvacansies: []\n", encoding="utf-8")
    for asked in (["case", tmp_path, "P-01", "--out", tmp_path], ["timeline", tmp_path, "P-01"]):
        said = run(*asked)
        assert said.exit_code == 1
        assert "Did you mean 'vacancies'?" in said.output
        assert said.output.count("vacansies") == 1
        assert "has no usable vacancy.yaml" in said.output
