"""The walk through pay-setting, piece by piece: tables for the notebook, people by number only."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path

from seskit.desk.opener.links import of_files
from seskit.desk.report.show import problems
from seskit.formats.tables import Table, text_rows
from seskit.paper.pay_setting.worksheet.page import in_short
from seskit.record.problem import Problem
from seskit.work.pay_setting.folder import ABSENT, PayFolder

_MOST = 40
_TO_SIGN = (
    "decision_paper is the paper to decide on and sign; it is a draft as long as something must change other than the approval "
    "it asks for."
)
_CLOCKS = 15
_NONE = "No problems were found in the pay files. Those of the roster are listed on the report page."


def first_problems(folder: PayFolder) -> Table:
    """What is wrong with the files, or that there is no worksheet."""
    found: list[Problem] = folder.problems
    if not found and folder.opened.worksheet is None:
        return Table("Problems", (), (), ABSENT)
    return problems(found, folder.notes, none=_NONE)


def overview(folder: PayFolder) -> Table:
    """The worksheet in short: dates, range, totals, how many findings."""
    checked = folder.checked
    if checked is None:
        return Table("The pay worksheet", (), (), "There is no worksheet to show.")
    rows = [*in_short(checked), ("Status", "final" if checked.final else "draft: something is open")]
    return Table(f"The pay worksheet of {checked.worksheet.agency.name}", ("What", "Value"), text_rows(rows))


def findings(folder: PayFolder, level: str) -> Table:
    """The blocks, or the flags: who, what, and the lawful way out or the reason given."""
    checked = folder.checked
    found = [finding for finding in checked.findings if finding.level == level] if checked else []
    last = "Lawful instead, and its cost" if level == "block" else "Written reason"
    rows = [
        (f.person_id or "all", f.check, f.text, f.citation, f.lawful_ways if level == "block" else f.reason)
        for f in found[:_MOST]
    ]
    words = {"block": "Blocks: the law stands in the way", "flag": "Flags: policy asks for a written reason"}
    title = words[level] + (f" (the first {_MOST} of {len(found)})" if len(found) > _MOST else "")
    empty = "None was found." if checked else "There is no worksheet to show."
    return Table(title, ("Person", "Check", "What was found", "Authority", last), text_rows(rows), empty)


def levels(folder: PayFolder) -> Table:
    """Career executives by rating level: what they are to receive on average."""
    checked = folder.checked
    rows = [
        (f"level {v.rating}", v.people, v.adjusted, f"{v.adjustment_percent:.2f}", v.awarded, f"{v.award_percent:.2f}", v.above_level_three)
        for v in (checked.levels if checked else ())
    ]  # fmt: skip
    header = ("Rating", "People", "Increases", "Change, %", "Awards", "Award, %", "Above level III")
    return Table(
        "Career executives by rating level: averages over a whole level, in percent of pay; blocked proposals count as none",
        header,
        text_rows(rows),
        "There is no worksheet to show.",
    )


def proposal(folder: PayFolder) -> Table:
    """What the budgets could buy, level by level."""
    found = folder.proposal
    rows = [
        (f"level {v.rating}", v.people, v.increase_percent, v.award_percent) for v in (found.levels if found else ())
    ]
    title = f"What if: {found.says[0]}" if found else "What if"
    header = ("Rating", "People", "Increase, percent, up to what the law allows each", "Award, percent")
    return Table(title, header, text_rows(rows), folder.no_proposal)


def limits(folder: PayFolder) -> Table:
    """What the what-if runs into."""
    found = folder.proposal
    rows = [(v.what, v.used, v.limit, "binds" if v.binds else "leaves room") for v in (found.limits if found else ())]
    return Table("What binds", ("Limit", "Used", "Limit", "State"), text_rows(rows), "Nothing is proposed.")


def clocks(folder: PayFolder) -> Table:
    """When each executive's pay may change next: first those with no day, then those who wait longest."""
    known = sorted(folder.clocks, key=lambda each: (each.opens is not None, -(each.opens or date.max).toordinal()))
    rows = [(v.person_id, v.opens or "no day", v.pay_period, v.why) for v in known[:_CLOCKS]]
    shown = f" (the last {_CLOCKS} of {len(known)} to open; all are in the calendar file)"
    title = "Pay clocks" + (shown if len(known) > _CLOCKS else "")
    header = ("Person", "Change allowed from", "First pay period then", "Why")
    return Table(title, header, text_rows(rows), "There is no worksheet to show.")


def files(written: Sequence[Path]) -> Table:
    """The files made, which of them hold names, and which is to be signed."""
    return of_files(written, [_TO_SIGN] if any(path.stem == "decision_paper" for path in written) else [])
