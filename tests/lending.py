"""A launcher that is open already, lent to the batch commands of this process, which would otherwise start and end their own."""

from __future__ import annotations

import importlib
from typing import Any

import pytest


def lend(launcher: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """Until the patch is undone."""
    monkeypatch.setattr(importlib.import_module("seskit.batch.run"), "Launcher", lambda: launcher)
    monkeypatch.setattr(launcher, "close", lambda: None)
