"""Ceilings on noncareer and limited appointments and on the size of the service: all are 'may not exceed'."""

from __future__ import annotations

from typing import Annotated, Any

from seskit.law.answers import Answer
from seskit.law.facts import AsOf, Fact, Whole
from seskit.law.question import question
from seskit.law.result import CannotTell, Result, Working
from seskit.law.staffing.appointments import pool_size

_SHARE = "staffing.appointment.ceilings"


class PositionCeilings(Answer):
    """The ceilings on appointments and positions; null where a number is missing."""

    agency_noncareer: Annotated[
        int | str | None, Fact("Noncareer in the agency", "Or that there is no ceiling.", unit="positions")
    ]
    agency_limited_pool: Annotated[int | None, Fact("Limited pool of the agency", unit="positions")]
    governmentwide_noncareer: Annotated[int | None, Fact("Noncareer governmentwide", unit="positions")]
    governmentwide_limited: Annotated[int | None, Fact("Limited governmentwide", unit="positions")]
    total_positions: Annotated[int | None, Fact("SES positions in all", unit="positions")]
    short_service: Annotated[int | None, Fact("Career appointees of short service", unit="positions")]
    bureau_limited: Annotated[int | None, Fact("Limited in the bureau", unit="positions")]
    exceeded: Annotated[list[str], Fact("Ceilings exceeded")]


@question("5 U.S.C. 3133(d)(2), 3134, 3392(b), 9506(b), 9813(b); 5 CFR 317.601(c)")
def ceilings(
    as_of: AsOf,
    *,
    agency_positions: Annotated[Whole | None, Fact("The agency's SES positions", unit="positions", zero=False)] = None,
    agency_allocation: Annotated[
        Whole | None, Fact("The agency's SES allocation", unit="positions", zero=False)
    ] = None,
    noncareer_1978: Annotated[
        Whole | None,
        Fact("Noncareer posts filled on 1978-10-13", "They may lift the agency's noncareer ceiling.", "positions"),
    ] = None,
    governmentwide_positions: Annotated[Whole | None, Fact("All SES positions", unit="positions", zero=False)] = None,
    authorized_positions: Annotated[
        Whole | None,
        Fact("Positions authorized for the fiscal year", "All SES positions if left out.", "positions", zero=False),
    ] = None,
    bureau_positions: Annotated[
        Whole | None, Fact("SES positions of IRS or NASA", unit="positions", zero=False)
    ] = None,
    noncareer_in_use: Annotated[Whole | None, Fact("Noncareer appointees of the agency", unit="persons")] = None,
    limited_pool_in_use: Annotated[
        Whole | None, Fact("Pool authorities in use in the agency", unit="positions")
    ] = None,
) -> Result[PositionCeilings]:
    """How many noncareer and limited appointees, and how many SES positions, may there be?

    5 U.S.C. 3133(d)(2), 3134(b), (d), (e), 3392(b), 9506(b), 9813(b); 5 CFR 317.601(c). Fractions are dropped. `answer`
    maps `agency_noncareer` (or "no ceiling"), `agency_limited_pool`, `governmentwide_noncareer`,
    `governmentwide_limited`, `total_positions`, `short_service`, `bureau_limited` to whole numbers, null where a number
    is missing, and `exceeded` to the ceilings that the numbers in use exceed.
    """
    work = Working(as_of)
    authorized = governmentwide_positions if authorized_positions is None else authorized_positions
    if authorized_positions is None and governmentwide_positions is not None:
        work.caution("The authorized number was not given; all SES positions stand in for it.")
    found: dict[str, Any] = {
        "agency_noncareer": _agency_noncareer(work, agency_positions, noncareer_1978),
        "agency_limited_pool": _pool(work, agency_allocation),
        "governmentwide_noncareer": _share(work, "noncareer_share", governmentwide_positions, "5 U.S.C. 3134(b)"),
        "governmentwide_limited": _share(work, "limited_share", governmentwide_positions, "5 U.S.C. 3134(e)"),
        "total_positions": _share(work, "authorized_share", authorized, "5 U.S.C. 3133(d)(2)"),
        "short_service": _share(work, "short_service_share", authorized, "5 U.S.C. 3392(b)"),
        "bureau_limited": _share(work, "bureau_share", bureau_positions, "5 U.S.C. 9506(b), 9813(b)"),
    }
    used = {"agency_noncareer": noncareer_in_use, "agency_limited_pool": limited_pool_in_use}
    exceeded = [name for name, count in used.items() if _exceeds(count, found[name])]
    answer = PositionCeilings(**found, exceeded=exceeded)
    work.caution(
        "The law counts positions; OPM's guide applies the noncareer ceilings to allocations. Keep both numbers."
    )
    known = {name: value for name, value in found.items() if value is not None}
    if not known:
        return work.answer(answer, CannotTell("Cannot tell: give the number of positions or the allocation."))
    over = f" Exceeded: {', '.join(_OF[name] for name in exceeded)}." if exceeded else ""
    listed = "; ".join(_said(name, value) for name, value in known.items())
    return work.answer(answer, f"{listed[0].upper()}{listed[1:]}.{over}")


#: What each ceiling is of, behind its number.
_OF = {
    "agency_noncareer": "noncareer in the agency", "agency_limited_pool": "in the agency's pool for limited appointments",
    "governmentwide_noncareer": "noncareer governmentwide", "governmentwide_limited": "limited governmentwide",
    "total_positions": "SES positions in all", "short_service": "career appointees of short service",
    "bureau_limited": "limited in the bureau",
}  # fmt: skip


def _said(name: str, value: int | str) -> str:
    return f"at most {value:,} {_OF[name]}" if isinstance(value, int) else f"{value} for {_OF[name]}"


def _exceeds(count: int | None, ceiling: Any) -> bool:
    return count is not None and isinstance(ceiling, int) and count > ceiling


def _share(work: Working, name: str, base: int | None, law: str) -> int | None:
    if base is None:
        return None
    percent = int(work.figure(f"{_SHARE}.{name}"))
    most = base * percent // 100
    dropped = ", fractions dropped," if base * percent % 100 else ""
    work.note(f"{percent} percent of {base}{dropped} is {most}.", law)
    return most


def _pool(work: Working, allocation: int | None) -> int | None:
    if allocation is None:
        return None
    size = pool_size(work, allocation)
    work.note(f"The pool for limited appointments on an allocation of {allocation} is {size}.", "5 CFR 317.601(c)")
    return size


def _agency_noncareer(work: Working, positions: int | None, in_1978: int | None) -> int | str | None:
    if positions is None:
        return None
    smallest = int(work.figure(f"{_SHARE}.small_agency"))
    if positions < smallest:
        work.note(f"The ceiling starts at {smallest} SES positions; there are {positions}.", "5 U.S.C. 3134(d)")
        return "no ceiling"
    share = _share(work, "agency_noncareer_share", positions, "5 U.S.C. 3134(d)") or 0
    if in_1978 is None:
        work.caution("The count of 1978-10-13 is not known and is taken as 0; a larger count would lift the ceiling.")
        return share
    work.note(f"The larger of {share} and the {in_1978} posts of 1978-10-13 is the ceiling.", "5 U.S.C. 3134(d)")
    return max(share, in_1978)
