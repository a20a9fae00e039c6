"""What follows from ratings and appointments: bars, removals, placement, moves, probation and the way back.

The questions are asked by the names of the two subjects they belong to, `appraisal` and `staffing`.
"""
