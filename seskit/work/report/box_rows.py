"""Who is counted in each box of a form, by row of the roster: a name and an executive's number stand in no form."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from decimal import Decimal
from itertools import pairwise

from seskit.law.awards import ELIGIBLE
from seskit.record.agency import Agency, Plan
from seskit.record.roster import Groups, Judged, Roster
from seskit.work.report.counted import ITEMS, items
from seskit.work.report.forms import (
    APPOINTEES,
    COLUMNS,
    ROW_ORDER,
    Form,
    base_day,
    counted_rate,
    pay_row,
    percent_level,
)

#: Rows of one box, by what the item holds and the box in it.
BoxRows = Mapping[tuple[str, str], list[int]]
#: The item of the awards' number counts those of the item of their percentages.
_ALSO = {"levels": "awards"}
#: So many rows or spans of rows are said of one box.
_MOST = 40


def of_form(agency: Agency, roster: Roster, form: Form, groups: Groups | None = None) -> BoxRows:
    """The rows of the roster that each box of a form counts; `groups` are the roster's, if already made."""
    plans = {
        plan.id: plan
        for plan in agency.plans
        if form.plan == plan.id or (not form.plan and form.pattern == plan.pattern)
    }
    groups = groups or roster.groups()
    kinds: dict[tuple[int, Decimal | None], list[tuple[str, str]]] = {}
    for number, award in groups.alike:
        person = groups.kinds[number]._replace(award=award)
        plan = plans.get(person.plan or "")
        if plan is not None and (form.scope != "ig" or person.ig_office):
            kinds[number, award] = _boxes(agency, plan, person)
    found: defaultdict[tuple[str, str], list[int]] = defaultdict(list)
    for one, kind in zip(roster.people, groups.of, strict=True):
        for box in kinds.get((kind, one.award), ()):
            found[box].append(one.row)
    return found


def _boxes(agency: Agency, plan: Plan, person: Judged) -> list[tuple[str, str]]:
    """The boxes of its plan's form that count a person."""
    counted = items(agency, person)
    of = {item: _box(item, agency, plan, person) for item in ITEMS if item in counted}
    paid = person.award is not None and person.appointment_type in ELIGIBLE and plan.awards.status == "paid"
    return [*of.items(), *((_ALSO[item], "") for item in of if item in _ALSO), *([("paid", "")] if paid else [])]


def _box(item: str, agency: Agency, plan: Plan, person: Judged) -> str:
    if item == "base_pay":
        return pay_row(person, base_day(plan), agency.certified)[0]
    if item == "levels":
        base = counted_rate(person, person.basic_pay_period_end or Decimal(0), plan.period_end, agency.certified)
        return f"{percent_level(person.award or Decimal(0), base, agency.options.percent_level_rounding)}%"
    column = COLUMNS[person.appointment_type or ""]
    return column if item == "appointees" else f"{person.rating} {column}"


def said(form: Form, rows: BoxRows, item: str) -> str:
    """The rows of each box of an item, in words; empty for an item that counts nobody."""
    boxes = {box: listed for (one, box), listed in rows.items() if one == item}
    named = ((_named(form, box), spans(boxes[box])) for box in sorted(boxes, key=_order))
    return "; ".join(f"{name}: {listed}" if name else listed for name, listed in named)


def _named(form: Form, box: str) -> str:
    """A box as the form has it: a pay rate, a level with its column, a column, or a percentage."""
    level, _, column = box.rpartition(" ")
    words = {**form.edition.rows, **form.edition.columns}
    if box.isdigit():
        return f"ES-{box}"
    return f"level {level} {words[column]}" if level else words.get(box, box)


def _order(box: str) -> tuple[int, int]:
    """The boxes of an item as the form has them, the highest level first."""
    if box.endswith("%"):
        return 0, int(box[:-1])
    level, _, column = box.rpartition(" ")
    return -int(level or 0), (*ROW_ORDER, *APPOINTEES, "").index(column)


def spans(rows: Iterable[int]) -> str:
    """Rows in words, those that follow each other as one span; of many the first, and how many more."""
    listed = sorted(rows)
    starts = [listed[0], *(after for before, after in pairwise(listed) if after != before + 1)]
    ends = [*(before for before, after in pairwise(listed) if after != before + 1), listed[-1]]
    told = [str(first) if first == last else f"{first}-{last}" for first, last in zip(starts, ends, strict=True)]
    left = sum(row > ends[_MOST - 1] for row in listed) if len(told) > _MOST else 0
    return ", ".join(told[:_MOST]) + (f" and {left:,} more" if left else "")
