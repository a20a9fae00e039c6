"""The first page of the decision paper: what is asked and by when, who signs for whom, what the year leaves open."""

from __future__ import annotations

import hashlib
import re
import shutil
import subprocess
from datetime import date
from decimal import Decimal

import pytest

from seskit.formats.days import days_in_words
from seskit.formats.sheets import typeset
from seskit.paper.closeout import decision, front, report
from seskit.work import closeout
from seskit.work.closeout import deciding, earlier, notices
from tests.closeouts import done, folder, person, worksheet_rows
from tests.places import SAMPLES

PAID_BEFORE = ("2006-10-01", "2007-09-30")
PAID_AFTER = ("2007-10-01", "2008-09-30")
OLD = dict.fromkeys(("N1", "N2"), ("", 9000, "", "", ""))


@pytest.fixture(scope="module", params=["DBT", "CTA"])
def sample(request):
    """A sample with a pay worksheet and staff of an Inspector General."""
    return done(SAMPLES / request.param)


def two(place, period, **rows):
    """One executive of the agency and one of its Office of Inspector General, rated outstanding."""
    people = [person("N1", 5, rate=150000), person("N2", 5, rate=150000, ig="yes")]
    return done(folder(place, people, period=period, pay=worksheet_rows(people, **(rows or OLD))))


@pytest.mark.parametrize(("period", "apart"), [(PAID_BEFORE, False), (PAID_AFTER, True)])
def test_both_sides_of_the_day_from_which_an_inspector_general_is_the_head(tmp_path, period, apart):
    """Pub. L. 110-409 s. 14, from October 14, 2008: the award of December 2008 is the Inspector General's, that of 2007 not."""
    groups = {group.approver: group for group in decision.paper(two(tmp_path, period)).groups}
    whose = deciding.INSPECTOR if apart else deciding.AGENCY_HEAD
    assert "N2" in [row[0] for row in groups[whose].rows]
    assert "N1" in [row[0] for row in groups[deciding.AGENCY_HEAD].rows]
    assert (deciding.INSPECTOR in groups) is apart


def test_whoever_decides_on_the_paper_signs_the_notice(sample):
    """Each notice of a rate has the official of its group; of an award the head of that executive's agency."""
    groups = {row[0]: group.approver for group in decision.paper(sample).groups for row in group.rows}
    made = list(notices.of_pay(sample))
    inside = {number for number, one in sample.people.items() if one.ig_office}
    assert {one.person.person_id for one in made} & inside
    for one in made:
        number = one.person.person_id
        if number in inside:
            assert one.signer == groups[number] == deciding.INSPECTOR
        elif "award" in one.kind:
            assert one.signer == deciding.AGENCY_HEAD
        else:
            assert one.signer == groups[number]


def test_every_award_and_every_rate_is_before_one_official_and_no_second(sample):
    """The awards of the lines to sign add up to what is proposed; so do the executives whose rates change."""
    made = decision.paper(sample)
    said = dict(made.signers)
    awards = [amount for line in said.values() for amount in re.findall(r"[Aa]wards[^:]*: \$([\d,.]+\d)", line)]
    assert sum(Decimal(one.replace(",", "")) for one in awards) == sample.found.awards_proposed
    rates = [int(many) for line in said.values() for many in re.findall(r"Rates of (\d+) executive", line)]
    assert sum(rates) == sum(bool(one.change) for one in sample.found.rows)


def test_each_board_has_a_line_and_its_chair_finds_the_rows():
    """Two boards on two plans: two chairs, everyone before one of them, the plan in each row; one board: no plan."""
    two_boards, one = decision.paper(done(SAMPLES / "DBT")), decision.paper(done(SAMPLES / "CTA"))
    chairs = [(who, what) for who, what in two_boards.signers if who.endswith(", chair")]
    assert [who for who, _ in chairs] == ["Department board, chair", "Tunnel Service board, chair"]
    before = [int(re.search(r"on (\d+) executives of plan", what).group(1)) for _, what in chairs]
    rows = [row for group in two_boards.groups for row in group.rows]
    assert before == [sum(f"(plan {plan})" in row[1] for row in rows) for plan in ("dept", "tunnels")]
    assert sum(before) == len(rows)
    assert [who for who, _ in one.signers if who.endswith(", chair")] == ["Administration board, chair"]
    assert not [row for group in one.groups for row in group.rows if "(plan " in row[1]]


@pytest.mark.parametrize(
    ("plans", "told"), [("", False), ("[main]", False), ("[main, other]", False), ("[other]", True)]
)
def test_executives_whom_no_board_is_for_are_told_with_a_line_to_sign(tmp_path, plans, told):
    """Before the signatures and among them, with the plan in each row; a board without plans is for all."""
    people = [person("A1", 5), person("A2", 3)]
    place = folder(tmp_path / "INV", people, pay=worksheet_rows(people, A1=("", 12000, "", "", "")))
    (place / "appraisal.yaml").write_text(
        f"plan: agency\nboards:\n- {{name: Board A, members: 5, career: 3{f', plans: {plans}' if plans else ''}}}\n",
        encoding="utf-8",
    )
    paper = decision.paper(done(place))
    said = "2 executives of plan main are not before any board named."
    assert any(line.startswith(said) for line in paper.attention) is told
    assert [who for who, what in paper.signers if what.startswith(said)] == [
        "Performance Review Board to be named, chair"
    ] * told
    assert all(("(plan main)" in row[1]) is told for group in paper.groups for row in group.rows)


def test_what_is_asked_by_when_and_what_follows(tmp_path):
    """Each matter has its day and its law where it is proposed, and is not spoken of where it is not."""
    people = [person("A1", 5)]
    both, award, rate, none = (
        " ".join(front.asks(done(folder(tmp_path / name, people, pay=worksheet_rows(people, A1=row)))))
        for name, row in {
            "both": (206000, 12000, "", "", ""), "award": ("", 12000, "", "", ""), "rate": (206000, "", "", "", ""),
            "none": ("", "", "", "", ""),
        }.items()
    )  # fmt: skip
    for said, has_award, has_rate in ((both, True, True), (award, True, False), (rate, False, True)):
        for words in ("2024-12-20", "5 U.S.C. 5384", "no award is paid", "aggregate limit"):
            assert (words in said) is has_award, said
        for words in ("2025-01-12", "5 U.S.C. 5383", "no rate changes"):
            assert (words in said) is has_rate, said
    assert none == "No award and no change of a rate is proposed: nothing is to be approved."


def test_what_the_year_leaves_open_is_before_the_signatures():
    """A board that may not sit so, and those with a proposal whose year is not in order; nobody without a proposal."""
    found = done(SAMPLES / "DBT")
    said = " ".join(decision.paper(found).attention)
    assert "Tunnel Service board: a requirement is not met." in said
    assert "5 U.S.C. 4314(c)(5)" in said
    line = next(one for one in decision.paper(found).attention if one.startswith("The record of the appraisal year"))
    named = set(re.findall(r"DBT\d+", line))
    proposed = {one.row.person_id for one in found.found.rows if one.change or one.row.proposed_award}
    wanting = {one.person_id for one in found.year.findings}
    assert named == wanting & proposed
    assert wanting - proposed


def test_a_folder_without_the_record_of_the_year_says_nothing_of_it(tmp_path):
    """No appraisal.yaml: one line for the board, and no sentence on the year."""
    made = decision.paper(two(tmp_path, ("2023-10-01", "2024-09-30"), N1=(155000, 9000, "", "", "")))
    assert made.signers[0][0] == "Performance Review Board, chair"
    assert "appraisal year" not in " ".join(made.attention)


@pytest.mark.skipif(not shutil.which("pdftotext"), reason="poppler-utils is not installed")
@pytest.mark.parametrize("name", ["DBT", "CTA", "BSC", "LKA"])
def test_whoever_signs_reads_one_page(name):
    """What is asked and every line to sign are on the first page of the PDF, however many sign."""
    made = decision.paper(done(SAMPLES / name))
    ran = subprocess.run(
        ["pdftotext", "-raw", "-l", "1", "-", "-"], input=typeset.pdf(decision.sheets(made)), capture_output=True, check=True
    )  # fmt: skip
    first = " ".join(ran.stdout.decode().split())
    for words in (*made.asks, *(who for who, _ in made.signers), "Signature"):
        assert days_in_words(words) in first, words


def test_an_executive_whose_office_is_not_known_stays_with_the_agency():
    """No entry in the column: the agency's officials."""
    assert deciding.head(None, date(2024, 12, 20)) == deciding.AGENCY_HEAD


def test_the_paper_names_the_files_it_rests_on(tmp_path):
    """An auditor holds each file against the paper; another proposal is another paper, another vacancy is not."""
    place = folder(tmp_path, [person("A1", 5)], pay=worksheet_rows([person("A1", 5)], A1=(206000, 12000, "", "", "")))
    first = decision.paper(done(place)).files
    assert first == tuple(
        f"{name} {hashlib.sha256((place / name).read_bytes()).hexdigest()[:16]}"
        for name in ("agency.yaml", "pay.csv", "pay.yaml", "roster.csv")
    )
    (place / "vacancy.yaml").write_text("as_of: 2024-12-01\nvacancies: []\n")
    assert decision.paper(done(place)).files == first
    pay = place / "pay.csv"
    pay.write_text(pay.read_text().replace("12000", "12100"))
    assert decision.paper(done(place)).files != first


@pytest.mark.parametrize(("on_roster", "proposed", "said"), [
    (12000, 12000, ""), ("", 12000, ""), (12000, 11000, "The roster has 1 award of $12,000 as determined, this paper 1 award of $11,000"),
    (12000, "", "The roster has 1 award of $12,000 as determined, this paper 0 awards of $0"),
])  # fmt: skip
def test_awards_that_are_determined_already_are_not_proposed_anew_in_silence(tmp_path, on_roster, proposed, said):
    """Roster and worksheet of one period: the same awards, or none on the roster yet, or the paper says how they differ."""
    people = [person("A1", 5)]
    place = folder(tmp_path, people, pay=worksheet_rows(people, A1=(206000, proposed, "", "", "")))
    roster = place / "roster.csv"
    first, row = roster.read_text().splitlines()
    assert row.endswith(",")
    roster.write_text(f"{first}\n{row}{on_roster}\n")
    told = [one for one in decision.paper(done(place)).attention if "as determined" in one]
    assert bool(told) is bool(said)
    found = [str(one) for one in done(place).problems if "determined in the roster" in one.reason]
    assert [f"A1 (${on_roster:,} determined, ${proposed or 0:,} here)" in one for one in found] == [True] * bool(said)
    if said:
        assert told[0].startswith(said)
        assert "differ for 1 executive:" in told[0]
        agency = place / "agency.yaml"
        agency.write_text(
            agency.read_text().replace("status: paid", "status: pending").replace(", determined_on: 2024-12-08", "")
        )
        assert not [one for one in decision.paper(done(place)).attention if "as determined" in one], (
            "nothing is determined yet"
        )
        assert not [one for one in done(place).problems if "determined in the roster" in one.reason]


def test_the_closeout_says_why_the_decision_paper_allows_more(sample):
    """One rate of DBT waits for an approval: both figures stand in the closeout, the second is the paper's; none waits in CTA."""
    body = report.document(sample).body.replace("\\", "")
    (rises,) = [row for row in decision.paper(sample).strip if row[0].startswith("Increases")]
    assert ("Not counted as allowed here" in body) is bool(sample.to_approve)
    if sample.to_approve:
        assert f"With it {rises[2]} of the increases a year is allowed" in body


def test_the_pools_with_the_inspector_generals_office_apart_are_on_the_paper_as_in_the_note():
    """One sentence in both places; whoever signs is told to ask which pool holds."""
    found = closeout.closeout(closeout.open_folder(SAMPLES / "DBT"))
    (note,) = [said for said in found.opened.notes if "Office of Inspector General" in said]
    (told,) = [said for said in front.attention(found, frozenset()) if "Inspector General decides" in said]
    pools = note[note.index("The award pool includes them") :]
    assert told == f"The Inspector General decides on that office's executives. {pools}"


def test_a_paper_made_again_from_other_files_says_what_changed(tmp_path):
    """By file and by number, however often it is made; the same files, another year and a torn record say nothing."""
    people, out = [person("A1", 5), person("A2", 5)], tmp_path / "out"
    place = folder(tmp_path / "in", people, pay=worksheet_rows(people, A1=(206000, 12000, "", "", "")))

    def told():
        found = done(place)
        assert [path.name for path in found.write_paper(out, ["html"])] == ["decision_paper.html"]
        return earlier.changed(found, out), (out / "decision_paper.html").read_text(encoding="utf-8")

    assert told()[0] is None
    assert told()[0] is None
    pay = place / "pay.csv"
    pay.write_text(pay.read_text().replace("206000,12000", "206500,11000").replace("A2,200000", "A2,199000"))
    (place / "closeout.yaml").write_text("ceiling_waived: no\n")
    for _ in range(2):
        since, page = told()
        assert since.files == ("closeout.yaml is new", "pay.csv changed")
        assert list(since.each) == ["A1: rate $206,000, now $206,500; award $12,000, now $11,000."]
        assert since.says in page
        assert decision.CHANGED_TITLE in page
    pay.write_text("\n".join(line for line in pay.read_text().splitlines() if not line.startswith("A2")))
    assert list(told()[0].each) == ["A2: rate no change, now not on it; award none, now not on it."]
    pay.write_text(pay.read_text() + "\n")
    assert told()[0].says.endswith("pay.csv changed. The proposals are the same.")
    agency = place / "agency.yaml"
    agency.write_text(agency.read_text().replace("code: INV", "code: OTH"))
    assert told()[0] is None, "the paper of another agency"
    (out / "decision_paper.json").write_text("{")
    pay.write_text(pay.read_text() + "\n")
    assert told()[0] is None


def test_pool_and_spending_limit_say_what_they_are_shares_of(sample):
    """The first page has the base, its day, percent and law, what is doubtful about guidance, and a year in which awards were stopped."""
    said = decision.paper(sample).limits
    sheet = sample.sheet
    assert (
        f"{sheet.pool_aggregate:,.0f} ({sheet.pool_count} rates); the pool is 10 percent of it (5 U.S.C. 5384(b)(3)"
        in said
    )
    stopped = sheet.terms.awards_paid_on.year == 2012
    assert ("stopped discretionary awards" in said) == stopped
    assert ("Whether it was replaced after fiscal year 2017 is not known" in said) == (not stopped)


def test_a_paper_of_early_2004_says_that_an_interim_rule_applied_and_cites_nothing_later(tmp_path):
    """No system could be certified before July 29, 2004, so none need be stated, and 5 CFR 430.404 was not there yet."""
    people = [person("A1", 3, 120000), person("A2", 4, 120000)]
    pay = worksheet_rows(people, **dict.fromkeys(("A1", "A2"), ("", 12000, "", "", "")))
    place = folder(tmp_path / "early", people, period=("2002-10-01", "2003-09-30"), pay=pay)
    stated = place / "agency.yaml"
    stated.write_text(stated.read_text().replace("certified: yes\n", ""))
    found = done(place)
    attention = decision.paper(found).attention
    assert any("an interim rule applied" in one for one in attention)
    (flag,) = (one for one in found.found.together if one.check == "award differentiation")
    assert flag.citation == "5 CFR 534.404(b)(3)"
    assert "is 10 percent of pay at level 4 and 10 percent at level 3" in flag.text


def test_rates_in_the_pool_that_are_none_of_that_day_are_named_before_the_signatures(tmp_path):
    """As the roster check warns of them; the base of 2003 includes locality pay, and a presidential appointee has another rate."""
    people = [person("A1", 3, 120000), person("A2", 4, 118300, 10000), person("A3", 4, 166200, kind="presidential")]
    for year, told in (
        (2002, ["1 rate that the pool counts can hardly be right: A1, $120,000 is none of the six ES rates"]),
        (2003, []),
    ):
        place = folder(tmp_path / str(year), people, period=(f"{year - 1}-10-01", f"{year}-09-30"))
        said = [one for one in decision.paper(done(place)).attention if "that the pool counts" in one]
        assert [one.partition(" on ")[0] for one in said] == told
