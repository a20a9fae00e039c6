"""What goes with a request: the letter to sign, the description of the system in parts, and the self-assessment."""

from __future__ import annotations

from collections.abc import Sequence

from seskit.formats.days import long_date
from seskit.formats.documents import Document, escaped, table
from seskit.formats.in_short import joined
from seskit.law.certification.deciders import decider
from seskit.paper.certification.papers import in_doubt
from seskit.work.certification.description import Described, DescriptionPart
from seskit.work.certification.evidence import short_list, without_criteria
from seskit.work.certification.evidence_from_rosters import SAMPLE
from seskit.work.certification.mock_review import Rehearsal
from seskit.work.certification.self_assessment import Answered, AssessmentSection, SelfAssessment

_LINE = "______________________________"
_TO_WRITE = "(to be written)"


def letter(found: Rehearsal, enclosed: Sequence[str]) -> Document:
    """The letter of request as it is signed: to whom, for what, on what ground, with what enclosed."""
    system = found.system
    who = decider(system.decision_on, branch=system.branch, inspector_general=system.inspector_general).answer
    address = [str(who.decides), *([f"With the concurrence of the {who.concurs}"] if who.concurs else [])]
    parts = [
        escaped(system.organization),
        escaped(long_date(system.asked_on)),
        "\\\n".join(escaped(line) for line in address),
        f"Subject: **{escaped(_subject(found))}**",
        escaped(_asks(found)),
        escaped(_ground(found)),
        escaped(_held(found)),
        escaped(_papers(found)),
        "# Enclosed\n",
        "\n".join(f"{number}. {escaped(what)}" for number, what in enumerate(enclosed, 1)),
        f"Signed: {_LINE}",
        escaped(system.signed_by),
        f"Contact for questions: {_LINE}",
        in_doubt(found).strip() if system.requested == "full" else "",
    ]
    return Document(
        _subject(found), "\n\n".join(part for part in parts if part) + "\n", system.organization, draft=not found.final
    )


def _subject(found: Rehearsal) -> str:
    system = found.system
    return f"Request for {system.requested} certification of the {system.name}"


def _asks(found: Rehearsal) -> str:
    system = found.system
    return (
        f"{system.organization} asks for {system.requested} certification of its {system.group} appraisal system, the {system.name}, "
        f"under 5 U.S.C. 5307(d) and 5 CFR 430.405(b). The system covers {joined(system.covers)}."
    )


def _ground(found: Rehearsal) -> str:
    if found.system.requested == "provisional" and without_criteria(found.points):
        return "This request renews the certification held; the criteria of 5 CFR 430.404(a) count as shown for it."
    if found.system.requested == "provisional":
        return "The request covers the design of the system, by the first four criteria of 5 CFR 430.404(a)."
    ground = ["The request covers the design of the system and its use, by all nine criteria of 5 CFR 430.404(a)."]
    if short_list(found.system):
        ground.append(
            "The system is OPM's basic system: the oversight official verifies that the criteria are met, and no plans are sent."
        )
    periods = " and ".join(f"{long_date(one.period.first)} to {long_date(one.period.last)}" for one in found.data)
    if periods:
        spans = "periods" if len(found.data) > 1 else "period"
        ground.append(f"Ratings, adjustments, awards and pay of the appraisal {spans} {periods} are enclosed.")
    return " ".join(ground)


def _papers(found: Rehearsal) -> str:
    said = "The checklist names for each requirement the document and the place in it. Persons are named by this agency's own numbers only"
    plans = any(point.role == SAMPLE for point in found.points)
    return f"{said}; personal data are removed from the plans that are sent." if plans else f"{said}."


def _held(found: Rehearsal) -> str:
    system = found.system
    approval = {"approved": "OPM has approved the system.", "requested": "Approval of the system is requested at the same time.",
                "none": "OPM has not approved the system."}[system.approval]  # fmt: skip
    if system.held == "none":
        return f"The system holds no certification now. {approval}"
    if system.lapsed:
        return f"The {system.held} certification of the system ended on {long_date(system.lapsed)}; it holds none now. {approval}"
    until = f" until {long_date(system.held_until)}" if system.held_until else ""
    return f"The system holds {system.held} certification{until}. {approval}"


def description(found: Rehearsal, described: Described) -> Document:
    """The description of the system in parts; a draft while a part is not written."""
    system = found.system
    kind = {"new": "This is a new system.", "changed": "This system was changed since it was last approved.",
            "unchanged": "This system is as it was last approved.", None: ""}[described.kind]  # fmt: skip
    parts = [f"{escaped(system.description)} {escaped(kind)}".strip()]
    if described.open:
        rows = [(part.title, part.asks) for part in described.open]
        parts.append("# Still to be written\n\n" + table("Parts without an answer", ("Part", "What it asks"), rows))
    for number, part in enumerate(described.parts, 1):
        parts.append(_part(number, part))
    title = f"System description: {system.name}"
    return Document(title, "\n\n".join(parts) + "\n", system.organization, draft=bool(described.open))


def _part(number: int, part: DescriptionPart) -> str:
    text = escaped(part.answer or _TO_WRITE)
    asked = f"*{escaped(part.asks)}* {escaped(f'({part.law})')}"
    facts = (
        "\n\n" + table(f"{part.title}, from the agency's files", ("What", "Value"), part.facts) if part.facts else ""
    )
    return f"# {number}. {escaped(part.title)}\n\n{asked}\n\n{text}{facts}"


def assessment(found: SelfAssessment) -> Document:
    """The self-assessment: scores by section, what is open, and each point with evidence and where it was seen."""
    rows = [
        (
            one.title,
            one.weight.quantize(one.score),
            one.score,
            sum(p.standing == "met" for p in one.points),
            len(one.points),
        )
        for one in found.sections
    ]
    weights = (
        "The agency's own weights."
        if found.own_weights
        else "Every section has the same weight; give your own in assessment.yaml."
    )
    parts = [
        escaped("For the agency only: this assessment is not sent."),
        escaped(found.says),
        *_stated(found),
        table(f"Score by section. {weights}", ("Section", "Weight", "Score", "Points met", "Points"), rows),
        *_differing(found),
        "# What only a person can say\n\n" + table(
            "Open points", ("Point", "Why it is open"),
            [(f"{one.asked.words} ({one.asked.law})", _why_open(one)) for one in found.open]),
        *(_section(one) for one in found.sections),
        in_doubt(found.rehearsal).strip(),
        escaped(
            "A suggestion comes from the agency's own files and never from the text of a document: no machine can say whether a "
            "goal is the right one, a target is high enough, or a distinction is deserved. The last column names what is left to judge."
        ),
    ]  # fmt: skip
    system = found.rehearsal.system
    return Document(
        f"Self-assessment: {system.name}",
        "\n\n".join(part for part in parts if part) + "\n",
        system.organization,
        draft=bool(found.open),
    )


def _stated(found: SelfAssessment) -> list[str]:
    """The score that the request states, where it is another one, and why both stand."""
    stated = found.rehearsal.system.assessment_score
    if stated is None or stated == found.score:
        return []
    return [
        escaped(
            f"The request states {stated}: that is the score of OPM's tool (assessment_score in certification.yaml), which is sent."
        )
    ]


def _why_open(one: Answered) -> str:
    if one.answer is not None:
        return f"Answered '{one.answer.answer}' without a document, and the files do not show it."
    return " ".join(one.suggestion.seen)


def _differing(found: SelfAssessment) -> list[str]:
    rows = [
        (one.asked.words, f"{one.answer.answer}: {one.answer.shown or 'no document'}", f"{one.suggestion.standing}: {'; '.join(one.suggestion.seen)}")
        for one in found.points if one.differs and one.answer
    ]  # fmt: skip
    return (
        ["# Answers above what the files show\n\n" + table("To be explained", ("Point", "Answer", "The files"), rows)]
        if rows
        else []
    )


def _section(section: AssessmentSection) -> str:
    rows = [
        (f"{one.asked.words} ({one.asked.law})", f"{one.standing}, {one.said}", _evidence(one), one.asked.person)
        for one in section.points
    ]
    head = ("Point", "Stands", "Evidence, and where it was seen", "Left to judge")
    caption = f"{section.title}: {section.score} of {section.weight.quantize(section.score)}"
    return f"# {escaped(section.title)}\n\n" + table(caption, head, rows)


def _evidence(one: Answered) -> str:
    own = [one.answer.shown, one.answer.note] if one.answer else []
    said = [text for text in own if text]
    return "; ".join([*said, *one.suggestion.seen]) or "none"
