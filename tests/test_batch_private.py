"""The warm engine relies on things that are not public; where one is missing, stock papermill runs instead."""

import os

import pytest

from seskit import batch
from seskit.batch import private, warm
from seskit.batch.imports import papermill
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


@pytest.mark.slow
@pytest.mark.skipif(not warm.available(), reason="this system cannot fork")
def test_the_batch_falls_back_to_stock_by_itself(tmp_path, monkeypatch):
    """With libraries the engine was not made for, the same command gives the same result another way."""
    (tmp_path / "sitecustomize.py").write_text(
        "import sys\nif 'seskit.batch.warm' in sys.orig_argv:\n    import ipykernel.iostream as stream\n"
        "    del stream.OutStream._flush\n"
    )
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join([str(tmp_path), str(kit.ROOT)]))
    path = kit.notebook(tmp_path / "n.ipynb", "1")
    summary = batch.run(kit.agencies(tmp_path, "ASR"), tmp_path / "out", notebooks=[path], progress=Silent())
    assert [(record.status, record.engine) for record in summary.records] == [("done", "stock")]
