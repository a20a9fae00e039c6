"""The account of a report: every row, person, column and award of the roster, and where it is on the forms.

It is counted person by person and held against the boxes of the plan forms, which are added up another way.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import islice
from typing import Any

from seskit.formats.counts import number_of, rows_of
from seskit.law.awards import ELIGIBLE
from seskit.law.facts import dollars
from seskit.law.report.editions import Edition, edition
from seskit.record.agency import Agency
from seskit.record.problem import Problem
from seskit.record.roster import Groups, Roster, kept
from seskit.record.roster.person_numbers import told
from seskit.work.report.counted import ITEMS, all_nowhere, award_unlisted, items
from seskit.work.report.forms import Form, base_day, counted_rate

_MOST_ROWS = 20
#: Why awards are tallied at no percentage, by kind of people and amount.
Unlisted = Mapping[tuple[int, Decimal], str]


@dataclass(frozen=True)
class AccountLine:
    """One line of the account: what, how many, and what to know about it."""

    what: str
    value: str
    note: str = ""
    #: Whether the line agrees with the forms.
    closed: bool = True

    def __str__(self) -> str:
        said = f"{self.what}: {self.value}"
        return f"{said} ({self.note})" if self.note else said


@dataclass(frozen=True)
class Account:
    """Everything that came in, and where it went."""

    lines: tuple[AccountLine, ...]
    people: int
    counted: int
    #: Rows that no item counts, with the reason.
    nowhere: tuple[tuple[int, str], ...]

    @property
    def closes(self) -> bool:
        """Whether all people are counted or named, and every line agrees with the forms."""
        return self.people == self.counted + len(self.nowhere) and all(line.closed for line in self.lines)

    @property
    def text(self) -> list[str]:
        """The account as lines to print."""
        return ["Account of the roster:", *(f"  {line}" for line in self.lines)]

    def to_dict(self) -> dict[str, Any]:
        """The account as plain data: rows by number, no names."""
        return {
            "closes": self.closes,
            "people": self.people,
            "counted": self.counted,
            "counted_nowhere": [{"row": row, "why": why} for row, why in self.nowhere],
            "lines": [{"what": line.what, "value": line.value, "note": line.note} for line in self.lines],
        }


def account(agency: Agency, roster: Roster, forms: Sequence[Form], groups: Groups | None = None) -> Account:
    """The account of an agency's roster against its plan forms; `groups` are the roster's, if already made."""
    groups = roster.groups() if groups is None else groups
    used = edition(agency.fiscal_year)
    plan_forms = [form for form in forms if form.scope == "plan"]
    unlisted = groups.said_of_awards(lambda person: award_unlisted(agency, person))
    why = all_nowhere(agency, groups)
    outside = tuple(
        (person.row, why[kind, person.award].words)
        for person, kind in (zip(roster.people, groups.of, strict=True) if why else ())
        if (kind, person.award) in why
    )
    lines = (
        *_rows(roster),
        *_on_rolls(groups, used),
        *_items(agency, groups, unlisted, plan_forms),
        _unrated(agency, groups, roster),
        _nowhere_line(outside),
        *_awards(groups, unlisted, plan_forms, used),
        *_limited(agency, groups),
        *_columns(roster),
    )
    counted = groups.alike.total() - sum(groups.alike[one] for one in why)
    return Account(lines, len(roster.people), counted, outside)


def problems(found: Account) -> Iterator[Problem]:
    """What does not agree with the forms: an error of its own, because a form must not be final then."""
    for line in found.lines:
        if not line.closed:
            reason = f"{line.what[0].lower()}{line.what[1:]}: {line.value}; {line.note}"
            yield Problem(
                None, None, "", reason, "Correct what is reported of these rows, and check again.", "error", "account"
            )


def _rows(roster: Roster) -> Iterator[AccountLine]:
    given = roster.rows_given or len(roster.people)
    faulty = len({row for row in roster.bad_rows if row > roster.header_row})
    aside = roster.applied.set_aside
    if roster.source.startswith(kept.STEM):
        yield AccountLine("File read", roster.source, "the corrected roster; the one that came is kept beside it")
    if roster.rows_left:
        yield AccountLine("Rows of the export left out", f"{roster.rows_left:,}", "; ".join(roster.left_because))
    yield AccountLine("Rows in the roster", f"{given + len(aside):,}")
    if aside:
        whys = {why: [row for row, one in aside.items() if one == why] for why in aside.values()}
        yield AccountLine(
            "Rows not read as people",
            f"{len(aside):,}",
            "; ".join(f"{rows_of(rows, _MOST_ROWS)}: {why}" for why, rows in whys.items()),
        )
    yield AccountLine("Rows read", f"{len(roster.people):,}", "each is one person")
    refused = given - len(roster.people)
    if refused:
        yield AccountLine("Rows refused", f"{refused:,}", "the file was refused as a whole; see the problems")
    yield AccountLine("Rows with a value that was refused", f"{faulty:,}", "see the problems" if faulty else "")


def _on_rolls(groups: Groups, used: Edition) -> Iterator[AccountLine]:
    for column, day in (
        ("basic_pay_fy_end", f"the day of {used.named('base_pay')}"),
        ("basic_pay_period_end", "the last day of the period"),
    ):
        there = rates = silent = 0
        for person, count in groups.counted:
            rate = getattr(person, column)
            stated = person.on_rolls_fy_end if column == "basic_pay_fy_end" else person.on_rolls_period_end
            there += count * person.on_rolls(column)
            rates += count * (rate is not None)
            silent += count * (rate is None and stated is None)
        unknown = there - rates
        notes = [f"{unknown:,} with a rate that is not known"] if unknown > 0 else []
        notes += [f"{number_of(silent, 'blank rate')} taken as not on the rolls"] if silent else []
        yield AccountLine(f"On the rolls on {day}", f"{there:,}", "; ".join(notes))


def _items(agency: Agency, groups: Groups, unlisted: Unlisted, forms: Sequence[Form]) -> Iterator[AccountLine]:
    counted: Counter[str] = Counter()
    for kind, count in groups.counted:
        for item in items(agency, kind):
            counted[item] += count
    given = sum(sum(amounts.values()) for _, _, amounts in groups.with_awards())
    counted["levels"] = given - sum(groups.alike[one] for one in unlisted)
    boxes = {
        "base_pay": sum(form.aggregate.number for form in forms if form.aggregate),
        "levels": sum(sum(form.levels.values()) for form in forms if form.levels),
        "appointees": sum(sum(form.appointees.values()) for form in forms),
        "ratings": sum(sum(form.rating_totals.values()) for form in forms),
    }
    used = edition(agency.fiscal_year)
    for item in (one.holds for one in used.items if one.holds in ITEMS):
        agrees = counted[item] == boxes[item]
        note = "" if agrees else f"the plan forms hold {boxes[item]:,}"
        yield AccountLine(f"People counted in {used.named(item)}", f"{counted[item]:,}", note, agrees)


def _unrated(agency: Agency, groups: Groups, roster: Roster) -> AccountLine:
    """Those on the rolls and not among the ratings, by their first rows: a rating that is missing is seen, one that is not due, too."""
    counted = [items(agency, kind) for kind in groups.kinds]
    found = {kind for kind, named in enumerate(counted) if "appointees" in named and "ratings" not in named}
    number = sum(groups.counted[kind][1] for kind in found)
    of = zip(roster.people, groups.of, strict=True) if number else ()
    people = [one for one, _ in islice(((one, kind) for one, kind in of if kind in found), _MOST_ROWS)]
    more = f" and {number - len(people):,} more" if people and number > len(people) else ""
    rows = [f"{one.row}{f' [{told(one.person_id)}]' * bool(told(one.person_id))}" for one in people]
    said = f"{rows_of(rows, _MOST_ROWS)}{more}: no rating is given" if people else ""
    what = edition(agency.fiscal_year).said("People in item {appointees} without a rating in item {ratings}")
    return AccountLine(what, f"{number:,}", said)


def _nowhere_line(outside: tuple[tuple[int, str], ...]) -> AccountLine:
    if not outside:
        return AccountLine("People counted nowhere", "0")
    by_reason: dict[str, list[int]] = {}
    for row, reason in outside:
        by_reason.setdefault(reason, []).append(row)
    notes = [f"{rows_of(rows, _MOST_ROWS)}: {reason}" for reason, rows in by_reason.items()]
    return AccountLine("People counted nowhere", f"{len(outside):,}", "; ".join(notes))


def _awards(groups: Groups, unlisted: Unlisted, forms: Sequence[Form], used: Edition) -> Iterator[AccountLine]:
    given = [one for _, _, amounts in groups.with_awards() for one in amounts.items()]
    number = sum(count for _, count in given)
    amount = sum((award * count for award, count in given), Decimal(0))
    yield AccountLine("Awards in the roster", f"{number:,}, {dollars(amount)}")
    left: Counter[str] = Counter()
    for (kind, award), count in groups.alike.items() if unlisted else ():
        if award is not None and (kind, award) in unlisted:
            left[unlisted[kind, award]] += count
    listed = sum(form.awards_number or 0 for form in forms)
    paid = sum((form.paid_amount or Decimal(0) for form in forms), Decimal(0))
    note = "; ".join(f"{count:,} not in {used.named('levels')}: {why}" for why, count in left.items())
    agrees = number == listed + sum(left.values()) and (bool(left) or amount == paid)
    yield AccountLine("Awards on the plan forms", f"{listed:,}, {dollars(paid)}", note, agrees)


def _limited(agency: Agency, groups: Groups) -> Iterator[AccountLine]:
    plans = {plan.id: plan for plan in agency.plans}
    cut: Counter[tuple[Decimal, Decimal]] = Counter()
    for person, count in groups.counted:
        plan, rate = plans.get(person.plan or ""), person.basic_pay_fy_end
        if plan and rate is not None and person.appointment_type in ELIGIBLE:
            limit = counted_rate(person, rate, base_day(plan), agency.certified)
            if limit != rate:
                cut[rate, limit] += count
    notes = [f"{count} x {dollars(rate)} counted as {dollars(limit)}" for (rate, limit), count in sorted(cut.items())]
    base = edition(agency.fiscal_year).named("base_pay")
    yield AccountLine(f"Rates cut by a limit in {base}", f"{sum(cut.values()):,}", "; ".join(notes))


def _columns(roster: Roster) -> Iterator[AccountLine]:
    used = list(dict.fromkeys(column for _, column in roster.headings if column))
    renamed = [f"{heading} as {column}" for heading, column in roster.headings if column and heading != column]
    yield AccountLine("Columns used", f"{len(used)}", ", ".join(used))
    if renamed:
        yield AccountLine("Columns read under another name", f"{len(renamed)}", ", ".join(renamed))
    export = [f"of the export it was written from: {', '.join(roster.left_in_export)}"] if roster.left_in_export else []
    unused = [", ".join(roster.unused), *export]
    yield AccountLine(
        "Columns not used", f"{len(roster.unused) + len(roster.left_in_export)}", "; ".join(filter(None, unused))
    )
    for what, headings in (
        ("Columns for other papers", roster.for_other_papers),
        ("Columns never read", roster.never_read),
    ):
        if headings:
            yield AccountLine(what, f"{len(headings)}", ", ".join(headings))
    if roster.accepted:
        yield AccountLine("Ways of reading agreed on", f"{len(roster.accepted)}", "; ".join(roster.accepted))
