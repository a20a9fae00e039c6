"""A performance plan to ask about."""

from datetime import date

from seskit.law import parameters


def requirement(perspective, **more):
    whole = {
        "text": "Cut the backlog.",
        "perspective": perspective,
        "measure": "cases older than 90 days",
        "target": "600",
        "due": "2013-09-30",
        "data_source": "case system, monthly",
        "goal": "2.1",
        "document": "Annual plan 2013",
        "page": "14",
        "own": True,
    }
    return {key: value for key, value in (whole | more).items() if value is not None}


NAMES = parameters.figure("appraisal.basic_2012.elements", date(2013, 1, 1)).value


def plan(**more):
    views = ["results", "employees", "results", "customers", "results"]
    elements = [
        {"name": name, "weight": 20, "standard": "meets the norm", "requirements": [requirement(view)]}
        for name, view in zip(NAMES, views, strict=True)
    ]
    facts = {
        "written": True,
        "individual_and_organizational": True,
        "consulted_on": "2012-09-20",
        "communicated_on": "2012-10-01",
        "agrees_with_planning": True,
        "documents_cover_year": True,
        "considers_gpra": True,
        "cascades": True,
        "elements": elements,
        "plan": "basic-2012",
    }
    return facts | more
