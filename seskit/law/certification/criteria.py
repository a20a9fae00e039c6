"""The nine criteria a certified appraisal system meets, and the summary levels it needs."""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Iterator
from datetime import date
from typing import Annotated, Any, Literal, cast, get_args

from seskit.law import parameters, unsure
from seskit.law.answers import Answer
from seskit.law.checks import Check
from seskit.law.facts import AsOf, Fact, FactError, Group, Reads, Unreadable, YesNo, one_of
from seskit.law.question import question
from seskit.law.result import Basis, Result, Working

Criterion = Literal[
    "alignment",
    "consultation",
    "results",
    "balance",
    "assessments_guidelines",
    "oversight",
    "accountability",
    "performance_differentiation",
    "pay_differentiation",
]
CRITERIA: tuple[str, ...] = get_args(Criterion)


def _listed(text: str) -> Any:
    if not text.startswith("["):
        return [word for word in re.split("[,;\n]", text) if word.strip()]
    try:
        return json.loads(text)
    except json.JSONDecodeError:
        raise Unreadable("is not a JSON list", 'write for example ["alignment", "results"], or all') from None


def _keys(value: Any) -> list[str]:
    if isinstance(value, str):
        text = value.strip()
        if text.lower() == "all":
            return list(CRITERIA)
        value = _listed(text)
    if not isinstance(value, list | tuple | set | frozenset):
        raise Unreadable("is not a list of criteria", f"write all, or some of {', '.join(CRITERIA)}")
    return [one_of(key, CRITERIA) for key in value]


Shown = Annotated[
    str | list[str],
    Reads(_keys, {"anyOf": [{"const": "all"}, {"type": "array", "items": {"type": "string", "enum": list(CRITERIA)}}]}),
]
BY_INSPECTOR_GENERAL = ("assessments_guidelines", "oversight")


def criteria_on(as_of: date) -> dict[str, dict[str, Any]]:
    """The criteria in force on a date, by key and in order; none before subpart D took effect."""
    found = {
        path.rsplit(".", 1)[1]: parameters.recorded(path, as_of) for path in parameters.paths("certification.criteria")
    }
    rows = {key: {**figure.value, "citation": figure.citation} for key, figure in found.items() if figure}
    return dict(sorted(rows.items(), key=lambda row: int(row[1]["number"])))


def unsure_on(as_of: date) -> str:
    """What is not sure of the criteria on a date, to be printed beside them; empty where everything is."""
    return unsure.of_rules((f"certification.criteria.{key}" for key in CRITERIA), as_of)


def title(key: str, as_of: date) -> str:
    """A criterion as people call it, with its number."""
    return f"Criterion {criteria_on(as_of)[key]['number']}, {called(key, as_of)}"


def called(key: str, as_of: date) -> str:
    """A criterion by its name alone, inside a sentence."""
    return str(criteria_on(as_of)[key]["title"]).lower()


class CertificationCriterion(Answer):
    """One criterion of a certified system."""

    key: Annotated[str, Fact("Key")]
    number: Annotated[int, Fact("Number")]
    title: Annotated[str, Fact("Title")]
    requires: Annotated[str, Fact("Requires")]
    design: Annotated[str, Fact("Shows the design")]
    application: Annotated[str, Fact("Shows the application")]
    citation: Annotated[str, Fact("Citation")]
    documents: Annotated[Literal["needed", "design only"], Fact("Documents")]
    performed_by: Annotated[str, Fact("Performed by")]


@question("5 CFR 430.404; 5 CFR 1330.404")
def criteria(
    as_of: AsOf,
    *,
    group: Group,
    grade: Annotated[Literal["full", "provisional"], Fact("Grade asked for")] = "full",
    inspector_general: Annotated[YesNo, Fact("Office of Inspector General")] = False,
) -> Result[Annotated[list[CertificationCriterion], Fact("Criteria", "One row for each, in order.")]]:
    """Which criteria must a certified appraisal system meet, and what shows that it does?

    Nine criteria for both groups (5 CFR 430.404(a), 1330.404(a)); full certification tests design and application,
    provisional certification design. `answer` is a list of rows with `number`, `key`, `title`, `requires`, `design`,
    `application`, `documents` (needed, or design only), `performed_by` and `citation`.
    """
    work = Working(as_of)
    rows = []
    shown = shown_by_documents(as_of, grade)
    for key, row in criteria_on(as_of).items():
        official = "Inspector General or designee" if inspector_general else "agency head or designee"
        rows.append(
            CertificationCriterion(
                key,
                **row,
                documents="needed" if key in shown else "design only",
                performed_by=official if key in BY_INSPECTOR_GENERAL else "agency",
            )
        )
        sure = parameters.figure(f"certification.criteria.{key}", as_of).confidence
        work.note(f"{row['title']}: {row['requires']}", row["citation"], basis=cast("Basis", sure))
    if not rows:
        first = parameters.first_day("certification.criteria.alignment")
        raise FactError(f"as_of: no criteria were in force on {as_of}; the first day is {first}.")
    subpart = "C" if group == "SES" else "B"
    work.note(
        f"The system itself is one of 5 CFR part 430 subpart {subpart}, approved by OPM, and separate from the other "
        "group's; beside the criteria it makes meaningful distinctions based on relative performance.",
        "5 CFR 430.403; 5 U.S.C. 5307(d)(2)",
    )
    work.note("The wording of the evidence is the package's own, not OPM's list.", "5 CFR 430.404", basis="design")
    work.warned("certification.criteria_doubt", as_of)
    return work.answer(rows, f"{len(rows)} criteria apply to {group} systems; {len(shown)} must be shown by documents.")


def shown_by_documents(as_of: date, grade: str) -> list[str]:
    """The criteria that the documents of a request must show."""
    if grade == "full":
        return list(criteria_on(as_of))
    return list(parameters.figure("certification.documents.provisional", as_of).value)


def levels_fit(work: Working, group: str, count: int | None, used: Collection[int] | None) -> Iterator[Check]:
    """The number of summary levels, and the levels themselves where they are given."""
    rule = work.figure(f"certification.levels.{group}")
    cited = parameters.parameter(f"certification.levels.{group}").citation
    required, allowed = set(rule["required"]), {*rule["required"], *rule["optional"]}
    if used is not None:
        if count is not None and count != len(set(used)):
            raise FactError(f"levels: says {count}, but levels_used lists {len(set(used))}.")
        count = len(set(used))
    fewest, most = len(required), len(allowed)
    needed = f"exactly {most}" if fewest == most else f"{fewest} to {most}"
    if count is None:
        yield Check(None, f"{group} systems need {needed} summary levels; the number is not known.", cited)
        return
    fits = fewest <= count <= most
    yield Check(fits, f"The system has {count} summary levels; {group} systems need {needed}.", cited)
    if used is None:
        if fits and fewest != most:
            work.caution("Only the number of levels was tested; give levels_used to test which levels they are.")
        return
    missing = sorted(required - set(used))
    words = f"levels {', '.join(str(level) for level in missing)} are missing" if missing else "all required are there"
    yield Check(not missing, f"Of the levels a certified {group} system needs, {words}.", cited)
    if group == "SL/ST":
        patterns = work.figure("certification.levels.patterns")
        named = next((name for name, levels in patterns.items() if set(levels) == set(used)), None)
        yield Check(
            named is not None,
            f"The levels are pattern {named}." if named else "The levels are none of the patterns A to H.",
            "5 CFR 430.208(d); 5 CFR 430.403(d)",
        )
