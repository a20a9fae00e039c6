"""The forms as one web page that needs nothing else: no script, no other file, no network."""

from __future__ import annotations

from seskit.formats.sheets import page
from seskit.paper.report import form_blocks
from seskit.work.report.package import ReportPackage


def forms(report: ReportPackage) -> str:
    """A short summary, then every form, its proof, and the readings used."""
    return page.made(form_blocks.forms(report))


def supplement(report: ReportPackage) -> str:
    """The supplementary form, one per plan, with names; the Social Security number is left to be added by hand."""
    return page.made(form_blocks.supplement(report))
