"""The dashboard of a run in a browser: read by everyone, at any width, in light and dark; found, sorted and opened."""

from __future__ import annotations

import nbformat
from nbformat import v4

from seskit.batch import index
from seskit.formats import notebook_page, tokens
from seskit.paper import findings as paper
from tests import axe
from tests.dashboards import many_agencies
from tests.extent import times


def written(folder, agencies):
    """The dashboard of these agencies, and the list of the worst."""
    (folder / "index.html").write_text(str(index.made([], 0, agencies)), encoding="utf-8")
    worst = agencies[len(agencies) // 2].findings
    (folder / "findings.html").write_text(str(paper.page("Agency", worst)), encoding="utf-8")
    return folder


def test_index_and_list_are_read_by_everyone_at_any_width(tmp_path):
    """No accessibility fault, and no page wider than the screen, in light and dark, on a desk and in a hand."""
    place = written(tmp_path, many_agencies(times(60, 12), times(400, 50)))
    with axe.browser() as browser:
        for name in ("index.html", "findings.html"):
            for width, scheme in ((1366, "light"), (320, "dark")):
                page = browser.new_page(viewport={"width": width, "height": 800}, color_scheme=scheme)
                page.goto((place / name).as_uri())
                page.evaluate("document.querySelectorAll('details').forEach(function (one) { one.open = true; })")
                assert page.evaluate("document.documentElement.scrollWidth") <= width, (name, width)
                assert axe.violations(page) == [], (name, width)
                page.close()


def test_an_agency_is_found_sorted_and_opened(tmp_path):
    """The box hides every other agency, a head sorts the worst first, and a link opens what it leads to."""
    place = written(tmp_path, many_agencies(60))
    with axe.browser() as browser:
        page = browser.new_page()
        page.goto((place / "index.html").as_uri())
        rows = "[...document.querySelectorAll('tbody tr[data-agency]')].filter(function (one) { return !one.hidden; })"
        assert page.evaluate(f"{rows}.length") == 60
        page.get_by_role("button", name="Report").click()
        assert page.inner_text("#sorted") == "Sorted by Report, ascending."
        assert "Agency number 30" in page.evaluate(f"{rows}[0].textContent")
        page.get_by_label("Find an agency").fill("number 45")
        assert page.evaluate(f"{rows}.length") == 1
        assert page.inner_text("#found") == "1 agency fits."
        page.get_by_role("link", name="Agency number 45").first.click()
        page.wait_for_function("document.getElementById('agency-a045').open")
        page.close()


def test_the_page_of_a_notebook_follows_light_and_dark_and_is_printed_light(tmp_path):
    """Its ground, ink and links by the colors declared once; a picture of the project turns its light, on paper it does not."""
    figure = "<figure><div class='wide' tabindex='0' role='group' aria-label='A chart'><img alt='One bar' src='data:,'></div></figure>"
    cells = [
        v4.new_markdown_cell(
            "# Title\n\n[To the end](#end)\n\n## End\n\n```\nsaid\n```\n\n| A | B |\n|---|---|\n| 1 | 2 |"
        )
    ]
    shown = v4.new_output("display_data", {"text/html": figure})
    cells.append(v4.new_code_cell("1", outputs=[shown], execution_count=1))
    file = tmp_path / "page.html"
    made = notebook_page.made(nbformat.from_dict(v4.new_notebook(cells=cells)), "Title")
    file.write_text(str(made), encoding="utf-8")
    colors = """() => ['body/backgroundColor', 'body/color', 'a/color', 'thead th/backgroundColor', 'figure img/filter'].map(one =>
      getComputedStyle(document.querySelector(one.split('/')[0]))[one.split('/')[1]])"""

    def named(of, turned):
        return [*(f"rgb{tuple(bytes.fromhex(of[name][1:]))}" for name in ("ground", "ink", "accent", "head")), turned]

    light, dark = named(tokens.LIGHT, "none"), named(tokens.DARK, "invert(0.885) hue-rotate(180deg)")
    with axe.browser() as browser:
        for scheme, wanted in (("light", light), ("dark", dark)):
            page = browser.new_page(color_scheme=scheme)
            page.goto(file.as_uri())
            assert page.evaluate(colors) == wanted
            assert axe.violations(page) == []
            page.emulate_media(media="print")
            assert page.evaluate(colors) == light
            page.close()
