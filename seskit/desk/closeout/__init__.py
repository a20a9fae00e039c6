"""The closeout where people meet it: the command, and the tables of the walk."""

from seskit.desk.closeout.show import must_change, states

__all__ = ["must_change", "states"]
