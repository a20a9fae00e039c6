"""A checked worksheet as an Excel workbook: live formulas, each stored with a value that is the engine's own."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from seskit.formats import workbooks
from seskit.formats.cell_names import letters
from seskit.law import parameters
from seskit.law.clocks import fiscal_year, fiscal_year_end
from seskit.law.in_words import SURE
from seskit.law.pay_setting.reduce import november_2003_holds
from seskit.law.rating_levels import LEVELS
from seskit.paper.pay_setting.worksheet import formula_columns
from seskit.paper.pay_setting.worksheet.formulas import FormulaTerm, call, constant, if_, named, serial
from seskit.work.pay_setting.worksheet.checking import CheckedWorksheet

DRAFT = "DRAFT: something blocks, or a flag has no written reason"
_HEAD_ROW = 3
_FIRST = _HEAD_ROW + 1
#: Characters across the columns of findings and of written reasons.
_WIDE = 44


class Mismatch(Exception):
    """A formula that does not give the engine's answer: the workbook is not written."""


@dataclass(frozen=True)
class NamedValue:
    """A value the formulas name, with where it comes from."""

    name: str
    label: str
    value: Any
    look: str
    source: str


@dataclass(frozen=True)
class SummaryLine:
    """A computed line of the summary."""

    name: str
    label: str
    formula: FormulaTerm
    engine: Any
    look: str


def workbook(checked: CheckedWorksheet) -> bytes:
    """The workbook of a checked worksheet. Raises Mismatch where a formula and the engine differ in any cell."""
    agency = checked.worksheet.agency
    book = workbooks.book(f"SES pay worksheet, {agency.name}", "Proposed adjustments and awards", agency.name)
    limits = _limits(checked)
    values: dict[str, Any] = {limit.name: _plain(limit.value) for limit in limits}
    summary, sheet = book.sheet("Summary"), book.sheet("Worksheet")
    _rows(book, sheet, checked, values)
    _summary(book, summary, checked, values)
    _findings(book, checked)
    _limit_sheet(book, limits)
    return book.done()


def _plain(value: Any) -> Any:
    return serial(value) if isinstance(value, date) else value


def _limits(checked: CheckedWorksheet) -> list[NamedValue]:
    terms, limits = checked.worksheet.terms, checked.limits
    on, paid = terms.effective, terms.awards_paid_on

    def law(name: str, path: str, day: date, look: str = "count") -> NamedValue:
        found = parameters.figure(path, day)
        source = f"{found.citation}; in force from {found.first_day}; {found.source}; {SURE[found.confidence]}"
        return NamedValue(name, found.label.capitalize(), Decimal(found.value), look, source)

    ends = [plan.period_end for plan in checked.worksheet.agency.plans]
    base_day = fiscal_year_end(fiscal_year(paid) - 1)
    certified = "yes" if checked.worksheet.certified else "no"
    maximum = limits.certified if checked.worksheet.certified else limits.uncertified
    return [
        NamedValue("EffectiveDate", "Adjustments take effect", on, "iso", "pay.yaml"),
        NamedValue("IsCertified", "Appraisal system certified", certified, "text", "pay.yaml or agency.yaml"),
        law("RangeMinimum", "pay_setting.ses_range.minimum", on, "dollars"),
        law("LevelThree", "pay_setting.ses_range.maximum_uncertified", on, "dollars"),
        NamedValue("RangeMaximum", "Range maximum that applies", maximum, "dollars", "5 U.S.C. 5382; 5 CFR 534.403(a)(2)"),
        law("LowestRating", "pay_setting.performance.lowest_rating", on),
        law("ClockMonths", "pay_setting.clock.months", on),
        law("LargestCut", "pay_setting.reduction.largest_share", on),
        law("NoticeDays", "pay_setting.reduction.notice", on),
        NamedValue(
            "NovemberProtection", "Totals of November 2003 protected", "yes" if november_2003_holds(on) else "no", "text",
            parameters.parameter("pay_setting.conversion.protected").citation,
        ),
        NamedValue("CycleRecord", "Ground of the appraisal cycle on record", "yes" if terms.cycle_record else "no", "text", terms.cycle_record or "pay.yaml"),
        law("LowestAwardRating", "awards.individual.lowest_rating", paid),
        law("SmallestShare", "awards.individual.minimum_share", max(ends)),
        law("LargestShare", "awards.individual.maximum_share", max(ends)),
        law("PoolShareOfAggregate", "awards.pool.share_of_aggregate", paid),
        law("PoolShareOfAverage", "awards.pool.share_of_average", paid),
        NamedValue("PoolCount", f"Career rates on {base_day}", Decimal(checked.worksheet.pool_count), "count", "roster"),
        NamedValue("PoolAggregate", f"Career basic pay on {base_day}", checked.worksheet.pool_aggregate, "money", "roster"),
    ]  # fmt: skip


def _write(sheet: Any, row: int, column: int, value: Any, look: Any, formula: str | None = None) -> None:
    stored = float(value) if isinstance(value, Decimal | int) and not isinstance(value, bool) else value
    if formula is not None:
        sheet.write_formula(row, column, f"={formula}", look, stored)
    elif value is None or value == "":
        sheet.write_blank(row, column, None, look)
    elif isinstance(value, date):
        workbooks.write_day(sheet, row, column, value, look)
    elif isinstance(value, str):
        sheet.write_string(row, column, value, look)
    else:
        sheet.write_number(row, column, stored, look)


def _rows(book: workbooks.Book, sheet: Any, checked: CheckedWorksheet, values: dict[str, Any]) -> None:
    formats, agency = book.formats, checked.worksheet.agency
    made = formula_columns.live()
    texts = [column.formula.texts() for column in made]
    columns: list[formula_columns.Given | formula_columns.Live] = [*formula_columns.GIVEN, *made]
    place = formula_columns.place
    title = f"SES pay worksheet, {agency.name}: adjustments from {checked.worksheet.terms.effective}"
    sheet.write_string(0, 0, title, formats["title"])
    sheet.write_string(1, 0, "FINAL" if checked.final else DRAFT, formats["status"])
    sheet.write_string(
        2, 0, "Columns with a blue head are computed; change the others and the decisions follow. A row that says "
        f"\"{formula_columns.AGAIN}\" needs a new check by seskit.", formats["plain"],
    )  # fmt: skip
    kept: dict[str, list[Any]] = {
        name: [] for name in (*(one.name for one in columns), formula_columns.FINDINGS, formula_columns.REASON)
    }
    for number, judged in enumerate(checked.rows, _FIRST):
        here: dict[str, Any] = dict(values)
        for given in formula_columns.GIVEN:
            value = given.of(judged)
            here[given.name] = _plain(value)
            _write(sheet, number, place(given.name), value, formats[given.look])
        for name, (_, formula) in formula_columns.CHECKED.items():
            here[name] = formula.value(here)
            _write(sheet, number, place(name), here[name], formats["text"])
        for column, text in zip(made, texts, strict=True):
            value = here[column.name] = column.formula.value(here)
            expected = column.engine(judged)
            if not formula_columns.agrees(value, expected):
                _stop(f"row {number + 1}, '{column.heading}'", value, expected)
            _write(sheet, number, place(column.name), value, formats[column.look], text(number + 1))
        said = " ".join(f"{finding.level.upper()}: {finding.text}" for finding in judged.findings)
        here |= {formula_columns.FINDINGS: said, formula_columns.REASON: judged.row.reason}
        for name in kept:
            kept[name].append(here[name])
        wide = _WIDE - 2
        sheet.set_row(number, max(workbooks.height(said, wide), workbooks.height(judged.row.reason or "", wide)))
        _write(sheet, number, place(formula_columns.FINDINGS), said, formats["label"])
        _write(sheet, number, place(formula_columns.REASON), judged.row.reason, formats["label"])
    values.update({f"column {name}": column for name, column in kept.items()})
    _heads(book, sheet, columns, kept)
    _finish_rows(book, sheet, len(checked.rows), agency.name)


def _heads(
    book: workbooks.Book,
    sheet: Any,
    columns: list[formula_columns.Given | formula_columns.Live],
    kept: dict[str, list[Any]],
) -> None:
    """Headings and widths; an optional column that nobody uses is folded away, one click from being used."""
    place, opening = formula_columns.place, False
    sheet.set_row(_HEAD_ROW, 62)
    for column in sorted(columns, key=lambda one: place(one.name)):
        at, name = place(column.name), column.name
        folded = name in formula_columns.OPTIONAL and not formula_columns.used(name, kept[name])
        opening = opening or folded
        sheet.set_column(at, at, column.width, None, {"level": 1, "hidden": True} if folded else {})
        look = "computed_head" if isinstance(column, formula_columns.Live) else "head"
        sheet.write_string(_HEAD_ROW, at, column.heading, book.formats[look])
    for name, (heading, _) in formula_columns.CHECKED.items():
        sheet.set_column(place(name), place(name), 14, None, {"level": 1, "hidden": True})
        sheet.write_string(_HEAD_ROW, place(name), heading, book.formats["head"])
    for name, heading in ((formula_columns.FINDINGS, "Findings"), (formula_columns.REASON, "Written reason")):
        folded = not any(kept[name])
        how = {"level": 1, "hidden": True} if folded else {"collapsed": opening}
        sheet.set_column(place(name), place(name), _WIDE, None, how)
        sheet.write_string(_HEAD_ROW, place(name), heading, book.formats["head"])


def _finish_rows(book: workbooks.Book, sheet: Any, count: int, agency: str) -> None:
    bottom, place = _HEAD_ROW + max(count, 1), formula_columns.place
    bad = book.file.add_format({"bold": True, "bg_color": "#F8D7DA", "font_color": "#58151C"})
    for name in ("decision", "award_decision", "holds"):
        for word in ("not allowed", "cannot tell", formula_columns.AGAIN):
            rule = {"type": "cell", "criteria": "==", "value": f'"{word}"', "format": bad}
            sheet.conditional_format(_FIRST, place(name), bottom, place(name), rule)
    for name, words in (("approves", ["yes", "no"]), ("action", ["adjustment", "relative position"])):
        sheet.data_validation(_FIRST, place(name), bottom, place(name), {"validate": "list", "source": words})
    sheet.autofilter(_HEAD_ROW, 0, bottom, len(formula_columns.ORDER) - 1)
    sheet.freeze_panes(_FIRST, 1)
    sheet.repeat_rows(_HEAD_ROW)
    workbooks.page(sheet, left=agency, middle="", right="SES pay worksheet", landscape=True)
    sheet.print_area(0, 0, bottom, formula_columns.LAST_PRINTED)


def _stop(where: str, value: Any, expected: Any) -> None:
    raise Mismatch(f"The workbook was not written: {where} gives {value} by formula and {expected} by the engine.")


def _column(name: str, rows: int) -> FormulaTerm:
    letter = letters(formula_columns.place(name))
    text = f"Worksheet!${letter}${_FIRST + 1}:${letter}${_FIRST + max(rows, 1)}"
    return FormulaTerm(lambda _row: text, lambda here: here[f"column {name}"])


def _lines(checked: CheckedWorksheet) -> Iterator[SummaryLine]:
    rows = len(checked.rows)

    def column(name: str) -> FormulaTerm:
        return _column(name, rows)

    pool = checked.pool.answer.pool
    by_aggregate = call("ROUNDDOWN", call("ROUND", named("PoolAggregate") * named("PoolShareOfAggregate") / 100, 6), 2)
    average = named("PoolAggregate") * named("PoolShareOfAverage") / 100 / named("PoolCount")
    by_average = call("ROUNDDOWN", call("ROUND", average, 6), 2) if checked.worksheet.pool_count else constant(0)
    yield SummaryLine("Pool", "Award pool", call("MAX", by_aggregate, by_average), pool, "cents")
    awarded = call("SUM", column("lawful_award"))
    yield SummaryLine("AwardsTotal", "Awards proposed, blocked ones left out", awarded, checked.awards_total, "cents")
    yield SummaryLine(
        "PoolLeft", "Left in the pool", named("Pool") - named("AwardsTotal"), pool - checked.awards_total, "cents"
    )
    verdict = "not allowed" if checked.awards_total > pool else "allowed"
    within = if_(named("AwardsTotal") > named("Pool"), "not allowed", "allowed")
    yield SummaryLine("PoolDecision", "Pool: decision", within, verdict, "word")
    raised = call("SUMIF", column("lawful_change"), ">0", column("lawful_change"))
    yield SummaryLine(
        "AdjustmentsTotal",
        "Increases proposed a year, blocked ones left out",
        raised,
        checked.adjustments_total,
        "cents",
    )
    for word in ("allowed", "not allowed", "cannot tell"):
        for name, what, part in (("decision", "Rates", "decision"), ("award_decision", "Awards", "award_decision")):
            count = sum(getattr(judged, part) == word for judged in checked.rows)
            label = f"{what}: {word}"
            yield SummaryLine(
                f"{what}{word.title().replace(' ', '')}",
                label,
                call("COUNTIF", column(name), word),
                Decimal(count),
                "count",
            )


def _summary(book: workbooks.Book, sheet: Any, checked: CheckedWorksheet, values: dict[str, Any]) -> None:
    formats, agency = book.formats, checked.worksheet.agency
    for column, width in enumerate((46, 18, 16, 16, 16, 16, 18)):
        sheet.set_column(column, column, width)
    workbooks.write_across(sheet, 0, 6, f"SES pay worksheet, {agency.name}", formats["title"])
    workbooks.write_across(sheet, 1, 6, "FINAL" if checked.final else DRAFT, formats["status"])
    if checked.ceilings:
        workbooks.write_across(
            sheet, 2, 6, f"Levels 4 and 5: {' '.join(one.says for one in checked.ceilings)}", formats["label"]
        )
    for column, head in enumerate(("What", "Value")):
        sheet.write_string(3, column, head, formats["number_head" if column else "head"])
    number = 4
    for line in _lines(checked):
        _line(book, sheet, number, line, values)
        number += 1
    for label, budget in (
        ("Budget for awards", checked.worksheet.terms.award_budget),
        ("Budget for increases, a year", checked.worksheet.terms.adjustment_budget),
    ):
        sheet.write_string(number, 0, label, formats["label"])
        _write(
            sheet,
            number,
            1,
            "none given" if budget is None else budget,
            formats["cents" if budget is not None else "word"],
        )
        number += 1
    _levels(book, sheet, number + 1, checked, values)
    sheet.hide_gridlines(2)
    workbooks.page(sheet, left=agency.name, middle="" if checked.final else "DRAFT", right="SES pay worksheet")


def _line(book: workbooks.Book, sheet: Any, number: int, line: SummaryLine, values: dict[str, Any]) -> None:
    value = values[line.name] = line.formula.value(values)
    if value != line.engine:
        _stop(f"'{line.label}'", value, line.engine)
    sheet.write_string(number, 0, line.label, book.formats["label"])
    _write(sheet, number, 1, value, book.formats[line.look], line.formula.text(number + 1))
    book.file.define_name(line.name, f"=Summary!$B${number + 1}")


def _levels(book: workbooks.Book, sheet: Any, top: int, checked: CheckedWorksheet, values: Mapping[str, Any]) -> None:
    heads = (
        "Career executives by rating level",
        "People",
        "Average change of the rate, percent",
        "Average award, percent",
    )
    for column, head in enumerate(heads):
        sheet.write_string(top, column, head, book.formats["number_head" if column else "head"])
    sheet.set_row(top, 48)
    counted, rows = _column("counted", len(checked.rows)), len(checked.rows)
    for number, (level, average) in enumerate(zip(LEVELS, checked.levels, strict=True), top + 1):
        people = call("COUNTIF", counted, level)
        sheet.write_string(number, 0, f"Level {level}", book.formats["label"])
        parts = (
            (people, Decimal(average.people), "count"),
            (_mean("lawful_change_percent", counted, level, people, rows), average.adjustment_percent, "percent"),
            (_mean("lawful_award_percent", counted, level, people, rows), average.award_percent, "percent"),
        )
        for column, (formula, expected, look) in enumerate(parts, 1):
            value = formula.value(values)
            if value != expected:
                _stop(f"level {level}, '{heads[column]}'", value, expected)
            _write(sheet, number, column, value, book.formats[look], formula.text(number + 1))


def _mean(name: str, counted: FormulaTerm, level: int, people: FormulaTerm, rows: int) -> FormulaTerm:
    total = call("SUMIF", counted, level, _column(name, rows))
    return if_(people.equals(0), 0, call("ROUND", total / people, 4))


def _findings(book: workbooks.Book, checked: CheckedWorksheet) -> None:
    sheet = book.sheet("Findings")
    heads = [
        "Kind",
        "Check",
        "Row",
        "Column",
        "Person",
        "What was found",
        "Authority",
        "Lawful instead, and its cost",
        "Written reason",
    ]
    rows = [
        [
            f.level,
            f.check,
            "" if f.row is None else str(f.row),
            f.column,
            f.person_id,
            f.text,
            f.citation,
            f.lawful_ways,
            f.reason,
        ]
        for f in checked.findings
    ] or [["none", "", "", "", "", "Nothing blocks and nothing is flagged.", "", "", ""]]
    workbooks.table(sheet, 0, "Findings", heads, [8, 18, 7, 16, 12, 60, 30, 50, 36], rows, book.formats)
    sheet.freeze_panes(1, 0)
    workbooks.page(sheet, left=checked.worksheet.agency.name, middle="", right="Findings", landscape=True)


def _limit_sheet(book: workbooks.Book, limits: list[NamedValue]) -> None:
    sheet, formats = book.sheet("Limits"), book.formats
    for column, (head, width) in enumerate((("What the formulas use", 60), ("Value", 16), ("Source", 90))):
        sheet.set_column(column, column, width)
        sheet.write_string(0, column, head, formats["head"])
    for number, limit in enumerate(limits, 1):
        sheet.write_string(number, 0, limit.label, formats["label"])
        _write(sheet, number, 1, limit.value, formats[limit.look])
        sheet.write_string(number, 2, limit.source, formats["label"])
        sheet.set_row(number, workbooks.height(limit.source, 85))
        book.file.define_name(limit.name, f"=Limits!$B${number + 1}")
    sheet.freeze_panes(1, 0)
    workbooks.page(sheet, left="", middle="", right="Limits", landscape=True)
