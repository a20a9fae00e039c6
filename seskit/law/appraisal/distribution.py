"""How many executives may be rated at the high levels: the ceiling of 2026, the ban on forced distribution before it."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Annotated

from seskit.formats.keyed import Keyed
from seskit.law import parameters
from seskit.law.answers import Answer
from seskit.law.appraisal.derivation import QUOTA_BAN
from seskit.law.cautions import OTHER_READING
from seskit.law.clocks import fiscal_year
from seskit.law.facts import AsOf, Fact, FactError, Percent, Whole, YesNo
from seskit.law.parameters import NoRule
from seskit.law.question import question
from seskit.law.result import CannotTell, Result, Working
from seskit.law.versions import since

CAP = "OPM guidance on the FY 2026 rating distribution"


def top_levels() -> tuple[int, ...]:
    """The levels that the ceiling counts together."""
    return tuple(parameters.latest("appraisal.ceiling.levels"))


class RatingCeiling(Answer, verdict="lawful"):
    """The most high ratings, and whether they keep it."""

    covered: Annotated[bool | None, Fact("Ceiling covers the agency", "Null: cannot tell.")]
    allowed: Annotated[int | None, Fact("Most at Levels 4 and 5", "Null: no ceiling, or cannot tell.", unit="people")]
    lawful: Annotated[bool | None, Fact("Lawful", "Null: cannot tell.")]


@question("OPM guidance on the FY 2026 rating distribution; 5 CFR 430.304(c)(3), 430.305(a)(5); 90 FR 44291")
@since(
    "appraisal.regime.quota_ban",
    "No rule on the distribution of ratings is recorded for {as_of}; the earliest is {first}.",
    NoRule,
)
def rating_ceiling(
    as_of: Annotated[AsOf, Fact("Last day of the appraisal period")],
    *,
    career_rated: Annotated[Whole | None, Fact("Career executives rated", "", "count")] = None,
    career_high: Annotated[Whole | None, Fact("Career executives at Levels 4 and 5", "", "count")] = None,
    career_members: Annotated[
        Whole | None,
        Fact("Career executives in the agency", "Rated or not; taken to be those rated if left out.", "count"),
    ] = None,
    noncareer_rated: Annotated[
        Whole, Fact("Noncareer executives rated", "They are left out of the count.", "count")
    ] = 0,
    limited_rated: Annotated[Whole, Fact("Limited executives rated", "They are left out of the count.", "count")] = 0,
    inspector_general: Annotated[
        YesNo, Fact("Office of Inspector General", "It counts separately from its agency.")
    ] = False,
    waived: Annotated[
        YesNo, Fact("Waived by the President", "By certifying outstanding performance of the agency's executives.")
    ] = False,
    agency_limit: Annotated[
        Percent | None, Fact("Agency's own limit on a level", "A share the agency sets, if any.", "percent")
    ] = None,
) -> Result[RatingCeiling]:
    """Does this distribution of ratings keep to the ceiling, or break the ban on forced distribution?

    From the FY 2026 closeout at most 30 percent of career executives at Levels 4 and 5 together, in agencies with five
    or more; before 2025-10-15 any quota on a level was prohibited (OPM guidance; 5 CFR 430.305(a)(5); 90 FR 44291).
    `answer` says whether the agency is covered, how many are allowed, and whether the distribution is lawful (null:
    cannot tell).
    """
    work = Working(as_of)
    if career_rated is not None and career_high is not None and career_high > career_rated:
        raise FactError(f"career_high: {career_high} is more than the {career_rated} career executives rated.")
    if agency_limit is not None and (banned := _quota_banned(work, as_of, agency_limit)):
        return banned
    share = work.recorded("appraisal.ceiling.share")
    if share is None:
        return _no_ceiling(work, career_rated, career_high)
    _left_out(work, noncareer_rated, limited_rated, inspector_general)
    members = career_rated if career_members is None else career_members
    if career_members is not None and career_rated is not None and career_rated > career_members:
        raise FactError(f"career_members: {career_members} is fewer than the {career_rated} career executives rated.")
    least = int(work.figure("appraisal.ceiling.covered_from"))
    if members is None:
        work.test(None, "The number of career executives is not known.", CAP)
        return _told(work, None, None, None, CannotTell("Cannot tell: the number of career executives is missing."))
    if members < least:
        work.note(f"{members} career executives; the ceiling covers agencies with {least} or more career members.", CAP)
        if career_members is None:
            work.caution(
                f"The career members are taken to be the {members} rated. With {least} or more, rated or not, at most "
                f"{share * members // 100} of those rated may be at Levels 4 and 5."
            )
        who = "office" if inspector_general else "agency"
        return _told(work, False, None, True, f"The ceiling does not cover this {who}.")
    return _measured(work, share, career_rated, career_high, waived)


def _told(
    work: Working, covered: bool | None, allowed: int | None, lawful: bool | None, says: str
) -> Result[RatingCeiling]:
    if doubt := work.recorded("appraisal.ceiling.later_years"):
        work.caution(doubt)
        year = fiscal_year(parameters.first_day("appraisal.ceiling.share"))
        work.note(f"The ceiling for fiscal year {year} is taken to go on.", CAP, basis="design")
        more = f"{says} This is the ceiling for fiscal year {year}; nothing later is recorded."
        says = CannotTell(more) if isinstance(says, CannotTell) else more
    return work.answer(RatingCeiling(covered, allowed, lawful), says)


def _quota_banned(work: Working, as_of: date, limit: Decimal) -> Result | None:
    ban = parameters.recorded("appraisal.regime.quota_ban", as_of)
    if ban:
        work.test(False, f"The agency limits a level to {limit} percent: a forced distribution.", ban.citation)
        return _told(work, False, None, False, "A limit on a level is a forced distribution, prohibited at the time.")
    ended = parameters.last_change("appraisal.regime.quota_ban")
    work.caution(
        f"The ban on forced distribution ended on {ended}. In the text of early 2024, 5 CFR 430.404(a)(5) and "
        "(a)(8), on certification, bar number limits in the yearly guidelines and ranking; "
        "whether that changed was not seen."
    )
    return None


def _no_ceiling(work: Working, rated: int | None, high: int | None) -> Result[RatingCeiling]:
    expected = work.recorded("appraisal.ceiling.expected_share")
    if expected is None:
        work.note("No ceiling on the distribution of ratings was in force.", QUOTA_BAN)
    elif high is None:
        work.note("The guidance sets no ceiling for this period.", "OPM memorandum of 2025-02-25")
        work.caution(f"OPM expected at most {expected} percent at Levels 4 and 5; guidance only for this period.")
    elif rated is not None and 100 * high > expected * rated:
        work.note("The guidance sets no ceiling for this period.", "OPM memorandum of 2025-02-25")
        work.caution(
            f"{high} of {rated} are more than the {expected} percent at Levels 4 and 5 that OPM expected; guidance "
            "only for this period, so no breach, but expect questions."
        )
    else:
        work.note(f"OPM expected {expected} percent at Levels 4 and 5; guidance only.", "OPM memorandum of 2025-02-25")
    return _told(work, False, None, True, "No ceiling binds for this period.")


def _left_out(work: Working, noncareer: int, limited: int, inspector_general: bool) -> None:
    if noncareer:
        work.note(f"{noncareer} noncareer executives are left out of the count.", CAP)
    if limited:
        work.caution(f"{limited} limited executives are left out; the guidance seen does not speak of them.")
    if inspector_general:
        work.note("An Office of Inspector General is counted separately from its agency.", CAP)
        text = "That the test of five or more applies to the Inspector General's office alone is our reading."
        work.caution(Keyed(text, OTHER_READING))


def _measured(work: Working, share: int, rated: int | None, high: int | None, waived: bool) -> Result[RatingCeiling]:
    if rated is None:
        work.test(None, "The number of career executives rated is not known.", CAP)
        return _told(
            work, True, None, True if waived else None, CannotTell("Cannot tell: the number rated is missing.")
        )
    allowed = share * rated // 100
    exact = Decimal(share * rated) / 100
    work.note(f"{share} percent of {rated} is {exact}.", CAP)
    work.rounded(exact, allowed, f"Rounded down to {allowed}; no rounding rule was seen.", CAP)
    if waived:
        work.note("The President has waived the ceiling for this agency.", CAP)
        return _told(work, True, allowed, True, "The ceiling is waived.")
    lawful = None if high is None else 100 * high <= share * rated
    held = (
        "It is not known how many are"
        if high is None
        else f"{high} of {rated} are"
        if high != 1
        else f"1 of {rated} is"
    )
    work.test(lawful, f"{held} at Levels 4 and 5; at most {allowed} may be.", CAP)
    says = {
        True: f"Within the ceiling: at most {allowed} of {rated}.",
        False: f"Over the ceiling: at most {allowed} of {rated} may be at Levels 4 and 5.",
        None: CannotTell(f"Cannot tell; at most {allowed} of {rated} may be at Levels 4 and 5."),
    }[lawful]
    return _told(work, True, allowed, lawful, says)
