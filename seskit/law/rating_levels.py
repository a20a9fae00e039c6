"""The summary levels, and those that decide something. The rules hold them; none has changed, so no date is asked."""

from __future__ import annotations

from functools import cache

from seskit.law import parameters

#: Every level a summary rating can have, the lowest first.
LEVELS = (1, 2, 3, 4, 5)
#: What the law calls them.
NAMES = dict(
    zip(
        LEVELS,
        ("unsatisfactory", "minimally satisfactory", "fully successful", "exceeds fully successful", "outstanding"),
        strict=True,
    )
)


def named(level: object) -> str:
    """A level with its name: 4: exceeds fully successful. What is no level is as it was."""
    number = next((one for one in LEVELS if str(one) == str(level)), None)
    return str(level) if number is None else f"{number}: {NAMES[number]}"


@cache
def _only(path: str) -> int:
    (value,) = {figure.value for figure in parameters.parameter(path).values}
    return int(value)


def unsatisfactory() -> int:
    """The lowest level."""
    return _only("appraisal.regime.unsatisfactory")


def fully_successful() -> int:
    """The lowest level that is fully successful."""
    return _only("appraisal.regime.lowest_fully_successful")


def outstanding() -> int:
    """The highest level."""
    return _only("pay_setting.performance.outstanding")


def below() -> range:
    """The levels below fully successful, the lowest first."""
    return range(unsatisfactory(), fully_successful())


def successful() -> range:
    """The levels from fully successful up."""
    return range(fully_successful(), outstanding() + 1)
