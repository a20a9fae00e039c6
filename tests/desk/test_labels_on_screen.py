"""On the screen people read labels; a column's name stands behind its label once, and in commands and files alone."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import lxml.html
import pytest

from seskit.desk import start_walk
from seskit.desk.appraisal import walk as appraisal
from seskit.desk.certification import walk as certification
from seskit.desk.opener.front import Front
from seskit.desk.opener.sections import ATTENTION
from seskit.desk.opener.state import Desk
from seskit.desk.pay_setting import walk as pay
from seskit.desk.report import walk as report
from seskit.desk.staffing import walk as staffing
from seskit.formats.markup import element, reworded, together
from seskit.record.forms.labels import in_labels, label, names
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


def shown(widget: Any) -> str:
    """The text of every part of a widget that is words."""
    own = lxml.html.fromstring(f"<div>{widget.value}</div>").text_content() if hasattr(widget, "value") else ""
    return " ".join([str(own), *(shown(one) for one in getattr(widget, "children", ()))])


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
    bare = [name for name in names() if re.search(rf"(?<![\w(.-]){name}(?![\w-]|\.\w)", text)]
    assert bare == []
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
