"""How the served walks look: JupyterLab's own names for colors get ours, light or dark as the reader's system prefers."""

from __future__ import annotations

from pathlib import Path

from seskit.formats import tokens
from seskit.formats.notebook_page import IN_JUPYTERLAB

#: The page around the walks, and where Voila finds it.
TEMPLATE, SHARE = "seskit", Path(__file__).with_name("share")

#: What JupyterLab calls each of our colors.
_NAMES = {
    "ground": ("layout-color0", "layout-color1", "layout-color2", "widgets-input-background-color"),
    "ink": (
        "ui-font-color0", "ui-font-color1", "content-font-color0", "content-font-color1", "widgets-color",
        "widgets-label-color", "widgets-readout-color", "widgets-input-color",
    ),
    "muted": ("ui-font-color2", "ui-font-color3", "content-font-color2", "content-font-color3"),
    "line": ("border-color0", "border-color1", "border-color2", "border-color3", "widgets-input-border-color"),
    "accent": ("content-link-color", "content-link-visited-color", "content-link-hover-color", "brand-color1"),
    "head": ("layout-color3", "rendermime-table-row-background", "rendermime-table-row-hover-background"),
}  # fmt: skip


def style() -> str:
    """The style of every served page, which is scrolled and printed as a whole and not as a part of a program's window."""
    names = ";".join(f"--jp-{theirs}:var(--{ours})" for ours, all_ in _NAMES.items() for theirs in all_)
    return "\n".join((
        tokens.declared(),
        f"html:root,body[data-voila]{{{names}}}",
        "body[data-voila]{background:var(--ground);color:var(--ink)}",
        "@media screen and (prefers-color-scheme:dark){figure>.wide>img{filter:invert(.885) hue-rotate(180deg)}}",
        ".jp-mod-noOutputs.jp-mod-noInput{display:none}",
        ".jp-MarkdownOutput table{margin-left:0;text-align:left}"
        "#rendered_cells .jp-MarkdownOutput h2{margin:8px 0}"
        ".jp-MarkdownOutput tbody tr:nth-child(odd),.jp-MarkdownOutput tbody tr:nth-child(even){background:none}",
        f".jp-Cell:has(.celltag_{IN_JUPYTERLAB}){{display:none}}",
        "@media print{.jp-MarkdownCell{break-after:avoid}#home{display:none}}",
        "#home{margin:8px 0 -9px;font-family:sans-serif}#home a{color:var(--accent);display:inline-block;line-height:24px}"
        ":is(#home,#rendered_cells) a[href]{text-decoration:underline}"
        "#rendered_cells summary{padding:3px 0}#rendered_cells input[type=checkbox]{width:24px;height:24px}",
        "#loading{padding:32px;font-family:sans-serif}",
        "#ended{position:fixed;left:0;right:0;bottom:0;z-index:10;margin:0;padding:16px 24px;font-family:sans-serif;"
        "background:var(--ground);color:var(--ink);border-top:4px solid var(--ink)}",
        "body[data-voila],body[data-voila] :is(#main,#jp-main-content-panel,#rendered_cells){position:static!important;"
        "width:auto!important;height:auto!important;overflow:visible!important;contain:none!important}"
        "#rendered_cells{padding:0 8px!important}",
        "#rendered_cells>div{max-width:1350px}",
    ))  # fmt: skip
