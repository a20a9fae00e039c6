"""With a sample on the page, every button that would change its files says so at once, and what to do first."""

import shutil

import ipywidgets
import pytest

from seskit.desk.appraisal import walk as appraisal
from seskit.desk.appraisal.plan_form import PlanForm
from seskit.desk.certification import walk as certification
from seskit.desk.opener import places
from seskit.desk.opener.front import Front
from seskit.desk.opener.sections import ATTENTION, CHOOSE, MAKE, of
from seskit.desk.opener.state import Desk
from seskit.desk.pay_setting import walk as pay_setting
from seskit.desk.report import walk as report
from seskit.desk.staffing import walk as staffing
from seskit.law.facts import FactError
from tests.places import SAMPLES

PARTS = [
    pytest.param(module.WALK, section, id=f"{module.WALK.stem}-{section.words}")
    for module in (appraisal, certification, pay_setting, report, staffing)
    for section in of(module.WALK)
    if section not in (ATTENTION, CHOOSE, MAKE)
]


def parts(widget):
    """A widget and all in it."""
    yield widget
    for child in getattr(widget, "children", ()):
        yield from parts(child)


@pytest.mark.usefixtures("home")
@pytest.mark.parametrize(("walk", "section"), PARTS)
def test_nothing_is_asked_for_that_would_be_refused(walk, section):
    """No file is chosen and no button pressed in vain."""
    front = Front(Desk(walk, ""))
    front.start()
    assert front.desk.is_sample
    shown = list(parts(section.make(front)))
    assert "Samples cannot be changed. Choose or make your own agency first; then " in "".join(
        one.value for one in shown if isinstance(one, ipywidgets.HTML)
    )
    assert not [one for one in shown if isinstance(one, (ipywidgets.Button, ipywidgets.FileUpload, ipywidgets.Text))]


def test_the_plan_of_a_sample_is_not_saved(tmp_path):
    """The form is there to try; saving says what to do first, before and after the button is pressed."""
    sample = shutil.copytree(SAMPLES / "DBT", tmp_path / "DBT")
    form = PlanForm(sample, tmp_path / "out")
    assert form.will() == places.sample_stays("write its plan")
    with pytest.raises(FactError, match="Samples cannot be changed"):
        form.save(form.facts)
    assert places.is_sample(sample)
    assert not (tmp_path / "out").exists()
