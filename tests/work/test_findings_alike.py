"""Findings of an appraisal year that are alike are one line with their people; the worst kind is first, none is hidden."""

from datetime import date

import appraisal_year as invented

from seskit.desk.appraisal import show
from seskit.paper.appraisal import packet
from seskit.work.appraisal import year_record
from seskit.work.appraisal.year_record import kinds


def audited(folder, people=50, before_the_board=7):
    """People whose plan came late, one of whom was rated before the board."""
    years = {f"HBR{number:03}": invented.clean(4, date(2024, 11, 18)) for number in range(1, people + 1)}
    for number, year in enumerate(years.values(), 1):
        year["plan"] = [[f"2023-10-{10 + number % 3}", "supervisor", "", ""]]
        if number == before_the_board:
            year["board"] = [["2024-11-25", "board", "4", ""]]
    invented.write(folder, years, [invented.person(number) for number in range(1, people + 1)])
    return year_record.audit(year_record.open_folder(folder))


def test_the_one_rated_before_the_board_is_first_on_the_page(tmp_path):
    """Fifty late plans are one line below it, with everyone's number or how many are not named."""
    found = audited(tmp_path)
    rows = show.findings(found).rows
    assert rows[0][0] == "HBR007"
    assert "(T15)" in rows[0][-1]
    late = rows[1]
    assert late[0].startswith("50 executives: HBR001, HBR002")
    assert late[0].endswith(f"HBR{kinds.MOST_NAMED:03} and 10 more, in the packet's workbook")
    assert late[2].startswith("For HBR001: Communicated October 11, 2023")
    assert len(rows) == 2
    assert "51 findings" in show.findings(found).title


def test_the_packet_has_each_kind_once_and_its_workbook_each_person(tmp_path):
    """The document begins with the worst kind; the workbook loses nobody."""
    found = audited(tmp_path)
    text = packet.document(found).body
    assert text.index("T15") < text.index("T2")
    assert len(packet.kind_rows(found)) == 2
    assert len(packet.finding_rows(found)) == 51
    assert packet.finding_rows(found)[0][:2] == ("T15", "HBR007")


def test_every_kind_is_shown_however_many_there_are(tmp_path):
    """Each single fault of the invented year stands on the page, with the person who has it."""
    years, people, expected = invented.sixty()
    found = year_record.audit(year_record.open_folder(invented.write(tmp_path, years, people)))
    shown = " ".join(row[0] for row in show.findings(found).rows)
    assert {who for who, check in expected.items() if check} == set(shown.replace(",", "").split()) & set(expected)


def test_what_is_not_met_comes_before_what_cannot_be_told(tmp_path):
    """A grave check that cannot be told stands behind a light one that is not met."""
    years = {f"HBR{number:03}": invented.clean(4, date(2024, 11, 18)) for number in (1, 2)}
    years["HBR001"]["final_rating"][0][1] = ""
    years["HBR002"]["plan"] = [["2023-10-10", "supervisor", "", ""]]
    invented.write(tmp_path, years, [invented.person(1), invented.person(2)])
    rows = show.findings(year_record.audit(year_record.open_folder(tmp_path))).rows
    assert [(row[0], row[1]) for row in rows] == [("HBR002", "not met"), ("HBR001", "cannot tell")]
