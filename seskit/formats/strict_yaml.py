"""YAML read strictly: exact decimals, no key twice, and the line of every entry kept for messages; and written.

Characters that cannot be seen, and marks that turn the direction of a line, come in as their codes.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import yaml

from seskit.formats import yaml_words
from seskit.formats.characters import unhidden
from seskit.formats.privacy import shown

Lines = dict[tuple[str | int, ...], int]

_ODD_BREAKS = set("\r\x85\u2028\u2029")  # ends of lines that YAML would turn into plain ones
INDENT = "Compare the line with a sample agency; indent with spaces only."


class YamlError(ValueError):
    """YAML that cannot be read; `line` says where and `fix` what to do."""

    def __init__(self, line: int | None, reason: str, fix: str = INDENT) -> None:
        """Keep the line beside the reason."""
        super().__init__(reason if line is None else f"line {line}: {reason}")
        self.line, self.reason, self.fix = line, reason, fix


#: What a file may hold at most: far above any real one, far below what a machine cannot carry.
MOST_CHARACTERS = 16_000_000
MOST_ENTRIES = 1_000_000
MOST_DEPTH = 30
#: How many entries may come from repeating (`*name`) what was written elsewhere in the file.
MOST_REPEATED = 10_000
#: The years an entry can be about; arithmetic with any of them stays inside the calendar.
FIRST_YEAR, LAST_YEAR = 1900, 2199
_LONGEST_NUMBER = 40
_OTHER_NUMBER = "Write a number in plain digits without a zero in front, and a code or a time in quotes."
_LARGEST = 10**18
_WORDS_FROM = 1_000_000  # a larger text is not parsed a second time for a better sentence
_STANDARD = "tag:yaml.org,2002:"
_TYPES = {None, "!", *(_STANDARD + kind for kind in ("str", "int", "float", "bool", "null", "timestamp", "seq", "map"))}
_SURROGATE = re.compile("[\ud800-\udfff]")
_FAST: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class _Loader(_FAST):  # type: ignore[misc]
    pass


def _mapping(loader: Any, node: yaml.Node) -> dict[Any, Any]:
    if not isinstance(node, yaml.MappingNode):
        raise YamlError(_line(node), "is marked as entries and is not", "Remove the word that begins with '!'.")
    made: dict[Any, Any] = {}
    for key_node, value_node in node.value:
        key = _built(loader, key_node)
        if not isinstance(key, str | int | float | bool) and not hasattr(key, "isoformat"):
            raise YamlError(_line(key_node), "a key must be a word or a date", "Write a word before the colon.")
        if key in made:
            raise YamlError(_line(key_node), f"'{shown(key)}' appears twice", "Keep one of the two entries.")
        made[key] = _built(loader, value_node)
    return made


def _built(loader: Any, node: yaml.Node) -> Any:
    """What a node comes to; a single value without the bookkeeping that only collections need."""
    read = _SCALARS.get(node.tag) if isinstance(node, yaml.ScalarNode) else None
    return read(loader, node) if read else loader.construct_object(node, deep=True)


def _line(place: Any) -> int:
    return int(place.start_mark.line) + 1


def _scalar(make: Callable[[Any, yaml.ScalarNode], Any], what: str, fix: str) -> Callable[[Any, yaml.ScalarNode], Any]:
    """A reader of one kind of value, whose every failure becomes the sentence with the line."""

    def read(loader: Any, node: yaml.ScalarNode) -> Any:
        try:
            return make(loader, node)
        except YamlError:
            raise
        except (ValueError, ArithmeticError, LookupError, AttributeError, TypeError):
            raise YamlError(_line(node), f"'{shown(node.value)}' is not {what}", fix) from None

    return read


def _whole(loader: Any, node: yaml.ScalarNode) -> int:
    if len(node.value) > _LONGEST_NUMBER or abs(number := int(loader.construct_yaml_int(node))) >= _LARGEST:
        raise ValueError
    digits = node.value.lstrip("+-").replace("_", "")
    if not digits.isdigit() or int(digits) != abs(number):  # 030 would be 24, and 1:30 would be 90
        raise YamlError(_line(node), f"'{shown(node.value)}' would be read as {number:,}", _OTHER_NUMBER)
    return number


def _decimal(loader: Any, node: yaml.ScalarNode) -> Decimal:
    text = loader.construct_scalar(node)
    number = Decimal(text) if len(text) <= _LONGEST_NUMBER else Decimal("NaN")
    if not number.is_finite() or abs(number) >= _LARGEST or (number and abs(number) < 1 / Decimal(_LARGEST)):
        raise ValueError
    return number


def _day(loader: Any, node: yaml.ScalarNode) -> Any:
    day = loader.construct_yaml_timestamp(node)
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise ValueError
    return day


def _text(loader: Any, node: yaml.ScalarNode) -> str:
    text: str = node.value if isinstance(node, yaml.ScalarNode) else loader.construct_yaml_str(node)
    if not text.isascii() and _SURROGATE.search(text):
        raise ValueError
    return unhidden(text)


#: What reads a single value, by its tag.
_SCALARS: dict[str, Callable[[Any, Any], Any]] = {}
_NUMBER_FIX = "Write a number in plain digits, such as 12.5; put words and long codes in quotes."
for _kind, _make, _what, _fix in (
    ("int", _whole, "a whole number this file can have", _NUMBER_FIX),
    ("float", _decimal, "a number this file can have", _NUMBER_FIX),
    ("bool", _FAST.construct_yaml_bool, "yes or no", "Write yes or no."),
    ("null", _FAST.construct_yaml_null, "empty", "Leave the entry empty."),
    (
        "timestamp",
        _day,
        "a day in the calendar",
        "Check the year, the month and the day; write year-month-day, such as 2024-09-30.",
    ),
    ("str", _text, "readable text", "Type the text anew; half of a two-part character is left in it."),
):
    _SCALARS[_STANDARD + _kind] = _scalar(_make, _what, _fix)
    _Loader.add_constructor(_STANDARD + _kind, _SCALARS[_STANDARD + _kind])
_Loader.add_constructor(yaml.resolver.BaseResolver.DEFAULT_MAPPING_TAG, _mapping)


def opened(file: Path) -> str:
    """The text of a file, of bounded size. Raises YamlError where it is too large or not text, OSError as usual."""
    with file.open("rb") as source:
        content = source.read(MOST_CHARACTERS + 1)
    if len(content) > MOST_CHARACTERS:
        raise YamlError(None, "is larger than any file of its kind", "Check that it is the right file.")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise YamlError(None, "cannot be read as text", "Save it as a plain text file in UTF-8.") from None


def load(text: str) -> Any:
    """The document as plain data. Raises YamlError, with the line."""
    return _made(text, lambda loader, root: loader.construct_document(root))


def load_own(text: str) -> Any:
    """A document that is part of the package: read as strictly, without the limits set for other people's files."""
    return _made(text, lambda loader, root: loader.construct_document(root), bounded=False)


def lines(text: str) -> Lines:
    """The line of every entry, by its path of keys and positions."""
    return load_with_lines(text)[1]


def load_with_lines(text: str) -> tuple[Any, Lines]:
    """The document as plain data, and the line of every entry. Raises YamlError, with the line."""
    return _made(text, lambda loader, root: (loader.construct_document(root), _places(root))) or (None, {})


def _made(text: str, make: Callable[[Any, yaml.Node], Any], *, bounded: bool = True) -> Any:
    """What is made of a document's nodes; nothing of an empty one."""
    try:
        if bounded:
            _bounded(text)
        loader = _Loader(text)
        try:
            root = loader.get_single_node()
            return None if root is None else make(loader, root)
        finally:
            loader.dispose()
    except yaml.MarkedYAMLError as failure:
        raise _in_words(text, failure) from None
    except yaml.reader.ReaderError as failure:
        raise _unreadable(text, failure) from None
    except (yaml.YAMLError, ValueError, RecursionError) as failure:
        if isinstance(failure, YamlError):
            raise
        raise YamlError(None, "cannot be read as entries") from None


def _bounded(text: str) -> None:
    """Refuse, before anything is built, what would grow past every measure when it is."""
    if len(text) > MOST_CHARACTERS:
        raise YamlError(None, "is larger than any file of its kind", "Check that it is the right file.")
    if found := _SURROGATE.search(text):
        line = text.count("\n", 0, found.start()) + 1
        raise YamlError(line, "holds half of a two-part character", "Type the text again.")
    total = repeated = 0
    open_: list[tuple[str | None, int]] = []  # the anchor of each collection, and what was counted before it
    sizes: dict[str, int] = {}
    event: Any
    for event in yaml.parse(text, Loader=_FAST):
        if isinstance(event, yaml.AliasEvent):
            if event.anchor not in sizes:
                raise YamlError(_line(event), f"'*{shown(event.anchor)}' repeats nothing that is complete above it",
                                "Write the entries out.")  # fmt: skip
            repeated += sizes[event.anchor]
            total += sizes[event.anchor]
        elif isinstance(event, yaml.NodeEvent):
            tag = getattr(event, "tag", None)
            if tag not in _TYPES:
                raise YamlError(_line(event), f"has a type '{shown(tag)}' that no entry here can have",
                                "Remove the word that begins with '!'.")  # fmt: skip
            total += 1
            if isinstance(event, yaml.ScalarEvent):
                if event.anchor:
                    sizes[event.anchor] = 1
            else:
                open_.append((event.anchor, total - 1))
        elif isinstance(event, yaml.CollectionEndEvent):
            anchor, before = open_.pop()
            if anchor:
                sizes[anchor] = total - before
        if repeated > MOST_REPEATED:
            raise YamlError(_line(event), f"repeats (*) more than {MOST_REPEATED:,} entries", "Write the entries out.")
        if total > MOST_ENTRIES:
            raise YamlError(_line(event), f"is past the {MOST_ENTRIES:,} entries a file can have", "Split the file.")
        if len(open_) > MOST_DEPTH:
            raise YamlError(_line(event), f"is more than {MOST_DEPTH} levels deep", INDENT)


def _in_words(text: str, failure: yaml.MarkedYAMLError) -> YamlError:
    """What the parser found, in the words of the one that says it best."""
    if _FAST is not yaml.SafeLoader and len(text) <= _WORDS_FROM:
        try:
            for _ in yaml.parse(text, Loader=yaml.SafeLoader):
                pass
        except yaml.MarkedYAMLError as better:
            failure = better
        except yaml.reader.ReaderError as unreadable:
            return _unreadable(text, unreadable)
    line, opened = (mark.line + 1 if mark else None for mark in (failure.problem_mark, failure.context_mark))
    return YamlError(*yaml_words.in_words(text, line, failure.problem or "", opened))


def _unreadable(text: str, failure: yaml.reader.ReaderError) -> YamlError:
    try:
        yaml.SafeLoader(text)
    except yaml.reader.ReaderError as better:
        failure = better
    line = text.count("\n", 0, failure.position) + 1 if failure.position >= 0 else None
    return YamlError(line, "holds a character that cannot be in text", "Type the line anew.")


class _Dumper(yaml.SafeDumper):
    def ignore_aliases(self, data: Any) -> bool:  # noqa: ARG002 - each value is written out where it stands
        return True


_Dumper.add_representer(
    bool, lambda dumper, value: dumper.represent_scalar("tag:yaml.org,2002:bool", "yes" if value else "no")
)
_Dumper.add_representer(Decimal, lambda dumper, value: dumper.represent_scalar(_number_tag(value), format(value, "f")))


_Dumper.add_representer(
    str,
    lambda dumper, text: dumper.represent_scalar(
        "tag:yaml.org,2002:str", text, style='"' if _ODD_BREAKS & set(text) else None
    ),
)


def _number_tag(value: Decimal) -> str:
    return "tag:yaml.org,2002:float" if "." in format(value, "f") else "tag:yaml.org,2002:int"


def dump(tree: Any) -> str:
    """Plain data as YAML that `load` reads again as it was; yes and no, days and exact decimals as people write them."""
    text: str = yaml.dump(tree, Dumper=_Dumper, sort_keys=False, allow_unicode=True, width=10**6)
    return text


def _places(root: yaml.Node) -> Lines:
    found: Lines = {}

    def walk(node: yaml.Node, path: tuple[str | int, ...]) -> None:
        found.setdefault(path, _line(node))
        if isinstance(node, yaml.MappingNode):
            for key, value in node.value:
                found[(*path, key.value)] = _line(key)
                walk(value, (*path, key.value))
        elif isinstance(node, yaml.SequenceNode):
            for position, value in enumerate(node.value):
                walk(value, (*path, position))

    walk(root, ())
    return found
