"""What people enter for vacancies that cannot be right: told wherever it is read, whatever the appointment is filled with."""

from datetime import date

import pytest

from seskit.law.facts import FactError
from seskit.record.staffing import candidates, records, scoring
from seskit.work.staffing import vacancy_status
from tests.places import SAMPLES

SEEN_ON = date(2024, 11, 15)


def folder(place, *entries):
    """A folder with one vacancy of these entries."""
    text = "".join(f"  {one}\n" for one in ("title: Deputy", *entries))
    (place / "vacancy.yaml").write_text(f"as_of: {SEEN_ON}\nvacancies:\n- id: V-1\n{text}", encoding="utf-8")
    return records.open_folder(place)


def looked_at(place, *entries):
    (one,) = vacancy_status.look(folder(place, *entries), SEEN_ON)
    return one


def told(place, *entries):
    return [found.text for found in looked_at(place, *entries).findings]


@pytest.mark.parametrize("filling", records.get_args(records.Filling))
@pytest.mark.parametrize("opens", ["2024-09-01", "2025-02-01"])
@pytest.mark.parametrize("off", [-10, 0])
def test_steps_out_of_order_are_told_of_every_appointment(tmp_path, filling, opens, off):
    """Done or planned, closing before opening; on the same day nothing is out of order but what the law asks of a career
    announcement.
    """
    closes = date.fromordinal(date.fromisoformat(opens).toordinal() + off)
    found = told(tmp_path, f"filling: {filling}", f"opens_on: {opens}", f"closes_on: {closes}")
    late = opens > str(SEEN_ON)
    if off:
        assert any(str(closes) in one for one in found)
        assert len([one for one in found if "By the days on record" in one]) == (late or filling != "career")
    else:
        assert len(found) == (filling == "career" and not late)


@pytest.mark.parametrize(("filling", "longest"), [("limited_term", 36), ("limited_emergency", 18)])
@pytest.mark.parametrize("made", ["", "appointed_on: 2024-06-01"])
def test_a_term_that_is_too_long_is_barred_before_it_is_made(tmp_path, filling, longest, made):
    """Both sides of the limit."""
    given = [f"filling: {filling}", *filter(None, [made])]
    assert not [one for one in told(tmp_path, *given, f"months: {longest}") if "longest" in one]
    word = "Made" if made else "Planned"
    assert f"{word} for {longest + 1} months; the longest is {longest}." in told(
        tmp_path, *given, f"months: {longest + 1}"
    )


@pytest.mark.parametrize(
    ("entry", "says"),
    [
        ("months: 0", "must be 1 or more"), ("technical_weight: 140", "must be 100 or less"),
        ("selectee: Casey Larkin", "never a name"), ("selectee: K-01 Jones", "never a name"),
        ("board_order: [K-01, Larkin]", "never a name"), ("best_qualified: [K-01 (LARKIN)]", "never a name"),
        ("reasons: {Jones-01: the best}", "never a name"),
    ],
)  # fmt: skip
def test_what_cannot_be_right_is_refused_without_the_name(tmp_path, entry, says):
    """Each list of candidates, and each number with a limit."""
    found = folder(tmp_path, entry)
    assert any(says in str(one) for one in found.problems)
    assert not any(name in str(one).lower() for one in found.problems for name in ("casey", "larkin", "jones"))


@pytest.mark.parametrize(
    "number", ["K-03", "K-1", "12", "APP-12", "USAJ1234", "Candidate 3", "applicant no. 4", "A7", "24/113"]
)
def test_a_number_stays_a_number(number):
    """With the letters and words that agencies put before it."""
    assert candidates.is_number(number)


def test_a_scoring_sheet_has_numbers_alone():
    """It is not made with a name."""
    opened = records.open_folder(SAMPLES / "BSC")
    with pytest.raises(FactError, match="never a name"):
        scoring.sheet(opened, opened.vacancy("S-02"), ["K-1", "Casey Larkin"], ["R1"])


def test_a_limited_appointment_says_where_it_stands(tmp_path):
    """By its own steps, without the day on which a career case is due."""
    given = ("filling: limited_term", "opens_on: 2024-09-01", "closes_on: 2024-09-20")
    found = looked_at(tmp_path, *given)
    assert (found.state, found.next_step) == ("to be rated", "Rate the applicants.")
    assert looked_at(tmp_path, "filling: noncareer").next_step == "Select the appointee, and record the day."


@pytest.mark.parametrize("listed", ["board_order", "best_qualified"])
@pytest.mark.parametrize(
    ("numbers", "says"), [("[K-01, K-02, K-01]", "lists K-01 twice"), ("['', K-01]", "has an empty place")]
)
def test_a_list_of_candidates_names_each_once_and_none_is_empty(tmp_path, listed, numbers, says):
    """Whether there is a scoring sheet to hold it against or not."""
    read = folder(tmp_path, f"{listed}: {numbers}").read
    assert read.record is None
    assert any(says in one.reason for one in read.problems)


@pytest.mark.parametrize("listed", ["board_order", "best_qualified"])
def test_a_name_that_is_listed_twice_is_not_repeated(tmp_path, listed):
    read = folder(tmp_path, f"{listed}: [Maria Lopez, Maria Lopez]").read
    assert read.record is None
    assert "Lopez" not in str(read.problems)
