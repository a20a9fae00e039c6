"""What a person types into the desk: as Americans write it, refused in the words of the field, each fault at its own box."""

import re
from dataclasses import replace
from datetime import date
from importlib import import_module

import ipywidgets
import pytest

from seskit.desk.opener.file_entries import CellEntry
from seskit.desk.opener.make import ChangedAgency, NewAgency
from seskit.desk.practice.answers import AnswerPart
from seskit.desk.widgets import FormPanel, typed
from seskit.desk.widgets.entries import Fields, RowsEntry, ValueEntry, entry
from seskit.law import facts
from seskit.law.facts import FactError, Reads
from seskit.law.question import questions
from seskit.record.forms import known
from tests.places import SAMPLES

DAYS = ("2026-11-25", "11/25/2026", "11-25-2026", "11/25/26", "2026/11/25", "Nov 25, 2026", "November 25, 2026",
        "Nov. 25 2026", "25 Nov 2026", "25-Nov-2026", "November 25th, 2026", "Wednesday, November 25,2026.")  # fmt: skip
MONTHS = ("2026-12", "12/2026", "December 2026", "Dec 2026", "Dec. 2026", "2026/12")
#: Words that only those who write programs know.
PROGRAM = re.compile(
    r"valid |input should|pars(e|ing)|string|instance|literal|integer|decimal|dictionary|\bNone\b", re.I
)


def leaves(entries):
    """Every box, those in rows and fields as well."""
    for one in entries:
        if isinstance(one, RowsEntry):
            if not one.rows:
                one._grow()
            yield from leaves(box for boxes in one.rows for box in boxes)
        elif isinstance(one, Fields):
            yield from leaves(one.boxes)
        else:
            yield one


def boxes():
    """Each box with text of every question, and of a new agency, with the question's name."""
    forms = {**questions(), "new agency": NewAgency(lambda _: None).question}
    for name, asked in forms.items():
        for one in leaves(map(entry, asked.slots.values())):
            if isinstance(one, ValueEntry) and one.shape.kind == "text":
                yield name, one


def test_every_box_reads_american_forms_and_refuses_in_plain_words():
    """All dates and months in each of the usual forms; what is none is refused with what to write."""
    seen = 0
    for name, one in boxes():
        read = one.slot.of_one.read if isinstance(one.slot.of_one, Reads) else None
        for kind, forms in ((facts.day, DAYS), (facts.month, MONTHS), (facts.calendar_year, ("2026", "FY 2026"))):
            if read is kind:
                found = set()
                for text in forms:
                    one.widget.value = text
                    found.add(str(one.slot.read(one.given())))
                assert len(found) == 1, (name, one.words, found)
                seen += 1
        if read is not None or one.slot.of_one is None:
            one.widget.value = "seven-ish"
            for sentence in one.wrong():
                assert not PROGRAM.search(sentence), (name, sentence)
                assert one.slot.label in sentence
                assert "seven-ish" in one.widget.description
    assert seen > 100


def test_every_entry_of_a_file_reads_the_same_forms():
    """A date alone, one to a line, and before or after a colon, in each file that can be filled in on the screen."""
    seen = set()
    for declared in known.all_files().values():
        for entry_of in (one for sheet in declared.sheets for one in sheet.columns):
            if "day" not in (entry_of.kind, entry_of.named_by):
                continue
            named = entry_of.named_by == "day"
            for text in DAYS:
                line = (
                    text
                    if entry_of.shape != "pairs"
                    else f"{text if named else 'step'}: {'3' if named and entry_of.kind != 'day' else text}"
                )
                cell = CellEntry(entry_of, "")
                if isinstance(cell.widget, ipywidgets.Dropdown):
                    continue
                cell.widget.value = line if entry_of.shape == "one" else f"{line}\n"
                assert "2026-11-25" in cell.text, (declared.what, entry_of.name, text)
                assert text == "2026-11-25" or text not in cell.text
                seen.add(entry_of.shape)
    assert {"one", "lines"} <= seen


@pytest.mark.parametrize(("stem", "pick"), [("staffing", "as_of"), ("appraisal", "decided_on")])
def test_the_day_a_walk_looks_from_is_read_as_any_other(stem, pick):
    """The same forms, and the same refusal with what to write."""
    walk = import_module(f"seskit.desk.{stem}.walk").WALK
    read = next(one.read for one in walk.picks if one.name == pick)
    assert {read(text) for text in DAYS} == {"2026-11-25"}
    with pytest.raises(FactError, match="next week"):
        read("next week")


def test_a_pasted_column_is_read_as_if_each_date_were_typed():
    """With the number of each person before it, or alone."""
    column = next(
        one for file in known.all_files().values() for sheet in file.sheets for one in sheet.columns
        if one.kind == "day" and one.shape == "one"
    )  # fmt: skip
    assert typed.of_column(column, "E1\tNov 25, 2026\nE2\t11/25/26") == "E1\t2026-11-25\nE2\t2026-11-25"
    assert typed.of_column(column, "25-Nov-2026\n\nnever") == "2026-11-25\n\nnever"


def test_a_date_of_a_file_is_seen_in_words_and_stays_the_same_when_left():
    """In the entries of all files: one day, days in lines, a day before or after a colon; words around it stay."""
    entries = [one for file in known.all_files().values() for sheet in file.sheets for one in sheet.columns]
    dated = [one for one in entries if "day" in (one.kind, one.named_by)]
    assert {one.shape for one in dated} == {"one", "lines"}
    pairs = replace(dated[0], shape="pairs")
    for one in (*dated, pairs, replace(pairs, named_by="day")):
        name, value = ("2026-11-25" if kind == "day" else "mid-year" for kind in (one.named_by, one.kind))
        text = {"one": value, "lines": f"{value}\n2026-12-01\nsoon", "pairs": f"{name}: {value}\nno colon"}[one.shape]
        seen = typed.as_seen(one, text)
        assert "November 25, 2026" in seen
        assert "2026-" not in seen
        assert typed.of_field(one, seen) == text
    words = next(one for one in entries if one.kind == "text" and one.shape == "one")
    assert typed.as_seen(words, "since 2026-11-25") == "since 2026-11-25"


@pytest.mark.parametrize("text", ["13/25/2026", "Ma 4, 2026", "June", "Junk 4, 2026", "2026", "about May 2026"])
def test_what_is_no_date_stays_as_it_was_typed(text):
    """It is refused with the words a person typed."""
    with pytest.raises(ValueError, match=r"date|calendar"):
        facts.day(typed.day(text))
    assert typed.day("about May 4, 2026") == "about May 4, 2026"


KINDS = {
    facts.day: ("soon", r"'soon' is not a date; write for example 8/15/2004, August 15, 2004"),
    facts.month: ("12/02", r"'12/02' is not a month; write for example 12/2002, December 2002"),
    facts.calendar_year: ("$2,003.50", r"is not a year; write four digits, for example 2003"),
}


def test_a_refusal_shows_an_example_of_its_own_kind():
    """A date for a date, in the American form first; a month for a month; a year for a year, and never an amount."""
    met = set()
    for name, one in boxes():
        read = one.slot.of_one.read if isinstance(one.slot.of_one, Reads) else None
        if read in KINDS:
            text, said = KINDS[read]
            one.widget.value = text
            assert re.search(said, " ".join(one.wrong())), (name, one.words)
            met.add(read)
    assert met == set(KINDS)


def test_two_digits_of_a_year_are_read_where_one_types_and_refused_with_the_reason_elsewhere():
    """A box and an answer of the course read them; a file and a command say what is missing."""
    part = AnswerPart("answer", "the day", "date")
    assert {part.read(text) for text in DAYS} == {date(2026, 11, 25)}, "the course reads what every box reads"
    assert AnswerPart("answer", "the day", "date", none="no day").read("N/A") is None
    amount = AnswerPart("answer", "the amount", "dollars")
    assert {amount.read(text) for text in ("$212,100", "212100.00", " $ 212,100. ", "212.1K", "US$212,100")} == {
        212_100
    }
    with pytest.raises(ValueError, match="has a comma that sets off no thousands"):
        amount.read("$212,10")
    with pytest.raises(ValueError, match="is not a date"):  # no answer is no wrong answer
        part.read("n/a")
    for text, year in (("9/30/02", 2002), ("9-30-98", 1998), ("9.30.79", 1979), ("9/30/78", 2078)):
        assert facts.day(typed.day(text)) == part.read(text) == date(year, 9, 30)
        with pytest.raises(ValueError, match="has a year of two digits; write all four"):
            facts.day(text)
    with pytest.raises(ValueError, match="is not a day in the calendar"):
        part.read("13/30/02")


def test_each_fault_is_said_at_its_own_box_and_all_at_once():
    """Two faults in a plan's row and one above it: three boxes say so, the group's head does not, the answer names all."""
    panel = FormPanel(NewAgency(lambda _: None))
    panel.fill(name="Department of Lighthouses", code="DLH")
    row = {box.slot.name: box for box in panel.entries["plans"].rows[0]}
    panel.entries["fiscal_year"].widget.value = "next"
    row["paid_in"].widget.value = "12/20"
    row["last_day"].widget.value = "never"
    faulty = [panel.entries["fiscal_year"], row["paid_in"], row["last_day"]]
    assert all("Please correct" in one.widget.description for one in faulty)
    assert "Please correct" not in row["first_day"].widget.description
    assert "Please correct" not in panel.entries["plans"].head.value
    assert "3 entries" in panel._status.value
    assert all(word in panel.message for word in ("next", "12/20", "never", "row 1"))
    assert "item" not in panel.message
    panel.button.click()
    assert all(word in panel.kept for word in ("next", "12/20", "never"))
    row["paid_in"].widget.value = "December 2026"
    assert "Please correct" not in row["paid_in"].widget.description


def test_a_code_of_other_signs_is_refused_where_it_is_asked():
    """In the sentence of its box, as the help says; a changed agency takes none like it either."""
    box = FormPanel(NewAgency(lambda _: None)).entries["code"]
    for code in ("B T!", "B-T", "../B"):
        box.widget.value = code
        assert "has other signs than letters or digits; write these alone" in box.widget.description
    box.widget.value = "BT2"
    assert "Please correct" not in box.widget.description
    changed = ChangedAgency(SAMPLES / "DPW", lambda _: None)
    assert "Everything needed is there" in changed.question(**changed.facts).says
    with pytest.raises(FactError, match="Short code: 'B T!' has other signs than letters or digits"):
        changed.question(**changed.facts | {"code": "B T!"})
