"""What a reader could find out about hidden cells by solving for them."""

import numpy as np

from seskit.formats.small_cells import HIDDEN, hide


def try_to_solve(counts, sums, shown, unpublished=()):
    """Solve by the null space, then by the range each hidden cell can have; fail where one is pinned down."""
    from scipy.optimize import linprog  # which takes as long to load as many tests to run

    unknown = [key for key in counts if shown.get(key, HIDDEN) == HIDDEN]
    if not unknown:
        return
    place = {key: n for n, key in enumerate(unknown)}
    rows, right = [], []
    for tie in sums:
        row, known = np.zeros(len(unknown)), 0
        for key, sign in ((tie.total, -1), *((part, 1) for part in tie.parts)):
            if key in place:
                row[place[key]] += sign
            else:
                known += sign * counts[key]
        if row.any():
            rows.append(row)
            right.append(-known)
    matrix = np.array(rows)
    _, values, vectors = np.linalg.svd(matrix)
    null = vectors[(values > 1e-9).sum() :]
    guarded = [key for key in unknown if key not in unpublished or 0 < counts[key] < 5]
    for key in guarded:
        assert np.abs(null[:, place[key]]).max() > 1e-7, f"{key} can be solved for"
    for key in guarded[:: max(1, len(guarded) // 25)]:
        aim = np.zeros(len(unknown))
        aim[place[key]] = 1
        low = linprog(aim, A_eq=matrix, b_eq=right).fun
        most = linprog(-aim, A_eq=matrix, b_eq=right)
        if most.status == 3:
            continue
        high = -most.fun
        assert high - low > 0.5, f"{key} is pinned down between {low} and {high}"


def shown(counts, sums, **more):
    """Every count as published."""
    hidden = set(hide(counts, sums, **more))
    return {key: HIDDEN if key in hidden else count for key, count in counts.items()}
