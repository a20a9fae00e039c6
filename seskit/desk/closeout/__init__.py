"""The closeout where people meet it: the command, and the tables of the walk."""

from seskit.desk.closeout.show import must_change, notices, states, written_notices

__all__ = ["must_change", "notices", "states", "written_notices"]
