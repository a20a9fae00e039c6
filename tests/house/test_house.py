"""House rules: what we care about is held by a test, and its message says what to do."""

import ast
import importlib
import re
import subprocess
import sys
from functools import cache

import pytest

from tests.parsed import MODULES, imports_at_once, imports_of, nodes_of, text_of, tree_of
from tests.places import NOTEBOOKS, PACKAGE, ROOT, TESTS

HEAVY = {
    "matplotlib", "ipywidgets", "papermill", "nbformat", "nbclient", "nbconvert", "xlsxwriter", "typst", "jinja2",
    "pandas", "scipy", "pypandoc", "holidays", "icalendar", "distributed", "rich",
}  # fmt: skip
#: The floors from the ground up: each knows only those below it. Batch and forum stand side by side on top.
FLOORS = ("formats", "law", "record", "work", "paper", "desk", "batch", "forum")
TOP = FLOORS.index("batch")
#: What the subjects of the law may share: rules, questions and results; awards and actions serve the others.
SHARED = {"awards", "actions"}


@cache
def relative(path):
    return path.relative_to(PACKAGE).with_suffix("").as_posix()


def each(paths):
    """Hold a check of one module against each of these; name every one that fails it, below what the check asks for."""

    def held(check):
        def test():
            failed = []
            for path in paths:
                try:
                    check(path)
                except AssertionError as failure:
                    failed.append(f"{relative(path)}: {str(failure).splitlines()[0]}")
            assert not failed, "\n".join((check.__doc__, *failed))

        test.__name__, test.__doc__, test.__module__ = check.__name__, check.__doc__, check.__module__
        return test

    return held


@each(MODULES)
def test_heavy_packages_are_imported_only_when_used(path):
    """`import seskit` and every subject load without them; move the import into the function that needs it."""
    heavy = {name.split(".")[0] for name in imports_at_once(path)} & HEAVY
    allowed = {"ipywidgets"} if relative(path).startswith(("desk/widgets/", "desk/opener/")) else set()
    assert heavy <= allowed, f"{relative(path)} imports {heavy} at the top"


def test_every_subject_loads_light():
    """What a script needs comes without Jupyter, matplotlib or pandas."""
    code = (
        "import sys; from seskit.law.question import questions; questions(); "
        f"print([name for name in {sorted(HEAVY)!r} if name in sys.modules])"
    )
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT)
    assert ran.stdout.strip() == "[]"


def known(path):
    """What a module imports of the package, each as its parts below seskit."""
    return {tuple(name.split(".")[1:]) for name in imports_of(path) if name.startswith("seskit.")}


def floor(parts):
    """How high a module is; batch and forum share the top."""
    return min(FLOORS.index(parts[0]), TOP) if parts[0] in FLOORS else None


@each(MODULES)
def test_a_floor_knows_only_the_floors_below(path):
    """Move the function down, or hand what it needs in: an import never runs upward."""
    me = floor(tuple(relative(path).split("/")))
    if me is None:
        assert relative(path) in ("__init__", "__main__"), f"{relative(path)} is on no floor"
        return
    above = {".".join(parts) for parts in known(path) if (other := floor(parts)) is not None and other > me}
    assert not above, f"{relative(path)} imports {sorted(above)} from a floor above"


#: A command in a sentence with the folder or file it is to be given, which a person copies.
NEXT = re.compile(r"seskit (?:[a-z]+ )+\{(?!shlex\.quote\()")


@each([path for path in MODULES if "/forum/" not in path.as_posix()])
def test_a_command_that_is_said_names_its_folder_whole(path):
    """Without the folder it lies in, or with a blank in it, it cannot be given: write shlex.quote(str(folder))."""
    said = [
        line.strip() for line in text_of(path).splitlines() if NEXT.search(line) and "seskit ask {one.name}" not in line
    ]
    assert not said, said[0]


@each(sorted((PACKAGE / "batch" / "engine").rglob("*.py")))
def test_the_engine_knows_no_agency(path):
    """The engine runs notebooks: what is special comes by the name of a served module, never by an import."""
    strange = [
        ".".join(parts)
        for parts in known(path)
        if parts[0] != "formats" and parts != ("batch",) and parts[:2] != ("batch", "engine")
    ]
    assert not strange, f"{relative(path)} imports {sorted(strange)}"


#: What the batch may know beside `formats`: what every subject says of an agency in one form, how such a list looks,
#: how a command speaks, and where subjects declare what is special for a walk. Of the law it knows nothing.
NEUTRAL = {
    "record.finding", "record.manifest", "record.problem", "paper.findings", "desk.arguments", "desk.console",
    "desk.in_batch", "desk.agency_in_batch",
}  # fmt: skip


def own_words(path):
    """The strings of a module, its docstrings apart."""
    apart = {id(node.value) for node in nodes_of(tree_of(path)) if isinstance(node, ast.Expr)}
    return [
        node.value
        for node in nodes_of(tree_of(path))
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in apart
    ]


@each(sorted((PACKAGE / "batch").rglob("*.py")))
def test_the_batch_knows_no_subject(path):
    """What is special for a subject's walk is declared by the subject, by import and by word: see `desk/in_batch.py`."""
    kept = {".".join(parts) for parts in known(path) if parts[0] not in ("formats", "batch")}
    strange = sorted(
        name
        for name in kept
        if not any(f"{name}.".startswith(f"{one}.") or one.startswith(f"{name}.") for one in NEUTRAL)
    )
    assert not strange, f"{relative(path)} imports {strange}"
    subjects = {folder.name for folder in (PACKAGE / "law").iterdir() if folder.is_dir()} - {"rules", "__pycache__"}
    special = re.compile(rf"\b(?:{'|'.join(sorted(subjects))}|awards?|roster|ceiling|agency\.yaml|forms?\.\w+)\b")
    said = [text for text in own_words(path) if special.search(text)]
    assert not said, f"{relative(path)} says {said}; let the subject declare it"


def test_each_walk_is_in_the_table_of_the_batch():
    """Every subject of findings but the run's own is shown by one walk, every walk there is, and what it declares loads."""
    from seskit.desk import in_batch
    from seskit.record.finding import SUBJECTS

    shown = [subject for one in in_batch.WALKS.values() for subject in one.shows]
    assert sorted(shown) == sorted({*SUBJECTS} - {"run"})
    for stem, one in in_batch.WALKS.items():
        assert (NOTEBOOKS / f"{stem}.ipynb").is_file()
        assert one.declared_in in ("", f"seskit.desk.{stem}.in_batch")
        assert isinstance(in_batch.special(stem), in_batch.Special)


@each(sorted((PACKAGE / "law").rglob("*.py")))
def test_no_subject_of_the_law_knows_another(path):
    """A rule that two subjects need belongs to actions, to awards, or to the law's own modules."""
    parts = relative(path).split("/")
    subjects = {folder.name for folder in (PACKAGE / "law").iterdir() if folder.is_dir()} - {"rules", "__pycache__"}
    mine = parts[1] if parts[1] in subjects else None
    others = {name[1] for name in known(path) if name[0] == "law" and len(name) > 1 and name[1] in subjects} - {mine}
    if mine is None or mine == "actions":
        assert not others, f"{relative(path)} imports {sorted(others)}"
    assert others <= SHARED, f"{relative(path)} imports {sorted(others)}"


def test_no_circle_of_folders():
    """Rooms can be read and changed alone: following imports never leads back to where one began."""
    arrows = {}
    for path in MODULES:
        parts = relative(path).split("/")
        room = ".".join(parts[:2]) if parts[0] not in ("batch", "forum") else parts[0]
        for other in known(path):
            target = other[0] if other[0] in ("batch", "forum") else ".".join(other[:2])
            if target != room and (PACKAGE / target.replace(".", "/")).is_dir():
                arrows.setdefault(room, set()).add(target)

    def reached(start):
        seen, waiting = set(), [start]
        while waiting:
            for room in arrows.get(waiting.pop(), ()):
                if room not in seen:
                    seen.add(room)
                    waiting.append(room)
        return seen

    assert not [room for room in arrows if room in reached(room)]


def test_the_tests_mirror_the_floors():
    """A test is on the floor it tries, or in `tests/house`; what two share is beside the floors, never in one of them."""
    by_floor = {}
    astray = []
    for path in TESTS.rglob("test_*.py"):
        by_floor.setdefault(path.parent.relative_to(TESTS).as_posix(), []).append(path)
    assert set(by_floor) == {*FLOORS, "house"}
    beside = {path.stem for path in TESTS.glob("*.py")}
    for name, paths in by_floor.items():
        for path in paths:
            asked = set(imports_of(path))
            ours = {one.split(".")[1] for one in asked if one.startswith("tests.")}
            assert ours <= beside, f"{path.name} imports {sorted(ours - beside)}: move what is shared beside the floors"
            assert not [one for one in asked if one.startswith("test_")], f"{path.name} imports another test"
            tried = (
                name == "house"
                or path.stem.endswith("_browser")
                or any(one.startswith(f"seskit.{name}") for one in asked)
            )
            astray += [] if tried else [f"{name}/{path.name}"]
    assert not astray, f"{astray} try nothing of their floor: they are on another"


def test_every_question_is_registered():
    """A module with a question is imported by its subject; otherwise the question silently does not exist."""
    from seskit.law.question import questions

    for name, one in questions().items():
        stem, asked = name.split(".")
        assert getattr(importlib.import_module(f"seskit.law.{stem}"), asked) is one, name
    names = {name.split(".")[1] for name in questions()}
    for path in sorted((PACKAGE / "law").rglob("*.py")):
        for node in tree_of(path).body:
            decorated = isinstance(node, ast.FunctionDef) and any(
                isinstance(mark, ast.Call) and getattr(mark.func, "id", "") == "question"
                for mark in node.decorator_list
            )
            assert not decorated or node.name in names, (
                f"{relative(path)}: import {node.name} in its subject's __init__"
            )


@each(MODULES)
def test_nothing_asks_who_works_here_or_where(path):
    """No name of an account or a machine comes into an output by itself."""
    asked = r"\bgetpass\b|getlogin|gethostname|platform\.node|getpwuid|environ[^\n]*[\"'](?:USER|USERNAME|LOGNAME|HOSTNAME)[\"']"
    assert not (found := re.search(asked, text_of(path))), found[0]


@each(MODULES)
def test_nothing_asks_what_today_is(path):
    """Every answer is for a date that was given: take the day as a fact or a parameter."""
    asked = r"\b(?:date|datetime)\.(?:today|now|utcnow)\(|\btime\.(?:localtime|gmtime|ctime)\("
    assert not (found := re.search(asked, text_of(path))), found[0]


@each(MODULES)
def test_a_module_has_one_room(path):
    """A module has at most 450 lines: move what belongs together into a module beside it, or make a folder of it."""
    lines = len(text_of(path).splitlines())
    assert lines <= 450, f"{lines} lines"


@each(MODULES)
def test_no_drawer_for_odds_and_ends(path):
    """Every module is named for its subject."""
    found = set(relative(path).split("/")) & {"utils", "helpers", "common", "misc"}
    assert not found, f"is named {', '.join(found)}"


@each(MODULES)
def test_only_widgets_that_a_keyboard_and_a_screen_reader_can_use(path):
    """No sliders, color pickers or icon-only buttons: take a field to type in, or a button with words."""
    assert not (found := re.search(r"\b\w*Slider\b|ColorPicker|\bPlay\(|icon=", text_of(path))), found[0]


#: What opens, makes or copies a file for writing.
WRITES = re.compile(
    r"\bwrite_text\(|\bwrite_bytes\(|\bopen\([^)\n]*[\"'][rbt+]*[wax][rwbt+]*[\"']|\bos\.(?:open|fdopen)\(|\bmkstemp\("
    r"|\bNamedTemporaryFile\(|\bshutil\.(?:copy|copy2|copyfile|move)\(|\bcopyfile\(|\bto_(?:excel|parquet|pickle)\(|\bsavefig\("
    r"|\bZipFile\((?!made\b|content\b|io\b|BytesIO)[^)\n]*[\"'][wax]"
)
#: Who may, how often, and why: the writer itself; into memory; locks; folders that are gone when the call returns; and the work folder of a batch, out
#: of which a file comes only through the store, which asks the detector.
WRITERS = {
    "formats/files": 4,
    "formats/documents/__init__": 4,
    "formats/documents/template": 1,
    "formats/drawing": 1,
    "formats/shipped": 1,
    "formats/small_cells": 1,
    "work/corrections/workbook_file": 1,
    "desk/report/in_batch": 2,
    "batch/engine/preload": 2,
    "batch/cluster": 3,
    "batch/drive": 1,
    "batch/run": 1,
    "batch/clean": 2,
    "batch/engine/inprocess": 1,
    "batch/hold": 1,
    "batch/snapshot": 2,
    "batch/store": 2,
    "batch/warm_kernel": 1,
    "batch/engine/answering": 1,
    "batch/engine/kernels": 1,
}


@each(MODULES)
def test_files_are_written_in_one_place(path):
    """Call `files.whole`: it looks for personal data, obeys the umask and leaves no half file."""
    found = WRITES.findall(text_of(path))
    assert len(found) <= WRITERS.get(relative(path), 0), f"calls {', '.join(found)}"


def test_the_batch_puts_a_file_where_people_look_only_after_the_detector():
    """In the store nothing but `publish` moves a file out of the work folder, and it asks first."""
    text = (PACKAGE / "batch" / "store.py").read_text(encoding="utf-8")
    publish = text[text.index("def publish(") : text.index("def _drop_earlier(")]
    assert text.count("_put(") == 2
    assert publish.index("passing.look_over(") < publish.index("_put(")


def test_nothing_prints_but_by_the_guarded_streams():
    """The command line guards its streams for the whole call; no module goes round it."""
    for path in MODULES:
        text = text_of(path)
        if (
            relative(path) != "batch/engine/likeness"
        ):  # which only hands a log the stream that an ordinary kernel's log has
            assert not re.search(r"sys\.__std(?:out|err)__|os\.write\([12],", text), relative(path)
    assert "with_resource(console_guard.guarded())" in (PACKAGE / "desk" / "cli.py").read_text(encoding="utf-8")


def tracked():
    listed = subprocess.run(["git", "ls-files", "-z"], capture_output=True, text=True, cwd=ROOT, check=False)
    if listed.returncode:
        pytest.skip("not a git checkout")
    return [ROOT / name for name in listed.stdout.split("\0") if name and (ROOT / name).is_file()]


def test_no_tracked_file_loads_from_the_network_or_names_this_machine():
    """No content network, no remote font, no path of a machine, no number shaped like an issuable SSN."""
    network = re.compile(r"https?://[^\s\"')]*(?:cdn|unpkg|jsdelivr|googleapis|cloudflare)", re.IGNORECASE)
    machine = re.compile(r"[\"'( =](?:/wor" + r"k|/roo" + r"t|/hom" + r"e|/Use" + r"rs)/\w")
    number = re.compile(r"(?<![\d-])(?!000|666|9\d\d)\d{3}-\d{2}-\d{4}(?![\d-])")
    found = []
    for path in tracked():
        if path.name in ("requirements.lock",) or path.suffix in (".png", ".xlsx", ".ico"):
            continue
        text = path.read_text(encoding="utf-8", errors="replace")
        found += [f"{path.name}: {hit}" for rule in (network, machine, number) for hit in rule.findall(text)]
    assert not found


TAG = re.compile(r"(?<![?P])<[a-zA-Z/!]")
#: Where markup is made; everyone else asks for elements there.
MARKUP_IS_MADE_IN = {"formats/markup"}
#: Who shows what another program made and escaped.
TRUSTS = {
    "formats/markup": "",
    "formats/notebook_page": "nbconvert",
    "formats/frames": "the tables of a finished page",
    "formats/documents/word": "the first line of an XML file",
}


def pieces(node):
    """The texts written out inside an expression."""
    return [part.value for part in ast.walk(node) if isinstance(part, ast.Constant) and isinstance(part.value, str)]


def put_together(tree):
    """Every expression that puts text together from parts: f-strings, +, %, format and join."""
    for node in nodes_of(tree):
        if isinstance(node, ast.JoinedStr) and any(isinstance(part, ast.FormattedValue) for part in node.values):
            yield node, [part.value for part in node.values if isinstance(part, ast.Constant)]
        elif isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add | ast.Mod):
            sides = [side for side in (node.left, node.right) if isinstance(side, ast.Constant | ast.JoinedStr)]
            yield node, [text for side in sides for text in pieces(side)]
        elif isinstance(node, ast.Call) and getattr(node.func, "attr", "") in ("format", "join"):
            yield node, [*pieces(node.func.value), *(text for one in node.args for text in pieces(one))]


@each(MODULES)
def test_markup_is_made_in_one_place(path):
    """No tag stands in an f-string, beside + or %, or in format or join: ask `markup.element` or `markup.xml` for it."""
    if relative(path) in MARKUP_IS_MADE_IN:
        return
    made = [node.lineno for node, texts in put_together(tree_of(path)) if any(TAG.search(str(text)) for text in texts)]
    assert not made, f"{relative(path)} puts tags together on line {made}"


def test_the_rule_on_markup_sees_every_way_to_break_it():
    """Each way to put a tag together by hand is seen."""
    for wrong in (
        'f"<p>{x}</p>"',
        '"<p>" + x',
        'x + "</p>"',
        '"<p>%s</p>" % x',
        '"<p>{}</p>".format(x)',
        '"<br>".join(x)',
        '"".join(["<p>", x])',
    ):
        assert [1 for _, texts in put_together(ast.parse(wrong)) if any(TAG.search(str(text)) for text in texts)], wrong


@each(MODULES)
def test_escaping_is_left_out_only_where_it_was_done(path):
    """`trusted` takes what another program made, and only the modules named here may call it; nobody makes Markup."""
    me = relative(path)
    called = {
        node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", "")
        for node in nodes_of(tree_of(path))
        if isinstance(node, ast.Call)
    }
    assert me in TRUSTS or not called & {"trusted", "Markup"}, f"{me} skips escaping"


@each(MODULES)
def test_one_helper_prints(path):
    """What the command line prints goes through `console.say`, which lets no terminal escape pass."""
    text = text_of(path)
    assert relative(path) == "desk/console" or not re.search(r"\bclick\.(?:echo|secho)\(|(?<![\w.])print\(", text)


@each(MODULES)
def test_no_file_is_named_by_an_id_as_it_is(path):
    """An id may hold anything: a file's name takes it through `characters.file_name`."""
    for node in nodes_of(tree_of(path)):
        if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Div):
            joined = node.right.values if isinstance(node.right, ast.JoinedStr) else []
            named = [part.value for part in joined if isinstance(part, ast.FormattedValue)]
            raw = [
                ast.unparse(one) for one in named if isinstance(one, ast.Attribute) and one.attr in ("id", "person_id")
            ]
            assert not raw, f"{relative(path)} names a file by {raw} on line {node.lineno}"
