"""Levels, types and yes or no as systems print them: 3 - Fully Successful, CA, ES 04, X."""

from __future__ import annotations

import re

from seskit.record.roster.printed.form import PrintedForm, by_word, plain, words_for

_LEVEL_WORDS, _ALONE = by_word("levels"), by_word("part_of_level")
#: A name of so few letters is a code, and not looked for among other words.
_SHORT = 3
_ROMAN = {"i": "1", "ii": "2", "iii": "3", "iv": "4", "v": "5", "vi": "6"}
_NUMBER_WORDS = {"one": "1", "two": "2", "three": "3", "four": "4", "five": "5", "six": "6"}
_NOT_RATED, _NO_ES, _YES, _NO = map(words_for, ("not_rated", "no_es_level", "meant_yes", "meant_no"))
#: Not rated, with the reason behind it.
_NOT_RATED_BECAUSE = re.compile(r"(?:not rat(?:ed|able)|nr|unrated)\s*(?:[-\u2013\u2014:;,(]|because\b|due\b)")
_LEVEL = re.compile(
    r"(?:(?:level|lvl|rating|l)\.?\s*)?0*([1-6])(?:\.0+)?\s*(?:[-\u2013\u2014:=/.,)]+\s*|\(|\s+)?([a-z][a-z /]*?)?\)?",
    re.I,
)
#: The scale behind a level: 4 of 5.
_OF_FIVE = re.compile(r"(?<=\d)\s+(?:out\s+)?of\s+5\s*$", re.I)
_WORD_FIRST = re.compile(r"([a-z][a-z ]*?)\s*(?:[-\u2013\u2014:]\s*|\()\s*(?:level\s*)?([1-5])\)?", re.I)
_ES = re.compile(r"(?:ES|SES|level|rate)[-\s.]*(?:level)?[-\s]*0*([1-6])(?:\.0+)?|0+([1-6])", re.I)

_TYPES, _WORD_OF, _REASONS = by_word("types"), by_word("parts_of_type"), by_word("reasons")
_TYPE_OF = {
    frozenset(words.split()): said for words, said in (
        ("career", "career"), ("noncareer", "noncareer"), ("non career", "noncareer"), ("limited term", "limited_term"),
        ("term", "limited_term"), ("limited emergency", "limited_emergency"), ("emergency", "limited_emergency"),
    )
}  # fmt: skip


def _squeezed(text: str) -> str:
    return " ".join(text.lower().replace("_", " ").split())


def _number_and_words(text: str) -> tuple[str, str]:
    """A level's number and the words beside it; nothing where it is not one."""
    text = _OF_FIVE.sub("", text)
    if found := _LEVEL.fullmatch(text.strip()):
        number, words = found[1], found[2] or ""
    elif found := _WORD_FIRST.fullmatch(text.strip()):
        number, words = found[2], found[1]
    else:
        return "", ""
    return ("", "") if number == "6" else (number, _squeezed(words))


def _named(words: str) -> list[str]:
    """The levels whose usual names stand among some words."""
    return [
        number
        for name, number in _LEVEL_WORDS.items()
        if len(name) > _SHORT and re.search(rf"(?<!exceeds )(?<!exceeded )\b{name}\b", words)
    ]


def level(text: str) -> str | None:
    """3 - Fully Successful, Level 3, Fully Successful (3): the number, unless the words say another level."""
    number, words = _number_and_words(text)
    return number if number and (not words or _LEVEL_WORDS.get(words) == number) else None


def level_of_own_name(text: str) -> str | None:
    """4 - Exceeds, Role Model (5): the number beside a name that only the agency gives to a level."""
    number, words = _number_and_words(text)
    if not number or not words or words in _LEVEL_WORDS or words in _NOT_RATED:
        return None
    named = _named(words)
    return number if not named or number in named else None


def level_words(text: str) -> str | None:
    """Fully Successful, FS, three, III."""
    word = _squeezed(text).removesuffix(" or equivalent")
    number = _LEVEL_WORDS.get(word) or _ALONE.get(word) or _ROMAN.get(word) or _NUMBER_WORDS.get(word)
    return number if number != "6" else None


def names_level(text: str) -> bool:
    """Whether a text is the name of a level, with its number or without: Outstanding, Exceeds, 3 - Fully Successful.

    A code of a few letters is none.
    """
    words = _number_and_words(text)[1] or _squeezed(text)
    return len(words) > _SHORT and (words in _LEVEL_WORDS or words in _ALONE)


def not_rated(text: str) -> str | None:
    """NR, N/A, 0: blank."""
    said = _squeezed(text)
    return "" if said in _NOT_RATED or _NOT_RATED_BECAUSE.match(said) else None


def es_level(text: str) -> str | None:
    """ES 04, ES4, 04, IV, Level 4."""
    found = _ES.fullmatch(text.strip())
    return (found[1] or found[2]) if found else _ROMAN.get(_squeezed(text))


def no_es_level(text: str) -> str | None:
    """ES-00, 00: blank, as after January 2004."""
    return "" if _squeezed(text) in _NO_ES else None


def appointment(text: str) -> str | None:
    """CA, Career Appointment, Non-Career, LTD TERM, 60 - Lim Term, CA - Career."""
    text = _squeezed(text)
    code, _, said = text.partition("-")
    meant = _TYPES.get(code.strip())
    if meant and said.strip() and appointment(said) == meant:
        return meant
    return _TYPES.get(text) or _shortened(text)


def _shortened(text: str) -> str | None:
    """A type by words that are cut short, a code in front left aside; a word of any other meaning makes it none."""
    found = re.fullmatch(r"(?:\d{1,3}\W+)?([a-z][^\d]*)", text)
    words = re.findall(r"[a-z]+", found[1]) if found else []
    known = all(word in _WORD_OF for word in words)
    return _TYPE_OF.get(frozenset(_WORD_OF[word] for word in words) - {""}) if known else None


def yes(text: str) -> str | None:
    """X, a tick, OIG: yes."""
    return "yes" if _squeezed(text) in _YES else None


def no(text: str) -> str | None:
    """A dash or n/a: no."""
    return "no" if _squeezed(text) in _NO else None


def removal(text: str) -> str | None:
    """The words of the instructions for the reason."""
    return _REASONS.get(_squeezed(text))


LEVELS = (
    PrintedForm("level-and-words", "a level with words beside it", "take the number", plain(level)),
    PrintedForm(
        "level-own-name",
        "a level with a name of the agency's own beside it",
        "take the number",
        plain(level_of_own_name),
    ),
    PrintedForm("level-words", "a level in words", "take it as the level of that name", plain(level_words)),
    PrintedForm("not-rated", "a sign for not rated", "leave the cell blank: not rated", plain(not_rated)),
)
ES_LEVELS = (
    PrintedForm("es-level", "an ES level", "take the number", plain(es_level)),
    PrintedForm("no-es-level", "a sign for no ES level", "leave the cell blank", plain(no_es_level)),
)
TYPES = (
    PrintedForm(
        "type-code", "a code or other words for a type of appointment", "take it as that type", plain(appointment)
    ),
)
YES_NO = (
    PrintedForm("mark-yes", "a mark for yes", "take it as yes", plain(yes)),
    PrintedForm("mark-no", "a sign for no", "take it as no", plain(no)),
)
REASONS = (
    PrintedForm("reason-words", "a reason for removal in other words", "take it as that reason", plain(removal)),
)

_LEVEL_AND_WORDS = re.compile(r".*\b([1-5])\b.*", re.I)


def looks_level(text: str) -> str:
    """What a rating that no form can read looks like."""
    word = _squeezed(text)
    if re.fullmatch(r"[1-5]\.\d+", word):
        return "a score, not a level"
    if re.fullmatch(r"[1-5]\s*(?:[-/]|or|to)\s*[1-5]", word):
        return "two levels"
    if re.fullmatch(r"\d{2,3}(?:\.\d+)?%?", word):
        return "a score or a percentage, not a level"
    named = _named(word)
    found = _LEVEL_AND_WORDS.fullmatch(word)
    if found and named and found[1] not in named:
        return f"level {found[1]} by its number and another level by its words"
    if re.fullmatch(r"[abcdf][+-]?", word):
        return "a school grade, not a level"
    if re.fullmatch(r"p|pass(?:ed)?|f|fail(?:ed)?", word):
        return "pass or fail, not a level"
    return "two levels" if len(set(named)) > 1 else ""


def looks_type(text: str) -> str:
    """What a type of appointment that no form can read looks like."""
    word = _squeezed(text)
    if word in ("limited", "limited appointment", "ltd", "lim", "l"):
        return "a limited appointment that does not say term or emergency"
    if word in ("career reserved", "cr", "general", "gen", "reserved"):
        return "the type of the position, not of the appointment"
    if re.match(r"(?:gs|sl|st|ad|ex|es)\b", word):
        return "a pay plan, not a type of appointment"
    return "a schedule, not a type of appointment" if re.match(r"(?:sched|schedule)\b", word) else ""


def looks_es(text: str) -> str:
    """What an ES level that no form can read looks like."""
    word = _squeezed(text)
    if re.match(r"(?:gs|gm)[- ]?\d", word):
        return "a General Schedule grade, not an ES level"
    if re.match(r"(?:sl|st|ex|al|ca|ij)\b", word):
        return "another pay plan, not an ES level"
    return "a rate of pay, not an ES level" if re.fullmatch(r"\$?[\d,]{5,}", word) else ""


def looks_yes_no(text: str) -> str:
    """What an answer that is neither yes nor no looks like."""
    word = _squeezed(text)
    if "?" in word or word in ("unknown", "unk", "tbd", "maybe", "not sure"):
        return "an answer that is not known"
    return "an answer with a remark" if re.match(r"(?:yes|no|y|n)\b\W", word) else ""
