"""Which heading that nothing is read from speaks against what is read: another rating, award or rate, or somebody or an award that does not count."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta

from seskit.formats.counts import number_of
from seskit.formats.privacy import shown
from seskit.record.roster import award_headings, leaving_headings, printed
from seskit.record.roster.columns import canonical
from seskit.record.roster.heading_times import ReportDays, stands_before
from seskit.record.roster.pay_headings import is_basic_pay
from seskit.record.roster.printed.words import TYPES, level, level_words, no
from seskit.record.roster.usual_headings import PAYS, columns, elsewhere, may_speak_for, names_inspector, words

#: A column that is read, with its heading and its cells, one for each person.
Read = Mapping[str, tuple[str, Sequence[str]]]

_OF_ROWS = frozenset(("fy", "fiscalyear", "fiscal", "cycle", "period"))
_NOT_OF_ROWS = frozenset(
    ("pay", "salary", "rate", "basic", "base", "entry", "plan", "start", "begin", "rating", "appointment", "probation")
)
_LEAST_PAY = 50_000
_SEASON = timedelta(days=180)
_STATUS = frozenset(("status", "active", "onboard", "board", "rolls", "employed", "remark", "remarks", "note", "notes", "comment", "comments",
                     "noa", "disposition", "incumbency", "former"))  # fmt: skip
#: What else has a status, or remarks of its own.
_OTHER_STATUS = frozenset(
    ("award", "awards", "bonus", "rating", "appraisal", "review", "plan", "tenure", "career", "appointment", "probation", "marital",
     "military", "veteran", "veterans", "citizenship", "retirement", "clearance", "security", "training", "certification", "tax", "flsa",
     "eligibility", "disability")
)  # fmt: skip
_GONE = re.compile(
    r"\b(separat(?:ed|ion)|retired|resign(?:ed|ation)|terminat(?:ed|ion)|transferred|deceased|died|vacant|vacancy|inactive|departed|"
    r"not on board|off the rolls|left|removed|ipa in|details? in|detailed in|gone|no longer|former(?= employee| executive| member|$)|duplicate|delete|void|do not (?:count|include|use))\b",
    re.IGNORECASE,
)
_DITTO = frozenset(("", '"', "''", "\u3003", "\u201d", "ditto", "do."))
#: Whether somebody counts in the report, by the agency's own mark; and headings where yes says the contrary.
_OUT = frozenset(("exclude", "excluded", "omit", "omitted"))
_COUNTS = frozenset(("include", "included")) | _OUT
_NOT = frozenset(("no", "n", "false", "f", "0"))
_OF_SES = frozenset(("ses", "y", "n", "yes", "no", "member", "in", "is", "flag", "indicator", "ind", "executive"))
_ANSWERS = frozenset(("yes", "y", "true", "t", "1", "x")) | _NOT
_YES_OR_NO = frozenset(("active", "onboard", "board", "rolls", "employed"))
_LETTERS_GONE = frozenset("TSRIXL")
_SEPARATIONS = re.compile(r"3\d\d\b")
_OTHER_PLAN = re.compile(r"(?!S?ES\b)[A-Z]{2}\b", re.IGNORECASE)
_PLANS = re.compile(r"(?:S?ES|SL|ST|GS|GM|GG|AD|EX|SK|SV|IP|NH|SR|FE)(?:-?\d\d)?", re.IGNORECASE)
#: What stands in place of a person: a post that nobody holds, a line of the blank file, a row that somebody took back.
_NOBODY = re.compile(
    r"\n[^\w\n]*(?:(?:vacan(?:t|cy)\b|(?:void|example)\b(?! *, *\w))|(?:sample|duplicate|test(?: record| row)?|tbd)\W*$)",
    re.IGNORECASE | re.MULTILINE,
)
_PAY_PLANS = (frozenset(("pay", "plan")), frozenset(("payplan",)), frozenset(("pp",)))
_OF_AWARD = frozenset(("award", "awards", "bonus"))
_SAYS_OF_AWARD = frozenset(("status", "type", "kind", "code", "nature", "category", "approved", "approval", "noa", "decision", "note", "notes",
                            "remark", "remarks", "comment", "comments", "accepted"))  # fmt: skip
_DATED = frozenset(("year", "fy", "cy", "date", "dated", "paid", "effective", "period", "cycle"))
_NONE_OF_PERFORMANCE = re.compile(
    r"\b(declin\w*|rank|presidential|distinguished|meritorious|pending|not approved|disapproved|denied|waived?|recoup\w*|repa(?:id|yment)|"
    r"cancel\w*|revers\w*|special|retention|recruitment|relocation|qsi|time off|withdrawn|rescinded|not paid|on hold|878)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Against:
    """A heading, the people of whom it speaks by their place, and what it says, for a sentence that begins with it."""

    heading: str
    places: tuple[int, ...]
    says: str
    #: Whether it is about these people, and not about what the column holds.
    of_people: bool = True
    #: Whether their rows may be none of the report's, so that leaving them out is one answer.
    out: bool = False


def found(heading: str, cells: Sequence[str], read: Read, report: ReportDays | None = None) -> Against | None:
    """What a heading that nothing is read from says against what is read; None where nothing."""
    if elsewhere(heading):
        return None
    for judge in (_another_figure, _gone, _no_award, _another_year):
        said = judge(heading, cells, read, report)
        if said:
            out = judge is _gone and not words(heading) & _YES_OR_NO
            return Against(heading, *said, of_people=judge is not _another_figure, out=out)
    return None


def _another_figure(
    heading: str, cells: Sequence[str], read: Read, report: ReportDays | None
) -> tuple[tuple[int, ...], str] | None:
    """A second column of ratings, awards or rates whose figures differ, unless its words say that the other took its place."""
    named = columns(heading, ["rating"]) or ("final" in words(heading) or may_speak_for(heading, "rating"))
    if named and "rating" in read:
        said = [_level(cell) for cell in cells]
        mine = [_level(cell) for cell in read["rating"][1]]
        places = tuple(
            n for n, (one, other) in enumerate(zip(mine, said, strict=False)) if one and other and one != other
        )
        return _differing(heading, read["rating"][0], places, "another level", report)
    if "award" in read and award_headings.is_named(heading) and award_headings.amounts(heading, cells):
        amounts, own = _amounts(cells), _amounts(read["award"][1])
        places = tuple(
            n for n, (one, other) in enumerate(zip(own, amounts, strict=False)) if one and other and one != other
        )
        return _differing(heading, read["award"][0], places, "another amount", report)
    if "appointment_type" in read and columns(heading, ["appointment_type"]):
        pairs = enumerate(zip(map(_type, read["appointment_type"][1]), map(_type, cells), strict=False))
        places = tuple(n for n, (one, other) in pairs if one and other and one != other)
        return _differing(heading, read["appointment_type"][0], places, "another type of appointment", report)
    pays = [column for column in PAYS if column in read]
    if pays and is_basic_pay(heading) and award_headings.holds_money(heading, cells):
        amounts, rates = _amounts(cells), [_amounts(read[column][1]) for column in pays]
        places = tuple(
            n for n, one in enumerate(amounts)
            if one and one >= _LEAST_PAY and (beside := [rate[n] for rate in rates if n < len(rate) and rate[n]]) and one not in beside
        )  # fmt: skip
        if places and "before" in words(heading):  # before an adjustment, which may have come after the day that counts
            return (
                places,
                f"holds another rate than '{shown(read[pays[0]][0])}' for {number_of(len(places), 'person', 'people')}",
            )
        return _differing(heading, read[pays[0]][0], places, "another rate", report)
    return None


def _differing(
    heading: str, used: str, places: tuple[int, ...], what: str, report: ReportDays | None
) -> tuple[tuple[int, ...], str] | None:
    if not places or stands_before(heading, used, report):
        return None
    return places, f"holds {what} than '{shown(used)}' for {number_of(len(places), 'person', 'people')}"


def _gone(heading: str, cells: Sequence[str], *_: object) -> tuple[tuple[int, ...], str] | None:
    """A status, a remark or a pay plan that says of somebody not to be a member of this SES."""
    said = words(heading)
    if (said in _PAY_PLANS or _are_plans(cells)) and any(
        re.match(r"S?ES\b", cell.strip(), re.IGNORECASE) for cell in cells
    ):
        told = [cell.strip() if _OTHER_PLAN.match(cell.strip()) else "" for cell in cells]
    elif (said & _COUNTS and not said & _OTHER_STATUS) or _asks_of_ses(said, cells):
        told = [_yes_or_no(cell, counts=not said & _OUT) for cell in cells]
    elif said & _STATUS and not said & _OTHER_STATUS:
        told = [_word_of_leaving(cell, said) for cell in cells]
        letters = {cell.strip().upper() for cell in cells if cell.strip()}
        if "status" in said and "A" in letters and all(len(one) == 1 for one in letters):
            told = [cell.strip() if cell.strip().upper() in _LETTERS_GONE else "" for cell in cells]
    else:
        return None
    places, listed = _said(told)
    return (
        (places, f"says {listed} of {number_of(len(places), 'person', 'people')} who may not be on the rolls")
        if places
        else None
    )


def _asks_of_ses(said: frozenset[str], cells: Sequence[str]) -> bool:
    """Whether a column answers with yes or no who is of the SES."""
    return "ses" in said and said <= _OF_SES and all(cell.strip().lower() in _ANSWERS for cell in cells if cell.strip())


def _yes_or_no(cell: str, *, counts: bool) -> str:
    """What a cell says of a person who does not count; `counts` is whether yes means that the person does."""
    plain = cell.strip()
    if plain.lower() in _NOT or (plain and no(plain)):
        return plain if counts else ""
    return "" if counts or not plain else plain


def _are_plans(cells: Sequence[str]) -> bool:
    """Whether every cell that is filled holds a pay plan, whatever the heading, and most are those of the SES."""
    given = [cell.strip() for cell in cells if cell.strip()]
    of_ses = [cell for cell in given if re.match(r"S?ES\b", cell, re.IGNORECASE)]
    return bool(given) and all(map(_PLANS.fullmatch, given)) and len(of_ses) * 2 > len(given)


def of_nobody(*said: str) -> bool:
    """Whether one of these numbers and names says that its row is of nobody: VACANT, EXAMPLE, VOID."""
    return bool(_NOBODY.search("\n".join(("", *said))))


def below_inspector(offices: Sequence[str]) -> tuple[int, ...]:
    """The places of rows whose office is blank or a ditto mark below one that names an Inspector General's: they may be of it."""
    found, of_inspector = [], False
    for place, office in enumerate(offices):
        if office.strip() in _DITTO:
            found += [place] if of_inspector else []
        else:
            of_inspector = names_inspector([office])
    return tuple(found)


def without_heading(cells: Sequence[str]) -> tuple[tuple[int, ...], str] | None:
    """What a column without a heading says of somebody's having left, as a remark does; or that it holds amounts that may be the ones to read."""
    places, listed = _said([_word_of_leaving(cell, frozenset()) for cell in cells])
    many = number_of(len(places), "person", "people")
    if places:
        return places, f"has no heading, and says {listed} of {many} who may not be on the rolls"
    if any(amount >= _LEAST_PAY for amount in _amounts(cells)) and award_headings.holds_money("", cells):
        places = tuple(n for n, amount in enumerate(_amounts(cells)) if amount)
        return places, f"has no heading, and holds amounts of money for {number_of(len(places), 'person', 'people')}"
    return None


def _said(told: Sequence[str]) -> tuple[tuple[int, ...], str]:
    """The places of those of whom something is said, and the first of what is said."""
    words_said = list(dict.fromkeys(filter(None, told)))[:2]
    return tuple(n for n, one in enumerate(told) if one), " and ".join(f"'{shown(one)}'" for one in words_said)


def _word_of_leaving(cell: str, said: frozenset[str]) -> str:
    if found := _GONE.search(cell):
        return found[1].lower()
    if said & _YES_OR_NO and (cell.strip().lower() in _NOT or (cell.strip() and no(cell))):
        return "no"
    return cell.strip()[:3] if "noa" in said and _SEPARATIONS.match(cell.strip()) else ""


def _no_award(
    heading: str, cells: Sequence[str], read: Read, _: ReportDays | None
) -> tuple[tuple[int, ...], str] | None:
    """A column beside the awards that says of somebody's that it is none, another kind's, or another year's."""
    said = words(heading)
    if "award" not in read or not (said & _OF_AWARD or said in ({"approved"}, {"noa"}, {"accepted"})):
        return None
    beside = [cell.strip() if amount else "" for cell, amount in zip(cells, _amounts(read["award"][1]), strict=False)]
    if said & _SAYS_OF_AWARD:
        told = [_word_against(cell) for cell in beside]
    elif said & _DATED:
        told = list(_elsewhen(_award_years(beside)))
    else:
        return None
    places, listed = _said(told)
    return (
        (places, f"says {listed} of {number_of(len(places), 'award')} in '{shown(read['award'][0])}'")
        if places
        else None
    )


def _another_year(
    heading: str, cells: Sequence[str], _: Read, report: ReportDays | None
) -> tuple[tuple[int, ...], str] | None:
    """A column of fiscal years or periods in which rows are of another year than the report's, or some of another than most."""
    said = words(heading)
    if not said & _OF_ROWS or said & _NOT_OF_ROWS or said & _OF_AWARD:
        return None
    years = [_last_year(cell) for cell in cells]
    if report and (named := {one for one in years if one}) and not named & set(map(str, report.years)):
        places, listed = _said(years)
        return (
            places,
            f"says {listed} of {number_of(len(places), 'row')}, and the report is for fiscal year {report.fiscal_year}",
        )
    places, listed = _said(list(_elsewhen(years)))
    return (places, f"says {listed} of {number_of(len(places), 'row')}, and another year of most") if places else None


def _word_against(cell: str) -> str:
    if found := _NONE_OF_PERFORMANCE.search(cell):
        return found[1].lower()
    return "no" if cell.lower() in _NOT else ""


def _award_years(cells: Sequence[str]) -> list[str]:
    """The years of awards; none where all are days of one season, which the turn of the year may part."""
    days = [None if cell.isdigit() else leaving_headings.day_in(cell) for cell in cells if cell]
    given = [one for one in days if one]
    if given and len(given) == len(days) and max(given) - min(given) < _SEASON:
        return []
    return [_last_year(cell) for cell in cells]


def _last_year(cell: str) -> str:
    """The year in a cell, the last where it holds a period; empty where there is none."""
    return years[-1] if (years := re.findall(r"(?<!\d)(?:19|20)\d\d(?!\d)", cell)) else ""


def _elsewhen(years: Sequence[str]) -> Iterator[str]:
    """Of years, those that are another than most."""
    given = [year for year in years if year]
    usual = max(set(given), key=lambda year: (given.count(year), year), default="")
    yield from (year if year and year != usual else "" for year in years)


def _level(cell: str) -> str:
    plain = printed.held(cell) if cell else ""
    return (plain if plain in ("1", "2", "3", "4", "5") else level(plain) or level_words(plain) or "") if plain else ""


def _type(cell: str) -> str:
    """The type of appointment that a cell holds; empty where none."""
    return next((said for form in TYPES if (said := form.read(cell.replace("_", " "), {}))), "") if cell else ""


def _amounts(cells: Sequence[str]) -> list[float]:
    return [float(award_headings.total([cell])[1]) for cell in cells]


def of_all(
    extra: Mapping[str, Sequence[str]], read: Read, settled: set[str], report: ReportDays | None = None
) -> list[Against]:
    """What each of these headings says, but for those that a person said are not used."""
    looked = (found(head, cells, read, report) for head, cells in extra.items() if canonical(head) not in settled)
    return [one for one in looked if one]
