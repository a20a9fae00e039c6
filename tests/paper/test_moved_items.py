"""An edition whose items change places and numbers: what is printed, read back and said has its numbers, and the same values."""

import io
import json
import re
from dataclasses import replace
from decimal import Decimal

import pytest

from seskit.formats import pdf_text
from seskit.formats.refusals import FactError
from seskit.law.report import editions
from seskit.law.report.dates import base_pay_date
from seskit.paper.report import page, pdf, workbook
from seskit.paper.report.workbook.boxes import at, boxes
from seskit.record.agency import Options
from seskit.record.agency_text import agency_text
from seskit.record.roster import Roster
from seskit.work import report
from seskit.work.report import differences, form_checks, proof, readings
from seskit.work.report.form_json import form_from_dict, form_to_dict
from seskit.work.report.numbered_checks import CHECKS
from tests.moved import ADDED, BETWEEN, MADE, NUMBERS, SHARED, WORDS, moved, oldest, renumbered
from tests.places import CASES, FIELD, SAMPLES
from tests.workbooks import box, formulas, opened, recalculate
from tests.workbooks import differences as not_recalculated
from tests.years import agency, person

YEAR = 2031
KEYS = ["1", "2", "3", "4", "5", "6", "7", "8", BETWEEN, "9", "12", ADDED, *MADE]
LABELS = (
    "1. Department/Agency", "2. Appraisal Period", "3. TOTAL NUMBER OF SES APPOINTEES", "4. Awards Paid or to be Paid",
    "5. Aggregate career SES base pay", "6. Award Pool =", "7. Total Award Payments =", "8. NUMBER OF AWARDEES AT EACH", f"{BETWEEN}. {SHARED}",
    "9. TOTAL AWARDS (from Item 8) =", "12. NUMBER OF SES PERFORMANCE RATINGS", f"13. {WORDS}",
    "14. LEFT OF THE POOL", "15. SHARE OF CAREER APPOINTEES RATED 5",
)  # fmt: skip


@pytest.fixture
def later(tmp_path, monkeypatch):
    """The oldest edition, and the made-up one from a day in the future on."""
    real = oldest(editions.FOLDER, tmp_path / "form_1558")
    moved(real, f"{YEAR}-09-01", reworded=True)
    monkeypatch.setattr(editions, "FOLDER", real.parent)


@pytest.fixture
def of_old(tmp_path):
    """The oldest edition alone, and the same folder with the made-up one from its next day on."""
    alone = oldest(editions.FOLDER, tmp_path / "alone").parent
    both = oldest(editions.FOLDER, tmp_path / "both")
    moved(both, "2002-09-28")
    return alone, both.parent


def made(year=YEAR):
    """The report of a year: three career executives with awards, one without, and one of another appointment."""
    roster = [person(n, 3 + n % 3, award=Decimal(20_000)) for n in range(3)]
    roster += [person(3, 4), person(4, 5, kind="noncareer")]
    return report.complete(agency(year), Roster(people=tuple(roster)))


@pytest.mark.usefixtures("later")
def test_paper_and_page_have_the_new_order_and_numbers():
    """Every heading with its number, in the order of the edition; what the printed words say of another item follows."""
    package = made()
    paper = " ".join(" ".join(text for _, text in pdf_text.OpenedPdf(pdf.forms(package, clean=True)).pages()).split())
    printed = page.forms(package)
    for said in (paper, printed):
        places = [said.index(label) for label in LABELS]
        assert places == sorted(places)
        assert all(word in said for word in ("ALL PAY", "SUM", "One range", "Appointed by the President", "First"))
    assert "as shown in Item 2." in paper
    assert f"13. {WORDS} 3 14. LEFT OF THE POOL $20,000" in paper
    assert "15. SHARE OF CAREER APPOINTEES RATED 5 25.0%" in paper
    assert re.search(
        r"3\. TOTAL NUMBER OF SES APPOINTEES AT END OF RATING PERIOD Permanent Noncareer Limited 4 1 0", paper
    )
    for caption in (
        "Item 5 of Form 1558, plan p0: career",
        "Item 8 of Form 1558, plan p0: awardees at 5 to",
        "Item 3 of",
    ):
        assert caption in printed


@pytest.mark.usefixtures("later")
def test_the_workbook_has_the_boxes_in_the_new_places(tmp_path):
    """Headings, numbers and formulas stand where the edition has them, recalculate to what is stored, and read back."""
    package = made()
    form, content = package.forms[0], workbook.forms(package)
    sheet, b, live = opened(content, data_only=True)[form.key], boxes(form), formulas(content)
    starts = [str(box(sheet, b.label(item)).value) for item in form.edition.items]
    assert all(one.startswith(label) for one, label in zip(starts, LABELS, strict=True))
    tops = [b.label(item)[0] for item in form.edition.items]
    assert tops == sorted(tops)
    assert len(set(tops)) == len(tops) - 1
    values = {
        b.agency: "Board of Kites", b.appointees("career"): 4, b.appointees("noncareer"): 1, b.pool: 80_000,
        (b.aggregate, 1): 4, (b.aggregate, 3): 800_000, b.paid: 60_000, b.paid_percent: 0.075, b.level(10): 3,
        b.levels_total: 3, b.awards_number: 3, b.awards_percent: 0.75, b.rated(4, "career"): 2,
        (b.rated_total, b.rated_column("career")): 4, b.added_item(form.edition.items[-3]): 3,
        b.added_item(form.edition.items[-2]): 20_000, b.added_item(form.edition.items[-1]): 0.25,
        b.added_item(form.edition.items[8]): 3,
    }  # fmt: skip
    assert {place: box(sheet, place).value for place in values} == values
    words = {
        (b.aggregate, 0): "ALL PAY", (b.rated_total, 0): "SUM", (b.appointees_head, 2): "Permanent",
        (b.pay("range"), 0): "One range", (b.pay("presidential"), 0): "Appointed by the President",
        (b.period_to[0], 1): "First", (b.rating(5), 1): "V",
    }  # fmt: skip
    assert {place: box(sheet, place).value for place in words} == words
    key = form.key
    assert live[key, at(*b.pool)] == f"=ROUNDDOWN(ROUND(0.1*{at(b.aggregate, 3)},6),2)"
    assert live[key, at(*b.awards_number)] == f"={at(*b.levels_total)}"
    assert live[key, at(*b.awards_percent)] == f"=ROUND({at(*b.awards_number)}/{at(*b.appointees('career'))},3)"
    added = live[key, at(*b.added_item(form.edition.items[-3]))]
    assert added == f"={at(*b.rated(4, 'career'))}+{at(*b.rated(5, 'career'))}"
    names = opened(content)[key].defined_names
    assert {"Item_3_career", "Item_4", "Item_5_total", "Item_6", "Item_12_career"} <= set(names)
    (after,) = recalculate([content], tmp_path)
    assert not not_recalculated(content, after)
    assert workbook.read_forms(content) == list(package.forms)
    assert workbook.read_forms(after) == list(package.forms)


@pytest.mark.usefixtures("later")
def test_a_corrected_box_is_named_by_its_new_number(tmp_path):
    """What was changed in the workbook is read from its new place."""
    package = made()
    form = package.forms[0]
    book = opened(workbook.forms(package))
    box(book[form.key], boxes(form).appointees("career")).value = 6
    out = io.BytesIO()
    book.save(out)
    (content,) = recalculate([out.getvalue()], tmp_path)
    changed = [(one.form, one.box, one.now) for one in differences.between(package.forms, workbook.read_forms(content))]
    assert changed[0] == ("Form 1558, plan p0", "item 3, career", "6")
    assert ("Form 1558, plan p0", "item 9, percent", "50%") in changed
    printed = [one.partition(",")[0] for one, _ in differences.boxes(form)][2:]
    assert list(dict.fromkeys(printed)) == [f"item {number}" for number in NUMBERS.values()]


@pytest.mark.usefixtures("later")
def test_the_proof_goes_by_the_new_numbers():
    """Line by line in the new order, each with the value of what it holds, and what it ties to under its new number."""
    package = made()
    lines = {line.item: line for line in proof.lines(package.forms[0])}
    assert list(lines) == KEYS
    assert lines["3"].value == "career 4, noncareer 1, limited 0"
    assert lines["3"].ties_to == "At least item 12 SUM, column by column."
    assert lines["6"].made == "10 percent of item 5 ALL PAY, rounded down to the cent."
    assert (lines["6"].value, lines["6"].ties_to) == ("$80,000", "Item 5 ALL PAY.")
    assert lines["7"].ties_to == "Item 8 times rates; item 6 as a limit."
    assert (lines[ADDED].value, lines[ADDED].made) == ("3", "Item 12 Permanent, levels 4 and 5.")
    assert [lines[number].value for number in MADE] == ["$20,000", "25.0%"]
    rows = opened(workbook.forms(package), data_only=True)["Proof"].iter_rows(values_only=True)
    ties = {row[1]: row[6] for row in rows if row[0] == package.forms[0].key}
    assert {item: tie for item, tie in ties.items() if tie} == {"7": "within item 6", "8": "holds", "12": "holds"}


@pytest.mark.usefixtures("later")
def test_forms_json_has_the_new_numbers_as_keys():
    """The edition is named, the items stand under its numbers, and the form comes back; a year before has the former keys."""
    package = made()
    data = json.loads(package.to_json())["forms"][0]
    assert data["edition"] == f"{YEAR}-09-01"
    assert list(data["items"]) == KEYS
    assert data["items"]["3"] == {"career": 4, "noncareer": 1, "limited": 0}
    assert data["items"]["4"] == f"{YEAR}-12"
    assert data["items"]["5"]["rows"]["aggregate"] == {"number": 4, "total": "800000"}
    assert (data["items"]["6"], data["items"][ADDED]) == ("80000.00", 3)
    assert [data["items"][number] for number in MADE] == ["20000.00", "25.0"]
    before = json.loads(made(YEAR - 1).to_json())["forms"][0]
    assert "edition" not in before
    assert list(before["items"]) == [str(number) for number in range(1, 11)]
    assert before["items"]["9"] == data["items"]["3"]
    for package_of in (package, made(YEAR - 1)):
        for form in package_of.forms:
            assert form_from_dict(json.loads(json.dumps(form_to_dict(form)))) == form
    with pytest.raises(FactError, match=r"The edition of 2040-01-01 of the form is not known here"):
        form_from_dict(data | {"edition": "2040-01-01"})


@pytest.mark.usefixtures("later")
def test_sentences_outside_a_form_name_the_items_of_their_year():
    """The answer on the day of the base pay, agency.yaml, the checks: each by the edition of its year."""
    assert base_pay_date(paid_in=f"{YEAR}-12").says == f"Item 5 is taken on {YEAR}-09-30."
    assert base_pay_date(paid_in="2002-12").says == "Item 4 is taken on 2002-09-30."
    assert "# item 9 is a percentage of: " in agency_text(agency(YEAR))
    assert "# item 8 is a percentage of: " in agency_text(agency(2026))
    assert CHECKS["R02"].holds(editions.newest()) == "Item 6: the award pool follows from item 5."
    assert CHECKS["R13"].holds(editions.newest()).startswith("Items 5 to 8 and 9 are all filled, or all blank;")


def said(package):
    """Every sentence of a report that may name an item."""
    yield from (str(problem) for problem in package.problems)
    yield from package.account.text
    yield from map(str, package.limits)
    yield from (f"{one}: {used} [{code}]" for one, used, code in
                readings.all_used(package.agency.options, editions.edition(package.agency.fiscal_year)))  # fmt: skip
    yield from agency_text(package.agency).splitlines()
    for form in package.forms:
        yield from (*form.footnotes, *form.blanks.values())
        yield from (f"{box}: {value}" for box, value in differences.boxes(form))
        yield from (f"{line.made} {line.ties_to} {line.blank}" for line in proof.lines(form) if line.item != ADDED)


def faulty(package):
    """The same report with faults put into each form, so that the checks speak."""
    for form in package.forms:
        for change in (
            {"pool": Decimal(1)}, {"paid_amount": Decimal(999_999_999)}, {"paid_amount": Decimal(1)},
            {"awards_number": 5}, {"awards_number": None}, {"pattern": "F"}, {"form": "1558A"},
            {"appointees": dict.fromkeys(form.appointees, 0)}, {"awards_percent": Decimal("100.1")},
            {"levels": dict.fromkeys(form.levels, 9) if form.levels else None},
        ):  # fmt: skip
            forms = [replace(form, **change) if one is form else one for one in package.forms]
            rows = [(row.plan, row.rating) for row in package.supplement[1:]]
            yield from (f"{one} {one.column}" for one in form_checks.problems(package.agency, forms, rows))


FOLDERS = [
    folder for place in (CASES, SAMPLES, FIELD) for folder in sorted(place.iterdir()) if (folder / "agency.yaml").is_file()
]  # fmt: skip


@pytest.mark.parametrize("option", ["first", "last"])
def test_everything_said_has_the_new_numbers_and_nothing_else_is_new(of_old, monkeypatch, option):
    """Over every sample: each sentence on the made-up edition is that on the oldest one with the numbers put in place."""
    alone, both = of_old
    chosen = {} if option == "first" else {
        "form_1558a_pool": "as_printed", "presidential_in_ratings": "exclude", "item_8_denominator": "item_10_career",
        "pool_cap": "each_plan", "item_3_without_awards": "none",
    }  # fmt: skip
    named, compared = set(), 0
    for folder in FOLDERS:
        opening = report.open_folder(folder)
        if opening.agency is None:
            continue
        described = opening.agency.model_copy(update={"options": Options(**chosen)}) if chosen else opening.agency
        packages = []
        for of in (alone, both):
            monkeypatch.setattr(editions, "FOLDER", of)
            package = report.complete(described, opening.roster)
            packages.append(([*said(package), *faulty(package)], package.forms[0].edition))
        (old, first), (new, second) = packages
        if described.fiscal_year < 2002:
            assert (old, first) == (new, second)
            continue
        assert (first.numbers["pool"], second.numbers["pool"]) == ("5", "6")
        assert sorted(map(renumbered, old)) == sorted(new), folder.name
        named |= {number for one in new for number in re.findall(r"\b[Ii]tem (\d+)", one)}
        compared += 1
    assert compared > 20
    assert named == set(NUMBERS.values())


def test_reports_on_two_editions_differ_in_their_values_only(of_old, monkeypatch):
    """A report made anew after its edition was recorded changes no box, and one that differs is named by the new number."""
    alone, both = of_old
    monkeypatch.setattr(editions, "FOLDER", alone)
    sent = [form_to_dict(form) for form in made(2026).forms]
    monkeypatch.setattr(editions, "FOLDER", both)
    before, now = [form_from_dict(form) for form in sent], made(2026).forms
    assert before[0].edition != now[0].edition
    assert not differences.between(before, now)
    (one,) = differences.between(before, [replace(now[0], pool=Decimal(1)), *now[1:]])
    assert (one.box, one.now) == ("item 6", "$1")


def test_a_workbook_of_the_former_edition_still_reads_back(of_old, monkeypatch):
    """Written before the edition of its year was recorded: each item is found where that workbook has it."""
    alone, both = of_old
    monkeypatch.setattr(editions, "FOLDER", alone)
    package = made(2026)
    content = workbook.forms(package)
    monkeypatch.setattr(editions, "FOLDER", both)
    assert workbook.read_forms(content) == list(package.forms)
