"""An agency made or changed by answering plain questions: every entry is checked as it is made, and saved as agency.yaml."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import timedelta
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import BaseModel, Field, ValidationError, create_model
from pydantic.fields import FieldInfo

from seskit.desk.opener import places
from seskit.formats import files
from seskit.formats.characters import file_name
from seskit.formats.counts import number_of
from seskit.formats.privacy import has_ssn
from seskit.law import rating_levels
from seskit.law.facts import (
    CalendarYear,
    Day,
    Fact,
    FactError,
    Month,
    Percent,
    ShortCode,
    Unreadable,
    YesNo,
    short_code,
)
from seskit.law.question import Question
from seskit.law.report.dates import INSTRUCTIONS
from seskit.law.result import Reason, Result
from seskit.record.agency import FILE, PATTERNS, Agency, Options
from seskit.record.agency_entries import LABELS
from seskit.record.agency_folder import AgencyFolder
from seskit.record.agency_text import agency_text
from seskit.record.forms.stored import keep_beside
from seskit.work.report.plan_due import due_of
from seskit.work.report.readings import other_layout

_PATTERN_WORDS = {
    f"{letter}: levels {', '.join(map(str, levels))}": letter for letter, levels in reversed(PATTERNS.items())
}
_LEVELS = "; ".join(map(rating_levels.named, rating_levels.LEVELS))
Pattern = Literal["H: levels 1, 2, 3, 4, 5", "G: levels 1, 2, 3, 4", "F: levels 1, 2, 3, 5", "D: levels 1, 2, 3"]
_AWARDS: dict[str, Literal["paid", "none", "pending"]] = {
    "paid, or will be": "paid", "none this period": "none", "not decided yet": "pending",
}  # fmt: skip
Awards = Literal["paid, or will be", "none this period", "not decided yet"]
_FORMS: dict[str, Literal["aggregate", "average"]] = {
    "1558, of all career pay": "aggregate", "1558A, of the average": "average",
}  # fmt: skip
PoolForm = Literal["1558, of all career pay", "1558A, of the average"]


class PlanEntry(BaseModel):
    """One performance plan as a person describes it."""

    id: Annotated[str, Fact("Short word for the plan", "The word in the roster's column 'plan', such as main.")] = (
        Field(min_length=1)
    )
    name: Annotated[str, Fact("Name of the plan", "In words, such as SES performance plan.")] = ""
    pattern: Annotated[Pattern, Fact("Rating levels", f"The levels that the plan uses. {_LEVELS}.")]
    first_day: Annotated[Day, Fact("First day of the appraisal period", "Such as October 1, 2001 or 10/1/2001.")]
    last_day: Annotated[Day, Fact("Last day of the appraisal period")]
    awards: Annotated[Awards, Fact("Performance awards", "What became of them.")]
    paid_in: Annotated[Month | None, Fact("Awards paid in", "Such as December 2002 or 12/2002. Only if paid.")] = None
    determined_on: Annotated[
        Day | None, Fact("Awards decided on", "The day of the final decision on awards; the report is due from it.")
    ] = None
    ratings_final_on: Annotated[
        Day | None, Fact("Ratings final on", "Only if no awards are paid: the day the last rating was given.")
    ] = None
    form: Annotated[PoolForm, Fact("Form", "1558A gives a larger pool only with a single career member.")] = (
        "1558, of all career pay"
    )


_MORE = {"budget_percent": "In percent of aggregate pay; never printed. Leave empty if there is none."}


def _reading(name: str, entry: FieldInfo) -> tuple[Any, Any]:
    """One option as an entry in plain words, with its default."""
    kind = Percent | None if name == "budget_percent" else entry.annotation
    return Annotated[kind, Fact(LABELS[name], _MORE.get(name, ""))], entry.default


_FIELDS: dict[str, Any] = {name: _reading(name, entry) for name, entry in Options.model_fields.items()}
Readings = create_model("Readings", **_FIELDS)
_SHORT = Fact("Short code", "Letters or digits that name the agency's folder and files, such as DPW.")
_Code = Annotated[ShortCode, _SHORT]
#: A code that an agency has is kept, whatever its signs; a new one is read as one.
_KeptCode = Annotated[str, _SHORT]
_Name = Annotated[str, Fact("Name of the agency", "As the form prints it.")]
_Year = Annotated[CalendarYear, Fact("Fiscal year of the report", "Four digits.")]
_Certified = Annotated[
    YesNo | None, Fact("System certified by OPM?", "It decides the highest rate since January 2004.")
]
_Until = Annotated[
    Day | None,
    Fact(LABELS["certified_until"], "The last day of OPM's certification: no rate set later may rest on it."),
]
_Closed = Annotated[
    list[Day] | None,
    Fact(
        LABELS["closed_days"],
        "Besides weekends and holidays; a count of working days leaves them out, also for vacancies.",
    ),
]
_Plans = Annotated[list[PlanEntry], Fact("Performance plans", "Each cycle and each set of levels is a separate plan.")]
_Options = Annotated[
    Readings | None,  # type: ignore[valid-type]
    Fact("What the instructions leave open", "The readings shown first are those recommended."),
]


class NewAgency:
    """An agency to be made; `done` is told its folder."""

    button = "Make this agency"

    def __init__(self, done: Callable[[Path], None], beside: Path | None = None) -> None:
        """Where its folder will be put."""
        self._done, self._beside = done, beside or places.beside_notebooks()
        self.question: Question[Any] = Question("report.make_agency", self._answer, INSTRUCTIONS)
        self.facts: dict[str, Any] = {}

    def will(self) -> str:
        """What the button does."""
        return f"The button makes a folder with the code as its name in {self._beside.absolute()}, and {FILE} in it."

    def save(self, facts: Mapping[str, Any]) -> list[str]:
        """Write the folder; a folder that is there is never written over."""
        made = described(facts)
        folder = self._beside / file_name(made.code)
        if (folder / FILE).exists():
            raise FactError(f"There is an agency in {folder.absolute()} already. Choose it, or give another code.")
        folder.mkdir(parents=True, exist_ok=True)
        files.whole(folder / FILE, agency_text(made).encode())
        self._done(folder)
        return [f"Made: {made.name}, in {folder.absolute()}. Next: its roster."]

    def _answer(
        self,
        name: _Name,
        code: _Code,
        fiscal_year: _Year,
        *,
        certified: _Certified = None,
        certified_until: _Until = None,
        plans: _Plans,
    ) -> Result:
        """Make a new agency: its name, its performance plans and its dates."""
        return _told({name: value for name, value in locals().items() if name != "self"})


class ChangedAgency:
    """The agency of a folder, to change dates, plans and readings in mid-work."""

    button = "Save these settings"

    def __init__(self, folder: Path, done: Callable[[Path], None]) -> None:
        """Fill the form from the file; raises FactError where it cannot be read."""
        self._folder, self._done = folder, done
        opened = AgencyFolder(folder).about
        if opened.agency is None:
            raise FactError(f"{opened.problems[0]} Correct {FILE} first.")
        self._agency, self._seen = opened.agency, files.digest(folder / FILE)
        self.question: Question[Any] = Question("report.change_agency", self._answer, INSTRUCTIONS)

    @property
    def facts(self) -> dict[str, Any]:
        """What the file says."""
        agency = self._agency
        plans = [
            {
                "id": plan.id,
                "name": plan.name,
                "pattern": _word(_PATTERN_WORDS, plan.pattern),
                "first_day": plan.appraisal_period.first,
                "last_day": plan.appraisal_period.last,
                "awards": _word(_AWARDS, plan.awards.status),
                "form": _word(_FORMS, plan.pool_basis),
                **plan.awards.model_dump(exclude_none=True, exclude={"status"}),
            }
            for plan in agency.plans
        ]
        known: dict[str, Any] = {"name": agency.name, "code": agency.code, "fiscal_year": agency.fiscal_year}
        known |= {"certified": agency.certified, "certified_until": agency.certified_until}
        return known | {
            "plans": plans, "options": agency.options.model_dump(), "closed_days": list(agency.closed_days) or None,
        }  # fmt: skip

    def will(self) -> str:
        """What the button does."""
        return f"The button rewrites {FILE} in {self._folder.absolute()} and keeps the previous file beside it."

    def save(self, facts: Mapping[str, Any]) -> list[str]:
        """Write the file and keep the one before; what another program wrote meanwhile is never written over."""
        file = self._folder / FILE
        if files.digest(file) != self._seen:
            self._seen = files.digest(file)
            raise FactError(f"{FILE} was changed by another program. Press again to keep that file beside and save.")
        made = described(facts, self._agency)
        kept = keep_beside(file)
        files.whole(file, agency_text(made).encode())
        lost = left_out(self._agency, made)
        self._agency, self._seen = made, files.digest(file)
        self._done(self._folder)
        return [f"Saved. The previous {FILE} is kept as {kept.name}. Everything below is updated.", *lost]

    def _answer(
        self,
        name: _Name,
        code: _KeptCode,
        fiscal_year: _Year,
        *,
        certified: _Certified = None,
        certified_until: _Until = None,
        plans: _Plans,
        options: _Options = None,
        closed_days: _Closed = None,
    ) -> Result:
        """Change the agency's dates, plans, and how the report reads what the instructions leave open."""
        return _told({name: value for name, value in locals().items() if name != "self"}, self._agency)


def left_out(former: Agency, made: Agency) -> list[str]:
    """That another year takes the place of this one, and which days of a plan's former period are in no period of it any more."""
    said = []
    if made.fiscal_year > former.fiscal_year:
        said.append(
            f"This is now the folder of fiscal year {made.fiscal_year}; roster, pay worksheet and steps in it are still those of "
            f"{former.fiscal_year}, and a roster that is brought takes their place. Begin the next year keeps both, with earlier ratings "
            "and clocks taken over."
        )
    before = {plan.id: plan.appraisal_period for plan in former.plans}
    for plan in made.plans:
        was, now = before.get(plan.id), plan.appraisal_period
        if was is None or was == now:
            continue
        gone = [
            (max(first, was.first), min(last, was.last))
            for first, last in ((was.first, now.first - timedelta(days=1)), (now.last + timedelta(days=1), was.last))
        ]
        spans = " and ".join(f"{first} to {last}" for first, last in gone if first <= last)
        if spans:
            said.append(
                f"Plan {plan.id}: the period was {was.first} to {was.last} and is now {now.first} to {now.last}. {spans} "
                "is now in no appraisal period of it; correct the period, unless another covers those days."
            )
    return said


def described(facts: Mapping[str, Any], former: Agency | None = None) -> Agency:
    """The agency that the answers describe; what no question asks stays as it was. Raises FactError."""
    for text in _texts(facts):
        if has_ssn(text):
            raise FactError("An entry looks like a Social Security number, which must never be kept here. Remove it.")
    for row, plan in enumerate(facts["plans"], 1):
        if _AWARDS[plan.awards] == "paid" and plan.paid_in is None:
            raise FactError(f"Plan {row}: awards are paid, so the month is needed. Fill in 'Awards paid in'.")
    options = facts.get("options")
    tree = {
        "code": _code(facts["code"].strip(), former),
        "name": facts["name"].strip(),
        "fiscal_year": facts["fiscal_year"],
        "certified": facts.get("certified"),
        "certified_until": facts.get("certified_until"),
        "plans": [_plan(one) for one in facts["plans"]],
        "options": options.model_dump() if options else former.options if former else Options(),
    }
    if "closed_days" in facts:
        tree["closed_days"] = tuple(facts["closed_days"] or ())
    if former:
        tree = {name: getattr(former, name) for name in Agency.model_fields} | tree
    try:
        return Agency.model_validate(tree)
    except ValidationError as failure:
        raise FactError(_sentence(failure)) from None


def _code(given: str, former: Agency | None) -> str:
    if former and given == former.code:
        return given
    try:
        return short_code(given)
    except Unreadable as failure:
        raise FactError(f"Short code: '{given}' {failure}.") from None


def _plan(entry: PlanEntry) -> dict[str, Any]:
    awards = {
        "paid_in": entry.paid_in,
        "determined_on": entry.determined_on,
        "ratings_final_on": entry.ratings_final_on,
    }
    return {
        "id": entry.id.strip(),
        "name": entry.name.strip(),
        "pattern": _PATTERN_WORDS[entry.pattern],
        "appraisal_period": {"from": entry.first_day, "to": entry.last_day},
        "awards": {"status": _AWARDS[entry.awards], **{name: value for name, value in awards.items() if value}},
        "pool_basis": _FORMS[entry.form],
    }


def _told(facts: dict[str, Any], former: Agency | None = None) -> Result:
    """What the answers come to: the plans and when each report is due."""
    made = described(facts, former)
    reasons = [Reason(_of_plan(made, number), INSTRUCTIONS) for number in range(len(made.plans))]
    due = all(due_of(made, plan).answer for plan in made.plans)
    state = (
        "Everything needed is there."
        if due
        else "It can be saved; what starts the clock of the report is not known yet."
    )
    plans = number_of(len(made.plans), "performance plan")
    says = f"{made.name}, fiscal year {made.fiscal_year}: {plans}. {state}"
    other = other_layout(made)
    return Result("", None, True, says, tuple(reasons), cautions=(other,) if other else ())


def _of_plan(agency: Agency, number: int) -> str:
    plan = agency.plans[number]
    return f"Plan {plan.id}, {plan.appraisal_period.first} to {plan.period_end}: {due_of(agency, plan).says}"


def _sentence(failure: ValidationError) -> str:
    first = failure.errors(include_url=False)[0]
    path = [*first["loc"], *getattr(first.get("ctx", {}).get("error"), "path", ())]
    row = next((step + 1 for step in path if isinstance(step, int)), None)
    why = str(first.get("ctx", {}).get("error", first["msg"])).rstrip(".")
    what = {"appraisal_period": "the appraisal period", "awards": "the entry on awards"}.get(str(path[-1]), "an entry")
    return f"Plan {row}: {what} {why}." if row else f"{path[0] if path else 'An entry'}: {why}."


def _texts(facts: Mapping[str, Any]) -> list[str]:
    plans = [text for plan in facts["plans"] for text in (plan.id, plan.name)]
    return [str(facts["code"]), str(facts["name"]), *plans]


def _word(words: Mapping[str, Any], value: Any) -> str:
    return next(word for word, meant in words.items() if meant == value)
