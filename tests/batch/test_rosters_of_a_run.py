"""The roster of another folder is told at both, on the index and in the roll-up; a code that two have is told."""

import re
import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from seskit import batch
from seskit.batch import among, plan
from seskit.batch.progress import Silent
from seskit.desk import agency_in_batch
from seskit.paper import rollup
from seskit.record import manifest
from tests import batch_kit as kit
from tests.places import SAMPLES

ALL = sorted(path.name for path in SAMPLES.iterdir() if (path / "roster.csv").is_file())


def opened(place, tmp_path):
    return [plan.open_agency(one.name, one, tmp_path / "copies" / one.name) for one in sorted(place.iterdir())]


def rules(agency):
    return {one.rule: one for one in agency.findings if one.rule in agency_in_batch.ALIKE}


def test_the_samples_are_not_taken_for_each_other(tmp_path):
    """Thirty agencies, some of which number their people alike: nothing is told of any."""
    place = kit.agencies(tmp_path, *ALL)
    assert [agency.name for agency in among.compared(opened(place, tmp_path)) if rules(agency)] == []


@pytest.mark.parametrize(("kept", "told"), [(1.0, True), (0.8, True), (0.3, False), (0.0, False)])
def test_who_shares_most_people_with_another_folder_is_told_at_both(tmp_path, kept, told):
    """Identical, or with some who left; a few who came from there are told with their rows. Nobody else hears of it."""
    place = kit.agencies(tmp_path, "AAA=DPW", "BBB=DPW", "CCC=DPW")
    one, other = (place / name / "roster.csv" for name in ("AAA", "BBB"))
    head, *theirs = one.read_text(encoding="utf-8").splitlines()
    own = other.read_text(encoding="utf-8").splitlines()[1:]
    many = int(kept * len(theirs))
    other.write_text("\n".join([head, *theirs[:many], *own[many:]]), encoding="utf-8")
    first, second, third = among.compared(opened(place, tmp_path))
    assert (first.alike, second.alike, third.alike) == ((("BBB",), ("AAA",), ()) if told else ((), (), ()))
    rule = "same roster" if told else "same person"
    for agency, elsewhere in ((first, "BBB"), (second, "AAA")):
        found = rules(agency)
        assert [*found] == [rule] * bool(kept)
        assert all(one.open and elsewhere in one.sentence for one in found.values())
    assert not rules(third)


@pytest.mark.parametrize(
    ("names", "told"),
    [
        (("Bureau of Fish, Department of Rivers", "Department of Rivers - Bureau of Soil"), [False, False]),
        (("Bureau of Fish, Department of Rivers", "Bureau of Soil (Department of Rivers)"), [True, True]),
        (("Bureau of Fish, Department of Rivers", "Bureau of Soil, Department of Roads"), [False, False]),
        (("Bureau of Fish, Department of Rivers", "Office of Inspector General, Department of Rivers"), [False, False]),
    ],
)
def test_parts_of_one_department_are_told_that_it_reports_as_one(names, told):
    """By their names, where several of one fiscal year say so; the department itself and an Inspector General are no parts."""
    given = [plan.AgencyInput(name, Path(name), Path(name), name, (), True, 2024, "", {}, {}, {}) for name in names]
    assert ["same department" in rules(one) for one in among.compared(given)] == told
    assert not [one for two in among.compared([given[0], replace(given[1], fiscal_year=2025)]) for one in rules(two)]


@pytest.mark.parametrize(("left", "name"), [(False, "Mover, Morgan"), (True, "Mover, Morgan"), (False, "")])
def test_one_who_moved_counts_once(tmp_path, left, name):
    """Told at both with the row, unless the roster of one of the two says by a blank rate that they had left; their number
    is the same without the zeros in front that one system prints.
    """
    place = kit.agencies(tmp_path, "AAA=ASR", "BBB=ASR")
    (head, first, *_), own = (
        (place / name / "roster.csv").read_text(encoding="utf-8").splitlines() for name in ("AAA", "BBB")
    )
    moved = dict(zip(head.split(","), first.split(","), strict=True)) | {"name": name}
    gone = moved | {"basic_pay_fy_end": "", "basic_pay_period_end": ""} if left else moved
    for folder, number, person in (("AAA", "00003002", gone), ("BBB", "3002", moved)):
        with (place / folder / "roster.csv").open("a", encoding="utf-8") as file:
            file.write("\n" * (own[-1] != "") + ",".join({**person, "person_id": number}.values()))
    told = [rules(agency) for agency in among.compared(opened(place, tmp_path))]
    assert [[*found] for found in told] == [[] if left else ["same person"]] * 2
    assert left or told[0]["same person"].row is not None


@pytest.mark.parametrize("pay", ["", "1"])
def test_an_agency_renamed_from_one_year_to_the_next_stays_in_the_roll_up(tmp_path, pay):
    """Its people under another code with the figures of another year only ask for a look; the same figures are the file."""
    place = kit.agencies(tmp_path, "AAA=ASR", "BBB=ASR")
    about, roster = place / "BBB" / "agency.yaml", place / "BBB" / "roster.csv"
    about.write_text(
        about.read_text(encoding="utf-8").replace("fiscal_year: 2002", "fiscal_year: 2003"), encoding="utf-8"
    )
    text = (place / "AAA" / "roster.csv").read_text(encoding="utf-8").replace("2002-", "2003-")
    roster.write_text(re.sub(r"\b(\d{5})(?=[.,\d]*,)", rf"{pay}\1", text), encoding="utf-8")
    told = among.compared(opened(place, tmp_path))
    assert [[*rules(agency)] for agency in told] == [["same people" if pay else "same roster"]] * 2
    assert [bool(agency.alike) for agency in told] == [not pay] * 2


def test_a_code_that_two_folders_have_in_one_year_is_told(tmp_path):
    """With other people it only asks for a look; another year is another report."""
    place = kit.agencies(tmp_path, "AAA=ASR", "BBB=ASR", "CCC=ASR")
    for name in ("BBB", "CCC"):
        about = place / name / "agency.yaml"
        text = about.read_text(encoding="utf-8").replace(f"code: {name}", "code: AAA")
        about.write_text(
            text.replace("fiscal_year: 2002", "fiscal_year: 2003") if name == "CCC" else text, encoding="utf-8"
        )
    first, second, third = among.compared(opened(place, tmp_path))
    assert [list(rules(agency)) for agency in (first, second, third)] == [["same code"], ["same code"], []]
    assert not rules(first)["same code"].open
    assert "BBB" in rules(first)["same code"].sentence


@pytest.mark.parametrize("same_file", [True, False])
@pytest.mark.parametrize("code", ["AAA", "BBB"])
def test_two_years_of_one_agency_have_its_people(tmp_path, code, same_file):
    """Last year's roster in this year's folder is told by its file; by its people, only that of another agency."""
    place = kit.agencies(tmp_path, "AAA=ASR", "BBB=ASR")
    about, roster = place / "BBB" / "agency.yaml", place / "BBB" / "roster.csv"
    text = about.read_text(encoding="utf-8").replace("code: BBB", f"code: {code}")
    about.write_text(text.replace("fiscal_year: 2002", "fiscal_year: 2003"), encoding="utf-8")
    shutil.copy(place / "AAA" / "roster.csv", roster)
    if not same_file:
        roster.write_text(roster.read_text(encoding="utf-8").replace("2002-", "2003-"), encoding="utf-8")
    told = [list(rules(agency)) for agency in among.compared(opened(place, tmp_path))]
    assert told == ([[], []] if code == "AAA" and not same_file else [["same roster"], ["same roster"]])


def test_the_people_of_a_later_year_without_names_are_told_by_their_whole_rows(tmp_path):
    """Numbers from one on, and no more to tell them apart than a type of appointment, are many agencies'."""
    head = "person_id,plan,appointment_type,basic_pay_period_end,rating\n"
    place = kit.agencies(tmp_path, "AAA=ASR", "BBB=ASR")
    for name, base in (("AAA", 150_000), ("BBB", 160_000)):
        about = place / name / "agency.yaml"
        about.write_text(about.read_text(encoding="utf-8").replace("fiscal_year: 2002", "fiscal_year: 2005"))
        rows = (f"{number},SES,career,{base + 100 * number},5\n" for number in range(1, 21))
        (place / name / "roster.csv").write_text(head + "".join(rows))
    assert [rules(agency) for agency in among.compared(opened(place, tmp_path))] == [{}, {}]


def test_a_thousand_folders_of_one_roster_are_told_in_a_sentence_each(tmp_path):
    """The first of them is named, with how many more there are."""
    (first, second) = opened(kit.agencies(tmp_path, "AAA=ASR", "BBB=ASR"), tmp_path)
    copies = [replace(first, name=f"C{n:03}", source=first.source.with_name(f"C{n:03}")) for n in range(1_000)]
    *told, apart = among.compared([*copies, second])
    assert {len(rules(agency)) for agency in told} == {1, 2}
    assert "also on the roster of the folder C001, and of 998 more folders" in rules(told[0])["same roster"].sentence
    assert not rules(apart)


def test_a_run_tells_it_and_the_roll_up_leaves_both_out(tmp_path, warm_way):
    """In each agency's list, on the index, in the manifest, also in a run of one part; put right, the same command makes both anew."""
    place = kit.agencies(tmp_path, "AAA=ASR", "BBB=ASR", "CCC=ASR")
    right = (place / "BBB" / "roster.csv").read_text(encoding="utf-8")
    out, walk = tmp_path / "out", kit.small(tmp_path)

    def run(**part):
        return batch.run(place, out, notebooks=[walk], workers=1, launcher=warm_way, progress=Silent(), **part)

    first = run(shard=(1, 3))
    assert "2 more agencies in the folder have no results here yet" in first.to_text()
    assert "2 more agencies" in (out / "index.html").read_text(encoding="utf-8")
    assert "Nothing needs attention" not in first.to_text()
    run()
    shutil.copy(place / "AAA" / "roster.csv", place / "BBB" / "roster.csv")
    for part in ({"only": ["AAA"]}, {"shard": (2, 3)}):  # where the other folder is in no or another part
        (alone,) = run(**part).records
        assert not alone.well
        assert alone.alike == ({"AAA": "BBB", "BBB": "AAA"}[alone.agency],)
    done = run()
    assert done.kept == 3
    assert {record.agency: record.well for record in done.records} == {"AAA": False, "BBB": False, "CCC": True}
    page = (out / "index.html").read_text(encoding="utf-8")
    assert "also on the roster of the folder AAA" in page
    assert "also on the roster of the folder BBB" in page
    assert {key[0]: tuple(record.alike) for key, record in manifest.read(out).items()} == {
        "AAA": ("BBB",), "BBB": ("AAA",), "CCC": (),
    }  # fmt: skip
    made = rollup.write(out)
    assert (made.agencies, [left.why.partition(":")[0] for left in made.left_out]) == (
        1, ["its roster is also that of BBB", "its roster is also that of AAA"],
    )  # fmt: skip
    (place / "BBB" / "roster.csv").write_text(right, encoding="utf-8")
    assert all(record.well for record in run().records)
    assert rollup.write(out).agencies == 3


def test_marks_tell_nothing_of_a_person():
    """No number and no name in them, and as many as are compared at most."""
    made = among.marks((f"E{number}", "Adams, Avery") for number in range(9_000))
    assert len(made) == 4_000
    assert not any("E1" in mark or "Adams" in mark for mark in made)
