"""Who is held below what a what-if could give, and by which rule."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from seskit.law import parameters
from seskit.law.awards import ELIGIBLE
from seskit.law.pay_setting import clock
from seskit.work.pay_setting.worksheet.checking import CheckedWorksheet, JudgedRow


@dataclass(frozen=True)
class Held:
    """One executive whose rate goes no higher, and the rule that stops it."""

    person_id: str
    by: str
    citation: str


def held(checked: CheckedWorksheet) -> Iterator[Held]:
    """Every executive whose lawful room is used up or who takes no part, in the order of the worksheet."""
    for judged in checked.rows:
        if found := _held_by(checked, judged):
            yield Held(judged.row.person_id, *found)


def _held_by(checked: CheckedWorksheet, judged: JudgedRow) -> tuple[str, str] | None:
    """What keeps this person's rate where it is proposed; nothing where there is room."""
    row, limits, terms = judged.row, checked.limits, checked.worksheet.terms
    highest = judged.highest or judged.lowest
    lowest = int(parameters.figure("pay_setting.performance.lowest_rating", terms.effective).value)
    if row.appointment_type not in ELIGIBLE:
        return "not a career appointee", "5 U.S.C. 5384(a)(1)"
    if row.rating is None:
        return "rating not known", "5 CFR 534.404(b)(5)"
    if row.rating < lowest:
        return "rating below fully successful", "5 CFR 534.404(b)(5)"
    if row.new_rate + 1 <= highest:
        return None
    if judged.freeze_ceiling is not None and judged.freeze_ceiling <= highest:
        return "pay freeze", "5 U.S.C. 5303 note"
    if row.last_adjusted is None:
        return "last counted adjustment not known", "5 CFR 534.404(c)"
    if clock.is_drift(row.last_adjusted, terms.effective) and highest <= max(row.rate, limits.minimum):
        return "12 months, an open reading", "5 U.S.C. 5383(c); 5 CFR 534.404(c)"
    if terms.effective < clock.opens_on(row.last_adjusted) and highest <= max(row.rate, limits.minimum):
        return "12-month clock", "5 U.S.C. 5383(c); 5 CFR 534.404(c)"
    if not checked.worksheet.certified and row.rate > limits.uncertified:
        return "frozen without certification", "5 CFR 534.403(b)"
    if highest >= (limits.certified if checked.worksheet.certified else limits.uncertified):
        return "range maximum", "5 U.S.C. 5382; 5 CFR 534.403(a)(2)"
    return "level III without approval", "5 CFR 534.404(g)(3)"
