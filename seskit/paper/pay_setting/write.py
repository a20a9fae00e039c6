"""A pay worksheet into a folder: workbook, page, findings, clocks and what-if, every file whole or absent."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

from seskit.formats.choice import chosen
from seskit.formats.files import whole
from seskit.paper.pay_setting.worksheet import book, page
from seskit.work.pay_setting import attention, personal_clock
from seskit.work.pay_setting.folder import FORMATS, PayFolder


def write(pay: PayFolder, folder: Path, formats: tuple[str, ...]) -> list[Path]:
    """Write the worksheet, its findings, the clocks and the what-if; nothing where there is no worksheet."""
    wanted = chosen(formats, FORMATS)
    contents = _contents(pay)
    folder.mkdir(parents=True, exist_ok=True)
    kept = [name for name in contents if name.rsplit(".", 1)[1] in wanted]
    return [whole(folder / name, contents[name]()) for name in kept]


def _contents(pay: PayFolder) -> dict[str, Callable[[], bytes]]:
    checked, proposal = pay.checked, pay.proposal
    if checked is None:
        return {}
    code = checked.worksheet.agency.code
    made: dict[str, Callable[[], bytes]] = {
        "pay_worksheet.xlsx": lambda: book.workbook(checked),
        "pay_worksheet.html": lambda: page.document(checked, pay.notes).to_html().encode(),
        "problems.json": lambda: problems_json(pay).encode(),
        "pay_clock.ics": lambda: personal_clock.diary(code, pay.clocks),
    }
    if proposal is not None:
        made["pay_what_if.csv"] = lambda: proposal.to_csv().encode()
    return made


def problems_json(folder: PayFolder) -> str:
    """What was found in the files and by the checks, as JSON."""
    checked = folder.checked
    found = [*folder.problems, *(checked.problems() if checked else [])]
    data = {
        "final": checked is not None and checked.final,
        "problems": [problem.to_dict(filed=True) for problem in found],
        "notes": folder.notes,
        "findings": [one.to_dict() for one in attention.of_folder(folder)],
    }
    return json.dumps(data, indent=1, ensure_ascii=False) + "\n"
