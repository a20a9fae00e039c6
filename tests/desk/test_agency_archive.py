"""An agency of the served walks is kept as one archive and is the same when it is brought back in another session."""

import io
import shutil
import stat
import zipfile
from datetime import date
from types import SimpleNamespace

import pytest

from seskit.desk.opener import agency_archive, links, places, sections
from seskit.formats import archives
from seskit.formats.refusals import FactError
from seskit.record import sent
from seskit.work import report
from tests.places import CASES, SAMPLES


@pytest.fixture
def session(tmp_path, monkeypatch):
    """Begins a session with a private folder of its own."""

    def begun(name):
        place = tmp_path / name
        place.mkdir(mode=0o700)
        monkeypatch.setenv(places.SESSION, str(place))
        return place

    return begun


def tree(folder):
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def tree_of(archive):
    with zipfile.ZipFile(archive) as opened:
        return set(opened.namelist())


def zipped(**parts):
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        for name, text in parts.items():
            archive.writestr(name, text)
    return made.getvalue()


def broken(kind):
    """An archive of that compression with a wrong byte in what it holds."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", kind) as archive:
        archive.writestr("Own/agency.yaml", "code: OWN\n" * 9)
    content = bytearray(made.getvalue())
    content[60] ^= 0xFF
    return bytes(content)


def test_what_is_kept_comes_back_as_it_was(session):
    """Every file, in folders below as well, open to its owner alone; once more is refused, and nothing is replaced."""
    folder = session("first") / "agencies" / "Own"
    shutil.copytree(CASES / "report-one-plan", folder)
    (folder / "plans").mkdir()
    (folder / "plans" / "A1.yaml").write_text("a: 1\n", encoding="utf-8")
    (folder / "elsewhere.csv").symlink_to(CASES / "report-one-plan" / "roster.csv")
    (archive,), _ = agency_archive.kept(folder)
    assert links.of_files([archive]).rows == (("XA_Own.zip", "yes: send separately, protected"),)
    content = archive.read_bytes()
    assert agency_archive.kept(folder)[0][0].read_bytes() == content
    (folder / "elsewhere.csv").unlink()
    session("second")
    back = agency_archive.brought_back("Own (1).zip", content)
    assert back.name == "Own"
    assert tree(back) == tree(folder)
    assert {stat.S_IMODE(path.stat().st_mode) for path in [archive, *back.rglob("*.*")]} == {0o600}
    (back / "agency.yaml").write_text("mine", encoding="utf-8")
    with pytest.raises(FactError, match="'Own' already; nothing was written"):
        agency_archive.brought_back("Own.zip", content)
    assert (back / "agency.yaml").read_text(encoding="utf-8") == "mine"


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"no archive", "is not a ZIP archive"),
        (zipped(agency="x")[:-9], "is not a ZIP archive"),
        (broken(zipfile.ZIP_LZMA), "it is damaged"),
        (
            zipped(**{"Own/agency.yaml": "x"}).replace(
                b"PK\x01\x02\x14\x03\x14\x00\x00", b"PK\x01\x02\x14\x03\x14\x00\x01"
            ),
            "locked with a password",
        ),
        (zipped(**{"a/Own/agency.yaml": "x", "a/Two/agency.yaml": "x"}), r"holds 2 agencies \(Own, Two\)"),
        (zipped(**{"Own/roster.csv": "x"}), "has no agency.yaml"),
        (zipped(**{"Own/agency.yaml": "x", "Own/../../x.csv": "x"}), "outside its own folder"),
        (zipped(**{"/agency.yaml": "x"}), "outside its own folder"),
        (zipped(**{"Own/agency.yaml": "x", "Own/..\\x.csv": "x"}), "outside its own folder"),
        (zipped(**{"Own/agency.yaml": "x" * 2_000}), "holds more"),
        (zipped(**{"Own/agency.yaml": "x", "Own/agency.yaml/x": "x"}), None),
    ],
)
def test_what_is_no_agency_is_refused_and_nothing_is_written(session, monkeypatch, content, says):
    """With a sentence, whatever is chosen."""
    monkeypatch.setattr(archives, "_MOST_BYTES", 1_000)
    private = session("private")
    with pytest.raises((FactError, OSError), match=says):
        agency_archive.brought_back("Own.zip", content)
    assert [path for path in private.rglob("*") if path.name != "agencies"] == []


def test_two_agencies_whose_folders_have_one_name_are_kept_apart(session):
    """Each archive is called by the agency's code, too, and the second that comes back has it in its folder's name."""
    contents = []
    for code in ("ASR", "BLB"):
        folder = session(code) / "agencies" / "2022"
        shutil.copytree(SAMPLES / code, folder)
        (archive,), _ = agency_archive.kept(folder)
        assert archive.name == f"{code}_2022.zip"
        contents.append(archive.read_bytes())
    session("later")
    assert [agency_archive.brought_back("2022.zip", one).name for one in contents] == ["2022", "BLB_2022"]
    with pytest.raises(FactError, match="'BLB_2022' already; nothing was written"):
        agency_archive.brought_back("2022.zip", contents[1])


def test_an_archive_made_anew_without_a_folder_is_called_by_its_own_name(session):
    """As a file manager packs the files of a folder; what a Mac puts beside them is left out."""
    session("private")
    of_a_mac = zipped(**{"Own/agency.yaml": "x", "Own/.DS_Store": "x", "__MACOSX/Own/._agency.yaml": "x"})
    assert tree(agency_archive.brought_back("Own.zip", of_a_mac)) == {"agency.yaml": b"x"}
    assert (
        agency_archive.brought_back("Parks.zip", zipped(**{"agency.yaml": "x", "plans/A1.yaml": "x"})).name == "Parks"
    )


def test_a_folder_around_the_agencys_is_left_out(session):
    """As it is when a person unpacks an archive and packs the folder that it was put in."""
    session("private")
    back = agency_archive.brought_back(
        "Old.zip", zipped(**{"Old files/Own/agency.yaml": "x", "Old files/note.txt": "x"})
    )
    assert (back.name, tree(back)) == ("Own", {"agency.yaml": b"x"})


def test_what_was_sent_is_kept_with_the_agency(session):
    """The register and its copies come back in the agency's folder, where the walk finds them, and are kept again from there."""
    folder = session("first") / "agencies" / "Own"
    shutil.copytree(CASES / "report-one-plan", folder)
    year = report.open_folder(folder).agency.fiscal_year
    called = sent.name(year)

    def note(place, number):
        (place / sent.KEPT / str(number)).mkdir(parents=True)
        (place / sent.KEPT / str(number) / "forms.pdf").write_bytes(b"x")
        sent.note_sent(place, sent.Package(number, "Own", year, {}), date(2002, 12, number))

    assert agency_archive.outdated(folder) == ""
    agency_archive.kept(folder)
    assert agency_archive.outdated(folder) == ""
    note(places.finished("report", folder) / called, 1)
    assert "before the last change" in agency_archive.outdated(folder)
    content = agency_archive.kept(folder)[0][0].read_bytes()
    assert agency_archive.outdated(folder) == ""
    session("second")
    back = agency_archive.brought_back("Own.zip", content)
    out = places.finished("report", back)
    assert sent.place(back, out, called) == back / called
    assert [one.number for one in sent.sent(back / called)] == [1]
    note(back / called, 2)
    note(out / called, 1)
    kept = tree_of(agency_archive.kept(back)[0][0])
    assert {f"Own/{called}/sent/1/forms.pdf", f"Own/{called}/sent/2/forms.pdf", f"Own/{called}/sent.json"} <= kept
    note(out / called, 2)
    assert sent.place(back, out, called) == out / called
    assert tree_of(agency_archive.kept(back)[0][0]) == kept


def test_it_is_offered_where_files_are_deleted_at_the_end(session, tmp_path, monkeypatch):
    """For an agency in the private folder; for one that stays only what brings another back; and not in JupyterLab."""
    private = session("private")
    of_own, of_sample = (
        SimpleNamespace(desk=SimpleNamespace(folder=one)) for one in (private / "agencies" / "Own", SAMPLES / "DPW")
    )
    assert [len(agency_archive.entries(front)) for front in (of_own, of_sample)] == [2, 1]
    shutil.copytree(SAMPLES / "ASR", of_own.desk.folder)
    offered = lambda: agency_archive.entries(of_own)[0]._made.value  # noqa: E731
    assert offered() == ""
    agency_archive.kept(of_own.desk.folder)
    assert "ASR_Own.zip" in offered()
    (of_own.desk.folder / "history.csv").write_text("person_id,year,level,issued\n")
    assert "make it again" in offered()
    assert ".zip" not in offered()
    monkeypatch.delenv(places.SESSION)
    assert agency_archive.entries(of_own) == []
    assert sections.CHOOSE.words in agency_archive.KEEP
