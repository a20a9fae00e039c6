"""The step ledger of an agency: its files read, every executive's year checked, the packet an inspector asks for."""

from seskit.work.appraisal.year_record.audit import Audit, Executive, audit
from seskit.record.appraisal.year_record.files import Board, CycleFile, Files, open_folder

__all__ = ["Audit", "Board", "CycleFile", "Executive", "Files", "audit", "open_folder"]
