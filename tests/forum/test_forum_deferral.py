"""What goes to January: the picture, the speech beside it and the keys name the payment that the answer names."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal

import pytest
from matplotlib.figure import Figure

from seskit.forum.build import Kit
from seskit.forum.pictures import drawn
from seskit.law.facts import FactError, dollars
from seskit.law.pay_setting import aggregate_limit

#: Level I at the end of 2026.
LIMIT = aggregate_limit(year=2026, certified=False, basic_pay_received=Decimal(0)).answer.limit
BASIC = Decimal(209_600)


def _asked(award: Decimal, other: Decimal, kind: str, certified: bool) -> dict[str, Decimal]:
    """What of each payment waits, with the award named first."""
    payments = [{"kind": "performance_award", "amount": award}, {"kind": kind, "amount": other}]
    found = aggregate_limit(year=2026, certified=certified, basic_pay_received=BASIC, payments=payments).answer  # type: ignore[arg-type]
    return {share.kind: share.deferred for share in found.by_payment or []}


@pytest.mark.parametrize("certified", [False, True])
@pytest.mark.parametrize("kind", ["retention", "relocation", "recruitment", "rank_award"])
@pytest.mark.parametrize(("award", "over"), [(38_000, 3_500), (41_920, 13_420), (30_000, 0), (30_000, 1), (8_000, 20_000), (8_000, -1)])  # fmt: skip
def test_the_picture_sends_to_january_what_the_answer_does(award: int, over: int, kind: str, certified: bool) -> None:
    """For each payment the same amount waits in picture, table and words; only that is drawn past the line."""
    assert LIMIT is not None
    other = LIMIT - BASIC - award + over
    waits = _asked(Decimal(award), other, kind, certified)
    chart, _ = drawn("deferral", date(2026, 11, 22), year="2026", certified="yes" if certified else "no", basic=str(BASIC), award=str(award), other=str(other), called=kind.capitalize())  # fmt: skip
    shown = {row[0]: row[3] for row in chart.table.rows if row[0] not in ("Basic pay", "Limit")}
    assert shown == {"Award": dollars(waits["performance_award"]), kind.capitalize(): dollars(waits[kind])}
    for words, late in (("award", waits["performance_award"]), (kind, waits[kind])):
        assert (f"{dollars(late)} of the {words}" in chart.alt) == bool(late)
    assert ("Nothing is deferred" in chart.alt) == (not any(waits.values()))
    assert isinstance(chart.drawn, Figure)
    bars = [patch for patch in chart.drawn.axes[0].patches if patch.get_hatch() is None and patch.get_facecolor()[:3] == (1, 1, 1)]  # type: ignore[attr-defined]  # fmt: skip
    assert len(bars) == sum(1 for late in waits.values() if late)


def test_what_is_outside_the_limit_is_no_part_of_the_picture() -> None:
    """A payment that does not count is refused, for no part of it can pass the line."""
    with pytest.raises(FactError, match="Travel does not count"):
        drawn("deferral", date(2026, 11, 22), year="2026", certified="no", basic="209600", award="38000", other="9000", called="Travel")  # fmt: skip


def test_what_is_said_beside_the_picture_is_what_it_shows(resolved: list[Kit]) -> None:
    """The speech of each slide with the picture names the amount that the picture sends to January, and the payment."""
    seen = 0
    for kit in resolved:
        for lesson in kit.lessons:
            for step in lesson.steps:
                for amount, words in re.findall(r"An arrow takes (\$[\d,]+) of the (\w+) to January", step.body):
                    assert f"{amount} of it waits" in step.notes.replace("\\", ""), (kit.forum.folder.name, step.title)
                    assert f"it is the {words} that" in step.notes
                    seen += 1
    assert seen >= 2


def test_keys_of_the_limit_say_which_payment_waits(resolved: list[Kit]) -> None:
    """Where an exercise asks what is deferred and something is, its key says what of each payment is paid and waits."""
    seen = 0
    for kit in resolved:
        for lesson in kit.lessons:
            for step in lesson.steps:
                for asked in step.asked:
                    if asked.question.name != "pay_setting.aggregate_limit" or "deferred" not in asked.parts:
                        continue
                    result = asked.question(**asked.facts)
                    told = [r.text.rstrip(".") for r in result.reasons if "530.203(d)-(f)" in r.citation]
                    if not result.answer.deferred:
                        continue
                    answer = step.answer.replace("\\", "")
                    lacking = [line for line in told if line not in answer]
                    assert lacking == [], (kit.forum.folder.name, step.title)
                    assert all(
                        line.split(" (")[0] in step.wrong.replace("\\", "") for line in told if "deferred" in line
                    )
                    seen += 1
    assert seen >= 2
