"""The pictures that slides call by name, with their figures and days from the rules and questions of a day."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from decimal import Decimal
from functools import cache

from seskit.formats.days import long_date
from seskit.formats.drawing import Chart
from seskit.forum import diagrams, looked_up
from seskit.forum.time_lines import Span, lasting, time_line
from seskit.law import parameters
from seskit.law.actions.probationary_year import Probation
from seskit.law.answers import known
from seskit.law.appraisal.regimes import MoveToBasicSystem
from seskit.law.certification.deciders import Decider
from seskit.law.certification.terms import CertificationTerm
from seskit.law.clocks import fiscal_year, fiscal_year_end
from seskit.law.facts import FactError, day, dollars, suggestion, yes_no
from seskit.law.pay_setting import clock
from seskit.law.pay_setting.aggregate import AggregateLimit, Payment, in_order_of_payment
from seskit.law.staffing.qrb import QrbDeadline

#: With its first day there is a certification to speak of.
_FIRST_RULE = "certification.deciders.executive"


def pay_limits(as_of: date) -> Chart:
    """Basic pay and total pay, with and without certification: from where to where."""
    low = looked_up.rate("ses_range.minimum", as_of)
    rows = [
        ("Basic pay, not certified", low, looked_up.rate("ses_range.maximum_uncertified", as_of), "level III"),
        ("Basic pay, certified", low, looked_up.rate("ses_range.maximum_certified", as_of), "level II"),
        ("Total pay, not certified", None, looked_up.rate("executive_schedule.level_I", as_of), "level I"),
        ("Total pay, certified", None, looked_up.rate("vice_president.official", as_of), "Vice President"),
    ]
    return diagrams.ranges(f"Pay limits in {as_of.year}", rows)


def distinctions(_: date) -> Chart:
    """The two halves of what a certified system shows."""
    sides = [
        ("As designed", ("what your documents say", "levels and pay rules that can set the best apart")),
        ("As applied", ("what you did last year", "ratings, pay and awards that did set them apart")),
    ]
    return diagrams.compared("Meaningful distinctions, as designed and as applied", sides)


def rate_questions(as_of: date) -> Chart:
    """The three questions that place a rate in the range, and what follows from them."""
    low, line = (dollars(looked_up.rate(f"ses_range.{end}", as_of)) for end in ("minimum", "maximum_uncertified"))
    listed = [
        ("Minimum", f"is the rate at least {low}?"), ("Certified", "on the day it takes effect?"),
        ("Level III", f"is the rate above {line}?"), ("If above", "certified: write the reason; if not, stop"),
    ]  # fmt: skip
    return diagrams.steps("Three questions place any rate", listed, strong=(3,))


def twelve_months(_: date, changed: str) -> Chart:
    """The 12 months after a pay change, and the first day of the next ordinary one."""
    last = day(changed)
    opens = clock.opens_on(last)
    months = int(looked_up.figure("pay_setting.clock.months", last).value)
    points = [(last, "pay changed"), (opens, "first day of the next ordinary change")]
    return time_line(
        "One ordinary change in 12 months",
        points,
        [Span(last, opens, "no second ordinary change", length=f"{months} months")],
    )


def notice(_: date, cut: str) -> Chart:
    """The notice before a pay reduction."""
    effective = day(cut)
    due = looked_up.ask("pay_setting.notice_due", as_of=effective).answer
    points = [(due, "last day to give written notice"), (effective, "pay is reduced")]
    return time_line(
        "Notice before a pay reduction",
        points,
        [Span(due, effective, "no reduction yet")],
    )


def deferral(
    _: date, year: str, certified: str, basic: str, award: str, other: str = "0", called: str = "Retention"
) -> Chart:
    """One year's pay against its limit, in the order in which the law pays, and what of which payment goes to January."""
    given = [
        Payment.model_validate({"kind": kind, "amount": amount})
        for kind, amount in (("performance_award", award), (called.lower(), other))
        if Decimal(amount)
    ]
    ordered = in_order_of_payment(given, int(year))
    if len(ordered) < len(given):
        raise FactError(f"{called} does not count toward the limit, so it cannot be in the picture.")
    found: AggregateLimit = looked_up.ask(
        "pay_setting.aggregate_limit",
        year=year,
        certified=certified,
        basic_pay_received=basic,
        payments=[one.model_dump() for one in ordered],
    ).answer
    parts = [("Basic pay", Decimal(basic), Decimal(0))]
    parts += [
        ("Award" if share.kind == "performance_award" else called, share.paid, share.deferred)
        for share in known(found.by_payment)
    ]
    limit = "Vice President" if yes_no(certified) else "level I"
    return diagrams.deferred("Pay above the limit goes to January", parts, known(found.limit), limit)


def certification_life(_: date, granted: str, grade: str, certified_for: str = "") -> Chart:
    """When a certification begins, when to ask again, when it ends, and how far it may be extended."""
    years = {"certified_for": certified_for} if certified_for else {}
    found: CertificationTerm = looked_up.ask("certification.term", granted=granted, grade=grade, **years).answer
    first, last, ask, ceiling = found.first_day, found.last_day, found.submit_by, found.extension_ceiling
    points = [(first or day(granted), f"{grade} certification begins"), (last, "last day covered")]
    points += [(ask, "ask again by this day")] if ask else []
    points += [(ceiling, "no extension past this day")] if ceiling else []
    spans = [
        Span(first or day(granted), last, "certified", length=lasting(first or day(granted), last + timedelta(days=1)))
    ]
    spans += [Span(last, ceiling, "only if OPM extends it", pale=True)] if ceiling else []
    return time_line("The life of one certification", sorted(points), spans)


def board_clock(_: date, closed: str, criterion: str = "A") -> Chart:
    """From the close of an announcement to the last day for the case at the review board."""
    found: QrbDeadline = looked_up.ask("staffing.qrb_deadline", closes_on=closed, criterion=criterion).answer
    points = [(day(closed), "announcement closes: day 0"), (known(found.due), "case is at the review board")]
    return time_line(
        "The review board's clock",
        points,
        [Span(day(closed), known(found.due), "select, and send the case", length=f"{found.count} {found.unit}")],
    )


def probation(_: date, appointed: str) -> Chart:
    """The probationary year of a new career executive."""
    found: Probation = looked_up.ask("staffing.probation", appointed_on=appointed).answer
    begins, last = day(appointed), known(found.last_day)
    half = begins + timedelta(days=(last - begins).days // 2)
    points = [(begins, "career appointment"), (half, "meet, and write it down"), (last, "last day of probation")]
    return time_line(
        "One year to find out",
        points,
        [Span(begins, last, "of probation", length=lasting(begins, last + timedelta(days=1)))],
    )


def events(as_of: date, named: str) -> Chart:
    """Laws and rules in order, those named and no later than the day."""
    points = [(found.first_day, str(found.value["event"])) for found in _named(as_of, named)]
    return time_line("How we got here", sorted(points))


def _named(as_of: date, named: str) -> Iterator[parameters.Figure]:
    for name in named.split(","):
        known_events = {one.rpartition(".")[2]: one for one in parameters.paths("forum")}
        if name.partition("@")[0] not in known_events:
            raise FactError(f"There is no event '{name}'.{suggestion(name, known_events)}")
        path = known_events[name.partition("@")[0]]
        first = day(name.partition("@")[2]) if "@" in name else None
        there = [v for v in parameters.parameter(path).values if v.first_day <= as_of and first in (None, v.first_day)]
        if not there:
            raise FactError(f"The event '{name}' had not happened on {long_date(as_of)}.")
        yield looked_up.keep(there[-1], as_of)


def rating_course(_: date) -> Chart:
    """The course of a rating from plan to pay."""
    listed = [
        ("Plan", "made with the executive, before the period"),
        ("Review", "at least one progress review, dated"),
        ("Initial rating", "by the supervisor, in writing"),
        ("Response", "by the executive, if wished"),
        ("Board", "recommends in writing"),
        ("Final rating", "by the appointing authority"),
        ("Use", "pay, award, development"),
    ]
    return diagrams.steps("From plan to rating to pay", listed, strong=(5,))


def who_decides(as_of: date) -> Chart:
    """Who asks, who decides and who must agree in certification; who sets ratings and pay."""
    found: Decider = looked_up.ask("certification.decider", as_of=max(as_of, parameters.first_day(_FIRST_RULE))).answer
    sides = [
        ("Your agency", ("makes plans and ratings", "sets pay within the limits", f"asks: {found.asks}")),
        (_short(known(found.concurs)), ("must agree to a certification",)),
        (_short(known(found.decides)), ("approves the appraisal system", "certifies it, or says what is missing", "may end it")),
    ]  # fmt: skip
    return diagrams.compared("Who decides what", sides)


def _short(office: str) -> str:
    return {"Office of Personnel Management": "OPM", "Office of Management and Budget": "OMB"}.get(office, office)


def ceiling(as_of: date, rated: str) -> Chart:
    """How many career executives may be at the two top levels together."""
    allowed = looked_up.ask(
        "appraisal.rating_ceiling",
        as_of=max(fiscal_year_end(fiscal_year(as_of) - 1), parameters.first_day("appraisal.ceiling.share")),
        career_rated=rated,
    ).answer.allowed
    parts = [("Career executives rated", int(rated)), ("At most at levels 4 and 5 together", int(allowed))]
    return diagrams.shares("The ceiling on the top two levels", parts, "people")


def three_views(_: date) -> Chart:
    """Results, customers and employees around the rating."""
    views = [
        ("Results", "What did the organization achieve?"), ("Customers", "What do the people it serves say?"),
        ("Employees", "What do the people who work there say?"),
    ]  # fmt: skip
    return diagrams.around("Three views, weighed together", "The rating", views)


def measure(_: date) -> Chart:
    """The four parts of a measure that someone else could check."""
    listed = [
        ("Count", "what, and from which data"), ("Target", "from what to what"), ("Date", "by when"),
        ("Owner", "who is responsible"),
    ]  # fmt: skip
    return diagrams.steps("The four parts of a measure", listed)


def process_to_results(_: date) -> Chart:
    """What the rule of 2000 turns away from and toward."""
    sides = [
        ("Process", ("required steps and forms", "the same for every agency", "a yearly chore")),
        (
            "Results",
            (
                "balanced results",
                "fitted to the agency's mission",
                "a tool for leading",
                "ready when the next cycle starts",
            ),
        ),
    ]
    return diagrams.compared("From process to results", sides)


def leaders_circle(_: date) -> Chart:
    """What leaders do all year, and what performance is used for."""
    listed = [
        ("Consult", "with the executive"), ("Set goals", "in line with those of the agency"), ("Check", "progress, regularly"),
        ("Use it", "bonuses, pay, development, other decisions"),
    ]  # fmt: skip
    return diagrams.steps("What leaders do, all year", listed, strong=(3,))


def board_weighs(_: date) -> Chart:
    """What goes to a review board, and what comes out."""
    listed = [
        ("Plan", "with all three views"), ("Initial rating", "and its narrative"),
        ("Board", "weighs, recommends in writing"), ("Final rating", "appointing authority"),
    ]  # fmt: skip
    return diagrams.steps("What a board does", listed, strong=(2,))


def selection_course(as_of: date) -> Chart:
    """The steps of a merit selection, from announcement to certification."""
    found = looked_up.ask("staffing.board_steps", as_of=as_of).answer
    listed = [(one["step"].capitalize().replace("qrb", "QRB"), str(one["who"])) for one in found[:-1]]
    return diagrams.steps("From announcement to certification", listed, strong=(3, 6))


def limited_kinds(as_of: date) -> Chart:
    """Limited term and limited emergency appointments side by side."""
    most = {
        kind: looked_up.ask("staffing.limited_appointment", as_of=as_of, appointment_type=kind, starts_on=as_of).answer.maximum_months
        for kind in ("limited_term", "limited_emergency")
    }  # fmt: skip
    sides = [
        ("Limited term", (f"up to {most['limited_term']} months", "the job itself is to end", "cannot be renewed")),
        ("Limited emergency", (f"up to {most['limited_emergency']} months", "an urgent need that could not be foreseen", "cannot be renewed")),
    ]  # fmt: skip
    return diagrams.compared("Two kinds of temporary appointment", sides)


def rule_days(as_of: date) -> Chart:
    """The memorandum on excellence in the SES corps, the rule's publication, and its first day."""
    value = looked_up.figure("staffing.regulation.filling_vacancies", as_of).value
    points = [
        (day(value["memorandum"]), "memorandum to agency heads"), (day(value["published"]), "rule in the Federal Register"),
        (day(value["in_force"]), "rule takes effect"),
    ]  # fmt: skip
    return time_line("Three different days", points)


def model_weights(as_of: date) -> Chart:
    """The smallest weight of each element of the model system."""
    names, least = (
        looked_up.figure(f"appraisal.basic_2012.{word}", as_of).value for word in ("elements", "minimum_weights")
    )
    return diagrams.shares(
        "The least each element may weigh",
        [(f"{name}, at least", int(weight)) for name, weight in zip(names, least, strict=True)],
    )


def model_bands(as_of: date) -> Chart:
    """From which score on each level begins."""
    bands = looked_up.figure("appraisal.basic_2012.score_bands", as_of).value
    listed = sorted(((int(level), int(score)) for level, score in bands.items()), reverse=True)
    tops = [500, *(score - 1 for _, score in listed)]
    parts = [(f"Level {level}: {score} to {top}", score) for (level, score), top in zip(listed, tops, strict=False)]
    return diagrams.shares("The score decides the level", parts, "points")


def model_parts(_: date) -> Chart:
    """Before the model system and under it."""
    sides = [
        ("Until now", ("each agency has a system of its own", "a move means a new plan, new words, new scale")),
        ("Model system", ("one framework: same elements, levels, scale", "ratings that can be compared", "room to fit the agency's needs")),
    ]  # fmt: skip
    return diagrams.compared("One framework in place of many", sides)


def model_processes(_: date) -> Chart:
    """The five processes that the system supports."""
    listed = [
        ("Plan", "elements, results, weights"), ("Monitor", "feedback, a progress review"),
        ("Develop", "what the executive needs"), ("Rate", "levels, score, board, final"), ("Reward", "pay and awards"),
    ]  # fmt: skip
    return diagrams.steps("Five processes in a year", listed, strong=(3,))


def model_adoption(as_of: date, ends: str) -> Chart:
    """From the memorandum to the end of an agency's certification, by when it adopts the system."""
    found: MoveToBasicSystem = looked_up.ask(
        "appraisal.transition", as_of=as_of, certified=True, certification_ends=ends
    ).answer
    issued = parameters.parameter("forum.events.basic_system").values[0].first_day
    points = [(issued, "system issued"), (known(found.adopt_by), "certification ends: adopt by this day")]
    return time_line(
        "Adopt it as your certification ends",
        points,
        [Span(issued, known(found.adopt_by), "adopt it on any day in here, sooner if you wish")],
    )


PICTURES: dict[str, Callable[..., Chart]] = {
    made.__name__: made
    for made in (
        pay_limits, distinctions, rate_questions, twelve_months, notice, deferral, certification_life, board_clock, probation, events,
        rating_course, who_decides, ceiling, three_views, measure, process_to_results, leaders_circle, board_weighs,
        selection_course, limited_kinds, rule_days, model_weights, model_bands, model_parts, model_processes, model_adoption,
    )
}  # fmt: skip


@cache
def drawn(name: str, as_of: date, **words: str) -> tuple[Chart, tuple[looked_up.LookedUp, ...]]:
    """A picture and the figures behind it; the same one is drawn once, however many slides and papers show it."""
    with looked_up.gathered() as found:
        chart = PICTURES[name](as_of, **words)
    return chart, tuple(found)


def cites(name: str, as_of: date, named: str = "", **_: str) -> tuple[str, ...]:
    """What a picture rests on; a line of events, what each of them is read in."""
    return (*CITES[name], *(str(found.value["cite"]) for found in (_named(as_of, named) if named else ())))


_APPRAISAL = "5 U.S.C. 4312, 4314"
#: The law names the length, and says nothing of which day is the first or the last.
_COUNTED = "our own reading of how the days are counted"
#: What each picture rests on.
CITES: dict[str, tuple[str, ...]] = {
    "pay_limits": ("5 U.S.C. 5307(d), 5382",),
    "distinctions": ("5 U.S.C. 5307(d), 5382(b)",),
    "rate_questions": ("5 U.S.C. 5382",),
    "twelve_months": ("5 U.S.C. 5383(c)", _COUNTED),
    "notice": ("5 U.S.C. 5383(d)", _COUNTED),
    "deferral": ("5 U.S.C. 5307", "5 CFR 530.203(d)-(f)"),
    "certification_life": ("5 U.S.C. 5307(d)(3)",),
    "board_clock": ("OPM memoranda on QRB submission",),
    "probation": ("5 U.S.C. 3393(d)", "5 CFR 317.503", _COUNTED),
    "events": (),
    "rating_course": (_APPRAISAL,),
    "who_decides": ("5 U.S.C. 4312(c), 5307(d)(3)",),
    "ceiling": ("OPM bulletin of October 2025",),
    "three_views": ("5 CFR 430.304, 430.307 (2000 rule)",),
    "measure": ("our own check",),
    "process_to_results": ("OPM memorandum of 2000-10-17",),
    "leaders_circle": ("OPM memorandum of 2000-10-17",),
    "board_weighs": (_APPRAISAL,),
    "selection_course": ("5 U.S.C. 3393", "5 CFR 317.501, 317.502"),
    "limited_kinds": ("5 U.S.C. 3132(a)(5)-(6)",),
    "rule_days": ("65 FR 33738",),
    "model_weights": ("OPM basic SES appraisal system, weights",),
    "model_bands": ("OPM basic SES appraisal system, derivation of the rating",),
    "model_parts": ("OPM memorandum of January 2012",),
    "model_processes": ("OPM basic SES appraisal system",),
    "model_adoption": ("OPM memorandum of January 2012",),
}
