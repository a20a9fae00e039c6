"""A folder to work in: everything copied once, nothing of the person's own ever replaced."""

from click.testing import CliRunner

from seskit.desk.cli import main
from seskit.formats.shipped import shipped, start


def test_start_copies_the_notebooks_samples_and_kits(tmp_path):
    """What was copied is enough to run an agency's report and to build a forum."""
    copied = start(tmp_path)
    assert not copied.kept
    for name in ("notebooks/start_here.ipynb", "notebooks/sample/agencies/DPW/agency.yaml", "training/README.md"):
        assert (tmp_path / name).read_bytes() == (shipped(name.split("/")[0]).parent / name).read_bytes()
    assert not list(tmp_path.rglob("__pycache__"))


def test_a_file_of_yours_stays(tmp_path):
    """A second start copies only what is missing, and names what differs."""
    start(tmp_path)
    mine = tmp_path / "notebooks" / "start_here.ipynb"
    mine.write_text("mine")
    (tmp_path / "training" / "README.md").unlink()
    ran = CliRunner().invoke(main, ["start", str(tmp_path)])
    assert ran.exit_code == 0
    assert mine.read_text() == "mine"
    assert (tmp_path / "training" / "README.md").is_file()
    assert "Kept as it is, and different from ours: notebooks/start_here.ipynb" in ran.output
    assert "1 file copied" in ran.output


def test_lab_says_what_to_do_where_there_are_no_notebooks(tmp_path):
    """A folder without notebooks is answered with the command that makes them."""
    ran = CliRunner().invoke(main, ["lab", str(tmp_path)])
    assert ran.exit_code == 2
    assert "seskit start" in ran.output


def test_help_shows_each_commands_whole_first_line():
    """The line in the list of commands is the first line of the command's own help."""
    from importlib import import_module

    from seskit.desk.cli import COMMANDS

    for name, found in COMMANDS.items():
        command = getattr(import_module(found.module), found.name)
        assert found.does == command.help.split("\n\n")[0].replace("\n", " ").strip(), name
        assert found.does.endswith("."), name
