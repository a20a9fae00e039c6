"""Agencies and executives of a fiscal year."""

from decimal import Decimal

from seskit.record.agency import Agency
from seskit.record.roster import Person


def agency(year=2026, status="paid", basis="aggregate", plans=1):
    period = {"from": f"{year - 1}-10-01", "to": f"{year}-09-30"}
    awards = {"status": status, "paid_in": f"{year}-12", "determined_on": f"{year}-12-05"}
    if status == "none":
        awards = {"status": status, "ratings_final_on": f"{year}-11-20"}
    made = [
        {"id": f"p{n}", "pattern": "H", "appraisal_period": period, "awards": awards, "pool_basis": basis}
        for n in range(plans)
    ]
    facts = {"code": "X", "name": "Board of Kites", "fiscal_year": year, "certified": True, "plans": made}
    return Agency.model_validate(facts)


def person(number, rating=3, *, award=None, ig=False, kind="career", rate=200_000, plan="p0"):
    facts = {
        "row": number + 2, "person_id": f"K{number}", "plan": plan, "ig_office": ig, "appointment_type": kind,
        "basic_pay_fy_end": Decimal(rate), "basic_pay_period_end": Decimal(rate), "rating": rating, "award": award,
    }  # fmt: skip
    return Person(*[facts.get(name) for name in Person._fields])
