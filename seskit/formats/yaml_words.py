"""What is wrong with a line of YAML, in the words of whoever typed it: no word of the parser."""

from __future__ import annotations

import re

from seskit.formats.privacy import shown

Said = tuple[int | None, str, str]
_INDENT = "Compare the line with a sample agency; indent with spaces only."
_QUOTE = 'Put the whole value in double quotes, such as "Parks: East".'
#: Signs that mean something at the beginning of a value.
_SIGNS = r"[@`%&*!|>?]"


def in_words(text: str, line: int | None, problem: str, opened: int | None) -> Said:
    """The line to look at, why it cannot be read, and what to do; `opened` is where the part began that is not complete."""
    lines = text.splitlines()
    typed = lines[line - 1] if line and line <= len(lines) else ""
    if "\t" in typed[: len(typed) - len(typed.lstrip())] or "'\\t'" in problem:
        return line, "begins with a tab", "Indent with spaces, never with tabs."
    for sign, tell in _TELLS:
        if re.search(sign, problem) and (said := tell(typed.strip(), lines, line or len(lines), opened)):
            return said
    return line, _with("cannot be read as an entry", typed), _INDENT


def _with(reason: str, typed: str) -> str:
    return f"'{shown(typed.strip())}' {reason}" if typed.strip() else reason


def _colon(typed: str, _: list[str], line: int, __: int | None) -> Said:
    if re.search(r"^[^:]*:\s.*:(\s|$)", typed):
        return line, _with("has a second colon in its value", typed), _QUOTE
    return line, _with("is indented further than its place, or the line above it is not complete", typed), _INDENT


def _ended(typed: str, lines: list[str], line: int, _: int | None) -> Said | None:
    for number in range(line, max(line - 3, 0), -1):
        before = lines[number - 1].strip()
        if re.search(r":\s*'[^']*'\s*[^\s#,}\]]", before) or re.search(r':\s*"[^"]*"\s*[^\s#,}\]]', before):
            return number, _with("has an apostrophe or quotation mark that ends before the value does", before), _QUOTE
    return line, _with("is not indented like the lines it belongs with", typed), _INDENT


def _unclosed(typed: str, lines: list[str], line: int, opened: int | None) -> Said:
    at = opened or line
    start = lines[at - 1] if at <= len(lines) else typed
    return at, _with("opens a quotation mark or apostrophe that is never closed", start), _QUOTE


def _sign(typed: str, _: list[str], line: int, __: int | None) -> Said | None:
    found = re.search(rf"(?:^|[:\-\[{{,]\s+)({_SIGNS})", typed)
    return (line, _with(f"has a value that begins with {found[1]}", typed), _QUOTE) if found else None


def _no_colon(typed: str, lines: list[str], line: int, opened: int | None) -> Said:
    at = opened if opened and ":" not in lines[opened - 1] else line
    start = lines[at - 1] if at <= len(lines) else typed
    return (
        at,
        _with("has no colon after its first word", start),
        "Write each entry as a word, a colon, a space and the value.",
    )


def _bracket(typed: str, lines: list[str], line: int, opened: int | None) -> Said:
    at = opened or line
    start = lines[at - 1] if at <= len(lines) else typed
    reason = "opens a brace or bracket that is not closed, or lacks a comma between two values"
    return at, _with(reason, start), "Write it as {from: 2001-10-01, to: 2002-09-30}, with a comma between values."


def _escape(typed: str, _: list[str], line: int, __: int | None) -> Said:
    return (
        line,
        _with("has a backslash inside double quotes", typed),
        "Use single quotes, or write each backslash twice.",
    )


def _dash(typed: str, _: list[str], line: int, __: int | None) -> Said:
    return line, _with("begins with a dash where a list cannot be", typed), _INDENT


_TELLS = (
    (r"mapping values are not allowed", _colon),
    (r"escape character|escape sequence", _escape),
    (r"expected ',' or|flow (?:mapping|sequence)|',' or '[\]}]'", _bracket),
    (r"unexpected end of stream", _unclosed),
    (r"cannot start any token|alphabetic or numeric|expected chomping|tag|anchor|alias|directive", _sign),
    (r"could not find expected ':'", _no_colon),
    (r"sequence entries are not allowed|found '-'", _dash),
    (r"expected <block end>", _ended),
)
