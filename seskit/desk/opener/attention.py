"""What needs attention about the agency on the screen: the one list of findings, this walk's subject first."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import ipywidgets

from seskit.desk.opener import pieces
from seskit.desk.widgets.look import heading
from seskit.formats.counts import number_of
from seskit.formats.markup import Markup, element, paragraph, style, together
from seskit.formats.shipped import text_beside
from seskit.paper import findings as paper
from seskit.record.finding import SUBJECTS, Finding, Subject, in_short
from seskit.record.forms.labels import made_in_labels
from seskit.work import findings

if TYPE_CHECKING:
    from seskit.desk.opener.front import Front
    from seskit.desk.opener.state import Walk

#: The walk that shows the findings of a subject, by its stem and its title.
WALKS: Mapping[Subject, tuple[str, str]] = {
    "report": ("report", "the ratings and awards report"),
    "pay": ("pay_setting", "setting and adjusting SES pay"),
    "appraisal": ("appraisal", "performance appraisal"),
    "certification": ("certification", "certification of an appraisal system"),
    "staffing": ("staffing", "filling SES vacancies"),
    "closeout": ("appraisal", "performance appraisal"),
}
WORDS = "What needs attention"
_STYLE = text_beside(__file__, "attention.css")


def section(front: Front) -> Any:
    """The list of everything found in the agency's files, by subject; it is made when it is asked for."""
    desk = front.desk
    found = findings.of_folder(desk.folder, str(desk.picked.get("as_of") or ""))
    return pieces.section(ipywidgets.HTML(together(style(_STYLE), made_in_labels(listed(found, desk.walk)))))


def listed(found: list[Finding], walk: Walk) -> Markup:
    """The findings by subject, the one that this walk shows first; of the others it is said which page shows them."""
    if not found:
        return paragraph("Nothing needs attention.")
    look = "" if any(one.open for one in found) else " None of them must be settled; look at them."
    parts = [
        paragraph(element("strong", f"{number_of(len(found), 'finding')}: {in_short(found)}."), look),
        paper.legend(),
    ]
    order = sorted({one.subject for one in found}, key=lambda one: (not _own(one, walk), SUBJECTS.index(one)))
    for subject in order:
        here = [one for one in found if one.subject == subject]
        where = "below" if _own(subject, walk) else f"on the page of {WALKS[subject][1]}" if subject in WALKS else ""
        said = f"{subject.capitalize()}, {in_short(here)}"
        parts += [heading(said, f"; shown {where}." if where else ".", level=3), paper.kinds(here)]
    return together(parts)


def _own(subject: Subject, walk: Walk) -> bool:
    return subject in WALKS and WALKS[subject][0] == walk.stem
