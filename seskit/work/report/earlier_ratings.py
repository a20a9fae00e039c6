"""The ratings of earlier years from the folders that reported them, for the history.csv of this year's roster."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from seskit.formats.counts import number_of
from seskit.formats.in_short import joined
from seskit.formats.tables import as_csv
from seskit.law.facts import FactError
from seskit.record.problem import errors
from seskit.record.roster import history, lists
from seskit.record.roster.history import Earlier
from seskit.work.report import ReportFolder, open_folder

FILE = f"{history.STEM}.csv"
Rated = tuple[str, Earlier]


@dataclass(frozen=True)
class EarlierRatings:
    """The text of history.csv, and what to know about it."""

    text: str
    says: tuple[str, ...]


def of_folders(earlier: Sequence[Path], folder: Path) -> EarlierRatings:
    """Every rating on record in these folders of the people on this folder's roster, beside those its history.csv has.

    Raises FactError where a file cannot be read, a year is not earlier, or two files say otherwise of one rating.
    """
    this = _open(folder)
    year = this.agency.fiscal_year if this.agency else 0
    own = lists.find(folder, history.STEM)
    if own is not None and own.name != FILE:
        raise FactError(f"{own.name} is there: save it as {FILE}, so that ratings can be added to it.")
    people = {person.person_id for person in this.roster.people if person.person_id}
    found: dict[tuple[str, int | None], list[Earlier]] = defaultdict(list)
    for who, one in _listed(this):
        found[who, one.year].append(one)
    already, added, seen = sum(map(len, found.values())), 0, set()
    for place in earlier:
        last = _open(place)
        if last.agency is None or last.agency.fiscal_year >= year:
            raise FactError(f"'{place.name}' is not of an earlier fiscal year than '{folder.name}'.")
        for who, one in (*_on_roster(last), *_listed(last)):
            known = _same(found[who, one.year], one) if who in people else one
            if known and known.level != one.level:
                raise FactError(
                    f"Of one executive the level for {one.year} is {one.level} in '{place.name}' (row {one.row}) and {known.level} elsewhere. "
                    "Correct the one that is wrong; nothing was written."
                )
            if not known:
                found[who, one.year].append(one)
                seen.add(who)
                added += 1
    rows = sorted(
        (who, one.year or 0, one.issued.isoformat() if one.issued else "", one.level)
        for (who, _), ratings in found.items()
        for one in ratings
    )
    without = len(people - {who for who, *_ in rows})
    says = [
        f"{number_of(added, 'rating')} of {number_of(len(seen), 'person', 'people')} added, {already:,} there before."
    ]
    if without:
        says.append(f"{number_of(without, 'person has', 'people have')} no earlier rating in these folders.")
    says += _years_left_out({of for _, of, _, _ in rows if of}, year)
    text = as_csv([column.name for column in history.COLUMNS], ((who, of, level, day) for who, of, day, level in rows))
    return EarlierRatings(text, tuple(says))


def _years_left_out(years: set[int], this: int) -> Iterator[str]:
    """Years since the first one on record of which nobody has a rating: two weak ratings may count together only with them."""
    left_out = [str(year) for year in range(min(years, default=this), this) if year not in years]
    if left_out:
        yield (
            f"Of {joined(left_out)} there is no rating of anybody. If people were rated then, also name the folder of that year: "
            "without it, what earlier ratings call for may be missed."
        )


def _open(folder: Path) -> ReportFolder:
    opened = open_folder(folder)
    wrong = errors([*opened.of_agency, *opened.roster.problems])
    if opened.agency is None or wrong:
        raise FactError(f"'{folder.name}' cannot be read whole: {(wrong or opened.problems)[0].sentence}")
    return opened


def _on_roster(opened: ReportFolder) -> Iterator[Rated]:
    """The ratings of the roster itself, by the year in which the period of the person's plan ended."""
    ends = {plan.id: plan.period_end for plan in opened.agency.plans} if opened.agency else {}
    for person in opened.roster.people:
        end = ends.get(person.plan or "")
        if person.person_id and person.rating is not None and end:
            yield person.person_id, Earlier(person.row, end.year, person.rating, person.rating_date)


def _listed(opened: ReportFolder) -> Iterator[Rated]:
    listed = opened.roster.history
    yield from ((who, one) for who, ratings in (listed.ratings if listed else {}).items() for one in ratings)


def _same(ratings: Sequence[Earlier], one: Earlier) -> Earlier | None:
    """The rating among these of one year that is this one: a second day is a second rating."""
    return next((other for other in ratings if other.issued == one.issued or None in (other.issued, one.issued)), None)
