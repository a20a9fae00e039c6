"""Every proposal of a worksheet against the law and against policy: blocks, flags, and the pool they share."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from itertools import pairwise
from typing import Any

from seskit.formats.memory import uncollected
from seskit.law import awards, parameters, rating_levels
from seskit.law.awards import ELIGIBLE
from seskit.law.facts import dollars, plain
from seskit.law.pay_setting.adjust import CYCLE_FACT, adjust, guidance_on_increases
from seskit.law.pay_setting.aggregate import limit_at_year_end, limit_is_recorded
from seskit.law.pay_setting.bounds import FREEZE_LAW, Appointee, crossing, general_freeze_bound, political_bound
from seskit.law.pay_setting.clock import is_drift
from seskit.law.pay_setting.decision import WITHOUT_LIMIT, PayDecision
from seskit.law.pay_setting.reduce import lowest_reduced, november_2003_holds, reduce
from seskit.law.rate_range import RateRange, first_certified_day, range_maximum, range_on, schedule_not_recorded
from seskit.law.result import Result, Working
from seskit.record.pay_setting.worksheet.reading import Worksheet, WorksheetRow
from seskit.record.problem import Problem
from seskit.work.appraisal.ceiling import Ceiling
from seskit.work.pay_setting.worksheet.finding import Instead, Objection, priced, twelve_months
from seskit.work.pay_setting.worksheet.kept_position import RateVerdict, kept_position


@dataclass(frozen=True)
class JudgedRow:
    """One row with what the law allows: bounds certain, decision, award bounds and decision."""

    row: WorksheetRow
    decision: str
    lowest: Decimal
    highest: Decimal | None
    freeze_ceiling: Decimal | None
    freeze_possible: Decimal | None
    relative_rate: Decimal | None
    approval: tuple[str, ...]
    award_decision: str
    award_base: Decimal | None
    least_award: Decimal | None
    most_award: Decimal | None
    findings: tuple[Objection, ...]
    #: Whether an increase is allowed by nothing but the record of the appraisal cycle: its 12 months end after it.
    by_cycle_record: bool = False

    @property
    def change(self) -> Decimal:
        """The change of the rate in dollars a year."""
        return self.row.new_rate - self.row.rate

    @property
    def change_percent(self) -> Decimal:
        """The change in percent of the present rate."""
        return 100 * self.change / self.row.rate

    @property
    def award_percent(self) -> Decimal:
        """The award in percent of the rate it is measured on, or of the present rate where that is not known."""
        return 100 * (self.row.proposed_award or Decimal(0)) / (self.award_base or self.row.rate)

    @property
    def lawful_change(self) -> Decimal:
        """The change that averages and budgets count: none where the proposal is blocked."""
        return self.change if self.decision == "allowed" else Decimal(0)

    @property
    def lawful_change_percent(self) -> Decimal:
        """The same in percent of the present rate."""
        return 100 * self.lawful_change / self.row.rate

    @property
    def lawful_award(self) -> Decimal:
        """The award that averages, pool and budgets count: none where it is blocked."""
        return (self.row.proposed_award or Decimal(0)) if self.award_decision == "allowed" else Decimal(0)

    @property
    def lawful_award_percent(self) -> Decimal:
        """The same in percent."""
        return self.award_percent if self.award_decision == "allowed" else Decimal(0)


@dataclass(frozen=True)
class LevelAverage:
    """What career executives at one rating level are to receive, on average; blocked proposals are left out.

    Averages are over everyone of the level, as the rules on distinctions compare them; those of `each` are over the
    executives who get an increase or an award. `merit_percent` is without what only reaches the range minimum.
    """

    rating: int
    people: int
    adjusted: int
    adjustment_percent: Decimal
    awarded: int
    award_percent: Decimal
    above_level_three: int
    merit_percent: Decimal
    each_increase_percent: Decimal
    each_award_percent: Decimal


@dataclass(frozen=True)
class CheckedWorksheet:
    """A worksheet with every finding, row by row and together."""

    worksheet: Worksheet
    limits: RateRange
    rows: tuple[JudgedRow, ...]
    pool: Result[awards.AwardPool]
    levels: tuple[LevelAverage, ...]
    together: tuple[Objection, ...]
    #: The ceiling on Levels 4 and 5 where it binds, which is said first.
    ceilings: tuple[Ceiling, ...] = ()

    @property
    def findings(self) -> list[Objection]:
        """All findings, those of the whole first."""
        return [*self.together, *(finding for judged in self.rows for finding in judged.findings)]

    @property
    def final(self) -> bool:
        """Whether nothing blocks, every flag has its written reason, and the ratings keep to the ceiling."""
        return not any(finding.is_open for finding in self.findings) and not any(one.over for one in self.ceilings)

    @property
    def awards_proposed(self) -> Decimal:
        """Every award as proposed, lawful or not."""
        return sum((judged.row.proposed_award or Decimal(0) for judged in self.rows), Decimal(0))

    @property
    def increases_proposed(self) -> Decimal:
        """Every increase as proposed, lawful or not, in dollars a year."""
        return sum((max(judged.change, Decimal(0)) for judged in self.rows), Decimal(0))

    @property
    def awards_total(self) -> Decimal:
        """All awards proposed, blocked ones left out."""
        return sum((judged.lawful_award for judged in self.rows), Decimal(0))

    @property
    def adjustments_total(self) -> Decimal:
        """All increases proposed, blocked ones left out, in dollars a year."""
        return sum((max(judged.lawful_change, Decimal(0)) for judged in self.rows), Decimal(0))

    def problems(self) -> list[Problem]:
        """The findings as problems of the worksheet's file: a block is an error, a flag a warning."""
        return [
            Problem(
                f.row, f.column or f.check, f.person_id, f"{f.text} [{f.citation}]",
                "Settled by the written reason, which the workbook and the page keep." if f.reason and f.level == "flag" else f.lawful_ways or _ASKED[f.level],
                "error" if f.level == "block" else "warning", file="pay", check=f.check,
            )
            for f in self.findings
        ]  # fmt: skip


_ASKED = {"block": "Change the proposal.", "flag": "Give a written reason, or change the proposal."}


def check(worksheet: Worksheet) -> CheckedWorksheet:
    """Check every proposal, alone and together: range, cap, clock, rating, pool, differentiation, pay above level III."""
    with uncollected():
        limits = range_on(worksheet.terms.effective)
        rows = tuple(_judged(worksheet, limits, row) for row in worksheet.rows)
        pool = awards.award_pool(
            worksheet.terms.awards_paid_on, count=worksheet.pool_count, aggregate=worksheet.pool_aggregate
        )
        levels = tuple(averages(rows, limits))
        checked = CheckedWorksheet(worksheet, limits, rows, pool, levels, ())
        return CheckedWorksheet(worksheet, limits, rows, pool, levels, tuple(_together(checked)))


def _judged(worksheet: Worksheet, limits: RateRange, row: WorksheetRow) -> JudgedRow:
    freeze = _freezes(worksheet, limits, row)
    rate_findings, verdict, lowest, highest, relative, approval = _rate(worksheet, limits, row, freeze)
    award_findings, award_verdict, award_base, least, most = _award(worksheet, row)
    flags = _flags(worksheet, limits, row, highest, freeze[0])
    recorded = verdict == "allowed" and _by_cycle_record(worksheet, limits, row)
    return JudgedRow(
        row, verdict, lowest, highest, freeze[0], freeze[1], relative, approval, award_verdict, award_base, least, most,
        (*rate_findings, *award_findings, *flags), recorded,
    )  # fmt: skip


def _by_cycle_record(worksheet: Worksheet, limits: RateRange, row: WorksheetRow) -> bool:
    rises = row.new_rate > max(row.rate, limits.minimum) and row.action != "relative_position" and not row.ground
    drifts = row.last_adjusted is not None and is_drift(row.last_adjusted, worksheet.terms.effective)
    return rises and drifts and bool(worksheet.terms.cycle_record)


def _freezes(worksheet: Worksheet, limits: RateRange, row: WorksheetRow) -> tuple[Decimal | None, Decimal | None]:
    """The highest rate the pay freezes allow this person for certain, and at most; None where none holds."""
    work, terms = Working(worksheet.terms.effective), worksheet.terms
    base = max(row.rate, limits.minimum)
    stated = Appointee(row.appointment_type, row.serves_politically, terms.political_freeze_in_force, row.new_position)
    appointee = stated.cleared_by(work, row.freeze_cleared_by)
    bounds = [
        general_freeze_bound(work, row.new_position, base),
        political_bound(work, terms.effective, worksheet.certified, appointee, base),
    ]
    held = [bound for bound in bounds if bound]
    sure = min((bound.sure for bound in held), default=WITHOUT_LIMIT)
    possible = min((bound.possible for bound in held), default=WITHOUT_LIMIT)
    return (None if sure == WITHOUT_LIMIT else sure), (None if possible == WITHOUT_LIMIT else possible)


def _rate(
    worksheet: Worksheet, limits: RateRange, row: WorksheetRow, freeze: tuple[Decimal | None, Decimal | None]
) -> RateVerdict:
    if row.left_by:
        return _left(worksheet, row)
    if row.new_rate < row.rate:
        return _reduction(worksheet, limits, row)
    if row.action == "relative_position":
        return kept_position(worksheet, limits, row, freeze[0])
    terms = worksheet.terms
    result = adjust.function(
        terms.effective, rate=row.rate, proposed_rate=row.new_rate, rating=row.rating, certified=worksheet.certified,
        last_adjusted=row.last_adjusted, ground=row.ground, top_official_approves=row.top_official_approves,
        appointment_type=row.appointment_type, new_position=row.new_position,
        political_freeze_in_force=terms.political_freeze_in_force, serves_politically=row.serves_politically,
        freeze_cleared_by=row.freeze_cleared_by, cycle_record=terms.cycle_record,
    )  # fmt: skip
    answer = result.answer
    base = max(row.rate, limits.minimum)
    waits = answer.decision == "cannot tell" and answer.missing == [CYCLE_FACT]
    found = [] if waits or answer.decision == "allowed" else [_blocked("rate", row, adjust.in_words(result))]
    return found, answer.decision, base, answer.maximum, None, tuple(answer.approval)


def _left(worksheet: Worksheet, row: WorksheetRow) -> RateVerdict:
    """Of one who is no longer in the agency's SES that day: no change of the rate is possible."""
    if row.new_rate == row.rate:
        return [], "allowed", row.rate, row.rate, None, ()
    text = (
        f"Not allowed: a rate of {dollars(row.new_rate)} on {worksheet.terms.effective}. By then the executive has left the SES of "
        f"this agency: {row.left_by}."
    )
    leave = priced("Leave the rate at", row.rate, row.new_rate, " a year")
    ways = (leave, Instead("Correct that action or its day, if it is wrong.", "no dollars"))
    found = Objection("block", "rate", text, "5 U.S.C. 5383(a)", row.row, row.person_id, ways)
    return [found], "not allowed", row.rate, row.rate, None, ()


def _reduction(worksheet: Worksheet, limits: RateRange, row: WorksheetRow) -> RateVerdict:
    result = reduce.function(
        worksheet.terms.effective, rate=row.rate, proposed_rate=row.new_rate, basis=row.reduction_basis,
        rating=row.rating, notice_given=row.notice_given, last_adjusted=row.last_adjusted,
        appointment_type=row.appointment_type, certified=worksheet.certified, protected_total=row.protected_total,
    )  # fmt: skip
    answer = result.answer
    found = [] if answer.decision == "allowed" else [_blocked("reduction", row, reduce.in_words(result))]
    share = Decimal(parameters.figure("pay_setting.reduction.largest_share", worksheet.terms.effective).value)
    lowest = lowest_reduced(row.rate, limits.minimum, share if row.appointment_type in ("career", None) else None)
    if row.protected_total is not None and november_2003_holds(worksheet.terms.effective):
        lowest = max(lowest, min(row.protected_total, row.rate))
    return found, answer.decision, lowest, row.rate, None, tuple(answer.approval)


def _blocked(check: str, row: WorksheetRow, result: Result[PayDecision]) -> Objection:
    failed = [reason for reason in result.reasons if reason.outcome in ("not met", "cannot tell")]
    text = " ".join([result.says, *(reason.text for reason in failed)])
    ways = tuple(Instead(way.change, way.cost, way.kind != "another fact") for way in result.answer.alternatives)
    citation = "; ".join(dict.fromkeys(reason.citation for reason in failed)) or "5 CFR 534.404"
    return Objection("block", check, text, citation, row.row, row.person_id, ways, confidence=result.confidence)


_Award = tuple[list[Objection], str, Decimal | None, Decimal | None, Decimal | None]


def _award(worksheet: Worksheet, row: WorksheetRow) -> _Award:
    base, end = row.award_base if row.period_end else None, row.period_end
    if base is not None and end is not None and row.appointment_type == "presidential":
        base = min(base, range_maximum(end, worksheet.certified))
    least, most = awards.award_bounds(base, end) if base is not None and end is not None else (None, None)
    if row.proposed_award is None:
        return [], "none", base, least, most
    lowest = int(parameters.figure("awards.individual.lowest_rating", worksheet.terms.awards_paid_on).value)
    law, why = awards.AWARD_LAW, ""
    instead = (Instead("Pay none.", f"{dollars(row.proposed_award)} less", figure=True),)
    verdict = "not allowed"
    if row.appointment_type is None or row.rating is None or least is None or most is None:
        verdict = "cannot tell"
        unknown = (
            ("appointment type", row.appointment_type),
            ("rating", row.rating),
            ("rate at the period's end", least),
        )
        why = f"Missing: {', '.join(word for word, value in unknown if value is None)}."
    elif row.appointment_type not in ELIGIBLE:
        why = f"Performance awards are for career appointees, not for {row.appointment_type.replace('_', ' ')} ones."
    elif row.rating < lowest:
        why = f"Rated level {row.rating}; an award needs level {lowest} or better."
    elif not least <= row.proposed_award <= most:
        why = f"It must be between {dollars(least)} and {dollars(most)}."
        nearest = min(max(row.proposed_award, least), most)
        instead = (priced("Pay", nearest, row.proposed_award),)
    else:
        return [], "allowed", base, least, most
    text = f"Award of {dollars(row.proposed_award)}: {verdict}. {why}"
    return [Objection("block", "award", text, law, row.row, row.person_id, instead)], verdict, base, least, most


def _flags(
    worksheet: Worksheet, limits: RateRange, row: WorksheetRow, highest: Decimal | None, judged_freeze: Decimal | None
) -> Iterator[Objection]:
    outstanding = int(parameters.figure("pay_setting.performance.outstanding", worksheet.terms.effective).value)
    increase = row.new_rate - row.rate

    def flag(check: str, text: str, citation: str) -> Objection:
        return Objection("flag", check, text, citation, row.row, row.person_id, (), row.reason or "")

    if row.ratings_call and (increase > 0 or row.proposed_award is not None):
        text = f"{row.ratings_call}; the proposal still raises pay or pays an award."
        yield flag("ratings on record", text, "5 U.S.C. 4314(b)(3)-(4)")
    if increase > 0 and row.new_rate > limits.uncertified and row.rating is not None and row.rating < outstanding:
        text = (f"{dollars(row.new_rate)} is above level III ({dollars(limits.uncertified)}) for one rated level {row.rating}; "
                "such rates are generally for the best performers.")  # fmt: skip
        yield flag("above level III", text, "5 CFR 534.403(a)(3)")
    guidance = guidance_on_increases(worksheet.terms.effective, row.rate, row.rating)
    if guidance and row.action != "relative_position" and row.new_rate > max(guidance[0], limits.minimum):
        yield flag("increase guidance", guidance[1], guidance[2])
    if (
        increase > 0
        and judged_freeze is not None
        and row.new_rate <= judged_freeze
        and crossing(worksheet.terms.effective)
    ):
        text = (f"A political appointee would rise to {dollars(row.new_rate)}; since 2023 the freeze's trigger is above its own "
                "frozen limit, so have counsel or OPM review the rate.")  # fmt: skip
        yield flag("political freeze", text, FREEZE_LAW)
    if row.rating == outstanding and increase == 0 and (highest or row.rate) > row.rate:
        text = "Rated outstanding, and no increase is proposed: an increase must have been considered."
        yield flag("outstanding", text, "5 CFR 534.404(b)(2)")
    if row.proposed_award is not None and limit_is_recorded(worksheet.terms.awards_paid_on.year):
        limit = limit_at_year_end(Working(None), worksheet.terms.awards_paid_on.year, worksheet.certified)
        rate = row.new_rate if worksheet.terms.awards_paid_on >= worksheet.terms.effective else row.rate
        over = rate + row.proposed_award - limit
        if over > 0:
            text = (f"A full year at {dollars(rate)} and the award exceed the aggregate limit of {dollars(limit)}: "
                    f"about {dollars(over)} is deferred to January.")  # fmt: skip
            yield flag("aggregate limit", text, "5 U.S.C. 5307; 5 CFR 530.203")


def averages(rows: Iterable[JudgedRow], limits: RateRange) -> Iterator[LevelAverage]:
    """By rating level, over career executives: the average increase and award, in percent of pay, to four decimals."""
    groups: dict[int, list[JudgedRow]] = defaultdict(list)
    for judged in rows:
        if judged.row.rating is not None and judged.row.appointment_type in ELIGIBLE:
            groups[judged.row.rating].append(judged)
    for rating in rating_levels.LEVELS:
        members = groups[rating]
        changes = [judged.lawful_change_percent for judged in members]
        paid = [judged.lawful_award_percent for judged in members]
        yield LevelAverage(
            rating, len(members), sum(judged.lawful_change > 0 for judged in members), _average(changes),
            sum(judged.lawful_award > 0 for judged in members), _average(paid),
            sum(judged.row.rate + judged.lawful_change > limits.uncertified for judged in members),
            _average([_merit(judged, limits) for judged in members]),
            _average([percent for percent in changes if percent > 0]), _average([percent for percent in paid if percent > 0]),
        )  # fmt: skip


def _merit(judged: JudgedRow, limits: RateRange) -> Decimal:
    """The change in percent, without what the range minimum forces."""
    forced = max(limits.minimum - judged.row.rate, Decimal(0)) if judged.lawful_change > 0 else Decimal(0)
    return 100 * (judged.lawful_change - forced) / judged.row.rate


def _average(values: list[Decimal]) -> Decimal:
    return (sum(values, Decimal(0)) / len(values)).quantize(Decimal("0.0001"), ROUND_HALF_UP) if values else Decimal(0)


def _together(checked: CheckedWorksheet) -> Iterator[Objection]:
    terms, pool = checked.worksheet.terms, checked.pool.answer.pool
    if late := schedule_not_recorded(terms.effective):
        way = Instead("Add it: seskit schedule add FILE.")
        yield Objection(
            "block",
            "schedule",
            f"{late}: every decision here is by the schedule before.",
            "5 U.S.C. 5318, 5382",
            instead=(way,),
        )
    yield from twelve_months(checked.rows, terms.effective)
    spent, raised = checked.awards_total, checked.adjustments_total
    if spent > pool:
        text = f"Awards of {dollars(spent)} exceed the pool of {dollars(pool)} by {dollars(spent - pool)}."
        yield Objection(
            "block",
            "pool",
            text,
            "5 U.S.C. 5384(b)(3); 5 CFR 534.405(b)",
            instead=(Instead(f"Pay {dollars(spent - pool)} less."),),
        )

    def flag(check: str, text: str, citation: str) -> Objection:
        return Objection("flag", check, text, citation, reason=terms.reasons.get(check, ""))

    aggregate = checked.worksheet.pool_aggregate
    limit = awards.spending_limit(terms.awards_paid_on, aggregate)
    if limit and (text := limit.passed_by(spent, aggregate)):
        yield flag("guidance", text[0].upper() + text[1:], limit.citation)
    for check, amount, budget in (
        ("award budget", spent, terms.award_budget),
        ("adjustment budget", raised, terms.adjustment_budget),
    ):
        if budget is not None and amount > budget:
            yield flag(
                check,
                f"{dollars(amount)} is {dollars(amount - budget)} more than the budget of {dollars(budget)}.",
                "pay.yaml",
            )
    law = "5 CFR 430.404(a)(9); 5 CFR 534.404(b)(3)"
    if terms.effective < first_certified_day():
        law = "5 CFR 534.404(b)(3)"
    yield from _differentiation(checked.levels, flag, law)


def _differentiation(levels: Iterable[LevelAverage], flag: Any, law: str) -> Iterator[Objection]:
    used = [level for level in levels if level.people]
    for check, word, part in (
        ("award differentiation", "award", "award_percent"),
        ("pay differentiation", "increase", "merit_percent"),
    ):
        if not any(getattr(level, part) for level in used):
            continue
        for low, high in pairwise(used):
            above, below = (plain(getattr(level, part)) for level in (high, low))
            if above <= below and below > 0:
                text = (
                    f"The average {word} is {above} percent of pay at level {high.rating} and {below} percent at level {low.rating}: "
                    "it must rise with the level."
                )
                yield flag(check, text, law)
