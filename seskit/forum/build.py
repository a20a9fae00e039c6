"""Build a forum: every paper of it in one folder, a start page, and a zip to hand out."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

from seskit.formats import leaving, results
from seskit.formats.archives import packed
from seskit.formats.days import long_date
from seskit.formats.documents import Document, bullets, escaped
from seskit.formats.documents.dark import darkened
from seskit.formats.documents.deck import Deck
from seskit.formats.files import whole
from seskit.forum import changed, config, known_on, papers, references, source, teaching
from seskit.forum.config import Forum, sentence
from seskit.forum.diary import calendar
from seskit.forum.images import Images
from seskit.forum.place import Faults, SourcePlace
from seskit.forum.references import Resolver
from seskit.forum.resolved import ResolvedSession, lesson, with_doubt

RECORD = "record.json"
#: What a build shows otherwise; a name that begins with "changes." is that of a result by number, closed to all but its owner.
_SINCE = "since-the-last-build"
_FOR_FACILITATORS = (
    "facilitator-guide",
    "run-sheet",
    "tally-sheet",
    "sign-in-sheet",
    "answer-key",
    "train-the-trainer",
)


@dataclass(frozen=True)
class Kit:
    """A forum with everything resolved: nothing is left that could stop the writing."""

    forum: Forum
    lessons: list[ResolvedSession]
    shared: dict[str, Document]
    came_to: dict[str, str]
    aids: dict[str, Document]

    @property
    def warnings(self) -> tuple[str, ...]:
        """What deserves a look and stops nothing."""
        lacking = [f"{one.title}: {said}." for one in self.lessons for said in teaching.faults(one)]
        unknown = (
            known_on.beyond(self.forum.content_as_of)
            if any(step.exercise for one in self.lessons for step in one.steps)
            else ""
        )
        return (*self.forum.warnings, *filter(None, [unknown]), *lacking)


def resolve(forum: Forum, faults: Faults | None = None) -> Kit:
    """Resolve every source of a forum on its `content_as_of`; faults known before are told with those found here."""
    training = forum.folder.parent
    resolver = Resolver(forum, references.read_facts(training))
    lessons, shared, aids = list[ResolvedSession](), dict[str, Document](), dict[str, Document]()
    faults = faults or Faults()
    with faults.gathered():
        _check_numbers(forum)
    for number, (row, session) in enumerate(forum.sessions, 1):
        with faults.gathered():
            lessons.append(lesson(number, row, session, resolver))
    resolver.row = None
    for stem, title in (("evaluation", "Evaluation form"), ("train-the-trainer", "Train the trainer")):
        with faults.gathered():
            shared[stem] = _paper(training / "papers" / f"{stem}.md", title, resolver)
    for name in forum.facts.get("job_aids") or []:
        with faults.gathered():
            aids[str(name)] = _aid(training / "papers" / f"{name}.md", resolver)
    faults.told()
    if aids:
        bodies = [f"# {aid.title}\n\n{aid.body}" for aid in aids.values()]
        shared["job-aids"] = Document(
            "Job aids", "\n\n".join(bodies), images=Images(*(aid.images for aid in aids.values()))
        )
    return Kit(forum, lessons, shared, dict(sorted((resolver.came_to | changed.shown(forum)).items())), aids)


def _aid(file: Path, resolver: Resolver) -> Document:
    """A job aid: its first heading is its title, and it has a page of its own."""
    resolver.images = Images()
    head, _, body = resolver.text(source.text(file)).partition("\n")
    images, resolver.images = resolver.images, Images()
    body = with_doubt(body, resolver.take_unsure())
    return Document(head.removeprefix("# "), body, images=images)


def build(folder: Path, out: Path) -> tuple[Kit, list[Path]]:
    """Write every file of a forum into `out`; nothing is written when anything cannot be resolved."""
    faults = Faults()
    kit = resolve(config.read(folder, faults), faults)
    known = kit.forum.facts
    presenters = (name for row in kit.forum.rows for name in row.presenters)
    stems = [folder.name, *(one.stem for one in kit.lessons), *kit.shared, *kit.aids]
    said = (known["contact"], known["accommodation_contact"], known.get("host"), *presenters)
    with leaving.allowing(*said), TemporaryDirectory() as name:
        made = _built(kit, folder, Path(name), _record(out / RECORD))
        out.mkdir(parents=True, exist_ok=True)
        with results.kept(out, "forum", ", ".join(stems)):
            moved = [whole(out / file.name, file.read_bytes(), looked_over=False) for file in made]
    return kit, [file for file in moved if file.name != RECORD]


def _built(kit: Kit, folder: Path, out: Path, before: dict[str, str] | None) -> list[Path]:
    """Every file in a folder of its own, the list of what each reference came to among them."""
    written = list(_write(kit, out, before))
    written.append(whole(out / "index.html", _start_page(kit, [path.relative_to(out) for path in written])))
    record = whole(out / RECORD, (json.dumps(kit.came_to, indent=1, ensure_ascii=False) + "\n").encode())
    written.append(_zip(out, f"{folder.name}-participants", [p for p in written if _for_participants(p)]))
    written.append(_zip(out, f"{folder.name}-facilitators", [p for p in written if p.suffix != ".zip"]))
    return [*written, record]


def _write(kit: Kit, out: Path, before: dict[str, str] | None) -> Iterable[Path]:
    """Every file in order; pandoc makes several at once, one for each processor."""
    with ThreadPoolExecutor(os.cpu_count()) as workers:
        for written in workers.map(lambda job: job(), _jobs(kit, out, before)):
            yield from written


def _jobs(kit: Kit, out: Path, before: dict[str, str] | None) -> Iterator[Callable[[], list[Path]]]:
    forum, lessons = kit.forum, kit.lessons

    def paper(document: Document, stem: str, *formats: str) -> Iterator[Callable[[], list[Path]]]:
        for name in formats:
            yield partial(replace(document, look=forum.look).write, out, stem, (name,))

    yield from paper(papers.agenda(forum), "agenda", "html", "pdf")
    yield lambda: [whole(out / "agenda.ics", calendar(forum))]
    for one in lessons:
        yield from _session(forum, one, out)
        yield from paper(papers.handout(forum, one), f"{one.stem}-handout", "docx", "pdf")
    yield from paper(papers.guide(forum, lessons), "facilitator-guide", "docx", "pdf")
    yield from paper(papers.run_sheet(forum, lessons), "run-sheet", "docx", "pdf")
    yield from paper(papers.tally_sheet(forum, lessons), "tally-sheet", "docx", "pdf")
    yield from paper(papers.sign_in_sheet(forum), "sign-in-sheet", "docx", "pdf")
    yield from paper(papers.answer_key(forum, lessons), "answer-key", "docx", "pdf")
    yield from paper(papers.knowledge_check(forum, lessons), "knowledge-check", "docx", "pdf")
    for stem, shared in kit.shared.items():
        yield from paper(shared, stem, "docx", "pdf")
    for name, aid in kit.aids.items():
        yield from paper(replace(aid, wall=True), f"wall-{name}", "pdf")
    yield from paper(changed.log(before, kit.came_to), _SINCE, "html")


def _session(forum: Forum, one: ResolvedSession, out: Path) -> Iterator[Callable[[], list[Path]]]:
    page, office = (replace(papers.deck(forum, one, page=page), look=forum.look) for page in (True, False))
    yield lambda: [whole(out / f"{one.stem}-deck.html", page.to_html().encode())]
    yield partial(_office, office, one.images, out, one.stem)


def _office(deck: Deck, images: Images, out: Path, stem: str) -> list[Path]:
    """The PowerPoint file, and the same for a dark room."""
    made = deck.to_pptx()
    drawn = {chart.png for chart in images.drawn()}
    return [whole(out / f"{stem}-deck.pptx", made), whole(out / f"{stem}-deck-dark.pptx", darkened(made, drawn))]


def _check_numbers(forum: Forum) -> None:
    """Within a forum a session is held once, and the number of an exercise or a discussion is its own."""
    seen: dict[str, str] = {}
    files = list[Path]()
    for row, session in forum.sessions:
        if session.file in files:
            raise SourcePlace(session.file, 1).error(
                "this session is on the agenda twice; a second group needs a forum of its own, with its own start and answers: "
                f"seskit forum new NAME --like {forum.folder.name}"
            )
        files.append(session.file)
        for step in session.steps:
            number = step.exercise or step.discussion
            if number in seen:
                raise step.place.error(f"number {number} is already used in '{seen[number]}'; choose another.")
            if number:
                seen[number] = row.title


def _paper(file: Path, title: str, resolver: Resolver) -> Document:
    return Document(title, with_doubt(resolver.text(source.text(file)), resolver.take_unsure()))


def _record(file: Path) -> dict[str, str] | None:
    if not file.is_file():
        return None
    kept: dict[str, str] = json.loads(file.read_text(encoding="utf-8"))
    return kept


def _start_page(kit: Kit, files: list[Path]) -> bytes:
    def links(found: Iterable[Path], of: str = "") -> str:
        return "\n".join(f"- [{escaped(_called(file, of))}]({file.as_posix()})" for file in found)

    named = {one.stem for one in kit.lessons}
    parts = [f"{escaped(sentence(kit.forum.when))} Rules and figures as of {long_date(kit.forum.content_as_of)}."]
    parts += ["# Invite", links(file for file in files if file.stem == "agenda")]
    for one in kit.lessons:
        parts += [
            f"# {one.row.times}: {escaped(one.title)}",
            links((f for f in files if f.stem.startswith(one.stem + "-")), one.title),
        ]
    rest = [f for f in files if f.stem != "agenda" and not any(f.stem.startswith(stem + "-") for stem in named)]
    parts += ["# For facilitators only", links(f for f in rest if f.stem in (*_FOR_FACILITATORS, _SINCE))]
    parts += [papers.board_words(kit.forum)]
    parts += ["# For everyone", links(f for f in rest if f.stem not in (*_FOR_FACILITATORS, _SINCE))]
    if kit.warnings:
        parts += ["# Worth a look", bullets(kit.warnings)]
    return Document(kit.forum.title, "\n\n".join(parts), look=kit.forum.look).to_html().encode()


def _called(file: Path, of: str) -> str:
    """A link's words: what opens and in which program, and for a session's files of which session."""
    kinds = {".html": "web page", ".pptx": "PowerPoint", ".docx": "Word", ".pdf": "PDF", ".ics": "calendar file"}
    what = file.stem.rpartition("-")[2] if of else file.stem.replace("-", " ")
    what = {"deck": "slides", "dark": "slides for a dark room"}.get(what, what)
    words = f"{what} ({kinds[file.suffix]})"
    return f"{of}: {words}" if of else words.capitalize().replace("pdf", "PDF").replace("word", "Word")


def _for_participants(path: Path) -> bool:
    return path.stem not in (*_FOR_FACILITATORS, _SINCE, "index") and not path.name.endswith(
        ("deck.html", "deck.pptx", "dark.pptx")
    )


def _zip(out: Path, stem: str, files: list[Path]) -> Path:
    return whole(out / f"{stem}.zip", packed(stem, files))
