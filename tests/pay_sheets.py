"""Pay worksheets, typed and made at random."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from random import Random
from typing import Any

from seskit.law.pay_setting.facts import GROUNDS
from seskit.law.rate_range import range_on
from seskit.record.agency import Agency
from seskit.record.pay_setting.worksheet.reading import Terms, Worksheet, WorksheetRow


def sheet(*rows: WorksheetRow, certified: bool = True, **terms: Any) -> Worksheet:
    """A worksheet of these rows; the pool base is theirs."""
    made = Terms.model_validate({"effective": "2017-02-05", "awards_paid_on": "2016-12-16"} | terms)
    pool = [row.award_base for row in rows if row.appointment_type == "career" and row.award_base]
    agency = Agency.model_validate(
        {
            "code": "TST", "name": "Test Agency", "fiscal_year": 2016,
            "plans": [{"id": "main", "pattern": "H", "appraisal_period": {"from": "2015-10-01", "to": "2016-09-30"},
                       "awards": {"status": "none"}}],
        }
    )  # fmt: skip
    return Worksheet(agency, made, certified, rows, len(pool), sum(pool, Decimal(0)))


def row(**facts: Any) -> WorksheetRow:
    """A career executive at 160,000, rated 4, last adjusted more than a year before."""
    usual: dict[str, Any] = {
        "row": 2, "person_id": "A1", "component": None, "appointment_type": "career", "rating": 4,
        "rate": Decimal(160_000), "award_base": Decimal(160_000), "period_end": date(2016, 9, 30),
        "last_adjusted": date(2016, 1, 10), "action": "adjustment", "proposed_rate": None, "proposed_award": None,
        "ground": None, "top_official_approves": None, "reduction_basis": None, "notice_given": None,
        "new_position": False, "serves_politically": False, "protected_total": None, "reason": None,
    }  # fmt: skip
    return WorksheetRow(
        **(usual | {k: Decimal(v) if isinstance(v, int) and k in _MONEY else v for k, v in facts.items()})
    )


_MONEY = ("rate", "award_base", "proposed_rate", "proposed_award")


def random_sheet(seed: int) -> Worksheet:
    """A worksheet of anything: every fact may be unknown, every proposal any amount."""
    chance = Random(seed)
    effective = chance.choice(
        [
            date(2004, 6, 13),
            date(2006, 1, 22),
            date(2012, 3, 11),
            date(2016, 1, 10),
            date(2017, 2, 5),
            date(2025, 1, 12),
        ]
    )
    limits = range_on(effective)
    rows = []
    for number in range(30):
        rate = Decimal(chance.randint(int(limits.minimum) - 2000, int(limits.certified) + 500))
        moved = rate + chance.choice([0, 1, 1000, 9000, -1000, -rate // 10, 30000])
        rows.append(row(
            row=number + 2, person_id=f"A{number}", rate=rate, rating=chance.choice([1, 2, 3, 4, 5, None]),
            appointment_type=chance.choice(["career"] * 5 + ["noncareer", "limited_term", "presidential", None]),
            award_base=chance.choice([rate, rate, rate + 15000, None]), period_end=date(effective.year - 1, 9, 30),
            last_adjusted=chance.choice([None, effective.replace(year=effective.year - 1), date(effective.year - 1, 6, 1), date(2004, 2, 29),
                                         effective - timedelta(364)]),
            action=chance.choice(["adjustment"] * 3 + ["relative_position"]),
            proposed_rate=chance.choice([None, moved, moved, limits.uncertified, limits.certified]),
            proposed_award=chance.choice([None, rate / 20, rate / 5, Decimal(12345), Decimal("9999.99"), rate / 4]),
            ground=chance.choice([None, None, *GROUNDS]), top_official_approves=chance.choice([True, False, None]),
            reduction_basis=chance.choice([None, "performance", "conduct", "consent"]),
            notice_given=chance.choice([None, date(effective.year - 1, 12, 1), effective]),
            new_position=chance.choice([False, False, True]), serves_politically=chance.choice([True, False, None]),
            protected_total=chance.choice([None, Decimal(0), rate - 5000, rate + 5000]),
        ))  # fmt: skip
    rows = [r._replace(proposed_award=r.proposed_award and r.proposed_award.quantize(Decimal("0.01"))) for r in rows]
    made = sheet(
        *rows,
        certified=chance.random() < 0.6,
        effective=effective,
        awards_paid_on=date(effective.year - 1, 12, 16),
        cycle_record=chance.choice([None, "Memorandum 12-B"]),
    )
    end = date(effective.year - 1, 9, 30)
    plan = made.agency.plans[0].model_copy(
        update={"appraisal_period": made.agency.plans[0].appraisal_period.model_copy(update={"last": end})}
    )
    return replace(made, agency=made.agency.model_copy(update={"plans": (plan,)}))
