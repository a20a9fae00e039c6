"""The front of the decision paper: what is asked, by when and under which law, what to know before signing, the boards."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection
from decimal import Decimal

from seskit.formats.counts import number_of
from seskit.formats.days import days_in_words
from seskit.law import awards, parameters
from seskit.law.clocks import fiscal_year, fiscal_year_end
from seskit.law.facts import dollars
from seskit.law.pay_setting.bounds import interim_rule
from seskit.law.pay_setting.facts import TOP_OFFICIAL
from seskit.law.rate_range import open_range_day
from seskit.record.appraisal.year_record.files import Board
from seskit.record.pay_setting.worksheet import determined, pool_base
from seskit.record.pay_setting.worksheet.reading import WorksheetRow
from seskit.work.closeout import deciding, earlier
from seskit.work.closeout.figures import Closeout
from seskit.work.pay_setting.worksheet.checking import JudgedRow

#: Of an approval that is missing only because this paper is to obtain it.
BY_THIS_PAPER = "to be given by this paper"
ONE_BOARD = "Performance Review Board"
_DIGITS = 16
#: So many numbers of executives are named in one sentence.
_NAMED = 12
#: What is recorded of some years about the pool and about paying awards at all.
_CAUTIONS = ("base_with_locality", "stopped")
_AWARD_LAW = "5 U.S.C. 5384; 5 CFR 534.405"
_RATE_LAW = "5 U.S.C. 5383; 5 CFR 534.404"


def asks(closeout: Closeout) -> list[str]:
    """What the signers are asked, by which day, under which law, and what follows without it."""
    terms, rows = closeout.sheet.terms, closeout.found.rows
    paying = any(one.row.proposed_award for one in rows)
    changes = any(one.change for one in rows)
    if not paying and not changes:
        return ["No award and no change of a rate is proposed: nothing is to be approved."]
    paid = closeout.opened.paid_in_words or str(terms.awards_paid_on)
    parts = [
        *((f"on awards before they are paid, {paid} ({_AWARD_LAW})",) if paying else ()),
        *((f"on rates before they take effect, {terms.effective} ({_RATE_LAW})",) if changes else ()),
    ]
    held = " and ".join((*(("no award is paid",) if paying else ()), *(("no rate changes",) if changes else ())))
    later = (
        "; an award of a later year counts against the pool of that fiscal year and the aggregate limit of that calendar year"
        if paying
        else ""
    )
    return [f"Asked: your decision {'; '.join(parts)}.", f"If not signed: {held}{later}."]


def limits(closeout: Closeout) -> str:
    """What the pool and the spending limit in guidance are shares of, by which law, and what is doubtful about them."""
    sheet, paid = closeout.sheet, closeout.sheet.terms.awards_paid_on
    if not any(one.row.proposed_award for one in closeout.found.rows) or not sheet.pool_count:
        return ""
    of_all, of_average = awards.pool_shares(paid)
    average = closeout.found.pool.answer.method == "average"
    share = f"{of_average} percent of their average" if average else f"{of_all} percent of it"
    said = [
        f"Pool: career basic pay on {fiscal_year_end(fiscal_year(paid) - 1)} was {dollars(sheet.pool_aggregate)} "
        f"({number_of(sheet.pool_count, 'rate')}); the pool is {share} (5 U.S.C. 5384(b)(3); 5 CFR 534.405(b))."
    ]
    if limit := awards.spending_limit(paid, sheet.pool_aggregate):
        said.append(
            f"Spending limit: {limit.percent} percent of that pay; guidance, not law ({limit.citation}).{limit.doubt}"
        )
    said += [str(one.value) for name in _CAUTIONS if (one := parameters.recorded(f"awards.pool.{name}", paid))]
    return " ".join(said)


def made_from(closeout: Closeout) -> list[str]:
    """The files whose entries stand on the paper, each with the start of its digest: another one is another paper."""
    return [f"{name} {made[:_DIGITS]}" for name, made in earlier.files(closeout).items()]


def boards_of(closeout: Closeout) -> tuple[Board, ...]:
    """The Performance Review Boards of the appraisal year, where the folder names them."""
    folder = closeout.opened.folder
    cycle = folder.cycle.record if folder and folder.cycle else None
    return cycle.boards if cycle else ()


def boards(closeout: Closeout) -> list[tuple[str, str]]:
    """The line of each board's chair, with how many of the paper's executives are before that board."""
    attached = "are attached, or are the rows of this paper"
    listed = boards_of(closeout)
    others = [
        (f"{ONE_BOARD} to be named, chair", f"{one} Recommendations {attached}.") for one in _before_none(closeout)
    ]
    if len(listed) < 2 and not others:
        name = listed[0].name if listed else ONE_BOARD
        return [(f"{name}, chair", f"The board's recommendations on ratings, adjustments and awards {attached}.")]
    return [
        *(
            (
                f"{board.name}, chair",
                f"Recommendations on {number_of(_before(closeout, board), 'executive')} of {_plans(board)} {attached}.",
            )
            for board in listed
        ),
        *others,
    ]


def _by_plan(closeout: Closeout) -> bool:
    """Whether it matters in which plan an executive is: several boards sit, or the one that does is not for every plan."""
    listed = boards_of(closeout)
    plans = {plan.id for plan in closeout.sheet.agency.plans} if closeout.sheet else set()
    return len(listed) > 1 or (len(listed) == 1 and bool(listed[0].plans) and not plans <= {*listed[0].plans})


def _before_none(closeout: Closeout) -> list[str]:
    """Those of the paper's executives whom no board of appraisal.yaml is for, plan by plan; where it names no board, nothing."""
    listed = boards_of(closeout)
    if not listed or any(not board.plans for board in listed):
        return []
    held = {plan for board in listed for plan in board.plans}
    people = (closeout.people.get(one.row.person_id) for one in closeout.found.rows)
    many = Counter(person.plan for person in people if person and person.plan and person.plan not in held)
    return [
        f"{number_of(count, 'executive')} of plan {plan} {'is' if count == 1 else 'are'} not before any board named."
        for plan, count in sorted(many.items())
    ]


def _before(closeout: Closeout, board: Board) -> int:
    people = (closeout.people.get(one.row.person_id) for one in closeout.found.rows)
    return sum(not board.plans or bool(person and person.plan in board.plans) for person in people)


def _plans(board: Board) -> str:
    if not board.plans:
        return "every plan"
    return f"{'plan' if len(board.plans) == 1 else 'plans'} {', '.join(board.plans)}"


def component(closeout: Closeout, row: WorksheetRow) -> str:
    """Where an executive serves, with the plan where several boards sit, each on plans of its own."""
    place = row.component or ""
    person = closeout.people.get(row.person_id)
    if not _by_plan(closeout) or person is None or not person.plan:
        return place
    return f"{place} (plan {person.plan})".strip()


def above_level_three(judged: JudgedRow, closeout: Closeout) -> str:
    """Who approves what only the highest official may."""
    person = closeout.people.get(judged.row.person_id)
    inside = deciding.under_inspector(person, closeout.sheet.terms.effective)
    return f"{deciding.INSPECTOR} or designee, as {TOP_OFFICIAL}" if inside else TOP_OFFICIAL


def attention(closeout: Closeout, asked: frozenset[int]) -> list[str]:
    """What the signers must know before the rows: the ceiling, what the executives exceed together, deferrals, the year."""
    said = _levels(closeout)
    said += [f"{must.title}: {must.text} ({must.citation})" for must in closeout.together]
    if closeout.deferrals:
        total = sum((one.deferred for one in closeout.deferrals), Decimal(0))
        year = closeout.deferrals[0].year
        said.append(
            f"{number_of(len(closeout.deferrals), 'award passes', 'awards pass')} the aggregate limit of {year}: {dollars(total)} is paid in January {year + 1}."
        )
    if asked:
        said.append(
            f"{number_of(len(asked), 'rate needs', 'rates need')} the approval of the {_approvers(closeout, asked)}, {BY_THIS_PAPER}; counted as "
            "allowed here, and marked 'for approval' in the column Verdict."
        )
    for many, what in (
        (len(closeout.blocks), "not allowed, or undetermined"),
        (len(closeout.flags), "without a written reason"),
    ):
        if many:
            said.append(f"{number_of(many, 'finding')} {what}; see the column Verdict.")
    said += [
        f"{one} A board recommends on each rating and award (5 U.S.C. 4314(c), 5384(c)(1))."
        for one in _before_none(closeout)
    ]
    effective = closeout.sheet.terms.effective
    if effective >= open_range_day() and (told := interim_rule(effective)):
        said.append(told)
    return [*said, *_doubted(closeout), *_determined(closeout), *_inspector(closeout), *_year(closeout)]


def _doubted(closeout: Closeout) -> list[str]:
    """What the roster has warned of: rates of the pool's base that are none of that day."""
    if not any(one.row.proposed_award for one in closeout.found.rows):
        return []
    found = pool_base.doubted(closeout.people.values(), closeout.sheet.terms.awards_paid_on)
    many = sum(map(len, found.values()))
    if not many:
        return []
    (because, whose), *_ = found.items()
    others = f", and {many - 1} more" if many > 1 else ""
    return [
        f"{number_of(many, 'rate')} that the pool counts can hardly be right: {whose[0]}, {days_in_words(because)}{others}; the roster check "
        "lists them all. Correct them before you sign: the pool follows."
    ]


def _levels(closeout: Closeout) -> list[str]:
    """The ceiling on levels 4 and 5; groups of which it says the same are in one sentence."""
    alike: dict[str, list[str]] = {}
    for group in closeout.groups:
        alike.setdefault(group.says, []).append(f"{group.name} {group.high} of {group.rated} career executives")
    return [f"Levels 4 and 5: {'; '.join(counted)}. {says}" for says, counted in alike.items()]


def _approvers(closeout: Closeout, asked: frozenset[int]) -> str:
    """Who gives the approvals that the paper asks for; more than one where some serve under the Inspector General."""
    waiting = (judged for judged in closeout.found.rows if judged.row.row in asked)
    return " and the ".join(dict.fromkeys(above_level_three(judged, closeout) for judged in waiting))


def _inspector(closeout: Closeout) -> list[str]:
    """That an Office of Inspector General is an agency of its own, and what is not known because of it."""
    terms = closeout.sheet.terms
    paid = any(
        one.row.proposed_award
        and deciding.under_inspector(closeout.people.get(one.row.person_id), terms.awards_paid_on)
        for one in closeout.found.rows
    )
    if not paid:
        return []
    said = pool_base.apart(closeout.people.values(), terms.awards_paid_on, closeout.sheet.certified)
    return [f"The Inspector General decides on that office's executives. {said}".rstrip()]


def _determined(closeout: Closeout) -> list[str]:
    """Whether the roster has other awards of this period, already determined, than the worksheet proposes."""
    if closeout.opened.from_roster:
        return []
    here = {one.row.person_id: one.row.proposed_award for one in closeout.found.rows}
    found = determined.compared(closeout.sheet.agency, closeout.people.values(), here)
    if found is None:
        return []
    return [
        f"The roster has {_counted(found.determined.values())} as determined, this paper {_counted(found.proposed.values())}; they differ for "
        f"{number_of(len(found.differ), 'executive')}: decide which hold, so that nothing is paid twice."
    ]


def _counted(awards: Collection[Decimal]) -> str:
    return f"{number_of(sum(bool(one) for one in awards), 'award')} of {dollars(sum(awards, Decimal(0)))}"


def _year(closeout: Closeout) -> list[str]:
    """What the record of the appraisal year leaves open about the boards, and about those for whom anything is proposed."""
    found = closeout.year
    if found is None:
        return []
    said = [one.cited for one in found.board_findings()]
    proposed = {one.row.person_id for one in closeout.found.rows if one.change or one.row.proposed_award}
    open_ones = list(dict.fromkeys(one.person_id for one in found.findings if one.person_id in proposed))
    if open_ones:
        named = ", ".join(open_ones) if len(open_ones) <= _NAMED else f"{', '.join(open_ones[:_NAMED])} and others"
        said.append(
            f"The record of the appraisal year is incomplete or out of order for {number_of(len(open_ones), 'executive')} below, "
            f"worst first: {named}."
        )
    return said
