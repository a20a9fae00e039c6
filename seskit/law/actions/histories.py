"""What a history of annual summary ratings requires, permits and bars: the decision table of the law."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date
from itertools import combinations
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict

from seskit.law import parameters, rating_levels
from seskit.law.action_facts import Executive, ExecutiveType, OnProbation, kind_in_words
from seskit.law.answers import Answer
from seskit.law.checks import some
from seskit.law.clocks import add_years
from seskit.law.facts import AsOf, CalendarYear, Day, Fact, FactError, RatingLevel, YesNo
from seskit.law.parameters import Figure
from seskit.law.question import question
from seskit.law.result import CannotTell, Result, Working

SUBJECT = "appraisal"

REFER = "REFER_TO_COUNSEL"
ROWS = ("R1", "R2", "R3", "R4", "R5")
DUTIES = ("R1", "R2", "R3")
_PAST_PROBATION = "career executive past probation"
_ANY_EXECUTIVE = "5 U.S.C. 4314(b)(3)-(4)"
ASK_COUNSEL = "The executive may be removed; ask counsel whether action is required on probation."
#: What is no final rating, in words.
_NOT_FINAL = {
    "initial": "initial summary rating", "progress_review": "progress review", "detail": "detail appraisal",
    "higher_level_review": "higher level review",
}  # fmt: skip


class Rated(BaseModel):
    """One rating: the year its period ends, its level, the day it was issued, and whether it is the final one."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    year: CalendarYear
    level: RatingLevel | None = None
    issued: Day | None = None
    kind: Literal["final", "initial", "progress_review", "detail", "higher_level_review"] = "final"


@dataclass(frozen=True)
class Final:
    """A final rating with the day it counts from."""

    year: int
    level: int
    issued: date


@dataclass
class Found:
    """The rows of the table that a history meets, those that are open, and the actions they ask for."""

    rows: list[str] = field(default_factory=list)
    open: list[str] = field(default_factory=list)
    actions: dict[str, str] = field(default_factory=dict)

    def first_duty(self) -> str:
        """The action to take: a certain removal first, then what counsel must settle, then the rest in order."""
        settled = [self.actions[row] for row in self.rows]
        if "must_remove" in settled:
            return "must_remove"
        return REFER if self.open else next(iter(settled), "none")


def window(first: Final, second: Final, years: int) -> tuple[bool, bool]:
    """Whether two ratings lie within so many consecutive years: by appraisal year, and by day of issue."""
    early, late = sorted((first.issued, second.issued))
    return abs(second.year - first.year) <= years - 1, late < add_years(early, years)


class Consequences(Answer, verdict="required"):
    """What follows from a rating history."""

    rows: Annotated[list[str], Fact("Rows of the table that are met")]
    action: Annotated[str | None, Fact("Action", "Null: cannot tell.")]
    open: Annotated[list[str], Fact("Rows that are open")]
    required: Annotated[bool | None, Fact("Action is required", "Null: cannot tell, or counsel decides.")]
    award_eligible: Annotated[bool | None, Fact("An award is open", "Null: cannot tell.")]


@question("5 U.S.C. 4314(b), 3592; 5 CFR 359.501, 430.309 (2000 rule), 430.312 (2015 rule)")
def consequences(
    as_of: Annotated[AsOf, Fact("Day of the decision", "Only ratings issued by this day count.")],
    *,
    appointment_type: Executive = None,
    on_probation: OnProbation = None,
    history: Annotated[
        list[Rated] | None,
        Fact(
            "Rating history",
            "Each rating with year (the period ends in it), level, issued, and kind: final, initial, progress review, "
            "detail or higher level review. Ratings of former agencies count. An empty list: never rated.",
        ),
    ] = None,
    conduct: Annotated[YesNo, Fact("Ground is conduct", "Misconduct and not performance.")] = False,
    reemployed_annuitant: Annotated[YesNo, Fact("Reemployed annuitant")] = False,
) -> Result[Consequences]:
    """What must, may and may not follow from this executive's rating history?

    Two unsatisfactory ratings in five years or two below fully successful in three years mean removal from the SES; one
    unsatisfactory means reassignment, transfer or removal (5 U.S.C. 4314(b)(3)-(4); 5 CFR 359.501). `answer` holds the
    rows met, the action (REFER_TO_COUNSEL where two ways of counting differ; null: cannot tell), what is open, whether
    action is required, and whether an award is open. Only final ratings count.
    """
    work = Working(as_of)
    if conduct:
        work.note(
            "R11: conduct goes the misconduct route, 359.403 on probation, and not by this table.", "5 U.S.C. 7543"
        )
        return _closed(work, "R11", "misconduct_procedure", "The misconduct procedure applies; this table does not.")
    if reemployed_annuitant:
        work.note("R10: a reemployed annuitant is outside subpart E; see part 359, subpart I.", "5 CFR 359.501(a)(2)")
        return _closed(work, "R10", "outside_subpart_e", "Outside this table: see 5 CFR part 359, subpart I.")
    if history is None or appointment_type is None:
        lacking = "The rating history" if history is None else "The appointment type"
        work.test(None, f"{lacking} is not known.", "5 U.S.C. 4314(b)")
        return _cannot_tell(work, lacking)
    finals = _finals(work, history, as_of)
    if finals is None:
        return _cannot_tell(work, "The level of a final rating")
    if appointment_type == "career":
        return _career(work, finals, on_probation)
    return _others(work, finals, appointment_type)


def _closed(work: Working, row: str, action: str, says: str) -> Result[Consequences]:
    return work.answer(Consequences(rows=[row], action=action, open=[], required=False, award_eligible=None), says)


def _cannot_tell(work: Working, lacking: str) -> Result[Consequences]:
    unknown = Consequences(rows=[], action=None, open=[], required=None, award_eligible=None)
    return work.answer(unknown, CannotTell(f"Cannot tell: {lacking[0].lower()}{lacking[1:]} is not known."))


def _finals(work: Working, history: list[Rated], as_of: date) -> list[Final] | None:
    """The final ratings in order; None where the level of one is not known."""
    finals, assumed = [], []
    for number, rating in enumerate(history, 1):
        if rating.kind != "final":
            work.note(
                f"The {_NOT_FINAL[rating.kind]} of {rating.year} does not count; only final ratings do.",
                "5 CFR 359.501",
            )
            continue
        if rating.level is None:
            work.test(None, f"The level of the final rating for {rating.year} is not known.", "5 CFR 359.501")
            return None
        if rating.year > as_of.year:
            raise FactError(f"history, item {number}: the year {rating.year} is after the decision on {as_of}.")
        issued = rating.issued or min(as_of, _assumed(work, rating.year))
        if rating.issued is None:
            assumed.append(str(rating.year))
        elif issued.year < rating.year:
            raise FactError(f"history, item {number}: issued on {issued}, before the year {rating.year} it is for.")
        if issued > as_of:
            work.note(f"The rating for {rating.year}, issued on {issued}, came after {as_of}.", "5 CFR 359.501")
            continue
        finals.append(Final(rating.year, rating.level, issued))
    if assumed:
        work.caution(
            f"No day of issue is given for {', '.join(assumed)}; "
            "December 1 of the year is taken, or the day of the decision where that is earlier."
        )
    once = list(dict.fromkeys(finals))
    if twice := sorted({rating.year for number, rating in enumerate(finals) if rating in finals[:number]}):
        work.caution(
            f"A final rating is given twice, alike, for {', '.join(map(str, twice))}; it counts once. Check the list, and give "
            "each its own day of issue where there were two."
        )
    if len({rating.year for rating in once}) < len(once):
        work.caution("Two final ratings are given for one year; both are counted.")
    return sorted(once, key=lambda rating: (rating.year, rating.issued))


def _assumed(work: Working, year: int) -> date:
    usual = work.figure("appraisal.consequences.issue_day")
    return date(year, usual["month"], usual["day"])


def _table(work: Working, finals: list[Final], whose: str, rows: tuple[str, ...] = ROWS) -> Found:
    """Evaluate the rows of the table in order; each later row may be shut by an earlier one.

    The regulation is about career executives past probation; of others the statute alone is cited.
    """
    found = Found()
    for row in rows:
        figure = parameters.figure(f"appraisal.consequences.{row}", work.as_of or date.max)
        rule = figure.value
        said = replace(
            figure, label=f"{whose}, {figure.label}",
            citation=figure.citation if whose == _PAST_PROBATION else _ANY_EXECUTIVE,
        )  # fmt: skip
        outcome = _pairs(work, row, said, finals) if "number" in rule else _latest(row, said, finals, found, work)
        if outcome is None:
            found.open.append(row)
        elif outcome:
            found.rows.append(row)
            found.actions[row] = rule["action"]
    return found


def _pairs(work: Working, row: str, figure: Figure, finals: list[Final]) -> bool | None:
    """Whether two counted ratings stand within the window; None where year and day of issue differ on it."""
    rule = figure.value
    counted = [rating for rating in finals if rating.level in rule["levels"]]
    seen: list[bool | None] = [False]
    for first, second in combinations(counted, int(rule["number"])):
        by_year, by_day = window(first, second, rule["years"])
        seen.append(by_year if by_year == by_day else None)
        said = f"{first.year} (issued {first.issued}) and {second.year} (issued {second.issued})"
        if by_year != by_day:
            work.test(None, f"{row}: {said}: the two ways of counting differ.", figure.citation, "design", key=row)
            work.caution(
                f"{row}: {said} lie {'inside' if by_year else 'outside'} {rule['years']} years by appraisal year and "
                f"{'inside' if by_day else 'outside'} by day of issue. The law does not say which counts: ask counsel."
            )
        elif by_year:
            within = f"{said} lie within {rule['years']} years by appraisal year and by day of issue."
            work.note(f"{row}: {figure.label}: {within}", figure.citation, "met", key=row)
            if second is not finals[-1]:
                work.caution(
                    f"{row} was met when the {second.year} rating was issued; find what was done about it then."
                )
    return some(seen)


def _latest(row: str, figure: Figure, finals: list[Final], found: Found, work: Working) -> bool:
    rule = figure.value
    if not finals or finals[-1].level not in rule["latest"] or set(rule.get("unless", ())) & set(found.rows):
        return False
    work.note(
        f"{row}: {figure.label}: the latest final rating, {finals[-1].year}, is Level {finals[-1].level}.",
        figure.citation,
        "met",
        figure.confidence,  # type: ignore[arg-type]
        key=row,
    )
    return True


def _career(work: Working, finals: list[Final], on_probation: bool | None) -> Result[Consequences]:
    award = _award(work, finals)
    if on_probation:
        work.note(
            "R6: on probation the executive may be removed under 359.402 for unacceptable performance; no final rating "
            "is needed, and written notice comes before the effective date.",
            "5 U.S.C. 3592(a)(1); 5 CFR 359.402",
            "met",
            key="R6",
        )
        return _on_probation(work, finals, award)
    found = _table(work, finals, _PAST_PROBATION)
    if on_probation is None:
        work.test(None, "Whether the executive is on probation is not known.", "5 U.S.C. 3592(a)")
        serving = ASK_COUNSEL if {*found.rows, *found.open} & set(DUTIES) else SAYS["may_remove"]
        work.caution(f"Past probation: {SAYS[found.first_duty()]} On probation: {serving}")
        return _cannot_tell(work, "Whether the executive is on probation")
    _remember(work, finals, found)
    return _answer(work, found.rows, found.first_duty(), found.open, award)


def _on_probation(work: Working, finals: list[Final], award: bool | None) -> Result[Consequences]:
    """The statute knows no probation, the regulation on its duties does: where they part, counsel decides."""
    found = _table(work, finals, "career executive on probation", DUTIES)
    if not found.rows and not found.open:
        return _answer(work, ["R6"], "may_remove", [], award)
    work.note(
        "R9: the statute says any senior executive; the regulation on this duty leaves out those on probation.",
        f"{_ANY_EXECUTIVE}; 5 CFR 359.501", "open reading", "design", key="R9",
    )  # fmt: skip
    answer = Consequences(["R6"], "may_remove", ["R9"], None, award)
    return work.answer(answer, ASK_COUNSEL)


def _remember(work: Working, finals: list[Final], found: Found) -> None:
    weak = [rating for rating in finals[:-1] if rating.level == rating_levels.unsatisfactory()]
    if weak and "must_remove" not in found.actions.values():
        years = ", ".join(str(rating.year) for rating in weak)
        work.caution(f"The unsatisfactory rating of {years} called for action at the time; check that it is on record.")
    if "R1" in found.open and "R2" in found.rows:
        work.caution("Whether R1 is met too decides if the removal bar of 3592(b) applies; ask counsel.")
    if found.rows == ["R4"]:
        work.caution(
            "5 U.S.C. 3592(a)(2) reads wider; under the regulation a removal is not open on this rating alone."
        )
    if finals and not _award(work, finals):
        work.note("A pay decrease is possible; its limit and notice are a question of pay setting.", "5 CFR 534.404(j)")


def _others(work: Working, finals: list[Final], executive: ExecutiveType) -> Result[Consequences]:
    row = "R7" if executive == "noncareer" else "R8"
    days = work.figure("actions.removal.noncareer_notice_days")
    work.note(
        f"{row}: a {kind_in_words(executive)} executive may be removed at any time on {days} day's written notice; no "
        "hearing, no placement right, no appeal to the Merit Systems Protection Board.",
        "5 U.S.C. 3592(c); 5 CFR 317.605(b), 359.902",
        "met",
        key=row,
    )
    if row == "R8":
        work.caution("Discipline of a limited appointee covered by 5 CFR 752.601(c)(2) goes under part 752 instead.")
    found = _table(work, finals, f"{kind_in_words(executive)} executive", DUTIES)
    if not found.rows and not found.open:
        return _answer(work, [row], "may_remove", [], False)
    work.note(
        "R9: the statute says any senior executive, so the same duty to act holds.", _ANY_EXECUTIVE, "met", key="R9"
    )
    return _answer(work, ["R9", row], found.first_duty(), found.open, False)


def _award(work: Working, finals: list[Final]) -> bool | None:
    """Whether the latest final rating allows an award to a career executive."""
    if not finals:
        return None
    return finals[-1].level >= int(work.figure("appraisal.regime.lowest_fully_successful"))


SAYS = {
    "must_remove": "The executive must be removed from the SES.",
    "must_reassign_transfer_or_remove": "The executive must be reassigned or transferred within the SES, or removed.",
    "may_remove": "The executive may be removed; no action is required.",
    "help_improve": "No action is required: advise and help to improve; removal is not open on this rating.",
    "none": "No action follows from the ratings.",
    REFER: "Refer to counsel: the two ways of counting the years give different answers.",
}


def _answer(
    work: Working, rows: list[str], action: str, open_rows: list[str], award: bool | None
) -> Result[Consequences]:
    required: bool | None = None if action == REFER else action.startswith("must")
    return work.answer(
        Consequences(rows, action, open_rows, required, award),
        SAYS[action],
    )
