"""Rosters and agencies made at random."""

from datetime import date
from decimal import Decimal

from seskit.record.agency import Agency
from seskit.record.roster import Person, Roster
from seskit.record.roster.columns import APPOINTMENT_TYPES

RATES = {1: 113000, 2: 118300, 3: 123700, 4: 129800, 5: 130000, 6: 130000}

CYCLES = (("2001-10-01", "2002-09-30", "2002-12"), ("2001-07-01", "2002-06-30", "2002-09"))

AMOUNTS = [None, *map(Decimal, RATES.values()), Decimal(90000), Decimal("250000.50")]


def agency(chance):
    plans = []
    for number in range(chance.randint(1, 4)):
        first, last, paid_in = chance.choice(CYCLES)
        status = chance.choice(["paid", "paid", "none", "pending"])
        awards = {"status": status, "determined_on": "2002-12-10", "ratings_final_on": "2002-11-20"}
        if status != "none":
            awards["paid_in"] = paid_in
        plans.append(
            {
                "id": f"p{number}",
                "pattern": chance.choice("DFGH"),
                "appraisal_period": {"from": first, "to": last},
                "awards": awards,
                "pool_basis": chance.choice(["aggregate", "aggregate", "average"]),
            }
        )
    return Agency.model_validate({"code": "X", "name": "Agency of Chance", "fiscal_year": 2002, "plans": plans})


def person(chance, row, plans):
    pick = chance.choice
    return Person(
        row, f"P{row}", pick([None, "Avery Adams"]), pick([*plans, *plans, "other", None]), None, pick([True, False, None]),
        pick(["career", "career", *APPOINTMENT_TYPES, None]), pick([None, *RATES]), pick(AMOUNTS), pick(AMOUNTS),
        pick([None, 1, 2, 3, 4, 5]), pick([None, date(2002, 11, 15)]),
        pick([None, Decimal(chance.randint(100, 6_000_000)) / 100]), pick([None, True, False]),
        pick([None, "none yet", "removed from the SES"]), pick([None, date(2002, 11, 1), date(2003, 1, 12)]),
        pick([None, "one_unsatisfactory", "two_less_than_fully_successful"]),
    )  # fmt: skip


def roster(chance, plans):
    return Roster(people=[person(chance, row, plans) for row in range(2, 2 + chance.randint(0, 15))])
