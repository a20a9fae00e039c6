"""YAML read strictly: exact decimals, no key twice, and the line of every entry kept for messages; and written."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import yaml

_ODD_BREAKS = set("\r\x85\u2028\u2029")  # ends of lines that YAML would turn into plain ones
INDENT = "Compare the line with a sample agency; indent with spaces only."


class YamlError(ValueError):
    """YAML that cannot be read; `line` says where and `fix` what to do."""

    def __init__(self, line: int | None, reason: str, fix: str = INDENT) -> None:
        """Keep the line beside the reason."""
        super().__init__(reason if line is None else f"line {line}: {reason}")
        self.line, self.reason, self.fix = line, reason, fix


class _Loader(yaml.SafeLoader):
    pass


def _mapping(loader: _Loader, node: yaml.MappingNode) -> dict[Any, Any]:
    made: dict[Any, Any] = {}
    for key_node, value_node in node.value:
        key = loader.construct_object(key_node, deep=True)
        if not isinstance(key, str | int | float | bool) and not hasattr(key, "isoformat"):
            raise YamlError(
                key_node.start_mark.line + 1, "a key must be a word or a date", "Write a word before the colon."
            )
        if key in made:
            raise YamlError(key_node.start_mark.line + 1, f"'{key}' stands twice", "Keep one of the two entries.")
        made[key] = loader.construct_object(value_node, deep=True)
    return made


_Loader.add_constructor(yaml.resolver.BaseResolver.DEFAULT_MAPPING_TAG, _mapping)


def _decimal(loader: _Loader, node: yaml.ScalarNode) -> Decimal:
    return Decimal(loader.construct_scalar(node))


def _day(loader: _Loader, node: yaml.ScalarNode) -> Any:
    try:
        return loader.construct_yaml_timestamp(node)
    except ValueError:
        fix = "Check the month and the day; write year-month-day, such as 2024-09-30."
        raise YamlError(node.start_mark.line + 1, f"'{node.value}' is not a day in the calendar", fix) from None


_Loader.add_constructor("tag:yaml.org,2002:float", _decimal)
_Loader.add_constructor("tag:yaml.org,2002:timestamp", _day)


def load(text: str) -> Any:
    """The document as plain data. Raises YamlError, with the line."""
    try:
        return yaml.load(text, Loader=_Loader)  # noqa: S506 (a safe loader)
    except yaml.MarkedYAMLError as failure:
        line = failure.problem_mark.line + 1 if failure.problem_mark else None
        raise YamlError(line, failure.problem or "is not YAML") from None
    except (yaml.YAMLError, ValueError, RecursionError) as failure:
        if isinstance(failure, YamlError):
            raise
        raise YamlError(None, f"is not readable as YAML ({failure})") from None


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


def lines(text: str) -> dict[tuple[str | int, ...], int]:
    """The line of every entry, by its path of keys and positions."""
    found: dict[tuple[str | int, ...], int] = {}

    def walk(node: yaml.Node, path: tuple[str | int, ...]) -> None:
        found.setdefault(path, node.start_mark.line + 1)
        if isinstance(node, yaml.MappingNode):
            for key, value in node.value:
                found[(*path, key.value)] = key.start_mark.line + 1
                walk(value, (*path, key.value))
        elif isinstance(node, yaml.SequenceNode):
            for position, value in enumerate(node.value):
                walk(value, (*path, position))

    root = yaml.compose(text, Loader=yaml.SafeLoader)
    if root is not None:
        walk(root, ())
    return found
