"""Tables of more than twenty rows are searched and sorted where they are shown: in a notebook, an application, a page.

The script works on the plain table, so that a page printed or read without scripts is whole.
"""

from __future__ import annotations

import re
from functools import cache

from seskit.formats.shipped import text_beside

#: A table of more rows than this is searched and sorted; the script says the same.
MOST = 20
STYLE = text_beside(__file__, "long_tables.css")
_TABLE = re.compile(r"<table\b.*?</table>", re.DOTALL)


@cache
def script() -> str:
    """What a browser runs."""
    return text_beside(__file__, "long_tables.js")


def within(page: str) -> bool:
    """Whether a page holds a table that long: only then it needs the script."""
    return page.count("<tr") > MOST and any(one[0].count("<tr") > MOST + 1 for one in _TABLE.finditer(page))
