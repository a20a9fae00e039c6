"""The forms as one web page that needs nothing else: no script, no other file, no network."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from seskit.formats.characters import visible
from seskit.formats.days import days_in_words
from seskit.formats.frames import framed
from seskit.law.report.editions import edition, supplementary
from seskit.paper.report import printed_form
from seskit.work.report import proof, readings
from seskit.work.report.package import ReportPackage

if TYPE_CHECKING:
    import jinja2


def forms(report: ReportPackage) -> str:
    """A short summary, then every form, its proof, and the readings used."""
    papers = [printed_form.paper(form, report.agency) for form in report.forms]
    cover = printed_form.cover(report)
    used = edition(report.agency.fiscal_year)
    return _made(
        "forms.html.j2",
        title=f"{cover.title}: {cover.agency}",
        draft=not report.final,
        cover=cover,
        account=report.account.lines if report.account else (),
        items=used.words,
        heads=used.heads,
        imprint=used.imprint,
        forms=papers,
        proofs=[(form.title, proof.lines(form, used)) for form in report.forms],
        readings=readings.all_used(report.agency.options),
    )


def supplement(report: ReportPackage) -> str:
    """The supplementary form, one per plan, with names; the Social Security number is left to be added by hand."""
    used = supplementary(report.agency.fiscal_year)
    return _made(
        "supplement.html.j2",
        title=f"{printed_form.supplement_title(report.agency)}: {report.agency.name}",
        draft=not report.final,
        used=used,
        heading=[line.format(year=report.agency.fiscal_year) for line in used.heading],
        personal=printed_form.PERSONAL,
        sheets=printed_form.supplement(report),
    )


def _made(template: str, **data: Any) -> str:
    return framed(_templates().get_template(template).render(**data))


def _shown(value: Any) -> Any:
    """Text as it may stand on a page, its days in words; markup stays as it is."""
    return visible(days_in_words(value)) if isinstance(value, str) and not hasattr(value, "__html__") else value


@cache
def _templates() -> jinja2.Environment:
    import jinja2

    return jinja2.Environment(
        loader=jinja2.FileSystemLoader(Path(__file__).parent),
        autoescape=True,
        finalize=_shown,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
