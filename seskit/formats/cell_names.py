"""How a spreadsheet names its columns: A, B, ..., Z, AA."""

from __future__ import annotations


def letters(column: int) -> str:
    """The letters of a column, the first being 0."""
    said = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        said = chr(65 + rest) + said
    return said


def place_of(letters_of_column: str) -> int:
    """The place of a column by its letters, the first being 0."""
    column = 0
    for letter in letters_of_column.upper():
        column = column * 26 + ord(letter) - 64
    return column - 1
