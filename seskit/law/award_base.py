"""The rate a performance award is measured on, and what speaks against it or against a pool made of such rates."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from seskit.law import parameters
from seskit.law.facts import CENT, dollars
from seskit.law.rate_range import doubt_rate, range_maximum, rate_doubt
from seskit.law.result import Basis, Working

ELIGIBLE = ("career", "presidential")


def regulation(work: Working, on: date) -> Basis:
    """How sure it is what the regulation on awards said on a day; a caution where its text of the day was not seen."""
    work.warned("awards.regulation.earlier", on)
    return "recalled" if parameters.recorded("awards.regulation.earlier", on) else "verified"


def note_base(work: Working, on: date, text: str) -> None:
    """Write which rates a pool is made of, cited to what said so on the day."""
    found = parameters.figure("awards.regulation.base_day", on)
    work.note(text, found.citation, basis="verified" if found.confidence == "verified" else regulation(work, on))


def bases(
    work: Working, as_of: date, rate: Decimal, appointment_type: str | None, certified: bool | None
) -> tuple[Decimal, ...]:
    """The rate an award is measured on; a second one where it turns on a certification that is not known.

    One in a Presidential post counts at no more than the range maximum; nobody else is paid above it.
    """
    if appointment_type != "presidential":
        doubt_rate(work, as_of, rate, certified)
        return (rate,)
    highest, lowest = (
        min(rate, range_maximum(as_of, status, work.figure)) for status in (certified, certified or False)
    )
    if highest < rate:
        work.note(
            f"The rate {dollars(rate)} is above the range maximum, so the award is measured on {dollars(highest)}.",
            "5 CFR 534.405(a)(2)(i)",
            basis=regulation(work, as_of),
        )
    if lowest == highest:
        return (highest,)
    work.caution(
        f"Certification is not known: the award is measured on {dollars(highest)} with a certified system, on {dollars(lowest)} without."
    )
    return highest, lowest


def doubt_sum(work: Working, day: date, aggregate: Decimal, count: int, *, with_locality: bool) -> None:
    """Say so where the rates of a pool can hardly be these: none with a sum, or an average that nobody may be paid."""
    if not count:
        if aggregate:
            work.caution(f"No career rate is counted, and together they are {dollars(aggregate)}: check both.")
        return
    average = (aggregate / count).quantize(CENT)
    if because := rate_doubt(day, average, None, fixed=False, with_locality=with_locality):
        work.caution(f"The average rate, {dollars(average)}, {because}: check the number of rates and their sum.")
