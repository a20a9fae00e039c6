"""Confirming with a reason, in the desk and not in a text editor: what looks wrong and is right."""

import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner

from seskit.desk.cli import main
from seskit.desk.correct import panel
from seskit.law.facts import FactError
from seskit.record import agency as agency_file
from seskit.work import corrections, report
from seskit.work.corrections.confirming import confirm
from tests.places import FIELD


@pytest.fixture
def unknown(tmp_path):
    """An agency with people who have neither rates nor a rating."""
    return Path(shutil.copytree(FIELD / "41-rates-not-known", tmp_path / "XU"))


def test_a_group_is_confirmed_with_a_reason_and_the_former_file_is_kept(unknown):
    """The finding becomes a warning that shows the reason; the file says the same and can be read."""
    before = (unknown / "agency.yaml").read_bytes()
    found = corrections.open_folder(unknown)
    group = next(one for one in found.groups if one.confirms)
    errors = found.left.errors
    assert errors
    kept = found.confirm(group.id, "Detailed to another agency that pays them, memo 14")
    assert (kept.name, kept.read_bytes()) == ("agency.before.yaml", before)
    assert found.agency.confirmed.counted_nowhere == "Detailed to another agency that pays them, memo 14"
    assert not [one for one in found.groups if one.confirms]
    now = report.open_folder(unknown)
    assert next(one.fix for one in now.problems if one.key == "counted nowhere").endswith("memo 14")
    assert {one.severity for one in now.problems if one.key == "counted nowhere"} == {"warning"}
    assert agency_file.read(unknown).agency.plans


def test_what_is_no_reason_is_refused(unknown):
    """Nothing is written for a word, for a number that looks personal, and for what cannot be confirmed."""
    before = (unknown / "agency.yaml").read_bytes()
    with pytest.raises(FactError, match="few words"):
        confirm(unknown, "counted_nowhere", "ok")
    with pytest.raises(FactError, match="Social Security"):
        confirm(unknown, "counted_nowhere", "see " + "-".join(("123", "45", "6789")))
    with pytest.raises(FactError, match="cannot be confirmed"):
        confirm(unknown, "everything", "a reason in words")
    with pytest.raises(FactError, match="cannot be confirmed with a reason"):
        corrections.open_folder(unknown).confirm("nothing", "a reason in words")
    assert (unknown / "agency.yaml").read_bytes() == before
    assert not (unknown / "agency.before.yaml").exists()


def test_the_panel_confirms_and_has_everything_renewed(unknown):
    """The reason is written under the group, one button keeps it, and the group is gone."""
    renewed = []
    shown = panel(unknown, lambda: renewed.append(1))
    why = next(one for one in shown.list.children if "Or why it is right" in getattr(one, "description", ""))
    button = next(one for one in shown.list.children if one.description.startswith("Confirm with this reason"))
    button.click()
    assert renewed == []
    assert ", though it looks like people not on the rolls" in why.description
    assert "few words" in shown.status.value
    why = next(one for one in shown.list.children if "Or why it is right" in getattr(one, "description", ""))
    button = next(one for one in shown.list.children if one.description.startswith("Confirm with this reason"))
    why.value = "On leave without pay for the whole year, order 7"
    button.click()
    assert renewed == [1]
    assert "Confirmed, with the reason in agency.yaml" in shown.status.value
    assert not [one for one in shown.list.children if "why it is right" in getattr(one, "description", "")]


def test_the_command_confirms_as_the_panel_does(unknown):
    """The list names the finding, a reason is needed, and the former file is kept beside."""

    def run(*words):
        return CliRunner().invoke(main, ["correct", str(unknown), *words])

    assert "Or, where it is right: --confirm counted_nowhere --why TEXT" in run().output
    refused = run("--confirm", "counted_nowhere")
    assert refused.exit_code == 2
    assert not (unknown / "agency.before.yaml").exists()
    assert run("--confirm", "nothing", "--why", "a reason in words").exit_code == 2
    done = run("--confirm", "counted_nowhere", "--why", "On leave without pay, order 7")
    assert "Confirmed, with the reason in agency.yaml. The previous file is kept as agency.before.yaml." in done.output
    assert "--confirm" not in done.output
    assert report.open_folder(unknown).agency.confirmed.counted_nowhere == "On leave without pay, order 7"
