"""An item of Form 1558 has its number in the edition of the form alone: no module and no sentence knows it."""

import re
from pathlib import PurePosixPath

import pytest

from seskit.record.agency import Options
from tests.places import PACKAGE

#: A sentence that names an item by a number, and code that looks one up by it.
SAID = re.compile(r"\b[Ii]tems?[ _]\d+\w*(?: (?:to|and) \d+)?")
LOOKED_UP = re.compile(r"""\b(?:items|blanks)(?:\.get\(|\[)["']\d+|edition\.items\[[1-9]|\b(?:named|_item)\(["']?\d+""")
#: What an agency writes into `agency.yaml`: those files keep their words, whatever number an item has on a later form.
KEYS = {name for name in Options.model_fields if "item_" in name} | {"item_9_career", "item_4_number", "item_10_career"}
#: Other numbers, by file and words, and why.
ALL_THE_SAME = {
    ("desk/asked/questions/report.yaml", "item 4"): "what people type who look for the question",
    ("law/report/editions.py", "item 4"): "an example of what is said of an edition",
    ("law/report/editions.py", "items 9 and 10"): "an example of what is said of an edition",
    ("law/report/editions.py", "items 4 to 8"): "an example of what is said of an edition",
    ("work/certification/mock_review.py", "item 2"): "of OPM's list for certification, which is no form",
    ("work/certification/mock_review.py", "item 5"): "of OPM's list for certification, which is no form",
    ("work/certification/mock_review.py", "item 15"): "of OPM's list for certification, which is no form",
    ("work/certification/mock_review.py", "item 16"): "of OPM's list for certification, which is no form",
}
#: The rules hold the editions, and citations of one edition; what they say is data with a date.
RULES = PACKAGE / "law" / "rules"


def found(text):
    return [one for pattern in (SAID, LOOKED_UP) for one in pattern.findall(text) if one not in KEYS]


def modules():
    kinds = {".py", ".yaml", ".j2", ".typ", ".js", ".css"}
    return [one for one in sorted(PACKAGE.rglob("*")) if one.suffix in kinds and RULES not in one.parents]


def test_no_module_says_an_item_by_its_number():
    """Ask the edition: `named` for a sentence, `numbers` for a key; inside, an item goes by what it holds."""
    said = {
        (PurePosixPath(file.relative_to(PACKAGE)).as_posix(), one)
        for file in modules()
        for one in found(file.read_text(encoding="utf-8"))
    }
    assert said == set(ALL_THE_SAME)


@pytest.mark.parametrize(
    ("text", "seen"),
    [
        ('f"item 4 counts {number}"', True), ("Items 4 to 8 are filled", True), ("b.item_7_total", True),
        ('form.blanks["3"]', True), ("edition.items[4]", True), ('form.blanks.get("8")', True), ('items["10"]', True),
        ("options.item_4_year", False), ('f"item {number} counts"', False), ('form.blanks["paid_in"]', False),
        ("one item and 4 others", False),
    ],
)  # fmt: skip
def test_the_rule_sees_each_way_to_name_an_item(text, seen):
    """A number in a sentence, in a name and in a place of a table is seen; an option's name and a name in words are not."""
    assert bool(found(text)) is seen
