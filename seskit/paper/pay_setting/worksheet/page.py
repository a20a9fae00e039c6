"""A checked worksheet as a document: what is proposed, what blocks, what is flagged and why it stands."""

from __future__ import annotations

from collections.abc import Iterable

from seskit.formats.counts import number_of
from seskit.formats.documents import Document, escaped, table
from seskit.law.facts import dollars
from seskit.record.pay_setting.worksheet.entries import LABELS
from seskit.record.problem import noted
from seskit.work.pay_setting.worksheet.checking import CheckedWorksheet
from seskit.work.pay_setting.worksheet.finding import Objection

#: A page for reading; the workbook has every row.
_MOST = 400
_HEADER = ("Row and column", "Person", "Check", "What was found", "Authority")


def document(checked: CheckedWorksheet, notes: Iterable[str] = ()) -> Document:
    """The worksheet as one document, a draft while anything is open; the notes say how its files were read."""
    where = checked.worksheet.agency.name
    blocks = [finding for finding in checked.findings if finding.level == "block"]
    flags = [finding for finding in checked.findings if finding.level == "flag"]
    body = "\n".join(
        (
            "# Summary\n", table("The worksheet in short", ("What", "Value"), in_short(checked)), _notes(notes), "\n# Averages by rating level\n", _levels(checked),
            "\n# Blocks\n", "The law stands in the way of these.\n", _table("Blocks", blocks, "Lawful instead, and its cost"),
            "\n# Flags\n", "Policy asks for a written reason, which is kept here.\n", _table("Flags", flags, "Written reason"),
        )
    )  # fmt: skip
    return Document(f"SES pay worksheet: {where}", body, "Proposed adjustments and awards", draft=not checked.final)


def _notes(notes: Iterable[str]) -> str:
    return "\n".join(f"\n{escaped(said)}\n" for said in noted(notes))


def in_short(checked: CheckedWorksheet) -> list[tuple[str, object]]:
    """The worksheet in a few rows: dates, range, totals, how many findings."""
    sheet, found = checked.worksheet, checked.findings
    top = checked.limits.certified if sheet.certified else checked.limits.uncertified
    resting = number_of(sum(one.by_cycle_record for one in checked.rows), "increase rests", "increases rest")
    return [
        *(("Levels 4 and 5", one.says) for one in checked.ceilings),
        ("Adjustments take effect", sheet.terms.effective),
        ("Awards are paid on", sheet.terms.awards_paid_on),
        ("Appraisal system certified", "yes" if sheet.certified else "no"),
        ("Range", f"{dollars(checked.limits.minimum)} to {dollars(top)}"),
        ("Executives", len(checked.rows)),
        *(
            ((LABELS["cycle_record"], f"{sheet.terms.cycle_record}; {resting} on it"),)
            if sheet.terms.cycle_record
            else ()
        ),
        ("Increases proposed a year, blocked ones left out", dollars(checked.adjustments_total)),
        (
            "Awards proposed, blocked ones left out",
            f"{dollars(checked.awards_total)} of a pool of {dollars(checked.pool.answer.pool)}",
        ),
        ("Blocks (law)", sum(finding.level == "block" for finding in found)),
        ("Flags (policy) without a written reason", sum(one.level == "flag" and one.is_open for one in found)),
        ("Flags with a written reason", sum(not finding.is_open for finding in found)),
    ]


def _levels(checked: CheckedWorksheet) -> str:
    rows = [
        (f"Level {v.rating}", v.people,
         v.adjusted, f"{v.each_increase_percent:.2f}" if v.adjusted else "none", f"{v.adjustment_percent:.2f}",
         v.awarded, f"{v.each_award_percent:.2f}" if v.awarded else "none", f"{v.award_percent:.2f}", v.above_level_three)
        for v in checked.levels
    ]  # fmt: skip
    header = (
        "Rating",
        "People",
        "Increases",
        "Average increase, percent",
        "Change of the rate over all people, percent",
        "Awards",
        "Average award, percent",
        "Awards over all people, percent",
        "Above level III",
    )
    return table("Career executives by rating level", header, rows)


def _table(caption: str, found: list[Objection], last: str) -> str:
    rows = [
        ("" if f.row is None else f"{f.row}, {f.column}", f.person_id or "all", f.check, f.text, f.citation,
         f.lawful_ways if f.level == "block" else f.reason or "none yet")
        for f in found[:_MOST]
    ]  # fmt: skip
    more = len(found) - len(rows)
    note = escaped(f"{more} more are in the workbook's sheet Findings.") + "\n" if more else ""
    return table(caption, (*_HEADER, last), rows) + note
