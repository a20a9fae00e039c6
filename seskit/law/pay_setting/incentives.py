"""Recruitment, relocation and retention incentives of executives: who may get one, and how much."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_FLOOR, Decimal
from typing import Annotated, Literal

from seskit.law.answers import Answer
from seskit.law.checks import every
from seskit.law.facts import CENT, Appointment, AsOf, Fact, Money, Percent, Rate, Rating, Whole, YesNo, dollars, plain
from seskit.law.question import question
from seskit.law.rate_range import doubt_rate
from seskit.law.rating_levels import fully_successful
from seskit.law.result import CannotTell, Result, Working

Group = Annotated[YesNo, Fact("Group of employees", "Yes where a whole group gets it.")]
Waiver = Annotated[
    YesNo | None, Fact("Waiver of the limit", "OPM, or the agency where it may, approved a higher percentage.")
]


class Incentive(Answer, verdict="allowed"):
    """Whether an incentive may be paid."""

    allowed: Annotated[bool | None, Fact("Allowed", "Null: cannot tell.")]
    most: Annotated[Decimal, Fact("Highest that is certain", unit="USD")]


@dataclass(frozen=True)
class _Person:
    """Who is to get an incentive, and the law on who may; where group or rating is not asked, its citation is empty."""

    appointment_type: str
    group: bool
    rating: int | None
    who: str
    grouped: str
    rated: str

    def left_out(self, work: Working, what: str) -> Result[Incentive] | None:
        """The answer to one who may get no incentive of this kind: by appointment, as one of a group, or by rating."""
        says = f"No {what} incentive may be paid."
        passed = True
        if self.appointment_type in ("noncareer", "presidential"):
            text = "Noncareer executives and presidential appointees are left out."
            passed = work.test(False, text, self.who, basis="recalled")
        elif self.grouped and self.group:
            text = "Nobody in an SES position is included in an authorization for a group."
            passed = work.test(False, text, self.grouped)
            says = "Not allowed as one of a group: ask for the executive alone."
        elif self.rated and self.rating is not None:
            text = f"Rated level {self.rating}; level {fully_successful()} or better is needed."
            passed = work.test(self.rating >= fully_successful(), text, self.rated)
        elif self.rated:
            text = f"The rating of record, level {fully_successful()} or better, is not stated."
            work.test(None, text, self.rated)
        if self.appointment_type in ("limited_term", "limited_emergency"):
            work.caution(f"None may be paid to a limited appointee whom the White House must clear ({self.who}).")
        return None if passed else work.answer(Incentive(allowed=False, most=Decimal(0)), says)

    @property
    def unrated(self) -> bool:
        """Whether a rating is asked for and not stated."""
        return bool(self.rated) and self.rating is None


@dataclass(frozen=True)
class _Limits:
    """The limit of an incentive and the higher one with a waiver, in the measure in which it is asked for."""

    ordinary: Decimal
    waived: Decimal
    waiver: bool | None

    def keeps(self, asked: Decimal) -> bool | None:
        """Whether an incentive keeps its limit; None where it turns on the waiver."""
        if asked <= self.ordinary or self.waiver is not None:
            return asked <= (self.waived if self.waiver else self.ordinary)
        return None if asked <= self.waived else False


def _told(
    work: Working, person: _Person, keeps: bool | None, most: Decimal, asked: str, highest: str
) -> Result[Incentive]:
    """The answer on an incentive that is not left out: as its limit has it, and open where the rating is not stated."""
    allowed = every((keeps, None if person.unrated else True))
    lacking = [name for name, open_ in (("rating", person.unrated), ("waiver", keeps is None)) if open_]
    condition = f", if rated level {fully_successful()} or better" if person.unrated else ""
    says = {
        True: f"{asked} is allowed.",
        False: f"{asked} is not allowed; the most is {highest}{condition}.",
        None: CannotTell(f"Cannot tell. Missing: {', '.join(lacking)}."),
    }[allowed]
    return work.answer(Incentive(allowed=allowed, most=Decimal(0) if person.unrated else plain(most)), says)


@question("5 U.S.C. 5754; 5 CFR part 575, subpart C", renamed={"opm_waiver": ("waiver",)})
def retention_percent(
    as_of: AsOf,
    *,
    rate: Rate,
    percent: Annotated[Percent, Fact("Retention incentive", "In percent of basic pay.", "percent")],
    appointment_type: Appointment = "career",
    group: Group = False,
    waiver: Annotated[Waiver, Fact("OPM waiver", "OPM approved a higher percentage.")] = False,
    rating: Rating = None,
) -> Result[Incentive]:
    """How high may a retention incentive be for an executive?

    Up to a percentage of basic pay, and higher with OPM's waiver; not for a noncareer executive or a presidential
    appointee, not as one of a group, and not for one rated below fully successful (5 U.S.C. 5754; 5 CFR 575.304,
    575.305(c), (d), 575.309). `answer` says whether it is `allowed` (null: cannot tell), and gives `most`: the highest in
    dollars a year that is certain.
    """
    work = Working(as_of)
    doubt_rate(work, as_of, rate)
    ordinary, waived = (
        Decimal(work.figure(f"pay_setting.retention.{kind}_percent")) for kind in ("individual", "waiver")
    )
    work.caution("A service agreement or its exception, the agency's plan and the written need come on top of this.")
    person = _Person(appointment_type, group, rating, "5 CFR 575.304", "5 CFR 575.305(c)", "5 CFR 575.305(d)")
    if refused := person.left_out(work, "retention"):
        return refused
    keeps = _Limits(ordinary, waived, waiver).keeps(percent)
    text = f"At most {ordinary} percent of basic pay, {waived} percent with OPM's waiver."
    work.test(keeps, text, "5 U.S.C. 5754; 5 CFR 575.309", basis="recalled")
    top = waived if waiver else ordinary
    most = (rate * top / 100).quantize(CENT, ROUND_FLOOR)
    return _told(work, person, keeps, most, f"{percent} percent", f"{top} percent, {dollars(most)} a year")


@question("5 U.S.C. 5753; 5 CFR part 575, subparts A and B")
def recruitment_or_relocation(
    as_of: Annotated[AsOf, Fact("First day of the service period")],
    *,
    kind: Annotated[
        Literal["recruitment", "relocation"],
        Fact("Incentive", "For a new employee, or for one who moves to another area."),
    ],
    rate: Annotated[
        Rate, Fact("Rate of basic pay", "Yearly rate at the beginning of the service period.", "USD per year")
    ],
    amount: Annotated[Money, Fact("Amount of the incentive", "In all, over the service period.", "USD")],
    service_months: Annotated[Whole, Fact("Service period", "As the service agreement has it.", "months")],
    appointment_type: Appointment = "career",
    group: Group = False,
    waiver: Waiver = False,
    rating: Annotated[
        Rating, Fact("Annual summary rating", "For a relocation; level 1 (unsatisfactory) to 5, 3 is fully successful.")
    ] = None,
) -> Result[Incentive]:
    """How high may a recruitment or a relocation incentive be for an executive?

    In all a percentage of yearly basic pay for each year of the agreed service, parts of a year counted, and more with a
    waiver, but never more than a year's pay then; not for a noncareer executive or a presidential appointee (5 U.S.C.
    5753; 5 CFR 575.104, 575.109, 575.110 and the same of subpart B). A recruitment incentive is not paid as one of a group
    (575.105(b)), a relocation incentive not to one rated below fully successful (575.205(c)). `answer` says whether it is
    `allowed` (null: cannot tell), and gives `most`: the highest in dollars that is certain.
    """
    work = Working(as_of)
    doubt_rate(work, as_of, rate)
    path = "pay_setting.service_incentive"
    yearly, waived, longest = (
        Decimal(work.figure(f"{path}.{name}")) for name in ("yearly_percent", "waiver_percent", "longest_service")
    )
    part, moves = ("575.2", True) if kind == "relocation" else ("575.1", False)
    work.caution("A written service agreement, the agency's plan and the written need come on top of this.")
    grouped, rated = ("", "5 CFR 575.205(c)") if moves else ("5 CFR 575.105(b)", "")
    person = _Person(appointment_type, group, rating, f"5 CFR {part}04", grouped, rated)
    if moves and group:
        work.caution("A group gets it only under a mobility agreement or where its unit moves (5 CFR 575.208(b)).")
    if refused := person.left_out(work, kind):
        return refused
    least = 0 if moves else work.recorded(f"{path}.shortest_service") or 0
    within = least <= service_months <= longest
    told = f"{least} to {longest} months" if least else f"at most {longest} months"
    work.test(within, f"The service period is {service_months} months; it must be {told}.", f"5 CFR {part}10")
    of_pay = rate * service_months / 12
    ordinary = (of_pay * yearly / 100).quantize(CENT, ROUND_FLOOR)
    highest = min((of_pay * waived / 100).quantize(CENT, ROUND_FLOOR), rate)
    keeps = _Limits(ordinary, highest, waiver).keeps(amount)
    text = (
        f"In all at most {yearly} percent of {dollars(rate)} for each year, {dollars(ordinary)}; with a waiver by "
        f"{work.figure(f'{path}.waiver_by')} {waived} percent and no more than a year's pay, {dollars(highest)}."
    )
    work.test(keeps, text, f"5 U.S.C. 5753; 5 CFR {part}09")
    most = (highest if waiver else ordinary) if within else Decimal(0)
    if not within:
        return work.answer(Incentive(allowed=False, most=most), f"Not allowed: the service period must be {told}.")
    return _told(work, person, keeps, most, dollars(amount), dollars(most))
