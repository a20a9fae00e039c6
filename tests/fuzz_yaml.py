"""YAML files made at random from those of the sample agencies and kits: a part of `make fuzz`."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from random import Random

from seskit.forum import config
from seskit.forum.place import KitError
from tests.places import ROOT
from tests.yaml_kinds import KINDS

NAMES = (*KINDS, config.NAME)
VALUES = [
    ".nan", "-.inf", "!!float abc", "!!int 0x", "9999-12-31", "0000-01-01", '"\\ud800"', "9" * 5000, "1.0e+999999", "1:20.5", "[" * 2000, "{a: " * 400,
    "&a [*a]", "*z", "!!python/object/apply:os.system [ls]", "!!binary x", "!!set {b}", "\x00", "\x1b[31m", "\u202eabc", "\u2028", "~", "no", "NO", "''", '"',
    "2002-09-31", "2002-09-30 12:00:00", "-1", "0o17", "1_000", "$5", "[]", "{}", "- a", "? a", "|", ">", "%", "@x", "`", "x" * 70_000, "\U0001f600", "12e",
    "<<: *b", "!<tag:yaml.org,2002:str> a", "'it's'", "a: b: c", "# nothing", "--- b", "...", "\t", "None", "true", "1e400", "0x" + "f" * 900,
]  # fmt: skip


def content(chance: Random) -> tuple[str, bytes]:
    """A file's name and what is in it: a good file with some faults, or hardly any of one."""
    name = chance.choice(NAMES)
    lines = chance.choice(_good(name)).splitlines()
    for _ in range(chance.choice([0, 1, 1, 2, 5, 40])):
        _change(lines, chance)
    text = "\n".join(lines)
    if chance.random() < 0.1:
        text = text[chance.randrange(len(text) + 1) :]
    encoding = chance.choice([*["utf-8"] * 12, "utf-8-sig", "utf-16", "utf-32", "cp1252", "cp500"])
    made = text.encode(encoding, "surrogatepass" if encoding.startswith("utf") else "replace")
    if chance.random() < 0.1 and made:
        place = chance.randrange(len(made))
        made = made[:place] + bytes([chance.randrange(256)]) + made[place + chance.choice([0, 1, 100]) :]
    return name, made * chance.choice([1] * 12 + [2, 40])


def read(folder: Path, name: str) -> tuple[str, str]:
    """Read one as a command would, and look at all that would be printed."""
    if name == config.NAME:
        try:
            config.read(folder)
        except KitError as error:
            lines = str(error).split("\n")
            said = lines if all(config.NAME in line for line in lines) else [str(error)]
        else:
            said = []
    else:
        said = [str(problem) for problem in KINDS[name](folder)]
    unprintable = next((text for text in said if not text.isprintable()), None)
    if unprintable is not None:
        return "unprintable", repr(unprintable)[:200]
    return ("refused", f"{name}: {said[0][:200]}") if said else ("read", name)


@cache
def _good(name: str) -> list[str]:
    found = [
        path.read_text(encoding="utf-8")
        for place in ("notebooks", "training")
        for path in sorted((ROOT / place).rglob(name))
    ]
    return found or ["fiscal_year: 2002\nnames: [a, b]\n"]


def _change(lines: list[str], chance: Random) -> None:
    if not lines:
        lines.append(chance.choice(VALUES))
        return
    at = chance.randrange(len(lines))
    line = lines[at]
    key, colon, _ = line.partition(":")
    lines[at] = chance.choice([
        f"{key}{colon} {chance.choice(VALUES)}", f"{key}{colon} {chance.choice(VALUES)}", f"{key}{colon}", f" {line}", line.strip(), f"{key}x: 1", f"- {line}",
        f"{line}\n{line}", "", f"{line} {chance.choice(VALUES)}", f"{key}: &b {chance.choice(['x', '{c: 1}', '[1, 2]'])}\nmore: *b", chance.choice(VALUES),
        line.replace("'", '"'), line.upper(), line.replace(":", ""), line.replace("-", "\u2013"), f"{line}\r", "\n".join([f"  k{n}: {n}" for n in range(2000)]),
    ])  # fmt: skip
