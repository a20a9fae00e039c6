"""Charts say in words what they show, carry their numbers, and come out the same each time."""

from pathlib import Path

import pytest

from seskit.desk.report import show
from seskit.paper import charts
from seskit.work import report

SAMPLES = Path(__file__).parents[1] / "notebooks" / "sample" / "agencies"
ALL = (charts.rating_distribution, charts.awards_by_percentage, charts.pool_used)


@pytest.mark.parametrize("chart", ALL, ids=lambda chart: chart.__name__)
@pytest.mark.parametrize("name", ["DPW", "BTM", "CCL", "BSC", "OCF"])
def test_a_chart_has_a_picture_words_and_numbers(chart, name):
    """Many plans, no awards, one member, pending, no career member: alternative text and a table every time."""
    made = chart(report.open_folder(SAMPLES / name).complete())
    shown = made._repr_html_()
    assert made.png.startswith(b"\x89PNG")
    assert made.alt
    assert "alt='" in shown
    assert "<details>" in shown
    assert "http" not in shown.replace("http-equiv", "")


def test_the_picture_is_the_same_each_time():
    """Two runs give the same bytes, so that a batch can be compared."""
    package = report.open_folder(SAMPLES / "DPW").complete()
    assert charts.pool_used(package).png == charts.pool_used(package).png


def test_the_alternative_text_holds_the_counts():
    """What the eye reads off the bars stands in the words."""
    package = report.open_folder(Path(__file__).parent / "cases" / "report-one-plan").complete()
    assert "level 5: 3 career, 0 noncareer, 0 limited" in charts.rating_distribution(package).alt
    assert "1 at 5 percent, 1 at 8 percent" in charts.awards_by_percentage(package).alt
    assert "plan main: $54,365 of $87,540" in charts.pool_used(package).alt


def test_the_walk_shows_no_names():
    """Tables of the walk-through name people by number only."""
    folder = report.open_folder(SAMPLES / "DPW")
    package = folder.complete()
    pieces = [
        show.plans(package.agency), show.people(package.agency, folder.roster), show.problems(package.problems),
        show.summary(package), show.pools(package), show.due_dates(package), show.proofs(package), show.supplement(package),
    ]  # fmt: skip
    shown = "".join(piece._repr_html_() + repr(piece) for piece in pieces)
    names = {person.name for person in folder.roster.people if person.name}
    assert names
    assert not [name for name in names if name in shown]


def test_an_empty_table_is_a_sentence():
    """No empty grid for a screen reader to fall into."""
    assert "No problems were found." in show.problems([]).to_html()
    assert "<table" not in show.problems([]).to_html()
