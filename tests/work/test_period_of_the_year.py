"""The appraisal period: one and the same in every check, and what the files say of it twice is told."""

import shutil
from datetime import date
from pathlib import Path

import appraisal_year as invented
import pytest

from seskit.desk.opener import make
from seskit.record.agency import FILE
from seskit.work.appraisal import year_record

OWN, LAST = "2024-09-30", "2024-12-31"
CALENDAR = invented.AGENCY.replace("{from: 2023-10-01, to: 2024-09-30}", "{from: 2024-01-01, to: 2024-12-31}")
SAMPLE = Path(__file__).resolve().parents[2] / "notebooks" / "sample" / "agencies" / "DBT"


def audited(folder, note="", agency=CALENDAR, people=4, ends=4):
    """The audit of people whose steps are those of the fiscal year; those of `ends` end the period on September 30."""
    years = {}
    for number in range(1, people + 1):
        years[f"HBR{number:03}"] = invented.clean(4, date(2024, 11, 18))
        if number <= ends:
            years[f"HBR{number:03}"]["period_end"] = [[OWN, "personnel_office", "", note]]
    invented.write(folder, years, [invented.person(number) for number in range(1, people + 1)], agency=agency)
    return year_record.audit(year_record.open_folder(folder))


def outcomes(found, check):
    return {reason.outcome for one in found.executives for reason in one.result.reasons if reason.key == check}


def test_an_early_end_without_a_reason_is_no_end_in_any_check(tmp_path):
    """T5 says both days, and T6 no longer calls a rating in the plan's period one after it."""
    found = audited(tmp_path)
    said = {one.found for one in found.findings if one.check == "T5"}
    assert said == {
        "By the steps the period ended on 2024-09-30, with no reason in the note; by the plan it ends on 2024-12-31, and "
        "every check uses that day."
    }
    assert {one.found for one in found.findings if one.check == "T6"} == {
        "Rated 2024-10-01; the period ended 2024-12-31."
    }
    assert (outcomes(found, "T5"), outcomes(found, "T6")) == ({"not met"}, {"not met"})


def test_an_early_end_with_a_reason_is_the_end_in_every_check(tmp_path):
    """With a basis on record both checks use the early day."""
    found = audited(tmp_path, note="reorganization; basis on file")
    assert (outcomes(found, "T5"), outcomes(found, "T6")) == ({"met"}, {"met"})


@pytest.mark.parametrize(("note", "agency", "ends", "told"), [
    ("", CALENDAR, 4, True), ("", CALENDAR, 3, True), ("", CALENDAR, 2, False), ("basis on file", CALENDAR, 4, False),
    ("", invented.AGENCY, 4, False),
])  # fmt: skip
def test_a_period_that_most_steps_contradict_is_a_problem_of_the_files(tmp_path, note, agency, ends, told):
    """One line for the plan, with how many say otherwise; not for single people, nor where a reason is given."""
    found = [
        one for one in audited(tmp_path, note, agency, ends=ends).files.problems if one.column == "appraisal_period"
    ]
    assert bool(found) is told
    if told:
        assert found[0].reason == (f"ends on {LAST} for plan main, and the steps of {ends} executives end it on {OWN}")


@pytest.mark.parametrize(("first", "last", "said"), [
    (date(2024, 1, 1), date(2024, 12, 31), "2023-10-01 to 2023-12-31 is now in no"),
    (date(2023, 10, 1), date(2024, 8, 31), "2024-09-01 to 2024-09-30 is now in no"),
    (date(2025, 1, 1), date(2025, 12, 31), "2023-10-01 to 2024-09-30 is now in no"),
    (date(2023, 11, 1), date(2024, 8, 31), "2023-10-01 to 2023-10-31 and 2024-09-01 to 2024-09-30 is now in no"),
    (date(2023, 10, 1), date(2024, 12, 31), ""), (date(2023, 10, 1), date(2024, 9, 30), ""),
])  # fmt: skip
def test_saving_another_period_tells_the_days_left_out(tmp_path, first, last, said):
    """The days of the former period that no period holds now are said where it is saved."""
    folder = shutil.copytree(SAMPLE, tmp_path / "DBT")
    text = (folder / FILE).read_text(encoding="utf-8")
    form = make.ChangedAgency(folder, lambda _: None)
    facts = form.facts
    facts["plans"] = [
        make.PlanEntry.model_validate(plan | ({"first_day": first, "last_day": last} if place == 0 else {}))
        for place, plan in enumerate(facts["plans"])
    ]
    facts["options"] = None
    assert "2023-10-01" in text
    lines = form.save(facts)[1:]
    assert len(lines) == bool(said)
    assert said in "".join(lines)
