"""How long a forum kit takes beside pandoc alone on the same texts, interleaved in one run.

Pandoc alone turns the same Markdown into the same number of slides, Word files and pages, and for each PDF into typst text
that nobody typesets. The ratio is printed and never asserted. Run: python -m tests.bench_forum [KIT] [ROUNDS]
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
import time
from pathlib import Path
from statistics import median

import pypandoc

from seskit.formats.documents import Document
from seskit.forum import changed, config, papers
from seskit.forum.build import Kit, build, resolve
from tests.places import TRAINING


def texts(kit: Kit) -> list[tuple[Document, tuple[str, ...]]]:
    """Every document of a kit with the formats it is made in."""
    forum, lessons = kit.forum, kit.lessons
    made: list[tuple[Document, tuple[str, ...]]] = [(papers.agenda(forum), ("html", "typst"))]
    for one in lessons:
        made += [(papers.deck(forum, one, page=True), ("html",)), (papers.deck(forum, one, page=False), ("pptx",))]
        made.append((papers.handout(forum, one), ("docx", "typst")))
    both = [papers.guide(forum, lessons), papers.answer_key(forum, lessons), papers.knowledge_check(forum, lessons)]
    made += [(document, ("docx", "typst")) for document in (*both, *kit.shared.values())]
    return [*made, (changed.log(None, {}), ("html",)), (papers.agenda(forum), ("html",))]


def alone(documents: list[tuple[Document, tuple[str, ...]]]) -> None:
    """Pandoc with its own templates, one call for each file."""
    program = pypandoc.get_pandoc_path()
    with tempfile.TemporaryDirectory() as folder:
        for document, formats in documents:
            for name, content in document.images.items():
                Path(folder, name).write_bytes(content)
            for kind in formats:
                command = [program, "--from=markdown", f"--to={kind}", "--standalone", f"--output=made.{kind}"]
                subprocess.run(command, input=document.body.encode(), cwd=folder, check=True, capture_output=True)


def main(kit: str = "2004-07-28-pay", rounds: int = 3) -> None:
    """Measure and print."""
    folder = TRAINING / kit
    documents = texts(resolve(config.read(folder)))
    found: dict[str, list[float]] = {"pandoc alone": [], "the kit": []}
    with tempfile.TemporaryDirectory() as out:
        for _ in range(rounds):
            began = time.perf_counter()
            alone(documents)
            found["pandoc alone"].append(time.perf_counter() - began)
            began = time.perf_counter()
            build(folder, Path(out))
            found["the kit"].append(time.perf_counter() - began)
    for name, seconds in found.items():
        print(f"{name}: {median(seconds):.1f} s")
    print(f"the kit / pandoc alone: {median(found['the kit']) / median(found['pandoc alone']):.2f}")


if __name__ == "__main__":
    main(*sys.argv[1:2], *map(int, sys.argv[2:3]))
