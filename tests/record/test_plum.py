"""The public listing of SES positions becomes one agency folder per agency, with nothing lost and nothing repaired."""

from __future__ import annotations

import csv
import hashlib
from collections.abc import Iterable
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import yaml

from seskit.law.facts import FactError
from seskit.record import plum

CODES = {"CA": "career", "NA": "noncareer", "TA": "limited", "EA": "limited"}


def cells(
    row_id: str,
    agency: str = "BOARD OF KITES",
    organization: str = "STRING",
    code: str = "CA",
    status: str = "filled",
    pay: str = "",
    number: str | None = None,
) -> list[str]:
    as_number = pay.replace("$", "").replace(",", "") if number is None else number
    return [row_id, agency, organization, code, CODES.get(code, "other"), status, pay, as_number, "invented"]


def listing(folder: Path, rows: Iterable[list[str]], header: Iterable[str] = plum.COLUMNS) -> Path:
    path = folder / "listing.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([list(header), *rows])
    return path


def table(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def agency_of(folder: Path) -> dict[str, Any]:
    loaded: dict[str, Any] = yaml.safe_load((folder / "agency.yaml").read_text(encoding="utf-8"))
    return loaded


def contents(folder: Path) -> dict[str, str]:
    return {
        str(file.relative_to(folder)): hashlib.sha256(file.read_bytes()).hexdigest()
        for file in folder.rglob("*")
        if file.is_file() and file.name != "written.json"
    }


def pool_basis(folder: Path) -> str:
    return str(agency_of(folder)["plans"][0]["pool_basis"])


def test_a_filled_position_becomes_a_person_and_a_vacant_one_a_vacancy(tmp_path: Path) -> None:
    """Each position stands in exactly one file: the roster if filled, the vacancies otherwise."""
    path = listing(
        tmp_path,
        [
            cells("11", pay="$204,500"),
            cells("12", status="vacant"),
            cells("13", code="NA"),
            cells("14", agency="OFFICE OF BELLS", code="TA", pay="$190,000"),
            cells("15", agency="OFFICE OF BELLS", code="EA", pay="$190,000.50"),
        ],
    )
    summary = plum.agencies(path, tmp_path / "out")
    assert (summary.agencies, summary.people, summary.vacancies) == (2, 4, 1)
    assert summary.folders == ("board-of-kites", "office-of-bells")
    assert summary.oddities == ()
    kites = table(tmp_path / "out/board-of-kites/roster.csv")
    assert tuple(kites[0]) == plum.ROSTER_COLUMNS
    assert kites[0] == dict.fromkeys(plum.ROSTER_COLUMNS, "") | {
        "person_id": "P11",
        "plan": "ses",
        "component": "STRING",
        "ig_office": "no",
        "appointment_type": "career",
        "basic_pay_fy_end": "204500",
        "basic_pay_period_end": "204500",
    }
    assert [(p["person_id"], p["appointment_type"], p["basic_pay_fy_end"]) for p in kites[1:]] == [
        ("P13", "noncareer", "")
    ]
    bells = table(tmp_path / "out/office-of-bells/roster.csv")
    assert [(p["appointment_type"], p["basic_pay_fy_end"]) for p in bells] == [
        ("limited_term", "190000"),
        ("limited_emergency", "190000.50"),
    ]
    assert table(tmp_path / "out/board-of-kites/vacancies.csv") == [
        {
            "row_id": "12",
            "organization": "STRING",
            "appointment_code": "CA",
            "position_status": "vacant",
            "pay_as_exported": "",
        }
    ]
    assert table(tmp_path / "out/office-of-bells/vacancies.csv") == []


def test_the_agency_file_describes_a_report_whose_awards_are_pending(tmp_path: Path) -> None:
    """Certification is not known from the listing, so it is left out; the awards are pending."""
    plum.agencies(listing(tmp_path, [cells("1", agency='Écho & "Sons": #1', pay="$200,000")]), tmp_path / "out")
    (folder,) = (tmp_path / "out").iterdir()
    agency = agency_of(folder)
    assert folder.name == agency["code"] == "echo-sons-1"
    assert agency["name"] == 'Écho & "Sons": #1'
    assert agency["fiscal_year"] == 2025
    assert "certified" not in agency
    (plan,) = agency["plans"]
    assert {key: str(value) for key, value in plan["appraisal_period"].items()} == {
        "from": "2024-10-01",
        "to": "2025-09-30",
    }
    assert plan["awards"] == {"status": "pending", "paid_in": "2025-12"}
    assert (plan["id"], plan["pattern"]) == ("ses", "H")


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ([], "aggregate"),
        ([cells("1", pay="$200,000")], "average"),
        ([cells("1", pay="$200,000"), cells("2"), cells("3", code="NA", pay="$200,000")], "average"),
        ([cells("1", pay="$200,000"), cells("2", status="vacant", pay="$200,000")], "average"),
        ([cells("1", pay="$200,000"), cells("2", pay="$210,000")], "aggregate"),
    ],
)
def test_the_average_gives_the_larger_pool_only_with_one_career_rate(
    tmp_path: Path, rows: list[list[str]], expected: str
) -> None:
    """The average method is chosen when exactly one filled career position has a rate."""
    plum.agencies(listing(tmp_path, [*rows, cells("99", code="NA")]), tmp_path / "out")
    assert pool_basis(tmp_path / "out/board-of-kites") == expected


def test_an_inspector_general_is_found_in_either_name(tmp_path: Path) -> None:
    """People count as Inspector General staff when the agency or the organization names an inspector general."""
    rows = [
        cells("1", organization="Office of the Inspector General"),
        cells("2", agency="COUNCIL OF INSPECTORS GENERAL"),
        cells("3", organization="INSPECTOR OF GENERAL STORES"),
    ]
    summary = plum.agencies(listing(tmp_path, rows), tmp_path / "out")
    people = [p for folder in summary.folders for p in table(tmp_path / "out" / folder / "roster.csv")]
    assert {p["person_id"]: p["ig_office"] for p in people} == {"P1": "yes", "P2": "yes", "P3": "no"}


@pytest.mark.parametrize(
    ("pay", "number", "carried", "why"),
    [
        ("$225,700", None, "225700", None),
        ("$225,701", None, "225701", "above $225,700"),
        ("$150,160", None, "150160", None),
        ("$150,159", None, "150159", "below $150,160"),
        ("15", "", "15", "not a dollar amount"),
        ("204,000", "", "204,000", "not a dollar amount"),
        ("$20,40", "", "$20,40", "not a dollar amount"),
        ("-$204,000", "", "-$204,000", "not a dollar amount"),
        ("$204,000", "205000", "204000", "differs from pay_as_exported"),
        ("", "204000", "", "not carried over"),
    ],
)
def test_an_odd_rate_is_flagged_and_never_repaired(
    tmp_path: Path, pay: str, number: str | None, carried: str, why: str | None
) -> None:
    """Rates outside the range of 30 September 2025, and cells that are no amount, arrive as they are and are named."""
    summary = plum.agencies(listing(tmp_path, [cells("1"), cells("2", pay=pay, number=number)]), tmp_path / "out")
    person = table(tmp_path / "out/board-of-kites/roster.csv")[1]
    assert person["basic_pay_fy_end"] == person["basic_pay_period_end"] == carried
    if why is None:
        assert summary.oddities == ()
    else:
        (oddity,) = summary.oddities
        assert oddity.row == 3
        assert why in oddity.why


def test_codes_and_statuses_that_are_not_known_stay_as_printed(tmp_path: Path) -> None:
    """An unknown code goes to the roster as printed; an unknown status keeps the position out of the roster."""
    rows = [cells("1", code="CG"), cells("2", status="frozen"), cells("1"), cells("4", status="vacant", pay="15")]
    summary = plum.agencies(listing(tmp_path, rows), tmp_path / "out")
    roster = table(tmp_path / "out/board-of-kites/roster.csv")
    assert [(p["person_id"], p["appointment_type"]) for p in roster] == [("P1", "CG"), ("P1", "career")]
    vacancies = table(tmp_path / "out/board-of-kites/vacancies.csv")
    assert [(v["position_status"], v["pay_as_exported"]) for v in vacancies] == [("frozen", ""), ("vacant", "15")]
    assert [(o.row, o.column, o.value) for o in summary.oddities] == [
        (2, "appointment_code", "CG"),
        (3, "position_status", "frozen"),
        (4, "row_id", "1"),
        (5, "pay_as_exported", "15"),
    ]


def test_an_extra_column_is_reported(tmp_path: Path) -> None:
    """A column the listing does not have is named, in whatever place it stands, and does not stop the import."""
    path = listing(tmp_path, [["note", *cells("1")]], header=["remarks", *plum.COLUMNS])
    summary = plum.agencies(path, tmp_path / "out")
    assert [(o.row, o.column) for o in summary.oddities] == [(1, "remarks")]
    assert summary.people == 1


HARD_NAMES = [
    "../../etc",
    "..",
    "/",
    "C:\\Windows",
    "CON",
    "con",
    "Lpt1",
    "Nul.",
    "日本",
    "***",
    "A/B",
    "A B",
    "a b",
    "A B 2",
    "=1+1",
    "line\nbreak",
    "bell\x07",
    "yes",
    "2025",
    "x" * 300,
    "x" * 301,
]


def test_folder_names_are_unique_and_stay_inside(tmp_path: Path) -> None:
    """Whatever an agency is called, its folder is one plain name inside the output, never a device name of Windows."""
    out = tmp_path / "deep" / "out"
    path = listing(tmp_path, [cells(str(n), agency=name) for n, name in enumerate(HARD_NAMES)])
    summary = plum.agencies(path, out)
    assert len(set(summary.folders)) == len(HARD_NAMES)
    assert sorted(f.name for f in out.iterdir()) == sorted(summary.folders)
    assert sorted(f.name for f in tmp_path.iterdir()) == ["deep", "listing.csv"]
    for folder, name in zip(summary.folders, HARD_NAMES, strict=True):
        assert all(c in "abcdefghijklmnopqrstuvwxyz0123456789-" for c in folder)
        assert 0 < len(folder) <= 100
        assert folder not in {"con", "lpt1", "nul"}
        assert agency_of(out / folder)["name"] == name


def test_the_same_listing_gives_the_same_files(tmp_path: Path) -> None:
    """A second import, elsewhere or over the first, changes no byte and leaves no half-written file."""
    path = listing(tmp_path, [cells("1", pay="$200,000"), cells("2", status="vacant"), cells("3", agency="É")])
    plum.agencies(path, tmp_path / "one")
    plum.agencies(path, tmp_path / "two")
    first = contents(tmp_path / "one")
    plum.agencies(path, tmp_path / "one")
    assert first == contents(tmp_path / "one") == contents(tmp_path / "two")
    assert len(first) == 6


def test_a_link_in_the_output_is_not_followed(tmp_path: Path) -> None:
    """A folder of the output that is a link to another place is refused, and that place stays untouched."""
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    (tmp_path / "out").mkdir()
    (tmp_path / "out/board-of-kites").symlink_to(elsewhere, target_is_directory=True)
    with pytest.raises(FactError, match="is a link to another place"):
        plum.agencies(listing(tmp_path, [cells("1")]), tmp_path / "out")
    assert list(elsewhere.iterdir()) == []


GOOD = ",".join(plum.COLUMNS)


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "is empty"),
        (b" \n\n", "is empty"),
        (b"PK\x03\x04\xff\xfe\x00", "is not text in UTF-8"),
        (b"row_id,agency\x00\n1,2\n", "is not a text file"),
        (b"a,b,c\n1,2,3\n", "lacks the columns row_id, agency"),
        (GOOD.replace(",source", "").encode(), "lacks the column source"),
        (GOOD.replace("agency,", "agncy,").encode(), "Did you mean 'agncy'"),
        (f"{GOOD},agency\n".encode(), "has the column agency twice"),
        (f"{GOOD}\n".encode(), "holds no position"),
        (f"{GOOD}\n1,BOARD\n".encode(), "row 2, has 2 cells where its header has 9"),
        (f"{GOOD}\n\n1, ,O,CA,career,filled,,,s\n".encode(), "row 3, has no agency"),
        (f"{GOOD}\n,B,O,CA,career,filled,,,s\n".encode(), "row 2, has no row_id"),
        (f'{GOOD}\n1,"B,O,CA,career,filled,,,s\n'.encode(), "cannot be read as CSV near line 2"),
        (f"{GOOD}\n1,{'B' * 200_000},O,CA,career,filled,,,s\n".encode(), "cannot be read as CSV"),
    ],
)
def test_a_file_that_is_not_the_listing_is_refused(tmp_path: Path, content: bytes, sentence: str) -> None:
    """One clear sentence says what is wrong with the file, and nothing is written."""
    path = tmp_path / "given.csv"
    path.write_bytes(content)
    with pytest.raises(FactError) as refusal:
        plum.agencies(path, tmp_path / "out")
    assert sentence in str(refusal.value)
    assert "given.csv" in str(refusal.value)
    assert str(tmp_path) not in str(refusal.value)
    assert not (tmp_path / "out").exists()


def test_a_file_that_cannot_be_read_or_written_is_refused(tmp_path: Path) -> None:
    """A missing file, a folder in place of a file, a huge file and an output that is a file end in a sentence."""
    huge = tmp_path / "huge.csv"
    with huge.open("wb") as file:
        file.truncate(20_000_001)
    for path, words in [
        (tmp_path / "absent.csv", "cannot be read"),
        (tmp_path, "cannot be read"),
        (huge, "larger than"),
    ]:
        with pytest.raises(FactError, match=words):
            plum.agencies(path, tmp_path / "out")
    (tmp_path / "out").write_text("a file", encoding="utf-8")
    with pytest.raises(FactError, match="cannot be written"):
        plum.agencies(listing(tmp_path, [cells("1")]), tmp_path / "out")


def test_a_byte_order_mark_is_understood(tmp_path: Path) -> None:
    """A listing saved by a spreadsheet program begins with a byte order mark; it is read all the same."""
    path = listing(tmp_path, [cells("1")])
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes())
    assert plum.agencies(path, tmp_path / "out").people == 1


def published() -> Path:
    for parent in Path(__file__).resolve().parents:
        folder = parent / "shared" / "reference" / "published"
        if folder.is_dir():
            return folder
    pytest.skip("shared/reference/published is not above this repository; the real listing cannot be compared")


def test_the_real_listing_agrees_with_the_derived_summary(tmp_path: Path) -> None:
    """For all 39 agencies, counts, career rates, their sum and the larger pool equal the derived table."""
    folder = published()
    summary = plum.agencies(folder / "plum_2025_ses_pay.csv", tmp_path)
    expected = {row["agency"]: row for row in table(folder / "plum_2025_agency_summary_derived.csv")}
    assert (summary.agencies, summary.people, summary.vacancies) == (39, 2143, 695)
    seen = set()
    for code in summary.folders:
        agency = agency_of(tmp_path / code)
        row = expected[str(agency["name"])]
        seen.add(agency["name"])
        people = table(tmp_path / code / "roster.csv")
        kinds = [p["appointment_type"] for p in people]
        career = [
            Decimal(p["basic_pay_fy_end"])
            for p in people
            if p["appointment_type"] == "career" and p["basic_pay_fy_end"]
        ]
        assert len(people) == int(row["filled"])
        assert len(table(tmp_path / code / "vacancies.csv")) == int(row["vacant"])
        assert kinds.count("career") == int(row["filled_career"])
        assert kinds.count("noncareer") == int(row["filled_noncareer"])
        assert kinds.count("limited_term") + kinds.count("limited_emergency") == int(row["filled_limited"])
        assert len(career) == int(row["career_with_pay"])
        assert sum(career) == Decimal(row["career_pay_sum_usd"] or 0)
        assert pool_basis(tmp_path / code) == (
            "average" if row["larger_pool"] == "20_percent_of_average" else "aggregate"
        )
    assert seen == set(expected)


def test_the_known_oddities_of_the_real_listing_are_flagged(tmp_path: Path) -> None:
    """One rate of $259,555, seven of $289,400, the grade 15 and eight unknown codes are named and stay unrepaired."""
    summary = plum.agencies(published() / "plum_2025_ses_pay.csv", tmp_path)
    values = [oddity.value for oddity in summary.oddities]
    assert [values.count(value) for value in ("$259,555", "$289,400", "$58,638", "15", "CG", "DA")] == [
        1,
        7,
        1,
        1,
        6,
        2,
    ]
    assert sum("above" in oddity.why for oddity in summary.oddities) == 8
