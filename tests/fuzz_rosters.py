"""Rosters, workbooks and YAML files made at random, each read in a child with limits: `make fuzz`.

An input fails when its reading ends in a traceback, when the process is ended by a signal, when it takes over 20 seconds
or more than 1 GiB, or when something would be printed that is no printable text.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import select
import signal
import sys
import tempfile
import time
import traceback
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from random import Random

from seskit.record import roster
from tests import fuzz_yaml
from tests import sheet_xml as xml
from tests.roster_heads import HEADER as HEADS

SECONDS = 20.0
MEMORY = 2**30
HEADER = list(HEADS)
ROW = ["A1", "Avery Adams", "main", "Programs", "no", "career", "4", "129800", "129800", "3", "2002-11-15", *[""] * 5]
ODD = [
    "", " ", "\u00a0", "\u200b", "#N/A", "#REF!", "Err:502", "nan", "inf", "-0", "1e308", "1E999", "\uff10\uff11\uff12", "\u0661\u0662", "½", "\x1b[31mred", "\x07",
    "\u202eabc", "\ufeff", "=1+1", "@x", "+1", "-1", "(5)", "1,234", "1.234,5", "$129,8OO", "yes", "no", "maybe", "2002-02-30", "99999-01-01",
    "11/15/2002 0:00", "15.11.2002", "a\nb", "a\r\nb,c,d", "x" * 40000, '"', '""', "'", "<b>", "&amp;", "]]>", "_x001B_", "_xD800_", "\ud7ff",
    "\U0001f600", "é", "ﬀ", "%s%n", "{0}", "../../x", "C:\\x", "0" * 400, "9" * 400, "1_000", "0x10", "12e", ".", ",", ";", "\t", "null", "None",
    "1899-12-31", "4.0", "4.5", "11358.637499999999", "9086.000000000002", "0.001", "1.000", "two_unsatisfactory; one_unsatisfactory",
]  # fmt: skip
FORMATS: list[str | int] = [
    0, 1, 2, 3, 4, 5, 9, 11, 12, 14, 22, 44, 46, 49, 81, 999, "00000", "000-00-0000", "yyyy-mm-dd", "[$-407]TT.MM.JJJJ", "[h]:mm", ";;;",
    '"K-"000', "#,##0,,", "0.0%%", "General", "[Red][<5]0;[>9]0.0;#", "# ?/?", '"', "[", "\\", "_", "*", ";" * 50, "0" * 2000, "0." + "0" * 500, "@@",
    "?" * 30, "[$€-407]#,##0.00", "ggge", "#.#.#", ",0,", "%", "E+", "0E+0", "",
]  # fmt: skip


@dataclass
class Outcome:
    """How the reading of one input ended."""

    verdict: str
    detail: str
    seconds: float
    memory: int


def main() -> None:
    """Fuzz as many inputs of each kind as asked for, and say what happened."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--rosters", type=int, default=10_000)
    asked.add_argument("--workbooks", type=int, default=1_000)
    asked.add_argument("--yaml", type=int, default=2_000)
    asked.add_argument("--seed", type=int, default=1)
    asked.add_argument("--keep", type=Path, help="Folder for the inputs that fail.")
    given = asked.parse_args()
    bad = 0
    for kind, count in (("roster", given.rosters), ("workbook", given.workbooks), ("yaml", given.yaml)):
        bad += report(kind, fuzz(kind, count, given.seed, given.keep))
    sys.exit(1 if bad else 0)


def report(kind: str, outcomes: list[tuple[int, Outcome]]) -> int:
    """Print the figures of a run; how many inputs failed."""
    counts = Counter(outcome.verdict for _, outcome in outcomes)
    slowest = max((outcome.seconds for _, outcome in outcomes), default=0.0)
    memory = max((outcome.memory for _, outcome in outcomes), default=0)
    print(
        f"{len(outcomes):,} {kind} files: {dict(counts)}; slowest {slowest:.1f} s, most memory {memory / 2**20:.0f} MiB"
    )
    failed = [(seed, outcome) for seed, outcome in outcomes if outcome.verdict not in ("read", "refused")]
    for seed, outcome in failed[:20]:
        print(f"  {kind} of seed {seed}: {outcome.verdict}, {outcome.seconds:.1f} s, {outcome.detail}")
    return len(failed)


def fuzz(kind: str, count: int, seed: int = 1, keep: Path | None = None) -> list[tuple[int, Outcome]]:
    """Make and read inputs of one kind; each with the seed it was made from."""
    make = {
        "roster": lambda chance: ("roster.csv", roster_bytes(chance)),
        "workbook": lambda chance: ("roster.xlsx", workbook_bytes(chance)),
        "yaml": fuzz_yaml.content,
    }[kind]
    outcomes = []
    for number in range(seed * 1_000_000, seed * 1_000_000 + count):
        name, content = make(Random(number))
        with tempfile.TemporaryDirectory() as folder:
            place = Path(folder) / name
            place.write_bytes(content)
            outcome = apart(
                lambda place=place: fuzz_yaml.read(place.parent, place.name) if kind == "yaml" else read(place)
            )
        outcomes.append((number, outcome))
        if keep and outcome.verdict not in ("read", "refused"):
            keep.mkdir(parents=True, exist_ok=True)
            (keep / f"{number}.{name}").write_bytes(content)
    return outcomes


def read(place: Path) -> tuple[str, str]:
    """Read one input as a command would, and look at all that would be printed."""
    found = roster.read(place)
    found.groups()
    said = [*map(str, found.problems), *found.notes]
    unprintable = next((text for text in said if not text.isprintable()), None)
    if unprintable is not None:
        return "unprintable", repr(unprintable)[:200]
    whole = [problem.reason for problem in found.problems if problem.row is None]
    return ("refused", whole[0]) if whole else ("read", f"{len(found.people)} people, {len(found.problems)} problems")


def apart(work: Callable[[], tuple[str, str]], seconds: float = SECONDS, memory: int = MEMORY) -> Outcome:
    """Do a piece of work in a child of this process, within limits of time and memory."""
    into, out = os.pipe()
    start = time.monotonic()
    child = os.fork()
    if child == 0:
        os.close(into)
        _child(work, out, memory)
    os.close(out)
    said = b""
    while (left := seconds - (time.monotonic() - start)) > 0 and select.select([into], [], [], left)[0]:
        if not (piece := os.read(into, 1 << 16)):
            break
        said += piece
    os.close(into)
    if late := time.monotonic() - start >= seconds:
        os.kill(child, signal.SIGKILL)
    _, status, used = os.wait4(child, 0)
    took = time.monotonic() - start
    if late:
        return Outcome("hang", "", took, used.ru_maxrss * 1024)
    if os.WIFSIGNALED(status) or not said:
        return Outcome("abort", f"signal {os.WTERMSIG(status)}", took, used.ru_maxrss * 1024)
    verdict, detail = json.loads(said)
    return Outcome(verdict, detail, took, used.ru_maxrss * 1024)


def _child(work: Callable[[], tuple[str, str]], out: int, memory: int) -> None:
    """The child: it never comes back."""
    try:
        begun, mapped = _resident(), int(Path("/proc/self/statm").read_text().split()[0]) * resource.getpagesize()
        resource.setrlimit(resource.RLIMIT_AS, (mapped + 4 * memory, mapped + 4 * memory))
        try:
            said = work()
            if _resident() - begun > memory:
                said = ("memory", said[0])
        except BaseException:  # noqa: BLE001 - whatever it is, the parent must hear of it
            said = ("traceback", traceback.format_exc()[-600:])
        os.write(out, json.dumps(said).encode())
    finally:
        os._exit(0)


def _resident() -> int:
    """The most memory this process has held, in bytes; a child begins with what its parent holds."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024


def roster_bytes(chance: Random) -> bytes:
    """A CSV roster with faults of many kinds in it, or none."""
    rows = [[*HEADER], *([f"A{n}", *ROW[1:]] for n in range(chance.choice([1, 3, 20, 300])))]
    for _ in range(chance.randint(0, 12)):
        row = chance.choice(rows[chance.random() < 0.95 :])
        row[chance.randrange(len(row))] = chance.choice(ODD)
    separator = chance.choice(",,,,,,;\t|")
    quote = chance.random() < 0.9
    lines = [separator.join(_quoted(cell, separator) if quote else cell for cell in row) for row in rows]
    content = chance.choice(["\n", "\r\n", "\r"]).join(lines)
    for _ in range(chance.choice([0, 0, 0, 1, 3])):
        place = chance.randrange(len(content))
        content = (
            content[:place] + chance.choice(['"', "\n", separator, "\x00", "\x1b", "\u2028", '"\n"']) + content[place:]
        )
    encoding = chance.choice(
        [*["utf-8"] * 12, "utf-8-sig", "utf-16", "utf-16-le", "cp1252", "cp1252", "utf-32", "cp500"]
    )
    made = content.encode(encoding, "surrogatepass" if encoding.startswith("utf") else "replace")
    return _damaged(made, chance) if chance.random() < 0.1 else made * chance.choice([1, 1, 1, 1, 40])


def _quoted(cell: str, separator: str) -> str:
    return '"' + cell.replace('"', '""') + '"' if any(sign in cell for sign in f'"\r\n{separator}') else cell


def workbook_bytes(chance: Random) -> bytes:
    """A workbook with unusual, wrong or hostile parts in it, or none."""
    shared = [f"<t>{_escaped(value)}</t>" for value in [*HEADER, *ROW, *ODD[:40]]]
    shared += ["<r><t>Ave</t></r><r><t>ry</t></r><rPh><t>x</t></rPh>", "", "<t/>", "<x/>" * 3]
    rows = "".join(_rows(chance, len(shared)))
    before = chance.choice(
        ["", "", '<dimension ref="A1:XFD1048576"/>', '<cols><col min="2" max="16384" hidden="1"/></cols>']
    )
    after = chance.choice(["", '<autoFilter ref="A1:B2"><filterColumn colId="0"/></autoFilter>', '<mergeCells><mergeCell ref="L2:L4"/></mergeCells>'])  # fmt: skip
    sheets = {"roster": xml.sheet(rows, before, after)}
    if chance.random() < 0.3:
        sheets = {chance.choice(["Cover", "Roster", "\u202e", "x" * 60]): xml.sheet(_bad(chance)), **sheets}
    states = {name: "veryHidden" for name in sheets if chance.random() < 0.15}
    content = dict(_parts(xml.book(sheets, styles=xml.styles(FORMATS), shared=xml.shared(shared), states=states)))
    for name in list(content):
        if chance.random() < 0.02:
            content[name] = _rewritten(content[name], chance)
        if chance.random() < 0.01:
            content[name] = _damaged(content[name], chance)
        if chance.random() < 0.01:
            del content[name]
    made = xml.zipped(content)
    return _damaged(made, chance) if chance.random() < 0.1 else made


def _rows(chance: Random, texts: int) -> Iterator[str]:
    yield xml.row([xml.text(name) for name in HEADER], chance.choice([None, 1, 1]))
    for number in range(2, chance.choice([3, 6, 40])):
        cells = [xml.text(cell) if not cell.isdigit() else xml.number(cell) for cell in [f"A{number}", *ROW[1:]]]
        for _ in range(chance.choice([0, 0, 0, 0, 1, 2, 4])):
            cells[chance.randrange(len(cells))] = _cell(chance, texts, number)
        yield xml.row(
            cells, chance.choice([None, number, number, number]), chance.choice(["", "", ' hidden="1"', ' ht="0"'])
        )
    if chance.random() < 0.15:
        yield _bad(chance)


def _cell(chance: Random, texts: int, row: int) -> str:
    style = chance.randrange(len(FORMATS) + 3)
    value = chance.choice(["37575", "129800", "1e400", "-1", "0", "124", "0.0483", "nan", "", " 5 ", "9" * 30, "1E-300", "2958466", "60", "11358.637499999999"])  # fmt: skip
    wrong = [" r='C2'", ' r="XFD1048576"', ' r="ZZZ9"', ' r="A0"', ' r="\u00e91"', f' r="a{row}"', f' r="B{row}"']
    address = chance.choice(wrong) if chance.random() < 0.02 else ""
    usual = [
        f'<c{address} s="{style}"><v>{value}</v></c>', f"<c t='e'{address}><v>#N/A</v></c>", f'<c{address} t="e"/>',
        f'<c{address} t="s"><v>{chance.randrange(texts)}</v></c>', f'<c t="str"{address}><f>1</f><v></v></c>',
        f'<c{address} t="str"><f/><v>{_escaped(chance.choice(ODD))}</v></c>', f'<c{address} t="b"><v>1</v></c>', f'<c t="d"{address}><v>2002-11-15T00:00:00Z</v></c>',
        f'<c t="d"{address}><v>{value}</v></c>', f'<x:c xmlns:x="{xml.MAIN}"{address}><x:v>{value}</x:v></x:c>', f"<c{address}/>",
        f"<c{address}><v>1<!-- 2 -->3</v></c>", f"<c{address}><v><![CDATA[5]]></v></c>", f"<c{address}><extLst><ext><c><v>9</v></c></ext></extLst></c>",
        xml.text(_clean(chance.choice(ODD))[:30_000]), f'<c{address} t="inlineStr"><is><r><t>a</t></r><rPh><t>b</t></rPh></is></c>',
    ]  # fmt: skip
    hostile = [
        f"<c{address}><f>A1</f></c>", f'<c{address} t="b"><v>{value}</v></c>', f'<c t="zzz"{address}><v>1</v></c>', "<row/>",
        f'<c{address} t="s"><v>{chance.choice([-1, texts, 10**12])}</v></c>', xml.text("x" * 40_000),
    ]  # fmt: skip
    return chance.choice(hostile if chance.random() < 0.02 else usual)


def _bad(chance: Random) -> str:
    return chance.choice([
        '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>', "<row r='900000'><c r='A900000'><v>1</v></c></row>", '<row r="9999999"/>',
        "<row/>" * 200_000, "<row>" + "<c/>" * 100_000 + "</row>", "<a>" * 100 + "</a>" * 100, "<a " + " ".join(f'a{n}=""' for n in range(5000)) + "/>",
        f'<a b="{"x" * 3_000_000}"/>', f"<!--{'x' * 3_000_000}-->", f"<row><c><v>{'1' * 3_000_000}</v></c></row>", f'<row><c t="inlineStr"><is><t>{"x" * 3_000_000}</t></is></c></row>',
        "".join(f"<row><c><v>{n}</v></c><c t='e'><v>#N/A</v></c></row>" for n in range(30_000)), '<row r="2"/><row r="1"/>', "<row r='2'/>" * 2,
        "".join(f"<a{n}/>" for n in range(150_000)),
    ])  # fmt: skip


def _rewritten(part: bytes, chance: Random) -> bytes:
    text = part.decode("utf-8", "replace")
    return chance.choice([
        lambda: text.replace('"', "'").encode(), lambda: ('<?xml version="1.0" encoding="utf-16"?>' + text.partition("?>")[2]).encode("utf-16"),
        lambda: b'<!DOCTYPE a [<!ENTITY b "c"><!ENTITY d "&b;&b;">]>' + text.partition("?>")[2].encode(), lambda: b"", lambda: b"<a/>", lambda: b"\x00" * 1000,
        lambda: text.replace("http://schemas.openxmlformats.org/spreadsheetml/2006/main", "urn:x").encode(), lambda: text.encode("cp500", "replace"),
        lambda: ('<?xml version="1.0" encoding="shift_jis"?>' + text.partition("?>")[2]).encode(), lambda: text.replace("<", "\n  <").encode(),
        lambda: text.replace('Target="', 'Target="../../..').encode(), lambda: text.replace("worksheet", "chartsheet").encode(),
        lambda: text.replace('r:id="', 'r:id="x').encode(), lambda: part + b" " * 5_000_000, lambda: part * 2,
    ])()  # fmt: skip


def _damaged(content: bytes, chance: Random) -> bytes:
    made = bytearray(content)
    for _ in range(chance.choice([1, 3, 30])):
        if made:
            made[chance.randrange(len(made))] = chance.randrange(256)
    return bytes(made[: chance.randrange(len(made) + 1)] if chance.random() < 0.3 else made)


def _parts(archive: bytes) -> Iterator[tuple[str, bytes]]:
    import io
    import zipfile

    with zipfile.ZipFile(io.BytesIO(archive)) as opened:
        for name in opened.namelist():
            yield name, opened.read(name)


def _clean(value: str) -> str:
    return "".join(character for character in value if character in "\t\n" or character >= " ")


def _escaped(value: str) -> str:
    return _clean(value).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


if __name__ == "__main__":
    main()
