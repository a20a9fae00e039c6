"""Roll-ups released one after another, and what they give away together."""

import numpy as np
from scipy.optimize import linprog

from seskit.formats.small_cells import HIDDEN
from seskit.work.rollup import releases
from seskit.work.rollup.sums import Figures

TOTAL = "All"

KINDS = ("career", "noncareer", "limited")


def unknowns(part):
    """What an attacker does not know of an agency, cell by cell of its forms, and what the forms say is equal."""
    for scope in ("plan", "ig"):
        for form in part.of(scope):
            yield from (((scope, "people", kind), form.appointees[kind]) for kind in KINDS)
            yield from (
                ((scope, "rated", form.pattern, str(level), kind), row[kind])
                for level, row in form.ratings.items()
                for kind in KINDS
            )
            yield (scope, "awards"), form.awards_number or 0
            yield (scope, "based"), form.aggregate.number if form.aggregate else 0
            yield from (((scope, "percent", str(level)), count) for level, count in (form.levels or {}).items())
    for plan in part.pay_by_level:
        for level, pay in plan.levels.items():
            yield ("plan", "awarded", plan.pattern, str(level)), pay.awards
            yield ("plan", "changed", plan.pattern, str(level)), pay.changes
            yield ("rest", "awarded", plan.pattern, str(level)), pay.rated - pay.awards
            yield ("rest", "changed", plan.pattern, str(level)), pay.rated - pay.changes


def equal(part):
    """Cells of an agency of which the first is the sum of the others: everyone rated has an award or none, and so on."""
    for plan in part.pay_by_level:
        yield ("plan", "awards"), [("plan", "awarded", plan.pattern, str(level)) for level in plan.levels]
        for level in plan.levels:
            for name in ("awarded", "changed"):
                rated = ("plan", "rated", plan.pattern, str(level), "career")
                yield rated, [(scope, name, plan.pattern, str(level)) for scope in ("plan", "rest")]


def touches(key, cell, agency):
    """Whether a published number counts a cell of an agency."""
    other = {"levels": "rated", "changed by": "changed"}.get(key[1])
    if key[:2] != cell[:2] and not (other == cell[1] and key[0] == cell[0]):
        return False
    fits = lambda asked, has: asked in (TOTAL, has)  # noqa: E731
    if key[1] == "people":
        return fits(key[2], agency) and fits(key[3], cell[2])
    if key[1] in ("awards", "based", "changed by"):
        return fits(key[2], agency)
    if key[1] == "rated":
        return key[2] == cell[2] and fits(key[3], cell[3]) and fits(key[4], cell[4])
    if key[1] in ("awarded", "changed"):
        return key[2] == cell[2] and fits(key[3], cell[3])
    if key[1] == "levels":
        return key[2] == cell[2] and fits(key[3], agency) and fits(key[4], cell[3])
    return fits(key[2], cell[2])


def given_away(published):
    """The hidden cells that follow from everything shown in all releases: solved, and tried for their range."""
    place, values = {}, []
    for parts, _ in published:
        for part in parts:
            for cell, _ in unknowns(part):
                if (part.agency, cell) not in place:
                    place[part.agency, cell] = len(values)
                    values.append(0)
    for agency, seen in {part.agency: part for parts, _ in published for part in parts}.items():
        for cell, count in unknowns(seen):
            values[place[agency, cell]] += count
    values = np.array(values, float)
    known, asked = [], {}
    for number, (parts, shown) in enumerate(published):
        inside = {part.agency for part in parts}
        cells = [(at, agency, cell) for (agency, cell), at in place.items() if agency in inside]
        for key, value in shown.items():
            row = np.zeros(len(values))
            row[[at for at, agency, cell in cells if touches(key, cell, agency)]] = 1
            assert value == HIDDEN or row @ values == value, key
            if value == HIDDEN:
                asked[number, key] = row
            else:
                known.append(row)
    for agency, part in {part.agency: part for parts, _ in published for part in parts}.items():
        for total, members in equal(part):
            row = np.zeros(len(values))
            row[place[agency, total]] += 1
            row[[place[agency, one] for one in members]] -= 1
            assert not row @ values, (agency, total)
            known.append(row)
    matrix = np.array(known)
    _, sizes, vectors = np.linalg.svd(matrix, full_matrices=True)
    free = vectors[(sizes > 1e-9).sum() :]
    found = [key for key, row in asked.items() if np.abs(free @ row).max() < 1e-7]
    for key in [key for key in asked if key not in found][:: max(1, len(asked) // 12)]:
        low = linprog(asked[key], A_eq=matrix, b_eq=matrix @ values)
        high = linprog(-asked[key], A_eq=matrix, b_eq=matrix @ values)
        if low.status == high.status == 0 and -high.fun - low.fun < 0.5:
            found.append(key)
    return found


def release(parts, before=()):
    """A release of these agencies that knows of those before it."""
    figures = Figures(parts)
    hidden, _ = releases.protected(figures, 5, before)
    return releases.Release(5, tuple(parts), {2002: frozenset(hidden)}), figures.without(hidden)
