"""Whose files a walk shows, and everything that follows from them: one object that renews every output.

A walk run by papermill or the batch is given its agency; it prints its outputs as they are. A walk run by a person is
given none: an agency is chosen on the screen, and the outputs live in views that are renewed.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import wraps
from operator import attrgetter
from pathlib import Path
from typing import Any

from seskit.desk.opener import places
from seskit.formats import leaving
from seskit.formats.refusals import FactError
from seskit.record.agency import FILE

#: Makes one output from what a walk has read.
Piece = Callable[[Any], Any]


def of_part(part: str, make: Callable[[Any], Any]) -> Piece:
    """An output of one part of what a walk has read, by the walk's own name for the part."""

    @wraps(make)
    def piece(walk: Any) -> Any:
        return make(attrgetter(part)(walk))

    return piece


def typed_day(text: str) -> str:
    """A day typed in any usual way, as the files write it; raises FactError."""
    from seskit.desk.widgets import typed

    return str(typed.a_day(text))


@dataclass(frozen=True)
class Pick:
    """A choice within the files, or a setting of the walk: its words, what may be chosen, and what it begins with."""

    name: str
    label: str
    help: str = ""
    #: What may be chosen: each in words with its id. Nothing for a text that is typed.
    choices: Callable[[Any], list[tuple[str, str]]] | None = None
    #: Reads a typed text; raises FactError.
    read: Callable[[str], Any] = str
    #: Whether the files are read anew when it changes; otherwise only the outputs that follow it are.
    rereads: bool = False


@dataclass(frozen=True)
class Walk:
    """What a walk needs to be opened: its name, its sample, the file it cannot do without, and how it is read."""

    stem: str
    title: str
    sample: str
    read: Callable[[Path, Path, dict[str, Any]], Any]
    #: The files of which a folder must hold one.
    needs: tuple[str, ...] = (FILE,)
    picks: tuple[Pick, ...] = ()
    #: Settings of the walk's own files: the words of the button, and the form made of the folder.
    forms: tuple[tuple[str, Callable[[Path, Callable[[Path], None]], Any]], ...] = ()
    #: The other files the walk reads, by the words that call for their forms; each can be filled in on the screen.
    files: tuple[str, ...] = ()


class Desk:
    """One walk at work: its folder, what was read, and the outputs that follow."""

    def __init__(
        self, walk: Walk, folder: str | Path, out: str | Path = "", picked: Mapping[str, Any] | None = None
    ) -> None:
        """Open a walk; a folder that cannot be used is refused in one sentence."""
        self.walk = walk
        self.by_hand = not str(folder)
        self.picked = {pick.name: "" for pick in walk.picks} | dict(picked or {})
        self._out = str(out)
        self._listeners: list[Callable[[str], None]] = []
        #: The outputs on the screen, in their order, by what makes each.
        self.views: dict[str, Any] = {}
        self.read: Any = None
        self.folder = Path()
        self.failed = ""
        if not self.by_hand:
            self.folder = usable(Path(folder), walk)
            self._open()

    @property
    def out(self) -> Path:
        """Where the finished files go."""
        return Path(self._out) if self._out else places.finished(self.walk.stem, self.folder)

    @property
    def is_sample(self) -> bool:
        """Whether what is shown is invented and came with the product: only that may stay in a saved notebook."""
        return bool(self.folder.name) and places.is_sample(self.folder)

    def heard(self, listener: Callable[[str], None]) -> None:
        """Have changes heard: the name of the pick that changed, or nothing where everything did."""
        self._listeners.append(listener)

    def choose(self, folder: str | Path) -> None:
        """Work with another folder; every output follows. Raises FactError, and keeps the one before, where it cannot."""
        chosen = usable(Path(folder), self.walk)
        self.folder = chosen
        self.picked = dict.fromkeys(self.picked, "")
        self._open()
        self._say("")

    def renew(self) -> None:
        """Read the folder again: its files have changed."""
        self._open()
        self._say("")

    def pick(self, name: str, value: str) -> None:
        """Choose within the files, or set something; what follows it is renewed. Raises FactError for what cannot be."""
        pick = next(one for one in self.walk.picks if one.name == name)
        self.picked[name] = pick.read(value) if value else ""
        if pick.rereads:
            self._open()
        self._say("" if pick.rereads else name)

    def show(self, *pieces: Piece | str, follows: str = "") -> Any:
        """Show outputs made from what was read, and the choices named. By hand, each output is a view that is renewed
        with the folder and with the pick it follows; in a run with parameters it is displayed as it is, without choices.
        The last one is the cell's answer.
        """
        from IPython.display import display

        if self.by_hand:
            parts = [self._entry(one) if isinstance(one, str) else self._view(one, follows) for one in pieces]
        else:
            parts = [part for one in pieces if not isinstance(one, str) for part in flat(self.made(one))]
        if not parts:
            return None
        display(*parts[:-1])  # type: ignore[no-untyped-call]
        return parts[-1]

    def _entry(self, name: str) -> Any:
        from seskit.desk.opener.picks import PickEntry

        return PickEntry(self, next(one for one in self.walk.picks if one.name == name))

    def _view(self, piece: Piece, follows: str) -> Any:
        """A view, in the place of one that an earlier run of the same cell made."""
        from seskit.desk.opener.view import View

        view = View(self, piece, follows)
        self.views[f"{piece.__module__}.{getattr(piece, '__qualname__', repr(piece))}"] = view
        return view

    def made(self, piece: Piece) -> Any:
        """One output, from what was read."""
        if self.failed:
            raise FactError(self.failed)
        return piece(self.read)

    def _open(self) -> None:
        self.failed = ""
        for view in self.views.values():
            view.withdraw()
        leaving.turn_to(self.folder.absolute())
        try:
            self.read = self.walk.read(self.folder, self.out, self.picked)
        except (FactError, OSError, ValueError) as failure:
            if not self.by_hand:
                raise
            self.read, self.failed = None, in_a_sentence(failure)

    def _say(self, name: str) -> None:
        for listener in self._listeners:
            listener(name)


def flat(made: Any) -> list[Any]:
    """One output, or several as a tuple, as a list."""
    return list(made) if isinstance(made, tuple) else [made]


def usable(folder: Path, walk: Walk) -> Path:
    """The folder, or FactError with the place that was looked in."""
    place = folder.expanduser()
    if not place.is_dir():
        raise FactError(f"There is no folder '{folder.name}': looked in {place.absolute().parent}.")
    if not any((place / name).is_file() for name in walk.needs):
        raise FactError(f"This folder holds no {' or '.join(walk.needs)}: looked in {place.absolute()}.")
    return place


def in_a_sentence(failure: Exception) -> str:
    """What went wrong, for a person."""
    if isinstance(failure, OSError):
        name = Path(str(failure.filename)).name if failure.filename else "A file"
        return (
            f"{name} cannot be used: {(failure.strerror or 'it cannot be opened').lower()}. Close it in other programs."
        )
    return str(failure)
