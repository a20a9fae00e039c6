"""Filling SES vacancies: from the announcement through the boards and the QRB to the end of probation, and moves."""

from seskit.law.actions.moves import *
from seskit.law.actions.new_head import *
from seskit.law.actions.probation_removal import *
from seskit.law.actions.probationary_year import *
from seskit.law.actions.return_to_ses import *
from seskit.law.staffing.appointments import *
from seskit.law.staffing.position_ceilings import *
from seskit.law.staffing.program import *
from seskit.law.staffing.qrb import *
from seskit.law.staffing.rating import *
from seskit.law.staffing.representation import *
from seskit.law.staffing.vacancy import *
from seskit.law.staffing.vacancy_timeline import *
