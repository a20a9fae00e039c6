"""The closeout of an appraisal year before the board sits: what must change, the cheapest lawful ways, what each costs."""

from seskit.work.closeout.figures import FORMATS, Closeout, closeout
from seskit.work.closeout.opening import OpenedCloseout, open_folder

__all__ = ["FORMATS", "Closeout", "OpenedCloseout", "closeout", "open_folder"]
