"""Tables that slides and job aids call by name, made from rules and questions as of a day."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from typing import Any, get_args

from seskit.formats.days import long_date
from seskit.formats.documents import HAND, table
from seskit.forum import cited, looked_up
from seskit.law import in_words, parameters
from seskit.law.answers import known
from seskit.law.appraisal.regimes import Customization
from seskit.law.awards import AwardLimits
from seskit.law.certification.key_dates import KeyDate
from seskit.law.clocks import fiscal_year
from seskit.law.facts import FactError, day, dollars
from seskit.law.pay_setting.rates import PayRange
from seskit.law.question import find
from seskit.law.report import editions


def _range(as_of: date, certified: bool) -> PayRange:
    found: PayRange = looked_up.ask("pay_setting.pay_range", as_of=as_of, certified=certified).answer
    if not isinstance(found, PayRange):
        raise FactError(f"On {long_date(as_of)} there were rates by level, and no open range to show.")
    return found


def caps(as_of: date) -> str:
    """Limits on basic pay and on total pay, with and without certification."""
    rows = [
        (words, dollars(found.minimum), dollars(known(found.maximum)), total)
        for words, certified, total in (
            (
                "Not certified",
                False,
                f"{dollars(looked_up.rate('executive_schedule.level_I', as_of))} (level I)",
            ),
            ("Certified", True, f"{dollars(looked_up.rate('vice_president.official', as_of))} (Vice President)"),
        )
        for found in [_range(as_of, certified)]
    ]
    header = ("Appraisal system", "Lowest basic pay", "Highest basic pay", "Total pay in the year")
    return table(f"Pay limits on {long_date(as_of)}", header, rows)


def criteria(as_of: date, first: str = "1", last: str = "9") -> str:
    """The criteria of certification in our words."""
    rows = [
        (f"{found['number']}. {found['title']}", found["requires"]) for found in _criteria(as_of, int(first), int(last))
    ]
    between = "and" if int(last) == int(first) + 1 else "to"
    title = f"Criterion {first}" if first == last else f"Criteria {first} {between} {last}"
    return table(title, ("Criterion", "What it asks"), rows)


def evidence(as_of: date) -> str:
    """The criteria as a checklist: what shows the design and the application."""
    rows = [(f"{f['number']}. {f['title']}", f["design"], f["application"], HAND) for f in _criteria(as_of)]
    return table(
        "Criteria checklist",
        ("Criterion", "Shows the design", "Shows the application", "Document and place in it"),
        rows,
    )


def _criteria(as_of: date, first: int = 1, last: int = 9) -> list[dict[str, Any]]:
    on = max(as_of, parameters.first_day("certification.deciders.executive"))
    listed: list[dict[str, Any]] = looked_up.ask("certification.criteria", as_of=on, group="SES").answer
    kept = [found for found in listed if first <= found["number"] <= last]
    for found in kept:
        looked_up.figure(f"certification.criteria.{found['key']}", on)
    return kept


def calendar(_: date, granted: str, grade: str, certified_for: str = "") -> str:
    """The dates an agency keeps for one certification."""
    years = {"certified_for": certified_for} if certified_for else {}
    listed: list[KeyDate] = looked_up.ask("certification.calendar", granted=granted, grade=grade, **years).answer
    title = f"Dates of a {grade} certification granted on {long_date(day(granted))}"
    title += f" for {certified_for}" if certified_for else ""
    return table(
        title,
        ("Date", "What happens", "Authority"),
        [(long_date(f.on), f.what, cited.on_the_day(f.citation, f.on)) for f in listed],
    )


def awards(as_of: date) -> str:
    """Smallest and largest performance award at the corners of the range."""
    rates = [
        ("Lowest rate of the range", looked_up.rate("ses_range.minimum", as_of)),
        ("Highest rate, not certified", looked_up.rate("ses_range.maximum_uncertified", as_of)),
        ("Highest rate, certified", looked_up.rate("ses_range.maximum_certified", as_of)),
    ]
    rows = []
    for words, rate in rates:
        limits: AwardLimits = looked_up.ask("awards.award_limits", as_of=as_of, rate=rate, certified=True).answer
        rows.append((words, dollars(rate), dollars(limits.minimum), dollars(limits.maximum)))
    return table(
        "Performance award by rate of basic pay", ("Rate", "Basic pay", "Smallest award", "Largest award"), rows
    )


def timeline(as_of: date) -> str:
    """What had happened by that day, from the record of events and documents."""
    events = [
        (looked_up.keep(value, as_of).first_day, value.value["event"], value.value["cite"])
        for path in parameters.paths("forum")
        for value in parameters.parameter(path).values
        if isinstance(value.value, dict) and value.first_day <= as_of
    ]
    return table(
        "Status timeline", ("Date", "Event", "Source"), [(long_date(on), *rest) for on, *rest in sorted(events)]
    )


def status(as_of: date) -> str:
    """Each document and where it stands."""
    paths = [path for path in parameters.paths("forum") if path.startswith("forum.documents.")]
    found = [(parameters.parameter(path), looked_up.recorded(path, as_of)) for path in paths]
    rows = [(known.label, now.value["word"], now.value["cite"]) for known, now in found if now]
    return table(f"Status on {long_date(as_of)}", ("Document", "Status", "Where to read it"), rows)


def balance(as_of: date, first: str = "", last: str = "") -> str:
    """The checks on balanced measures in a plan; those from `first` to `last` for a slide, without room to mark them."""
    paths = [path for path in parameters.paths("appraisal") if path.startswith("appraisal.balance.")]
    wanted = [path for path in paths if not first or first <= path.rpartition(".")[2] <= last]
    found = [(path.rpartition(".")[2], looked_up.recorded(path, as_of)) for path in wanted]
    rows = [
        (name, now.value, in_words.printed_source(cited.on_the_day(now.citation, as_of), now.confidence), HAND)
        for name, now in found
        if now
    ]
    if first:
        few = [row[:3] for row in rows]
        return table(f"Checks {first} to {last}", ("Check", "What is looked for", "Rests on"), few)
    return table("Balanced measures checklist", ("Check", "What is looked for", "Rests on", "Met?"), rows)


def customization(as_of: date) -> str:
    """What an agency may change in the model appraisal system, and within which limits."""
    question = find("appraisal.customization")
    items = [str(item) for item in get_args(question.slots["item"].kind) or question.slots["item"].kind]
    found: list[tuple[str, Customization]] = [
        (item.replace("_", " "), looked_up.ask(question.name, as_of=as_of, item=item).answer) for item in items
    ]
    words = {"outside": "not part of it"}
    rows = [(name, words.get(a.allowed, a.allowed), a.how) for name, a in found]
    return table("What an agency may change", ("What", "May it be changed?", "How"), rows)


#: Where a roster has a value, which a learner has not seen yet.
_COLUMN = re.compile(r" \(column \w+\)| in agency\.yaml")


def form_items(as_of: date, form: str = "1558") -> str:
    """The items of the ratings and awards form in its edition of that day, and how each is made."""
    found = editions.edition(fiscal_year(as_of))
    share = looked_up.figure("awards.pool.share_of_aggregate", as_of)
    words = {
        "share": f"{in_words.shown(share.value, share.unit)} of {found.named('base_pay')}",
        "on": "on that day",
        "pattern": "of the plan",
        "base": "aggregate",
    }
    rows = [
        (
            item.number,
            item.words.rstrip(" =").removesuffix(", i.e.,"),
            _COLUMN.sub("", found.said(item.made, **words)),
        )
        for item in found.items
    ]
    title = f"{found.number.format(form=form)}, edition of {long_date(found.first_day)}"
    return table(title, ("Item", "What is printed", "How it is made"), rows)


TABLES: dict[str, Callable[..., str]] = {
    made.__name__: made
    for made in (caps, criteria, evidence, calendar, awards, timeline, status, balance, customization, form_items)
}
#: The questions that a table is made from, whose authority its slide names; the others name theirs in a column.
MADE_FROM: dict[str, tuple[str, ...]] = {
    "caps": ("pay_setting.pay_range", "certification.unlocks"),
    "criteria": ("certification.criteria",),
    "evidence": ("certification.criteria",),
    "awards": ("awards.award_limits",),
    "balance": ("appraisal.balanced_measures",),
    "customization": ("appraisal.customization",),
}
