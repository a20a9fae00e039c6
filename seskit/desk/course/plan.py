"""The course as a plan: paths, lessons and objectives; where a learner is on each objective, and what comes next."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from seskit.desk.course.progress import ProgressFile, Try
from seskit.desk.course.scenario import StoryProblem
from seskit.desk.practice.relations import holds
from seskit.law.facts import FactError, suggestion

#: Right first answers that show an objective is mastered; one in the check of its lesson counts as two.
ENOUGH = 2
_ASKED = ("check", "placement")
NEW, BEGUN, MASTERED, DUE = "not begun", "begun", "mastered", "due again"
TAKES = (
    "An objective is mastered when one story of its lesson's check, or two stories in practice or in the placement check, are "
    "right at the first answer and without a hint. After a wrong answer in either check, or a story left open there, the count "
    "begins anew, and it takes two. An objective with two sides, such as before and after a change of law, takes one such "
    "answer on each side; after a wrong answer, one on the side that was wrong."
)
REVIEWS = (
    "What was mastered stays on your record with its day. So that you do not forget it, it is due again for a short review: "
    "within days at first, then later after each right answer. It is due at once after an answer that was wrong or took a hint."
)
#: The path whose lessons come before every other.
START = "start"


@dataclass(frozen=True)
class Side:
    """One side of an objective in words, and its stories: each with the condition under which it is on this side, or none."""

    says: str
    stories: tuple[tuple[str, str], ...]

    def has(self, problem: StoryProblem) -> bool:
        """Whether a story is on this side."""
        when = dict(self.stories).get(problem.scenario.name)
        return when is not None and (not when or holds(when, problem.values))


@dataclass(frozen=True)
class Objective:
    """What a learner can do afterwards, and the scenarios that practice it; the first one is practiced with a guide.

    One with `sides`, such as before and after a change of law, takes a right first answer on each of them.
    """

    says: str
    scenarios: tuple[str, ...]
    sides: tuple[Side, ...] = ()

    def side_of(self, problem: StoryProblem) -> str:
        """The side that a story is on, in words; empty where it has none."""
        return next((side.says for side in self.sides if side.has(problem)), "")

    def shown_by(self, one: Try) -> set[str]:
        """The sides that an answer shows; one kept before sides were told apart shows all."""
        names = {side.says for side in self.sides}
        return {one.side} & names or names


@dataclass(frozen=True)
class LessonLimit:
    """A limit or a change of law that a lesson teaches, and the conditions under which its story is on either side of it."""

    says: str
    scenario: str
    sides: tuple[str, ...]


@dataclass(frozen=True)
class Lesson:
    """A lesson ready to be shown: Markdown with every number computed.

    Each of its `limits` is met in stories from both sides; what it has `told` is said and not practiced.
    """

    name: str
    title: str
    minutes: int
    as_of: date
    objectives: tuple[Objective, ...]
    sections: tuple[tuple[str, str], ...]
    key_points: str
    sources: tuple[str, ...]
    limits: tuple[LessonLimit, ...] = ()
    told: tuple[str, ...] = ()
    images: Mapping[str, bytes] = field(default_factory=dict, compare=False)

    @property
    def guided(self) -> tuple[str, ...]:
        """The scenarios practiced with hints at hand: one for each objective."""
        return tuple(dict.fromkeys(objective.scenarios[0] for objective in self.objectives))

    @property
    def alone(self) -> tuple[str, ...]:
        """The scenarios the learner does alone: those not practiced with a guide, or the same one drawn anew."""
        names = (name for objective in self.objectives for name in objective.scenarios[1:] or objective.scenarios)
        return tuple(dict.fromkeys(names))


@dataclass(frozen=True)
class Path:
    """The lessons that make one job, in order, after those of the common start."""

    name: str
    title: str
    about: str
    lessons: tuple[Lesson, ...]
    common: tuple[Lesson, ...] = ()

    @property
    def way(self) -> tuple[Lesson, ...]:
        """The common start and the path's own lessons."""
        return (*self.common, *self.lessons)

    @property
    def objectives(self) -> tuple[Objective, ...]:
        """Every objective on the way, in order."""
        return tuple(objective for lesson in self.way for objective in lesson.objectives)


@dataclass(frozen=True)
class ObjectiveStanding:
    """Where a learner is on one objective: in a word, since when mastered, when due again.

    Unless it is mastered and not due, it `lacks` that many right answers, and one on each of the sides that are `open`.
    """

    state: str
    mastered_on: date | None = None
    due: date | None = None
    lacks: int = 0
    open: tuple[str, ...] = ()

    @property
    def done(self) -> bool:
        """Whether it has been mastered, due again or not."""
        return self.state in (MASTERED, DUE)

    @property
    def says(self) -> str:
        """Where that is, in the words of every page and of the record."""
        if not self.lacks or self.state == NEW:
            return self.state
        on = f"on each of these sides: {'; '.join(self.open)}" if len(self.open) > 1 else "".join(self.open)
        return f"{self.state}: {self.lacks} more right at the first answer{', ' if on else ''}{on}"


@dataclass(frozen=True)
class Course:
    """Every path by name."""

    paths: Mapping[str, Path]

    def path(self, name: str) -> Path:
        """The path of that name; an unknown name names the nearest."""
        if name not in self.paths:
            raise FactError(
                f"There is no path '{name}'.{suggestion(name, self.paths)} Paths are {', '.join(self.paths)}."
            )
        return self.paths[name]

    def lesson(self, name: str) -> Lesson:
        """The lesson of that name."""
        found = {lesson.name: lesson for path in self.paths.values() for lesson in path.lessons}
        if name not in found:
            raise FactError(f"There is no lesson '{name}'.{suggestion(name, found)}")
        return found[name]

    def objective(self, story: str) -> Objective | None:
        """The objective that a scenario practices; None where there is none."""
        every = (one for path in self.paths.values() for one in path.objectives)
        return next((one for one in every if story in one.scenarios), None)


def standing(objective: Objective, tries: Iterable[Try], due: Mapping[str, date], today: date) -> ObjectiveStanding:
    """Where a learner is on an objective: mastered with enough right first answers, the latest answer among them.

    An answer in the check of a lesson counts twice, until one in a check or placement was wrong: that one starts the count
    anew, and from then on it takes as many as in practice. A placement check asks two stories of an objective, so that one
    guess does not show it. Each side of an objective takes a right first answer of its own, the latest on it: a wrong one
    is made up on its side.
    """
    points, mastered_on, seen, latest, missed = 0, None, False, False, False
    names = [side.says for side in objective.sides]
    shown: set[str] = set()
    for one in tries:
        if one.scenario not in objective.scenarios:
            continue
        seen, latest = True, one.right and one.first
        if latest:
            points += 2 if one.purpose == "check" and not missed else 1
            shown |= objective.shown_by(one)
        else:
            shown -= objective.shown_by(one)
            if one.purpose in _ASKED:
                points, missed = points if names else 0, True
        if latest and points >= ENOUGH and shown.issuperset(names):
            mastered_on = mastered_on or one.day
    open_ = tuple(name for name in names if name not in shown)
    lacks = max(ENOUGH - points, len(open_), int(seen and not latest))
    if mastered_on is None:
        return ObjectiveStanding(BEGUN if seen else NEW, lacks=lacks, open=open_)
    soonest = min((due[name] for name in objective.scenarios if name in due), default=None)
    again = lacks or (soonest is not None and soonest <= today)
    return (
        ObjectiveStanding(DUE, mastered_on, today, lacks, open_)
        if again
        else ObjectiveStanding(MASTERED, mastered_on, soonest)
    )


def standings(path: Path, progress: ProgressFile) -> dict[Objective, ObjectiveStanding]:
    """Where a learner is on each objective of a path."""
    tries, due, today = progress.tries(), progress.due(), progress.today
    return {objective: standing(objective, tries, due, today) for objective in path.objectives}


def due_now(path: Path, progress: ProgressFile) -> tuple[str, ...]:
    """The stories to practice again: of each objective that is due, those whose day has come, else one that it lacks."""
    due, today, tries = progress.due(), progress.today, progress.tries()
    found: list[str] = []
    for objective, now in standings(path, progress).items():
        if now.state == DUE:
            names = [name for name in objective.scenarios if name in due and due[name] <= today]
            found += names or [_lacking(objective, now, tries)]
    return tuple(sorted(dict.fromkeys(found), key=lambda name: due.get(name, today)))


def _lacking(objective: Objective, now: ObjectiveStanding, tries: Sequence[Try]) -> str:
    """The story answered wrong last, or any, of those that can be on a side that is open."""
    able = [
        name for side in objective.sides if side.says in now.open for name, _ in side.stories
    ] or objective.scenarios
    answered = [one for one in reversed(tries) if one.scenario in able]
    wrong = [one for one in answered if not (one.right and one.first)]
    return next((one.scenario for one in (*wrong, *answered)), able[0])


def to_practice(objective: Objective, progress: ProgressFile) -> tuple[str, ...]:
    """The stories of an objective in the order in which they are best practiced: the longest not answered first."""
    last = {one.scenario: number for number, one in enumerate(progress.tries())}
    return tuple(sorted(objective.scenarios, key=lambda name: last.get(name, -1)))


def side_to_ask(objective: Objective, story: str, progress: ProgressFile) -> Side | None:
    """The side on which a story is asked next: of those it has, one that is open, then the one with the fewest right answers."""
    found = [side for side in objective.sides if story in dict(side.stories)]
    every = progress.tries()
    open_ = standing(objective, every, {}, progress.today).open
    tries = [one for one in every if one.scenario in objective.scenarios and one.right and one.first]
    return min(
        found, key=lambda side: (side.says not in open_, sum(one.side == side.says for one in tries)), default=None
    )


def to_review(found: Mapping[Objective, ObjectiveStanding]) -> list[Objective]:
    """What is still to practice: whatever is not mastered, or is due again now."""
    return [one for one, now in found.items() if now.state != MASTERED]


def next_lesson(path: Path, progress: ProgressFile) -> Lesson | None:
    """The first lesson on the way that is not finished and has an objective not yet mastered; None at the end."""
    finished, tries, due, today = progress.lessons(), progress.tries(), progress.due(), progress.today
    for lesson in path.way:
        mastered = all(standing(objective, tries, due, today).done for objective in lesson.objectives)
        if lesson.name not in finished and not mastered:
            return lesson
    return None


def all_mastered(found: Mapping[Objective, ObjectiveStanding]) -> str:
    """That a path is complete, and how much of it is due again now."""
    again = len(to_review(found))
    due = f" {again} of {len(found)} {'is' if again == 1 else 'are'} due again now." if again else ""
    return f"Every objective of this path has been mastered.{due}"
