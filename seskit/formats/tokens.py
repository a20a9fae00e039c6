"""The colors of every screen that is ours, in light and dark, declared once; the contrast of each on its ground holds AA."""

from __future__ import annotations

from collections.abc import Mapping

#: Each color by its name; `head` lies under heads of tables, `stop` and `caution` are words of a finding.
LIGHT: Mapping[str, str] = {
    "ground": "#ffffff", "ink": "#1b1b1b", "muted": "#565c65", "line": "#71767a", "accent": "#1a4480",
    "head": "#e6e9ee", "stop": "#9c1f1f", "caution": "#7a4a00",
}  # fmt: skip
DARK: Mapping[str, str] = {
    "ground": "#1c1d1f", "ink": "#f0f0f0", "muted": "#b5bac1", "line": "#8d9297", "accent": "#9ec1f7",
    "head": "#2c2f33", "stop": "#f5a3a0", "caution": "#f2c46d",
}  # fmt: skip


def declared(*names: str) -> str:
    """A style that declares these colors, or all, as variables: light, and dark where the reader prefers it."""

    def of(colors: Mapping[str, str]) -> str:
        return ";".join(f"--{name}:{colors[name]}" for name in names or LIGHT)

    dark = f"@media (prefers-color-scheme:dark){{:root{{{of(DARK)}}}}}"
    return f":root{{color-scheme:light dark;{of(LIGHT)}}}\n{dark}\n@media print{{:root{{{of(LIGHT)}}}}}"
