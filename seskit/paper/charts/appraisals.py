"""Pictures of an appraisal year: the balance of a plan, and the checks of the step ledger."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from seskit.formats.counts import number_of
from seskit.formats.drawing import Chart, grouped_bars
from seskit.formats.in_short import joined, leading
from seskit.formats.tables import Table
from seskit.work.appraisal.plan_document import CheckedPlan
from seskit.work.appraisal.year_record import Audit


def plan_balance(checked: CheckedPlan | None) -> Chart | Table:
    """How many requirements of each element take each perspective, or that there is no plan."""
    if checked is None:
        return Table("Requirements by element and perspective", (), (), "There is no plan to draw.")
    *rows, _ = checked.coverage()
    names = ("results", "customers", "employees")
    counts = {name: [int(row[column]) for row in rows] for column, name in enumerate(names, 1)}
    said = "; ".join(
        f"{row[0]}: {', '.join(f'{n} {name}' for n, name in zip(row[1:], names, strict=True))}" for row in rows
    )
    return grouped_bars(
        "Requirements by element and perspective", f"Bar chart of requirements. {said}.", "Element (number in the plan)",
        "Requirements", [str(number) for number in range(1, len(rows) + 1)], counts,
        says=_balance({name: sum(numbers) for name, numbers in counts.items()}),
    )  # fmt: skip


def _balance(totals: Mapping[str, int]) -> str:
    """Which perspective has no requirement; where each has one, which has the most."""
    first, top, total = leading(totals)
    if not total:
        return "The plan has no requirement yet"
    if lacking := [name for name, count in totals.items() if not count]:
        return f"No requirement is about {' or '.join(lacking)}"
    if len(first) == len(totals):
        return f"{joined(list(totals)).capitalize()} have {number_of(top, 'requirement')} each"
    return f"Each perspective has requirements, {joined(first)} the most: {top} of {total}{' each' if len(first) > 1 else ''}"


def steps_met(audit: Audit | None) -> Chart | Table:
    """How many executives each check of the step ledger is not met for, or that there is no ledger."""
    if audit is None:
        return Table("Checks of the step ledger", (), (), "There is no ledger to draw.")
    told = [(check, words, counts["not met"], counts["cannot tell"]) for check, words, counts in audit.tally()]
    some = "; ".join(
        f"{check}: {words}: {unmet} not met, {unclear} cannot tell"
        for check, words, unmet, unclear in told
        if unmet + unclear
    )
    return grouped_bars(
        "Checks of the step ledger that need a look", f"Bar chart of executives by check. {some or 'None'}.", "Check, by its number in the table of the steps",
        "Executives", [check[1:] for check, *_ in told],
        {"not met": [unmet for *_, unmet, _ in told], "cannot tell": [unclear for *_, unclear in told]},
        says=_open([(words, unmet + unclear) for _, words, unmet, unclear in told]),
    )  # fmt: skip


def _open(checks: Sequence[tuple[str, int]]) -> str:
    """How many checks need a look, and the one that most executives need it for."""
    some = [(words, count) for words, count in checks if count]
    if not some:
        return "No check needs a look"
    top = max(count for _, count in some)
    leading = [words for words, count in some if count == top]
    asks = f"{len(some)} of {number_of(len(checks), 'check')} {'needs' if len(some) == 1 else 'need'} a look"
    most = "" if len(some) == 1 else "most of all " if len(leading) == 1 else "among them "
    return f"{asks}, {most}'{leading[0]}': {number_of(top, 'executive')}"
