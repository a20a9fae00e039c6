"""A roster that moves while it is corrected, and people who leave it: what was typed stays with its person, and nobody drops out."""

import shutil

import pytest
from click.testing import CliRunner

from seskit.desk import cli
from seskit.law.facts import FactError
from seskit.record import roster as rosters
from seskit.record.roster import kept
from seskit.work import corrections, next_year
from tests.places import SAMPLES

WHEN = "2024-12-20T10:00"
TYPED = {7: ("rating", "5"), 9: ("person_id", "DBT808"), 11: ("rating", "4")}


@pytest.fixture
def folder(tmp_path):
    """A folder with three corrections in a corrected roster, one of them of a number."""
    place = shutil.copytree(SAMPLES / "DBT", tmp_path / "DBT")
    session = corrections.open_folder(place)
    for row, (column, value) in TYPED.items():
        session.set(row, column, value, when=WHEN, why="a data-entry error")
    session.save(when=WHEN)
    return place


def lines(folder):
    return (folder / "roster.csv").read_text().splitlines()


def bring(folder, rows):
    (folder / "roster.csv").write_text("\n".join(rows) + "\n")


def shown(folder):
    """Each person's number and rating as the corrections have them."""
    return {one.name: (one.person_id, one.rating) for one in corrections.open_folder(folder).roster.people}


def with_one_more(rows):
    return [rows[0], rows[1].replace("DBT001", "DBT999").replace(rows[1].split(",")[1], "New Person"), *rows[1:]]


def turned_around(rows):
    return [rows[0], *reversed(rows[1:])]


@pytest.mark.parametrize("moved", [with_one_more, turned_around])
@pytest.mark.parametrize("act", [False, True])
def test_what_was_typed_stays_with_its_person(folder, moved, act):
    """In whatever row that person is now, also if more is typed before it is saved; until then the new roster is refused."""
    before = shown(folder)
    bring(folder, moved(lines(folder)))
    assert {name: had for name, had in shown(folder).items() if name in before} == before
    if act:
        session = corrections.open_folder(folder)
        row = next(one.row for one in session.roster.people if one.person_id == "DBT030")
        session.set(row, "component", "Another Office", when=WHEN, why="moved")
        assert {name: had for name, had in shown(folder).items() if name in before} == before
    assert any("save it again" in one.fix for one in rosters.read(folder).problems)
    corrections.open_folder(folder).save(when=WHEN)
    read = rosters.read(folder)
    assert {one.name: (one.person_id, one.rating) for one in read.people if one.name in before} == before
    assert len([one for one in kept.log(folder) if one.kind == kept.TYPED]) == len(TYPED) + act


def test_what_fits_nobody_is_put_aside_and_kept(folder):
    """A person who is gone, and a value that the new roster has itself: each is named, and the former log stays."""
    rows = lines(folder)
    gone, other = rows[8].split(","), rows[10].split(",")
    other[9] = "1"
    bring(folder, [*rows[:8], *rows[9:10], ",".join(other), *rows[11:]])
    former = (folder / kept.LOG).read_bytes()
    session = corrections.open_folder(folder)
    aside = " ".join(session.put_aside)
    assert "row 9 of the former roster, person_id, 'DBT808'" in aside
    assert "row 11 of the former roster, rating, '4'" in aside
    assert gone[1] not in aside
    assert (folder / kept.LOG).read_bytes() == former
    session.save(when=WHEN)
    assert (folder / "roster.corrections.before.csv").read_bytes() == former
    assert [(one.row, one.column) for one in kept.log(folder) if one.kind == kept.TYPED] == [(7, "rating")]


def test_values_that_were_never_saved_are_held_against_the_roster(tmp_path):
    """Without a saved roster the log names no person: a value whose cell holds something else is put aside."""
    place = shutil.copytree(SAMPLES / "DBT", tmp_path / "DBT")
    corrections.open_folder(place).set(9, "person_id", "DBT808", when=WHEN, why="a data-entry error")
    assert corrections.open_folder(place).put_aside == ()
    bring(place, with_one_more(lines(place)))
    session = corrections.open_folder(place)
    assert "row 9 of the former roster, person_id" in " ".join(session.put_aside)
    assert "DBT808" not in {one.person_id for one in session.roster.people}


def test_a_name_that_was_typed_is_not_repeated(tmp_path):
    """What is put aside is said on the screen."""
    place = shutil.copytree(SAMPLES / "DBT", tmp_path / "DBT")
    corrections.open_folder(place).set(9, "name", "Somebody Else", when=WHEN, why="a data-entry error")
    bring(place, with_one_more(lines(place)))
    aside = " ".join(corrections.open_folder(place).put_aside)
    assert "row 9 of the former roster, name." in aside
    assert "Somebody" not in aside


@pytest.mark.parametrize("how", ["deleted", "left out"])
def test_the_next_year_waits_until_everybody_who_left_is_explained(tmp_path, how):
    """Whoever dropped out of the roster would be in no later list of last year's executives."""
    second = next_year.begin(SAMPLES / "DBT", tmp_path / "second").folder
    if how == "deleted":
        bring(second, [line for line in lines(second) if not line.startswith("DBT005,")])
    else:
        session = corrections.open_folder(second)
        row = next(one.row for one in session.roster.people if one.person_id == "DBT005")
        session.leave_out(row, when=WHEN, why="left")
    with pytest.raises(FactError, match=r"DBT005.* nothing says why"):
        next_year.begin(second, tmp_path / "third")
    assert not (tmp_path / "third").exists()
    file = second / "last_year.csv"
    file.write_text(file.read_text().replace("DBT005,", "DBT005,retired on 3/1/2025"))
    next_year.begin(second, tmp_path / "third")
    assert "DBT005" not in (tmp_path / "third" / "last_year.csv").read_text()
    agency = second / "agency.yaml"
    agency.write_text(agency.read_text().replace("certified:\n", "certified: true\n"))
    told = CliRunner().invoke(cli.main, ["check", str(second)]).output
    assert "remove the row if the executive has left" in told
