"""What to do is told in two ways: a person in a browser has no terminal, and every page says what it has itself."""

import ast
import re
from importlib import import_module

import pytest

from seskit.desk.report import walk as report_walk
from seskit.formats import two_ways
from seskit.formats.markup import element, together
from seskit.formats.tables import coded
from seskit.record.forms.labels import in_labels, made_in_labels
from seskit.record.roster import not_there
from tests.places import ROOT

#: What no page does: a department, a run over many, a schedule for the whole machine, and an executive who came from elsewhere.
_WITHOUT = {"gathered.py", "gathered_names.py", "received.py"}
_NO_PAGE = re.compile(r"`seskit (gather|batch|schedule add)\b")
#: A command, and an entry that is confirmed by a button on a page.
_BY_HAND = re.compile("`seskit |under confirmed: ")
_COMMAND = re.compile(r"`seskit |(?<![\w-])--[a-z]|under \w+: |\bin \w+\.yaml\b")


def _alone(tree):
    """The texts of a module that advise a command and are not declared in two ways; docstrings are for nobody on a page."""
    declared = {
        id(part) for call in ast.walk(tree) if isinstance(call, ast.Call) and getattr(call.func, "id", "") == "two_ways"
        for part in ast.walk(call)
    }  # fmt: skip
    docs = {id(one.value) for one in ast.walk(tree) if isinstance(one, ast.Expr)}
    for one in ast.walk(tree):
        if isinstance(one, ast.Constant) and isinstance(one.value, str) and id(one) not in declared | docs:
            yield one.value


@pytest.mark.parametrize("floor", ["record", "work"])
def test_who_advises_a_command_says_what_a_page_has_for_it(floor):
    """What the files hold and what follows from them is told on pages, too."""
    texts = {path: path.read_text(encoding="utf-8") for path in (ROOT / "seskit" / floor).rglob("*.py")}
    found = {
        (path.name, said) for path, text in texts.items() if _BY_HAND.search(text) for said in _alone(ast.parse(text))
        if path.name not in _WITHOUT and _BY_HAND.search(_NO_PAGE.sub("", said))
    }  # fmt: skip
    assert not found


def test_each_advice_is_told_by_the_page():
    """As a sentence and as markup, where the command is set off; none of them names a command."""
    for floor in ("record", "work"):
        for path in (ROOT / "seskit" / floor).rglob("*.py"):
            if "two_ways(" in path.read_text(encoding="utf-8"):
                import_module(".".join(path.relative_to(ROOT).with_suffix("").parts))
    assert len(two_ways._PAGES) > 5
    for command, page in two_ways._PAGES.items():
        given = command.replace("{}", "it.xlsx")
        assert _COMMAND.search(given)
        assert not _COMMAND.search(page)
        assert page in in_labels(f"Before; {given} After.")
        made = element("td", coded(given), class_="to-do")
        assert made_in_labels(made) == element("td", page, class_="to-do")
        assert made_in_labels(together(given)) == together(page)


def test_a_new_agency_is_led_by_the_page(tmp_path):
    """It has no roster yet: the page's own buttons are named, and no command; on a command line it is the command."""
    assert "`seskit template`" in not_there.fix(tmp_path)
    (tmp_path / "roster.corrected.xlsx").touch()
    assert "without the roster it was made from" in not_there.fix(tmp_path)
    shown = made_in_labels(report_walk.problems(report_walk.opened(tmp_path, tmp_path, {})).to_html())
    assert "Bring a roster" in shown
    assert "seskit" not in shown
