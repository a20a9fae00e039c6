"""Words with a key: a sentence that is looked for among others is asked for its key, never for its words."""

from __future__ import annotations

from collections.abc import Iterable


class Keyed(str):
    """The words, with their key."""

    key: str

    def __new__(cls, text: str, key: str) -> Keyed:
        """Words with a key."""
        made = super().__new__(cls, text)
        made.key = key
        return made

    def __getnewargs__(self) -> tuple[str, str]:  # type: ignore[override]  # copies keep the key
        return str(self), self.key


def key_of(text: str) -> str:
    """The key of words; empty where nobody looks for them."""
    return text.key if isinstance(text, Keyed) else ""


def reworded(text: str, said: str) -> str:
    """Other words under the key of these."""
    return Keyed(said, text.key) if isinstance(text, Keyed) else said


def with_key(texts: Iterable[str], key: str) -> tuple[str, ...]:
    """Those with a key."""
    return tuple(one for one in texts if key_of(one) == key)
