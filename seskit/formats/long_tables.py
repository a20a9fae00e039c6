"""Tables of more than twenty rows are searched and sorted where they are shown: in a notebook, an application, a page.

The script works on the plain table, so that a page printed or read without scripts is whole.
"""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

#: A table of more rows than this is searched and sorted; the script says the same.
MOST = 20
STYLE = """
.seskit-find{margin:.5rem 0;display:flex;flex-wrap:wrap;gap:.25rem 1rem;align-items:center}
.seskit-find input{font:inherit;color:inherit;background:transparent;border:1px solid currentColor;padding:.2rem .4rem;min-height:1.5rem;
max-width:100%;box-sizing:border-box}
table[data-long] th button{font:inherit;color:inherit;background:none;border:0;margin:0;padding:.1rem 0;min-width:24px;min-height:24px;cursor:pointer;
text-align:inherit;text-decoration:underline;white-space:inherit}
table[data-long] tr[hidden]{display:none}
.seskit-find input:focus-visible,table[data-long] th button:focus-visible{outline:3px solid currentColor;outline-offset:1px}
th[aria-sort=ascending] button::after{content:" \\2191" / ""}th[aria-sort=descending] button::after{content:" \\2193" / ""}
@media print{.seskit-find{display:none}}
"""
_TABLE = re.compile(r"<table\b.*?</table>", re.DOTALL)


@cache
def script() -> str:
    """What a browser runs."""
    return Path(__file__).with_name("long_tables.js").read_text(encoding="utf-8")


def within(page: str) -> bool:
    """Whether a page holds a table that long: only then it needs the script."""
    return page.count("<tr") > MOST and any(one[0].count("<tr") > MOST + 1 for one in _TABLE.finditer(page))
