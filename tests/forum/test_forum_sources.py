"""Sources as a kit prints them: none of a later day, and nothing of our own under the name of a regulation."""

from __future__ import annotations

import re
import shutil
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from seskit.forum import cited, config, papers
from seskit.forum.build import Kit, resolve
from seskit.forum.place import KitError
from seskit.law import facts
from seskit.law.in_words import OURS
from tests.places import TRAINING

KITS = sorted(path.parent for path in TRAINING.glob("*/forum.yaml"))
KNOWN = cited.read_sources(TRAINING)
#: A section of the Code of Federal Regulations with its first day.
_LATER_SECTION = re.compile(
    r"\b(\d{3,4}\.\d{3}(?:\(\w+\))*(?:-\(\w+\))?) from ([A-Z][a-z]+ \d{1,2}, \d{4}|\d{4}-\d\d-\d\d)"
)
_SOURCE = re.compile(
    r"\d{2,3} FR \d+|CPM \d{4}-\d+|Pub\. L\. \d+-\d+|CRS report \w+|OPM (?:bulletin|memorandum) of [\w ]*\d{4}"
)


def printed(kit: Kit) -> str:
    """Everything on slides and in papers."""
    forum, lessons = kit.forum, kit.lessons
    decks = [papers.deck(forum, one, page=True).body for one in lessons]
    rest = [papers.handout(forum, one).body for one in lessons]
    both = [papers.guide(forum, lessons).body, papers.answer_key(forum, lessons).body]
    return "\n".join([*decks, *rest, *both, *(paper.body for paper in kit.shared.values())]).replace("\\", "")


@pytest.mark.parametrize("folder", KITS, ids=lambda folder: folder.name)
def test_every_source_was_there_on_the_day(folder: Path) -> None:
    """No slide, handout, guide or key names a document of a later day."""
    kit = resolve(config.read(folder))
    text = printed(kit)
    # The two rules of the forum of 2004 came out on the day after it, and the slides say so.
    named = {
        found
        for found in _SOURCE.findall(text)
        if not re.search(rf"{re.escape(found)}, (?:in effect when )?published on", text)
    }
    assert named
    later = {source for source in named if (cited.first_day(source, KNOWN) or date.min) > kit.forum.content_as_of}
    assert not later
    sections = {found: facts.day(found[2]) for found in _LATER_SECTION.finditer(text)}
    assert [found[0] for found, day in sections.items() if day > kit.forum.content_as_of] == []


@pytest.mark.parametrize("folder", KITS, ids=lambda folder: folder.name)
def test_what_is_our_own_is_called_ours(folder: Path) -> None:
    """No citation ends in '(our check)', and each line of a checklist says whether it rests on a rule or is ours."""
    text = printed(resolve(config.read(folder)))
    assert "(our check)" not in text
    if "Balanced measures checklist" in text:
        rows = [line for line in text.splitlines() if line.startswith("| BM")]
        assert all(re.search(r"5 CFR|5 U\.S\.C\.|our own check", row) for row in rows)
        assert any(OURS in row for row in rows)
        assert all(OURS in row for row in rows if row.startswith("| BM4"))


@pytest.mark.parametrize(
    ("source", "day"),
    [
        ("69 FR 70355", date(2004, 12, 6)), ("69 FR 2047", date(2004, 1, 1)), ("90 FR 44291", date(2025, 1, 1)),
        ("Pub. L. 110-372 s. 3", date(2007, 1, 3)), ("Pub. L. 108-136 s. 1125", date(2003, 1, 3)),
        ("CRS report RL33128", date(2005, 10, 1)), ("CPM 2004-25", date(2004, 12, 2)), ("CPM 2005-07", date(2005, 1, 1)),
        ("OPM memorandum of May 2025", date(2025, 1, 1)), ("5 CFR 430.301(b) (2015 rule)", date(2015, 1, 1)), ("5 U.S.C. 5382", None),
    ],
)  # fmt: skip
def test_the_day_of_a_source(source: str, day: date | None) -> None:
    """Known from the list, or from the volume, the Congress or the year in its name."""
    assert cited.first_day(source, KNOWN) == day


def test_a_later_source_is_left_off_from_the_day_before_it() -> None:
    """On December 5, 2004 the final rule is not among the sources; on December 6 it is."""
    both = ["5 U.S.C. 5382; 69 FR 70355"]
    assert cited.there_on(date(2004, 12, 5), both, KNOWN) == ["5 U.S.C. 5382"]
    assert cited.there_on(date(2004, 12, 6), both, KNOWN) == ["5 U.S.C. 5382", "69 FR 70355"]
    editions = ["5 CFR 430.304, 430.307 (2000 rule), 430.301(b) (2015 rule)"]
    assert cited.there_on(date(2000, 11, 14), editions, KNOWN) == ["5 CFR 430.304, 430.307 (2000 rule)"]
    assert cited.there_on(date(2016, 1, 4), editions, KNOWN) == editions
    moved = [
        "5 U.S.C. 4314(a); 5 CFR 430.304(c)(2), (3) to 2015-10-25, 430.305(a)(6), 430.306 from 2015-10-26, 430.301"
    ]
    for day, sections in (
        (date(2015, 10, 25), "430.304(c)(2), (3), 430.301"),
        (date(2015, 10, 26), "430.305(a)(6), 430.306, 430.301"),
    ):
        assert cited.there_on(day, moved, KNOWN) == ["5 U.S.C. 4314(a)", f"5 CFR {sections}"]
    assert cited.there_on(date(2012, 2, 15), ["5 CFR 430.305(b)-(c) from 2015-10-26"], KNOWN) == []


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        (
            "citation: 5 U.S.C. 5382, 5383(a)",
            "citation: CPM 2004-34",
            r"fact C1 rests on CPM 2004-34, which was not there yet on 2004-07-28",
        ),
        (
            "citation: 5 U.S.C. 5382, 5383(a)\n  basis: verified",
            "citation: 5 CFR 534.403\n  basis: design",
            r"fact C1 is our own design, and its citation names a law; cite 'our own check'",
        ),
    ],
)
def test_a_fact_without_a_source_of_its_own_stops_the_build(tmp_path: Path, old: str, new: str, expected: str) -> None:
    """One whose only source came later, and one of ours that names a regulation."""
    training = Path(shutil.copytree(TRAINING, tmp_path / "training"))
    file = training / "facts.yaml"
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(KitError, match=re.escape(expected) if "(" in expected else expected):
        resolve(config.read(training / "2004-07-28-pay"))


def test_the_list_of_sources_is_read_strictly(tmp_path: Path) -> None:
    """A source without a day is named; without a list every source is known by its name alone."""
    assert cited.read_sources(tmp_path) == {}
    (tmp_path / "sources.yaml").write_text("CPM 2004-13: July\n", encoding="utf-8")
    with pytest.raises(KitError, match=r"'CPM 2004-13' has no first day; write for example"):
        cited.read_sources(tmp_path)


def test_the_ceiling_and_criterion_5_are_reconciled() -> None:
    """The guide of 2026 says whom each binds, what the ceiling covers, and what was not seen."""
    kit = resolve(config.read(TRAINING / "2026-update"))
    answers: list[Any] = [answer for one in kit.lessons for question, answer in one.faqs if "criterion 5" in question]
    (answer,) = answers
    for words in (
        "30 percent",
        "5 or more career executives",
        "Noncareer executives are left out",
        "Inspector General",
        "October 15, 2025",
        "ask OPM",
    ):
        assert words in answer.replace("\\", "")


def test_the_kit_of_2000_teaches_what_the_memorandum_says() -> None:
    """Leaders' action, the use for bonuses and development, and the change of culture are on slides."""
    kit = resolve(config.read(TRAINING / "2000-11-14-balanced-measures"))
    slides = "\n".join(papers.deck(kit.forum, one, page=True).body for one in kit.lessons)
    for words in ("act on the results", "bonuses", "development", "change of culture"):
        assert words in slides


def test_the_sessions_are_in_plain_american_english() -> None:
    """No word that an OPM trainer would not say; the spelling of the whole project has a test of its own."""
    odd = re.compile(
        r"\b(nobody|anew|parted|hears|whoever|beside|told apart|does not pass)\b",
        re.IGNORECASE,
    )
    files = [
        *TRAINING.glob("sessions/*.md"),
        *TRAINING.glob("papers/*.md"),
        *TRAINING.glob("*.yaml"),
        *TRAINING.glob("*/forum.yaml"),
    ]
    found = {f"{file.name}: {hit[0]}" for file in files for hit in odd.finditer(file.read_text(encoding="utf-8"))}
    assert not found
