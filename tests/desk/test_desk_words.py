"""The words of the walks: no name of a parameter, no key without what it means, no mark of a program, no British date."""

import html
import json
import re
from importlib import import_module

import ipywidgets
import pytest

from seskit.desk.opener import attention, overview
from seskit.desk.opener.make import NewAgency
from seskit.desk.opener.state import Desk, flat
from seskit.desk.widgets.entries import RowsEntry, entry
from seskit.formats.refusals import FactError
from seskit.law.question import questions
from seskit.work import findings
from tests.extent import ALL
from tests.places import NOTEBOOKS, SAMPLES

WALKS = ("report", "pay_setting", "staffing", "appraisal", "certification")
#: A sample of each kind: with and without each file, faulty, with findings of every subject.
KINDS = sorted(SAMPLES.iterdir()) if ALL else [SAMPLES / one for one in ("BSC", "DBT", "DPW", "LKA", "XFR")]
SHOWN = re.compile(r"desk\.show\((.*?)\)\s*$", re.DOTALL)
#: What only those who write programs write: their marks, lists in square brackets, their words for yes, no and nothing.
PROGRAM = re.compile(
    r"`|\[\s*(?:-?\d|['\"\]])|[{}]|\bTrue\b|\bFalse\b|\bNone\b(?=[,;)]|$)|\bnull\b|\bNaN\b|\b(?:Decimal|date|datetime)\("
)
MONTHS = "January|February|March|April|May|June|July|August|September|October|November|December"
#: Names as programs have them; a file's own columns and keys are allowed where a file is spoken of.
PARTED = re.compile(r"\b[a-z]+(?:_[a-z0-9]+)+\b(?!\.(?:yaml|csv|xlsx|json|pdf|docx|html|ics|md))")
OF_A_FILE = re.compile(
    r"(?:row \d+(?: \(\w+\))?, |(?:agency|pay)\.yaml, [\w.]*|(?:no |\()column |Write one of [\w, ]*|Columns (?:(?:not )?used|for other papers|never read)\W+\d+\W+[\w, ]*)$"
)
#: Keys of checks, of readings and of rules; each with its words after a colon, or after its words in brackets.
KEY = re.compile(r"\b(?:T|A|BM|SL|P|G|R|AL)\d{1,2}\b")
NAMED = re.compile(r"[(\[][\w, ]*$")


def parts_of(widget):
    """A widget and all within it."""
    yield widget
    for child in getattr(widget, "children", ()):
        yield from parts_of(child)


def words(part):
    """What a person reads of an output: the text of its HTML, labels, choices."""
    if not isinstance(part, ipywidgets.Widget):
        live = getattr(part, "live_html", None) or getattr(part, "_repr_html_", None)
        return plain(str(live() if live else part))
    said = []
    for one in parts_of(part):
        said += [one.description] if isinstance(getattr(one, "description", None), str) else []
        said += [one.value] if isinstance(one, ipywidgets.HTML) else []
        said += [html.escape(one.value)] if isinstance(one, ipywidgets.Text | ipywidgets.Textarea) else []
        said += [str(option[0]) for option in getattr(one, "_options_full", ())]
    return plain("\n".join(said))


def plain(markup):
    """Text without markup; code is set off for the reader and counts as such."""
    left = re.sub(r"<(style|code|script|svg)\b.*?</\1>", " ", markup, flags=re.DOTALL)
    apart = re.sub(r"</t[dh]>", " | ", left)
    return re.sub(r"\s+", " ", html.unescape(re.sub(r"<[^>]+>", " ", apart)))


def pieces(stem):
    """The outputs of a walk by name, in the order of its notebook; the files are written by other tests."""
    cells = json.loads((NOTEBOOKS / f"{stem}.ipynb").read_text(encoding="utf-8"))["cells"]
    shown = "\n".join("".join(cell["source"]) for cell in cells if cell["cell_type"] == "code")
    return [name for name in re.findall(r"\bwalk\.([a-z]\w*)", shown) if name != "files"]


@pytest.fixture(scope="module")
def shown(tmp_path_factory):
    """The text of every output of every walk for every kind of sample, and of the opener."""
    out, found = tmp_path_factory.mktemp("out"), {}
    for stem in WALKS:
        walk = import_module(f"seskit.desk.{stem}.walk")
        for folder in KINDS:
            try:
                desk = Desk(walk.WALK, folder, out)
            except FactError as failure:
                found[stem, folder.name, "opened"] = str(failure)
                continue
            for name in pieces(stem):
                try:
                    made = flat(desk.made(getattr(walk, name)))
                    found[stem, folder.name, name] = " ".join(words(part) for part in made)
                except FactError as failure:
                    found[stem, folder.name, name] = str(failure)
    for folder in KINDS:
        seen = overview.look(folder)
        listed = attention.listed(findings.of_folder(folder, ""), import_module("seskit.desk.report.walk").WALK)
        found["opener", folder.name, "look"] = f"{seen.says} {words(seen)}"
        found["opener", folder.name, "attention"] = plain(str(listed))
    assert len(found) > 60 * len(KINDS) / 2
    return found


def told(shown, wanted, allowed=None):
    """Where the words are, one place for each word; those in an allowed surrounding left out."""
    places = {}
    for where, text in shown.items():
        for one in wanted.finditer(text):
            before, after = text[max(0, one.start() - 240) : one.start()], text[one.end() : one.end() + 40]
            if allowed is None or not allowed(before, one[0], after):
                places.setdefault(one[0], (where, f"{before[-60:]}>{one[0]}<{after}"))
    return places


def test_no_name_of_a_parameter_is_shown(shown):
    """Words, not names with underscores, except columns and keys of a file where the file is spoken of."""

    def allowed(before, name, after):
        return bool(OF_A_FILE.search(before) or re.match(r" in \w+\.(yaml|csv)", after))

    assert told(shown, PARTED, allowed) == {}


def test_no_mark_of_a_program_is_shown(shown):
    """A command or a file's name is set off by the look of the page, not by backticks; no value of a program."""
    assert told(shown, PROGRAM) == {}


def test_no_entry_of_any_question_speaks_as_a_program():
    """Labels, helps, choices and what is filled in by default, of every fact of every question and of a new agency."""
    forms = {**questions(), "a new agency": NewAgency(lambda _: None).question}
    said = {("asked", name, ""): form.asks for name, form in forms.items()}
    for name, form in forms.items():
        for slot in form.slots.values():
            one = entry(slot)
            if isinstance(one, RowsEntry) and not one.rows:
                one._grow()
            said["entry", name, slot.name] = words(one.widget)
    assert len(said) > 700
    assert told(said, re.compile(rf"{PROGRAM.pattern}|{PARTED.pattern}|JSON|'null'|\bmapping\b")) == {}


def test_rows_by_name_are_shown_as_they_are_typed():
    """What the entry shows can be read again as it is there."""
    one = entry(questions()["staffing.representation_table"].slots["counts"])
    one.put({"Unit A": {"women": 2, "men": 11}, "Unit B": {"women": 6, "men": 12}})
    assert one.widget.value == "Unit A: women=2, men=11\nUnit B: women=6, men=12"
    assert one.slot.read(one.given()) == {"Unit A": {"women": 2, "men": 11}, "Unit B": {"women": 6, "men": 12}}


def test_no_key_is_shown_without_its_words(shown):
    """'T4' alone says nothing: a key follows its words in brackets, or its words follow it."""

    def allowed(before, key, after):
        listed = re.search(
            r"(?:Appraisal|Report|Staffing|Pay|Certification|Closeout), (?:[\w -]+ )?(?:\w+, )*$", before
        )
        return bool(NAMED.search(before) or after.startswith(":") or listed)

    assert told(shown, KEY, allowed) == {}


def test_days_are_written_as_americans_write_them(shown):
    """September 30, not 30 September; in the notebooks' own words, too."""
    british = re.compile(rf"\b\d{{1,2}} (?:{MONTHS})\b")
    notebooks = {
        path.name: "\n".join("".join(cell["source"]) for cell in json.loads(path.read_text(encoding="utf-8"))["cells"])
        for path in NOTEBOOKS.glob("*.ipynb")
    }
    assert told(shown | notebooks, british) == {}


def test_a_rating_pattern_is_shown_with_its_levels(shown):
    """The letter is OPM's; beside it stands what it means."""
    assert "H: levels 1, 2, 3, 4, 5" in shown["report", "DPW", "plans"]
    assert "Pool (item 5)" in shown["report", "DPW", "summary"]
