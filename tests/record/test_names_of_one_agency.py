"""The names of an agency judge its own files and results, and no other agency's, whatever this process read before."""

import csv
import io
import shutil
from random import Random

import pytest

from seskit.batch import plan
from seskit.desk.opener import Desk
from seskit.desk.report import walk
from seskit.formats import leaving
from seskit.record import roster
from seskit.record.agency_folder import AgencyFolder
from seskit.record.finding import to_json
from seskit.record.roster import lists, personal
from seskit.record.roster.columns import Column
from seskit.work import findings, report
from tests.extent import some
from tests.places import SAMPLES

ALL = sorted(path for path in SAMPLES.iterdir() if (path / "roster.csv").is_file())
OTHERS = [path for path in ALL if path.name != "ASR"]


@pytest.fixture(autouse=True)
def fresh(monkeypatch):
    """A process that has read nothing yet."""
    monkeypatch.setattr(leaving, "_names", {})
    monkeypatch.setattr(leaving, "_passed", {})
    monkeypatch.setattr(personal, "_beside", {})


def forget():
    for kept in (leaving._names, leaving._passed, personal._beside):
        kept.clear()


def first_name(folder):
    return next(person.name for person in roster.read(folder).people if person.name)


@pytest.fixture
def named_alike(tmp_path):
    """ASR without a column of names, its components called like people of the other samples."""
    names = [first_name(place).replace(",", "") for place in OTHERS]
    forget()
    made = tmp_path / "ASR"
    shutil.copytree(SAMPLES / "ASR", made)
    rows = list(csv.DictReader(io.StringIO((made / "roster.csv").read_text())))
    for number, row in enumerate(rows):
        del row["name"]
        row["component"] = names[number % len(names)]
    text = io.StringIO()
    table = csv.DictWriter(text, list(rows[0]))
    table.writeheader()
    table.writerows(rows)
    (made / "roster.csv").write_text(text.getvalue())
    return made


def all_of(folder, out):
    """Everything found about an agency, and the bytes of its forms."""
    place = AgencyFolder(folder)
    found = to_json(findings.of_folder(place))
    written = report.open_folder(place).complete().write(out, ("json", "html", "xlsx"))
    return {"findings": found.encode()} | {path.name: path.read_bytes() for path in written}


@pytest.mark.parametrize("other", some(OTHERS, 4), ids=lambda path: path.name)
def test_an_agency_is_judged_alike_after_any_other(named_alike, tmp_path, other):
    """A component is called like somebody of the other agency: nothing is found, and every file may leave."""
    alone = all_of(named_alike, tmp_path / "out")
    assert b"name of a person" not in alone["findings"]
    forget()
    roster.read(other)
    assert all_of(named_alike, tmp_path / "out") == alone


def test_every_sample_gives_the_same_bytes_in_any_order(tmp_path):
    """Alone, and one after the other in one process; more agencies than are kept in mind."""
    alone, tried = {}, some(ALL, leaving._ROSTERS + 4)
    for place in tried:
        forget()
        alone[place] = all_of(place, tmp_path / place.name)
    assert len(tried) > leaving._ROSTERS
    forget()
    for place in Random(5).sample(tried, len(tried)):
        assert all_of(place, tmp_path / place.name) == alone[place], place.name


def test_a_list_knows_the_people_of_its_own_roster_whatever_was_read_before(tmp_path):
    """Read before its roster or after another's, beside it or in a folder below: their names are found, and no others'."""
    own, other = ALL[0], ALL[1]
    place = tmp_path / "agency"
    shutil.copytree(own, place)
    (place / "vacancies" / "one").mkdir(parents=True)
    column = Column("note", str, "A note.", "Write it.", text=True)
    for before in ([], [other], [other, own]):
        for folder in (place, place / "vacancies" / "one"):
            names = [first_name(own), first_name(other)]
            forget()
            for one in before:
                roster.read(one)
            (folder / "notes.csv").write_text("note\n" + "".join(f'"see {name}"\n' for name in names))
            told = lists.read(folder / "notes.csv", [column])
            assert [problem.row for problem in told.problems] == [2], (before, folder.name)


def test_a_list_follows_its_roster_when_it_changes(tmp_path):
    """Somebody who comes onto the roster is known to the list from then on."""
    place = tmp_path / "agency"
    shutil.copytree(ALL[0], place)
    (place / "notes.csv").write_text("note\nsee Zebulon Quillfeather\n")
    column = Column("note", str, "A note.", "Write it.", text=True)
    assert not lists.read(place / "notes.csv", [column]).problems
    was = (place / "roster.csv").read_text()
    (place / "roster.csv").write_text(was.replace(first_name(place), "Quillfeather, Zebulon"))
    assert [problem.row for problem in lists.read(place / "notes.csv", [column]).problems] == [2]


def test_the_desk_turns_from_one_agency_to_the_next(named_alike, tmp_path):
    """What is written of the second is not looked over for the people of the first."""
    desk = Desk(walk.WALK, OTHERS[0], tmp_path / "out")
    assert leaving.people()
    desk.choose(named_alike)
    assert not leaving.people()
    assert desk.read.package.write(tmp_path / "out", ("html",))
    desk.choose(OTHERS[0])
    assert any(leaving.people().hits(first_name(OTHERS[0])))


def test_a_run_finds_the_same_of_an_agency_after_any_other(named_alike, tmp_path):
    """The process that reads one agency after the other, and the name of a folder like that of somebody elsewhere."""
    place = named_alike.rename(named_alike.with_name(first_name(OTHERS[0]).replace(",", "")))
    forget()
    alone = plan.open_agency("X", place, tmp_path / "copy" / place.name)
    for number, other in enumerate(OTHERS[:9]):
        plan.open_agency(other.name, other, tmp_path / "copies" / other.name)
        after = plan.open_agency("X", place, tmp_path / f"copy{number}" / place.name)
        assert (after.problems, after.findings) == (alone.problems, alone.findings), other.name
