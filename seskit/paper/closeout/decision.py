"""The decision paper: one row for each executive, grouped by who must approve, with budget strip and approval block."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from seskit.formats.counts import number_of
from seskit.formats.sheets.blocks import (
    Bar,
    Beside,
    Block,
    Choice,
    Codes,
    Heading,
    Line,
    Lines,
    Listing,
    Notes,
    Piece,
    Sheets,
    SheetTable,
    TableColumn,
    Text,
    Together,
)
from seskit.law.facts import dollars
from seskit.law.pay_setting.facts import GROUNDS, OFFICIAL, TOP_OFFICIAL
from seskit.law.rate_range import open_range_day
from seskit.paper.closeout import front
from seskit.paper.closeout.front import BY_THIS_PAPER
from seskit.work.closeout import deciding
from seskit.work.closeout.deciding import INSPECTOR
from seskit.work.closeout.earlier import Changed
from seskit.work.closeout.figures import Closeout, amount_said, spending
from seskit.work.closeout.ways import Must
from seskit.work.pay_setting.worksheet.checking import JudgedRow

STEM = "decision_paper"
#: Files that begin so may hold names; the others are looked through for them.
NAMED_STEM = "supplement_decision_paper"
HEADER = (
    TableColumn("Executive", share=0.68), TableColumn("Component", share=1.23), TableColumn("Level", "center", 0.38),
    TableColumn("Rate now", "right", 0.63), TableColumn("Proposed", "right", 0.66), TableColumn("Change, %", "right", 0.56),
    TableColumn("Award", "right", 0.66), TableColumn("Award, %", "right", 0.54), TableColumn("12 months end"),
    TableColumn("Verdict", share=0.76), TableColumn("Exception and its written ground", share=3.09),
)  # fmt: skip
#: What the first column takes of the last one where it holds names too.
_FOR_NAMES = 0.52
STRIP = (
    TableColumn("What", share=1), TableColumn("As proposed", "right"), TableColumn("Allowed of it", "right"), TableColumn("Limit", "right"),
    TableColumn("Left as proposed", "right"),
)  # fmt: skip
_OF_STRIP = "What is proposed, what of it is allowed, and what is left of each limit"
LEVELS = (
    TableColumn("Level", "center", 0.62), TableColumn("People", "right", 0.8), TableColumn("Increases", "right", 0.95, "Rates"),
    TableColumn("Average increase, %", "right", 1.18, "Rates"), TableColumn("Change over all, %", share=1.16, under="Rates"),
    TableColumn("Awards", "right", 0.85, "Awards"), TableColumn("Average award, %", "right", 1.0, "Awards"),
    TableColumn("Awards over all, %", share=1.16, under="Awards"), TableColumn("Above level III", "right", 0.9),
)  # fmt: skip
#: The columns of it that are averages over everyone of a level, which the rules on distinctions compare.
_OVER_ALL = (4, 7)
_WHO_COUNTS = "Percent of basic pay. Average: of those who get one. Over all: of everyone, minus reductions."
#: A line with nothing on it, to write on.
_FREE = "\u00a0"
#: More than so many lines to sign stay on the first page only without a further line each to write on.
_ROOMY = 4
APPROVAL = (
    TableColumn("Who decides", share=1.2), TableColumn("On what", share=2.4),
    TableColumn("As proposed, or except these numbers", share=1.5), TableColumn("Signature", share=1.3), TableColumn("Date", share=0.6),
)  # fmt: skip
LEVELS_TITLE = "Distinctions by rating level, career executives; only what is allowed counts"
#: Whose decision it is where only an award is proposed, and for awards in every group.
AWARDS = deciding.AGENCY_HEAD
NOTHING = "nothing to approve"
DRAFT, FOR_DECISION = "DRAFT: not to be signed", "FOR DECISION"
_TITLES = {
    TOP_OFFICIAL: "For the top approving official",
    OFFICIAL: "For the authorized agency official",
    INSPECTOR: "For the Inspector General",
    AWARDS: "For the agency head or designee: awards only",
    NOTHING: "No change of rate and no award: for information",
}
CHANGED = (
    TableColumn("Executive"), TableColumn("Rate before", "right"), TableColumn("Rate now", "right"),
    TableColumn("Award before", "right"), TableColumn("Award now", "right"),
)  # fmt: skip
CHANGED_TITLE = "Proposals changed since the earlier paper, by number"
_LISTED = " They are listed at the end."
_WITHOUT_NAMES = "Executives are listed by the agency's number. Personnel records: for those with a need to know."
_WITH_NAMES = "THIS COPY CONTAINS NAMES. Personnel records: only for those who sign."


@dataclass(frozen=True)
class Group:
    """The executives on whom one official decides."""

    approver: str
    rows: tuple[tuple[str, ...], ...]
    judged: tuple[JudgedRow, ...]

    @property
    def rates(self) -> str:
        """What the changes of rates come to a year, as proposed and as allowed; reductions apart, where there are any."""
        ups = _both((one.change, one.lawful_change) for one in self.judged if one.change >= 0)
        downs = _both((-one.change, -one.lawful_change) for one in self.judged if one.change < 0)
        said = f"increases a year {amount_said(*ups)}"
        return f"{said}; reductions a year {amount_said(*downs)}" if downs[0] else said

    @property
    def title(self) -> str:
        """Who decides, on how many, over how much."""
        people = number_of(len(self.rows), "executive")
        rates = "" if self.approver == AWARDS else f"{self.rates}; "
        sums = f"; {rates}awards {awards_of(self.judged)}"
        return f"{_TITLES[self.approver]} ({people}{'' if self.approver == NOTHING else sums})"


@dataclass(frozen=True)
class DecisionPaper:
    """The decision paper as text, ready for PDF and page."""

    title: str
    warning: str
    named: bool
    draft: bool
    facts: tuple[tuple[str, str], ...]
    asks: tuple[str, ...]
    strip: tuple[tuple[str, ...], ...]
    limits: str
    levels: tuple[tuple[str, ...], ...]
    attention: tuple[str, ...]
    groups: tuple[Group, ...]
    signers: tuple[tuple[str, str], ...]
    files: tuple[str, ...]
    changed: Changed | None


def awards_of(rows: Sequence[JudgedRow]) -> str:
    """The awards of these rows together, as proposed and as allowed."""
    return amount_said(*_both((one.row.proposed_award or Decimal(0), one.lawful_award) for one in rows))


def _both(amounts: Iterable[tuple[Decimal, Decimal]]) -> tuple[Decimal, Decimal]:
    """The sum of what is proposed, and of what is allowed."""
    listed = list(amounts)
    return sum((one for one, _ in listed), Decimal(0)), sum((one for _, one in listed), Decimal(0))


def paper(proposed: Closeout, *, names: bool = False, changed: Changed | None = None) -> DecisionPaper:
    """The decision paper of a closeout, with what changed since an earlier one. What the paper itself obtains, the approval of the official who signs it, is asked
    and not missed: everything is counted as it is once that official approves.
    """
    closeout, asked = proposed.as_asked, proposed.to_approve
    agency, terms = closeout.sheet.agency, closeout.sheet.terms
    groups = tuple(_groups(closeout, names, asked))
    changes = any(judged.change for judged in closeout.found.rows)
    facts = (
        *((("Rates take effect", str(terms.effective)),) if changes else ()),
        ("Awards are paid", closeout.opened.paid_in_words or str(terms.awards_paid_on)),
        *_rates_in_force(closeout),
    )
    since = (f"{changed.says}{_LISTED if changed.proposals else ''}",) if changed else ()
    return DecisionPaper(
        f"Pay and award decisions, {agency.name}, fiscal year {agency.fiscal_year}",
        _WITH_NAMES if names else _WITHOUT_NAMES,
        names,
        any(must.by_law for must in closeout.musts), facts, tuple(front.asks(closeout)),
        tuple(strip(closeout)), front.limits(closeout), tuple(levels(closeout)), (*since, *front.attention(closeout, asked)), groups,
        tuple(_signers(closeout, groups, asked)), tuple(front.made_from(closeout)), changed,
    )  # fmt: skip


def _rates_in_force(closeout: Closeout) -> tuple[tuple[str, str], ...]:
    """The rates that may be paid: the range and what its top turns on, or the six fixed rates before it."""
    limits, certified = closeout.found.limits, closeout.sheet.certified
    if closeout.sheet.terms.effective < open_range_day():
        return (("Six fixed rates of basic pay", f"{dollars(limits.minimum)} to {dollars(limits.certified)}"),)
    top = limits.certified if certified else limits.uncertified
    return (
        ("Appraisal system", "certified" if certified else "not certified"),
        ("Rate range", f"{dollars(limits.minimum)} to {dollars(top)}; level III {dollars(limits.uncertified)}"),
    )


def _groups(closeout: Closeout, names: bool, asked: frozenset[int]) -> list[Group]:
    clocks = {one.person_id: one for one in closeout.opened.clocks}
    made: dict[str, list[tuple[JudgedRow, tuple[str, ...]]]] = {}
    cheapest = {(must.row, must.check): must for must in (*closeout.blocks, *closeout.flags)}
    for judged in closeout.found.rows:
        opens = clocks.get(judged.row.person_id)
        when = "not known" if opens is None or opens.opens is None else str(opens.opens)
        row = _row(closeout, judged, "" if opens is None else when, cheapest, names, asked)
        made.setdefault(approver(closeout, judged), []).append((judged, row))
    return [
        Group(who, tuple(row for _, row in made[who]), tuple(judged for judged, _ in made[who]))
        for who in _TITLES
        if who in made
    ]


def approver(closeout: Closeout, judged: JudgedRow) -> str:
    """Who must approve what is proposed for one executive."""
    person, terms = closeout.people.get(judged.row.person_id), closeout.sheet.terms
    if judged.change:
        return deciding.of_rate(judged, person, terms.effective)
    return NOTHING if judged.row.proposed_award is None else deciding.head(person, terms.awards_paid_on)


def verdict(judged: JudgedRow, *, asked: bool) -> str:
    """What the rules say of one executive's row, in a word or two; `asked` where this paper asks for the approval."""
    if "not allowed" in (judged.decision, judged.award_decision):
        return "not allowed"
    if "cannot tell" in (judged.decision, judged.award_decision):
        return "cannot tell"
    if any(finding.is_open for finding in judged.findings):
        return "reason needed"
    if asked:
        return "for approval"
    if judged.findings:
        return "reason given"
    return "allowed" if judged.change or judged.row.proposed_award is not None else "no change"


_Musts = dict[tuple[int | None, str], Must]


def _row(
    closeout: Closeout, judged: JudgedRow, clock: str, musts: _Musts, names: bool, asked: frozenset[int]
) -> tuple[str, ...]:
    row = judged.row
    waits = row.row in asked
    person = closeout.people.get(row.person_id)
    who = f"{row.person_id} {person.name}" if names and person and person.name else row.person_id
    award = row.proposed_award
    return (
        who, front.component(closeout, row), str(row.rating or "none"), dollars(row.rate),
        dollars(row.new_rate) if judged.change else "no change",
        f"{judged.change_percent:.2f}" if judged.change else "",
        "" if award is None else dollars(award), "" if award is None else f"{judged.award_percent:.2f}",
        clock, verdict(judged, asked=waits), _exception(closeout, judged, musts, asked=waits),
    )  # fmt: skip


def _exception(closeout: Closeout, judged: JudgedRow, musts: _Musts, *, asked: bool) -> str:
    row, said = judged.row, []
    if asked:
        said.append(f"Approval of the {front.above_level_three(judged, closeout)}: {BY_THIS_PAPER}.")
    if row.ground:
        said.append(f"Ground: {GROUNDS[row.ground]}.")
    if judged.by_cycle_record:
        said.append(f"Ground: {GROUNDS['appraisal_cycle']}; record: {closeout.sheet.terms.cycle_record}.")
    if row.reduction_basis:
        said.append(
            f"Reduction for {row.reduction_basis}{f', notice of {row.notice_given}' if row.notice_given else ''}."
        )
    for finding in judged.findings:
        must = musts.get((row.row, finding.check))
        way = must.cheapest if must else None
        if finding.level == "block":
            said.append(
                f"{_titled(finding.check)}: {finding.citation}. {f'Cheapest lawful: {way.says}' if way else ''}".strip()
            )
        else:
            said.append(f"{_titled(finding.check)}: {'reason below' if row.reason else 'no written reason yet'}.")
    if row.reason:
        said.append(f"Written reason: {row.reason}")
    return " ".join(said)


def _titled(check: str) -> str:
    return check[0].upper() + check[1:]


def strip(closeout: Closeout) -> list[tuple[str, ...]]:
    """What is proposed, what of it is allowed, of what, and what is left, for each limit on spending."""
    return [
        (one.what, dollars(one.proposed), dollars(one.allowed),
         "none given" if one.limit is None else dollars(one.limit), one.left)
        for one in spending(closeout.found)
    ]  # fmt: skip


def levels(closeout: Closeout) -> list[tuple[str, ...]]:
    """Executives, increases and awards at each level, the highest first."""
    return [
        (str(v.rating), str(v.people),
         str(v.adjusted), f"{v.each_increase_percent:.2f}" if v.adjusted else "", f"{v.adjustment_percent:.2f}",
         str(v.awarded), f"{v.each_award_percent:.2f}" if v.awarded else "", f"{v.award_percent:.2f}",
         str(v.above_level_three))
        for v in reversed(closeout.found.levels) if v.people
    ]  # fmt: skip


def _signers(closeout: Closeout, groups: Sequence[Group], asked: frozenset[int]) -> list[tuple[str, str]]:
    own = [
        (_titled(who), f"{_rates_of(group)}{_to_give(group, asked)}{_own_awards(group)}".strip())
        for group in groups
        if (who := group.approver) in (TOP_OFFICIAL, OFFICIAL, INSPECTOR)
    ]  # fmt: skip
    rows = [one for group in groups if group.approver != INSPECTOR for one in group.judged]
    some = any(one.row.proposed_award for one in rows)
    every = "every other group" if any(group.approver == INSPECTOR for group in groups) else "every group"
    paid = [(_titled(AWARDS), f"Awards in {every}: {awards_of(rows)}.")] if some else []
    return [*front.boards(closeout), *own, *paid]


def _rates_of(group: Group) -> str:
    """The changes of rates in a group; nothing where only awards are proposed."""
    many = sum(bool(judged.change) for judged in group.judged)
    return f"Rates of {number_of(many, 'executive')}; {group.rates}." if many else ""


def _own_awards(group: Group) -> str:
    """The awards of a group whose official decides on them, too."""
    some = group.approver == INSPECTOR and any(judged.row.proposed_award for judged in group.judged)
    return f" Awards: {awards_of(group.judged)}." if some else ""


def _to_give(group: Group, asked: frozenset[int]) -> str:
    """How many of a group wait for the approval that this paper obtains."""
    many = sum(judged.row.row in asked for judged in group.judged)
    return f" Approval of {many} of them: {BY_THIS_PAPER}." if many else ""


def sheets(made: DecisionPaper) -> Sheets:
    """The paper as blocks: the sums and the lines to sign, then a table for each group."""
    mark = DRAFT if made.draft else ""
    warning = Line((made.warning, mark or FOR_DECISION))
    limits = (Text(made.limits),) if made.limits else ()
    sums: tuple[Block, ...] = (Heading("Budget and pool"), SheetTable(_OF_STRIP, STRIP, made.strip), *limits)
    # On one line, so that the first rows still fit the first page.
    facts = Line(tuple(part for what, value in made.facts for part in (f"{what}:", Piece(f"{value}.", strong=True))))
    attention = (Heading("Before you sign"), Listing(made.attention)) if made.attention else ()
    room = (_FREE,) if len(made.signers) <= _ROOMY else ()
    signing = tuple(
        (Piece(who, strong=True), what, Lines((Choice("as proposed"), Choice("except:"), *room)), "", "")
        for who, what in made.signers
    )
    first, *others, last = HEADER
    wider = _FOR_NAMES if made.named else 0
    header = (replace(first, share=first.share + wider), *others, replace(last, share=last.share - wider))
    front: tuple[Block, ...] = (
        Text(warning, "status"),
        Text(Lines((*made.asks, facts))),
        Beside((sums, (Heading(LEVELS_TITLE), *_distinctions(made.levels)))),
        *attention,
        Together((Heading("Approval"), SheetTable("Who decides on what, and where to sign", APPROVAL, signing))),
        *(SheetTable(group.title, header, group.rows, titled=True) for group in made.groups),
        *_since(made.changed),
        *(
            (Notes("Made from these files, with the first 16 of 64 characters of their SHA-256", made.files),)
            if made.files
            else ()
        ),
        Codes(),
    )
    foot = f"{made.title}. {made.warning}"
    return Sheets(made.title, front, draft=mark, foot=foot, landscape=True)


def _since(changed: Changed | None) -> tuple[Block, ...]:
    """Each executive for whom an earlier paper of the year proposed something else."""
    return (
        (SheetTable(CHANGED_TITLE, CHANGED, changed.proposals, titled=True),) if changed and changed.proposals else ()
    )


def _distinctions(levels: Sequence[Sequence[str]]) -> tuple[Block, ...]:
    """The levels with a bar beside each average over all, as long as its share of the highest."""
    if not levels:
        return (Text("No career executive is rated."),)
    most = {place: max([float(row[place]) for row in levels], default=0) for place in _OVER_ALL}
    rows = tuple(
        tuple(
            Bar(cell, float(cell) / most[place] if most[place] > 0 else 0) if place in most else cell
            for place, cell in enumerate(row)
        )
        for row in levels
    )
    return SheetTable("Executives, increases and awards at each level", LEVELS, rows), Text(_WHO_COUNTS)
