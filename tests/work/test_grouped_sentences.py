"""What is said of several problems together is true of each: on the correction page, in lists, on paper and on pages."""

from __future__ import annotations

import re
import shutil

import pytest

from seskit.desk import correcting
from seskit.desk.opener import overview
from seskit.formats.markup import Markup
from seskit.paper import findings as findings_page
from seskit.paper.report import printed_form
from seskit.record.alike import DIFFERS, alike, common, shape
from seskit.record.finding import of_problem
from seskit.record.problem import Problem
from seskit.work import corrections, report
from tests.extent import some
from tests.places import CASES, SAMPLES

PLACES = (SAMPLES / "DPW", *sorted(one.parent for one in CASES.glob("*/roster.csv")))


def worse(folder, place):
    """A copy of an agency with awards too small and too large, ratings that forbid one, and rates above the range."""
    shutil.copytree(folder, place)
    lines = (place / "roster.csv").read_text(encoding="utf-8").splitlines()
    heads = lines[0].split(",")
    changed = [lines[0]]
    for number, line in enumerate(lines[1:]):
        cells = line.split(",")
        if len(cells) == len(heads) and '"' not in line:
            for column, value in (("award", str(100 + number)), ("rating", str(1 + number % 3))):
                if column in heads:
                    cells[heads.index(column)] = value
        changed.append(",".join(cells))
    (place / "roster.csv").write_text("\n".join(changed) + "\n", encoding="utf-8")
    return place


def bare(reason):
    """A reason without the column before it."""
    return reason.partition(": ")[2] or reason


@pytest.mark.parametrize("folder", some(PLACES, 6), ids=lambda one: one.name)
def test_a_group_says_nothing_that_is_not_so_of_each_row(folder, tmp_path):
    """The reason and the advice of a group, beside those of every problem in it, for every kind there is."""
    found = corrections.open_folder(worse(folder, tmp_path / "XX"))
    looked = [group for group in found.groups if ":look-" in group.id]
    for group in looked:
        for row, column in group.places:
            own = [
                (f"{column}: {one.reason}" if column else one.reason, one.fix)
                for one in found.problems
                if one.row == row
            ]
            listed = "for example, " in group.reason
            assert any(
                (reason == group.reason and advice == group.fix)
                or (listed and (bare(reason) in group.fix or "more like these" in group.fix))
                for reason, advice in own
            ), (group.reason, row)
    for kind in alike(found.problems):
        for one in kind.problems:
            assert (one.file, one.column, one.reason, one.fix) == (
                kind.first.file,
                kind.first.column,
                kind.first.reason,
                kind.first.fix,
            )
            assert bool(one.value) == bool(kind.first.value)


def test_amounts_that_differ_are_said_row_by_row(tmp_path):
    """Two awards under the least amount of different rates: each with its own figures."""
    found = corrections.open_folder(worse(SAMPLES / "DPW", tmp_path / "XX"))
    small = next(group for group in found.groups if "for example, under 5 percent" in group.reason)
    assert DIFFERS not in small.reason + small.fix
    listed = re.findall(
        r"under 5 percent of (\$[\d,]+) \((\$[\d,]+)\): pay at least \2, or no award \(rows? (\d+)", small.fix
    )
    assert len(listed) > 1
    for rate, least, row in listed:
        (own,) = [one for one in found.of_cell(int(row), "award") if "under 5 percent" in one.reason]
        assert (own.reason, own.fix) == (f"under 5 percent of {rate} ({least})", f"Pay at least {least}, or no award.")
    assert any(small.fix in line for line in correcting.lines(found, [small]))


def problem(row, reason, fix="Correct it.", **more):
    return Problem(row, "award", "1", reason, fix, **more)


def test_a_list_on_a_page_says_of_all_only_what_holds_for_all():
    """The rule's finding with numbers left out; of different sentences the first is an example."""
    given = [
        problem(row, f"under 5 percent of ${rate}", check="R13") for row, rate in ((7, "174,800"), (40, "152,600"))
    ]
    said = findings_page.kinds([of_problem(one, "report") for one in given])
    assert isinstance(said, Markup)
    summary = said.partition("</summary>")[0]
    assert f"under 5 percent of {DIFFERS}" in summary
    assert "174,800" not in summary
    given.append(problem(9, "over the limit of the pool", check="R13"))
    assert (
        "for example: " in findings_page.kinds([of_problem(one, "report") for one in given]).partition("</summary>")[0]
    )


def test_the_numbers_of_a_sentence_are_told_apart():
    """Those that are the same stay; a sign that is no number is no place for one."""
    said, own = common(["5 of 12, rated 2", "5 of 13, rated 1", "5 of 12, rated 1"])
    assert said == f"5 of {DIFFERS}, rated {DIFFERS}"
    assert own == [["12", "2"], ["13", "1"], ["12", "1"]]
    assert shape("cell #") != shape("cell 5")


def test_problems_of_two_files_are_two_lines():
    """The overview names the file of each."""
    seen = overview.Overview(
        SAMPLES,
        "X",
        1,
        (),
        tuple(problem(n, "wrong", file=f) for n, f in ((2, "roster"), (3, "history"))),
        (),
        "roster.csv",
    )
    said = seen.to_html()
    assert "roster, row 2" in said
    assert "history, row 3" in said


def test_the_cover_prints_of_several_problems_what_is_so_of_each(tmp_path):
    """Each printed reason and advice is that of every row it names."""
    package = report.open_folder(worse(SAMPLES / "DPW", tmp_path / "XX")).complete()
    cover = printed_form.cover(package)
    assert cover.errors or cover.warnings
    for one in (*cover.errors, *cover.warnings):
        for row in {int(text) for text in re.findall(r"(?:^|, )(\d+)", one.where.partition("(")[2])}:
            own = [each for each in package.problems if each.row == row and each.fix == one.fix]
            assert any(each.reason.rstrip(".").lower() == one.reason.rstrip(".").lower() for each in own), (one, row)


def test_a_day_is_one_thing_in_a_sentence_about_several():
    """Days that differ leave one mark, and those that are the same stay as they are."""
    said, own = common(["Done 2024-10-28, due by 2024-10-01.", "Done 2025-01-20, due by 2024-10-01."])
    assert said == f"Done {DIFFERS}, due by 2024-10-01."
    assert own == [["2024-10-28"], ["2025-01-20"]]
