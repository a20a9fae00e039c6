"""The walk through a certification: what is read of a folder, the system in focus, and each output made from them."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from seskit.desk.certification import show
from seskit.desk.opener import Pick, Walk, since
from seskit.desk.opener.folds import folded
from seskit.desk.opener.links import FileLinks, linked
from seskit.formats.tables import Folded, Table
from seskit.law import certification
from seskit.paper import charts as charts_of
from seskit.record.agency import FILE
from seskit.work.certification import mock_review

if TYPE_CHECKING:
    from seskit.formats.drawing import Chart

_NOTHING = "There is no evidence index yet; see the problems above."


class CertificationWalk(show.SystemWalk):
    """A folder as the walk sees it, with the place of its files."""

    def __init__(self, folder: Path, out: Path, picked: dict[str, Any]) -> None:
        """Read the evidence index and rehearse the decision on the system picked."""
        self.out = out
        super().__init__(folder, str(picked["system"]))


def _systems(walk: CertificationWalk) -> list[tuple[str, str]]:
    record = mock_review.read(walk.folder).record
    return [(f"{one.name}, {one.organization}, {one.group}", one.id) for one in (record.systems if record else ())]


WALK = Walk(
    "certification",
    "Certification of an appraisal system",
    "LKA",
    CertificationWalk,
    needs=("certification.yaml", FILE),
    files=("certification", "assessment", "description"),
    picks=(Pick("system", "System", "Those in the evidence index.", _systems, rereads=True),),
)

#: What the walk shows as it is.
systems = CertificationWalk.systems
criteria = CertificationWalk.criteria
evidence = CertificationWalk.evidence
attention = CertificationWalk.attention
indicators = CertificationWalk.indicators
figures = CertificationWalk.figures
rehearsal = CertificationWalk.rehearsal
tests = CertificationWalk.tests
changes = CertificationWalk.changes
pay = CertificationWalk.pay
dates = CertificationWalk.dates
charts = folded("Ratings, pay and awards, as pictures")(CertificationWalk.charts)


@folded("The self-assessment: score by section, what only a person can judge, and its paper", each=True)
def self_assessment(walk: CertificationWalk) -> tuple[Folded, FileLinks]:
    """The self-assessment in short, and its paper with links."""
    table, written = walk.assessment_paper(walk.out)
    return walk.self_assessment(), linked(table, written)


@folded("Change a fact of the request")
def assess(walk: CertificationWalk) -> Any:
    """The rehearsal of the system in focus as a form: change a fact and see what changes."""
    from seskit.desk.opener.prefilled import Prefilled

    if walk.found is None:
        return Table("A rehearsal to change", (), (), _NOTHING)
    whose = f"The request for {walk.found.system.name}, as the evidence index and the rosters have it"
    return Prefilled(whose, certification.assess, **walk.found.result.facts)


@folded("Try another term")
def term(walk: CertificationWalk) -> Any:
    """The term of the system in focus: that which it holds, or that which it asks for."""
    from seskit.desk.opener.prefilled import Prefilled

    if walk.found is None:
        return Table("The term", (), (), _NOTHING)
    system = walk.found.system
    if system.held in ("full", "provisional") and system.held_since:
        held = {"granted": system.held_since, "grade": system.held}
        return Prefilled(f"The certification that {system.name} holds", certification.term, **held)
    asked = {"granted": system.decision_on, "grade": system.requested}
    return Prefilled(f"The certification asked for {system.name}", certification.term, **asked)


@folded("The life of a certification, as a picture")
def life(walk: CertificationWalk) -> Chart | Table:
    """The life of a certification by the rules of the day of the decision."""
    return charts_of.life(walk.found.system.decision_on) if walk.found else Table("The life", (), (), _NOTHING)


@folded("The files of the package, made now from what is above", each=True)
def files(walk: CertificationWalk) -> FileLinks:
    """Write the package; the files, with links."""
    was = since.before(walk.out)
    table = walk.files(walk.out)
    return linked(table, [walk.out / row[0] for row in table.rows], was)
