"""Performance Review Boards: who sits on one, what it must have before it, and what it hands over."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from seskit.law.action_facts import Executive, kind_in_words
from seskit.law.answers import Answer
from seskit.law.checklist import Checklist, FoundByChecks, named
from seskit.law.checks import at_least, every
from seskit.law.facts import AsOf, Day, Fact, FactError, Whole, YesNo
from seskit.law.question import question
from seskit.law.result import CannotTell, Result, Working

ROSTER = ("P2", "P5")


class CheckedBoard(Answer, verdict="passes"):
    """Whether a board is lawfully made up."""

    roster_passes: Annotated[bool | None, Fact("Passes on its numbers", "Null: cannot tell.")]
    passes: Annotated[bool | None, Fact("Passes", "Null: cannot tell.")]
    failed: Annotated[list[str], Fact("Checks that fail", "Their keys.")]
    not_known: Annotated[list[str], Fact("Checks not known", "Their keys.")]
    warnings: Annotated[list[str], Fact("Warnings", "What is weak without being barred.")]


@question("5 U.S.C. 4314(c); 5 CFR 430.310 (2000 rule), 430.311 (2015 rule)")
def check_board(
    as_of: Annotated[AsOf, Fact("Day the board deliberates", "The rules of this day apply.")],
    *,
    members: Annotated[Whole | None, Fact("Members of the board", "", "count", zero=False)] = None,
    career: Annotated[
        Whole | None, Fact("Career members", "SES career appointees only; others count as members.", "count")
    ] = None,
    appointment_type: Executive = None,
    recused: Annotated[Whole, Fact("Members recused", "For this executive.", "count")] = 0,
    recused_career: Annotated[Whole, Fact("Career members among them", "", "count")] = 0,
    opm_finding: Annotated[YesNo, Fact("OPM found too few career appointees", "Lifts the career majority.")] = False,
    exists: Annotated[YesNo | None, Fact("Agency has a board")] = None,
    appointed_by_head: Annotated[YesNo | None, Fact("Appointed by or for the agency head")] = None,
    stable_appointment: Annotated[YesNo | None, Fact("Consistent, stable, objective appointment")] = None,
    published_on: Annotated[Day | None, Fact("Names published on", "In the Federal Register.")] = None,
    published: Annotated[YesNo | None, Fact("Names were published")] = None,
    first_meeting: Annotated[Day | None, Fact("First meeting")] = None,
    own_supervisor_sits: Annotated[YesNo, Fact("Executive's supervisor sits on the board")] = False,
    reconstituted: Annotated[YesNo | None, Fact("Reconstituted under the 2025 memorandum")] = None,
) -> Result[CheckedBoard]:
    """Is this Performance Review Board lawfully composed to review this executive?

    At least three members, more than half career when a career appointee is reviewed, names in the Federal Register
    before service (5 U.S.C. 4314(c); 5 CFR 430.310 and 430.311). `answer` holds the verdict on the numbers
    (`roster_passes`), on all checks (`passes`; null: cannot tell), the keys failed and not known, and warnings.
    """
    work = Working(as_of)
    _numbers_fit(members, career, recused, recused_career)
    checks = Checklist(work, "board_checks", as_of)
    checks.ask("P1", True if exists is None and members else exists)
    smallest = int(work.figure("appraisal.board.smallest"))
    checks.ask("P2", at_least(members, smallest), f"{_said(members)} members; {smallest} needed.")
    checks.ask("P3", appointed_by_head)
    checks.ask("P4", stable_appointment)
    warnings: list[str] = []
    _career_majority(checks, members, career, appointment_type, opm_finding)
    _panel(checks, warnings, members, career, appointment_type, recused, recused_career, opm_finding)
    early = published_on is not None and published_on >= as_of and (first_meeting is None or as_of < first_meeting)
    met = f"; first met or recommended on {first_meeting}" if first_meeting else "; the first meeting is not known"
    met = f"; the board deliberates on {as_of}" if early else met
    on_record = "Not published." if published is False else f"Published {_said(published_on)}{met}."
    checks.ask("P8", False if early else _published(published_on, published, first_meeting), on_record)
    checks.tell("P17")
    checks.ask("P18", reconstituted)
    if own_supervisor_sits:
        warnings.append("supervisor")
        work.caution(
            "The supervisor sits on the board that reviews the own rating: not barred in the text seen, but weak."
        )
    roster = every(row.passed for row in checks.rows if row.key in ROSTER)
    return work.answer(
        CheckedBoard(roster, checks.passes, checks.failed, checks.not_known, warnings), _says(roster, checks, warnings)
    )


#: What is weak without being barred, in the words of the answer.
_NOTED = {
    "panel": "after recusal, career appointees are no majority of those left",
    "panel size": "after recusal, too few members are left",
    "supervisor": "the supervisor sits on the board that reviews the own rating",
}


def _said(value: object) -> str:
    return "not known" if value is None else str(value)


def _numbers_fit(members: int | None, career: int | None, recused: int, recused_career: int) -> None:
    if members is not None and career is not None and career > members:
        raise FactError(f"career: {career} career members cannot sit on a board of {members}.")
    if recused_career > recused:
        raise FactError(f"recused_career: {recused_career} is more than the {recused} members recused.")
    if (members is not None and recused > members) or (career is not None and recused_career > career):
        raise FactError("recused: more members are recused than the board has.")
    if None not in (members, career) and (members or 0) - recused < (career or 0) - recused_career:
        raise FactError("recused: the members left are fewer than the career members left.")


def _majority(members: int | None, career: int | None) -> bool | None:
    return None if members is None or career is None else 2 * career > members


def _career_majority(
    checks: Checklist, members: int | None, career: int | None, executive: str | None, opm_finding: bool
) -> None:
    majority = _majority(members, career)
    if opm_finding:
        checks.tell("P7", "OPM made that finding.")
    elif executive in (None, "career"):
        settled = majority if executive or majority else None
        checks.ask("P5", settled, f"{_said(career)} of {_said(members)}; exactly half is not enough.")
    else:
        checks.tell("P6", f"This executive is {executive.replace('_', ' ')}." if executive else "")


def _panel(
    checks: Checklist,
    warnings: list[str],
    members: int | None,
    career: int | None,
    executive: str | None,
    recused: int,
    recused_career: int,
    opm_finding: bool,
) -> None:
    if not recused or members is None or career is None:
        return
    left, left_career = members - recused, career - recused_career
    checks.tell("P9", f"{recused} recused; {left} are left, {left_career} of them career.")
    if executive in (None, "career") and not opm_finding and not _majority(left, left_career):
        warnings.append("panel")
        checks.work.caution(f"After recusal {left_career} of {left} are career, no majority; add a career member.")
    smallest = int(checks.work.figure("appraisal.board.smallest"))
    if left < smallest:
        warnings.append("panel size")
        checks.work.caution(f"After recusal {left} members are left, fewer than {smallest}.")


def _published(published_on: date | None, published: bool | None, first_meeting: date | None) -> bool | None:
    if published is False:
        return False
    return None if published_on is None or first_meeting is None else published_on < first_meeting


def _says(roster: bool | None, checks: Checklist, warnings: list[str]) -> str:
    said = {
        True: "The numbers of the board pass.",
        False: "The numbers of the board fail.",
        None: "Cannot tell the numbers.",
    }
    parts = [said[roster]]
    if checks.failed:
        parts.append(f"Failed: {named(checks.work, checks.failed)}.")
    if checks.not_known:
        parts.append(f"Not known: {named(checks.work, checks.not_known)}.")
    says = " ".join([*parts, *(f"Note: {_NOTED[one]}." for one in warnings)])
    return CannotTell(says) if roster is None else says


@question("5 U.S.C. 4312(b)(3), 4314(c), 5384(c)(1); 5 CFR 430.310 (2000 rule), 430.311 (2015 rule)")
def check_board_record(
    as_of: Annotated[AsOf, Fact("Day the board deliberates", "The rules of this day apply.")],
    *,
    own_case_excluded: Annotated[YesNo | None, Fact("No member deliberated on the own appraisal")] = None,
    own_pay_excluded: Annotated[YesNo | None, Fact("No member took part in the own pay or award")] = None,
    saw_package: Annotated[YesNo | None, Fact("Saw initial rating, response, higher-level review")] = None,
    response_offered: Annotated[YesNo | None, Fact("Executive could respond in writing first")] = None,
    review_offered: Annotated[
        YesNo | None, Fact("Executive could have the initial rating reviewed at a higher level")
    ] = None,
    saw_assessment: Annotated[YesNo | None, Fact("Considered the organizational assessment")] = None,
    written: Annotated[YesNo | None, Fact("Recommendation on the rating is in writing")] = None,
    appointment_type: Executive = None,
    covers_award: Annotated[
        YesNo | None, Fact("Recommended on the award", "Asked for a career executive; others get no such award.")
    ] = None,
    covers_pay: Annotated[YesNo | None, Fact("Recommended on the pay adjustment", "Asked from 2015-10-26.")] = None,
    recommended_on: Annotated[Day | None, Fact("Recommendation dated")] = None,
    annual_rating_on: Annotated[Day | None, Fact("Annual summary rating dated")] = None,
) -> Result[FoundByChecks]:
    """Does the record of the board's work on one executive hold up?

    The executive could respond and ask for a higher-level review (5 U.S.C. 4312(b)(3)); the board sees the whole
    package, decides on no member's own case, and recommends in writing before the annual rating (4314(c)). `answer` holds the verdict (null: cannot tell), the keys failed and
    not known; ORDER means the board came after the rating.
    """
    work = Working(as_of)
    checks = Checklist(work, "board_checks", as_of)
    checks.ask_all(
        P9=own_case_excluded, P10=own_pay_excluded, P11=saw_package, P12=response_offered, P20=review_offered,
        P13=saw_assessment, P14=written,
    )  # fmt: skip
    if appointment_type in (None, "career"):
        checks.ask("P15", covers_award)
    elif covers_award is not None:
        told = f"P15: not asked of a {kind_in_words(appointment_type)} executive."
        work.note(told, "5 U.S.C. 5384(a)", "not asked", key="P15")
    checks.ask("P19", covers_pay)
    checks.tell("P16")
    before = at_least(annual_rating_on, recommended_on)
    ordered = "The board's recommendation comes before the annual summary rating."
    checks.write("ORDER", before, ordered, "5 U.S.C. 4314(b)(1)(A), (B)")
    return work.answer(checks.answer(), checks.says("The record"))
