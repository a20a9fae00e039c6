"""The closeout for those who prepare it: what must change, the cheapest lawful ways, and each state of certification."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from seskit.formats.counts import number_of
from seskit.formats.documents import Document, escaped, table
from seskit.law.facts import dollars
from seskit.law.rating_levels import LEVELS
from seskit.paper.closeout import decision
from seskit.record.problem import noted
from seskit.work.closeout.figures import Closeout, spending
from seskit.work.closeout.states import NAMES
from seskit.work.closeout.ways import Must

STEM = "closeout"
_NO_RANK = (
    "Ways that change figures come first, the fewest dollars first, and each was checked again; then ways that need a reason, "
    "an approval or a later day. A way names rating levels or one executive's own figures: it never ranks people. Everyone at a "
    "level moves by the same percent of pay, inside the lawful bounds of each."
)


def document(closeout: Closeout) -> Document:
    """The closeout as one document; a draft while the law stands against anything."""
    agency = closeout.sheet.agency
    law = [must for must in closeout.musts if must.by_law]
    reasons = [must for must in closeout.musts if not must.by_law]
    parts = [
        "# What must change\n", f"{escaped(_NO_RANK)}\n", *_musts(law, "Nothing: the law does not bar any proposal."),
        "# What needs a written reason\n", *_musts(reasons, "Nothing."),
        *_at_once(closeout),
        "# Levels 4 and 5\n", _ceiling(closeout),
        "# Derived scores\n", *_scores(closeout),
        "# Distinctions in pay and awards\n", table(decision.LEVELS_TITLE, [one.head for one in decision.LEVELS], decision.levels(closeout)),
        "# Pool, limits and budgets\n", table("Spending as proposed", [one.head for one in decision.STRIP], decision.strip(closeout)),
        *_unasked(closeout),
        *_cost_of_law(closeout),
        "# Aggregate limit\n", _deferrals(closeout),
        "# If certification is lost, suspended or late\n", *_states(closeout),
        *[f"\n{escaped(said)}\n" for said in noted(closeout.opened.notes)],
    ]  # fmt: skip
    title = f"Closeout of the appraisal year, {agency.name}, fiscal year {agency.fiscal_year}"
    return Document(title, "\n".join(parts), "Ratings, adjustments and awards before the board sits", draft=bool(law))


def _unasked(closeout: Closeout) -> list[str]:
    """Why the decision paper counts more as allowed: it asks for the approvals that are missing here."""
    waiting = number_of(len(closeout.to_approve), "rate")
    if not closeout.to_approve:
        return []
    then = dollars(closeout.as_asked.found.adjustments_total)
    return [escaped(f"Not counted as allowed here: {waiting} without the approval that the decision paper asks for. With it {then} of the increases a year is allowed, as that paper says.") + "\n"]  # fmt: skip


def _musts(listed: Sequence[Must], otherwise: str) -> list[str]:
    """Each finding about the whole with its ways; those about one executive in one table for each check."""
    if not listed:
        return [f"{escaped(otherwise)}\n"]
    made = []
    for must in listed:
        if must.row is None:
            who = "" if must.who == "all" else f"{must.who}, "
            made.append(
                f"## {escaped(f'{who}{must.check}' if who else must.title)}\n\n{escaped(f'{must.text} ({must.citation})')}\n"
            )
            rows = [(way.says, way.cost, way.people or "", way.needs) for way in must.ways]
            made.append(table("Lawful ways", ("Way", "Cost", "Executives", "Needs"), rows))
    for check in dict.fromkeys(must.check for must in listed if must.row is not None):
        some = [must for must in listed if must.check == check and must.row is not None]
        each = [(must.who, f"{must.text} ({must.citation})", _in_line(must)) for must in some]
        heading = f"{check[0].upper() + check[1:]}: {number_of(len(some), 'executive')}"
        made.append(f"## {escaped(heading)}\n")
        made.append(
            table("Each with its lawful ways", ("Executive", "What was found", "Lawful ways and what each costs"), each)
        )
    return made


def _at_once(closeout: Closeout) -> list[str]:
    """All limits and distinctions on the same money, settled together."""
    made = []
    for kind, listed in closeout.at_once:
        rows = [(way.says, way.cost, way.people) for way in listed]
        otherwise = f"No shift of whole levels keeps every limit on {kind}s and lets them rise with the level.\n"
        title = f"Everything about {kind}s at once"
        made += [f"# {title}\n", table(title, ("Way", "Cost", "Executives"), rows) if rows else otherwise]
    return made


def _in_line(must: Must) -> str:
    if not must.ways:
        return "No lawful figure is known: check the facts of the row."
    return " ".join(f"({number}) {way.says} Cost: {way.cost}." for number, way in enumerate(must.ways, 1))


def _ceiling(closeout: Closeout) -> str:
    rows = [
        (group.name, group.rated, *group.counts, group.high, "no ceiling" if group.allowed is None else group.allowed)
        for group in closeout.groups
    ]
    head = ("Counted", "Career rated", *(f"Level {level}" for level in LEVELS), "4 and 5", "Allowed")
    said = "".join(f"\n{escaped(f'{group.name}: {group.says}')}\n" for group in closeout.groups)
    return table("Career executives by level, noncareer left out", head, rows) + said


def _scores(closeout: Closeout) -> list[str]:
    if not closeout.scores:
        return ["No element levels are given (element_levels.csv), so no score is derived.\n"]
    rows = [
        (one.person_id, "override" if one.score is None else one.score, one.level or "cannot tell", one.rating or "none",
         "" if one.above_cut_off is None else one.above_cut_off, "" if one.to_next is None else one.to_next,
         "; ".join(word for word, holds in (("within a point", one.near), ("the rating differs", one.differs)) if holds))
        for one in closeout.scores if one.near or one.differs
    ]  # fmt: skip
    head = ("Executive", "Score", "Level by score", "Rating", "Points above a cut-off", "Points to the next", "Look at")
    said = f"{len(closeout.scores)} scores were derived; {sum(one.near for one in closeout.scores)} are within a point of a cut-off.\n"
    return [said, table("Scores to look at; a score is never rounded", head, rows)]


def _cost_of_law(closeout: Closeout) -> list[str]:
    """What the cheapest lawful corrections change in the totals."""
    if not closeout.blocks:
        return []
    was, now = closeout.found, closeout.lawful
    rows = [
        ("Increases a year", *map(dollars, (was.increases_proposed, was.adjustments_total, now.adjustments_total))),
        ("Awards", *map(dollars, (was.awards_proposed, was.awards_total, now.awards_total))),
    ]
    title = "Totals once every proposal is lawful, each the cheapest way"
    return [table(title, ("What", "As proposed", "Allowed of it", "Once all is lawful"), rows)]


def _deferrals(closeout: Closeout) -> str:
    rows = [
        (
            one.person_id,
            one.year,
            dollars(one.total),
            dollars(one.limit),
            dollars(one.deferred),
            f"January {one.year + 1}",
        )
        for one in closeout.deferrals
    ]
    head = ("Executive", "Year", "Pay and award", "Limit", "Deferred", "Paid in")
    return table("Awards deferred in part, assuming a full year of pay", head, rows)


def _states(closeout: Closeout) -> list[str]:
    if not closeout.side_by_side:
        return ["No system was certified in the days of these proposals, so there is nothing to compare.\n"]
    said = [f"- {escaped(state.name.capitalize())}: {escaped(state.says)}\n" for state in closeout.states]
    rows = [(line.day, line.what, *line.values) for line in closeout.side_by_side]
    head = ("Day", "What", *(name.capitalize() for name in NAMES))
    each = [(who, *map(dollars, late)) for who, late in closeout.deferred_each]
    paid = closeout.sheet.terms.awards_paid_on.year + 1
    named = f"Part of each award deferred to January {paid}, assuming a full year of pay"
    return [
        *said, "", table("The same proposals under each state of certification", head, rows),
        table(named, ("Executive", *head[2:]), each),
    ]  # fmt: skip


def short(closeout: Closeout) -> list[str]:
    """The closeout in a few sentences for the screen."""
    said = [
        f"{group.name}, levels 4 and 5: {group.high} of {group.rated} career executives. {group.says}"
        for group in closeout.groups
    ]
    for one in spending(closeout.found):
        of = "" if one.limit is None else f" of {dollars(one.limit)}"
        allowed = "" if one.allowed == one.proposed else f"; {dollars(one.allowed)} of it allowed"
        said.append(f"{one.what}: {dollars(one.proposed)}{of}{allowed}.")
    near = sum(one.near for one in closeout.scores)
    if closeout.scores:
        said.append(f"{near} of {len(closeout.scores)} derived scores are within a point of a cut-off.")
    late = sum((one.deferred for one in closeout.deferrals), Decimal(0))
    said.append(f"Deferred to January: {dollars(late)} of {number_of(len(closeout.deferrals), 'award')}.")
    return said
