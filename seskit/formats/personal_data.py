"""The one detector of personal data: Social Security numbers, e-mail, telephone, birth dates, and names of a roster.

Everything that is read and everything that is written passes here. A hit says what kind of thing was found and at
which place in the text, and never what it is.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache
from typing import NamedTuple

SSN = "a number shaped like a Social Security number"
EMAIL = "an e-mail address"
PHONE = "a telephone number"
BIRTH = "a date of birth"
NAME = "the name of a person"


Late = Callable[[], "re.Pattern[str]"]


class Hit(NamedTuple):
    """One thing found: its kind, and where in the text it begins and ends."""

    kind: str
    start: int
    end: int


_DASHES = dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2015\u2043\u2212\ufe58\ufe63\uff0d\u00ad\u30fc"
                        "\u02d7\u058a\u05be\u1400\u1806\u207b\u208b\u23af\u2500\u2501\u2796\u2e17\u2e1a\u2e3a\u2e3b\u2e40"
                        "\u2e5d\u301c\u3030\u30a0\ufe31\ufe32", "-")  # fmt: skip
_SPACES = dict.fromkeys("\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a"
                        "\u202f\u205f\u3000", " ")  # fmt: skip
_DOTS = dict.fromkeys("\u00b7\u2022\u2024\u2219\u30fb\uff0e", ".")
_ASCII = bytes(range(128))
_UNSEEN = dict.fromkeys("\u200b\u200c\u200d\u200e\u200f\u2060\u2061\u2062\u2063\u2064\ufeff\u034f\u061c\u180e"
                        "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufe0e\ufe0f", "")  # fmt: skip
_COLORS = re.compile(r"\x1b\[[0-9;]*[A-Za-z]")
_PLAIN = _DASHES | _SPACES | _DOTS | {"\u2019": "'", "\uff20": "@"}

_NOT_IN_A_NUMBER = r"(?<!\d)(?<!\d[.,-])"
_ENDS = r"(?!\d|-\d|[.,]\d)"
_ALONE = r"(?<!\d )"
_LETTERS = r"(?<![a-z])"
_MONTH = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?"
_DATE = (
    rf"(?:\d{{1,4}} ?[-/.] ?\d{{1,2}} ?[-/.] ?\d{{1,4}}|{_MONTH} ?\d{{1,2}},? ?\d{{4}}|\d{{1,2}} ?-?{_MONTH}-? ?\d{{2,4}}"
    r"|(?:19|20)\d{6}|\d{4}(?:19|20)\d{2})"
)
_SSN_WORDS = (
    r"(?:ssa?n|s\.? ?s\.? ?(?:a\.? ?)?n\.?|s\.? ?s\.? ?(?:#|no|num|nbr)|soc(?:ial)?[\W_]{0,3}sec(?:urity)?"
    r"|soc(?:ial)? ?(?:[#:=]|no\b|num|nbr))"
)


def _late(pattern: str, flags: int = 0) -> Late:
    """A pattern that is compiled when it is first needed: most runs need none of the slow ones."""
    return cache(lambda: re.compile(pattern, flags))


_SSN = (
    _late(rf"{_NOT_IN_A_NUMBER}\d{{3}} ?(?:--?|[./_]) ?\d{{2}} ?(?:--?|[./_ ]) ?\d{{4}}{_ENDS}"),
    _late(rf"{_NOT_IN_A_NUMBER}\d{{3}} ?(?:--?|[./_ ]) ?\d{{2}} ?(?:--?|[./_]) ?\d{{4}}{_ENDS}"),
    _late(rf"{_NOT_IN_A_NUMBER}{_ALONE}\d{{3}} {{1,2}}\d{{2}} {{1,2}}\d{{4}}{_ENDS}(?! \d)"),
    _late(r"(?<![x*#\w])[x*#]{3}-?[x*#]{2}-?\d{4}(?!\d)", re.IGNORECASE),
)
_SSN_NAMED = _late(rf"{_LETTERS}{_SSN_WORDS}[^\d\n]{{0,30}}\n?[^\d\n]{{0,5}}\d(?:[-. /_]{{0,2}}\d){{8}}(?!\d)", re.IGNORECASE)  # fmt: skip
_SSN_NAMED_AFTER = _late(
    rf"{_NOT_IN_A_NUMBER}\d{{9}}(?!\d)[^\d\n]{{0,20}}?{_LETTERS}{_SSN_WORDS}(?![a-z])", re.IGNORECASE
)
_EMAIL = _late(
    r"[\w.+'-]+ ?(?:@|\[at\]|\(at\)) ?(?:[\w-]+ ?(?:\.|\[dot\]|\(dot\)) ?)+(?!(?:png|svg|jpe?g|gif|js|css|invalid)\b)[a-z]{2,}",
    re.IGNORECASE,
)
_PHONE = (
    _late(rf"{_NOT_IN_A_NUMBER}(?:\+?1[-. ]?)?\(\d{{3}}\) ?[-./]? ?\d{{3}} ?[-. ] ?\d{{4}}{_ENDS}"),
    _late(rf"{_NOT_IN_A_NUMBER}(?:\+?1[-. ])?\d{{3}} ?[-/] ?\d{{3}} ?- ?\d{{4}}{_ENDS}"),
    _late(rf"{_NOT_IN_A_NUMBER}(?:\+?1[. ])?[2-9]\d\d\.[2-9]\d\d\.\d{{4}}{_ENDS}"),
    _late(rf"{_NOT_IN_A_NUMBER}{_ALONE}(?:\+?1 )?[2-9]\d\d [2-9]\d\d[ -]\d{{4}}{_ENDS}(?! \d)"),
    _late(r"(?<![\w.,+])\+(?=(?:[ ().-]{0,2}\d){9,15}(?!\d))\d{1,3}(?:[ ().-]{1,2}\d{1,4}){2,5}(?![\d.,]*\d)"),
    _late(r"(?<![\w.,+])\+1?\d{10,12}(?!\d)"),
)
_PHONE_NAMED = _late(
    rf"{_LETTERS}(?:tel(?:ephone)?|phone|fax|mobile|cell|call|voice)(?: ?(?:no|num(?:ber)?|line))?[\s.:#=\"'(-]{{1,6}}"
    r"(?:1[-. ]?)?(?:\d{3}[-. )]{0,2})?\d{3}[-. ]?\d{4}(?!\d|[.,]\d|-\d)",
    re.IGNORECASE,
)
_BIRTH = _late(
    rf"{_LETTERS}(?:d\.? ?o\.? ?b\.?|(?:date|day) of birth|birth[ _-]?(?:date|day)?|born|bday)(?![a-z])[^\d\n]{{0,20}}?{_DATE}",
    re.IGNORECASE,
)
#: What any number with parts looks like, quick to look for; the exact patterns are tried around it.
_SHAPED = re.compile(r"\d{3}[-./_ )]{1,4}\d{2,3}[-./_ ]{1,3}\d{4}|[xX*#]{2}-?\d{4}|\+[1-9]")
_NUMBERS = (*((SSN, one) for one in _SSN), *((PHONE, one) for one in _PHONE))
#: Patterns that rest on a word before the number: the kind, how many digits stand together in every such text (`_digits`),
#: parts of the word of which one is there, the word, the pattern; all in lower case.
_NAMED = (
    (SSN, 9, ("ss", "s.", "soc"), re.compile(r"ssa?n|s\.? ?s\.|ss ?[#n]|soc"), _SSN_NAMED),
    (SSN, 9, ("ss", "s.", "soc"), re.compile(r"ssa?n|s\.? ?s\.|ss ?[#n]|soc"), _SSN_NAMED_AFTER),
    (PHONE, 7, ("tel", "phone", "fax", "mobile", "cell", "call", "voice"),
     re.compile(r"tel|phone|fax|mobile|cell|call|voice"), _PHONE_NAMED),
    (BIRTH, 2, ("ob", "o b", "o.b", "o. b", "birth", "born", "bday"),
     re.compile(r"d\.? ?o\.? ?b|birth|born|bday"), _BIRTH),
    (EMAIL, 0, ("@", "(at", "[at"), re.compile(r"@|[(\[]at[)\]]"), _EMAIL),
)  # fmt: skip
#: What may stand between the digits of one number, every digit as 0, and every sign that covers one as x.
_BETWEEN = b"-./_ )"
_SIGNS = bytes.maketrans(b"0123456789xX*#", b"0" * 10 + b"x" * 4)
_AROUND = 90
_CLOSE = 24


def plain(text: str) -> str:
    """The same text with every dash, blank and digit in its plain form; as long as the given one."""
    if text.isascii():
        return text.replace("\t", " ")
    text = _with(_PLAIN, text).replace("\t", " ")
    return "".join(map(_digit, text)) if any(map(str.isdecimal, _beyond_ascii(text))) else text


def _with(changes: Mapping[str, str], text: str) -> str:
    """A text with characters changed that few texts have: it is asked which are there, and each is replaced at once."""
    for character in changes.keys() & _beyond_ascii(text):
        text = text.replace(character, changes[character])
    return text


def _beyond_ascii(text: str) -> set[str]:
    """The characters of a text that are not ASCII, each once: its bytes without the others are few."""
    return set(text.encode("utf-8", "surrogatepass").translate(None, _ASCII).decode("utf-8", "surrogatepass"))


def _digit(character: str) -> str:
    return str(unicodedata.digit(character, character)) if character.isdigit() else character


def hits(text: str) -> Iterator[Hit]:
    """Everything in a text that is personal by its shape or by the words before it; names are found by `Names`."""
    text = plain(_seen(text))
    low = text.lower()
    low = low if len(low) == len(text) else text
    digits = _digits(text)
    if b"0" * 9 in digits or b"xx0000" in digits or b"+0" in digits:
        yield from _near(_SHAPED, text, _NUMBERS, _CLOSE)
    for kind, together, parts, word, pattern in _NAMED:
        if b"0" * together in digits and any(map(low.__contains__, parts)):
            yield from _near(word, low, ((kind, pattern),), _AROUND)


def _digits(text: str) -> bytes:
    """A plain text with its digits and what covers them alike, joined over what stands between: most cells have few."""
    return text.encode("utf-8", "replace").translate(_SIGNS, _BETWEEN)


def _seen(text: str) -> str:
    """The text without characters that take no room and without a terminal's colors."""
    if "\x1b" in text:
        text = _COLORS.sub("", text)
    return text if text.isascii() else _with(_UNSEEN, text)


def _near(gate: re.Pattern[str], text: str, patterns: Iterable[tuple[str, Late]], room: int) -> Iterator[Hit]:
    """The hits of slow patterns, looked for only near what a quick one finds."""
    seen = set()
    for candidate in gate.finditer(text):
        start = max(candidate.start() - room, 0)
        window = text[start : candidate.end() + room]
        for kind, pattern in patterns:
            for there in pattern().finditer(window):
                hit = Hit(kind, there.start() + start, there.end() + start)
                if hit not in seen:
                    seen.add(hit)
                    yield hit


def reason(kind: str, what: str) -> str:
    """Why a cell or entry with it is refused; `what` is the kind of file it is in."""
    return f"looks like {kind.removeprefix('a number shaped like ')}, which must never be in a {what}"


def prepare() -> None:
    """Compile every pattern now, where others wait for it: in a process from which many are forked."""
    for pattern in (*_SSN, *_PHONE, *(late for *_, late in _NAMED), *(late for _, late in _COLUMNS)):
        pattern()


def kinds(text: str) -> list[str]:
    """The kinds of personal data in a text, each once."""
    return list(dict.fromkeys(hit.kind for hit in hits(text)))


def has_ssn(text: str) -> bool:
    """Whether the text holds something shaped like a Social Security number, or nine digits that are called one."""
    return any(hit.kind == SSN for hit in hits(text))


_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")
_COLUMNS = (
    (SSN, _late(
        r"(?:emp(?:loyee)?|exec(?:utive)?|person|spouse|full|member|staff)?(?:ssa?ns?(?:o|um|umber|nr|br|nbr|id|last4?)?|ss(?:no|num|number|nbr))"
        r"|.*(?:socsec|socialsec|soc(?:ial)?(?:no|num|nbr)$|taxpayerid|taxid).*|i?tin")),
    (BIRTH, _late(r".*(?:birth(?!place)|^dob|dob$|born|bday).*")),
    (PHONE, _late(r"(?:.*(?:phone|mobile|cellno|cellnum)|(?:work|home|office|cell)?tel(?:no|number)?$|fax).*")),
    (EMAIL, _late(r".*email(?:address|addr)?s?|.*mailaddress")),
)  # fmt: skip


def column_kind(header: str) -> str | None:
    """What a column holds by its name: a kind of personal data, or nothing."""
    if not header.isascii():
        header = unicodedata.normalize("NFKC", _with(_UNSEEN, header))
    words = [word.lower() for word in re.findall(r"[^\W\d_]+", _CAMEL.sub(" ", header))]
    if words[:1] == ["ss"] and "#" in header:
        return SSN
    if words == ["cell"]:
        return PHONE
    candidates = ["".join(words), *words]
    return next((kind for kind, name in _COLUMNS if any(map(name().fullmatch, candidates))), None)


_NINE_ALONE = re.compile(r"^[ ]*(?:\d{9}|\d{3}-?\d{6}|\d{5}-\d{4})[ ]*\r?$", re.MULTILINE)
_NINE = re.compile(r"\d{9}|\d{3}-?\d{6}|\d{5}-\d{4}")


def bare_number(text: str) -> bool:
    """Whether a cell is nothing but nine digits: a Social Security number where the column names people by number."""
    return bool(_NINE.fullmatch(plain(text.strip())))


def any_bare_number(lines: str) -> bool:
    """Whether a line of a text is such a number and nothing else."""
    lines = plain(lines)
    return b"0" * 9 in _digits(lines) and bool(_NINE_ALONE.search(lines))


_WORD = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)*")
#: An apostrophe that does not stand between two letters.
_LOOSE = re.compile(r"'(?:(?<![a-zA-Z]')|(?![a-zA-Z]))")
_APART = {code: " " for code in range(128) if not chr(code).isalpha() and chr(code) != "'"}
_TITLES = {"jr", "sr", "ii", "iii", "iv", "md", "phd", "esq", "mr", "mrs", "ms", "dr", "hon"}
_SHORTEST = 3


def _folded(text: str) -> str:
    """Lower case, without accents, straight apostrophes."""
    text = _seen(text)
    if text.isascii():
        return text.lower()
    text = unicodedata.normalize("NFKD", text)
    text = _with({mark: "" for mark in _beyond_ascii(text) if unicodedata.combining(mark)}, text)
    return text.replace("\u2019", "'").casefold()


class Names:
    """The names of people, found again in any order and case: with or without a middle name, in one word or two."""

    def __init__(self, names: Iterable[str]) -> None:
        """Know the names; one of a single word is found only as it is written."""
        self._pairs: set[tuple[str, str]] = set()
        self._joined: set[str] = set()
        self._alone: set[str] = set()
        for name in set(names):
            self._learn(name)
        self._words = {word for pair in self._pairs for word in pair}

    def _learn(self, name: str) -> None:
        last, comma, first = _folded(name).partition(",")
        given, family = (_parts(first), _parts(last)) if comma else ([], [])
        if not (given and family):
            words = [_WORD.findall(word) for word in _folded(name).replace(",", " ").split()]
            words = [word for word in words if word and word[0] not in _TITLES and (len(word) > 1 or len(word[0]) > 1)]
            if len(words) < 2:
                if len(name.strip()) >= _SHORTEST and name.strip().isalpha():
                    self._alone.add(name.strip())
                return
            given, family = words[0], words[-1]
        for one in family:
            self._pairs |= {(given[0], one), (one, given[0])}
        joined = "".join(family)
        self._joined |= {given[0] + joined, joined + given[0]}

    def hits(self, text: str) -> Iterator[Hit]:
        """Where one of the names is in a text."""
        if self._alone and not self._alone.isdisjoint(_words(text)):
            yield from (Hit(NAME, *w.span()) for w in _WORD.finditer(text) if w[0] in self._alone)
        folded = _folded(text)
        words = _words(folded)
        present = self._words.intersection(words)
        if len(present) < 2 and self._joined.isdisjoint(words):
            return
        places = [found.span() for found in _WORD.finditer(folded)]
        for n, word in enumerate(words):
            if word in self._joined:
                yield Hit(NAME, *places[n])
            elif word in present:
                for further in (1, 2):
                    if (word, words[n + further] if n + further < len(words) else "") in self._pairs:
                        yield Hit(NAME, places[n][0], places[n + further][1])

    def __bool__(self) -> bool:
        return bool(self._pairs or self._alone)


def _words(text: str) -> list[str]:
    """The words of a text in order; they are split off plain text, which is much quicker than looking for each."""
    for character in _beyond_ascii(text) if not text.isascii() else ():
        if not _WORD.match(character):
            text = text.replace(character, " ")
    if not text.isascii():
        return _WORD.findall(text)
    return (_LOOSE.sub(" ", text) if "'" in text else text).translate(_APART).split()


def _parts(text: str) -> list[str]:
    return [word for word in _WORD.findall(text) if len(word) > 1 and word not in _TITLES]


NOBODY = Names(())


def found(text: str, names: Names = NOBODY) -> list[Hit]:
    """Everything personal in a text, the given names included, in order."""
    return sorted({*hits(text), *names.hits(text)}, key=lambda hit: (hit.start, hit.kind))


def masked(text: str, names: Names = NOBODY) -> str:
    """The text with everything personal in it replaced by asterisks; text without is returned as it is."""
    there = found(text, names)
    if not there:
        return text
    if not text.isascii() or "\x1b" in text:
        text = _folded_length(text)
        there = found(text, names)
    for hit in sorted(there, key=lambda hit: -hit.start):
        text = text[: hit.start] + ("***-**-****" if hit.kind == SSN else "***") + text[hit.end :]
    return text


def _folded_length(text: str) -> str:
    """The text without characters that take no room, composed, so that places found in it are places in it."""
    return unicodedata.normalize("NFC", _seen(text))
