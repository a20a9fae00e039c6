"""The record of an appraisal year as an agency keeps it: how the year was run, and every executive's steps."""

from seskit.record.appraisal.year_record.files import Board, CycleFile, Files, open_folder

__all__ = ["Board", "CycleFile", "Files", "open_folder"]
