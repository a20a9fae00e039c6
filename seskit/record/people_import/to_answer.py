"""What a person is told of each question of an import, and what to do about it in the recipe."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from seskit.formats.counts import number_of
from seskit.formats.privacy import shown
from seskit.record.people_import.recipe import Recipe

#: What to do about a heading that speaks against what is read, and about one that holds several values.
_TO_DO = (
    "correct the export, read it under columns:, leave rows out with keep: or one by one under leave_out:, or, where what is read is right, "
    "write '{}' under unused:"
)
_TO_RENEW = (
    "it was answered for other rows or another year. Where what is read is right, remove '{}' under answered:, and give --accept; "
    "or leave rows out under leave_out:, or correct the export"
)
_TO_ANSWER = "the recipe names it under unused: and does not say of which rows. Where what is read is right for these, give --accept"
_TO_LEAVE = (
    "it stands under leave_out: for another export. To leave it out again, remove '{0}' under answered:, and give --accept; to have it "
    "count, write '{0}' under unused:"
)
_TO_SAY = "write {0}: {1} under columns:, or, where it does hold for everybody, '{1}' under unused:"


def in_ig_offices(people: Sequence[Mapping[str, str]], used: Recipe) -> Iterator[str]:
    """Who serves in an Inspector General office, where no column says it and the office alone was looked at."""
    if not people or "ig_office" in used.columns or "ig_office" in used.same_for_all:
        return
    many = sum(person["ig_office"] == "yes" for person in people)
    office = used.columns.get("component", "")
    if many:
        yield f"ig_office is yes for {number_of(many, 'person', 'people')}, whose '{shown(office)}' names an Inspector General office, and no for all others."
    else:
        yield "ig_office is no for everybody: no column is used for it, and no office read names an Inspector General."


def told(
    against: Mapping[str, str], several: Mapping[str, str], beside: Mapping[str, str], used: Recipe
) -> dict[str, str]:
    """A sentence without its end for each question that is open."""
    made = {head: f"'{shown(head)}' {says}: {_to_do(head, used).format(shown(head))}" for head, says in against.items()}
    return made | {
        head: f"'{shown(head)}' {says}: {_TO_SAY.format(beside[head], shown(head))}"
        for head, says in several.items() if head not in used.unused
    }  # fmt: skip


def _to_do(head: str, used: Recipe) -> str:
    if head not in used.unused:
        return _TO_LEAVE if head in used.leave_out else _TO_DO
    return _TO_RENEW if head in used.answered else _TO_ANSWER
