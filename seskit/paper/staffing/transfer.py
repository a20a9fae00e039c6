"""The transfer packet as it leaves: data for the next agency, and a paper to go with it; both hold a name."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from seskit.formats import leaving, results
from seskit.formats.characters import file_name
from seskit.formats.days import long_date
from seskit.formats.documents import Document, escaped, table
from seskit.formats.files import whole
from seskit.law.facts import dollars
from seskit.law.in_words import plainly
from seskit.record.roster import kept
from seskit.work.staffing.received import ROSTER, TakenIn
from seskit.work.staffing.transfer import STEM, Packet

FORMATS = ("docx", "pdf")
_PERSONAL = "This packet holds a name. Personnel record: for the executive and for the two agencies."


def document(given: Packet) -> Document:
    """Ratings on record, pay history and clocks of one executive, for the next agency."""
    facts = [
        ("Executive", f"{given.name or 'not named'}, number {given.person_id}"),
        ("Appointment", plainly(given.appointment_type or "not recorded")),
        ("Rate of basic pay", dollars(given.rate) if given.rate else "not recorded"),
        ("Appraisal system certified", {True: "yes", False: "no", None: "not recorded"}[given.certified]),
        ("On probation", {True: "yes", False: "no", None: "not recorded"}[given.on_probation]),
        ("Last pay action that counts", long_date(given.last_counted) if given.last_counted else "not known"),
        ("Pay may change again from", long_date(given.opens) if given.opens else "cannot tell"),
    ]
    ratings = [(one.year, one.level, long_date(one.issued) if one.issued else "not recorded") for one in given.ratings]
    pay = [
        (long_date(one.effective), plainly(one.kind), "" if one.rate_changed is None else plainly(one.rate_changed))
        for one in given.pay_actions
    ]
    parts = [
        escaped(f"From {given.from_agency}. Ratings and appraisals move with the executive (5 CFR 430.310)."),
        table("In short", ("What", "Value"), facts),
        "# Ratings on record\n\n" + table("Annual summary ratings", ("Year", "Level", "Issued"), ratings),
        "# Pay history\n\n" + table("Pay actions", ("Took effect", "Action", "Rate changed"), pay),
        escaped(
            "A transfer at the same rate does not start a new 12 months; one at a different rate does (5 CFR 534.404(c), (h))."
        ),
        table("To be signed", ("Who", "Signature", "Date"), [("For the agency left", "_" * 22, "_" * 12)]),
    ]
    return Document("Transfer packet", "\n\n".join(parts) + "\n", given.from_agency, holds=_PERSONAL)


def write(given: Packet, out: Path, formats: Iterable[str]) -> list[Path]:
    """Write the packet and its paper; only their owner can open them."""
    stem = f"{STEM}_{file_name(given.person_id)}"
    out.mkdir(parents=True, exist_ok=True)
    with results.kept(out, stem):
        return [whole(out / f"{stem}.json", given.to_json()), *document(given).write(out, stem, formats)]


def write_taken(found: TakenIn, out: Path) -> list[Path]:
    """Write the next agency's files with the executive in them; its roster may hold names, as a corrected one may."""
    out.mkdir(parents=True, exist_ok=True)
    leaving.check(f"{kept.STEM}.csv", found.files[ROSTER])
    with results.kept(out, f"taken in {file_name(found.number)}"):
        return [whole(out / name, content, looked_over=name != ROSTER) for name, content in found.files.items()]
