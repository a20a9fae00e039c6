"""Sources as a kit prints them: only those there were on its day, and our own checks and readings named as ours."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from pathlib import Path

from seskit.formats import strict_yaml
from seskit.formats.days import days_in_words
from seskit.formats.documents import escaped
from seskit.forum.place import SourcePlace, in_words

FILE = "sources.yaml"
_LATER = re.compile(r" before (?:\d{4}-\d\d-\d\d|Pub\. L\. [\d-]+)$")
_REGISTER = re.compile(r"\b(\d{2,3}) FR \d+")
_LAW = re.compile(r"Pub\. L\. (\d{2,3})-\d+")
_EDITION = re.compile(r", [^,]* \((\d{4}) rule\)")
_SECTION = re.compile(r"((?:what is cited to )?(?:our own reading of )?\d+ (?:U\.S\.C\.|CFR)) ((?:(?!rule).)+)")
#: A section or a part of one, and nothing said of it.
_NAMED = re.compile(r"[\d.]+[a-z]?(?:\(\w+\))*(?:-\(\w+\))?")
#: The days on which the sections before it hold.
_SPAN = re.compile(r" (to|from) (\d{4}-\d\d-\d\d)$")
_WORD = re.compile(r"\w+")
_IN_A_YEAR = re.compile(r"(?:memorandum|bulletin|CPM) (?:of )?(?:[A-Z][a-z]+ )?((?:19|20)\d\d)|((?:19|20)\d\d) rule\)")


def read_sources(folder: Path) -> dict[str, date]:
    """The first day of each source whose name does not tell it, from `sources.yaml` beside the kits."""
    file = folder / FILE
    if not file.is_file():
        return {}
    try:
        found = strict_yaml.load(file.read_text(encoding="utf-8-sig")) or {}
    except strict_yaml.YamlError as failure:
        raise SourcePlace(file, failure.line or 1).error(f"{in_words(failure.reason)}.") from None
    for name, day in found.items():
        if type(day) is not date:
            raise SourcePlace(file, 1).error(f"'{name}' has no first day; write for example '{name}: 2004-07-28'.")
    return {str(name): day for name, day in found.items()}


def first_day(source: str, known: Mapping[str, date]) -> date | None:
    """From when a source could be read, as far as that is known: its own day, or its year's first."""
    days = [day for name, day in known.items() if name in source]
    if not days:
        days += [date(int(volume) + 1935, 1, 1) for volume in _REGISTER.findall(source)]
        days += [date(2 * int(congress) + 1787, 1, 3) for congress in _LAW.findall(source)]
        days += [date(int(year or edition), 1, 1) for year, edition in _IN_A_YEAR.findall(source)]
    return max(days, default=None)


def there_on(day: date, sources: Iterable[str], known: Mapping[str, date]) -> list[str]:
    """The sources there were on a day, each once; what they say of later law is left out."""
    parts = [_of_the_day(_LATER.sub("", part), day) for cited in sources for part in in_force(cited, day)]
    return [part for part in dict.fromkeys(parts) if (first_day(part, known) or day) <= day]


def in_force(source: str, day: date) -> list[str]:
    """The parts of a source, of each the sections of that day: of '5 CFR 430.304 to 2015-10-25, 430.305 from 2015-10-26' one."""
    return [said for part in source.split("; ") if (said := _sections_of(part, day))]


def on_the_day(source: str, day: date) -> str:
    """A source as it is printed for that day; whole where nothing of it is of the day."""
    return "; ".join(in_force(source, day)) or source


def _sections_of(part: str, day: date) -> str:
    found = _SECTION.fullmatch(part)
    if not found:
        return part
    kept, open_ = list[str](), list[str]()
    for section in found[2].split(", "):
        span = _SPAN.search(section)
        open_.append(section[: span.start()] if span else section)
        if span:
            kept += open_ if _holds_on(span, day) else []
            open_ = []
    return f"{found[1]} {', '.join(kept + open_)}" if kept + open_ else ""


def _holds_on(span: re.Match[str], day: date) -> bool:
    bound = date.fromisoformat(span[2])
    return day <= bound if span[1] == "to" else day >= bound


def _of_the_day(part: str, day: date) -> str:
    """The sections of an edition that was there, without those of a later one: '430.304 (2000 rule), 430.301 (2015 rule)'."""
    return _EDITION.sub(lambda found: found[0] if int(found[1]) <= day.year else "", part)


def joined(sources: Sequence[str]) -> str:
    """Sources on one line: each once, the sections of one title together, days as Americans write them."""
    titles: dict[str, list[str]] = {}
    for one in dict.fromkeys(sources):
        if not any(one != other and _holds(other, one) for other in sources):
            found = _SECTION.fullmatch(one)
            titles.setdefault(found[1] if found else one, []).extend([found[2]] if found else [])
    listed = [" ".join([title, ", ".join(_by_section(_once(sections)))]).strip() for title, sections in titles.items()]
    return days_in_words("; ".join(listed))


def _once(sections: Sequence[str]) -> list[str]:
    """The sections of one title, without those that another one names as well: '430.304, 430.307' names '430.307'."""
    named = {one: _each(one) for one in dict.fromkeys(sections)}
    return [one for one in named if not any(named[one].keys() < named[other].keys() for other in named)]


def _each(sections: str) -> dict[str, None]:
    """Each section of '5382(a), (b)' by itself, in order: 5382(a) and 5382(b)."""
    found, base = dict[str, None](), ""
    for one in sections.split(", "):
        base = base if one.startswith("(") else one.partition("(")[0]
        found[f"{base}{one}" if one.startswith("(") else one] = None
    return found


def _by_section(sections: Sequence[str]) -> list[str]:
    """Each section once with all its parts in order: '5307(a), (d)' and '5307(b)' are '5307(a), (b), (d)'."""
    parts: dict[tuple[str, bool], set[str]] = {}
    for one in sections:
        pieces = _each(one)
        for piece in pieces if all(map(_NAMED.fullmatch, pieces)) else [one]:
            parted = bool(_NAMED.fullmatch(piece)) and "(" in piece
            parts.setdefault((piece.partition("(")[0] if parted else piece, parted), set()).add(piece)
    return [_with_parts(base, pieces) if parted else base for (base, parted), pieces in parts.items()]


def _with_parts(base: str, pieces: Iterable[str]) -> str:
    first, *rest = sorted(pieces, key=_in_order)
    return ", ".join([first, *(piece.removeprefix(base) for piece in rest)])


def _in_order(piece: str) -> list[tuple[int, str]]:
    """Letters by the alphabet and numbers by their size: (a)(2) before (a)(10)."""
    return [(int(part) if part.isdecimal() else 0, part) for part in _WORD.findall(piece)]


def behind(answer: str, sources: Sequence[str]) -> str:
    """The sources in parentheses, to stand after an answer; nothing where the answer is the source itself."""
    said = escaped(joined(sources))
    return "" if said == answer else f" ({said})"


def _holds(longer: str, one: str) -> bool:
    """Whether a source names another as a whole: '5 U.S.C. 4312, 4314' names '5 U.S.C. 4312'."""
    return re.search(rf"(?:^|\s){re.escape(one)}(?:$|, )", longer) is not None
