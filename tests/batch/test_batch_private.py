"""The warm engine relies on things that are not public; where one is missing, stock papermill runs instead."""

import ast
import inspect
import os
from itertools import chain
from pathlib import Path

import pytest

from seskit import batch
from seskit.batch.engine import private, warm
from seskit.batch.engine.imports import papermill
from seskit.batch.progress import Silent
from tests import batch_kit as kit


def test_the_installed_versions_have_everything():
    """Each name of the list is there."""
    papermill()
    assert private.missing() == []


@pytest.mark.parametrize(
    ("place", "name"),
    [("ipykernel.iostream:OutStream", "_gone"), ("ipykernel.nowhere:Thing", "x"), ("ipykernel.iostream:Gone", "x")],
)
def test_what_is_gone_is_named(place, name):
    """A name, a class or a module that another version does not have."""
    assert private.missing({place: (name,)}) == [f"{place}.{name}"]


def _others(kind):
    """The classes of other packages that a class of the engine is made from."""
    return [one for one in kind.__mro__ if one is not object and not one.__module__.startswith(("seskit", "builtins"))]


def test_the_list_is_whole():
    """Each private name that the engine takes from another package, or replaces in one of its classes, is in the list."""
    from seskit.batch.engine import inprocess

    listed = {name for names in private.RELIED_ON.values() for name in names}
    used, replaced = set(), set()
    for path in sorted(Path(private.__file__).parent.glob("*.py")):
        nodes = list(ast.walk(ast.parse(path.read_text(encoding="utf-8"))))
        own = {node.name for node in nodes if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)}
        own |= {node.id for node in nodes if isinstance(node, ast.Name)}
        names = [node for node in nodes if isinstance(node, ast.Attribute)]
        own |= {one.attr for one in names if isinstance(one.value, ast.Name) and one.value.id == "self"}
        used |= {one.attr for one in names if one.attr.startswith("_") and not one.attr.startswith("__")} - own
    for kind in vars(inprocess).values():
        if inspect.isclass(kind) and kind.__module__ == inprocess.__name__ and _others(kind):
            bases = set().union(*(private.fields_of(one) | set(vars(one)) for one in _others(kind)))
            made = {name: list(private.codes(value)) for name, value in vars(kind).items()}
            own = {name: [c for c in codes if c.co_filename == inprocess.__file__] for name, codes in made.items()}
            mine = {name for name, codes in own.items() if codes} | {
                n for c in chain(*own.values()) for n in c.co_names
            }
            replaced |= {name for name in mine & bases if name[0] == "_" and name[:2] != "__"}
    assert used | replaced, "nothing private is found any more: the engine needs no list"
    assert used - {"_exit"} <= listed, used - {"_exit"} - listed
    assert replaced <= listed, replaced - listed
    assert {"_run_exitfuncs", "_handle_ipython"} <= used
    assert {"_buffers", "_abort_queues"} <= replaced


@pytest.mark.slow
@pytest.mark.skipif(not warm.available(), reason="this system cannot fork")
def test_the_batch_falls_back_to_stock_by_itself(tmp_path, monkeypatch):
    """With libraries the engine was not made for, the same command gives the same result another way."""
    (tmp_path / "sitecustomize.py").write_text(
        "import sys\nif 'seskit.batch.engine.warm' in sys.orig_argv:\n    import ipykernel.iostream as stream\n"
        "    del stream.OutStream._flush\n"
    )
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join([str(tmp_path), str(kit.ROOT)]))
    path = kit.notebook(tmp_path / "n.ipynb", "1")
    summary = batch.run(kit.agencies(tmp_path, "ASR"), tmp_path / "out", notebooks=[path], progress=Silent())
    assert [(record.status, record.engine) for record in summary.records] == [("done", "stock")]
