"""Relations declared on a question hold wherever it is practiced: drill, story of the course, table of a forum.

That each is about facts that are drawn is seen in test_forum_tables; that what is drawn makes sense is read again, in other
words, where it is drawn.
"""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from seskit.desk.practice import declared, relations
from seskit.desk.practice.drawing import Misdeclared
from seskit.law import question
from seskit.law.facts import FactError

CUT = question.find("pay_setting.reduce")
WIDE: dict[str, Any] = {
    "facts": {
        "as_of": "day", "rate": "150000 to 170000 by 500", "proposed_rate": "150000 to 170000 by 500", "basis": "conduct",
        "notice_given": "day - 40 days to day + 40 days", "last_adjusted": "day - 800 days to day - 400 days",
        "appointment_type": {"just": "career"}, "certified": True,
    },
    "give": {"decision": {"choice": ["allowed", "not allowed"]}},
}  # fmt: skip


def test_facts_that_break_a_relation_are_drawn_anew() -> None:
    """A cut is a cut and its notice comes first, though the bounds alone would let half of the draws do otherwise."""
    practice = declared.read(CUT, WIDE, date(2010, 6, 6))
    for seed in range(30):
        facts = practice.draw(seed, seed).facts
        assert facts["proposed_rate"] < facts["rate"]
        assert facts["notice_given"] < facts["as_of"]
    never = WIDE | {"facts": WIDE["facts"] | {"proposed_rate": "rate + 1000"}}
    with pytest.raises(FactError, match=r"No facts within the bounds declared for pay_setting\.reduce were found"):
        declared.read(CUT, never, date(2010, 6, 6)).draw(1, 1)


def test_a_relation_about_what_was_not_drawn_says_nothing() -> None:
    """Amounts, sums of lists and days with units are compared; a unit is not taken for a fact."""
    values = {"day": date(2010, 6, 6), "weights": [20, 20, 70], "as_of": date(2010, 6, 6), "granted": date(2010, 1, 6)}
    assert relations.broken("appraisal.check_weights", values) == "sum:weights <= 100"
    assert relations.broken("appraisal.check_weights", values | {"weights": [40, 60]}) is None
    assert relations.broken("pay_setting.adjust", values) is None
    assert relations.broken("a.question without relations", values) is None
    assert list(relations.names("pay_day <= granted + 800 days")) == ["pay_day", "granted"]
    assert relations.holds("as_of <= granted + 5 months", values)
    assert not relations.holds("as_of <= granted + 4 months", values)
    with pytest.raises(Misdeclared, match="is not a condition"):
        relations.holds("granted", values)
