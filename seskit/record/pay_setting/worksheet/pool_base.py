"""What the award pool is a share of: the career rates of an agency, and of its Office of Inspector General apart."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from decimal import Decimal

from seskit.formats.counts import number_of
from seskit.law import inspector_general
from seskit.law.awards import ELIGIBLE, award_pool, locality_base_day
from seskit.law.clocks import fiscal_year, fiscal_year_end
from seskit.law.facts import dollars
from seskit.law.rate_range import range_maximum, rate_doubt
from seskit.record.roster import Person


def of_people(people: Iterable[Person], paid: date, certified: bool) -> tuple[int, Decimal]:
    """Career rates at the end of the fiscal year before payment, and their sum; a presidential appointee's up to the maximum."""
    highest = range_maximum(paid, certified)
    rates = [
        min(person.basic_pay_fy_end, highest) if person.appointment_type == "presidential" else person.basic_pay_fy_end
        for person in people
        if person.appointment_type in ELIGIBLE and person.basic_pay_fy_end is not None
    ]
    return len(rates), sum(rates, Decimal(0))


def doubted(people: Iterable[Person], paid: date) -> dict[str, list[str]]:
    """Rates the pool counts that hardly anybody could be paid on its day: what is wrong with each, and whose they are."""
    on = fiscal_year_end(fiscal_year(paid) - 1)
    located = on == locality_base_day()
    found: dict[str, list[str]] = {}
    for person in people:
        rate = person.basic_pay_fy_end
        if person.appointment_type not in ELIGIBLE or person.appointment_type == "presidential" or rate is None:
            continue
        if because := rate_doubt(on, rate, None, fixed=not located, with_locality=located):
            found.setdefault(f"{dollars(rate)} {because}", []).append(str(person.person_id))
    return found


def apart(people: Iterable[Person], paid: date, certified: bool) -> str:
    """The two pools where some serve in an Office of Inspector General that is an agency of its own; empty where none does."""
    people = list(people)
    inside = [person for person in people if person.ig_office]
    if not inside or len(inside) == len(people) or not inspector_general.is_agency_of_its_own(paid):
        return ""
    groups = (inside, [person for person in people if not person.ig_office])
    office, others = (_pool(group, paid, certified) for group in groups)
    return f"The award pool includes them. Ask counsel whether it should: separately, the office has {office}, the others {others}."


def inspectors(people: Sequence[Person], paid: date, certified: bool) -> Iterator[str]:
    """That executives of an Office of Inspector General are counted in the pool with those of the agency, as a note."""
    if said := apart(people, paid, certified):
        inside = sum(bool(person.ig_office) for person in people)
        served = number_of(inside, "executive serves", "executives serve")
        yield f"{served} in an Office of Inspector General, {inspector_general.since()}. {said}"


def _pool(people: Iterable[Person], paid: date, certified: bool) -> str:
    count, aggregate = of_people(people, paid, certified)
    return dollars(award_pool(paid, count=count, aggregate=aggregate).answer.pool)
