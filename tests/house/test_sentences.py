"""Words are for people: what follows from an answer, a finding or a table is a field of it, never read out of its sentence."""

import ast
import re
from collections.abc import Collection

import pytest

from seskit import SUBJECTS
from tests.parsed import nodes_of, tree_of
from tests.places import PACKAGE

FLOORS = ("law", "record", "work", "paper", "desk", "batch", "forum")
#: Fields that hold words for people.
WORDS = {
    "text", "says", "said", "what", "why", "reason", "title", "note", "message", "caution", "fix", "explanation", "footnote",
    "sentence", "heading", "found", "asked", "words",
}  # fmt: skip
#: Fields that hold several sentences.
SEVERAL = {"cautions", "notes"}
#: What a caught refusal or a problem is called, whose sentence `str` gives.
REFUSALS = {"failure", "error", "problem"}
#: What leaves words as they are for whoever reads them.
SAME_WORDS = {"lower", "upper", "casefold", "strip", "lstrip", "rstrip"}
#: Modules whose `text` is no sentence, and what it is.
NO_SENTENCES = {"record/roster/number_formats.py": "a piece of a number format"}
#: What takes a sentence apart, or looks into it.
TAKES_APART = {
    "startswith", "endswith", "split", "rsplit", "partition", "rpartition", "find", "search", "match", "fullmatch", "findall",
    "sentences",
}  # fmt: skip
#: What does so all the same, by module and code, and why.
ALL_THE_SAME = {
    ("law/result_html.py", "result.says.startswith('Cannot tell')"): "so that 'cannot tell' is not written twice in a row",
    ("law/question.py", "'_' in one.text"): "to call a fact that a sentence names by its label",
    ("law/probing.py", "phrases.sentences(result.says)"): "to show of a changed answer the sentence that changed",
    ("law/probing.py", "phrases.sentences(other.says)"): "to show of a changed answer the sentence that changed",
    ("record/problem.py", "self.reason.startswith(f'{self.value} ')"): "so that a value is not written twice",
    ("record/problem.py", "self.reason.startswith(_VERBLESS)"): "so that a sentence has its verb after a value",
    ("record/problem.py", "_OWN_SUBJECT.match(self.reason)"): "so that a sentence with a subject of its own follows a colon",
    ("record/roster/kept.py", "known.why == NOT_YET"): "a key that the log of corrections holds in its file",
    ("record/roster/reader.py", "looks.removeprefix('a sign for ') in failure.reason"): "so that a likeness is not said twice",
    ("record/roster/reader.py", "'zero' in failure.reason"): "so that a likeness is not said twice",
    ("law/refused.py", "_START.match(str(failure))"): "to call the fact that a refusal begins with by its label",
    ("work/folder_check.py", "one.what not in _BY_SUBJECT"): "a key of the forms, no sentence",
    ("batch/job.py", "'IOPub' in str(failure)"): "papermill has one class for two ends of a cell",
    ("batch/preflight.py", "str(failure).split()"): "to put what Python says of a cell on one line",
    ("desk/course/progress.py", "'busy' in said"): "SQLite says in words alone why it cannot write",
    ("desk/course/progress.py", "'disk I/O' in said"): "SQLite says in words alone why it cannot write",
    ("desk/course/progress.py", "'full' in said"): "SQLite says in words alone why it cannot write",
    ("desk/course/progress.py", "'locked' in said"): "SQLite says in words alone why it cannot write",
    ("forum/exercises.py", "str(place) in str(failure)"): "so that a place is not named twice",
    ("forum/references.py", "str(place) in str(failure)"): "so that a place is not named twice",
    ("forum/parts.py", "named in reason.text"): "a session names by their words the reasons it shows",
    ("forum/parts.py", "named in caution"): "a session names by their words the cautions it shows",
    ("forum/teaching.py", "'?' not in step.title"): "a heading that its author wrote, not a sentence of ours",
    ("forum/teaching.py", "_SAYS.search(step.title)"): "a heading that its author wrote, not a sentence of ours",
    ("forum/teaching.py", "_TOPIC.match(step.title)"): "a heading that its author wrote, not a sentence of ours",
    ("desk/course/feedback.py", "phrases.sentences(problem.result.says)"): "to leave out sentences the story does not raise",
    ("desk/course/scenario.py", "words in reason.text"): "a scenario names by their words the sentences it shows or leaves out",
}  # fmt: skip


#: A sentence that sends people to a question by its name alone.
BY_NAME = re.compile(rf"\b[Aa]sk (?:{'|'.join(SUBJECTS)})\.[a-z_]+")


def test_a_sentence_never_names_a_question_without_its_words():
    """'Ask about a reduction (pay_setting.reduce)': a name that is code says nothing to an HR specialist."""
    named = [
        (str(path.relative_to(PACKAGE)), node.value)
        for floor in ("law", "record", "work", "paper")
        for path in sorted((PACKAGE / floor).rglob("*.py"))
        for node in nodes_of(tree_of(path))
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and BY_NAME.search(node.value)
    ]
    assert named == []


def field(node: ast.AST, known: Collection[str] = ()) -> str:
    """The field for words that an expression looks at, if any: itself, in small letters, or by a name it was given."""
    if isinstance(node, ast.Call):
        asked = node.func
        if isinstance(asked, ast.Attribute) and asked.attr in SAME_WORDS:
            return field(asked.value, known)
        of = node.args[0] if isinstance(asked, ast.Name) and asked.id == "str" and node.args else None
        return "str" if isinstance(of, ast.Name) and of.id in REFUSALS else ""
    if isinstance(node, ast.NamedExpr):
        return field(node.value, known)
    if isinstance(node, ast.Name):
        return node.id if node.id in known else ""
    if isinstance(node, ast.Subscript):
        named = node.slice.value if isinstance(node.slice, ast.Constant) else ""
        return named if named in WORDS else field(node.value, known)
    return node.attr if isinstance(node, ast.Attribute) and node.attr in WORDS else ""


def named(function: ast.FunctionDef) -> set[str]:
    """The names inside a function under which it keeps words, or each of several."""
    found: set[str] = set()
    for node in nodes_of(function):
        if isinstance(node, ast.Assign) and field(node.value):
            found |= {target.id for target in node.targets if isinstance(target, ast.Name)}
        elif isinstance(node, ast.NamedExpr) and field(node.value):
            found.add(node.target.id)
        elif isinstance(node, ast.For | ast.comprehension) and isinstance(node.target, ast.Name):
            found |= {node.target.id} if isinstance(node.iter, ast.Attribute) and node.iter.attr in SEVERAL else set()
    return found


def constant(node: ast.AST) -> bool:
    """Words written out, or the name of a constant that holds some; a lone word in small letters is a key."""
    if isinstance(node, ast.Constant):
        return isinstance(node.value, str) and not re.fullmatch("[a-z_]*", node.value)
    name = getattr(node, "id", getattr(node, "attr", ""))
    return len(name) > 2 and name.isupper()


def readings(tree: ast.AST) -> set[str]:
    """Where a field for words is taken apart, searched, or compared with a sentence."""
    functions = [node for node in nodes_of(tree) if isinstance(node, ast.FunctionDef)]
    return read_in(tree, set()).union(*(read_in(function, named(function)) for function in functions))


def read_in(tree: ast.AST, known: Collection[str]) -> set[str]:
    """The same in one piece of code, where these names hold words."""
    found = set()
    for node in nodes_of(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in TAKES_APART:
            if field(node.func.value, known) or any(field(one, known) for one in node.args):
                found.add(ast.unparse(node))
        elif isinstance(node, ast.Compare):
            sides = [node.left, *node.comparators]
            read = [field(side, known) for side in sides]
            inside = isinstance(node.ops[0], ast.In | ast.NotIn) and read[1] and not isinstance(sides[1], ast.Subscript)
            if any(read) and (inside or any(map(constant, sides))):
                found.add(ast.unparse(node))
    return found


def test_no_decision_is_read_out_of_a_sentence():
    """Give the record a field that says it, and write the sentence from the field."""
    held = {
        (path.relative_to(PACKAGE).as_posix(), one)
        for floor in FLOORS
        for path in (PACKAGE / floor).rglob("*.py")
        if path.relative_to(PACKAGE).as_posix() not in NO_SENTENCES
        for one in readings(tree_of(path))
    }
    assert held == set(ALL_THE_SAME)


@pytest.mark.parametrize(
    "code",
    [
        "if step.what.startswith('The period ends'): pass",
        "key = reason.text.split(': ')[0]",
        "ok = line.said == REACHED",
        "ok = 'cannot tell' in result.says",
        "ok = row['what'].startswith('Ask for')",
        "CANNOT_TELL.search(result.says)",
        "year = table.title.partition(':')[0]",
        "percent = 'percent' in column.words.lower()",
        "def other(result):\n    return [one for one in result.cautions if 'our reading' in one]",
        "def late(result):\n    said = result.says\n    return said.startswith('Cannot tell')",
        "again = 'locked' in str(failure)",
    ],
)
def test_a_sentence_that_is_read_is_seen(code):
    """Each way of doing it; words that are only joined or shown are not."""
    assert len(readings(ast.parse(code))) == 1
    assert readings(ast.parse("says = f'{one.text} {other.why}'; same = one.key == 'R13'")) == set()
