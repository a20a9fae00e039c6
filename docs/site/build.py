"""Build the documentation site: `python -m docs.site.build OUT`. Nothing is fetched, and the site needs no network."""

from __future__ import annotations

import re
import shutil
import sys
import tempfile
from functools import cache
from itertools import count
from os.path import relpath
from pathlib import Path

from docs.site import agency_files, checks, commands, figures, questions, transcripts

ROOT = Path(__file__).parents[2]
DOCS, SITE = ROOT / "docs", ROOT / "docs" / "site"
PICTURES = ROOT / "notebooks" / "pictures"
#: Pages that lie elsewhere in the repository, with their place in the site.
ELSEWHERE = {
    "CONTRIBUTING.md": "contributing/index.md",
    "CHANGELOG.md": "changelog.md",
    "SECURITY.md": "security.md",
    "training/README.md": "kits.md",
}
#: The site's contents, in order: a heading and its pages.
CONTENTS = {
    "Begin": ["start", "install", "desk", "ask"],
    "Jobs": [f"jobs/{job}" for job in ("report", "pay_setting", "certification", "appraisal", "staffing", "closeout", "batch", "course", "hall", "forum")],
    "Look up": ["questions/index", "commands/index", "files/index", "checks/index", "figures/index"],
    "Understand": ["numbers", "privacy", "kits", "security", "changelog"],
    "Contribute": ["contributing/index", *(f"contributing/{page}" for page in ("house", "figure", "question", "column", "key", "check", "walk", "form", "session", "batch")), "style",
                   "decisions/index"],
}  # fmt: skip
_LINK = re.compile(
    r"(?P<code>^```.*?^```|`[^`\n]*`)"
    r"|(?P<picture>!?)\[(?P<words>[^\[\]\n]*)\]\((?P<target>[^)#\s]+)(?P<anchor>#[^)]*)?\)",
    re.MULTILINE | re.DOTALL,
)


def written() -> dict[str, Path]:
    """Every page written by hand: its place in the site, and where it lies."""
    own = {path.relative_to(DOCS).as_posix(): path for path in sorted(DOCS.rglob("*.md"))}
    return own | {place: ROOT / name for name, place in ELSEWHERE.items()}


@cache
def generated() -> dict[str, str]:
    """Every page made from what is declared in code."""
    return questions.pages() | commands.pages() | agency_files.pages() | figures.pages() | checks.pages()


def stage(folder: Path, *, run: bool = True) -> None:
    """Put every page into a folder as Sphinx wants it: links set, contents added, examples run."""
    made = generated()
    places = {path: place for place, path in written().items()} | {DOCS / place: place for place in made}
    for place, path in written().items():
        text = _linked(path.read_text(encoding="utf-8"), path, place, places)
        _put(folder, place, transcripts.run(text, folder.parent / "runs" / place.replace("/", "-")) if run else text)
    for place, text in made.items():
        _put(folder, place, text)
    with (folder / "index.md").open("a", encoding="utf-8") as index:
        index.write("".join(map(_toctree, CONTENTS)))
    shutil.copytree(PICTURES, folder / "pictures")
    shutil.copytree(SITE / "look", folder / "look")
    shutil.copy(SITE / "conf.py", folder / "conf.py")


def _put(folder: Path, place: str, text: str) -> None:
    (folder / place).parent.mkdir(parents=True, exist_ok=True)
    (folder / place).write_text(text, encoding="utf-8")


def _toctree(heading: str) -> str:
    return f"\n```{{toctree}}\n:caption: {heading}\n:hidden:\n\n" + "\n".join(CONTENTS[heading]) + "\n```\n"


def _linked(text: str, path: Path, place: str, places: dict[Path, str]) -> str:
    """The page with links that hold in the site; what is not part of it is named and not linked."""

    def link(found: re.Match[str]) -> str:
        if found["code"] or "://" in found["target"]:
            return found[0]
        meant = (path.parent / found["target"]).resolve()
        to = places.get(meant) or (f"pictures/{meant.name}" if meant.parent == PICTURES else None)
        if to is None and not meant.exists():
            raise transcripts.Stopped(f"{path.name}: the link to {found['target']} leads nowhere.")
        if to is None:
            return f"{found['words']} (`{meant.relative_to(ROOT).as_posix()}`)"
        return f"{found['picture']}[{found['words']}]({relpath(to, Path(place).parent)}{found['anchor'] or ''})"

    return _LINK.sub(link, text)


#: What the theme leaves out for a reader who hears the page, and the one address it names.
_FINISH = (
    ('<aside class="sidebar-drawer">', '<aside class="sidebar-drawer" aria-label="All pages">'),
    ('<aside class="toc-drawer', '<aside aria-label="On this page" class="toc-drawer'),
    ("<pre>", '<pre tabindex="0">'),
    ('<th class="head', '<th scope="col" class="head'),
    ('<div id="search-results"></div>', '<h1>Search</h1>\n<div id="search-results"></div>'),
)
#: A table, and the heading it is called after.
_TABLE = re.compile('<h[1-4]>(.*?)<a class="headerlink"|<div class="table-wrapper', re.DOTALL)
_ANY_TAG = re.compile("<[^>]*>")
#: A name at the head of a row, which may break after each of its parts, so that the words beside it have room.
_NAME = re.compile(r'(?<=<tr class=)("row-\w+"><td><p><code[^>]*><span class="pre">)([\w.]+)(?=</span>)')
_MADE_WITH = re.compile(r"Made with\s*(?:<a[^>]*>[^<]*</a>[^<]*)+")


def finished(page: str) -> str:
    """A page that can be used by keyboard and by ear, and names no address."""
    for before, after in _FINISH:
        page = page.replace(before, after)
    number, under = count(1), [""]

    def named(found: re.Match[str]) -> str:
        if found[1] is not None:
            under[0] = " ".join(_ANY_TAG.sub("", found[1]).replace('"', "&quot;").split())
            return found[0]
        return f'<div tabindex="0" role="region" aria-label="Table {next(number)}: {under[0]}" class="table-wrapper'

    page = _TABLE.sub(named, page)
    page = _NAME.sub(lambda found: found[1] + re.sub("(?<=[._])(?=[a-z])", "<wbr>", found[2]), page)
    return _MADE_WITH.sub("", page)


def build(out: Path, *, run: bool = True) -> None:
    """The site in a folder; what was there before is replaced. A warning of Sphinx stops it."""
    from sphinx.cmd.build import main as sphinx

    with tempfile.TemporaryDirectory() as name:
        source, made = Path(name) / "source", Path(name) / "made"
        source.mkdir()
        stage(source, run=run)
        if code := sphinx(
            ["-b", "html", "-q", "-W", "--keep-going", "-d", str(Path(name) / "kept"), str(source), str(made)]
        ):
            raise SystemExit(code)
        for left in (".buildinfo", "objects.inv", "_sources"):
            shutil.rmtree(made / left, ignore_errors=True) if (made / left).is_dir() else (made / left).unlink(
                missing_ok=True
            )
        for path in made.rglob("*.html"):
            path.write_text(finished(path.read_text(encoding="utf-8")), encoding="utf-8")
        shutil.rmtree(out, ignore_errors=True)
        out.parent.mkdir(parents=True, exist_ok=True)
        shutil.move(made, out)


if __name__ == "__main__":
    build(Path(sys.argv[1]))
