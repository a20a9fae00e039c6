"""The limits of the year over a whole agency: the award pool, guidance on award spending, the ceiling on levels 4 and 5."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from seskit.law import inspector_general, parameters
from seskit.law.appraisal.distribution import rating_ceiling, top_levels
from seskit.law.awards import pool as pool_of
from seskit.law.awards import pool_shares, spending_limit
from seskit.law.clocks import fiscal_year
from seskit.law.facts import dollars
from seskit.law.report.dates import month_end, month_start
from seskit.law.report.editions import edition
from seskit.record.agency import FILE, Agency
from seskit.record.agency_entries import LABELS, where
from seskit.record.problem import Problem
from seskit.record.roster import Groups, Judged
from seskit.work.appraisal.ceiling import ASK, doubted
from seskit.work.report.forms import Form

_CENT = Decimal("0.01")
_CEILING = "Ceiling on levels 4 and 5"
_BUDGET = LABELS["budget_percent"]
_OWN = f"It is the agency's own (budget_percent in {FILE}), not law, and stays off the form."
_REQUIRED = "only what the law requires"
NO_LIMIT = "no limit for so few career executives"


@dataclass(frozen=True)
class YearLimit:
    """One limit: what it is, what is used of it, the limit, whether it is kept (None: cannot tell), and what to know."""

    what: str
    used: str
    limit: str
    kept: bool | None
    note: str
    #: The numbered check that warns where it is passed; other limits have a check of their own.
    check: str = ""
    #: Whom to ask first, where the limit is recorded for an earlier year only.
    ask: str = ""

    def to_dict(self) -> dict[str, Any]:
        """The limit as plain data."""
        return {"what": self.what, "used": self.used, "limit": self.limit, "kept": self.kept, "note": self.note}

    def __str__(self) -> str:
        state = {True: "kept", False: "passed", None: "cannot tell"}[self.kept]
        told = self.limit if self.limit == NO_LIMIT else f"limit {self.limit}: {state}"
        return f"{self.what}: {self.used}; {told}. {self.note}".rstrip()


def limits(agency: Agency, forms: Sequence[Form], groups: Groups, unpaid: tuple[int, Decimal]) -> tuple[YearLimit, ...]:
    """Every limit that binds in a fiscal year of payment, and the ceiling where one is in force."""
    return (*_of_money(agency, forms, unpaid), *_of_ratings(agency, groups))


def _of_money(agency: Agency, forms: Sequence[Form], unpaid: tuple[int, Decimal]) -> Iterator[YearLimit]:
    offices = _by_year(forms, "ig")
    for year, paid in sorted(_by_year(forms, "plan").items()):
        on = month_start(paid[-1].paid_in or "")
        number = unpaid[0] + sum(form.aggregate.number for form in paid if form.aggregate)
        total = unpaid[1] + sum((form.aggregate.total for form in paid if form.aggregate), Decimal(0))
        spent = sum((form.paid_amount or Decimal(0) for form in paid), Decimal(0))
        share, of_average = pool_shares(on)
        pool = _pool(number, total, on)
        used = f"{dollars(spent)}, {_percent(spent, total)} of {dollars(total)}"
        note = f"{share} percent of aggregate career basic pay, or {of_average} percent of the average: law (5 U.S.C. 5384(b)(3))."
        note += _apart(offices.get(year, ()), number, total, spent, on)
        yield YearLimit(f"Award pool, paid in fiscal year {year}", used, dollars(pool), spent <= pool, note)
        yield from _guidance(year, month_end(max(form.paid_in or "" for form in paid)), used, spent, total)
        if (percent := agency.options.budget_percent) is not None:
            own = pool_of(total, number, percent)
            what = f"{_BUDGET}, paid in fiscal year {year}"
            yield YearLimit(what, used, f"{dollars(own)} ({percent} percent)", spent <= own, _OWN, "R24")


def _by_year(forms: Sequence[Form], scope: str) -> dict[int, list[Form]]:
    """The forms of a scope with awards, by the fiscal year they are paid in."""
    years: dict[int, list[Form]] = {}
    for form in forms:
        if form.scope == scope and form.paid_in and form.paid_amount is not None and form.aggregate:
            years.setdefault(fiscal_year(month_start(form.paid_in)), []).append(form)
    return years


def _pool(number: int, total: Decimal, on: date) -> Decimal:
    share, of_average = pool_shares(on)
    return max(pool_of(total, number, share), pool_of(total, number, of_average, of_average=True))


def _apart(offices: Sequence[Form], number: int, total: Decimal, spent: Decimal, on: date) -> str:
    """What Inspector General offices paid of a pool of their own, and the others of theirs, once the law has them apart."""
    inside = sum(form.aggregate.number for form in offices if form.aggregate)
    if not inside or inside == number or not inspector_general.is_agency_of_its_own(on):
        return ""
    pay = sum((form.aggregate.total for form in offices if form.aggregate), Decimal(0))
    paid = sum((form.paid_amount or Decimal(0) for form in offices), Decimal(0))
    office = f"{dollars(paid)} of {dollars(_pool(inside, pay, on))}"
    others = f"{dollars(spent - paid)} of {dollars(_pool(number - inside, total - pay, on))}"
    return (
        f" An Office of Inspector General is included, {inspector_general.since()}: separately, such offices pay {office}, "
        f"the others {others}. Ask counsel whether the pool should count them."
    )


def _guidance(year: int, on: date, used: str, spent: Decimal, total: Decimal) -> Iterator[YearLimit]:
    """What guidance says of spending on awards paid in a month: a share, or that discretionary awards stop."""
    what = f"Limit on award spending, paid in fiscal year {year}"
    if found := spending_limit(on, total):
        held = f"{found.percent} percent, {dollars(found.amount)}"
        note = f"Guidance, not law ({found.citation}).{found.doubt}"
        yield YearLimit(what, used, held, spent <= found.amount, note)
    elif stopped := parameters.recorded("awards.pool.stopped", on):
        note = f"{stopped.value} Guidance, not law ({stopped.citation})."
        yield YearLimit(what, used, _REQUIRED, None if spent else True, note)


def _percent(part: Decimal, whole: Decimal) -> str:
    return f"{(100 * part / whole).quantize(_CENT) if whole else 0} percent"


def _of_ratings(agency: Agency, groups: Groups) -> Iterator[YearLimit]:
    ends = {plan.id: plan.period_end for plan in agency.plans}
    for end in sorted(set(ends.values())):
        if parameters.recorded("appraisal.ceiling.share", end) is None:
            continue
        people = [(one, count) for one, count in groups.counted if ends.get(one.plan or "") == end]
        offices = any(one.ig_office for one, _ in people)
        whole = "agency without its Inspector General offices" if offices else "agency"
        for apart, name in ((False, whole), (True, "Inspector General offices, counted separately")):
            counted = [(one, count) for one, count in people if bool(one.ig_office) is apart]
            if counted:
                yield _ceiling(counted, end, name, apart=apart)


def _ceiling(people: Sequence[tuple[Judged, int]], end: date, name: str, *, apart: bool) -> YearLimit:
    def many(*kinds: str, least: int = 1) -> int:
        return sum(n for one, n in people if one.appointment_type in kinds and (one.rating or 0) >= least)

    career = sum(n for one, n in people if one.appointment_type == "career")
    high = min(top_levels())
    found = rating_ceiling(
        end, career_rated=many("career"), career_high=many("career", least=high), career_members=career,
        noncareer_rated=many("noncareer"), limited_rated=many("limited_term", "limited_emergency"),
        inspector_general=apart,
    )  # fmt: skip
    answer = found.answer
    bound = str(answer.allowed) if answer.covered else NO_LIMIT
    used = f"{many('career', least=high)} of {many('career')} career executives rated"
    return YearLimit(
        f"{_CEILING}, {name}, period to {end}",
        used,
        bound,
        answer.lawful,
        found.says,
        "R23",
        ASK if doubted(found) else "",
    )


#: The item each check is about, and what to do where its limit is passed.
_WARNED = {
    "R23": ("ratings", "Keep the waiver with the report, or have the ratings reviewed before they are final."),
    "R24": ("paid", f"Lower the awards, or change {where('budget_percent')}. If the agency decided so, leave both."),
}


def problems(agency: Agency, found: Sequence[YearLimit]) -> Iterator[Problem]:
    """A limit that may be passed, as a warning: the President may waive a ceiling, the agency decides on its own budget."""
    for one in found:
        if one.check and one.kept is False:
            item, fix = _WARNED[one.check]
            box = edition(agency.fiscal_year).named(item)
            reason = f"{one.what}: {one.used}, {one.limit} allowed{' by the last ceiling on record' if one.ask else ''}"
            yield Problem(
                None, box, one.used, reason, f"{one.ask} {fix}".strip(), "warning", "all plan forms", one.check
            )
