"""The walks as an application: served on this machine only, an agency made on one page is on the next, all gone at the end."""

import contextlib
import io
import json
import re
import shutil
import signal
import socket
import stat
import time
import urllib.request
from pathlib import Path
from types import SimpleNamespace

import playwright.sync_api
import pypdf
import pytest

from tests import axe, browser, looks
from tests.extent import ALL, some
from tests.served import HEIGHTS, start

pytestmark = [pytest.mark.browser, pytest.mark.slow]
SAMPLES = browser.NOTEBOOKS / "sample" / "agencies"
#: What axe is asked: everything where width and colors are farthest apart, between them what the width decides; by
#: `make test-all` for each pair of them what either decides.
ASKED = {(1366, "light"): (), (820, "dark"): axe.BY_WIDTH, (320, "dark"): ()}
if ALL:
    ASKED = {(width, scheme): axe.BY_STYLE for width in looks.WIDTHS for scheme in ("light", "dark")} | {
        pair: rules for pair, rules in ASKED.items() if not rules
    }


#: The pages that are looked at: a spread of the walks, and what is beside them.
PAGES = ("start_here", *some(list(HEIGHTS), 2), "course")


def _not_opened(_, names):
    """The notebooks that are never opened here, each of which would get a kernel that waits."""
    return [name for name in names if name.endswith(".ipynb") and name.removesuffix(".ipynb") not in PAGES]


@pytest.fixture(scope="module")
def served(tmp_path_factory):
    """`seskit desk` on a copy of the notebooks; its address with the token, its folder, its process."""
    pytest.importorskip("voila", reason="Voila is not installed.")
    folder = tmp_path_factory.mktemp("served")
    shutil.copytree(browser.NOTEBOOKS, folder / "notebooks", ignore=_not_opened)
    (folder / "private").mkdir()
    process, address = start(folder, replaced=ALL)
    try:
        yield address, folder, process
    finally:
        process.kill()


@pytest.fixture(scope="module")
def looked_at():
    """One window for every served page."""
    with browser.open_page() as page:
        page.set_viewport_size({"width": 1366, "height": 768})
        yield page


def private(folder):
    """The private folders of sessions there are."""
    return list((folder / "private").glob("seskit-desk-*"))


def noted(folder):
    """What the libraries noted, in the private folder."""
    (log,) = (folder / "private").glob("seskit-desk-*/server.log")
    return log.read_text(encoding="utf-8")


def test_the_address_that_is_shown_is_that_of_a_ready_page(served):
    """No slash behind the notebook's name, where no kernel waits; one with it leads there. Libraries say nothing beside it."""
    address, folder, _ = served
    assert ".ipynb?token=" in address
    until = time.monotonic() + 300
    while "Kernel pool of start_here.ipynb is filled" not in noted(folder):
        assert time.monotonic() < until
        time.sleep(0.5)
    with urllib.request.urlopen(address.replace(".ipynb?", ".ipynb/?")) as page:  # noqa: S310 (this machine's own)
        assert page.url == address
        page.read()
    assert re.search("Using pre-heated kernel: .* for start_here", noted(folder))
    assert "WARNING" in noted(folder)
    said = (folder / "log").read_text(encoding="utf-8").splitlines()
    assert said == [
        f"Open in your browser: {address}",
        "To close it, press Control+C here: your files are then deleted.",
    ]


def test_the_browser_is_opened_at_the_first_page_with_the_token(tmp_path, monkeypatch):
    """By a private file that leads there: the token is in no list of programs, and nobody is asked for it."""
    pytest.importorskip("voila", reason="Voila is not installed.")
    from seskit.desk import served_app

    opened = []
    monkeypatch.setenv("SESKIT_SESSION", str(tmp_path))
    monkeypatch.setattr(served_app.webbrowser, "open", opened.append)
    address = "http://127.0.0.1:8866/voila/render/start_here.ipynb?token=abc"
    served_app.ServedDesk.launch_browser(SimpleNamespace(display_url=address))
    assert opened == [(tmp_path / "open.html").as_uri()]
    assert f"url={address}" in (tmp_path / "open.html").read_text(encoding="utf-8")
    assert stat.S_IMODE((tmp_path / "open.html").stat().st_mode) == 0o600


#: Links of words that can be told from other words by their color alone.
_BARE_LINKS = """() => [...document.querySelectorAll("a[href]")].filter((one) => one.innerText && one.checkVisibility()
  && !one.querySelector("button") && !getComputedStyle(one).textDecorationLine.includes("underline")).map((one) => one.outerHTML)"""


@pytest.mark.parametrize("name", PAGES)
def test_axe_finds_nothing_on_a_served_page_light_and_dark_wide_and_narrow(served, looked_at, name):
    """The whole page with all its forms open; nothing runs off it; a walk is half as high as it was; no word of a menu.

    Every link looks like one.
    """
    page = looked_at
    page.goto(served[0].replace("start_here", name))
    page.locator("#rendered_cells .seskit-panel").first.wait_for()
    if name in HEIGHTS:
        page.get_by_text("A sample: everything in it is invented").first.wait_for()
        page.wait_for_function("() => document.querySelector('#rendered_cells').scrollHeight > 1000")
        page.wait_for_timeout(1000)
        assert page.locator("#rendered_cells").evaluate("all => all.scrollHeight") <= HEIGHTS[name]
    assert page.title() == page.locator("h1").first.inner_text()
    assert page.get_by_text("Run All Cells").locator("visible=true").count() == 0
    browser.open_folds_served(page)
    assert page.evaluate(_BARE_LINKS) == []
    grounds = set()
    for width in looks.WIDTHS:
        page.set_viewport_size({"width": width, "height": 768})
        for scheme in ("light", "dark"):
            page.emulate_media(color_scheme=scheme)
            if (width, scheme) in ASKED:
                assert axe.violations(page, rules=ASKED[width, scheme]) == [], (width, scheme)
            grounds.add((scheme, page.evaluate("() => getComputedStyle(document.body).backgroundColor")))
            browser.picture(page, f"served_{name}_{width}_{scheme}")
        assert page.evaluate(looks.SIDEWAYS, "#rendered_cells") == []
    assert len(pypdf.PdfReader(io.BytesIO(page.pdf())).pages) > 1
    assert grounds == {("light", "rgb(255, 255, 255)"), ("dark", "rgb(28, 29, 31)")}
    page.set_viewport_size({"width": 1366, "height": 768})
    page.emulate_media(color_scheme="light")


@pytest.mark.skipif(not hasattr(socket, "AF_UNIX"), reason="This system has no sockets that are files.")
def test_kernels_of_the_desk_are_spoken_to_where_only_this_user_can_listen(served):
    """Through sockets in a folder of mode 0700, not through ports; and the terminal shows no warning of a program."""
    _, folder, _ = served
    log = noted(folder)
    place = Path(re.search(r"Storing connection files in (\S+)\.\n", log)[1])
    assert stat.S_IMODE(place.parent.stat().st_mode) == 0o700
    until = time.monotonic() + 120
    while not (connections := [json.loads(one.read_text(encoding="utf-8")) for one in place.glob("kernel-*.json")]):
        assert time.monotonic() < until, log
        time.sleep(0.2)
    assert {one["transport"] for one in connections} == {"ipc"}
    assert not re.search(
        "TCP without encryption|DeprecationWarning", log + (folder / "log").read_text(encoding="utf-8")
    )


def test_a_page_that_is_left_ends_its_kernel(served):
    """It is there while the page is, also while a download is fetched, and gone a moment after the page."""
    address, folder = served[0].replace("start_here", "course"), served[1]
    with browser.open_page() as page:
        page.goto(address)
        page.locator("#rendered_cells .seskit-panel").first.wait_for(timeout=60_000)
        kernel = json.loads(page.locator("#jupyter-config-data").inner_text())["kernelId"]
        here = f"{address.split('/voila/')[0]}/api/kernels/{kernel}"
        page.evaluate("() => window.dispatchEvent(new Event('beforeunload', {cancelable: true}))")
        page.wait_for_timeout(1000)
        assert page.request.get(here).ok
        page.goto("about:blank")
        until = time.monotonic() + 60
        while (gone := page.request.get(here).status) != 404:
            assert time.monotonic() < until, gone
            time.sleep(0.2)
        for _ in range(3):
            page.goto(address, wait_until="commit")
        page.goto("about:blank")
    assert "_xsrf" not in noted(folder)


def test_a_page_that_opened_without_its_widgets_is_loaded_again_and_not_for_ever(served):
    """A busy machine may leave a widget out, which Voila says in its own words: twice the page tries again."""
    loads = []
    with browser.open_page() as page:
        page.add_init_script(
            "const later = setTimeout; window.setTimeout = (act, ms, ...more) => ms >= 60000 ? 0 : later(act, ms, ...more)"
        )
        page.on("request", lambda asked: asked.is_navigation_request() and loads.append(time.time()))
        page.goto(served[0].replace("start_here", "course"))
        until, begun = time.monotonic() + 120, 0
        while len(loads) < 3 or begun < loads[1]:
            assert time.monotonic() < until, (loads, begun)
            with contextlib.suppress(playwright.sync_api.Error):  # the page is on its way to be loaded again
                begun = fail(page)
            page.wait_for_timeout(500)
        with page.expect_request("**/api/kernels/*"):  # the page looks for its kernel where it is not loaded again
            pass
        assert len(loads) == 3


def fail(page):
    """Put into the page what Voila shows in place of a widget it does not know; when the page began, in seconds."""
    return page.evaluate(
        """() => {
          const made = document.createElement('div');
          made.className = 'jupyter-widgets';
          made.textContent = 'Error displaying widget: model not found';
          document.body.append(made);
          return performance.timeOrigin / 1000;
        }"""
    )


def test_an_agency_made_on_one_page_is_shown_on_the_next_and_gone_at_the_end(served):
    """Make it, bring its roster, go on to the report, open a lesson of the course; stop the desk, and nothing is left."""
    address, folder, process = served
    with browser.open_page() as page:
        page.set_default_timeout(180_000)
        assert page.goto(address.split("?")[0]).status in (401, 403) or "login" in page.url
        asked = []
        page.on("requestfinished", lambda request: asked.append(request.url))
        page.goto(address)
        page.get_by_text("A sample: everything in it is invented").first.wait_for(timeout=60_000)
        page.get_by_role("button", name="Make a new agency").press("Enter")
        for label, answer in (
            ("Name of the agency", "Office of Served Tests"), ("Short code", "OST"), ("Fiscal year", "2002"),
            ("Short word for the plan", "oct"), ("First day of the appraisal", "2001-10-01"),
            ("Last day of the appraisal", "2002-09-30"), ("Awards paid in", "2002-12"), ("Awards decided", "2002-12-03"),
        ):  # fmt: skip
            page.get_by_label(label).first.fill(answer)
            page.keyboard.press("Tab")
        page.get_by_label("Rating levels").first.select_option("H: levels 1, 2, 3, 4, 5")
        page.get_by_label("Performance awards").first.select_option("paid, or will be")
        page.get_by_text("Everything needed is there").first.wait_for()
        page.get_by_role("button", name="Make this agency").press("Enter")
        page.get_by_text("Next: its roster; bring it below.").first.wait_for()
        assert page.get_by_label("Or write where the file is").count() == 0
        with page.expect_file_chooser() as chooser:
            page.get_by_role("button", name=re.compile("Choose a file")).press("Enter")
        chooser.value.set_files(SAMPLES / "ASR" / "roster.csv")
        page.get_by_text("people read from roster.csv").first.wait_for()
        assert axe.violations(page, ".seskit-desk") == []
        page.get_by_role("link", name="The ratings and awards report").click()
        page.get_by_text("Office of Served Tests").first.wait_for(timeout=60_000)
        page.get_by_text("Files", exact=True).first.wait_for()
        browser.picture(page, "served_report")
        page.keyboard.press("End")
        page.wait_for_function("() => scrollY > 300")
        page.get_by_role("link", name="Back to the start page").click()
        page.wait_for_url("**/start_here.ipynb")
        assert page.locator("#home").is_hidden()
        browser.press_to(page, page.get_by_role("link", name="Learn a job of the SES").first)
        page.keyboard.press("Enter")
        page.get_by_role("button", name="Learn: ").first.wait_for(timeout=60_000)
        browser.still(page)
        page.get_by_role("button", name="Learn: ").first.press("Enter", timeout=60_000)
        page.get_by_role("button", name="Continue").first.press("Enter", timeout=60_000)
        page.get_by_text("After this lesson you can:").first.wait_for(timeout=60_000)
    assert {
        url for url in asked if not url.startswith(("http://127.0.0.1:", "ws://127.0.0.1:", "data:", "blob:"))
    } == set()
    assert len(private(folder)) == 1
    assert oct(private(folder)[0].stat().st_mode)[-3:] == "700"
    assert not (folder / "agencies").exists()
    with browser.open_page() as page:
        page.goto(address)
        page.get_by_text("Office of Served Tests").first.wait_for(timeout=60_000)
        ended = page.get_by_text("This page no longer answers")
        assert not ended.is_visible()
        process.send_signal(signal.SIGHUP)
        process.wait(240)
        ended.wait_for(timeout=60_000)
        assert axe.violations(page, "#ended") == []
    assert private(folder) == []
    beside = (folder / "log").read_text(encoding="utf-8").splitlines()[2:]
    assert [line for line in beside if not line.startswith("Error: ")] == []


def test_the_desk_listens_on_this_machine_only():
    """No address of a network, and no file of the folder handed out."""
    from seskit.desk.served import arguments

    said = arguments(8866, browser=False)
    assert "--Voila.ip=127.0.0.1" in said
    assert "--Voila.auto_token=True" in said
    assert "--no-browser" in said


def test_the_first_page_gets_ready_alone_and_the_others_one_after_the_other(monkeypatch):
    """No kernel waits for the other pages before their turn: who asks earlier is given one at once, as without any waiting."""
    pytest.importorskip("voila", reason="Voila is not installed.")
    from seskit.desk import served, served_app

    turns, filled = [], []
    loop = SimpleNamespace(add_callback=lambda _: None, call_later=lambda *turn: turns.append(turn))
    monkeypatch.setattr(served_app.IOLoop, "current", lambda: loop)
    monkeypatch.setattr(served_app.Voila, "listen", lambda _: None)
    pools = dict(served.AT_FIRST)
    manager = SimpleNamespace(
        kernel_pools_config=pools, fill_if_needed=lambda **what: filled.append((what, dict(pools)))
    )
    desk = SimpleNamespace(root_dir=str(browser.NOTEBOOKS), kernel_manager=manager, _say_where=None)
    desk._get_ready = lambda notebook: served_app.ServedDesk._get_ready(desk, notebook)
    assert {name: pool["pool_size"] for name, pool in pools.items()} == {"default": 0, served.FIRST: 1}
    monkeypatch.setattr(served_app, "super", lambda: SimpleNamespace(listen=lambda: None), raising=False)
    served_app.ServedDesk.listen(desk)
    assert {notebook for _, _, notebook in turns} == {p.name for p in browser.NOTEBOOKS.glob("*.ipynb")} - {
        served.FIRST
    }
    delays = [delay for delay, _, _ in turns]
    assert delays == sorted(set(delays))
    assert delays[0] > 0
    for _, ready, notebook in turns:
        ready(notebook)
    assert [(what["notebook_name"], what["delay"]) for what, _ in filled] == [(notebook, 0) for _, _, notebook in turns]
    assert all(then[what["notebook_name"]] == served.ONE_WAITS for what, then in filled)
