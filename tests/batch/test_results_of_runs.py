"""A batch or a forum kit made again into its folder: what a person changed is kept, what is stale with names is said."""

import shutil
import tempfile
from pathlib import Path
from random import Random

import pytest

from seskit import batch
from seskit.batch.progress import Silent
from seskit.batch.store import Store
from seskit.formats import leaving, results
from seskit.formats.files import whole
from seskit.forum import build as forum
from seskit.record import manifest
from seskit.record.manifest import Record
from tests import batch_kit as kit
from tests.places import TRAINING


def record(agency="AAA", **more):
    return Record(agency, f"{agency} Agency", "report", "final", True, **more)


def publish(out, contents, agency="AAA"):
    """One result of a run of its own, with what was said; the work folder is the test's."""
    work = Path(tempfile.mkdtemp(dir=out.parent))
    files = {}
    for name, content in contents.items():
        files[name] = work / name
        files[name].write_text(content)
    with Store(out) as store:
        store.publish(record(agency), files)
        store.settle()
    shutil.rmtree(work)
    return store.said


@pytest.fixture
def out(tmp_path):
    place = tmp_path / "out"
    place.mkdir()
    publish(place, {"forms.html": "one", "forms.json": "{}", "supplement.html": "with names"})
    return place


def test_a_changed_result_of_a_batch_is_kept_and_said(out):
    """Whether the next run replaces it or writes it no more; an unchanged one is replaced or removed in silence."""
    (out / "AAA" / "forms.html").write_text("by hand")
    (out / "AAA" / "forms.json").write_text("[]")
    said = publish(out, {"forms.html": "two", "supplement.html": "other names"})
    assert (out / "AAA" / "forms.html").read_text() == "two"
    assert (out / "AAA" / "forms.html.before").read_text() == "by hand"
    assert (out / "AAA" / "forms.json.before").read_text() == "[]"
    assert not (out / "AAA" / "forms.json").exists()
    assert not (out / "AAA" / "supplement.html.before").exists()
    assert said == [
        "AAA/forms.html was changed since it was written here: kept as forms.html.before.",
        "AAA/forms.json was changed since it was written here: kept as forms.json.before.",
    ]
    (out / "AAA" / "forms.html").write_text("by hand again")
    assert "kept as forms.html.before-2" in publish(out, {"forms.html": "three"})[0]
    assert not (out / "AAA" / "supplement.html").exists()


def test_a_changed_file_with_names_says_that_it_may_hold_them(out):
    """It is kept, and somebody has to delete it."""
    (out / "AAA" / "supplement.html").write_text("by hand")
    (said,) = publish(out, {"forms.html": "two"})
    assert "AAA/supplement.html was changed" in said
    assert "may hold names: delete it" in said
    assert (out / "AAA" / "supplement.html.before").read_text() == "by hand"


def test_what_a_command_wrote_there_is_known(out):
    """A report written into the agency's results by command is no person's file; somebody else's is kept."""
    with results.kept(out / "AAA", "report", "x"):
        whole(out / "AAA" / "forms.html", b"by command")
    results.taken()
    (out / "AAA" / "other.html").write_text("mine")
    said = publish(out, {"forms.html": "two", "other.html": "theirs"})
    assert said == ["AAA/other.html was not written by this run's folder: kept as other.html.before."]


def test_stale_files_with_names_are_said(out):
    """Beside the results, and of an agency that is no longer there."""
    (out / "AAA" / "supplement.pdf").write_text("?")
    (said,) = publish(out, {"forms.html": "two", "supplement.html": "with names"})
    assert said == "AAA/supplement.pdf is not from this run and may hold names: delete it if it is not needed."
    with Store(out) as store:
        store.forget(["BBB"])
        (said,) = store.said
    assert said.startswith("AAA is no longer among the agencies, and its results may hold names (AAA/supplement.html)")
    assert (out / "AAA" / "supplement.html").is_file()


def test_results_of_an_agency_that_is_gone_are_said_as_long_as_they_lie_there(out):
    """Final forms of a wrong folder that was taken away do not stay among the results without a word, in no run."""

    def told(*agencies):
        with Store(out) as store:
            store.forget(agencies)
            store.settle()
            return store.said, [record.agency for record in store.records.values()]

    publish(out, {"forms.html": "final"})
    for _ in range(3):
        (said,), among = told("BBB")
        assert said.startswith(
            "AAA is no longer among the agencies, and its results of an earlier run are still in the folder AAA"
        )
        assert among == []
        assert not manifest.read(out), "no list and no sum has an agency that is gone"
    with Store(out) as store:
        store.forget(["AAA-1"], {"AAA": "AAA-1"})
        (said,) = store.said
    assert said.startswith(
        "AAA has its results in AAA-1 now, because the name of another folder is nearly the same. Those in AAA are"
    )
    assert told("AAA") == ([], ["AAA"]), "an agency that comes back has its results"
    assert not (out / "left_behind.jsonl").exists()
    for name in "CDE":
        (out / name).mkdir()
        (out / name / "forms.html").write_text("final")
        with Store(out) as store:
            store.note(Record(name, name, "report", "final", True, outputs={f"{name}/forms.html": ""}))
    (said,), _ = told("BBB")
    assert said.startswith("4 agencies are no longer among the agencies")
    assert "(AAA, C, D, E)" in said
    for name in "CDE":
        (out / name / "forms.html").unlink()
    (out / "AAA" / "forms.html").unlink()
    assert told("BBB") == ([], [])
    assert not (out / "left_behind.jsonl").exists()


def test_random_edits_between_runs_are_never_lost(tmp_path):
    """Thirty folders: whatever a person wrote is still there after the next run, and every file of the run is right."""
    chance = Random(16)
    names = ["a.html", "b.json", "supplement.xlsx", "c.csv"]
    for number in range(30):
        place = tmp_path / str(number)
        place.mkdir()
        pick = lambda: {n: chance.choice("xyz") for n in names if chance.random() < 0.7}  # noqa: E731
        publish(place, pick())
        edited = {n: f"mine {n}" for n in names if chance.random() < 0.5}
        (place / "AAA").mkdir(exist_ok=True)
        for name, text in edited.items():
            (place / "AAA" / name).write_text(text)
        coming = pick()
        said = " ".join(publish(place, coming))
        for name, text in coming.items():
            assert (place / "AAA" / name).read_text() == text
        for name, text in edited.items():
            kept = [one for one in (place / "AAA").glob(f"{name}*") if one.read_text() == text]
            assert kept, (number, name)
            assert name in said or (name not in coming and not name.startswith(leaving.WITH_NAMES))


@pytest.fixture(scope="module")
def ran(tmp_path_factory, warm_way):
    """One sample agency, run once."""
    folder = tmp_path_factory.mktemp("again")
    notebook = kit.small(folder)
    agencies = kit.agencies(folder, "ASR")
    batch.run(agencies, folder / "out", notebooks=[notebook], progress=Silent(), launcher=warm_way)
    results.taken()
    return agencies, folder / "out", notebook


def test_a_whole_run_keeps_edits_in_results_and_tables(ran, warm_way):
    """A form and the table of the run changed by hand: both are there after the same command, and the summary says it."""
    agencies, out, notebook = ran
    (out / "ASR" / "forms.json").write_text("{}\n")
    (out / "index.csv").write_text("my notes\n")
    summary = batch.run(agencies, out, notebooks=[notebook], progress=Silent(), launcher=warm_way)
    assert "ASR/forms.json was changed since it was written here: kept as forms.json.before." in summary.to_text()
    assert (out / "ASR" / "forms.json.before").read_text() == "{}\n"
    assert (out / "ASR" / "forms.json").read_text() != "{}\n"
    assert (out / "index.csv.before").read_text() == "my notes\n"
    assert [said for said in results.taken() if "index.csv" in said]


def test_a_forum_kit_made_again_keeps_edits_and_drops_what_is_of_no_session(tmp_path, monkeypatch):
    """A handout changed by hand is kept; the deck of a session that is no more is removed; both are said."""
    made = {"forum": ["one-handout.docx", "two-deck.html"]}

    def jobs(kit, out, before):
        for name in made["forum"]:
            yield lambda name=name: [whole(out / name, b"made")]

    monkeypatch.setattr(forum, "_jobs", jobs)
    folder = next(path.parent for path in sorted(TRAINING.glob("*/forum.yaml")))
    forum.build(folder, tmp_path)
    assert not results.taken()
    (tmp_path / "one-handout.docx").write_bytes(b"by hand")
    made["forum"] = ["one-handout.docx"]
    kits = forum.resolve
    monkeypatch.setattr(forum, "resolve", lambda *read: fewer(kits(*read)))
    _, written = forum.build(folder, tmp_path)
    said = " ".join(results.taken())
    assert "one-handout.docx was changed since it was written here: kept as one-handout.docx.before." in said
    assert "two-deck.html of an earlier run does not belong to this result: removed." in said
    assert (tmp_path / "one-handout.docx.before").read_bytes() == b"by hand"
    assert not (tmp_path / "two-deck.html").exists()
    assert not [path for path in written if path.suffix == ".before"]


def fewer(kit):
    kit.lessons.pop()
    return kit


def test_a_part_sees_what_the_others_noted_meanwhile(out):
    """The index that the last part writes has every agency, and none that is gone."""
    with Store(out, (1, 2)) as one, Store(out, (2, 2)) as other:
        for store, name in ((one, "AAA"), (other, "BBB"), (other, "CCC")):
            store.note(Record(name, name, "report", "final", True))
        one.settle()
        one.see_parts(["AAA", "BBB"])
        assert [agency for agency, _ in sorted(one.records)] == ["AAA", "BBB"]
