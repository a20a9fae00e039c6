"""The record of an appraisal year: read, and every executive's year checked."""

from seskit.record.appraisal.year_record import Board, CycleFile, Files, open_folder
from seskit.work.appraisal.year_record.audit import Audit, Executive, audit, ceilings_of

__all__ = ["Audit", "Board", "CycleFile", "Executive", "Files", "audit", "ceilings_of", "open_folder"]
