"""What a request for certification contains, and how many performance plans go with it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Annotated, Any, Literal

from seskit.formats.counts import number_of
from seskit.law import parameters
from seskit.law.answers import Answer
from seskit.law.facts import AsOf, Fact, Group, Whole, YesNo
from seskit.law.question import question
from seskit.law.result import Result, Working
from seskit.law.versions import since

Held = Literal["none", "provisional", "full"]
Needed = Literal["needed", "design only", "not needed"]
HELD = Fact("Certification held now", "The grade in force, or in the year that ends.")
BASIC = Fact("Basic appraisal system", "Whether the agency uses the OPM-approved basic SES or SL/ST system.")
_CPM = "CPM 2004-13"


def sample_size(covered: int, as_of: date) -> int:
    """The performance plans to send for so many covered employees."""
    least = int(parameters.figure("certification.documents.plan_minimum", as_of).value)
    share = int(parameters.figure("certification.documents.plan_share", as_of).value)
    return min(covered, max(least, -(-covered * share // 100)))


@question("CPM 2004-13")
def plans_required(
    as_of: Annotated[AsOf | None, Fact("As-of date", "May be left out: the rule has one version.")] = None,
    *,
    covered: Annotated[
        Whole, Fact("Covered employees", "Members of the group that the system covers.", "people", zero=False)
    ],
) -> Result[Annotated[int, Fact("Performance plans to send", unit="plans")]]:
    """How many performance plans does an agency send with a request for certification?

    The greater of 10 percent of covered employees and 20 plans; all plans where fewer than 20 are covered (CPM 2004-13).
    `answer` is the number of plans.
    """
    when = as_of or parameters.first_day("certification.documents.plan_share")
    work = Working(when)
    least = int(work.figure("certification.documents.plan_minimum"))
    share = int(work.figure("certification.documents.plan_share"))
    number = sample_size(covered, when)
    if covered < least:
        work.note(f"Fewer than {least} are covered, so all plans are sent.", _CPM)
    else:
        work.note(f"The greater of {least} and {share} percent of {covered}.", _CPM)
        exact = max(Decimal(least), Decimal(covered * share) / 100)
        work.rounded(exact, number, "A fraction of a plan counts as one more plan.", _CPM)
    sent = f"{number_of(number, 'performance plan is', 'performance plans are')} sent"
    return work.answer(number, f"{sent} for {number_of(covered, 'covered employee')}.")


class RequestItem(Answer):
    """One requirement of a request."""

    number: Annotated[int, Fact("Number")]
    requirement: Annotated[str, Fact("Requirement")]
    citation: Annotated[str, Fact("Citation")]
    evidence: Annotated[str, Fact("What can show it")]
    needed: Annotated[Needed, Fact("Needed")]
    document: Annotated[str, Fact("Document", "Empty, for the agency to name its own.")]
    criterion: Annotated[str | None, Fact("Criterion", "Left out where it shows none.")] = None


@question("5 CFR 430.405(b); CPM 2004-13; CPM 2004-34; OPM memo of 2018-11-14")
@since(
    "certification.checklist.requirements",
    "as_of: nothing could be submitted on {as_of}; subpart D took effect on {first}.",
)
def submission(
    as_of: AsOf,
    *,
    requested: Annotated[Literal["full", "provisional"], Fact("Grade asked for")],
    group: Group,
    held: Annotated[Held, HELD] = "none",
    certified_for: Annotated[
        Whole | None, Fact("Calendar year asked for", "Until 2008-10-07 only; the year of the request unless given.")
    ] = None,
    changed: Annotated[YesNo, Fact("System changed since the last certification")] = False,
    basic_system: Annotated[YesNo | None, BASIC] = None,
    covered: Annotated[
        Whole | None, Fact("Covered employees", "To give the number of plans.", "people", zero=False)
    ] = None,
) -> Result[Annotated[list[RequestItem], Fact("Checklist of the request", "One row for each requirement.")]]:
    """What does an agency send to OPM to have an appraisal system certified?

    The request of 5 CFR 430.405(b) with the sample and layout of CPM 2004-13; a shorter one for holders of 2004 (CPM
    2004-34) and for the basic system since 2019. `answer` is a list of rows with `number`, `requirement`, `citation`,
    `evidence`, `needed` (needed, design only, not needed) and an empty `document` for the agency to name its own.
    """
    work = Working(as_of)
    in_years = parameters.recorded("certification.term.full_years", as_of) is not None
    year = (certified_for or as_of.year) if in_years else None
    rows = _renewal_for_2005(work, requested, held, changed, year)
    if rows is None:
        rows = _basic(work, requested, held, basic_system)
    if rows is None:
        rows = _package(work, as_of, requested, group, covered, in_years)
    work.note("The wording of the evidence is the package's own, not OPM's list.", _CPM, basis="design")
    if changed:
        work.caution("A changed system goes back to OPM for approval; ask for it together with the request.")
    count = sum(row.needed == "needed" for row in rows)
    return work.answer(rows, f"{count} items are needed to ask for {requested} certification of the {group} system.")


def _row(row: Mapping[str, Any], needed: Needed) -> RequestItem:
    wanted = ("number", "requirement", "criterion", "citation", "evidence")
    return RequestItem(**{key: row[key] for key in wanted if key in row}, needed=needed, document="")


def _renewal_for_2005(
    work: Working, requested: str, held: str, changed: bool, year: int | None
) -> list[RequestItem] | None:
    by_letter = parameters.recorded("certification.checklist.renewal_year", work.as_of) if work.as_of else None
    if by_letter is None or year != by_letter.value or held == "none" or (held, requested) == ("provisional", "full"):
        return None
    if held == "full":
        work.note(
            "A full certification of 2004 covers 2005: nothing to ask for; file the annual report.", "CPM 2004-34"
        )
        return []
    renewal = parameters.recorded("certification.checklist.renewal_2005", work.as_of) if work.as_of else None
    if renewal is None:
        return None
    work.note("A provisional holder of 2004 asks for 2005 with a letter and two lists.", renewal.citation)
    *lists, documents = renewal.value
    return [*(_row(row, "needed") for row in lists), _row(documents, "needed" if changed else "not needed")]


def _basic(work: Working, requested: str, held: str, basic_system: bool | None) -> list[RequestItem] | None:
    short = parameters.recorded("certification.checklist.basic_system", work.as_of) if work.as_of else None
    if short is None:
        return None
    if basic_system is None:
        work.caution("Whether the agency uses the basic appraisal system is not known; with it no plans are sent.")
        return None
    if not basic_system:
        work.note(
            "Certification 2.0 is only for the basic system; others stay with the assessment tool.", short.citation
        )
        return None
    work.note("On the basic appraisal system no performance plans are sent.", short.citation)
    work.caution("No later memo on Certification 2.0 was found; ask OPM whether it still runs.")
    renewed = (held, requested) == ("full", "full")
    asked = [] if renewed else _listed(work.as_of)[:2]
    return [_row(row, "needed") for row in (*asked, *short.value)]


def _listed(on: date | None = None) -> list[dict[str, Any]]:
    """The full checklist of a day; of its first day where none is given."""
    path = "certification.checklist.requirements"
    rows: list[dict[str, Any]] = parameters.figure(path, on or parameters.first_day(path)).value
    return rows


def numbered(number: int) -> RequestItem | None:
    """The item of the full checklist with that number; an item has the same number on every list of what to send."""
    return next((_row(row, "needed") for row in _listed() if row["number"] == number), None)


def former_numbers(as_of: date) -> dict[int, int]:
    """The items of the short list of that day by the numbers they once had; empty where there is none."""
    short = parameters.recorded("certification.checklist.basic_system", as_of)
    return {int(row["formerly"]): int(row["number"]) for row in short.value} if short else {}


def number_of_criterion(criterion: str) -> int:
    """The item of the full checklist that asks for a criterion."""
    return next(int(row["number"]) for row in _listed() if row.get("criterion") == criterion)


def _package(
    work: Working, as_of: date, requested: str, group: str, covered: int | None, in_years: bool
) -> list[RequestItem]:
    rows = []
    for listed_row in _listed(as_of):
        row = _row(listed_row, listed_row[requested])
        if row.citation == _CPM and covered is not None:
            row = row.but(evidence=f"{sample_size(covered, as_of)} plans with personal data removed")
        if row.number == 2:
            moved = parameters.figure("appraisal.regime.rule", as_of).value == "2015-rule"
            cited = "5 CFR 430.210" if group != "SES" else "5 CFR 430.314" if moved else "5 CFR 430.312"
            row = row.but(requirement=f"{row.requirement} ({cited})")
        rows.append(row)
    work.note("Where several documents prove one point, send the best example, not all of them.", _CPM)
    if not in_years:
        tool = {
            "number": len(rows) + 1,
            "requirement": f"Self-assessment with the {group} appraisal assessment tool, and what improved since the last comments",
            "citation": "OPM certification guidance",
            "evidence": "The scored tool, with improvements highlighted",
        }
        rows.append(_row(tool, "needed"))
        work.caution("The tool's questions and points were not found; use OPM's own copy.")
    if requested == "provisional":
        work.note(
            "Missing proof on the fifth to ninth criterion does not stop a provisional grant; a known flaw in design can.",
            "5 CFR 430.405(b)(3)(i), (c)(2), (f)(1)",
        )
    return rows
