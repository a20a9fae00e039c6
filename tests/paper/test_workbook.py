"""The forms as a workbook: read back it is the same model, recalculated it holds the same values, and text stays text."""

import io
import re
import zipfile
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from seskit.law.facts import FactError
from seskit.paper.report import printed_form, workbook
from seskit.paper.report.workbook.boxes import at, boxes, sheet_names
from seskit.record.agency import Agency, Options
from seskit.record.roster import Person, Roster
from seskit.work import report
from seskit.work.report import readings
from seskit.work.report.form_json import form_to_dict
from seskit.work.report.forms import WITHOUT_AWARDS
from seskit.work.report.package import SupplementRow
from tests.extent import some, times
from tests.places import CASES, SAMPLES
from tests.workbooks import box, completed, differences, formulas, opened, random_package, recalculate

AGENCIES = sorted(path.parent for path in SAMPLES.glob("*/agency.yaml"))
EXAMPLES = [*AGENCIES, *sorted(path.parent for path in CASES.glob("report-*/agency.yaml"))]
DRAFT = "DRAFT - not for submission"


def with_part(content, name, change):
    """The same workbook with one of its parts changed."""
    changed = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(changed, "w") as new:
        for member in old.namelist():
            text = old.read(member)
            new.writestr(member, change(text) if member == name else text)
    return changed.getvalue()


def same_model(package, forms):
    assert forms == list(package.forms)
    assert [form_to_dict(form) for form in forms] == [form_to_dict(form) for form in package.forms]
    assert [list(form.pay_rows or ()) for form in forms] == [list(form.pay_rows or ()) for form in package.forms]


@pytest.mark.parametrize("folder", EXAMPLES, ids=lambda folder: folder.name)
def test_reading_the_workbook_gives_the_same_forms(folder):
    """Every box of every form, footnotes and reasons for blanks included, comes back as it was."""
    package = completed(folder)
    same_model(package, workbook.read_forms(workbook.forms(package)))


@pytest.mark.parametrize("fifty", some(range(4), 1))
def test_reading_back_holds_for_any_agency(fifty):
    """Random agencies, with every reading of the instructions, come back as they were."""
    for seed in range(50 * fifty, 50 * fifty + times(50, 20)):
        package = random_package(seed)
        same_model(package, workbook.read_forms(workbook.forms(package)))


def test_reading_looks_at_the_boxes(tmp_path):
    """A number changed in a box is the number read, and a box emptied is read as blank."""
    package = completed(CASES / "report-one-plan")
    book = opened(workbook.forms(package), data_only=True)
    places = boxes(package.forms[0])
    sheet = book[package.forms[0].key]
    box(sheet, places.level(9)).value = 77
    box(sheet, places.pool).value = None
    book.save(tmp_path / "edited.xlsx")
    first = workbook.read_forms(tmp_path / "edited.xlsx")[0]
    assert first.levels[9] == 77
    assert first.pool is None
    assert first.appointees == package.forms[0].appointees


@pytest.mark.parametrize("wrong", [b"", b"not a workbook", b"PK\x03\x04 broken"])
def test_another_file_is_refused_in_plain_words(wrong):
    """What is not a workbook of forms is refused, never half read."""
    with pytest.raises(FactError, match="cannot be read back"):
        workbook.read_forms(wrong)


def test_a_workbook_without_forms_is_refused(tmp_path):
    """The supplement is a workbook, but holds no forms."""
    with pytest.raises(FactError, match="no sheet holds a form"):
        workbook.read_forms(workbook.supplement(completed(CASES / "report-one-plan")))
    with pytest.raises(FactError, match="not there"):
        workbook.read_forms(tmp_path / "absent.xlsx")


def test_words_where_a_number_belongs_are_refused():
    """The sheet and the row are named."""
    package = completed(CASES / "report-one-plan")
    book = opened(workbook.forms(package), data_only=True)
    place = boxes(package.forms[0]).pool
    box(book[package.forms[0].key], place).value = "a lot"
    out = io.BytesIO()
    book.save(out)
    with pytest.raises(FactError, match=f"row {place[0] + 1}, holds 'a lot' where a number belongs"):
        workbook.read_forms(out.getvalue())


def test_formulas_saved_without_values_are_refused():
    """A program that does not calculate drops the values: that is said, and no box is taken for blank."""
    book = opened(workbook.forms(completed(CASES / "report-one-plan")))
    out = io.BytesIO()
    book.save(out)
    with pytest.raises(FactError, match="no totals in item 10"):
        workbook.read_forms(out.getvalue())


@pytest.mark.slow
def test_recalculation_gives_the_stored_values(tmp_path):
    """LibreOffice, made to calculate every formula anew, finds the values stored with them."""
    named = some(("DPW", "DCL", "CCL", "XFR", "BSC", "WSA", "APS"), 3)
    packages = [completed(folder) for folder in EXAMPLES if folder.name in named or folder.name == "report-many-plans"]
    packages += [random_package(seed) for seed in range(times(8, 2))]
    contents = [workbook.forms(package) for package in packages]
    for package, content, after in zip(packages, contents, recalculate(contents, tmp_path), strict=True):
        assert len(formulas(content)) >= 3 * len(package.forms)
        assert not differences(content, after), package.agency.name


def test_recalculation_finds_a_wrong_stored_value(tmp_path):
    """The comparison can fail: a stored total changed by hand is not what LibreOffice calculates."""
    package = completed(CASES / "report-one-plan")
    place = at(*boxes(package.forms[0]).levels_total)
    total = sum(package.forms[0].levels.values())

    def spoil(text):
        spoiled, times = re.subn(
            rb'(r="%s".*?<v>)%d</v>' % (place.encode(), total), rb"\g<1>%d</v>" % (total + 1), text
        )
        assert times == 1
        return spoiled

    spoiled = with_part(workbook.forms(package), "xl/worksheets/sheet2.xml", spoil)
    (after,) = recalculate([spoiled], tmp_path)
    assert differences(spoiled, after) == {(f"plan-{package.forms[0].plan}", place): (total + 1, total)}


def test_the_workbook_repeats_to_the_byte():
    """The same model makes the same file, whenever it is made."""
    package = completed(CASES / "report-many-plans")
    assert workbook.forms(package) == workbook.forms(package)
    assert workbook.supplement(package) == workbook.supplement(package)


def test_the_boxes_that_follow_from_others_are_formulas():
    """Row totals, AGGREGATE, items 5, 6, 7, 8 and the totals of item 10 stay live; aggregates add the plans."""
    package = completed(CASES / "report-many-plans")
    live = formulas(workbook.forms(package))
    names = sheet_names(form.key for form in package.forms)
    plan = next(form for form in package.forms if form.scope == "plan" and form.aggregate)
    b, sheet = boxes(plan), names[plan.key]
    single = next(name for name, row in plan.pay_rows.items() if row.base_pay is not None)
    row, last = b.pay(single) + 1, b.aggregate + 1
    assert live[sheet, f"D{row}"] == f"=B{row}*C{row}"
    assert live[sheet, f"D{last}"] == f"=SUM(D{b.first_pay + 1}:D{b.aggregate})"
    assert live[sheet, at(*b.pool)] == f"=ROUNDDOWN(ROUND(0.1*D{last},6),2)"
    assert live[sheet, at(*b.paid_percent)] == f"=ROUND({at(*b.paid)}/D{last},4)"
    assert live[sheet, at(*b.awards_number)] == f"={at(*b.levels_total)}"
    assert live[sheet, f"E{b.rated_total + 1}"].startswith("=SUM(E")
    whole = next(form for form in package.forms if form.key == "aggregate-H")
    parts = [names[form.key] for form in package.forms if form.scope == "plan" and form.pattern == "H"]
    added = live[names[whole.key], at(*boxes(whole).level(10))]
    assert len(parts) > 1
    assert all(f"'{part}'!" in added for part in parts)
    inspector = next(form for form in package.forms if form.scope == "ig")
    assert (names[inspector.key], at(*boxes(inspector).level(10))) not in live


def test_a_box_left_blank_is_truly_blank_and_zero_is_written():
    """A plan that paid nothing has empty boxes with the reason beside them; nobody at a level is 0."""
    package = completed(CASES / "report-many-plans")
    book = opened(workbook.forms(package))
    unpaid = next(form for form in package.forms if form.scope == "plan" and form.levels is None)
    b, sheet = boxes(unpaid), book[f"plan-{unpaid.plan}"]
    for holds in WITHOUT_AWARDS:
        assert "No awards are paid" in sheet.cell(b.blank(holds) + 1, 7).value
    places = (b.paid_in, b.base_day, (b.aggregate, 1), b.pool, b.paid, b.level(5), b.levels_total, b.awards_number)
    assert all(box(sheet, place).value is None for place in places)
    assert sheet.cell(b.rating(1) + 1, 3).value == unpaid.ratings[1]["career"] == 0
    paid = next(form for form in package.forms if form.levels is not None and 0 in form.levels.values())
    empty = next(level for level, count in paid.levels.items() if count == 0)
    assert box(book[f"plan-{paid.plan}"], boxes(paid).level(empty)).value == 0


def test_levels_the_pattern_lacks_print_empty():
    """Pattern F has no level 4: its row is empty, and the X stands at 5."""
    package = completed(CASES / "report-many-plans")
    form = next(form for form in package.forms if form.pattern == "F")
    sheet, b = opened(workbook.forms(package))[form.key], boxes(form)
    assert [sheet.cell(b.rating(4) + 1, column).value for column in range(2, 6)] == [None] * 4
    assert sheet.cell(b.rating(5) + 1, 2).value == "X"
    assert sheet.cell(b.rating(2) + 1, 1).value == "2 (Minimally Satisfactory)"
    assert sheet.cell(b.rating(5) + 1, 1).value == "5"


def test_a_draft_says_so_on_every_form_in_words():
    """A report with errors carries the draft mark at the top and in the printed header; a final one does not."""
    for folder, draft in ((CASES / "report-faulty", True), (CASES / "report-one-plan", False)):
        package = completed(folder)
        book = opened(workbook.forms(package))
        for form in package.forms:
            sheet = book[form.key]
            assert (DRAFT in sheet["A1"].value) is draft
            assert (DRAFT in (sheet.oddHeader.center.text or "")) is draft
            assert sheet.freeze_panes == "A2"
        supplement = opened(workbook.supplement(package)).worksheets[0]
        assert ("DRAFT" in supplement["A3"].value) is draft
        assert supplement["A3"].value == printed_form.supplement_status(package)


def test_the_other_sheets_explain_the_forms():
    """Problems, proof and readings are named tables; a scratch sheet is free; a clean report has no problems sheet."""
    faulty, clean = (opened(workbook.forms(completed(CASES / name))) for name in ("report-faulty", "report-one-plan"))
    assert faulty.sheetnames[-4:] == ["Problems", "Proof", "Readings", "Scratch"]
    assert ("Problems" in clean.sheetnames) is bool(completed(CASES / "report-one-plan").problems)
    assert faulty.sheetnames[0] == clean.sheetnames[0] == "Account"
    for name in ("Account", "Problems", "Proof", "Readings"):
        assert list(faulty[name].tables) == [name]
        assert faulty[name].freeze_panes
        assert faulty[name].page_setup.fitToHeight == 0
    package = completed(CASES / "report-faulty")
    told = [(what, value, note) for what, value, note in faulty["Account"].iter_rows(3, values_only=True)]
    assert told == [(line.what, line.value, line.note or "none") for line in package.account.lines]
    assert faulty["Proof"].max_row == 2 + 10 * len(package.forms)
    assert faulty["Problems"].max_row == 2 + len(package.problems)
    assert faulty["Readings"].max_row == 2 + len(readings.READINGS)
    assert faulty.properties.title.endswith(package.agency.name)
    assert faulty.custom_doc_props["Language"].value == "en-US"


def test_the_boxes_read_as_those_of_the_pdf():
    """The same labels in item 4, a row with nobody blank to the eye, one dollar sign before an amount, no empty column."""
    for package in (*(completed(CASES / name) for name in ("report-many-plans", "report-faulty")), random_package(2)):
        book = opened(workbook.forms(package))
        for form in package.forms:
            sheet, b, printed = book[form.key], boxes(form), printed_form.paper(form, package.agency)
            rows = [*map(b.pay, b.pay_names), b.aggregate]
            labels = [box(sheet, (row, 0)).value for row in rows]
            assert labels == [label for label, *_ in printed.pay_rows]
            merged = {str(span) for span in sheet.merged_cells.ranges}
            assert {f"D{row + 1}:E{row + 1}" for row in (b.pay_header, *rows)} <= merged
            for row in rows:
                hides_zero = box(sheet, (row, 1)).number_format.endswith(";")
                assert hides_zero is (row != b.aggregate)
            for place in (b.pool, b.paid, (b.pool[0], 2), (b.paid[0], 2)):
                assert "$" not in box(sheet, place).number_format
            after = [box(sheet, (row, 3)) for row in (b.pool[0], b.paid[0], b.awards_number[0])]
            assert [(cell.alignment.horizontal, cell.alignment.indent) for cell in after] == [("left", 1)] * 3
        assert book["Scratch"].sheet_state == "hidden"


def test_an_older_workbook_with_the_longer_label_is_read_back():
    """The row of the SES pay range was called otherwise in workbooks made before."""
    package = next(
        made for made in map(random_package, range(40)) if any("range" in (f.pay_rows or ()) for f in made.forms)
    )
    book, rows = opened(workbook.forms(package), data_only=True), package.forms[0].edition.rows
    for sheet in book.worksheets:
        for cell in sheet["A"]:
            if cell.value in (rows["range"], rows["no_level"]):
                cell.value = "SES pay range (no pay level)"
    out = io.BytesIO()
    book.save(out)
    assert workbook.read_forms(out.getvalue()) == list(package.forms)


def test_a_person_filling_in_is_offered_the_packages_own_choices():
    """Patterns, statuses and the X are drop-downs on a form; ratings, yes or no and actions on the supplement."""
    package = completed(CASES / "report-many-plans")
    offered = {
        rule.formula1 for rule in opened(workbook.forms(package))[package.forms[0].key].data_validations.dataValidation
    }
    assert {'"D,F,G,H"', '"paid,none,pending"', '"X"', '"1558,1558A"'} <= offered
    sheet = next(sheet for sheet in opened(workbook.supplement(package)) if sheet.tables)
    assert {rule.formula1 for rule in sheet.data_validations.dataValidation} == {
        '"1 (Unsatisfactory),2 (Minimally Satisfactory)"', '"Yes,No"', "Actions", "FALSE",
    }  # fmt: skip


def with_options(folder, **options):
    opened_folder = report.open_folder(folder)
    made = opened_folder.agency.model_copy(update={"options": Options.model_validate(options)})
    package = report.complete(made, opened_folder.roster)
    return package, opened(workbook.forms(package))


def test_the_readings_of_display_change_what_is_shown():
    """Two-digit years, a decimal fraction in item 6 and 'none' in item 3 are shown when chosen."""
    folder = CASES / "report-many-plans"
    chosen = {"item_4_year": "two_digits", "item_6_percent": "fraction", "item_3_without_awards": "none"}
    for options, year, share, item_3 in (
        ({}, "mmmm d, yyyy", '0.00%" x $"', None),
        (chosen, "mmmm d, yy", '.0000" x $"', "none"),
    ):
        package, book = with_options(folder, **options)
        paid = next(form for form in package.forms if form.paid_percent is not None)
        unpaid = next(form for form in package.forms if form.scope == "plan" and form.levels is None)
        sheet, b = book[paid.key], boxes(paid)
        assert box(sheet, b.base_day).number_format == year
        assert box(sheet, b.paid_percent).number_format == share
        assert box(book[unpaid.key], boxes(unpaid).paid_in).value == item_3


def test_form_1558a_takes_twenty_percent_of_the_average():
    """Item 5 divides by the number, unless the printed formula is chosen."""
    for reading, expected in (("average", "0.2*D{0}/B{0}"), ("as_printed", "0.2*D{0}")):
        package, book = with_options(CASES / "report-one-member", form_1558a_pool=reading)
        b = boxes(package.forms[0])
        assert expected.format(b.aggregate + 1) + ",6" in box(book[package.forms[0].key], b.pool).value


def test_no_name_of_a_person_stands_with_the_forms():
    """Names are in the supplement only, even where a name was written into another column."""
    folder = CASES / "report-many-plans"
    opened_folder = report.open_folder(folder)
    names = {person.name for person in opened_folder.roster.people if person.name}
    package = opened_folder.complete()
    text = cells_of(workbook.forms(package))
    assert names
    assert not {name for name in names if name in text}
    below = {row.name for row in package.supplement}
    assert below
    assert all(name in cells_of(workbook.supplement(package)) for name in below)


def cells_of(content):
    return "\n".join(str(cell) for sheet in opened(content) for row in sheet.values for cell in row if cell is not None)


def test_text_never_becomes_a_formula_or_a_link():
    """A name, an agency or an action that looks like one stays the text it is."""
    tricky = '=HYPERLINK("x")'
    package = completed(CASES / "report-one-plan")
    row = SupplementRow(package.agency.plans[0].id, "P1", tricky, 1, date(2002, 11, 15), False, "=1+1", None, None)
    agency = package.agency.model_copy(update={"name": "=SUM(A1:A9)"})
    forms = tuple(replace(form, agency="=1+1", footnotes=("=2+2", "https://example.org")) for form in package.forms)
    package = replace(package, agency=agency, supplement=(row,), forms=forms)
    content = workbook.supplement(package)
    sheet = opened(content).worksheets[0]
    assert sheet["A10"].value == tricky
    assert sheet["A10"].data_type == "s"
    assert sheet["F10"].value == "=1+1"
    assert not formulas(content)
    assert [form.agency for form in workbook.read_forms(workbook.forms(package))] == ["=1+1"] * len(forms)
    assert workbook.read_forms(workbook.forms(package))[0].footnotes == ("=2+2", "https://example.org")
    for made in (content, workbook.forms(package)):
        with zipfile.ZipFile(io.BytesIO(made)) as parts:
            assert not any(b"<hyperlink " in parts.read(name) for name in parts.namelist())


def test_the_supplement_has_one_sheet_per_plan_with_every_column():
    """Name, a place for the number, rating, dates, yes or no, and the action with the reason for leaving the SES."""
    package = completed(CASES / "report-many-plans")
    plan = package.agency.plans[0]
    row = SupplementRow(plan.id, "P1", "Avery Adams", 1, date(2002, 11, 15), True, "removed from the SES",
                        date(2003, 1, 12), "two_unsatisfactory")  # fmt: skip
    book = opened(workbook.supplement(replace(package, supplement=(row,))))
    assert book.sheetnames == [*(f"plan-{each.id}" for each in package.agency.plans), "Choices"]
    sheet = book.worksheets[0]
    assert "Contains personal information" in sheet["A2"].value
    assert sheet["B5"].value == package.agency.name
    assert sheet["B7"].value.date() == plan.period_end
    cells = [cell.value for cell in sheet[10]]
    assert cells[:3] == ["Avery Adams", "", "1 (Unsatisfactory)"] or cells[:3] == [
        "Avery Adams",
        None,
        "1 (Unsatisfactory)",
    ]
    assert sheet.row_dimensions[10].height >= 30
    assert printed_form.BY_HAND in [cell.value for cell in sheet["A"]]
    (refused,) = [rule for rule in sheet.data_validations.dataValidation if rule.type == "custom"]
    assert (refused.formula1, str(refused.sqref), refused.errorStyle) == ("FALSE", "B10", None)
    assert cells[3].date() == date(2002, 11, 15)
    assert cells[4:6] == ["Yes", "removed from the SES: two unsatisfactory ratings in 5 years"]
    assert cells[6].date() == date(2003, 1, 12)
    assert book.worksheets[1]["A9"].value == "No executive of this plan was rated below fully successful."


def test_sheet_names_are_legal_and_differ():
    """Plans with long ids, forbidden characters or ids that differ only in case still have a sheet each."""
    keys = ["plan-" + "x" * 60, "plan-" + "x" * 61, "plan-a/b", "plan-a:b", "plan-A:B", "plan-'q'!", "aggregate-H"]
    names = list(sheet_names(keys).values())
    assert len({name.lower() for name in names}) == len(keys)
    assert all(0 < len(name) <= 31 and not set(name) & set("[]:*?/\\'!") for name in names)
    awards = {"status": "none", "ratings_final_on": "2002-11-20"}
    period = {"from": "2001-10-01", "to": "2002-09-30"}
    plans = [{"id": key, "pattern": "H", "appraisal_period": period, "awards": awards} for key in keys]
    agency = Agency.model_validate({"code": "X", "name": "Odd & Even <Names>", "fiscal_year": 2002, "plans": plans})
    package = report.complete(agency, Roster(people=[]))
    same_model(package, workbook.read_forms(workbook.forms(package)))
    assert workbook.supplement(package)


def person(**facts):
    return Person(*[facts.get(name) for name in Person._fields])


@pytest.mark.parametrize(
    ("rates", "award"), [(("113000.05", "118300.10"), "6000.33"), (("100000", "100000.30"), "12250")]
)
def test_cents_and_ties_survive_the_way_there_and_back(rates, award, tmp_path):
    """Item 5 is rounded down to the cent and item 6 half up, in the workbook as in the model."""
    folder = CASES / "report-one-plan"
    agency = report.open_folder(folder).agency
    people = [
        person(row=number, person_id=str(number), plan=agency.plans[0].id, ig_office=False, appointment_type="career",
               es_level=number, basic_pay_fy_end=Decimal(rate), basic_pay_period_end=Decimal(rate), rating=5,
               award=Decimal(award))
        for number, rate in enumerate(rates, 1)
    ]  # fmt: skip
    package = report.complete(agency, Roster(people=people))
    content = workbook.forms(package)
    same_model(package, workbook.read_forms(content))
    (after,) = recalculate([content], tmp_path)
    assert not differences(content, after)
    same_model(package, workbook.read_forms(after))
