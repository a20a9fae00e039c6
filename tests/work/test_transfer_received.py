"""A transfer packet that comes damaged, changed or twice, into a folder as agencies have them: nothing is lost, nothing goes in unsaid."""

import csv
import json
import shutil
from datetime import date
from decimal import Decimal

import openpyxl
import pytest
from click.testing import CliRunner

from seskit.desk import cli
from seskit.law.facts import FactError
from seskit.record import roster as rosters
from seskit.record.roster import kept, lists
from seskit.work import corrections
from seskit.work.staffing import received, transfer
from tests.places import SAMPLES
from tests.roster_heads import in_two_rows

ON, WHEN = date(2024, 3, 10), "2024-12-20T10:00"
HERE = received.Arrival("DBT900", "dept", ON, rate_changed=False)


@pytest.fixture(scope="module")
def given():
    """The packet of an executive as the agency left made it."""
    return transfer.packet(SAMPLES / "WSA", "WSA002")


@pytest.fixture
def here(tmp_path):
    """The next agency's folder."""
    return shutil.copytree(SAMPLES / "DBT", tmp_path / "DBT")


def changed(given, **parts):
    return {**json.loads(given.to_json()), **parts}


def reread(tmp_path, data):
    file = tmp_path / "packet.json"
    file.write_bytes(data if isinstance(data, bytes) else json.dumps(data).encode())
    return transfer.read(file)


def in_place(found, folder):
    """The folder as the command says to leave it."""
    for name in found.files:
        (folder / name).with_suffix(".xlsx").unlink(missing_ok=True)
    for name in ("roster.corrected.csv", "roster.corrected.xlsx", kept.LOG):
        (folder / name).unlink(missing_ok=True)
    for name, content in found.files.items():
        (folder / name).write_bytes(content)
    return rosters.read(folder)


def as_workbook(file):
    book = openpyxl.Workbook()
    for row in lists.rows(file, []):
        book.active.append([str(cell) for cell in row])
    book.active.title = file.stem
    book.save(file.with_suffix(".xlsx"))
    file.unlink()


def own_headings(folder):
    file = folder / "roster.csv"
    file.write_text(file.read_text().replace("person_id", "Emp No", 1).replace("appointment_type", "Appt", 1))
    session = corrections.open_folder(folder)
    for name in ("heading:emp-no:person_id", "heading:appt:appointment_type"):
        session.accept(name, when=WHEN)


def corrected(folder):
    session = corrections.open_folder(folder)
    session.set(3, "rating", "5", when=WHEN, why="a data-entry error")
    session.save(when=WHEN)


def with_a_total(folder):
    file = folder / "roster.csv"
    file.write_text(file.read_text() + "Total,120 executives,,,,,,,,,,1000000,,,,\n")
    session = corrections.open_folder(folder)
    session.accept("rows:totals", when=WHEN)
    session.leave_out(7, when=WHEN, why="counted elsewhere")


def workbooks(folder):
    for name in ("roster.csv", "history.csv", "pay.csv"):
        as_workbook(folder / name)


def with_gaps(folder):
    file = folder / "roster.csv"
    head, *rest = file.read_text().splitlines()
    file.write_text("\n".join([head, "", *rest[:5], "", "", *rest[5:], "", ""]))


def headings_in_two_rows(folder):
    file = folder / "roster.csv"
    with file.open(newline="", encoding="utf-8") as source:
        rows = in_two_rows(list(csv.reader(source)))
    with file.open("w", newline="", encoding="utf-8") as to:
        csv.writer(to).writerows(rows)
    corrections.open_folder(folder).accept("layout:table", when=WHEN)


@pytest.mark.parametrize(
    "kind", [own_headings, headings_in_two_rows, corrected, with_a_total, workbooks, with_gaps, lambda _: None]
)
def test_everybody_stays_and_the_executive_comes(here, given, kind):
    """Whatever the folder's roster is: under headings of its own, with headings in two rows, corrected, in workbooks, with blank lines."""
    kind(here)
    before = rosters.read(here).people
    after = in_place(received.receive(given, here, HERE), here).people
    assert [tuple(one) for one in after[:-1]] == [tuple(one) for one in before]
    new = after[-1]
    assert (new.person_id, new.name, new.plan, new.appointment_type) == ("DBT900", given.name, "dept", "career")


def test_rows_that_are_no_people_are_named(here, given):
    """They are not in the new roster, and the former one is kept by whoever has it."""
    with_a_total(here)
    said = "Not in the new roster.csv, because they are not read as people: rows 7 and 122."
    assert said in received.receive(given, here, HERE).says


def test_what_is_to_be_moved_away_is_named(here, given):
    """A former file that stayed would count beside the new one, or against it."""
    assert not any("first move out" in text for text in received.receive(given, here, HERE).says)
    workbooks(here)
    assert any(
        "keep: roster.xlsx, history.xlsx, pay.xlsx." in text for text in received.receive(given, here, HERE).says
    )


def test_a_second_packet_never_takes_the_place_of_the_first(here, given, tmp_path):
    """The files of the one that waits to be put in place are without the other."""
    packet = tmp_path / "packet.json"
    packet.write_bytes(given.to_json())
    asked = [
        "staffing",
        "receive",
        str(packet),
        str(here),
        "--plan",
        "dept",
        "--on",
        str(ON),
        "--out",
        str(tmp_path / "in"),
    ]

    def run(number):
        return CliRunner().invoke(cli.main, [*asked, "--number", number])

    assert run("DBT900").exit_code == 0
    assert run("DBT900").exit_code == 0
    first = (tmp_path / "in" / "roster.csv").read_bytes()
    refused = run("DBT901")
    assert refused.exit_code
    assert "holds files with DBT900, who is not on the agency's roster yet" in refused.output
    assert (tmp_path / "in" / "roster.csv").read_bytes() == first
    for file in (tmp_path / "in").glob("*.csv"):
        shutil.copy(file, here / file.name)
    assert run("DBT901").exit_code == 0


def locked(folder):
    (folder / "history.csv").unlink()
    (folder / "history.xlsx").write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600))


def with_a_title(folder):
    file = folder / "roster.csv"
    file.write_text("Roster of 2024\n\n" + file.read_text())


def both(folder):
    (folder / "pay.xlsx").write_bytes(b"PK")


@pytest.mark.parametrize(
    ("spoil", "says"),
    [
        (locked, "take the password off"),
        (with_a_title, "not a header with roster columns"),
        (both, "holds both pay.csv and pay.xlsx"),
        (lambda folder: (folder / "roster.csv").unlink(), "there is no roster.csv"),
        (lambda folder: (folder / "agency.yaml").unlink(), "agency.yaml: is not there"),
    ],
)
def test_a_folder_that_cannot_take_it_in_is_told_what_to_do(here, given, spoil, says):
    """Nothing is said to be read in."""
    spoil(here)
    with pytest.raises(FactError, match=says):
        received.receive(given, here, HERE)


@pytest.mark.parametrize(
    "data",
    [b"", b"[]", b"{}", b"PK\x03\x04 a document", b"%PDF-1.7", b'{"version": 1, "from', "é".encode("latin-1"), {"version": 2}],
)  # fmt: skip
def test_what_is_no_packet_is_said_in_plain_words(tmp_path, data):
    """With what to do next, and without the words of a program."""
    with pytest.raises(FactError, match=r"Ask the agency that the executive left .* ends in \.json") as told:
        reread(tmp_path, data)
    assert not any(word in str(told.value) for word in ("JSON", "EOF", "Input", "Extra inputs", "Value error"))


@pytest.mark.parametrize("start", [b"", b"\xef\xbb\xbf"])
def test_a_packet_that_an_editor_saved_is_read(tmp_path, given, start):
    """Windows puts a mark in front; contents that are the same are no change."""
    assert reread(tmp_path, start + given.to_json()) == given


@pytest.mark.parametrize(
    "parts", [{"ratings": []}, {"rate": "180000"}, {"name": "Someone Else"}, {"on_probation": True}, {"sum": "x"}]
)
def test_a_packet_that_was_changed_says_so(tmp_path, here, given, parts):
    """It may be right: the signed paper decides."""
    found = received.receive(reread(tmp_path, changed(given, **parts)), here, HERE)
    assert any("was changed after it was made" in text for text in found.says)
    assert not any("was changed" in text for text in received.receive(given, here, HERE).says)


@pytest.mark.parametrize(
    ("parts", "says"),
    [
        ({"ratings": [{"year": 2016, "level": 3}, {"year": 2016, "level": 2}]}, "two ratings of 2016"),
        ({"ratings": [{"year": 2031, "level": 3}]}, "a rating of 2031"),
        ({"ratings": [{"year": 1916, "level": 3}]}, "a rating of 1916"),
        ({"ratings": [{"year": 2016, "level": 3, "issued": "2010-10-10"}]}, "issued on 2010-10-10, before that year"),
        ({"ratings": [{"year": 2023, "level": 3, "issued": "2024-10-10"}]}, "issued on 2024-10-10, after the transfer"),
        ({"pay_actions": [{"effective": "2024-06-01", "kind": "adjustment"}]}, "2024-06-01 is after the transfer"),
        ({"pay_actions": [{"effective": "2024-01-14", "kind": "adjustment"}] * 2}, "2024-01-14 is there twice"),
    ],
)
def test_a_packet_that_cannot_be_right_is_refused(tmp_path, here, given, parts, says):
    """Before anything is written."""
    with pytest.raises(FactError, match=says):
        received.receive(reread(tmp_path, changed(given, **parts)), here, HERE)


@pytest.mark.parametrize(
    ("arrival", "says"),
    [
        ({"number": "123456789"}, "never a Social Security number"),
        ({"number": " "}, "the agency's own number"),
        ({"rate": Decimal(190000)}, "add --rate-changed"),
        ({"rate": Decimal(170700), "rate_changed": True}, "leave --rate-changed out"),
    ],
)
def test_an_arrival_that_speaks_against_the_packet_is_refused(here, given, arrival, says):
    """A rate that is another starts 12 months, and one that is the same does not."""
    facts = {"number": "DBT900", "plan": "dept", "on": ON, "rate_changed": False} | arrival
    with pytest.raises(FactError, match=says):
        received.receive(given, here, received.Arrival(**facts))


def test_somebody_elses_packet_is_noticed(tmp_path, here, given):
    """It says whose it is, and who has the name or the number already."""
    person = rosters.read(here).people[4]
    last, first = person.name.split()[-1], person.name.split()[0]
    own = reread(tmp_path, changed(given, from_agency="Department of Bridges and Tunnels"))
    assert any("made by this agency itself" in text for text in received.receive(own, here, HERE).says)
    with (here / "history.csv").open("a") as file:
        file.write("DBT900,2015,4,2015-11-01\n")
    says = received.receive(reread(tmp_path, changed(given, name=f"{last}, {first}")), here, HERE).says
    assert says[0] == "Executive WSA002 of Windmill Safety Administration, from now on DBT900."
    assert any(f"the same name already, under {person.person_id}" in text for text in says)
    assert any("Rows under DBT900 are in history.csv" in text for text in says)
    with (here / "history.csv").open("a") as file:
        file.write("DBT900,2016,5,2016-11-01\n")
    with pytest.raises(FactError, match="a rating of 2016 under 'DBT900' already, with another level"):
        received.receive(given, here, HERE)


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("history.csv", "person_id,year,level\nWSA002,2015,9\n"),
        ("history.csv", "person_id,year,level\nWSA002,2015,3\nWSA002,2015,2\n"),
        ("history.csv", "number,year,level\nWSA002,2015,3\n"),
        ("pay_history.csv", "person_id,effective,kind\nWSA002,2016-13-01,adjustment\n"),
        ("pay.yaml", "effektive: 2017-02-05\n"),
        ("pay.csv", "person_id,rate,last_adjusted\nWSA002,17o700,2016-01-24\n"),
    ],
)
def test_no_packet_is_made_without_what_could_not_be_read(tmp_path, name, content):
    """A rating or a pay action that drops out is missed for good at the next agency."""
    left = shutil.copytree(SAMPLES / "WSA", tmp_path / "WSA")
    (left / name).write_text(content)
    with pytest.raises(FactError, match="would lack what cannot be read here") as told:
        transfer.packet(left, "WSA002")
    assert name.partition(".")[0] in str(told.value)
