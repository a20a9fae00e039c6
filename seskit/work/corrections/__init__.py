"""Correct here: what stands in the way of a report, grouped, with repairs to confirm; saved beside the roster."""

from seskit.work.corrections.groups import Offer, ProblemGroup
from seskit.work.corrections.saving import Saved
from seskit.work.corrections.session import Corrections, Left, open_folder

__all__ = ["Corrections", "Left", "Offer", "ProblemGroup", "Saved", "open_folder"]
