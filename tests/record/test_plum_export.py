"""OPM's own export of positions: the columns as published, in; names never out."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner

from seskit.desk.cli import main
from seskit.law.facts import FactError
from seskit.record import plum, plum_export
from seskit.work import report
from tests.places import FIELD

EXPORT = FIELD / "11-opm-plum-export" / "export.csv"
HEADER = (*plum_export.COLUMNS, *plum_export.NAMES)


def table(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def table_with_mark(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def export(folder: Path, rows: list[dict[str, str]], header: tuple[str, ...] = HEADER) -> Path:
    path = folder / "export.csv"
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.DictWriter(file, header, restval="", extrasaction="ignore")
        writer.writeheader()
        writer.writerows(rows)
    return path


def row(**cells: str) -> dict[str, str]:
    usual = {
        "AgencyName": "BOARD OF KITES", "OrganizationName": "STRING", "PositionStatus": "Filled",
        "AppointmentTypeDescription": "CA", "LevelGradePay": "$200,000", "PaymentPlanDescription": "ES",
        "IncumbentFirstName": "INVENTED", "IncumbentLastName": "OMEGA",
    }  # fmt: skip
    return usual | cells


def test_the_export_as_published_becomes_an_agency_folder(tmp_path):
    """One agency; three filled, one of them with an Inspector General by name; one vacant; another pay plan told."""
    found = plum.agencies(EXPORT, tmp_path, 2025)
    assert (found.agencies, found.people, found.vacancies) == (1, 3, 1)
    people = table(tmp_path / found.folders[0] / "roster.csv")
    assert [(p["appointment_type"], p["basic_pay_fy_end"], p["ig_office"]) for p in people] == [
        ("career", "221000", "no"), ("noncareer", "190000", "no"), ("career", "205500", "yes"),
    ]  # fmt: skip
    assert [(guess.row, guess.value) for guess in found.guesses] == [(4, "OFFICE OF INSPECTOR GENERAL")]
    assert "1 row of another pay plan left out: GS 1." in found.notes
    assert any("names of incumbents on 4 rows were dropped" in note for note in found.notes)
    assert "Appointment codes: CA 3, NA 1." in found.notes
    assert not [
        problem for problem in report.check(tmp_path / found.folders[0]) if problem.column == "appointment_type"
    ]


def test_no_name_title_or_place_of_the_export_is_in_any_file(tmp_path):
    """Every word of the columns that are not read is absent from what was written."""
    plum.agencies(EXPORT, tmp_path, 2025)
    written = "".join(file.read_text(encoding="utf-8") for file in tmp_path.rglob("*") if file.is_file())
    rows = table_with_mark(EXPORT)
    kept = " ".join(cells[column] for cells in rows for column in plum_export.COLUMNS)
    dropped = {text for cells in rows for column, text in cells.items() if column not in plum_export.COLUMNS}
    dropped = {text for text in dropped if text and text not in kept}
    assert {"ALPHA", "REGIONAL MANAGER", "DENVER, CO"} <= dropped
    assert not [text for text in dropped if text in written]


def test_the_year_comes_from_the_user(tmp_path):
    """Period, payment month and the limits rates are held against are those of the year given."""
    path = export(tmp_path, [row(LevelGradePay="$220,000")])
    for year, flagged in ((2023, True), (2025, False)):
        found = plum.agencies(path, tmp_path / str(year), year)
        described = yaml.safe_load(
            (tmp_path / str(year) / found.folders[0] / "agency.yaml").read_text(encoding="utf-8")
        )
        assert described["fiscal_year"] == year
        assert str(described["plans"][0]["appraisal_period"]["to"]) == f"{year}-09-30"
        assert described["plans"][0]["awards"]["paid_in"] == f"{year}-12"
        assert bool(found.oddities) is flagged
        assert not any("assumed. Give" in note for note in found.notes)
    assert any("2025 was assumed" in note for note in plum.agencies(path, tmp_path / "none").notes)


@pytest.mark.parametrize(
    ("cells", "column", "why"),
    [
        ({"LevelGradePay": ""}, "pay_as_exported", "not known"),
        ({"LevelGradePay": "15"}, "pay_as_exported", "may be a grade"),
        ({"AppointmentTypeDescription": "CG"}, "appointment_code", "not one of"),
        ({"AppointmentTypeDescription": ""}, "appointment_code", "not one of"),
        ({"PositionStatus": "Frozen"}, "position_status", "neither filled nor vacant"),
    ],
)
def test_what_the_export_leaves_open_is_flagged(tmp_path, cells, column, why):
    """A blank rate, an unknown code and an unknown status are each named by their row."""
    found = plum.agencies(export(tmp_path, [row(), row(**cells)]), tmp_path / "out", 2025)
    assert [(oddity.row, oddity.column) for oddity in found.oddities] == [(3, column)]
    assert why in found.oddities[0].why


def test_a_vacant_position_needs_no_rate(tmp_path):
    """Only a filled position with a blank rate is flagged."""
    assert (
        plum.agencies(export(tmp_path, [row(PositionStatus="Vacant", LevelGradePay="")]), tmp_path / "o").oddities == ()
    )


@pytest.mark.parametrize(
    ("header", "rows", "words"),
    [
        (tuple(c for c in HEADER if c != "LevelGradePay"), [row()], "lacks the column LevelGradePay"),
        ((*HEADER, "AgencyName"), [row()], "AgencyName twice"),
        (HEADER, [row(PaymentPlanDescription="GS")], "no position of pay plan ES"),
        (HEADER, [row(AgencyName=" ")], "row 2, has no agency"),
    ],
)
def test_an_export_that_cannot_be_used_is_refused(tmp_path, header, rows, words):
    """One sentence, and nothing is written."""
    with pytest.raises(FactError, match=words):
        plum.agencies(export(tmp_path, rows, header), tmp_path / "out", 2025)
    assert not (tmp_path / "out").exists()


def test_the_command_says_what_was_read_guessed_and_left_out(tmp_path):
    """Like findings stand on one line; the last line counts."""
    ran = CliRunner().invoke(main, ["import", "plum", str(EXPORT), "--out", str(tmp_path), "--year", "2025"])
    assert ran.exit_code == 0, ran.output
    assert "ALPHA" not in ran.output
    assert "Guess: Row 4, organization: 'OFFICE OF INSPECTOR GENERAL'" in ran.output
    assert ran.output.strip().endswith(
        "1 agency, 3 people, 1 vacant position; 0 oddities flagged, none repaired; 1 guess."
    )
    many = export(tmp_path, [row(LevelGradePay="") for _ in range(12)])
    ran = CliRunner().invoke(main, ["import", "plum", str(many), "--out", str(tmp_path / "o"), "--year", "2025"])
    assert "Rows 2, 3, 4, 5, 6, 7, 8, 9 and 4 more, pay_as_exported: blank" in ran.output
