"""The pictures of a session by file name; one that the project draws is drawn when it is first looked at."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from threading import Lock

from seskit.formats.drawing import Chart

_ONE_AT_A_TIME = Lock()


class Images(Mapping[str, bytes]):
    """File names and pixels. Resolving a kit, or opening its exercises, needs the words of a picture and draws none."""

    def __init__(self, *together: Mapping[str, bytes]) -> None:
        self._held: dict[str, Chart | bytes] = {}
        for one in together:
            self._held |= one._held if isinstance(one, Images) else one

    def keep(self, name: str, picture: Chart | bytes) -> None:
        """Add a picture, or take another in its place."""
        self._held[name] = picture

    def drawn(self) -> list[Chart]:
        """Those that the project draws."""
        return [picture for picture in self._held.values() if isinstance(picture, Chart)]

    def __getitem__(self, name: str) -> bytes:
        picture = self._held[name]
        if isinstance(picture, bytes):
            return picture
        with _ONE_AT_A_TIME:  # papers are made side by side, and several show the same picture
            return picture.png

    def __iter__(self) -> Iterator[str]:
        return iter(self._held)

    def __len__(self) -> int:
        return len(self._held)
