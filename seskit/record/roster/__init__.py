"""An agency's people in: CSV or XLSX to checked records, every problem with row, column and reason.

Nothing is repaired or dropped in silence: a cell that cannot be read becomes a problem and stays empty in the record.
"""

from seskit.record.roster.columns import COLUMNS, STATED, Judged, Person, judged
from seskit.record.roster.groups import Groups
from seskit.record.roster.reader import Roster, read

__all__ = ["COLUMNS", "STATED", "Groups", "Judged", "Person", "Roster", "judged", "read"]
