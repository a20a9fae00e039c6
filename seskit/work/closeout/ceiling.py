"""The ceiling on levels 4 and 5, the Inspector General's office apart, and how many ratings it takes to keep it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from seskit.formats.counts import number_of
from seskit.law.appraisal.distribution import RatingCeiling, top_levels
from seskit.law.facts import FactError
from seskit.law.parameters import NoRule
from seskit.law.rating_levels import LEVELS
from seskit.law.result import Result
from seskit.record.roster import Person
from seskit.work.appraisal import rating_tables
from seskit.work.appraisal.ceiling import ASK, doubted
from seskit.work.closeout.ways import LawfulWay, Must

_CHOICE = "the choice of the board and the appointing authority"
_WHO = (
    "The board recommends and the appointing authority decides who; each may answer in writing and ask for a higher review while "
    "the rating is still initial."
)
#: So many splits between the two levels are shown.
_SHOWN = 3


@dataclass(frozen=True)
class CountedGroup:
    """One group that is counted apart: its name, its career counts by level, and what the rule says."""

    name: str
    rated: int
    counts: tuple[int, ...]
    result: Result[RatingCeiling] | None
    people: tuple[Person, ...]
    unknown: str = ""

    @property
    def high(self) -> int:
        """Career executives at levels 4 and 5."""
        return sum(self.counts[level - 1] for level in top_levels())

    @property
    def says(self) -> str:
        """The answer in a sentence."""
        return self.unknown if self.result is None else self.result.says

    @property
    def allowed(self) -> int | None:
        """How many may be at levels 4 and 5; None where no ceiling binds."""
        return self.result.answer.allowed if self.result and self.result.answer.covered else None

    @property
    def doubted(self) -> bool:
        """Whether it is the ceiling of an earlier year that they pass: OPM is to be asked, and nothing must change yet."""
        return self.result is not None and doubted(self.result)

    @property
    def over(self) -> int:
        """How many too many there are."""
        if self.result is None or self.result.answer.lawful is not False:
            return 0
        return self.high - (self.allowed or 0)


def groups(people: Sequence[Person], period_end: date, *, waived: bool = False) -> list[CountedGroup]:
    """The agency without its Inspector General's office, and that office where it has anyone on the roster."""
    inside = [person for person in people if person.ig_office]
    outside = [person for person in people if not person.ig_office]
    made = [_group("Agency", outside, period_end, False, waived)] if outside else []
    if inside:
        made.append(_group("Office of Inspector General", inside, period_end, True, waived))
    return made


def _group(name: str, people: Sequence[Person], end: date, apart: bool, waived: bool) -> CountedGroup:
    career = [person for person in people if person.appointment_type == "career"]
    counts = tuple(sum(person.rating == level for person in career) for level in LEVELS)
    try:
        result = rating_tables.ceiling(people, end, inspector_general=apart, waived=waived)
    except (NoRule, FactError) as failure:
        return CountedGroup(name, sum(counts), counts, None, tuple(people), str(failure))
    return CountedGroup(name, sum(counts), counts, result, tuple(people))


def moves(group: CountedGroup) -> list[tuple[int, int]]:
    """Every smallest pair of ratings to bring below level 4: from level 4 and from level 5; fewest levels first."""
    over, fours, fives = group.over, group.counts[3], group.counts[4]
    if not over:
        return []
    return [(over - five, five) for five in range(min(over, fives) + 1) if over - five <= fours]


def musts(found: Sequence[CountedGroup]) -> list[Must]:
    """One entry for each group over its ceiling, with the ways; who is meant is the board's and the official's choice."""
    return [_must(group) for group in found if group.over]


def _citation(group: CountedGroup) -> str:
    reasons = [reason for reason in (group.result.reasons if group.result else ()) if reason.outcome == "not met"]
    return "; ".join(dict.fromkeys(reason.citation for reason in reasons))


def _too_many(group: CountedGroup) -> str:
    return (
        f"{group.name}: {group.high} of {group.rated} career executives are at levels 4 and 5, {group.over} too many."
    )


def over_it(group: CountedGroup) -> str:
    """What a notice that rests on such a rating says of a ceiling that is passed."""
    return f"{_too_many(group)}{f' {ASK}' if group.doubted else ''} ({_citation(group)})"


def _must(group: CountedGroup) -> Must:
    citation = _citation(group)
    text = f"{_too_many(group)} {group.says} {_WHO}"
    splits = moves(group)
    ways = [_way(four, five) for four, five in splits[:_SHOWN]]
    if len(splits) > _SHOWN:
        more = f"{len(splits) - _SHOWN} more splits of the {group.over} between the two levels keep the ceiling, each at more levels."
        ways.append(LawfulWay(more, group.over, Decimal(0), "more levels", needs=_CHOICE))
    ways.append(
        LawfulWay(
            "Ask for the President's waiver.",
            0,
            Decimal(0),
            "time; no rating changes",
            needs="the President",
        )
    )
    if group.doubted:
        ways.insert(0, LawfulWay(ASK, 0, Decimal(0), "time; no rating changes", needs="OPM"))
    return Must("ceiling", group.name, text, citation, not group.doubted, tuple(ways))


def _way(fours: int, fives: int) -> LawfulWay:
    said = [f"{count} from level {level}" for level, count in zip(top_levels(), (fours, fives), strict=True) if count]
    levels = fours + 2 * fives
    says = f"Bring {' and '.join(said)} to level 3."
    return LawfulWay(
        says,
        fours + fives,
        Decimal(0),
        f"{number_of(fours + fives, 'rating')}, {number_of(levels, 'level')}; no dollars by law",
        needs=_CHOICE,
    )
