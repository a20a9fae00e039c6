"""What makes invented facts sensible, said again without the words of the declarations: a second pair of eyes on every draw."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from seskit.law.question import Question

#: The SES began on that day; nothing is asked of a time without figures.
FIRST, LAST = date(1979, 7, 13), date(2029, 12, 31)
#: What no executive was ever paid less or more than, in dollars.
LEAST, MOST = 60_000, 400_000
RATES = (
    "rate",
    "proposed_rate",
    "ses_rate",
    "new_position_rate",
    "former_position_rate",
    "basic_pay_received",
    "basic",
)
_UNSAID = re.compile(r"_|\bNone\b|not known|[{}]|\d\.\d{3,}|\bTrue\b|\bFalse\b")

Facts = Mapping[str, Any]
#: What a question's facts must be to one another; a fact that was not drawn is let be.
TOGETHER: dict[str, list[tuple[tuple[str, ...], Callable[..., bool]]]] = {
    "pay_setting.adjust": [
        (("rate", "proposed_rate"), lambda now, then: now < then),
        (("last_adjusted", "as_of"), lambda last, now: last < now),
    ],
    "pay_setting.reduce": [
        (("rate", "proposed_rate"), lambda now, then: now > then),
        (("notice_given", "as_of"), lambda given, cut: given < cut),
    ],
    "pay_setting.aggregate_limit": [(("award", "basic_pay_received"), lambda award, basic: award <= basic / 5)],
    "awards.check_award": [(("award", "rate"), lambda award, rate: 0 < award < rate / 3)],
    "awards.award_pool": [(("aggregate", "count"), lambda whole, count: LEAST < whole / count < MOST)],
    "awards.pool_charge": [(("deferred", "award"), lambda deferred, award: deferred <= award)],
    "appraisal.check_weights": [(("weights",), lambda weights: sum(weights) <= 100 and min(weights) > 0)],
    "appraisal.derive_rating": [(("weights",), lambda weights: sum(weights) == 100)],
    "appraisal.check_board": [
        (("members", "career"), lambda members, career: 1 <= career <= members <= 9),
        (("published_on", "as_of"), lambda published, now: published < now),
    ],
    "appraisal.rating_ceiling": [
        (("career_high", "career_members"), lambda high, members: 1 <= high <= members),
    ],
    "report.due_date": [(("rated_on", "awards_determined_on"), lambda rated, decided: rated < decided)],
    "staffing.posting_window": [(("opens_on", "closes_on"), lambda opens, closes: opens < closes)],
    "staffing.qrb_deadline": [(("closes_on", "sent_on"), lambda closes, sent: closes < sent)],
    "staffing.ceilings": [(("noncareer_in_use", "agency_positions"), lambda used, all_: 1 <= used < all_)],
}  # fmt: skip


def faults(asked: Question[Any], facts: Facts, story: str) -> Iterator[str]:
    """What no colleague would say: facts that do not fit together, amounts nobody writes, days out of the time, half-said words."""
    for names, fit in TOGETHER.get(asked.name, ()):
        if facts.keys() >= set(names) and all(facts[name] is not None for name in names):
            given = [facts[name] for name in names]
            if not fit(*given):
                yield f"{', '.join(names)} do not fit together: {given}"
    for name, value in _each(facts):
        slot = asked.slots.get(name)
        if isinstance(value, date) and not FIRST <= value <= LAST:
            yield f"{name} is {value}"
        if slot and slot.unit.startswith("USD") and isinstance(value, Decimal) and value != int(value):
            yield f"{name} is {value}, with cents"
        if (
            name in RATES
            and not isinstance(value, bool)
            and isinstance(value, int | Decimal)
            and not LEAST <= value <= MOST
        ):
            yield f"{name} is {value}"
    if found := _UNSAID.search(story):
        yield f"the story says '{found[0]}'"


def _each(facts: Facts) -> Iterator[tuple[str, Any]]:
    for name, value in facts.items():
        for one in value if isinstance(value, list | tuple) else [value]:
            yield from one.items() if isinstance(one, Mapping) else [(name, one)]
