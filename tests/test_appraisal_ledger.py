"""The step ledger: every fault put into an invented agency of sixty is found, and none is invented."""

import pytest

from seskit.appraisal import ledger
from tests import appraisal_year as invented


@pytest.fixture(scope="module")
def audited(tmp_path_factory):
    years, people, expected = invented.sixty()
    folder = invented.write(tmp_path_factory.mktemp("HBR"), years, people)
    return ledger.audit(ledger.open_folder(folder)), expected


def test_the_invented_agency_has_sixty_executives_and_many_kinds_of_fault():
    """Enough of both for the test below to mean something."""
    years, people, expected = invented.sixty()
    assert len(people) == len(years) == len(expected) == 60
    assert len(invented.FAULTS) >= 15
    assert len({check for _, check in invented.FAULTS.values()}) >= 15


def test_each_fault_is_found_and_none_is_invented(audited):
    """Every executive shows exactly the checks that were broken for them."""
    found, expected = audited
    seen = {
        executive.person.person_id: " ".join(finding.check for finding in executive.findings)
        for executive in found.executives
    }
    assert {who: (seen[who], check) for who, check in expected.items() if seen[who] != check} == {}
    assert not found.board_findings()
    assert found.leaders.answer["passes"] is True
    assert not found.files.problems
