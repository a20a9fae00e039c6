"""Charts say in words what they show, carry their numbers, and come out the same each time."""

import re
import subprocess
import sys
from itertools import pairwise
from xml.etree.ElementTree import fromstring

import pytest

from seskit.desk.report import show
from seskit.formats import bars
from seskit.paper import charts
from seskit.work import report
from tests.places import CASES, SAMPLES

SVG = "{http://www.w3.org/2000/svg}"
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
    package = report.open_folder(CASES / "report-one-plan").complete()
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


def test_a_picture_is_small_and_its_text_is_text():
    """On a page a chart is SVG: its words can be read out of it, the bytes are the same each time, nothing is fetched."""
    package = report.open_folder(SAMPLES / "DPW").complete()
    for chart in ALL:
        one, two = chart(package).svg, chart(package).svg
        assert one == two
        assert len(one) < 6_000
        root = fromstring(one)  # noqa: S314 - made above
        words = [text.text for text in root.iter(f"{SVG}text")]
        assert (
            set(words) >= {"Rating level", "People", "career", "39"} if chart is charts.rating_distribution else words
        )
        places = [float(text.get("x")) for text in root.iter(f"{SVG}text")]
        assert all(0 < x < bars.WIDTH for x in places)
        assert "href" not in one
    drawn = charts.life("2017-06-15")
    assert drawn.svg == charts.life("2017-06-15").svg
    assert "not certified" in {text.text for text in fromstring(drawn.svg).iter(f"{SVG}text")}  # noqa: S314
    assert not re.search(r"20\d\d-\d\d-\d\dT|matplotlib v", drawn.svg)


def test_the_report_is_drawn_without_the_drawing_library():
    """Bars on a page need no matplotlib: the walk of a report never loads it."""
    code = (
        "import sys\nfrom seskit.paper import charts\nfrom seskit.work import report\n"
        f"package = report.open_folder({str(SAMPLES / 'DPW')!r}).complete()\n"
        f"for name in {[chart.__name__ for chart in ALL]!r}:\n    getattr(charts, name)(package)._repr_html_()\n"
        "sys.exit('matplotlib' in sys.modules)"
    )
    subprocess.run([sys.executable, "-c", code], check=True)


@pytest.mark.parametrize("most", [0, 1, 5, 6, 39, 999, 1_000_000, 123_456_789])
def test_an_axis_has_few_round_steps(most):
    """From nothing to the most, at most seven numbers, evenly."""
    ticks = bars._ticks(most)
    assert 2 <= len(ticks) <= 7
    assert len({b - a for a, b in pairwise(ticks)}) == 1
    assert ticks[0] == 0
    assert ticks[-1] <= max(most, 1)


def test_steps_with_cents_and_parts_of_one():
    """A largest value below one still has an axis."""
    assert bars._ticks(0.4) == [0, 1]
