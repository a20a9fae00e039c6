"""What a batch leaves behind is clean: a scan of its own results finds nothing, whatever the agencies' files hold."""

import csv
import io
import json
import shutil
from random import Random

import pytest

from seskit import batch
from seskit.batch import attention, dashboard, plan
from seskit.batch.attention import AgencyOfRun
from seskit.batch.progress import Silent
from seskit.formats import grids, scanning
from seskit.work import report
from tests.extent import some
from tests.places import SAMPLES

#: Headings of columns that are refused, below which anything may stand.
PERSONAL = ("SSN", "Date of Birth", "Phone", "E-mail", "Soc Sec No")
ALL = sorted(path for path in SAMPLES.iterdir() if (path / "roster.csv").is_file())


def with_columns(source, place, chance, rename=()):
    """A copy of a sample whose roster has the personal columns, filled with numbers made now; headings may be renamed."""
    shutil.copytree(source, place)
    rows = list(csv.reader(io.StringIO((place / "roster.csv").read_text())))
    kept = dict(rename)
    made = [[*(kept.get(head, head) for head in rows[0]), *PERSONAL]]
    for row in rows[1:]:
        numbers = ["".join(chance.choices("123456789", k=9)) for _ in PERSONAL]
        made.append([*row, *numbers])
    text = io.StringIO()
    csv.writer(text).writerows(made)
    (place / "roster.csv").write_text(text.getvalue())
    return place


@pytest.fixture(scope="module")
def faulty(tmp_path_factory):
    """Samples as they are, and again with columns that no roster may have and headings in words of its own."""
    place, chance = tmp_path_factory.mktemp("faulty"), Random()
    own = {"rating": "Summary rating 2003-09-30", "award": "Performance award 20030930", "action_date": "Action dt"}
    return [
        with_columns(one, place / f"{one.name}{n}", chance, rename)
        for one in some(ALL, 6)
        for n, rename in enumerate(({}, own.items()))
    ]


def test_a_scan_of_every_agencys_findings_and_forms_finds_nothing(faulty, tmp_path):
    """As data, as tables and as pages: a column called SSN is told of, and makes no number beside it one."""
    out, agencies = tmp_path / "out", []
    for place in [*some(ALL, 12), *faulty]:
        opened = plan.open_agency(place.name, place, tmp_path / "copies" / place.name)
        work = out / place.name
        work.mkdir(parents=True)
        attention.files(work, opened.title, opened.findings)
        folder = report.open_folder(place)
        if folder.agency is not None:
            folder.complete().write(work, ("json", "html"))
        agencies.append(AgencyOfRun(place.name, opened.title, opened.findings, frozenset()))
    (out / "findings.json").write_text(dashboard.data(agencies), encoding="utf-8")
    (out / "findings.csv").write_text(dashboard.table(agencies), encoding="utf-8-sig")
    assert (out / "findings.json").read_text(encoding="utf-8").count('"SSN"') >= len(faulty)
    assert [(leak.file, leak.line, leak.what) for leak in scanning.scan(out).leaks] == []


def test_a_scan_of_a_runs_own_output_finds_nothing(tmp_path, warm_way):
    """With the walk-throughs, their pages and the index."""
    agencies = tmp_path / "agencies"
    agencies.mkdir()
    with_columns(SAMPLES / "ASR", agencies / "AAA", Random(), {"award": "Bonus 20030930"}.items())
    shutil.copytree(SAMPLES / "DPW", agencies / "DPW")
    out = tmp_path / "out"
    done = batch.run(agencies, out, workers=1, launcher=warm_way, progress=Silent())
    assert {record.agency for record in done.records} == {"AAA", "DPW"}
    assert "SSN" in (out / "index.html").read_text(encoding="utf-8")
    assert [(leak.file, leak.line, leak.what) for leak in scanning.scan(out).leaks] == []


@pytest.mark.parametrize("label", ["SSN", "Soc Sec No", "DOB", "Phone", "E-mail"])
def test_a_label_makes_no_other_keys_number_one(tmp_path, label):
    """A finding about a column, in every order of its keys, with a row, a day and an authority beside it."""
    chance = Random()
    one = {
        "column": label,
        "row": chance.randrange(10**3, 10**6),
        "authority": "5 U.S.C. 5384(b)(3)",
        "limit": "$297,410",
    }
    for _ in range(20):
        keys = chance.sample(list(one), len(one))
        told = [{key: one[key] for key in keys}, {"row": 2974100, "what": "Pay on 2003-09-30"}]
        (tmp_path / "findings.json").write_text(json.dumps(told, indent=1))
        table = [list(one), list(one.values()), ["rating", 20030930, "5 U.S.C. 5382", "$133,800"]]
        text = io.StringIO()
        csv.writer(text).writerows([[row[list(one).index(key)] for key in keys] for row in table])
        (tmp_path / "findings.csv").write_text(text.getvalue())
        assert scanning.scan(tmp_path).leaks == [], keys


def test_a_number_under_its_label_is_found_in_every_shape_of_data(tmp_path):
    """A pair, a list under its heading, rows under headings, and a label with its value beside it."""
    digits = "".join(Random().choices("123456789", k=9))
    shapes = {
        "pair": {"person": {"ssn": digits}},
        "column": {"cells": ["SSN", digits, digits]},
        "rows": [["name", "SSN"], ["somebody", int(digits)]],
        "beside": [{"label": "SSN", "value": digits}],
        "last four": [["Last four SSN"], [digits[:4]]],
    }
    for name, shape in shapes.items():
        (tmp_path / f"{name}.json").write_text(json.dumps(shape, indent=1))
    assert {leak.file for leak in scanning.scan(tmp_path).leaks} == {f"{name}.json" for name in shapes}
    assert list(grids.tables_of_json({"rows": [["a"], ["b", {"c": 1}]]}))
