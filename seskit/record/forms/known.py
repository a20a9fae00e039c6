"""Every file of an agency that is filled in, declared once: what it is called, what it is for, and what reads it."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

from seskit.formats import strict_yaml
from seskit.law import parameters
from seskit.law.appraisal import plans as plan_law
from seskit.law.facts import FactError, suggestion
from seskit.record import correspondence
from seskit.record.appraisal import actions_taken
from seskit.record.appraisal.plan_document import plans
from seskit.record.appraisal.year_record import blank as year_blank
from seskit.record.appraisal.year_record.files import CycleFile
from seskit.record.appraisal.year_record.ledger import STEP_COLUMNS
from seskit.record.certification import description, self_assessment
from seskit.record.certification.evidence_index import Index
from seskit.record.closeout import files as closeout
from seskit.record.closeout import moves
from seskit.record.forms.layout import DeclaredFile
from seskit.record.pay_setting import pay_history
from seskit.record.pay_setting.worksheet.columns import COLUMNS as PAY
from seskit.record.pay_setting.worksheet.reading import FILE as PAY_FILE
from seskit.record.pay_setting.worksheet.reading import Terms
from seskit.record.roster import history, last_year
from seskit.record.staffing import records, tracker

#: What each key of an agency's YAML files means.
KEYS = Path(__file__).with_name("keys.yaml")


@cache
def meanings() -> dict[str, dict[str, str]]:
    """The help of every key of every YAML file."""
    found: dict[str, dict[str, str]] = strict_yaml.load(KEYS.read_text(encoding="utf-8"))
    return found


def _qualifications() -> list[str]:
    sets = parameters.parameter("staffing.ecq.anchors").values
    return list(dict.fromkeys(str(name) for one in sets for name in (one.value or {})))


def _yaml(what: str, file: str, title: str, says: str, model: Any, **more: Any) -> DeclaredFile:
    return DeclaredFile(what, file, title, says, model, helps=meanings()[file], **more)


@cache
def all_files() -> dict[str, DeclaredFile]:
    """Every file by the word that calls for it."""
    made = (
        _yaml("vacancies", records.FILE, "Agency", "Vacancies, their days and their cases.", records.Vacancies,
              titles={"vacancies": ("Vacancies", "vacancy"), "vacancies.qualifications": ("Qualifications", "example"),
                      "vacancies.documents": ("Documents", "document"), "outreach.boards": ("Boards", "board"),
                      "vacancies.development": ("Development", "activity")},
              offered={"vacancies.documents.document": records.documents_in_words,
                       "vacancies.qualifications.ecq": _qualifications, "vacancies.development.ecq": _qualifications}),
        _yaml("certification", "certification.yaml", "Request", "The evidence index of a request for certification.", Index,
              titles={"systems": ("Systems", "system"), "systems.evidence": ("Evidence", "entry"),
                      "systems.periods": ("Periods", "period")}),
        _yaml("assessment", self_assessment.FILE, "Assessment", "Your answers to the self-assessment of a system.",
              self_assessment.Assessment, titles={"answers": ("Answers", "answer")}),
        _yaml("description", description.FILE, "Description", "The description of a system, in parts.", description.Answers),
        _yaml("year", "appraisal.yaml", "Year", "How the appraisal year was run.", CycleFile,
              titles={"boards": ("Boards", "board")}, none_said={"on_probation": "Nobody is on probation"}),
        DeclaredFile("steps", "steps.csv", "Steps", "Who did what and when in the appraisal year.", columns=STEP_COLUMNS,
                 begun=year_blank.expected),
        DeclaredFile("history", "history.csv", "Earlier ratings", "Ratings of earlier years.", columns=history.COLUMNS),
        DeclaredFile("last_year", last_year.FILE, "Last year's executives",
                     "Who was on the roster of the year before, and why those who are gone are.", columns=last_year.COLUMNS),
        DeclaredFile("probation", "probation.csv", "Probation", "Career appointees in or just past probation.",
                 columns=tuple(tracker.COLUMNS.values())),
        DeclaredFile("plans", "plan.yaml", "Plans", "Performance plans of many executives in one workbook.", plans.Plans,
                 helps={f"plans.{key}": words for key, words in meanings()["plan.yaml"].items()}
                 | {"plans": "The plans, one of each executive."},
                 titles={"plans": ("Plans", "plan"), "plans.elements": ("Elements", "element"),
                         "plans.elements.requirements": ("Requirements", "requirement")},
                 empty_is_said=(plan_law.Requirement, plan_law.Element), book_name="plans.xlsx", each_in="plans"),
        _yaml("pay_terms", "pay.yaml", "Terms", "What applies to the whole pay worksheet.", Terms,
              book_name="pay_terms.xlsx"),
        DeclaredFile("pay", f"{PAY_FILE}.csv", "Pay", "The pay worksheet: what is proposed for each executive.",
                 columns=tuple(PAY.values()),
                 of_person={"appointment_type": ("appointment_type",), "rating": ("rating",),
                            "rate": ("basic_pay_fy_end", "basic_pay_period_end")}),
        DeclaredFile("pay_history", f"{pay_history.FILE}.csv", "Pay actions", "Pay actions of earlier years.",
                 columns=tuple(pay_history.COLUMNS.values())),
        _yaml("closeout", closeout.SETTINGS, "Closeout", "The days of certification and the weights of the plan.",
              closeout.Settings),
        DeclaredFile("element_levels", "element_levels.csv", "Element levels", "Element levels of each executive.",
                 columns=tuple(closeout.COLUMNS.values())),
        DeclaredFile("correspondence", "correspondence.csv", "Correspondence", "Papers under control.",
                 columns=correspondence.COLUMNS),
        DeclaredFile("actions", "actions.csv", "Actions", "What followed from ratings, year by year.",
                 columns=actions_taken.COLUMNS),
        DeclaredFile("moves", "moves.csv", "Moves", "Moves that executives must be notified of.",
                 columns=tuple(moves.COLUMNS.values())),
    )  # fmt: skip
    return {one.what: one for one in made}


def declared(what: str) -> DeclaredFile:
    """One file by its word; refuses another word with the nearest."""
    known = all_files()
    if what not in known:
        raise FactError(f"There is no form '{what}'.{suggestion(what, known)} Forms are {', '.join(known)}.")
    return known[what]
