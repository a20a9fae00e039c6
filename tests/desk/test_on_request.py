"""Files that hold names are made by a walk where somebody presses for them, as the command makes them; no run makes them."""

from __future__ import annotations

import base64
import json
import re
import shutil
import stat
import zipfile
from pathlib import Path
from typing import Any, cast

import pytest
from click.testing import CliRunner

from seskit.desk import cli
from seskit.desk.appraisal import walk as appraisal
from seskit.desk.closeout import show
from seskit.desk.opener import agency_archive
from seskit.desk.opener.on_request import FilesOffered, FilesOnRequest
from seskit.desk.opener.package_to_send import NOT_KEPT, PackageToSend
from seskit.desk.opener.state import Desk, Walk
from seskit.desk.pay_setting import walk as pay_setting
from seskit.desk.report import walk as report
from seskit.formats.files import digest
from seskit.formats.markup import reworded
from seskit.formats.refusals import FactError
from seskit.work.closeout.notices import Notices
from tests.places import NOTEBOOKS, SAMPLES

DBT = SAMPLES / "DBT"


def words(told: Any) -> str:
    """What is announced, without its marks."""
    said: list[str] = []
    reworded(told, lambda text: said.append(text) or text)
    return " ".join(one for text in said if (one := text.strip()))


def made(folder: Path) -> dict[str, str | None]:
    """The files with names in a folder."""
    return {path.name: digest(path) for path in sorted(folder.glob("supplement*"))}


def handed(shown: Any) -> dict[str, bytes]:
    """The files behind the links of what is shown, as they are downloaded."""
    links = re.findall(r"download='([^']+)' href='data:[^,]+,([^']*)'", shown)
    return {name: base64.b64decode(content) for name, content in links}


def command(line: str) -> None:
    assert not isinstance(
        CliRunner().invoke(cli.main, [part.replace("%", " ") for part in line.split()]).exception, FactError
    )


def pressed(walk: Any, piece: str, out: Path, label: str) -> FilesOnRequest:
    """The piece of the walk of the sample, after its button that begins so was pressed."""
    shown = getattr(walk, piece)(Desk(walk.WALK, DBT, out).read)
    named = shown[-1] if isinstance(shown, tuple) else shown
    assert made(out) == {}, "made before anybody asked"
    (button,) = [one for one in named.buttons if one.description.startswith(label)]
    button.click()
    return named


def test_the_notices_to_one_executive_are_those_of_the_command(tmp_path: Path) -> None:
    """The executive in focus; their owner alone can open them, and a draft says so."""
    named = pressed(pay_setting, "notices", tmp_path / "walk", "Make 2 notices to DBT003")
    command(f"closeout {DBT} --notices --executive DBT003 --format docx,pdf --out {tmp_path / 'command'}")
    assert made(tmp_path / "walk") == made(tmp_path / "command")
    assert len(made(tmp_path / "walk")) == 4
    assert {stat.S_IMODE(path.stat().st_mode) for path in (tmp_path / "walk").glob("supplement*")} == {0o600}
    assert words(named.says) == "2 notices made, as Word and PDF, 1 of them a draft."
    assert named._made.value.count("download=") == 4


def test_many_notices_are_handed_over_in_one_archive(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The archive holds what is in the folder, and goes where all are so few that each has its link."""
    closed = Desk(pay_setting.WALK, DBT, tmp_path).read.closed
    made_of = Notices(closed, DBT)
    made_of.__dict__["listed"] = made_of.listed[:2]
    monkeypatch.setattr(show, "_EACH_LINKED", 3)
    handed, said = show.written_notices(made_of, tmp_path)
    assert [path.name for path in handed] == ["supplement_notices.zip"]
    assert "one archive" in said[-1]
    with zipfile.ZipFile(handed[0]) as archive:
        held = {Path(name).name: archive.read(name) for name in archive.namelist()}
    assert held == {path.name: path.read_bytes() for path in tmp_path.glob("supplement_notice_*")}
    monkeypatch.setattr(show, "_EACH_LINKED", 4)
    handed, _ = show.written_notices(made_of, tmp_path)
    assert len(handed) == 4
    assert not (tmp_path / "supplement_notices.zip").exists()


def test_the_table_has_every_notice_by_number_with_what_it_lacks() -> None:
    """No name; a draft with its first reason; the executive in focus and then the drafts in front."""
    told, _ = pay_setting.notices(Desk(pay_setting.WALK, DBT, "unused").read)
    states = {(who, what): state for who, what, state in told.rows}
    assert states["DBT002", "Notice of a pay adjustment"] == "ready to be signed"
    assert states["DBT003", "Notice of a performance award"].startswith("draft: Award of $40,829: not allowed.")
    assert len(states) == len(told.rows) > 100
    drafts = [who for who, _, state in told.rows if state.startswith("draft")]
    assert [who for who, *_ in told.rows][: len(drafts) + 1] == ["DBT003", *drafts], "the one in focus, then the drafts"


def test_the_copy_with_names_is_that_of_the_command(tmp_path: Path) -> None:
    """Beside the paper without names, which stays."""
    named = pressed(pay_setting, "notices", tmp_path / "walk", "Make the decision paper with names")
    command(f"closeout {DBT} --names --format pdf,html --out {tmp_path / 'command'}")
    assert made(tmp_path / "walk") == made(tmp_path / "command") != {}
    assert words(named.says) == "The copy is made."
    read = Desk(pay_setting.WALK, DBT, tmp_path / "walk").read
    pay_setting.files(read)
    assert made(tmp_path / "walk") == made(tmp_path / "command")


def test_the_notice_of_board_members_is_that_of_the_command(tmp_path: Path) -> None:
    """With what is open said on the page."""
    named = pressed(appraisal, "board_notice", tmp_path / "walk", "Make the notice of board members")
    command(f"appraisal board-notice {DBT} --out {tmp_path / 'command'}")
    assert made(tmp_path / "walk") == made(tmp_path / "command") != {}
    assert words(named.says).startswith("Made as a draft. Open: Department board: 5 of 5 members are not named")


@pytest.mark.parametrize("failure", [FactError("It cannot be."), OSError(28, "No space left on device", "notice.pdf")])
def test_what_cannot_be_made_is_said(failure: Exception) -> None:
    """And the links to what was made before are gone with it."""

    def fail() -> Any:
        raise failure

    named = FilesOnRequest("To sign.", FilesOffered("Make it", fail))
    named.buttons[0].click()
    assert words(named.says).startswith("Nothing was done. ")
    assert named._made.value == ""


def test_the_package_is_made_noted_as_sent_and_amended(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """As the command makes it, with days as people write them; a change of the roster is an amendment."""
    folder = Path(shutil.copytree(SAMPLES / "DPW", tmp_path / "DPW"))
    piece = report.package(Desk(report.WALK, folder, tmp_path / "walk").read)
    (make,), (note,) = piece.making.buttons, piece.noting.buttons
    note.click()
    assert words(piece.noting.says) == "Nothing was done. There is no package yet: make it first."
    piece.preparer.value, piece.reviewer.value, piece.on.value = "Pat Preparer", "Rory Reviewer", "Dec 12, 2002"
    make.click()
    assert words(piece.making.says) == "Report of fiscal year 2002 is made."
    assert words(piece.noting.says) == "", "there is a package now"
    command(
        f"package make {folder} --out {tmp_path / 'command'} --preparer Pat%Preparer --reviewer Rory%Reviewer --on 2002-12-12"
    )
    walked = tmp_path / "walk" / "package_2002"
    assert {path.name: digest(path) for path in (walked / "send").iterdir()} == {
        path.name: digest(path) for path in (tmp_path / "command" / "send").iterdir()
    }
    note.click()
    assert words(piece.noting.says) == "Nothing was done. Write the day on which it was sent."
    piece.sent_on.value = "12/15/2002"
    note.click()
    assert words(piece.noting.says) == "Report is noted as sent on December 15, 2002: 8 files kept."
    assert "December 15, 2002" in piece._listed.value
    assert handed(piece._listed.value) == {path.name: path.read_bytes() for path in (walked / "send").iterdir()}
    make.click()
    assert words(piece.making.says).startswith("Nothing changed since the last package was sent")
    roster = folder / "roster.csv"
    text = roster.read_text(encoding="utf-8")
    amount = re.search(r",(9\d{3}),", text)[1]
    roster.write_text(text.replace(f",{amount},", f",{int(amount) + 1},", 1), encoding="utf-8")
    again = report.package(Desk(report.WALK, folder, tmp_path / "walk").read)
    again.take_over(piece)
    assert "Report of fiscal year 2002, as it was before the correction: " in words(again.making._made.value)
    assert handed(again.making._made.value) == handed(piece._listed.value)
    assert (again.preparer.value, again.reviewer.value) == ("Pat Preparer", "Rory Reviewer")
    assert (again.on.value, again.sent_on.value) == ("", ""), "an amendment has days of its own"
    again.making.buttons[0].click()
    assert "who prepared and reviewed the report" in again.making._made.value
    assert re.match(
        r"Amendment 1 of fiscal year 2002 is made\. \d+ values? differs? from what was sent on December 15, 2002; ",
        words(again.making.says),
    )
    again.sent_on.value = "12/14/2002"
    again.noting.buttons[0].click()
    assert words(again.noting.says).endswith("December 14, 2002 is before December 15, 2002, when report was sent.")
    roster.write_text(text, encoding="utf-8")
    later = report.package(Desk(report.WALK, folder, tmp_path / "walk").read)
    later.sent_on.value = "12/19/2002"
    monkeypatch.setattr(agency_archive, "outdated", lambda of: f"The archive of {of.name} is older")
    later.noting.buttons[0].click()
    assert words(later.noting.says).endswith("The archive of DPW is older: make it again under Choose another agency.")
    assert re.search(r"Amendment 1 is noted .* values? ha(s|ve) changed since it was made", words(later.noting.says))
    assert (piece.which.layout.display, later.which.options[1:]) == ("none", (("Report, December 15, 2002", "1"),))
    later.which.value, later.sent_on.value = "1", "12/16/2002"
    later.noting.buttons[0].click()
    assert "Say why another day was noted" in words(later.noting.says)
    later.why.value = "The receipt says so."
    later.noting.buttons[0].click()
    assert "Report is noted as sent on December 16, 2002" in words(later.noting.says)
    assert (later.which.value, later.which.options[1][0]) == ("", "Report, December 16, 2002")


def test_what_was_entered_for_the_package_outlives_a_correction_but_not_another_agency(tmp_path: Path) -> None:
    """A change of the roster and the button that puts the entries away leave them; another agency begins empty."""
    from seskit.desk.opener.view import View

    def package(place: Path) -> PackageToSend:
        return PackageToSend(cast("Any", None), place)

    package.folded = "The package"  # type: ignore[attr-defined]
    desk = Desk(Walk("report", "A walk", "DPW", lambda *_: tmp_path / desk_of[0]), "")
    desk_of = ["one"]
    desk.choose(SAMPLES / "DPW")
    view = View(desk, package)
    view._button.click()
    entries = {
        "preparer": "Pat Preparer",
        "reviewer": "Rory Reviewer",
        "to": "OPM",
        "on": "12/4/2002",
        "sent_on": "12/5",
    }

    def entered() -> dict[str, str]:
        return {name: getattr(view._parts[0], name).value for name in entries}

    for name, value in entries.items():
        getattr(view._parts[0], name).value = value
    view.renew()
    assert entered() == entries
    view._button.click()
    view.renew()
    view._button.click()
    assert entered() == entries
    desk_of[0] = "other"
    desk.choose(SAMPLES / "ASR")
    view.renew()
    assert set(entered().values()) == {""}


def test_what_is_deleted_with_the_desk_is_said_before_it_is_noted(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In the private folder of a served desk; elsewhere files stay, and nothing is said."""
    read = Desk(report.WALK, SAMPLES / "DPW", tmp_path / "walk").read
    assert NOT_KEPT not in report.package(read).noting.children[0].value
    monkeypatch.setenv("SESKIT_SESSION", str(tmp_path))
    assert NOT_KEPT in report.package(read).noting.children[0].value


def test_a_draft_is_not_sent(tmp_path: Path) -> None:
    """The page says that something stands in the way, and nothing is written."""
    folder = Path(shutil.copytree(SAMPLES / "DPW", tmp_path / "DPW"))
    heads, first, *others = (folder / "roster.csv").read_text(encoding="utf-8").splitlines()
    (folder / "roster.csv").write_text("\n".join([heads, first, first, *others]), encoding="utf-8")
    piece = report.package(Desk(report.WALK, folder, tmp_path / "walk").read)
    piece.making.buttons[0].click()
    assert re.fullmatch(
        r"Nothing was done\. The forms are a draft: \d+ problems? stands? in the way, listed above\.",
        words(piece.making.says),
    )
    assert not (tmp_path / "walk").exists()


def test_no_run_makes_a_file_that_is_made_on_request() -> None:
    """The cells that offer them are for people: a batch passes over them."""
    found = []
    for path in sorted(NOTEBOOKS.glob("*.ipynb")):
        for cell in json.loads(path.read_text(encoding="utf-8"))["cells"]:
            if re.search(r"walk\.(notices|board_notice|package)\b", "".join(cell["source"])):
                found.append(path.stem)
                assert "interactive" in cell["metadata"]["tags"]
    assert found == ["appraisal", "pay_setting", "report"]
