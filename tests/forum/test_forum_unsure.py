"""What is not sure says so wherever it is printed: on slides, in handouts, guide and key, in job aids and lessons."""

from __future__ import annotations

import re
import shutil
from datetime import date
from pathlib import Path

import pytest

from seskit.forum import config, lessons, looked_up, papers, pictures, shown
from seskit.forum.build import Kit, resolve
from seskit.forum.config import Forum
from seskit.forum.place import SourcePlace
from seskit.forum.references import Resolver, TeachingFact
from seskit.law import parameters, unsure
from seskit.law.question import find
from tests.places import TRAINING

TODAY = date(2026, 11, 22)


def _plain(words: str) -> str:
    return words.replace("\\", "")


def _resolver(day: date, facts: dict[str, TeachingFact] | None = None) -> Resolver:
    forum = Forum(TRAINING / "course", {"title": "T", "date": day, "content_as_of": day}, (), ())
    return Resolver(forum, facts or {})


def _days() -> list[tuple[str, date]]:
    """Every rule on each of its first days on which it is in force."""
    return [
        (path, value.first_day)
        for path in parameters.paths()
        for value in parameters.parameter(path).values
        if value.value is not None
    ]


def test_every_rule_that_is_not_confirmed_says_so_where_it_is_shown() -> None:
    """Each rule, on each of its days, has a caveat exactly where its value is not confirmed or a doubt is recorded."""
    place, seen = SourcePlace(TRAINING / "facts.yaml", 1), {True: 0, False: 0}
    for path, day in _days():
        found = parameters.figure(path, day)
        if isinstance(found.value, dict):
            pieces = unsure.of_figure(found, day)
        else:
            resolver = _resolver(day)
            resolver.line(f"{{{{rule {path}}}}}", place)
            pieces = list(resolver.doubts)
        wanted = found.confidence != "verified" or bool(parameters.doubt(path, day)) or path in parameters.doubts()
        assert bool(pieces) == wanted, (path, day)
        told = unsure.told(pieces)
        assert bool(told) == wanted
        if wanted and path not in parameters.doubts():
            assert found.label in told, (path, day)
        seen[wanted] += 1
    assert min(seen.values()) > 100


def test_a_doubt_names_a_rule_and_holds_on_its_days_only() -> None:
    """The doubt about criterion 5 begins on October 15, 2025, and with it the criterion is no longer confirmed."""
    assert parameters.doubts() == {
        "awards.pool.guidance_doubt",
        "certification.criteria_doubt",
        "staffing.program.doubt",
    }
    path = "certification.criteria.assessments_guidelines"
    before, after = date(2025, 10, 14), date(2025, 10, 15)
    assert (parameters.figure(path, before).confidence, parameters.doubt(path, before)) == ("verified", "")
    assert parameters.figure(path, after).confidence == "recalled"
    assert "was not seen" in parameters.doubt(path, after)
    bases = [{reason.basis for reason in find("certification.criteria")(as_of=day, group="SES").reasons if "numeric limit" in reason.text} for day in (before, after)]  # fmt: skip
    assert bases == [{"verified"}, {"recalled"}]
    assert parameters.doubt("certification.criteria.alignment", after) == ""


@pytest.mark.parametrize(("basis", "wanted"), [("recalled", True), ("verified", False)])
def test_a_fact_from_memory_says_so(basis: str, wanted: bool) -> None:
    """A teaching fact from memory has a caveat with what it cites; a confirmed one has none."""
    place = SourcePlace(TRAINING / "facts.yaml", 1)
    resolver = _resolver(TODAY, {"F": TeachingFact("F", "So it is.", "5 CFR 430.404", basis, None, None, "", place)})
    resolver.line("{{fact F}}", place)
    assert ("5 CFR 430.404" in resolver.take_unsure()) == wanted
    assert resolver.take_unsure() == ""


def test_answers_tables_and_pictures_say_what_behind_them_is_not_sure() -> None:
    """What a table, picture or answer looks up is named where it is not confirmed, and only then."""
    place = SourcePlace(TRAINING / "facts.yaml", 1)
    unsure_there = {
        "{{table criteria first=5 last=6}}": "fifth criterion", "{{table criteria first=8 last=9}}": "eighth criterion",
        "{{table caps}}": "Vice President", "{{chart pay_limits}}": "Vice President",
        "{{ask awards.award_pool count=30 aggregate=6000000 | pool}}": "7.5 percent",
    }  # fmt: skip
    for reference, words in unsure_there.items():
        for _ in range(2):  # a picture is drawn once
            resolver = _resolver(TODAY)
            resolver.line(reference, place)
            assert words in resolver.take_unsure(), reference
    for reference in ("{{table criteria first=1 last=4}}", "{{chart distinctions}}", "{{rule awards.pool.share_of_aggregate}}"):  # fmt: skip
        resolver = _resolver(TODAY)
        resolver.line(reference, place)
        assert resolver.take_unsure() == "", reference


def test_tables_and_pictures_look_up_where_it_is_noted() -> None:
    """No table or picture takes a figure or an answer past the note of what it looks up."""
    for module in (shown, pictures):
        text = Path(str(module.__file__)).read_text(encoding="utf-8")
        assert "parameters.figure(" not in text
        assert "parameters.recorded(" not in text
        assert not re.search(r"\bfind\([^)]*\)\(", text)
    with looked_up.gathered() as behind:
        shown.awards(TODAY)
    assert {found.name for found, _ in behind} >= {"pay_setting.ses_range.minimum", "awards.individual.maximum_share"}


def test_each_paper_of_a_kit_carries_the_caveats_of_its_slides(resolved: list[Kit]) -> None:
    """The foot of the slide and the handout have what is not sure on screen; the guide and the key, of all that is said."""
    seen = 0
    for kit in resolved:
        guide, key = (_plain(one(kit.forum, kit.lessons).body) for one in (papers.guide, papers.answer_key))
        for lesson in kit.lessons:
            handout = _plain(papers.handout(kit.forum, lesson).body)
            foot = papers.deck(kit.forum, lesson, page=False).sources
            page = _plain(papers.deck(kit.forum, lesson, page=True).body)
            for step in lesson.steps:
                if step.unsure and not step.task:
                    assert step.unsure.rstrip(".") in foot[step.title], step.title
                    assert step.unsure.rstrip(".") in page, step.title
                    assert step.unsure in handout, step.title
                    seen += 1
                if step.unsure_in_all:
                    assert step.unsure_in_all in guide, step.title
                if step.unsure_in_all and step.answer:
                    assert step.unsure_in_all in key, step.title
            for check in lesson.checks:
                assert check.unsure in key
    assert seen > 8


def test_the_kit_of_today_does_not_state_flatly_what_is_in_doubt(resolved: list[Kit]) -> None:
    """Criterion 5, criterion 8 and the award pool have their doubts on screen; the kit of 2004 has none of them."""
    today, then = (next(kit for kit in resolved if kit.forum.folder.name == name) for name in ("2026-update", "2004-07-28-pay"))  # fmt: skip
    for words, doubt in (("numeric limit on any rating level", "Whether 430.404 changed with it was not seen"), ("not ranked against one another", "Whether 430.404 changed with it was not seen"), ("The pool of all awards", "Whether it was replaced after fiscal year 2017 is not known")):  # fmt: skip
        for kit, wanted in ((today, True), (then, False)):
            steps = [step for lesson in kit.lessons for step in lesson.steps if words in _plain(step.body)]
            assert steps, words
            assert all((doubt in step.unsure) == wanted for step in steps), (kit.forum.folder.name, words)
    checklist = _plain(today.aids["criteria-checklist"].body)
    assert checklist.count("Whether 430.404 changed with it was not seen") == 1
    asked = dict(pair for lesson in today.lessons for pair in lesson.faqs)
    limit = next(_plain(answer) for question, answer in asked.items() if "may spend on awards" in question)
    assert "7.5 percent" in limit
    assert "is not known; ask OPM" in limit


def test_lessons_say_each_caveat_once() -> None:
    """A lesson names what is not confirmed where it first stands, and not again in a later section."""
    for path in lessons.course().paths.values():
        for lesson in path.lessons:
            told = [line for _, text in lesson.sections for line in _plain(text).splitlines() if line.startswith(("Not yet confirmed", "Our own reading:", "In doubt:"))]  # fmt: skip
            pieces = [piece for line in told for piece in line.partition(": ")[2].rstrip(".").split("; ")]
            assert len(pieces) == len(set(pieces)), lesson.name
    total = next(
        one for path in lessons.course().paths.values() for one in path.lessons if one.name == "pay_setting.total"
    )
    section = next(text for title, text in total.sections if title == "A limit on the whole year")
    assert "Not yet confirmed in the source: Executive Schedule level I" in _plain(section)


def test_a_kit_of_ones_own_gets_the_caveat_without_asking(tmp_path: Path) -> None:
    """A slide somebody adds that shows an unconfirmed amount has its caveat at the foot."""
    shutil.copytree(TRAINING, tmp_path / "training")
    session = tmp_path / "training" / "sessions" / "pay_today.md"
    written = session.read_text(encoding="utf-8")
    session.write_text(written.replace("- {{fact C1}}", "- Total pay stops at {{rule pay_setting.vice_president.official}}."), encoding="utf-8")  # fmt: skip
    kit = resolve(config.read(tmp_path / "training" / "2026-update"))
    step = next(one for lesson in kit.lessons for one in lesson.steps if "Total pay stops" in one.body)
    assert step.sources.endswith("Not yet confirmed in the source: official salary of the Vice President")
