"""Stories of the course, each drawn once for all tests that read it: the story of a number is always the same."""

from functools import cache

from seskit.desk.course import scenario
from seskit.desk.course.scenario import StoryProblem


@cache
def drawn(name: str, seed: int) -> StoryProblem:
    """The story of that name and number; only to be read."""
    return scenario.named(name).draw(seed)
