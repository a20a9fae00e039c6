"""The parts the opener is built of: entries with a label above, buttons, and what the browser must be told."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import ipywidgets

from seskit.desk.widgets.look import label, status
from seskit.desk.widgets.pressing import Button

STYLE = """
.seskit-bar.jupyter-widgets {display: flex; flex-flow: row wrap; gap: 4px 8px; overflow: visible}
.seskit-bar.seskit-bar button.jupyter-button {margin: 0 0 4px; flex: none}
.seskit-desk .seskit-bar button.seskit-current {outline: 2px solid currentColor; font-weight: 600}
.seskit-desk .seskit-bar > .seskit-panel {flex: 1 1 min(17em, 100%); max-width: 34em}
.seskit-section {border: 1px solid currentColor; border-radius: 4px; padding: 12px 12px 4px; margin: 4px 0 12px;
  overflow: visible}
.seskit-section .seskit-section {border: 0; padding: 0; margin: 0}
.seskit-desk, .seskit-desk .widget-box, .seskit-view, .seskit-view .widget-box {overflow: visible}
.seskit-desk .seskit-field.jupyter-widgets > input {max-width: 40em; width: 100%}
.seskit-desk details > summary, .seskit-view details > summary {cursor: pointer; padding: 3px 0; min-height: 24px;
  box-sizing: border-box}
.seskit-view a, .seskit-desk a {text-decoration: underline}
.seskit-view .widget-html, .seskit-view .widget-html-content {height: auto; line-height: 1.45; overflow: visible}
.seskit-view .widget-html {display: block; width: auto; max-width: 100%; overflow-x: auto; margin: 0 0 8px}
.seskit-shown table, .seskit-desk table {border-collapse: collapse; margin: 0 0 8px}
.seskit-shown td, .seskit-shown th {white-space: normal}
.seskit-unseen {position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap}
.seskit-desk .seskit-columns {flex-flow: column; gap: 0}
.seskit-desk .seskit-form {max-width: none; flex: none; width: 100%; display: grid; gap: 0 16px;
  grid-template-columns: repeat(auto-fill, minmax(min(17em, 100%), 1fr)); align-items: end}
.seskit-desk .seskit-form > .seskit-rows {grid-column: 1 / -1}
.seskit-desk .seskit-row, .seskit-desk .seskit-form > .seskit-rows:not(:has(.seskit-row))
  {display: grid; gap: 0 16px; grid-template-columns: repeat(auto-fill, minmax(min(17em, 100%), 1fr)); align-items: end}
.seskit-desk .seskit-row > button, .seskit-desk .seskit-form > .seskit-rows > .widget-html {grid-column: 1 / -1}
.seskit-desk .seskit-side {flex: none; width: 100%; position: static}
.seskit-desk .seskit-answer.jupyter-widgets {position: static}
.seskit-desk .seskit-form > .seskit-brief.jupyter-widgets {display: block; height: auto;
  margin: 0; background: var(--jp-layout-color0, Canvas); border-top: 1px solid currentColor; grid-column: 1 / -1}
.seskit-desk, .seskit-view {overflow-wrap: anywhere}
.seskit-view {padding-left: 5px}
.seskit-desk table, .seskit-view table {overflow-wrap: break-word}
.seskit-desk button.jupyter-button {max-width: 100%; white-space: normal; text-align: left; line-height: 1.4}
.seskit-view button.seskit-fold.jupyter-button {height: auto; min-height: 28px; white-space: normal; text-align: left;
  line-height: 1.4; margin: 2px 0; box-sizing: border-box; color: inherit; background: transparent;
  border: 1px solid currentColor}
.seskit-shown.jupyter-widgets tbody tr, .seskit-shown.jupyter-widgets tbody tr:hover {background: none;
  border-bottom: 1px solid var(--jp-border-color2)}
.seskit-shown caption, .seskit-desk caption {white-space: normal}
"""

#: What the browser must be told. A notebook with an opener hides its folded code, its counts and its empty cells. And a page
#: cannot be opened from data alone: the browser is handed the same page as a file of its own.
OPENING = """(() => {
  if (window.seskitOpening) return;
  window.seskitOpening = true;
  const rules = document.createElement('style');
  rules.textContent = `
    .seskit-walk .jp-Cell-inputWrapper:has(.jp-InputPlaceholder) {display: none}
    .seskit-walk .jp-CodeCell:has(.jp-InputPlaceholder):not(:has(.jp-OutputArea-output)) {display: none}
    .seskit-walk .jp-OutputArea-child:has(> .jp-RenderedJavaScript) {display: none}
    .seskit-walk .jp-OutputPrompt {visibility: hidden}
    .seskit-walk .jp-OutputArea-output details {overflow-x: auto}
    @media (max-width: 640px) {
      .seskit-walk .jp-OutputPrompt, .seskit-walk .jp-InputPrompt, .seskit-walk .jp-Collapser {display: none}
      .seskit-walk .jp-OutputArea-output, .seskit-walk .jp-Cell {padding-left: 0; padding-right: 0; min-width: 0}
    }`;
  document.head.append(rules);
  const mark = () => {
    document.querySelectorAll('.jp-Notebook:not(.seskit-walk) .seskit-desk').forEach(
      desk => desk.closest('.jp-Notebook').classList.add('seskit-walk'));
  };
  new MutationObserver(mark).observe(document.body, {childList: true, subtree: true});
  mark();
  document.addEventListener('click', event => {
    const link = event.target.closest && event.target.closest('a.seskit-open');
    if (!link) return;
    event.preventDefault();
    const [, data] = link.href.split(',');
    const bytes = Uint8Array.from(atob(data), character => character.charCodeAt(0));
    window.open(URL.createObjectURL(new Blob([bytes], {type: 'text/html'})), '_blank', 'noopener');
  }, true);
})()"""


def text(words: str, help_text: str = "", value: str = "") -> Any:
    """A box to write one line in."""
    return _field(ipywidgets.Text(value=value, continuous_update=False, **_words(words, help_text)))


def chosen(words: str, options: list[tuple[str, str]], value: str = "", help_text: str = "") -> Any:
    """A list to choose from."""
    return _field(ipywidgets.Dropdown(options=options, value=value, **_words(words, help_text)))


def button(words: str, pressed: Callable[[], None]) -> Any:
    """A button that does one thing."""
    return Button(words, pressed, layout={"width": "max-content", "max_width": "100%"})


def bar(*buttons: Any) -> Any:
    """Buttons in a row that wraps."""
    made = ipywidgets.HBox(list(buttons))
    made.add_class("seskit-bar")
    return made


def section(*children: Any) -> Any:
    """What one button of the opener shows."""
    made = ipywidgets.VBox(list(children))
    made.add_class("seskit-section")
    return made


def refusal(sentence: str) -> Any:
    """Why a button of the opener has nothing to show; heard as well as seen."""
    return section(ipywidgets.HTML(status(sentence)))


def _words(words: str, help_text: str) -> dict[str, Any]:
    style = {"description_width": "initial"}
    return {"description": label(words, help_text), "description_allow_html": True, "style": style}


def _field(made: Any) -> Any:
    made.add_class("seskit-field")
    return made
