"""Where the rules on the open pay range stood: announced, interim, proposed or final."""

from __future__ import annotations

from typing import Annotated, Literal

from seskit.law import parameters
from seskit.law.answers import Answer
from seskit.law.facts import AsOf, Fact
from seskit.law.question import question
from seskit.law.result import Result, Working

Topic = Literal["conversion", "certification", "pay"]


class RuleStatus(Answer):
    """Where a rule stands."""

    document: Annotated[str, Fact("Document")]
    status: Annotated[str, Fact("Status")]
    cite: Annotated[str, Fact("Where to read it")]
    binds: Annotated[bool, Fact("Binds")]


@question("5 CFR part 534; 5 CFR part 430, subpart D; 5 CFR part 1330, subpart D")
def rule_status(
    as_of: AsOf,
    *,
    topic: Annotated[
        Topic,
        Fact(
            "Subject",
            "conversion: how pay was carried into the open range; certification: criteria and requests; "
            "pay: setting and adjusting pay, above level III too.",
        ),
    ],
) -> Result[RuleStatus]:
    """Which rule speaks on this subject, and where does it stand on this day?

    A proposed rule is for comment and sets no pay; an interim or final one binds from its first day in effect (69 FR 2047, 45535,
    45547, 70355).
    `answer` holds the document, its status, where to read it, and whether it binds.
    """
    work = Working(as_of)
    found = work.figure(f"forum.documents.{topic}_rule")
    first = parameters.figure(f"forum.documents.{topic}_rule", as_of).first_day
    binds = bool(found["binds"])
    work.note(f"{found['event']} (from {first}).", found["cite"])
    work.note(f"Its status on {as_of}: {found['word']}.", found["cite"])
    says = f"On {as_of} the {found['called']} {'binds' if binds else 'does not bind'}"
    work.note(f"{says}.", found["cite"])
    answer = RuleStatus(document=found["called"], status=found["word"], cite=found["cite"], binds=binds)
    return work.answer(answer, f"{says}: {found['cite']}.")
