"""The notices that single executives receive, from the same record as the decision: pay, award, reduction, moves.

A notice is a draft while a fact is missing or the law stands against it; it says which. A limit that all share, as the
award pool, stands against each.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property
from pathlib import Path

from seskit.formats import results
from seskit.formats.days import long_date
from seskit.law import parameters
from seskit.law.appraisal.distribution import top_levels
from seskit.law.clocks import add_days
from seskit.law.facts import dollars
from seskit.law.pay_setting import clock
from seskit.law.pay_setting.facts import GROUNDS
from seskit.record.problem import Problem
from seskit.record.roster import Person
from seskit.work import hand_over
from seskit.work.closeout import ceiling, deciding
from seskit.work.closeout.figures import Closeout
from seskit.work.pay_setting.worksheet.checking import JudgedRow
from seskit.work.pay_setting.worksheet.finding import twelve_months

FORMATS = ("docx", "pdf")
LEFT_OPEN = "(to be written in)"
Said = tuple[str, str]  # a sentence, and what it rests on


@dataclass(frozen=True)
class Notice:
    """One notice to one executive: facts, what is decided or proposed, the executive's rights, and what is open."""

    kind: str
    person: Person
    facts: tuple[tuple[str, str], ...]
    says: tuple[Said, ...]
    rights: tuple[Said, ...]
    signer: str
    open: tuple[str, ...]
    answer: str = ""

    @property
    def title(self) -> str:
        """What the notice is."""
        return f"Notice of {self.kind}"


@dataclass(frozen=True)
class Notices:
    """Every notice of an agency, and what is wrong with the file of moves."""

    closeout: Closeout
    folder: Path
    only: tuple[str, ...] = ()

    @cached_property
    def _moves(self) -> tuple[list[Notice], list[Problem]]:
        from seskit.work.closeout import move_notices

        return move_notices.of_folder(self.folder, self.closeout)

    @property
    def problems(self) -> list[Problem]:
        """What is wrong with the file of moves."""
        return self._moves[1]

    @cached_property
    def listed(self) -> list[Notice]:
        """The notices in the order of the worksheet, then the moves."""
        made = [*of_pay(self.closeout), *self._moves[0]]
        return [one for one in made if not self.only or one.person.person_id in self.only]

    def write(self, out: str | Path, formats: Iterable[str] = FORMATS) -> list[Path]:
        """Write each as a file of its own, which its owner alone may open; names are in no other file.

        Notices to some executives leave those to others where they are.
        """
        whose = f"closeout notices {' '.join(self.only)}" if self.only else "closeout notices"
        with results.kept(out, whose):
            return hand_over.write("closeout.notices", self, out, formats)


def of_pay(closeout: Closeout) -> Iterator[Notice]:
    """The notices on pay and awards."""
    for judged in closeout.found.rows:
        person = closeout.people.get(judged.row.person_id)
        if person is None:
            continue
        if judged.change > 0:
            yield _adjustment(closeout, judged, person)
        elif judged.change < 0:
            yield _reduction(closeout, judged, person)
        if judged.row.proposed_award is not None:
            yield _award(closeout, judged, person)


def _open(closeout: Closeout, judged: JudgedRow, column: str) -> tuple[str, ...]:
    """What still stands against what a column proposes for one executive: findings of the row, of all rows, the ceiling.

    A finding that lists executives is made for this one alone, because a notice names nobody else.
    """
    row = judged.row
    of_all = (one for one in closeout.found.together if not one.people)
    own = (*judged.findings, *twelve_months((judged,), closeout.sheet.terms.effective))
    stands = [one for one in (*own, *of_all) if one.holds_back(row.person_id, column)]
    over = [
        ceiling.over_it(group)
        for group in closeout.groups
        if group.over and row.rating in top_levels() and closeout.people.get(row.person_id) in group.people
    ]
    return (*(f"{one.text} ({one.citation})" for one in stands), *over)


_RATE, _AWARD = "proposed_rate", "proposed_award"


def _rated(judged: JudgedRow) -> str:
    return f"level {judged.row.rating}" if judged.row.rating else "none on record"


def _adjustment(closeout: Closeout, judged: JudgedRow, person: Person) -> Notice:
    row, terms = judged.row, closeout.sheet.terms
    effective, relative = terms.effective, judged.row.action == "relative_position"
    facts = [
        ("Rate of basic pay now", dollars(row.rate)),
        ("New rate of basic pay", dollars(row.new_rate)),
        ("Increase", f"{dollars(judged.change)} a year, {judged.change_percent:.2f} percent"),
        ("Takes effect", long_date(effective)),
        ("Annual summary rating", _rated(judged)),
    ]
    if row.ground:
        of = "Exceptional case" if relative else "Ground for a second increase inside 12 months"
        facts.append((of, GROUNDS[row.ground]))
    if judged.by_cycle_record:
        facts.append(("Ground for a second increase inside 12 months", GROUNDS["appraisal_cycle"]))
        facts.append(("Record of that ground", str(terms.cycle_record)))
    to_minimum = row.new_rate <= closeout.found.limits.minimum
    law = "5 CFR 534.403(a)(1)" if to_minimum else "5 U.S.C. 5383; 5 CFR 534.404(b)"
    if not (relative or to_minimum) and (row.ground or judged.by_cycle_record):
        law = "5 U.S.C. 5383(c); 5 CFR 534.404(b), (c)(4), (5)"
    says = [
        (f"Your rate of basic pay is adjusted to {dollars(row.new_rate)} a year.", law),
        _counts(effective, relative=relative, to_minimum=to_minimum),
    ]
    return Notice(
        "a pay adjustment",
        person,
        tuple(facts),
        tuple(says),
        (),
        deciding.of_rate(judged, person, effective),
        _open(closeout, judged, _RATE),
    )


def _counts(effective: date, *, relative: bool, to_minimum: bool) -> Said:
    """Whether the increase starts new 12 months, and when they end."""
    if to_minimum:
        said = (
            "It reaches the minimum of the rate range, the lowest that may be paid, and does not start a new 12 months."
        )
        return said, "5 CFR 534.403(a)(1), 534.404(c)(3)(vii)"
    if relative:
        said = "It keeps your relative position in the rate range and does not start a new 12 months."
        return said, "5 CFR 534.404(b)(4)(i), (c)(3)(vi)"
    opens = long_date(clock.opens_on(effective))
    return (
        f"Your pay may next be adjusted on or after {opens}, with the exceptions in the regulation.",
        "5 U.S.C. 5383(c); 5 CFR 534.404(c)",
    )


def _award(closeout: Closeout, judged: JudgedRow, person: Person) -> Notice:
    row, paid = judged.row, closeout.sheet.terms.awards_paid_on
    award = row.proposed_award or Decimal(0)
    base = judged.award_base or row.rate
    when = f", {long_date(row.period_end)}" if row.period_end else ""
    facts = [
        ("Performance award", dollars(award)),
        ("Percent of basic pay", f"{judged.award_percent:.2f}"),
        (f"Basic pay at the end of the appraisal period{when}", dollars(base)),
        ("Annual summary rating", _rated(judged)),
        ("Paid on", long_date(paid)),
    ]
    says = [
        (f"You will receive a performance award of {dollars(award)}, in a lump sum.", "5 U.S.C. 5384; 5 CFR 534.405(c), (f)"),
        ("An award rests on the recommendation of the Performance Review Board, which the agency head considers before it is paid.", "5 U.S.C. 5384(c); 5 CFR 534.405(a)(3), (4)"),
    ]  # fmt: skip
    for late in closeout.deferrals:
        if late.person_id == row.person_id:
            says.append((
                f"With a full year of pay your total of {late.year} would be {dollars(late.total)}, above the limit of "
                f"{dollars(late.limit)}. Of the award {dollars(late.deferred)} is then paid at the beginning of {late.year + 1}.",
                "5 U.S.C. 5307; 5 CFR 530.203, 534.405(f)",
            ))  # fmt: skip
    signer = deciding.head(person, paid)
    return Notice("a performance award", person, tuple(facts), tuple(says), (), signer, _open(closeout, judged, _AWARD))


def _reduced(closeout: Closeout, judged: JudgedRow, person: Person) -> Notice:
    """A lower rate for one who is not career: decided, without the notice period and the rights of 5 CFR 534.404(j)."""
    row, effective = judged.row, closeout.sheet.terms.effective
    facts = (
        ("Rate of basic pay now", dollars(row.rate)),
        ("New rate of basic pay", dollars(row.new_rate)),
        _by_how_much(judged),
        ("Takes effect", long_date(effective)),
        ("Annual summary rating", _rated(judged)),
    )
    law = "5 U.S.C. 5383; 5 CFR 534.404(c)(2)(ii)"
    says = (
        (f"Your rate of basic pay is reduced to {dollars(row.new_rate)} a year.", law),
        _counts(effective, relative=False, to_minimum=False),
    )
    signer = deciding.of_rate(judged, person, effective)
    return Notice("a reduction of pay", person, facts, says, (), signer, _open(closeout, judged, _RATE))


def _by_how_much(judged: JudgedRow) -> tuple[str, str]:
    return "Reduction", f"{dollars(-judged.change)} a year, {-judged.change_percent:.2f} percent"


def _reduction(closeout: Closeout, judged: JudgedRow, person: Person) -> Notice:
    row, effective = judged.row, closeout.sheet.terms.effective
    if row.appointment_type != "career":
        return _reduced(closeout, judged, person)
    signer = deciding.of_rate(judged, person, effective)
    notice, reply, again = (
        int(parameters.figure(f"pay_setting.reduction.{word}", effective).value)
        for word in ("notice", "reply", "reconsideration")
    )
    given, ready = row.notice_given, add_days(row.notice_given, notice) if row.notice_given else None
    facts = [
        ("Rate of basic pay now", dollars(row.rate)),
        ("Rate proposed", dollars(row.new_rate)),
        _by_how_much(judged),
        ("Basis", str(row.reduction_basis or LEFT_OPEN)),
        ("Annual summary rating", _rated(judged)),
        ("This notice is given on", long_date(given) if given else LEFT_OPEN),
        *((("First lawful day", long_date(ready)),) if ready else ()),
        ("Takes effect", long_date(effective)),
    ]
    law = "5 U.S.C. 5383(d); 5 CFR 534.404(j)"
    says = [(f"The agency proposes to reduce your rate of basic pay to {dollars(row.new_rate)} a year.", law)]
    says.append((f"The reduction may take effect {notice} days after you receive this notice, and not sooner.", law))
    until = f", that is until {long_date(add_days(given, reply))}" if given else ""
    rights = (
        (f"You have at least {reply} days to answer this notice{until}, orally or in writing, and may add evidence.", "5 CFR 534.404(j)(3)"),
        ("You may be represented.", "5 CFR 534.404(j)(3)"),
        ("You receive a written decision with its reasons.", "5 CFR 534.404(j)(3)"),
        (f"Within {again} days of the decision you may ask the agency head to reconsider it; the agency head's answer is final.", "5 CFR 534.404(j)(4)"),
        ("A reduction cannot be appealed under 5 U.S.C. 7543.", "5 CFR 534.404(j)(4)"),
    )  # fmt: skip
    open_ones = [
        *_open(closeout, judged, _RATE),
        *(("The day on which the notice is given is not known.",) if given is None else ()),
    ]
    return Notice(
        "a proposed reduction of pay", person, tuple(facts), tuple(says), rights, signer, tuple(open_ones),
        "I answer this notice orally / in writing / not at all.",
    )  # fmt: skip
