"""The forms as a tagged PDF (PDF/UA-1) in the layout of the paper form."""

from __future__ import annotations

from dataclasses import replace

from seskit.formats.sheets import typeset
from seskit.paper.report import form_blocks
from seskit.work.report.package import ReportPackage


def forms(report: ReportPackage, *, clean: bool = False) -> bytes:
    """Every form with its proof and the readings used; a clean copy holds the forms alone, each on its page."""
    return typeset.pdf(form_blocks.forms(report, clean=clean))


def first_form(report: ReportPackage) -> bytes:
    """The first form of a report as a picture, without the paper around it."""
    made = form_blocks.forms(report, clean=True)
    return typeset.picture(replace(made, sections=made.sections[:1]), dots=125)


def supplement(report: ReportPackage) -> bytes:
    """The supplementary form, one per plan, with names."""
    return typeset.pdf(form_blocks.supplement(report))
