"""The live columns of the workbook: what each row of the worksheet computes, and the engine's answer it must equal."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from seskit.formats.cell_names import letters
from seskit.law.awards import ELIGIBLE
from seskit.law.pay_setting import clock
from seskit.paper.pay_setting.worksheet.formulas import (
    FormulaTerm,
    both,
    call,
    cell,
    constant,
    either,
    if_,
    joined,
    named,
    serial,
)
from seskit.work.pay_setting.worksheet.checking import JudgedRow

#: More than any rate: what a test that sets no limit gives to a spreadsheet's MIN.
NO_LIMIT = Decimal(9_999_999)


@dataclass(frozen=True)
class Given:
    """A column that is written as it was read."""

    name: str
    heading: str
    width: int
    look: str
    of: Callable[[JudgedRow], Any]


@dataclass(frozen=True)
class Live:
    """A column that the workbook computes, with the engine's value for the same cell."""

    name: str
    heading: str
    width: int
    look: str
    formula: FormulaTerm
    engine: Callable[[JudgedRow], Any]


def _yes_no(value: bool | None) -> str | None:
    return None if value is None else "yes" if value else "no"


GIVEN = (
    Given("person", "Person", 12, "text", lambda j: j.row.person_id),
    Given("appointment", "Appointment", 16, "text", lambda j: j.row.appointment_type),
    Given("rating", "Rating", 8, "count", lambda j: j.row.rating),
    Given("rate", "Rate now", 12, "dollars", lambda j: j.row.rate),
    Given("base", "Rate the award is measured on", 13, "dollars", lambda j: j.award_base),
    Given("last", "Last counted adjustment", 12, "iso", lambda j: j.row.last_adjusted),
    Given("action", "Action", 13, "text", lambda j: j.row.action.replace("_", " ")),
    Given("proposed", "Proposed rate", 12, "dollars", lambda j: j.row.proposed_rate),
    Given("award", "Proposed award", 12, "dollars", lambda j: j.row.proposed_award),
    Given("ground", "Exception ground", 16, "text", lambda j: j.row.ground and j.row.ground.replace("_", " ")),
    Given("approves", "Top official approves", 10, "text", lambda j: _yes_no(j.row.top_official_approves)),
    Given("basis", "Basis of a reduction", 12, "text", lambda j: j.row.reduction_basis),
    Given("notice", "Notice given", 12, "iso", lambda j: j.row.notice_given),
    Given("freeze", "Freeze: highest rate", 12, "dollars", lambda j: j.freeze_ceiling),
    Given("freeze_if", "Freeze: highest if an open fact allows", 13, "dollars", lambda j: j.freeze_possible),
    Given("protected", "Protected total of November 2003", 13, "dollars", lambda j: j.row.protected_total),
    Given("relative", "Same relative position", 12, "dollars", lambda j: j.relative_rate),
    Given("checked", "Appointment as last checked", 14, "text", lambda j: j.row.appointment_type),
)  # fmt: skip


#: What every copy prints, in this order, and after it what prints only where somebody uses it.
PRINTED = (
    "person", "appointment", "rating", "rate", "proposed", "change_percent", "award", "award_percent", "opens",
    "decision", "award_decision", "holds",
)  # fmt: skip
OPTIONAL = ("action", "ground", "approves", "basis", "notice", "freeze", "freeze_if", "protected", "relative")
FINDINGS, REASON = "findings", "reason"
#: What an action is where nobody chose another.
_USUAL = "adjustment"
#: The columns from left to right: what prints, and right of it what the others are computed from.
ORDER = (
    *PRINTED, *OPTIONAL, FINDINGS, REASON, "base", "last", "new", "change", "lowest", "highest", "possible", "least", "most",
    "counted", "lawful_change", "lawful_change_percent", "lawful_award", "lawful_award_percent", "checked",
    "facts_checked", "proposals_checked",
)  # fmt: skip
LAST_PRINTED = ORDER.index(REASON)


def place(name: str) -> int:
    """The column, counted from 0, in which a value stands."""
    return ORDER.index(name)


def used(name: str, values: Iterable[Any]) -> bool:
    """Whether anybody uses a column that may be left out in print."""
    return any(value not in (None, "", _USUAL if name == "action" else None) for value in values)


_AT = {name: cell(name, letters(index)) for index, name in enumerate(ORDER)}
_FACTS = ("appointment", "rating", "rate", "last", "action", "ground", "approves")
_PROPOSALS = ("base", "proposed", "award", "basis", "notice", "protected")
#: What a row held when it was checked, in a text of its own: a row that differs from it is to be checked again.
CHECKED: dict[str, tuple[str, FormulaTerm]] = {
    "facts_checked": ("Facts as last checked", joined(*(_AT[name] for name in _FACTS))),
    "proposals_checked": ("Proposals as last checked", joined(*(_AT[name] for name in _PROPOSALS))),
}
AGAIN, HOLDS = "check again", "as checked"
_LEVEL_III, _MINIMUM, _CERTIFIED = named("LevelThree"), named("RangeMinimum"), named("IsCertified")
_PROTECTION = named("NovemberProtection")
_EFFECTIVE, _LOWEST_RATING = named("EffectiveDate"), named("LowestRating")


def live() -> tuple[Live, ...]:
    """The computed columns in order; each may use those before it."""
    at = _AT
    base = call("MAX", at["rate"], _MINIMUM)
    lower = at["new"] < at["rate"]
    careerish = either(at["appointment"].equals("career"), at["appointment"].blank)
    cut = call("ROUNDUP", at["rate"] * (constant(100) - named("LargestCut")) / 100, 0)
    protected = if_(both(_PROTECTION.equals("yes"), at["protected"].given), call("MIN", at["protected"], at["rate"]), 0)
    reduced = if_(careerish, call("MAX", _MINIMUM, call("MIN", at["rate"], cut)), _MINIMUM)
    lowest = if_(lower, call("MAX", reduced, protected), base)
    return (
        Live("new", "New rate", 12, "dollars", if_(at["proposed"].blank, at["rate"], at["proposed"]), lambda j: j.row.new_rate),
        Live("change", "Change", 11, "signed", at["new"] - at["rate"], lambda j: j.change),
        Live("change_percent", "Change, percent", 10, "percent", at["change"] * 100 / at["rate"], lambda j: j.change_percent),
        Live("opens", "12 months end", 12, "iso",
             if_(at["last"].blank, "not known", call("EDATE", at["last"], named("ClockMonths"))), _opens),
        Live("lowest", "Lowest lawful rate", 12, "dollars", lowest, lambda j: j.lowest),
        Live("highest", "Highest rate lawful for certain", 12, "dollars", _highest(base, lower), lambda j: "none" if j.highest is None else j.highest),
        Live("possible", "Highest if every open fact allows", 12, "dollars", _possible(base, lower), lambda _: _ANY),
        Live("decision", "Rate: decision", 13, "word", _decision(lower, careerish), lambda j: j.decision),
        Live("least", "Smallest award", 12, "cents", _award_bound("ROUNDUP", "SmallestShare"), lambda j: _or_not_known(j.least_award)),
        Live("most", "Largest award", 12, "cents", _award_bound("ROUNDDOWN", "LargestShare"), lambda j: _or_not_known(j.most_award)),
        Live("award_percent", "Award, percent", 10, "percent",
             at["award"] * 100 / if_(at["base"].blank, at["rate"], at["base"]), lambda j: j.award_percent),
        Live("award_decision", "Award: decision", 13, "word", _award_decision(), lambda j: j.award_decision),
        Live("counted", "Level counted in averages", 10, "count",
             if_(either(*(at["appointment"].equals(kind) for kind in ELIGIBLE)), if_(at["rating"].blank, "not counted", at["rating"]), "not counted"),
             _counted),
        Live("holds", "Findings hold?", 12, "word",
             if_(either(*(_changed(name) for name in CHECKED)), AGAIN, HOLDS), lambda _: HOLDS),
        *_counting(),
    )  # fmt: skip


def _changed(name: str) -> FormulaTerm:
    """Whether a row holds something else than when it was checked."""
    return call("NOT", CHECKED[name][1].equals(_AT[name]))


def _stale() -> FormulaTerm:
    """Whether a value that only a check computes is of another appointment type, or of other facts."""
    at = _AT
    written = either(at["action"].equals("relative position"), at["freeze"].given, at["freeze_if"].given)
    return either(call("NOT", at["appointment"].equals(at["checked"])), both(written, _changed("facts_checked")))


def _counting() -> tuple[Live, ...]:
    """What totals and averages count: a blocked proposal counts as none."""
    at = _AT
    rate_holds, award_holds = at["decision"].equals("allowed"), at["award_decision"].equals("allowed")
    return (
        Live("lawful_change", "Change that counts", 11, "signed", if_(rate_holds, at["change"], 0), lambda j: j.lawful_change),
        Live("lawful_change_percent", "The same, percent", 10, "percent", if_(rate_holds, at["change_percent"], 0), lambda j: j.lawful_change_percent),
        Live("lawful_award", "Award that counts", 12, "cents", if_(award_holds, at["award"], 0), lambda j: j.lawful_award),
        Live("lawful_award_percent", "The same, percent", 10, "percent", if_(award_holds, at["award_percent"], 0), lambda j: j.lawful_award_percent),
    )  # fmt: skip


#: Marks a column the engine has no separate answer for; its part in the decision is compared there.
_ANY = object()


def agrees(value: Any, expected: Any) -> bool:
    """Whether a formula's value is the engine's."""
    return expected is _ANY or value == expected


def _or_not_known(value: Decimal | None) -> Any:
    return "not known" if value is None else value


def _opens(judged: JudgedRow) -> Any:
    last = judged.row.last_adjusted
    return "not known" if last is None else serial(clock.opens_on(last))


def _highest(base: FormulaTerm, lower: FormulaTerm) -> FormulaTerm:
    at = _AT
    approval = if_(at["approves"].equals("yes"), NO_LIMIT, call("MAX", _LEVEL_III, base))
    rating = if_(both(at["rating"].given, at["rating"] >= _LOWEST_RATING), NO_LIMIT, base)
    is_open = both(at["last"].given, at["opens"] <= _EFFECTIVE)
    settled = both(_drift(), named("CycleRecord").equals("yes"), at["ground"].blank)
    time = if_(either(is_open, settled, both(at["ground"].given, at["approves"].equals("yes"))), NO_LIMIT, base)
    sure = call("MIN", _top(), if_(at["freeze"].blank, NO_LIMIT, at["freeze"]), approval, rating, time)
    relative = if_(
        at["relative"].blank, base, call("MIN", at["relative"], if_(at["freeze"].blank, NO_LIMIT, at["freeze"]))
    )
    found = if_(at["action"].equals("relative position"), relative, if_(sure < at["lowest"], "none", sure))
    return if_(lower, at["rate"], found)


def _possible(base: FormulaTerm, lower: FormulaTerm) -> FormulaTerm:
    at = _AT
    approval = if_(at["approves"].equals("no"), call("MAX", _LEVEL_III, base), NO_LIMIT)
    rating = if_(either(at["rating"].blank, at["rating"] >= _LOWEST_RATING), NO_LIMIT, base)
    never = both(at["ground"].blank, call("NOT", _drift()))
    refused = both(at["ground"].given, at["approves"].equals("no"))
    closed = both(at["last"].given, at["opens"] > _EFFECTIVE, either(never, refused))
    freeze = if_(at["freeze_if"].blank, NO_LIMIT, at["freeze_if"])
    return if_(lower, at["rate"], call("MIN", _top(), freeze, approval, rating, if_(closed, base, NO_LIMIT)))


def _drift() -> FormulaTerm:
    """Exactly 26 pay periods after an adjustment on a Sunday, and still short of 12 calendar months."""
    last = _AT["last"]
    return both(
        last.given,
        call("MOD", last, 7).equals(1),
        (_EFFECTIVE - last).equals(clock.PAY_PERIODS_A_YEAR * 14),
        _AT["opens"] > _EFFECTIVE,
    )


def _top() -> FormulaTerm:
    at = _AT
    return if_(both(at["rate"] > _LEVEL_III, _CERTIFIED.equals("no")), at["rate"], named("RangeMaximum"))


def _decision(lower: FormulaTerm, careerish: FormulaTerm) -> FormulaTerm:
    at = _AT
    failed = either(
        at["new"] < at["lowest"],
        at["new"] > named("RangeMaximum"),
        both(at["rate"] > _LEVEL_III, _CERTIFIED.equals("no")),
        both(at["last"].given, at["opens"] > _EFFECTIVE, call("NOT", _drift())),
        both(careerish, at["basis"].equals("performance"), at["rating"] >= _LOWEST_RATING),
        both(careerish, at["notice"].given, at["notice"] + named("NoticeDays") > _EFFECTIVE),
    )
    unknown = either(
        at["last"].blank, _drift(), at["appointment"].blank, both(_PROTECTION.equals("yes"), at["protected"].blank),
        both(careerish, either(at["basis"].blank, at["notice"].blank,
                               both(at["basis"].equals("performance"), at["rating"].blank))),
    )  # fmt: skip
    reduction = if_(failed, "not allowed", if_(unknown, "cannot tell", "allowed"))
    within = both(at["new"] >= at["lowest"], at["new"] <= at["highest"])
    relative = if_(
        at["relative"].blank,
        if_(at["new"].equals(at["lowest"]), "allowed", "cannot tell"),
        if_(within, "allowed", "not allowed"),
    )
    ordinary = if_(
        either(at["new"] < at["lowest"], at["new"] > at["possible"]),
        "not allowed",
        if_(at["highest"].equals("none"), "cannot tell", if_(at["new"] <= at["highest"], "allowed", "cannot tell")),
    )
    decided = if_(lower, reduction, if_(at["action"].equals("relative position"), relative, ordinary))
    return if_(_stale(), AGAIN, decided)


def _award_bound(rounding: str, share: str) -> FormulaTerm:
    exact = call("ROUND", _AT["base"] * named(share) / 100, 6)
    return if_(_AT["base"].blank, "not known", call(rounding, exact, 2))


def _award_decision() -> FormulaTerm:
    at = _AT
    unknown = either(at["appointment"].blank, at["rating"].blank, at["base"].blank)
    barred = call("NOT", either(*(at["appointment"].equals(kind) for kind in ELIGIBLE)))
    wrong = either(
        barred, at["rating"] < named("LowestAwardRating"), at["award"] < at["least"], at["award"] > at["most"]
    )
    return if_(at["award"].blank, "none", if_(unknown, "cannot tell", if_(wrong, "not allowed", "allowed")))


def _counted(judged: JudgedRow) -> Any:
    row = judged.row
    return row.rating if row.appointment_type in ELIGIBLE and row.rating is not None else "not counted"
