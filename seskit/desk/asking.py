"""`seskit questions`, `ask` and `changes`: what can be asked, one answer, and what changed in the rules."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from seskit.desk.arguments import day
from seskit.desk.console import say
from seskit.formats.memory import uncollected
from seskit.formats.refusals import FactError

if TYPE_CHECKING:
    from seskit.law.question import Question


@click.command()
@click.argument("words", metavar="[SUBJECT|WORD]...", nargs=-1)
@click.option("--json", "as_json", is_flag=True, help="Facts and answer as JSON Schema.")
def questions(words: tuple[str, ...], as_json: bool) -> None:
    """List every question that can be asked, with its facts.

    With words, those of one subject or those the words lead to: seskit questions pay; seskit questions bonus.
    """
    import json

    from seskit.desk.asked import line, search
    from seskit.law.question import questions as known

    listed = search.within(" ".join(words)) if words else tuple(known().values())
    if not listed:
        raise FactError(_nothing(" ".join(words)))
    if as_json:
        kept = [
            {
                "question": q.name,
                "asks": q.asks,
                "authority": q.authority,
                "facts": q.schema(),
                "answer": q.answers.schema(),
            }
            for q in listed
        ]
        say(json.dumps(kept, indent=2, ensure_ascii=False))
        return
    for asked in listed:
        say(f"{asked.name}\n    {asked.asks}\n    Authority: {asked.authority}\n    Example: {line.example(asked)}")
        for slot in asked.slots.values():
            need = "needed" if slot.required else "may be left out"
            help_text = f" {slot.help}" if slot.help else ""
            say(f"      {slot.name}: {slot.label} ({need}).{help_text}")
        say()


@click.command(context_settings={"ignore_unknown_options": True})
@click.argument("words", metavar="[QUESTION] [FACT=VALUE...]", nargs=-1, type=click.UNPROCESSED)
@click.option("--json", "as_json", is_flag=True, help="The answer as JSON.")
@click.option("--all", "everything", is_flag=True, help="Show every reason, figure and source.")
@uncollected()
def ask(words: tuple[str, ...], as_json: bool, everything: bool) -> None:
    """Ask one question.

    In plain words: seskit ask bonus; seskit ask how much can she earn

    Step by step: seskit ask awards.award_limits

    At once: seskit ask awards.award_limits as_of=2002-09-30 rate=129800

    Dates are year-month-day. Several values are separated with semicolons: "ratings=3; 4; 4". Rows of a table are
    "effective=2004-01-11, kind=adjustment; ..." or the name of a CSV file after an @. You can also write JSON. See: seskit questions.
    """
    from seskit.law.question import named

    asked = named(words[0]) if words else None
    if asked is None and words and ("." in words[0] or any("=" in word or word.startswith("--") for word in words[1:])):
        asked = _by_short_name(words[0])
    if asked is None:
        _search(" ".join(words), as_json)
    elif not words[1:] and not as_json and _is_asked_for_facts(asked):
        _step_by_step(asked, everything)
    else:
        _answer(asked, words[1:], as_json, everything)


def _answer(asked: Question[Any], texts: tuple[str, ...], as_json: bool, everything: bool) -> None:
    """Ask with the facts given at once; a fact that cannot be read is shown with an example."""
    from seskit.desk.asked import given
    from seskit.law.refused import Refused

    try:
        result = asked(**given.facts(asked, texts))
    except Refused as refused:
        from seskit.desk.asked import line

        slot = asked.slots.get(refused.name)
        shown = (
            f" For example, write {line.example_of(asked, slot)} instead." if slot and not refused.beside_others else ""
        )
        raise FactError(f"{refused}{shown}") from None
    say(result.to_json() if as_json else result.to_text(brief=not everything))


def _is_asked_for_facts(asked: Question[Any]) -> bool:
    from seskit.desk.asked import walk

    return walk.at_a_terminal() or any(slot.required for slot in asked.slots.values())


def _step_by_step(asked: Question[Any], everything: bool) -> None:
    """Walk through the facts on a terminal; anywhere else say which are needed, with an example."""
    from seskit.desk.asked import line, walk

    if not walk.at_a_terminal():
        needed = [f"  {slot.name}: {slot.label}" for slot in asked.slots.values() if slot.required]
        lines = [f"{asked.name} also needs facts:", *needed, f"Example: {line.example(asked)}"]
        raise FactError("\n".join([*lines, "On a terminal, the same command without facts asks for them one by one."]))
    steps = walk.QuestionWalk(asked)
    result = steps.run()
    if result is not None:
        say(f"\n{result.to_text(brief=not everything)}\n\n{steps.summary()}")


def _search(text: str, as_json: bool) -> None:
    """Print the questions that words lead to, each with the command to copy; on a terminal one may be chosen at once."""
    import json

    from seskit.desk.asked import line, search, walk

    if not text and walk.at_a_terminal() and not as_json:
        text = walk.typed("What would you like to know? Use your own words, for example bonus or raise:")
    if not text:
        raise FactError(
            "Say what you would like to know, for example: seskit ask bonus. Every question is listed by: seskit questions."
        )
    came = search.search(text)
    found = came.questions
    if not found:
        raise FactError(" ".join((*came.outside, _nothing(text))))
    if as_json:
        kept = [{"question": q.name, "asks": q.asks, "example": line.example(q)} for q in found]
        say(json.dumps(kept, indent=2, ensure_ascii=False))
        return
    for said in came.outside:
        say(f"{said}\n")
    say(f"Questions found for '{text}', the likeliest first:")
    for number, one in enumerate(found, 1):
        say(f"\n{number}. {one.asks}\n   Step by step: seskit ask {one.name}\n   Example: {line.example(one)}")
    if walk.at_a_terminal():
        chosen = walk.typed("\nNumber of a question to be asked it now, or Enter to end:").strip()
        if chosen.isdecimal() and 0 < int(chosen) <= len(found):
            _step_by_step(found[int(chosen) - 1], everything=False)


def _nothing(text: str) -> str:
    """That no question was found: what was searched, and the nearest words and questions."""
    from seskit.desk.asked import search
    from seskit.law.facts import suggestion
    from seskit.law.question import questions as known

    said = f"There is no question '{text}'." if " " not in text else f"No question was found for '{text}'."
    nearest = search.search(text).nearest
    near = f" The nearest words are {', '.join(nearest)}." if nearest else suggestion(text, known())
    return (
        f"{said}{near} Names, labels, sentences and everyday words of {len(known())} questions were searched. "
        "See: seskit questions."
    )


def _by_short_name(name: str) -> Question[Any]:
    """The question of that name, or the only one whose name ends so."""
    from seskit.law.question import find
    from seskit.law.question import questions as known

    same = [question for full, question in known().items() if full.partition(".")[2] == name]
    if len(same) > 1:
        raise FactError(f"{name} is the name of several questions: {', '.join(q.name for q in same)}.")
    return same[0] if same else find(name)


@click.command()
@click.argument("start", metavar="FROM")
@click.argument("end", metavar="TO")
@click.option("--subject", default="", help="Only the rules of one subject, for example pay_setting.")
def changes(start: str, end: str, subject: str) -> None:
    """List what changed in the rules after FROM, up to and including TO."""
    from seskit.law.parameters import changes as changed
    from seskit.law.parameters import paths

    if not paths(subject):
        subjects = sorted({path.partition(".")[0] for path in paths()})
        raise FactError(f"There are no rules of a subject '{subject}'. Subjects are {', '.join(subjects)}.")
    for change in (found := changed(day("FROM", start), day("TO", end), subject)):
        before, after = _in_words(change.before), _in_words(change.after)
        say(f"{change.first_day}  {change.label}: {before} -> {after}  [{change.source}]")
    if not found:
        say("Nothing recorded changed between these dates.")


def _in_words(value: object) -> object:
    from seskit.law.in_words import as_data

    if value is None:
        return "no rule"
    return {True: "yes", False: "no"}[value] if isinstance(value, bool) else as_data(value)
