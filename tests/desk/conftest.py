"""What the tests of the desk share."""

import pytest

from seskit.desk.opener import places


@pytest.fixture
def home(tmp_path, monkeypatch):
    """A memory of folders and a folder of notebooks of this test alone."""
    (tmp_path / "work" / "notebooks").mkdir(parents=True)
    monkeypatch.setenv(places.HOME, str(tmp_path / "home"))
    monkeypatch.chdir(tmp_path / "work" / "notebooks")
    return tmp_path / "home"
