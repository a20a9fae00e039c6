"""The aggregate limitation on pay: what counts, what is paid this year, what is deferred, and what leaving changes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict

from seskit.law import parameters
from seskit.law.answers import Answer
from seskit.law.clocks import add_days
from seskit.law.facts import AsOf, CalendarYear, Certified, Day, Fact, Money, YesNo, dollars, plain
from seskit.law.question import question
from seskit.law.result import CannotTell, Result, Working

LAW = "5 U.S.C. 5307; 5 CFR 530.201-204"
PaymentKind = Literal[
    "performance_award",
    "rank_award",
    "special_act_award",
    "recruitment",
    "relocation",
    "retention",
    "extended_assignment_incentive",
    "supervisory_differential",
    "post_differential",
    "danger_pay",
    "physicians_allowance",
    "continuation_of_pay",
    "student_loan_repayment",
    "annual_leave_payout",
    "severance_pay",
    "back_pay",
    "flsa_overtime",
    "cost_of_living_allowance",
    "travel",
    "deferred_from_last_year",
    "other_counted",
    "other_excluded",
]
#: The order in which payments are made under the limit, after basic pay (5 CFR 530.203(e), (f), 530.204(b)).
ORDER = ("first", "non-discretionary", "discretionary")


class Payment(BaseModel):
    """One payment other than basic pay; `discretionary` overrides what its kind usually is."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    kind: PaymentKind
    amount: Money
    discretionary: YesNo | None = None

    @property
    def words(self) -> str:
        """The kind as people say it."""
        return self.kind.replace("_", " ")


Payments = Annotated[
    list[Payment],
    Fact(
        "Payments", "Besides basic pay; say whether one is discretionary only where that differs from the usual.", "USD"
    ),
]


@dataclass(frozen=True)
class Share:
    """What of one payment is paid this year and what is deferred."""

    payment: Payment
    treatment: str
    paid: Decimal
    deferred: Decimal


def treatment(payment: Payment, year: int) -> str:
    """How a payment stands under the limit: first, non-discretionary, discretionary, or excluded."""
    usual = str(parameters.figure(f"pay_setting.aggregate_kinds.{payment.kind}", date(year, 12, 31)).value)
    if usual in ("first", "excluded") or payment.discretionary is None:
        return usual
    return "discretionary" if payment.discretionary else "non-discretionary"


def allocate(room: Decimal, payments: Sequence[Payment], year: int) -> list[Share]:
    """Share the room under the limit among payments, in their legal order; excluded payments are always paid."""
    left = max(room, Decimal(0))
    made: dict[int, Share] = {}
    kinds = [treatment(payment, year) for payment in payments]
    for wanted in (*ORDER, "excluded"):
        for position, (payment, kind) in enumerate(zip(payments, kinds, strict=True)):
            if kind == wanted:
                paid = payment.amount if kind == "excluded" else min(payment.amount, left)
                left -= Decimal(0) if kind == "excluded" else paid
                made[position] = Share(payment, kind, paid, payment.amount - paid)
    return [made[position] for position in range(len(payments))]


def in_order_of_payment(payments: Sequence[Payment], year: int) -> list[Payment]:
    """Counted payments in the order in which the law pays them; what passes the limit is the end of this list."""
    counted = [payment for payment in payments if treatment(payment, year) != "excluded"]
    return sorted(counted, key=lambda payment: ORDER.index(treatment(payment, year)))


def limit_at_year_end(work: Working, year: int, certified: bool) -> Decimal:
    """The aggregate limit of a calendar year: its last day's rate."""
    end = date(year, 12, 31)
    path = "pay_setting.aggregate_limit.higher" if certified else "pay_setting.aggregate_limit.standard"
    if certified and parameters.recorded(path, end) is None:
        path = "pay_setting.aggregate_limit.standard"
        work.note("The higher limit for certified systems was first used for 2004.", "5 U.S.C. 5307(d)")
    return Decimal(work.figure(path, end))


def limit_is_recorded(year: int) -> bool:
    """Whether the aggregate limit of a calendar year is recorded."""
    found = parameters.recorded("pay_setting.aggregate_limit.standard", date(year, 12, 31))
    return found is not None and found.first_day.year == year


class PaymentShare(Answer):
    """What of one payment is paid in the year, and what is deferred."""

    kind: Annotated[str, Fact("Kind of payment")]
    paid: Annotated[Decimal, Fact("Paid", unit="USD")]
    deferred: Annotated[Decimal, Fact("Deferred to January", unit="USD")]


class AggregateLimit(Answer):
    """What may be paid in a calendar year; null where it cannot be determined."""

    limit: Annotated[Decimal | None, Fact("Limit", unit="USD")]
    total: Annotated[Decimal | None, Fact("Counted in all", unit="USD")]
    payable: Annotated[Decimal | None, Fact("Payable", "Of the counted payments besides basic pay.", unit="USD")]
    deferred: Annotated[Decimal | None, Fact("Deferred to January", unit="USD")]
    outside_limit: Annotated[Decimal | None, Fact("Outside the limit", "Excluded payments.", unit="USD")] = None
    room_left: Annotated[Decimal | None, Fact("Room left", unit="USD")] = None
    by_payment: Annotated[list[PaymentShare] | None, Fact("Each payment's share")] = None
    overpaid: Annotated[Decimal | None, Fact("Paid too much", "Where what was paid is given.", unit="USD")] = None
    still_payable: Annotated[Decimal | None, Fact("Still payable", "Where what was paid is given.", unit="USD")] = None


@question(LAW)
def aggregate_limit(
    as_of: AsOf | None = None,
    *,
    year: Annotated[CalendarYear | None, Fact("Calendar year", "The year in which the money is received.")] = None,
    certified: Annotated[
        Certified, Fact("Certified system covers the executive", "At the end of the calendar year.")
    ] = None,
    basic_pay_received: Annotated[
        Money, Fact("Basic pay received in the year", "With any locality pay, whenever earned.", "USD")
    ],
    payments: Payments | None = None,
    paid_already: Annotated[
        Money | None, Fact("Counted payments already made", "To find an overpayment or what may still be paid.", "USD")
    ] = None,
) -> Result[AggregateLimit]:
    """How much may be paid this calendar year under the aggregate limitation, and what is deferred?

    Money received in the year, counted kinds only, may not pass level I of the Executive Schedule, or the official
    salary of the Vice President under a certified system (5 U.S.C. 5307; 5 CFR 530.203). `answer` holds in dollars the
    `limit`, the `total` counted, and of the counted payments besides basic pay what is `payable` and what is `deferred`;
    also `outside_limit` (excluded payments), `room_left`, and each payment's share in `by_payment`. Null: cannot tell.
    """
    work = Working(as_of)
    when = year if year is not None else as_of.year if as_of else None
    if when is None:
        work.test(None, "The calendar year is not known.", "5 CFR 530.203(c)")
        return work.answer(
            AggregateLimit(limit=None, total=None, payable=None, deferred=None),
            CannotTell("Cannot tell. Missing: year."),
        )
    listed = payments or []
    limits = [
        limit_at_year_end(work, when, status) for status in ((True, False) if certified is None else (certified,))
    ]
    splits = [allocate(limit - basic_pay_received, listed, when) for limit in limits]
    counted = [share.payment.amount for share in splits[0] if share.treatment != "excluded"]
    outside = sum((share.paid for share in splits[0] if share.treatment == "excluded"), Decimal(0))
    total = basic_pay_received + sum(counted, Decimal(0))
    work.note(
        f"Received in {when}: basic pay {dollars(basic_pay_received)} and counted payments {dollars(sum(counted, Decimal(0)))}, "
        f"together {dollars(total)}.",
        "5 CFR 530.202, 530.203(c)",
    )
    if outside:
        work.note(f"{dollars(outside)} does not count toward the limit.", "5 CFR 530.202")
    if limits[0] != limits[-1] and splits[0] != splits[-1]:
        words = f"{dollars(limits[0])} with a certified system, {dollars(limits[1])} without"
        work.test(None, f"The limit is {words}; certification is not known.", "5 U.S.C. 5307(d)")
        unknown = AggregateLimit(limit=None, total=plain(total), payable=None, deferred=None)
        return work.answer(unknown, CannotTell(f"Cannot tell: the limit is {words}. Missing: certified."))
    return _shared_out(work, when, limits, splits[0], basic_pay_received, total, outside, paid_already)


def _shared_out(
    work: Working,
    year: int,
    limits: list[Decimal],
    shares: list[Share],
    basic: Decimal,
    total: Decimal,
    outside: Decimal,
    paid_already: Decimal | None,
) -> Result[AggregateLimit]:
    limit = limits[0] if len(set(limits)) == 1 else None
    bound = min(limits)
    within = [share for share in shares if share.treatment != "excluded"]
    payable = sum((share.paid for share in within), Decimal(0))
    deferred = sum((share.deferred for share in within), Decimal(0))
    work.note(f"The limit for {year} is {dollars(bound)}.", "5 U.S.C. 5307(a), (d); 5 CFR 530.203")
    if basic > bound:
        work.caution("Basic pay alone exceeds the limit; it is never deferred (5 CFR 530.203(e)).")
    for share in within:
        tail = f"; {dollars(share.deferred)} deferred to January {year + 1}" if share.deferred else ""
        work.note(
            f"{share.payment.words.capitalize()} of {dollars(share.payment.amount)} ({share.treatment}): {dollars(share.paid)} paid{tail}.",
            "5 CFR 530.203(d)-(f), 530.204(b)",
        )
    if deferred:
        work.note(
            f"The deferred {dollars(deferred)} is paid in a lump sum at the beginning of {year + 1} and counts there.",
            "5 U.S.C. 5307(b); 5 CFR 530.204(a)",
        )
    if any(share.payment.kind == "other_counted" and share.payment.discretionary is None for share in within):
        work.caution("A payment of another counted kind is taken as discretionary; say so where it is not.")
    room = max(bound - basic - payable, Decimal(0))
    extra = _settled(work, year, payable, paid_already)
    answer = AggregateLimit(
        limit=None if limit is None else plain(limit),
        total=plain(total),
        payable=plain(payable),
        deferred=plain(deferred),
        outside_limit=plain(outside),
        room_left=plain(room),
        by_payment=[PaymentShare(share.payment.kind, plain(share.paid), plain(share.deferred)) for share in shares],
    )
    says = f"Over basic pay {dollars(payable)} may be paid in {year}; {dollars(deferred)} is deferred."
    return work.answer(answer.but(**extra), says)


def _settled(work: Working, year: int, payable: Decimal, paid: Decimal | None) -> dict[str, Decimal]:
    if paid is None:
        return {}
    over = max(paid - payable, Decimal(0))
    if over:
        work.caution(
            f"{dollars(over)} too much was paid: a debt; on January 1, {year + 1}, the part that should have been deferred is treated "
            "as paid that day. The agency head may waive it (5 CFR 530.203(b)(3), (g))."
        )
    elif paid < payable:
        work.note(f"{dollars(payable - paid)} may still be paid in {year}.", "5 CFR 530.203(h)")
    return {"overpaid": plain(over), "still_payable": plain(max(payable - paid, Decimal(0)))}


class DeferredOnLeaving(Answer):
    """When deferred pay is paid to one who leaves."""

    payable: Annotated[Decimal, Fact("Payable", unit="USD")]
    payable_from: Annotated[date | None, Fact("Payable from", "Null: no day of its own.")]
    limit_applies: Annotated[bool, Fact("Counts toward the limit")]
    paid_by: Annotated[str, Fact("Paid by")]


@question("5 CFR 530.204(c), (d)")
def deferred_on_leaving(
    as_of: Annotated[AsOf, Fact("Last day in the agency")],
    *,
    deferred: Annotated[Money, Fact("Deferred amount", unit="USD")],
    leaving: Annotated[Literal["separation", "death", "transfer"], Fact("Way of leaving")],
    reemployed_on: Annotated[
        Day | None, Fact("Back in a Federal position on", "Leave out if not.", after=("as_of",))
    ] = None,
) -> Result[DeferredOnLeaving]:
    """When is pay deferred under the aggregate limitation paid to one who leaves?

    On separation in full and without a limit after a 30-day break; on death in the settlement of accounts; on transfer
    the gaining agency pays (5 CFR 530.204(c), (d)). `answer` holds `payable` in dollars, `payable_from` (null: no day of
    its own), `limit_applies`, and `paid_by`.
    """
    work = Working(as_of)
    days = int(work.figure("pay_setting.aggregate_leaving.break_days"))
    if leaving == "death":
        work.note("All of it is paid in the settlement of accounts, without a limit.", "5 CFR 530.204(d)(1)")
        answer = DeferredOnLeaving(payable=plain(deferred), payable_from=None, limit_applies=False, paid_by="agency")
        return work.answer(answer, f"{dollars(deferred)} is paid in the settlement of accounts.")
    ends = add_days(as_of, days)
    payable_from = add_days(ends, 1)
    if leaving == "transfer" or (reemployed_on is not None and reemployed_on <= ends):
        january = date(as_of.year + 1, 1, 1)
        if leaving == "separation":
            work.note(
                f"Back on {reemployed_on}, before a break of {days} days ended on {ends}: no payment without limit.",
                "5 CFR 530.204(d)(2)",
            )
        work.note("The gaining agency pays; the losing agency documents and sends the money.", "5 CFR 530.204(c)")
        answer = DeferredOnLeaving(
            payable=plain(deferred), payable_from=january, limit_applies=True, paid_by="gaining agency"
        )
        return work.answer(answer, f"{dollars(deferred)} is due from {january}, under the limit of that year.")
    work.note(
        f"Payable in full after a break of {days} days, from {payable_from}; no limit applies.", "5 CFR 530.204(d)(2)"
    )
    work.note(
        f"The first day of the break is the day after the last day in service; day {days} is {ends}.",
        "5 CFR 530.204(d)(2)",
        basis="design",
    )
    if reemployed_on is None or reemployed_on.year == payable_from.year:
        work.caution("If rehired in the same calendar year, the payment counts toward that year's limit.")
    answer = DeferredOnLeaving(
        payable=plain(deferred), payable_from=payable_from, limit_applies=False, paid_by="agency"
    )
    return work.answer(answer, f"{dollars(deferred)} is payable in full from {payable_from}, without a limit.")
