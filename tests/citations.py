"""Which sections of the law a paper cites: one entry for each section and paragraph, wherever a list or a span names it."""

from __future__ import annotations

import ast
import html
import re
import zipfile
from functools import cache
from pathlib import Path
from typing import Any

from seskit.formats import strict_yaml
from seskit.law.question import find
from tests.places import CASES, TESTS, file_of

#: The modules whose words go onto papers that are signed, printed in a test or not.
PAPERS = (
    "seskit/work/closeout/notices.py", "seskit/work/closeout/move_notices.py", "seskit/work/certification/assessment_points.yaml",
    "seskit/work/certification/description_parts.yaml", "seskit/work/certification/year.py",
    "seskit/paper/certification/request_papers.py", "seskit/paper/certification/oversight.py",
    "seskit/paper/staffing/board_papers.py", "seskit/paper/staffing/transfer.py", "seskit/paper/appraisal/board_notice.py",
)  # fmt: skip

_PARAGRAPHS = r"(?:\([A-Za-z0-9]{1,4}\))*"
#: The last day on which a section said it; the section of the next day follows.
_UNTIL = r" to (?:\d{4}-\d\d-\d\d|[A-Z][a-z]+ \d{1,2}, \d{4}), "
_JOINED = rf"(?:{_UNTIL}|; |, and |, or |, | and | or | to |-)"
#: What begins a citation, and how a section of it is written.
_BOOKS = {"5 U.S.C.": r"\d{4}[a-z]?\b", "5 CFR": r"\d{3,4}\.\d{3,4}[a-z]?\b"}
_WHOLE = re.compile(r"5 (?:U\.S\.C\.|CFR) (?:chapter|part) \d+|Public Law \d+-\d+|Executive Order \d+")


def said_in(path: Path) -> str:
    """The words of a text file, of a page, of a workbook, or of a Word document."""
    if path.suffix in (".docx", ".xlsx"):
        with zipfile.ZipFile(path) as packed:
            parts = [
                name
                for name in packed.namelist()
                if re.fullmatch(r"word/document.xml|xl/sharedStrings.xml|xl/worksheets/\w+.xml", name)
            ]
            return "\n".join(
                _plain(re.sub("</w:p>|</si>|</c>", "\n", packed.read(name).decode()), "") for name in parts
            )
    if path.suffix == ".html":
        return _plain(re.sub(r"(?s)<(style|script).*?</\1>", "", path.read_text(encoding="utf-8")), " ")
    return path.read_text(encoding="utf-8") if path.suffix in (".csv", ".yaml", ".json", ".ics", ".md") else ""


def _plain(markup: str, between: str) -> str:
    return html.unescape(re.sub(r"<[^>]+>", between, markup))


def cited(text: str) -> set[str]:
    """Every section that a text cites, with its paragraph where one is named; a list names each of its own."""
    flat = " ".join(text.split())
    found = set(_WHOLE.findall(flat))
    for book, section in _BOOKS.items():
        one = rf"(?:{section}{_PARAGRAPHS}|\.\d{{3}}\b{_PARAGRAPHS}|(?:\([A-Za-z0-9]{{1,4}}\))+)"
        for match in re.finditer(rf"{re.escape(book)} ({section}{_PARAGRAPHS}(?:{_JOINED}{one})*)", flat):
            found |= {f"{book} {each}" for each in _each(match[1], section)}
    return found


def _each(listed: str, section: str) -> list[str]:
    """The sections of a list: '534.404(b), (c), 534.405' are three."""
    made: list[str] = []
    base = paragraphs = ""
    for piece in re.split(_JOINED, listed):
        if match := re.match(section, piece):
            base, paragraphs = match[0], piece[match.end() :]
        elif piece.startswith("."):
            base, paragraphs = base.split(".")[0] + piece[:4], piece[4:]
        else:
            paragraphs = _beside(paragraphs, piece)
        made.append(base + paragraphs)
    return made


def _beside(before: str, piece: str) -> str:
    """A paragraph named after its neighbor: (a)(3), (4) is (a)(4); (c), (f) are (c) and (f); (b)(4)(i), (b)(5) is (b)(5)."""
    mine, theirs = re.findall(r"\(\w+\)", piece), re.findall(r"\(\w+\)", before)
    for depth in range(len(theirs) - len(mine), -1, -1):
        if all(_kind(one) == _kind(other) for one, other in zip(mine, theirs[depth:], strict=False)):
            return "".join([*theirs[:depth], *mine])
    return "".join(mine)


def _kind(paragraph: str) -> str:
    inside = paragraph.strip("()")
    return "number" if inside.isdigit() else "capital" if inside.isupper() else "letter"


def holds(citation: str, other: str) -> bool:
    """Whether the other citation is this one, or a paragraph of it."""
    return other == citation or (other.startswith(citation) and other[len(citation)] == "(")


@cache
def _tests(stem: str) -> dict[str, str]:
    """The source of each test of a file, its decorators included."""
    text = file_of(stem).read_text(encoding="utf-8")
    lines = text.splitlines()
    return {
        node.name: "\n".join(
            lines[min([node.lineno, *(one.lineno for one in node.decorator_list)]) - 1 : node.end_lineno]
        )
        for node in ast.parse(text).body
        if isinstance(node, ast.FunctionDef) and node.name.startswith("test_")
    }


@cache
def _cases(stem: str) -> dict[str, tuple[str, dict[str, Any]]]:
    listed = strict_yaml.load((CASES / f"{stem}.yaml").read_text(encoding="utf-8"))
    return {case["id"]: (case["ask"], case["facts"]) for case in listed}


@cache
def _limits(stem: str) -> dict[str, list[tuple[str, dict[str, Any]]]]:
    listed = strict_yaml.load((TESTS / "limits" / f"{stem}.yaml").read_text(encoding="utf-8"))["limits"]
    sides = ("below", "at", "above")
    return {
        one["what"]: [(one["ask"], one["facts"] | {one["moves"]: one[side][0]}) for side in sides] for one in listed
    }


def tied(citation: str, tie: str) -> str:
    """What is wrong with a tie of a citation to a test; nothing where the test is there and holds it."""
    if "::" in tie:
        stem, _, name = tie.partition("::")
        source = _tests(stem).get(name)
        if source is None:
            return f"{tie} is not there"
        return "" if any(holds(citation, one) for one in cited(source)) else f"{tie} does not name {citation}"
    place, _, what = tie.partition(": ")
    kind, _, stem = place.partition("/")
    try:
        asked = _limits(stem)[what] if kind == "limits" else [_cases(stem)[one] for one in what.split(" / ")]
    except KeyError as missing:
        return f"{tie}: {missing} is not there"
    answers = [_by(citation, ask, facts) for ask, facts in asked]
    if not all(named for named, _ in answers):
        return f"{tie}: not every case rests on {citation}"
    return "" if len({answer for _, answer in answers}) > 1 else f"{tie}: the cases end alike"


def _by(citation: str, ask: str, facts: dict[str, Any]) -> tuple[bool, str]:
    """Whether an answer rests on a citation, and the answer with what it says by it."""
    result = find(ask)(**facts)
    resting = [reason for reason in result.reasons if any(holds(citation, one) for one in cited(reason.citation))]
    return bool(resting), f"{[reason.outcome for reason in resting]} {result.answer}"
