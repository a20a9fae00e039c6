"""A folder to work in: everything copied once, nothing of the person's own ever replaced."""

import click
from click.testing import CliRunner

from seskit.desk.arguments import first_line
from seskit.desk.cli import COMMANDS, main
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
    for command in ("desk", "lab"):
        assert f"seskit {command} {tmp_path}" in ran.output


def test_lab_says_what_to_do_where_there_are_no_notebooks(tmp_path):
    """A folder without notebooks is answered with the command that makes them."""
    ran = CliRunner().invoke(main, ["lab", str(tmp_path)])
    assert ran.exit_code == 2
    assert "seskit start" in ran.output


def every_group(command, words, parent=None):
    """Each command that has others below it, with what is typed to reach it."""
    context = click.Context(command, info_name=words[-1], parent=parent)
    if isinstance(command, click.Group):
        yield words, command, context
        for name in command.list_commands(context):
            yield from every_group(command.get_command(context, name), (*words, name), context)


def test_no_words_of_a_help_are_hidden():
    """What keeps names and addresses off the screen leaves the help of every command as it is written."""
    for words, group, context in every_group(main, ("seskit",)):
        for path in (words, *((*words, name) for name in group.list_commands(context))):
            assert "***" not in CliRunner().invoke(main, [*path[1:], "--help"]).output, path


def test_help_shows_each_commands_whole_first_line():
    """The line in a list of commands, at the top and below, is the first paragraph of the command's own help."""
    seen = 0
    for words, group, context in every_group(main, ("seskit",)):
        listed = " ".join(CliRunner().invoke(main, [*words[1:], "--help"], terminal_width=80).output.split())
        for name in group.list_commands(context):
            does = first_line(group.get_command(context, name))
            assert f" {name} {does}" in listed, (words, name)
            assert does.endswith("."), (words, name)
            seen += 1
    assert seen > len(COMMANDS)
    for name, found in COMMANDS.items():
        assert found.does == first_line(main.get_command(click.Context(main), name))
