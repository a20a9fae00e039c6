"""The opener of the walks as a person first sees it."""

from datetime import UTC, datetime

from seskit.desk import widgets
from seskit.desk.opener.make import NewAgency
from seskit.desk.opener.state import Desk
from seskit.desk.report import walk as report_walk

LONG_AGO = datetime(2002, 11, 15, tzinfo=UTC)

PLAN = {
    "id": "main", "pattern": "H: levels 1, 2, 3, 4, 5", "first_day": "2001-10-01", "last_day": "9/30/2002",
    "awards": "paid, or will be", "paid_in": "2002-12", "determined_on": "2002-12-03",
}  # fmt: skip

BASICS = {"name": "Office of Own Tests", "code": "OOT", "fiscal_year": "2002", "plans": [PLAN]}


def made(folder, **more):
    """An agency made by the form."""
    form = NewAgency(lambda _: None, folder)
    panel = widgets.FormPanel(form)
    panel.fill(**BASICS | more)
    panel.save()
    return panel


def opener():
    """The opener of the report walk as a person first sees it."""
    from seskit.desk.opener.front import Front

    front = Front(Desk(report_walk.WALK, ""))
    front.start()
    return front
