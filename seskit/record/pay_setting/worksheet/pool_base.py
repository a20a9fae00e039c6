"""What the award pool is a share of: the career rates of an agency, and of its Office of Inspector General apart."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from decimal import Decimal

from seskit.formats.counts import number_of
from seskit.law import parameters
from seskit.law.awards import ELIGIBLE, award_pool
from seskit.law.facts import dollars
from seskit.law.rate_range import range_maximum
from seskit.record.roster import Person

_APART = "certification.inspector_general.separate"


def of_people(people: Iterable[Person], paid: date, certified: bool) -> tuple[int, Decimal]:
    """Career rates at the end of the fiscal year before payment, and their sum; a presidential appointee's up to the maximum."""
    highest = range_maximum(paid, certified)
    rates = [
        min(person.basic_pay_fy_end, highest) if person.appointment_type == "presidential" else person.basic_pay_fy_end
        for person in people
        if person.appointment_type in ELIGIBLE and person.basic_pay_fy_end is not None
    ]
    return len(rates), sum(rates, Decimal(0))


def inspectors(people: Iterable[Person], paid: date, certified: bool) -> Iterator[str]:
    """That the pool counts an Office of Inspector General with the agency, where the law has it as an agency of its own."""
    people = list(people)
    inside = [person for person in people if person.ig_office]
    if not inside or len(inside) == len(people) or parameters.recorded(_APART, paid) is None:
        return
    rule = parameters.parameter(_APART)
    groups = (inside, [person for person in people if not person.ig_office])
    office, others = (_pool(group, paid, certified) for group in groups)
    yield (
        f"{number_of(len(inside), 'executive serves', 'executives serve')} in an Office of Inspector General, since "
        f"{rule.values[0].first_day} an agency of its own for the SES ({rule.citation}). The award pool counts them with the "
        f"agency; apart, the pool of the office is {office} and that of the others {others}."
    )


def _pool(people: Iterable[Person], paid: date, certified: bool) -> str:
    count, aggregate = of_people(people, paid, certified)
    return dollars(award_pool(paid, count=count, aggregate=aggregate).answer.pool)
