"""Words are for people: what follows from an answer, a finding or a table is a field of it, never read out of its sentence."""

import ast
import re

import pytest

from tests.parsed import nodes_of, tree_of
from tests.places import PACKAGE

FLOORS = ("law", "record", "work", "paper", "desk", "batch")
#: Fields that hold words for people.
WORDS = {
    "text", "says", "said", "what", "why", "reason", "title", "note", "message", "caution", "fix", "explanation", "footnote",
    "sentence", "heading", "found", "asked",
}  # fmt: skip
#: Modules whose `text` is no sentence, and what it is.
NO_SENTENCES = {"record/roster/number_formats.py": "a piece of a number format"}
#: What takes a sentence apart, or looks into it.
TAKES_APART = {
    "startswith", "endswith", "split", "rsplit", "partition", "rpartition", "find", "search", "match", "fullmatch", "findall",
}  # fmt: skip
#: What does so all the same, by module and code, and why.
ALL_THE_SAME = {
    ("law/result.py", "self.says.split('. ')"): "whether an answer cannot tell; the one place that reads its own sentence",
    ("law/result_html.py", "CANNOT_TELL.match(result.says)"): "so that 'cannot tell' is not written twice in a row",
    ("law/question.py", "'_' in one.text"): "to call a fact that a sentence names by its label",
    ("law/probing.py", "result.says.split('. ')"): "to show of a changed answer the sentence that changed",
    ("law/probing.py", "other.says.split('. ')"): "to show of a changed answer the sentence that changed",
    ("record/finding.py", "problem.reason.startswith(f'{value} ')"): "so that a value is not written twice",
    ("record/problem.py", "self.reason.startswith(f'{self.value} ')"): "so that a value is not written twice",
    ("record/roster/kept.py", "known.why == NOT_YET"): "a key that the log of corrections holds in its file",
    ("record/roster/reader.py", "looks.removeprefix('a sign for ') in failure.reason"): "so that a likeness is not said twice",
    ("record/roster/reader.py", "'zero' in failure.reason"): "so that a likeness is not said twice",
    ("desk/course/feedback.py", "re.split('(?<=\\\\.) ', problem.result.says)"): "to leave out sentences the story does not raise",
    ("desk/course/scenario.py", "words in reason.text"): "a scenario names by their words the sentences it shows or leaves out",
}  # fmt: skip


def field(node: ast.AST) -> str:
    """The field that an expression looks at, if it is one for words."""
    if isinstance(node, ast.Subscript):
        named = node.slice.value if isinstance(node.slice, ast.Constant) else ""
        return named if named in WORDS else field(node.value)
    return node.attr if isinstance(node, ast.Attribute) and node.attr in WORDS else ""


def constant(node: ast.AST) -> bool:
    """Words written out, or the name of a constant that holds some; a lone word in small letters is a key."""
    if isinstance(node, ast.Constant):
        return isinstance(node.value, str) and not re.fullmatch("[a-z_]*", node.value)
    name = getattr(node, "id", getattr(node, "attr", ""))
    return len(name) > 2 and name.isupper()


def readings(tree: ast.AST) -> list[str]:
    """Where a field for words is taken apart, searched, or compared with a sentence."""
    found = []
    for node in nodes_of(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in TAKES_APART:
            if field(node.func.value) or any(field(one) for one in node.args):
                found.append(ast.unparse(node))
        elif isinstance(node, ast.Compare):
            sides = [node.left, *node.comparators]
            inside = (
                isinstance(node.ops[0], ast.In | ast.NotIn) and field(sides[1]) and isinstance(sides[1], ast.Attribute)
            )
            if any(map(field, sides)) and (inside or any(map(constant, sides))):
                found.append(ast.unparse(node))
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
    ],
)
def test_a_sentence_that_is_read_is_seen(code):
    """Each way of doing it; words that are only joined or shown are not."""
    assert len(readings(ast.parse(code))) == 1
    assert readings(ast.parse("says = f'{one.text} {other.why}'; same = one.key == 'R13'")) == []
