"""Every session of every kit can be taught: aims met, slides worth looking at, talks of their length, something to cut, no answer given away."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal

from seskit.formats.days import long_date
from seskit.formats.documents import escaped
from seskit.forum import cited, papers, teaching
from seskit.forum.build import Kit
from seskit.forum.pictures import CITES, PICTURES
from seskit.forum.resolved import ResolvedSession, ResolvedStep
from seskit.forum.source import Session
from seskit.law.facts import dollars
from tests.figures_told import days_without_year, told

#: "One day" is a manner of speaking.
_EVERYDAY = "1 day"
_REFERENCE = re.compile(r"\{\{.*?\}\}")


def lessons(kits: list[Kit]) -> Iterator[tuple[str, ResolvedSession]]:
    for kit in kits:
        for one in kit.lessons:
            yield f"{kit.forum.folder.name}, {one.title}", one


def test_no_session_of_any_kit_lacks_what_teaching_needs(resolved: list[Kit]) -> None:
    """Aims with slide, exercise and check; no bare bullets twice; nothing half empty; titles with a point; talks; cuts."""
    found = [f"{where}: {fault}" for where, one in lessons(resolved) for fault in teaching.faults(one)]
    assert not found, "\n".join(found)


def test_each_fault_is_seen(resolved: list[Kit]) -> None:
    """Each rule names a session that breaks it."""
    lesson = next(one for _, one in lessons(resolved) if one.stem == "4-pay-2004")
    slide = next(step for step in lesson.steps if not step.task)
    task = next(step for step in lesson.steps if step.task)
    bullets = "- One short line\n- Another\n"

    def told(*steps: ResolvedStep, **changed: object) -> str:
        return "\n".join(teaching.faults(replace(lesson, steps=list(steps), **changed)))  # type: ignore[arg-type]

    assert "has no slide" in told(task)
    assert "has no exercise" in told(slide)
    assert "has no question in the check" in told(slide, task, checks=[])
    assert "is asked before it is taught" in told(task, replace(slide, aims=(1, 2, 3, 4)))
    assert "second slide of bare bullets in a row" in told(replace(slide, body=bullets))
    assert "is half empty" in told(replace(slide, body="- Short\n"))
    assert "the slide of objectives is half empty" in told(slide, objectives=["Name one."])
    assert "names a topic" in told(replace(slide, title="Twelve months"))
    assert "names a topic" in told(replace(slide, title="Questions on what changed", body="Which limit is yours?\n"))
    assert "names a topic" not in told(replace(slide, title="Which limit is yours?", body="Which limit is yours?\n"))
    head = "| Check | What is looked for |\n|---|---|\n"
    full = "".join(
        f"| {number} | {'A requirement that names what is measured and how ' * 3} |\n" for number in range(5)
    )
    assert "points, and 14 are read from afar" in told(replace(slide, body=head + full * 2))
    assert "read from afar" not in told(replace(slide, body=head + full[:160].rpartition(" ")[0] + " |\n" * 1))
    assert "leaves half of the slide empty" in told(replace(slide, body="| a | b |\n|--|--|\n"))
    assert "has an empty cell" in told(replace(slide, body=f"{head}| Plan | |\n"))
    assert "names nothing that it rests on" in told(replace(slide, body="![A](a.png)\n", cited=[]))
    assert "its notes have 2 words" in told(replace(slide, notes="Say hello."))
    asks = replace(slide, title="Which limit is yours?", body="Which limit is yours?\n", minutes=9, notes="word " * 98)
    assert "is taught for" not in told(asks)
    assert "is taught for 1 minute and its notes have 2 words" in told(replace(asks, notes="Say hello."))
    assert "is taught for 9 minutes and its notes have 98 words" in told(asks, stem="1-opening")
    assert "names no likely wrong answer" in told(replace(task, wrong=""))
    assert "nothing can be cut" in told(slide)
    assert "words beside its picture" in told(replace(slide, body=f"{slide.body}\n\nAnd words.\n"))


def test_no_slide_handout_or_talk_gives_an_answer_away(resolved: list[Kit]) -> None:
    """A day or an amount that an exercise asks for is on no slide, in no picture's words and in no talk before its answer."""
    for where, one in lessons(resolved):
        shown = "\n".join(
            f"{step.title}\n{step.body}\n{step.notes}" for step in one.steps if not step.exercise
        ).replace("\\", "")
        for step in (step for step in one.steps if step.exercise):
            answers = {told for told in _answers(step) if told not in step.body.replace("\\", "")}
            known = {told for told in answers if told in _looked_up(one)}
            given = {told for told in answers - known if re.search(rf"{re.escape(told)}(?![\d,])", shown)}
            assert not given, f"{where}: {step.title}: {given}"


def _answers(step: ResolvedStep) -> Iterator[str]:
    """The days and amounts that an exercise asks for, as people write them."""
    for asked in step.asked:
        answer = asked.question(**asked.facts).answer
        for path in asked.parts:
            value = answer
            for name in path.split(".") if path else []:
                value = value[name]
            if isinstance(value, date):
                yield long_date(value)
            elif isinstance(value, Decimal):
                yield dollars(value)


def _looked_up(one: ResolvedSession) -> str:
    """The limits of the year and the status of documents, which the slides are there to show and exercises ask to find."""
    words = ("pay_limits", "Pay limits on", "Status on")
    return " ".join(step.body for step in one.steps if any(word in step.body for word in words)).replace("\\", "")


def test_every_picture_says_itself_in_words_and_rests_on_something(resolved: list[Kit]) -> None:
    """Each is used, has words for those who cannot see it, and names its authority or its events'."""
    used = {name for _, one in lessons(resolved) for file in one.images for name in PICTURES if file.startswith(name)}
    used |= {
        name
        for kit in resolved
        for aid in kit.aids.values()
        for name in PICTURES
        for file in aid.images
        if file.startswith(name)
    }
    assert used == set(PICTURES) == set(CITES)
    for where, one in lessons(resolved):
        for step in one.steps:
            for alt in re.findall(r'\{alt="([^"]*)"', step.body):
                assert len(alt) > 60, f"{where}: {step.title}"
                assert re.search(r"\b\d\d\d\d-\d\d-\d\d\b", alt) is None, f"{where}: {alt}"


def test_the_run_sheet_has_the_clock_and_the_cuts(resolved: list[Kit]) -> None:
    """Each line of the day with its time; what is won by leaving out what may go."""
    kit = next(kit for kit in resolved if kit.forum.folder.name == "2004-07-28-pay")
    text = papers.run_sheet(kit.forum, kit.lessons).body.replace("\\", "")
    assert "Over by 12:30 p.m." in text
    assert "goes first" in text
    assert "goes next" in text
    assert text.count("| keep it |") > 10
    assert re.search(r"Leaving out what goes first saves \d+ minutes, what goes next \d+ more\.", text)
    guide = papers.guide(kit.forum, kit.lessons).body
    assert "**Likely wrong answers:**" in guide
    assert "**If time is short:** goes first." in guide
    assert "Write the mistake you saw most" in papers.tally_sheet(kit.forum, kit.lessons).body


def test_handouts_have_room_to_write_and_the_pictures(resolved: list[Kit]) -> None:
    """Lines below each slide that teaches, the pictures of the session, and no slide that only asks."""
    for kit in resolved:
        for one in kit.lessons:
            paper = papers.handout(kit.forum, one)
            taught = [step for step in one.steps if not step.task and not teaching.asks_the_room(step)]
            assert paper.body.count("My notes:") == len(taught)
            assert set(paper.images) == set(one.images)


def test_sources_are_said_once_and_their_days_in_words(resolved: list[Kit]) -> None:
    """What another source names is left out, sections of a title come together, and no day is written as in a file."""
    of_pay = ["5 U.S.C. 4312, 4314", "5 U.S.C. 4314(c)(5)", "5 U.S.C. 4312", "OPM memo CPM 2004-13", "CPM 2004-13"]
    assert cited.joined(of_pay) == "5 U.S.C. 4312, 4314, 4314(c)(5); OPM memo CPM 2004-13"
    assert cited.joined(["5 U.S.C. 5382(a)", "5 U.S.C. 5382(a), (b)", "5 U.S.C. 5382"]) == "5 U.S.C. 5382(a), (b), 5382"
    assert (
        cited.joined(["5 U.S.C. 5382(a), (b)", "5 U.S.C. 5307(a), (d)", "5 U.S.C. 5307(b)"])
        == "5 U.S.C. 5382(a), (b), 5307(a), (b), (d)"
    )
    ours = [f"our own reading of 5 CFR 430.404(a)({one})" for one in (2, 5)]
    assert cited.joined(ours) == "our own reading of 5 CFR 430.404(a)(2), (a)(5)"
    law = escaped("Pub. L. 110-372")
    assert [cited.behind(law, [one]) for one in ("Pub. L. 110-372", "36 CFR")] == ["", " (36 CFR)"]
    assert cited.joined(["OPM memorandum of 2000-10-17"]) == "OPM memorandum of October 17, 2000"
    assert cited.joined(["5 CFR 430.304 (2000 rule)", "5 CFR 430.404"]) == "5 CFR 430.304 (2000 rule); 5 CFR 430.404"
    for where, one in lessons(resolved):
        for step in one.steps:
            assert not re.search(r"\d{4}-\d\d-\d\d", step.sources), f"{where}: {step.title}"


def test_no_kit_shows_one_picture_for_two_points(resolved: list[Kit]) -> None:
    """The picture of a slide says what its title says; only the map of pay limits is looked at twice, on purpose."""
    for kit in resolved:
        shown = [name for one in kit.lessons for name in one.images if not name.startswith("pay_limits")]
        assert len(shown) == len(set(shown)), kit.forum.folder.name


def typed(session: Session) -> Iterator[str]:
    """What somebody wrote to be said or shown, without references; the facts of a task are invented and stand apart."""
    for step in session.steps:
        yield step.title
        yield "" if step.exercise else "\n".join(step.body.lines)
        yield from ("\n".join(found.lines) for name, found in step.blocks.items() if name not in ("answer", "tables"))
    for pair in (*session.faqs, *session.checks):
        yield "\n".join([*pair.question.lines, *pair.answer.lines])


def untied(kit: Kit, session: Session) -> set[str]:
    """Figures that nothing of the session gives: no rule, no answer, no picture, no task, and no story of its own."""
    given = [said for name, said in kit.came_to.items() if name.startswith(f"{session.file.name}: ")]
    given += ["\n".join(step.body.lines) for step in session.steps if step.exercise]
    known = told("\n".join(given)) | set(session.front.get("told") or ())
    words = _REFERENCE.sub(" ", "\n".join(typed(session)))
    days = {day for day in days_without_year(words) if not any(one.startswith(f"{day}, ") for one in known)}
    return (told(words) | days) - known - {_EVERYDAY}


def test_every_figure_in_a_talk_is_tied_to_what_gives_it(resolved: list[Kit]) -> None:
    """Of each session of each kit; what a session declares as told is in its words."""
    sessions = [(kit, session) for kit in resolved for _, session in kit.forum.sessions]
    assert {session.file.name: found for kit, session in sessions if (found := untied(kit, session))} == {}
    for _, session in sessions:
        said = _REFERENCE.sub(" ", "\n".join(typed(session)))
        assert set(session.front.get("told") or ()) <= told(said) | days_without_year(said), session.file.name


def test_a_figure_that_nothing_gives_is_found(resolved: list[Kit]) -> None:
    """Another span of notice in the talk, in words."""
    kit, session = next(
        (kit, one) for kit in resolved for _, one in kit.forum.sessions if one.file.name == "pay_today.md"
    )
    step = next(one for one in session.steps if one.title.startswith("A cut in pay"))
    notes = step.blocks["notes"].lines
    notes.append("You have thirty days.")
    try:
        assert untied(kit, session) == {"30 day"}
    finally:
        notes.pop()
