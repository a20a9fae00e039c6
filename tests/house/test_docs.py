"""The documentation: everything declared has its place in it, its links hold, and the built site can be used by everyone."""

from __future__ import annotations

import ast
import re
import shlex

import click
import pytest

from docs.site import agency_files, build, checks, commands, figures, questions, transcripts
from seskit.desk import cli
from seskit.desk.asked import declared, given
from seskit.formats import strict_yaml
from seskit.formats.days import days_in_words
from seskit.law import question
from seskit.law.parameters import parameter, paths
from seskit.record.forms.known import all_files
from seskit.work.closeout import money
from tests import axe
from tests.lending import lend
from tests.parsed import MODULES, nodes_of, text_of, tree_of
from tests.places import PACKAGE, ROOT

WRITTEN = build.written()
LINK = re.compile(r"\]\(([^)#\s]+)(?:#[^)]*)?\)")
CODE = re.compile(r"^```.*?^```|`[^`\n]*`", re.MULTILINE | re.DOTALL)


def below(command: click.Command, path: str):
    """A command and every one below it, each with its path."""
    yield path, command
    if isinstance(command, click.Group):
        context = click.Context(command)
        for name in command.list_commands(context):
            yield from below(command.get_command(context, name), f"{path} {name}")


@pytest.mark.parametrize("name", sorted(cli.COMMANDS))
def test_every_command_has_its_page_with_every_option(name):
    """The commands below it, too; each with its words."""
    with click.Context(cli.main, info_name="seskit") as context:
        page, command = commands.page(name, context), cli.main.get_command(context, name)
        for path, each in below(command, f"seskit {name}"):
            assert re.search(rf"^#+ {path}$", page, re.MULTILINE), path
            for option in each.params:
                assert not isinstance(option, click.Option) or f"{option.opts[0]}" in page, (path, option.name)


@pytest.mark.parametrize("name", sorted(question.questions()))
def test_every_question_has_its_page(name):
    """What it asks, its authority, every fact with its words, and an example: a line that asks just what is answered below it."""
    asked = question.questions()[name]
    cases = questions.cases().get(name, [])
    page = questions.page(asked, cases)
    assert asked.asks in page
    assert days_in_words(asked.authority) in page
    for slot in asked.slots.values():
        assert f"| `{slot.name}` |" in page
        assert slot.label.strip()
        assert questions.kind(slot) != "a list of entries", f"{slot.name} has a kind without words"
    command = re.search(r"^\$ (seskit ask .+)$", page, re.MULTILINE)[1]
    assert "## An example" in page
    said = given.facts(asked, shlex.split(command)[3:])
    assert asked.read(said) == asked.read(declared.of(name).example), "the line shown asks something else"
    assert ("## Cases" in page) == bool(cases)


def test_the_page_of_every_question_is_on_the_site():
    """And on the list of its subject."""
    made = build.generated()
    for name, asked in question.questions().items():
        subject, _, stem = name.partition(".")
        assert made[f"questions/{subject}/{stem}.md"] == questions.page(asked, questions.cases().get(name, [])), name
        assert f"({stem}.md)" in made[f"questions/{subject}/index.md"], name


def test_every_file_of_an_agency_has_its_page_with_every_key_and_column():
    """A key or column that is declared and not explained fails, and so does one explained that is gone."""
    wrong = list(agency_files.missing(strict_yaml.load(agency_files.KEYS.read_text(encoding="utf-8"))))
    assert not wrong, f"seskit/record/forms/keys.yaml: {'; '.join(wrong)}"
    pages = agency_files.pages()
    for name, (record, _) in agency_files.RECORDS.items():
        page = pages[f"files/{name.replace('.', '_')}.md"]
        assert [key for key, _ in agency_files.keys(record) if f"| `{key}` |" not in page] == []
    for name, (columns, _) in agency_files.LISTS.items():
        page = pages[f"files/{name}_csv.md"]
        assert [column.name for column in columns if f"| `{column.name}` |" not in page or not column.help] == []


def test_a_missing_key_is_named():
    """The test above can fail, and no page is made without the words of a key."""
    known = strict_yaml.load(agency_files.KEYS.read_text(encoding="utf-8"))
    known["pay.yaml"] = {"wages": "x", **{key: words for key, words in known["pay.yaml"].items() if key != "step"}}
    wrong = ["pay.yaml: step is not explained", "pay.yaml: wages is explained and not declared"]
    assert [one for one in agency_files.missing(known) if one.startswith("pay.yaml")] == wrong
    with pytest.raises(agency_files.NotExplained, match=r"pay\.yaml: step .* seskit/record/forms/keys\.yaml"):
        agency_files.explained(known, "pay.yaml", "step")


def test_every_record_read_from_yaml_is_among_the_files():
    """Whatever the package reads with `checked_yaml.read` has a page."""
    read = set()
    for path in MODULES:
        for node in nodes_of(tree_of(path)) if "checked_yaml.read" in text_of(path) else ():
            called = node.func if isinstance(node, ast.Call) else None
            of = getattr(called, "value", None)
            if (
                getattr(called, "attr", "") == "read"
                and getattr(of, "id", "") == "checked_yaml"
                and len(node.args) == 2
            ):
                read.add(ast.unparse(node.args[1]))
    assert read
    # What walks over the declared files reads each of them.
    declared = {"declared.model", "one.model", "model"}
    if read & declared:
        forms = (one for one in all_files().values() if one.model and not one.each_in)
        read = read - declared | {one.model.__name__ for one in forms}
    read = {name.rsplit(".", 1)[-1] for name in read}
    assert read <= {record.__name__ for record, _ in agency_files.RECORDS.values()}


def test_every_figure_is_on_a_page():
    """With each of its values."""
    pages = "\n".join(figures.pages().values())
    assert [path for path in paths() if f"`{path}`" not in pages] == []
    assert pages.count("| 1985-02-06 |") >= sum(
        1 for path in paths() for figure in parameter(path).values if str(figure.first_day) == "1985-02-06"
    )


def keys_in_code():
    """The key of every check that code names: as numbered, as a rule, and as an objection of the pay worksheet."""
    named = set()
    for path in MODULES:
        if "work" not in path.relative_to(PACKAGE).parts[:1]:
            continue
        nodes = nodes_of(tree_of(path))
        words = [node.value for node in nodes if isinstance(node, ast.Constant) and isinstance(node.value, str)]
        named |= {word for word in words if re.fullmatch(r"R\d\d|G\d+", word)}
        for node in nodes:
            called = getattr(node.func, "id", "") if isinstance(node, ast.Call) else ""
            given = (
                node.args[{"Objection": 1, "flag": 0, "_blocked": 0}[called]]
                if called in ("Objection", "flag", "_blocked")
                else None
            )
            named |= {given.value} if isinstance(given, ast.Constant) else set()
    return named | {
        path.rpartition(".")[2] for path in paths() if re.fullmatch(r"[A-Z]{1,2}\d+", path.rpartition(".")[2])
    }


def test_every_key_of_a_check_is_on_a_page():
    """What a finding is named by can be looked up; nothing is listed that no code names."""
    page = checks.pages()["checks/index.md"]
    listed = set(re.findall(r"(?m)^\| `([^`]+)` \|", page))
    known = keys_in_code()
    unlisted, gone = sorted(known - listed), sorted(listed - known - set(money.KINDS))
    assert not unlisted, (
        f"{unlisted}: say what it holds in CHECKS of its subject, of the report in seskit/work/report/numbered_checks.py"
    )
    assert not gone, f"{gone}: no code names it; take it out of CHECKS of its subject, and do not use the number again"
    assert {"R13", "G12", "T7", "BM4", "twelve months", "award"} <= known
    assert not re.findall(r"(?m)^\| `([A-Z]+\d+)` \| [^|]*\b\1 \|", page), "explained by its key alone"


@pytest.mark.parametrize("place", sorted(WRITTEN))
def test_links_of_pages_lead_somewhere(place):
    """To a file of the repository, or to a page that is generated."""
    path = WRITTEN[place]
    folders = {"questions", "commands", "files", "figures", "checks"}
    for target in LINK.findall(CODE.sub("", path.read_text(encoding="utf-8"))):
        meant = (path.parent / target).resolve()
        made = meant.is_relative_to(build.DOCS) and meant.relative_to(build.DOCS).parts[0] in folders
        assert "://" not in target
        assert meant.exists() or made, target


def test_every_page_is_in_the_contents():
    """A page written by hand is found in the site's contents, or below one that is."""
    listed = {f"{place}.md" for places in build.CONTENTS.values() for place in places} | {"index.md"}
    assert {place for place in WRITTEN if not place.startswith("decisions/")} - {"index.md"} <= listed
    decisions = (build.DOCS / "decisions" / "index.md").read_text(encoding="utf-8")
    assert all(path.stem in decisions for path in (build.DOCS / "decisions").glob("[!i]*.md"))


def test_commands_named_in_pages_are_there():
    """Every example, and every `seskit ...` in words, calls a command that exists."""
    for place, path in WRITTEN.items():
        text = path.read_text(encoding="utf-8")
        named = re.findall(r"(?:`|\$ |bin/)seskit ([a-z]+)", text)
        if place != "changelog.md":
            assert set(named) <= set(cli.COMMANDS), place


def test_an_example_is_run_and_a_wrong_one_stops_the_build(tmp_path):
    """What is shown is what was said; exit code 2 is refused, and so is any other program."""
    shown = transcripts.run("```console\n$ seskit percentage 21.7 --of 470\n```\n", tmp_path)
    assert shown == "```text\n$ seskit percentage 21.7 --of 470\n21.7 percent of 470 is 102.\n```\n"
    for wrong in ("seskit ask no.question", "rm -r x"):
        with pytest.raises(transcripts.Stopped):
            transcripts.run(f"```console\n$ {wrong}\n```\n", tmp_path)


def test_the_readme_is_about_one_screen_with_both_commands_first():
    """At most 60 lines; `make run` and `make test` stand before the first heading below the title."""
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    first = text.split("\n## ")[0]
    assert len(text.splitlines()) <= 60
    assert "`make run`" in first
    assert "`make test`" in first
    for target in LINK.findall(text):
        assert (ROOT / target).exists(), target


@pytest.fixture(scope="module")
def site(tmp_path_factory, warm_way):
    """The whole site, with its examples run."""
    pytest.importorskip("sphinx", reason="Sphinx is not installed (make setup).")
    out = tmp_path_factory.mktemp("docs") / "site"
    with pytest.MonkeyPatch.context() as patch:
        lend(warm_way, patch)
        build.build(out)
    return out


@pytest.mark.slow
def test_the_site_names_no_address_to_load(site):
    """Pages, styles and scripts load nothing from elsewhere; search has its own index."""
    assert (site / "searchindex.js").is_file()
    remote = re.compile(r"""(?:src|href)\s*=\s*["'](?:https?:)?//|url\(\s*["']?(?:https?:)?//|@import\s+["']https?:""")
    found = [
        path.name
        for kind in ("html", "css")
        for path in site.rglob(f"*.{kind}")
        if remote.search(path.read_text(encoding="utf-8"))
    ]
    assert found == []


#: The kinds of page that axe reads at 320 pixels, too: words with pictures, a table, an example.
NARROW = ("index", "files/agency_yaml", "questions/awards/check_award")


@pytest.mark.slow
@pytest.mark.browser
def test_pages_can_be_used_by_everyone_and_search_works_offline(site):
    """Axe finds nothing on a page of each kind, wide and narrow; nothing is asked of a network; a search finds pages."""
    kinds = [
        "index",
        "start",
        "jobs/report",
        "questions/awards/check_award",
        "commands/pay",
        "files/agency_yaml",
        "figures/awards",
    ]
    with axe.browser() as chromium:
        page = chromium.new_page()
        asked = []
        page.on("request", lambda request: asked.append(request.url))
        for width in (1366, 320):
            page.set_viewport_size({"width": width, "height": 900})
            for name in kinds:
                page.goto((site / f"{name}.html").as_uri())
                assert (width < 1000 and name not in NARROW) or axe.violations(page) == [], (name, width)
                assert page.evaluate("document.documentElement.scrollWidth") <= width, (name, width)
        page.goto(f"{(site / 'search.html').as_uri()}?q=award+pool")
        page.locator("#search-results li").first.wait_for()
        assert page.locator("h1").count() == 1
        assert axe.violations(page) == []
        assert [address for address in asked if not address.startswith(("file:", "data:"))] == []
