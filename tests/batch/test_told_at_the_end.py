"""What an operator of many agencies is told: how many, which first, how to cure it, where the page is, and what to do next."""

import json
import re
import shutil

import pytest
from click.testing import CliRunner

from seskit import batch
from seskit.batch import drive, index, plan
from seskit.batch.attention import AgencyOfRun
from seskit.batch.progress import Silent
from seskit.batch.run import BatchSummary
from seskit.desk.cli import main
from seskit.formats.refusals import FactError
from seskit.paper import findings as paper
from seskit.record.finding import Finding, of_problem
from seskit.record.manifest import Record
from seskit.record.problem import CURE, Problem
from seskit.work.corrections import Corrections
from tests import axe
from tests import batch_kit as kit
from tests.own_headings import folder as own_folder


def error(said, rule="file", file="roster", **more):
    return Finding("report", rule, "error", said, "", file=file, **more)


def of(name, status, *found):
    return AgencyOfRun(name, f"Agency {name}", tuple(found), frozenset(), status)


def test_agencies_are_counted_as_agencies_and_runs_as_runs():
    """Each agency once, by its forms; another notebook has a sentence of its own."""
    records = [
        *(Record(f"A{n}", f"A{n}", "report", "final" if n else "not run", bool(n)) for n in range(4)),
        *(Record(f"A{n}", f"A{n}", "pay_setting", "done" if n else "not run", bool(n)) for n in range(4)),
    ]
    assert index.summary(records)[:2] == [
        "4 agencies: 3 with final forms, 1 not run.", "Notebook pay_setting: 3 done, 1 not run.",
    ]  # fmt: skip


def test_the_end_of_a_run_names_who_comes_first_and_the_page(tmp_path):
    """What has no result, then the drafts with most errors; many are named and counted."""
    records = [
        Record("AAA", "A", "report", "draft", False, errors=1),
        Record("BBB", "B", "report", "draft", False, errors=9),
        Record("CCC", "C", "report", "not run", False, folder="Büro C"),
        Record("DDD", "D", "report", "failed", False),
        Record("EEE", "E", "report", "final", True),
        *(Record(f"F{n:02}", "F", "report", "draft", False) for n in range(20)),
    ]
    (tmp_path / "index.html").write_text("made")
    told = BatchSummary(tmp_path, tuple(records)).to_text().split("\n")
    assert told[1:] == [
        "Not run: Büro C.",
        "Failed: DDD.",
        "Look next at: BBB, AAA, F00, F01, F02, F03, F04, F05 and 14 more.",
        f"Open {tmp_path / 'index.html'}.",
    ]


def test_only_what_failed_where_nothing_ran_says_so_and_what_to_do(tmp_path, warm_way):
    """The same command would say the same again; without the option it runs all."""
    place, walk = kit.agencies(tmp_path, "ASR", "BLB"), kit.small(tmp_path)
    run = lambda failed: batch.run(  # noqa: E731
        place, tmp_path / "out", notebooks=[walk], failed=failed, workers=1, launcher=warm_way, progress=Silent()
    )
    told = run(True)
    assert (told.exit_code, told.unfinished, told.records) == (1, 2, ())
    for said in (told.to_text(), (tmp_path / "out" / "index.html").read_text(encoding="utf-8")):
        assert "2 never ran here, so there is nothing to repeat: run the command without --failed." in said
        assert "run the same command again" not in said
    assert run(False).exit_code in (0, 1)
    assert not run(True).never


def test_ctrl_c_is_followed_by_a_sentence(tmp_path, monkeypatch):
    """While the folders are read there is nobody else to say it."""
    place = kit.agencies(tmp_path, "ASR")

    def interrupted(*_, **__):
        raise KeyboardInterrupt

    monkeypatch.setattr(plan, "folders", interrupted)
    done = CliRunner().invoke(main, ["batch", str(place), "--out", str(tmp_path / "out")])
    assert (done.exit_code, done.output) == (1, "Stopped. Finished work is kept; run the same command to continue.\n")


@pytest.mark.parametrize(("many", "said"), [
    (1, "Stopping: 1 notebook still runs and is finished first. Press again to end it at once."),
    (3, "Stopping: 3 notebooks still run and are finished first. Press again to end them at once."),
])  # fmt: skip
def test_stopping_counts_in_words(many, said):
    told = []
    one = object.__new__(drive.Drive)
    one._interrupts, one._heard, one._running = 1, 0, dict.fromkeys(range(many))
    one._progress = Silent()
    one._progress.say = told.append
    one._say_so()
    assert told == [said]


def test_the_results_of_a_batch_are_no_agencies(tmp_path):
    """One sentence, instead of a folder of agencies none of which can be used; an agency may still be called so."""
    results = tmp_path / "tonight"
    (results / "ASR").mkdir(parents=True)
    (results / "manifest.jsonl").write_text("")
    with pytest.raises(FactError, match="'tonight' holds the results of a batch, not the agencies' own folders"):
        batch.run(results, tmp_path / "out", progress=Silent())
    assert not (tmp_path / "out").exists()
    agencies = kit.agencies(tmp_path, "manifest.jsonl=ASR")
    assert [path.name for path in plan.folders(agencies).values()] == ["manifest.jsonl"]


def test_the_worst_come_first_and_like_findings_alone_are_one_kind():
    """Agencies without a result, then drafts by their errors; personal data is not buried under other findings of a file."""
    agencies = [
        of("DRAFT2", "draft", *(error(f"'{n}' is no rating.", row=n) for n in range(90))),
        of("FINAL", "final", Finding("pay", "P1", "warning", "Look.")),
        of("LOCKED", "not run", error("The file is locked.")),
        of("DRAFT1", "draft", error("Looks like a date of birth, which must never be in a roster.", row=3)),
        of("FLAGGED", "final", Finding("pay", "P2", "flag", "Say why.")),
    ]
    page = str(index.made([], 0, agencies))
    rows = re.findall(r"<tr data-agency='[^']*'>.*?</tr>", page, re.DOTALL)
    assert [re.search(r"Agency (\w+)", row)[1] for row in rows] == ["LOCKED", "DRAFT2", "DRAFT1", "FLAGGED", "FINAL"]
    assert [word in row for word, row in zip(("Not run", "Forms draft", "Forms draft"), rows, strict=False)] == [
        True
    ] * 3
    kinds = paper.grouped_apart(one for agency in agencies for one in agency.findings)
    assert [len(kind) for kind in kinds if kind[0].severity == "error"] == [90, 1, 1]


def test_a_heading_is_named_and_words_of_a_cell_are_not():
    """The column is named by its heading anyway; what stands in a cell may be a name."""
    heading = Problem(1, "Bonus paid", "Bonus paid", "holds amounts of money", "Say.", file="roster")
    cell = Problem(2, "component", "Avery Adams", "is unknown", "Say.", file="roster")
    assert of_problem(heading, "report").sentence == "'Bonus paid' holds amounts of money."
    assert "Avery" not in of_problem(cell, "report").sentence


@pytest.mark.browser
def test_every_agency_is_found_by_any_of_its_names(tmp_path):
    """Those without findings, too, in every table, by the name of the folder as it is."""
    records = [
        Record("B_ro", "Office of Roads", "report", "final", True, folder="Büro – 道路"),
        Record("ASR", "Agency for Small Rivers", "report", "final", True),
        Record("BLB", "Bureau", "report", "draft", False),
    ]
    agencies = [AgencyOfRun(one.agency, one.title, (), frozenset(), one.status, one.folder) for one in records]
    (tmp_path / "index.html").write_text(str(index.made(records, 0, agencies)), encoding="utf-8")
    with axe.browser() as browser:
        page = browser.new_page()
        page.goto((tmp_path / "index.html").as_uri())
        rows = "[...document.querySelectorAll('tr[data-agency]')].filter(function (one) { return !one.hidden; })"
        for typed, fits in (("büro", "道路"), ("small rivers", "ASR"), ("blb", "Bureau")):
            page.get_by_label("Find an agency").fill(typed)
            assert page.evaluate(f"{rows}.length") == 1, typed
            assert fits in page.evaluate(f"{rows}[0].textContent")
            assert page.inner_text("#found") == "1 agency fits."


def test_a_folder_is_shown_by_its_own_name(tmp_path, warm_way):
    """On the index, in the tables and on the screen; only files have names that are safe anywhere."""
    place = kit.agencies(tmp_path, "Büro für Straßen – 道路=ASR")
    out = tmp_path / "out"
    done = batch.run(place, out, notebooks=[kit.small(tmp_path)], workers=1, launcher=warm_way, progress=Silent())
    (record,) = done.records
    assert (out / record.agency).is_dir()
    assert record.agency.isascii()
    for name in ("index.html", "index.csv", "findings.csv"):
        text = (out / name).read_text(encoding="utf-8-sig")
        if name == "index.html" or "Agency" in text.partition("\n")[2]:
            assert "Büro für Straßen – 道路" in text, name
    assert record.shown == "Büro für Straßen – 道路"


def test_payroll_headings_come_with_their_cure_and_readings_serve_agencies_alike(tmp_path, warm_way):
    """Every page says the command; what is confirmed at one agency, copied to the others, reads theirs, too."""
    place = tmp_path / "agencies"
    names = ("AAA", "BBB", "CCC")
    for name in names:
        own_folder(place / name)
    out, walk = tmp_path / "out", kit.small(tmp_path)
    run = lambda: batch.run(place, out, notebooks=[walk], workers=1, launcher=warm_way, progress=Silent())  # noqa: E731
    run()
    for page in (out / "index.html", out / "AAA" / "findings.html"):
        assert "seskit correct FOLDER" in re.sub(r"<[^>]+>", "", page.read_text(encoding="utf-8")), page.name
    assert "roster.readings.yaml" in (out / "index.html").read_text(encoding="utf-8")
    before = headings(out)
    assert all(before[name] for name in names)
    found = Corrections(place / "AAA")
    for group in list(found.groups):
        for offer in group.offers:
            if offer.id.startswith("heading:") and not offer.id.endswith(":unused"):
                found.accept(offer.id, when="2026-01-05", who="Op")
                break
    found.save(when="2026-01-05")
    (place / "AAA" / "roster.corrected.xlsx").unlink(missing_ok=True)
    for name in names[1:]:
        shutil.copy(place / "AAA" / "roster.readings.yaml", place / name)
    run()
    after = headings(out)
    assert after["AAA"] == after["BBB"] == after["CCC"]
    assert len(after["BBB"]) < len(before["BBB"])


def headings(out):
    """What is missing in each agency's header."""
    told = json.loads((out / "findings.json").read_text(encoding="utf-8"))["agencies"]
    return {
        name: sorted(one["column"] for one in agency["findings"] if CURE.strip() in one.get("to_do", ""))
        for name, agency in told.items()
    }


def test_what_lists_people_by_number_says_so_beside_its_link(tmp_path, warm_way):
    """Where the forms are read as data, the rows of the supplement are in them."""
    place = kit.agencies(tmp_path, "DPW")
    out = tmp_path / "out"
    batch.run(place, out, notebooks=[kit.small(tmp_path)], workers=1, launcher=warm_way, progress=Silent())
    assert json.loads((out / "DPW" / "forms.json").read_text(encoding="utf-8"))["supplement"][0]["person_id"]
    page = (out / "index.html").read_text(encoding="utf-8")
    assert ">JSON (personal)</a>" in page
    assert "Handle forms.json the same way" in page


@pytest.mark.parametrize(
    ("years", "said", "unsaid"),
    [
        ((2002, 2002), "A final form may be sent.", "another layout"),
        (
            (2025, 2025),
            "For fiscal year 2025 final means final in its figures: OPM uses another layout",
            "may be sent",
        ),
        (
            (2002, 2026),
            "A final form of an earlier year may be sent. For fiscal year 2026",
            "A final form may be sent.",
        ),
    ],
)
def test_the_page_calls_no_form_ready_to_be_sent_that_opm_does_not_take(years, said, unsaid):
    """Since the form of June 2005 the layout of 2002 is final in its figures at most."""
    records = [Record(f"A{n}", f"A{n}", "report", "final", True, fiscal_year=year) for n, year in enumerate(years)]
    page = str(index.made(records, 0))
    assert said in page
    assert unsaid not in page
