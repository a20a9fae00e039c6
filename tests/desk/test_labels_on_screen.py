"""On the screen people read labels; a column's name stands behind its label once, and in commands and files alone."""

from __future__ import annotations

import re
import shutil
from pathlib import Path
from typing import Any

import lxml.html
import pytest

from seskit.desk import start_walk
from seskit.desk.appraisal import walk as appraisal
from seskit.desk.certification import walk as certification
from seskit.desk.correct import panel as panel_of
from seskit.desk.opener.front import Front
from seskit.desk.opener.sections import ATTENTION
from seskit.desk.opener.state import Desk
from seskit.desk.pay_setting import walk as pay
from seskit.desk.report import walk as report
from seskit.desk.staffing import walk as staffing
from seskit.desk.widgets.importing import Importing
from seskit.formats.markup import element, reworded, together
from seskit.record.forms.labels import codes, in_labels, label, names
from seskit.record.people_import.draft import open_export
from seskit.record.roster.columns import COLUMNS
from tests.extent import some
from tests.places import FIELD, SAMPLES

WALKS = (
    (start_walk.WALK, SAMPLES / "XFR", (start_walk.read, start_walk.ways)),
    (report.WALK, SAMPLES / "XFR", (report.problems, report.form_problems, report.account)),
    (report.WALK, FIELD / "roster" / "40-award-column-misnamed", (report.problems,)),
    (appraisal.WALK, SAMPLES / "DBT", (appraisal.plan_problems, appraisal.gaps)),
    (pay.WALK, SAMPLES / "DBT", (pay.problems, pay.overview, pay.focus)),
    (staffing.WALK, SAMPLES / "DPW", (staffing.problems, staffing.findings)),
    (certification.WALK, SAMPLES / "LKA", (certification.attention, certification.figures)),
)


#: Headings that are no names of columns, values and dates that must be asked about, and a column that is not there.
OWN_WORDS = """Employee No.,Full Name,plan,ig_office,Appointment,Base pay 9/30,Pay at period end,Rating,Rated on,Bonus $
A1,Adler A1,main,,Career,150000,151000,Outstanding,15-NOV-02,9000
A2,Birch A2,Main,,Limited term,150000,151000,4,15-NOV-02,0
A3,Cedar A3,mian,,no such,x,151000,9,11/12/2002,6%
"""


def shown(widget: Any) -> str:
    """The text of every part of a widget that is words: what it says, its label or button, what its list offers."""
    values = [getattr(widget, "description", ""), *(str(words) for words, *_ in _options(widget))]
    said = [*values, getattr(widget, "value", "") if not values[1:] else ""]
    own = [lxml.html.fromstring(f"<div>{one}</div>").text_content() for one in said if isinstance(one, str) and one]
    return " ".join([*own, *(shown(one) for one in getattr(widget, "children", ()))])


def _options(widget: Any) -> list[Any]:
    return [one if isinstance(one, tuple) else (one,) for one in getattr(widget, "options", ())]


def bare(text: str) -> list[str]:
    """The names of columns and codes that nothing explains: neither in parentheses nor a quoted text of the file."""
    return [name for name in (*names(), *codes()) if re.search(rf"(?<![\w('.-]){name}(?![\w-]|\.\w)", text)]


@pytest.fixture
def own_words(tmp_path: Path) -> Path:
    """An agency whose roster has its own headings and many faults."""
    (tmp_path / "roster.csv").write_text(OWN_WORDS, encoding="utf-8")
    (agency,) = (FIELD / "40-award-column-misnamed").rglob("agency.yaml")
    shutil.copy(agency, tmp_path)
    return tmp_path


def test_correcting_shows_no_bare_name(own_words: Path) -> None:
    """Every problem, repair and button, every cell opened with its likely values, and what is said after each act."""
    panel = panel_of(own_words)
    said = [shown(panel)]
    while offers := [one for one in panel.list.children if getattr(one, "description", "").startswith("Confirm: ")]:
        offers[0].click()
        said.append(shown(panel))
    for row in some((2, 3, 4), 1):
        for column in COLUMNS:
            if not panel.found.why_not(column):
                panel.look_at(((row, column), (row, "award")), 0)
                panel.value.value, panel.why.value = "no such thing", "tried"
                said.append(shown(panel))
                panel._write(((row, column), (row, "award")), 0)
                said.append(shown(panel))
    panel.undo.click()
    panel.save.click()
    said.append(shown(panel))
    assert len(said) > len(COLUMNS)
    assert "Appointment type" in said[0]
    assert {name: text for text in said for name in bare(text)} == {}


def test_reading_an_export_shows_no_bare_name(own_words: Path) -> None:
    """The entries of every column and value, the people it comes to, and what is left out."""
    (own_words / "export.csv").write_text(OWN_WORDS.replace("ig_office", "IG"), encoding="utf-8")
    panel = Importing(open_export(own_words / "export.csv", own_words), lambda _: None, ("main",))
    assert "Basic pay on September 30" in shown(panel)
    assert bare(shown(panel)) == []


@pytest.mark.parametrize(
    ("walk", "folder", "pieces"), WALKS, ids=lambda one: getattr(one, "stem", None) or getattr(one, "name", None)
)
def test_no_page_shows_the_bare_name_of_a_column(walk: Any, folder: Path, pieces: Any) -> None:
    """The opener, what needs attention, and the outputs: each name is behind its label, in parentheses."""
    if not folder.is_dir():
        (folder,) = FIELD.rglob(folder.name)
    desk = Desk(walk, "")
    front = Front(desk)
    front.choose(folder)
    front.show(ATTENTION)
    text = shown(front) + " ".join(shown(desk._view(piece, "")) for piece in pieces)
    assert bare(text) == []
    if folder.name == "XFR":
        assert re.search(r"\((basic_pay_fy_end|appointment_type|person_id|rating_date)\)", text)


def test_a_label_is_written_once_with_the_name_behind() -> None:
    """No tag, attribute, command or file name is changed."""
    said = "row 3, basic_pay_fy_end: is blank. Give basic_pay_fy_end, see pay_history.csv."
    assert in_labels(said) == (
        "row 3, Basic pay on September 30 (basic_pay_fy_end): is blank. Give Basic pay on September 30, see pay_history.csv."
    )
    made = together(element("p", "es_level", id="es_level"), element("code", "es_level"), element("b", "es_level"))
    assert reworded(made, in_labels) == (
        "<p id='es_level'>ES level (es_level)</p><code>es_level</code><b>ES level (es_level)</b>"
    )
    assert all("_" not in label(name) for name in names())
