"""`seskit next`, `compare` and `percentage`: from one year to the next, and where a printed percentage can come from."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import click

from seskit.desk.arguments import FOLDER
from seskit.desk.console import say


@click.command()
@click.argument("earlier", type=FOLDER, metavar="EARLIERFOLDER")
@click.option("--out", type=FOLDER, required=True, help="The folder of the new year; no agency may be there yet.")
def next_year(earlier: Path, out: Path) -> None:
    """Begin the next fiscal year from the folder of the year before, which stays as it is.

    Carried over: people, plans a year later, earlier ratings, rates and 12-month clocks, the agency's own readings and rules.
    Not carried over: ratings, awards, decision dates, board members, reasons given, what was sent. The output lists each.
    """
    from seskit.work import next_year as years

    made = years.begin(earlier, out)
    for sentence in made.says:
        say(sentence)
    for name in made.written:
        say(f"  {name}")


@click.command()
@click.argument("this", type=FOLDER)
@click.argument("last", type=FOLDER)
@click.option("--least", type=click.IntRange(1), default=5, show_default=True, help="Smallest number to show.")
@click.option("--out", type=FOLDER, help="Folder for compare.html and compare.json; created if needed.")
@click.option("--json", "as_json", is_flag=True, help="The tables as JSON.")
def compare(this: Path, last: Path, least: int, out: Path | None, as_json: bool) -> None:
    """Compare an agency's report with that of another year: counts only, small numbers hidden.

    THIS and LAST are agency folders, one for each year.
    """
    from seskit.work.report import year_on_year

    found = year_on_year.compare(this, last, least)
    if out is not None:
        from seskit.paper.report import compared

        compared.write(found, out)
    if as_json:
        say(json.dumps(found.to_dict(), indent=1, ensure_ascii=False))
    else:
        say(found.to_text())


@click.command()
@click.argument("printed")
@click.option("--of", "whole", type=click.IntRange(1), required=True, help="The number of people in all.")
@click.option("--count", type=click.IntRange(0), help="The count it is supposed to be.")
def percentage(printed: str, whole: int, count: int | None) -> None:
    """Say whether a printed percentage can come from a count of so many people."""
    from seskit.work.rollup.percentages import can_come_from

    found = can_come_from(printed, whole, count)
    say(found.says)
    sys.exit(0 if found.possible else 1)
