"""The code of the package and of its tests, read and parsed once in a process however many rules look at it; only to be read."""

from __future__ import annotations

import ast
from functools import cache
from pathlib import Path

from tests.places import PACKAGE

#: Every module of the package.
MODULES = sorted(PACKAGE.rglob("*.py"))


@cache
def text_of(path: Path) -> str:
    """What is written in a file."""
    return path.read_text(encoding="utf-8")


@cache
def tree_of(path: Path) -> ast.Module:
    """What a file says."""
    return ast.parse(text_of(path))


@cache
def nodes_of(tree: ast.AST) -> tuple[ast.AST, ...]:
    """Everything in a tree, as `ast.walk` goes through it."""
    return tuple(ast.walk(tree))


@cache
def imports_of(path: Path) -> tuple[str, ...]:
    """The modules a file imports, in a function too, but for those that only types need."""
    guarded = set()
    if "TYPE_CHECKING" in text_of(path):
        guarded = {
            inside
            for node in nodes_of(tree_of(path))
            if isinstance(node, ast.If) and "TYPE_CHECKING" in ast.dump(node.test)
            for inside in ast.walk(node)
        }
    return tuple(_imported(node for node in nodes_of(tree_of(path)) if node not in guarded))


def imports_at_once(path: Path) -> list[str]:
    """The modules a file imports as soon as it is imported itself."""
    return _imported(tree_of(path).body)


def _imported(nodes) -> list[str]:
    found = []
    for node in nodes:
        if isinstance(node, ast.Import):
            found += [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and node.module:
            found += [node.module, *(f"{node.module}.{alias.name}" for alias in node.names)]
    return found
