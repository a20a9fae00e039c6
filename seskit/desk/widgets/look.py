"""How panels look: labels and help above each box, colors taken from JupyterLab's own light or dark theme."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import ipywidgets
from IPython.core.getipython import get_ipython
from IPython.display import Javascript, display

from seskit.formats.days import days_in_words, long_date
from seskit.formats.markup import Markup, element, paragraph, style, together
from seskit.law.facts import dollars, money

# Inherited colors only: contrast is that of the theme, and no color carries meaning.
_STYLE = """
.seskit-panel {max-width: 76em; padding: 4px; overflow: visible}
.seskit-columns {display: flex; flex-flow: row wrap; gap: 0 32px; overflow: visible}
.seskit-form {flex: 1 1 min(20em, 100%); max-width: min(34em, 100%); min-width: 0; overflow: visible}
.seskit-side {flex: 3 1 min(30em, 100%); min-width: 0; overflow: visible; position: sticky; top: 0; align-self: flex-start}
.seskit-answer.jupyter-widgets {position: sticky; top: 0; z-index: 1; margin: 0; padding: 4px 0; background: var(--jp-layout-color0, Canvas)}
.seskit-brief.jupyter-widgets {display: none}
.seskit-form :is(input, select, textarea, button, .seskit-field) {scroll-margin: 8px 0 5em}
:is(.jp-OutputArea, .jp-OutputArea-child, .jp-OutputArea-output):has(.seskit-columns, .seskit-course) {overflow: visible}
.seskit-field.jupyter-widgets {display: flex; flex-direction: column; align-items: stretch;
  width: auto; max-width: 100%; height: auto; margin: 0 2px 14px; overflow: visible}
.seskit-field.jupyter-widgets > .widget-label {width: auto; max-width: none; height: auto; margin: 0 0 3px;
  overflow: visible; white-space: normal; text-align: left; line-height: 1.4}
.seskit-form:not(.seskit-all) > .seskit-spare.jupyter-widgets:not(:focus-within), .seskit-gone.jupyter-widgets:not(:focus)
  {display: none}
.seskit-head.seskit-head {font-size: inherit; font-weight: 600; line-height: inherit; color: inherit; margin: 0 0 8px; padding: 0}
.seskit-label {font-weight: 600}
.seskit-help, .seskit-wrong {display: block; font-weight: 400}
.seskit-wrong {border-left: 4px solid currentColor; padding-left: 8px; font-weight: 600}
.seskit-field.jupyter-widgets > input, .seskit-field.jupyter-widgets > select
  {width: 100%; max-width: 22em; box-sizing: border-box; height: 28px; flex: none; border: 1px solid currentColor}
.seskit-field.jupyter-widgets > select {width: auto; min-width: min(22em, 100%); max-width: 100%; align-self: flex-start}
.seskit-field.jupyter-widgets > textarea {height: 5em; flex: none; border: 1px solid currentColor}
.jupyter-widgets:is(.seskit-panel, .seskit-view) :is(input, select, textarea, button, summary, a, [tabindex]):focus:focus
  {outline: 3px solid currentColor !important; outline-offset: -2px}
.seskit-field.jupyter-widgets > select {appearance: auto; background-image: none; padding-right: 4px}
.seskit-panel .widget-checkbox.jupyter-widgets {width: auto; height: auto; margin: 0 2px 4px; overflow: visible}
.seskit-panel .widget-checkbox .widget-label-basic {display: flex; align-items: flex-start; gap: 6px; width: auto;
  max-width: none; height: auto; overflow: visible; white-space: normal; text-align: left; line-height: 1.4}
.seskit-panel .widget-checkbox .widget-label-basic > span {white-space: normal; overflow: visible}
.seskit-panel .widget-checkbox .widget-label-basic > input {flex: none; margin: 3px 0 0}
.seskit-rows.jupyter-widgets {max-height: 48em; overflow: hidden auto}
.seskit-row.jupyter-widgets, .seskit-rows .seskit-rows.jupyter-widgets {overflow: visible; max-height: none}
.seskit-row {border: 1px solid currentColor; padding: 8px; margin: 0 2px 10px}
.seskit-panel .widget-html, .seskit-panel .widget-html-content {height: auto; line-height: 1.45; overflow: visible}
.seskit-panel button.jupyter-button {align-self: flex-start; margin: 0 2px 14px;
  width: auto; height: auto; min-height: 32px; padding: 2px 16px; max-width: 100%; white-space: normal; text-align: left;
  line-height: 1.4; color: inherit; background: transparent; border: 1px solid currentColor}
.seskit-panel details {overflow-x: auto; max-width: 100%}
.seskit-panel p, .seskit-panel ol, .seskit-panel ul {margin: 0 0 8px}
.seskit-panel table {border-collapse: collapse; margin: 0 0 8px}
.seskit-panel caption {text-align: left; font-weight: 600; color: inherit}
.seskit-panel th, .seskit-panel td {border: 1px solid currentColor; padding: 3px 8px; text-align: left;
  vertical-align: top; white-space: normal; overflow-wrap: break-word}
.seskit-panel td:nth-of-type(2) {white-space: nowrap}
.seskit-panel, .seskit-view {container: seskit / inline-size}
@container seskit (max-width: 64em) {
  table :is(th, td) {white-space: normal !important; padding-inline: 4px !important}
  details table {font-size: 0.92em}
}
@container seskit (max-width: 54em) {
  .seskit-columns {flex-flow: column; gap: 0}
  .seskit-form, .seskit-side {flex: none; width: 100%; max-width: none}
  .seskit-side, .seskit-answer.jupyter-widgets {position: static}
  .seskit-brief.jupyter-widgets {display: block; margin: 0; height: auto; background: var(--jp-layout-color0, Canvas);
    border-top: 1px solid currentColor}
}
.seskit-form:focus-within > .seskit-brief.jupyter-widgets {position: sticky; bottom: 0; z-index: 1;
  box-shadow: 0 12px 0 var(--jp-layout-color0, Canvas)}
.seskit-brief [data-says]::after {content: attr(data-says); display: -webkit-box; -webkit-box-orient: vertical;
  -webkit-line-clamp: 2; overflow: hidden; font-weight: 600; padding: 4px 0; line-height: 1.4}
@container seskit (max-width: 480px) {
  .seskit-stacks, .seskit-stacks > caption, .seskit-stacks > tbody, .seskit-stacks > tbody > tr, .seskit-stacks > tbody > tr > *
    {display: block; width: auto; max-width: 100%; box-sizing: border-box}
  .seskit-stacks > caption {padding: 8px 0 4px}
  .seskit-stacks > thead {position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%)}
  .seskit-stacks:has(thead button) > thead {position: static; width: auto; height: auto; clip-path: none; display: block}
  .seskit-stacks > thead > tr {display: flex; flex-wrap: wrap; gap: 4px 12px}
  .seskit-stacks > tbody > tr {padding: 4px 0; border-bottom: 1px solid currentColor}
  .seskit-stacks > tbody > tr > * {border: 0; padding: 2px 0; text-align: left !important; white-space: normal !important}
  .seskit-stacks > tbody > tr > td:empty {display: none}
  .seskit-stacks > tbody > tr > td[data-of]::before {content: attr(data-of) ": "}
}
.seskit-status {font-weight: 600; border-left: 4px solid currentColor; padding: 2px 0 2px 12px; margin: 0 0 10px}
.seskit-status:empty {border-left-color: transparent}
"""

# What no widget can be told. JupyterLab takes letters and arrows for its own commands while a list of choices, a
# tick box or a button has the keyboard: 'M' turns the cell to text, 'D D' deletes it. And a live region is heard for
# certain only where its element stays while the words in it are replaced. And each cell of a table knows its column: where
# there is no room side by side, cells are below each other, each with the words of its column. And the keyboard is not left
# nowhere: where the control that had it is gone, the one now in its place gets it, or the first where nothing is there; and
# a course that was just run begins at its heading, for "Run All" leaves the keyboard below the last cell. And a page that
# was made ready before it was opened says that it is. And the answer that stays in sight at the foot of the window while a
# form is filled in never covers the entry that has the keyboard, with its words. And what is being typed stays: ipywidgets
# writes an entry's value into its box at any change of the entry, its label's, too. And what a press opens is heard: a live
# region that comes with its words says nothing, so one region that is always there says what came, and the words of a
# button that changed under the press. Which button of the opener is open, and which entry cannot be used, is told as well.
# And the count of files behind a button is taken away: what was brought leaves the widget at once, so it would always be 0.
_TENDED = """(() => {
  if (window.seskitTended) return;
  const stack = table => {
    const head = table.tHead && table.tHead.rows.length === 1 ? [...table.tHead.rows[0].cells].map(cell => cell.textContent.trim()) : [];
    table.classList.add('seskit-met');
    if (!head.length || table.querySelector('[colspan], [rowspan]')) return;
    [...table.tBodies].forEach(body => [...body.rows].forEach(row => [...row.cells].forEach((cell, column) => {
      if (column && head[column]) cell.dataset.of = head[column];
    })));
    table.classList.add('seskit-stacks');
  };
  const open = one => one.setAttribute('aria-expanded', one.classList.contains('seskit-current'));
  const voice = document.createElement('div');
  for (const [name, value] of [['role', 'status'], ['aria-live', 'polite'], ['aria-atomic', 'true'], ['id', 'seskit-voice'],
    ['style', 'position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%)']]) voice.setAttribute(name, value);
  document.body.append(voice);
  let place = null, words = [], soon = 0;
  const act = ({target}) => {
    place = target.closest?.('.seskit-view, .seskit-desk') || target.closest?.('.seskit-panel');
    voice.textContent = '';
  };
  for (const kind of ['click', 'change', 'keydown']) document.addEventListener(kind, act, true);
  const say = (one, said) => {
    if (!place?.contains(one)) return;
    words.push(said.trim());
    clearTimeout(soon);
    soon = setTimeout(() => { voice.textContent = words.join(' '); words = []; }, 200);
  };
  let pressed = null, called = '';
  const fold = () => {
    const button = document.activeElement?.closest('.seskit-fold'), now = button?.textContent;
    if (button && button === pressed && now !== called) { words = []; say(button, now); }
    [pressed, called] = [button, now];
  };
  new MutationObserver(changes => changes.forEach(({target}) => target.matches('.seskit-opens') && open(target))).observe(
    document.body, {attributeFilter: ['class'], subtree: true});
  const tend = () => document.querySelectorAll('.seskit-panel').forEach(panel => {
    panel.querySelectorAll('select, button, input[type=checkbox]').forEach(
      control => control.setAttribute('data-lm-suppress-shortcuts', 'true'));
    panel.querySelectorAll('.seskit-landing:not([tabindex])').forEach(one => {
      one.setAttribute('tabindex', '-1');
      one.setAttribute('data-lm-suppress-shortcuts', 'true');
    });
    panel.querySelectorAll('.seskit-field > :is(input, select, textarea)').forEach(box => {
      if (box.parentElement.querySelector(':scope > label .seskit-wrong')) box.setAttribute('aria-invalid', 'true');
      else box.removeAttribute('aria-invalid');
    });
    panel.querySelectorAll('.seskit-opens').forEach(open);
    panel.querySelectorAll('.seskit-status[role]').forEach(said => {
      if (!said.parentElement.hasAttribute('role')) say(said, [...said.children].map(line => line.textContent).join(' '));
      for (const name of ['role', 'aria-live', 'aria-atomic']) {
        said.parentElement.setAttribute(name, said.getAttribute(name));
        said.removeAttribute(name);
      }
    });
  });
  let last = null;
  const controls = desk => [...desk.querySelectorAll('select, button, input, textarea, summary, a[href]')].filter(
    one => !one.disabled && one.getClientRects().length);
  document.addEventListener('focusin', event => {
    const panel = event.target.closest('.seskit-desk') || event.target.closest('.seskit-panel');
    last = panel && {panel, control: event.target, place: controls(panel).indexOf(event.target)};
    uncover(event.target);
    fold();
  });
  document.addEventListener('input', event => {
    const box = event.target;
    if (!box.closest('.seskit-panel') || !box.matches('input[type=text], textarea') || Object.hasOwn(box, 'value')) return;
    const {get} = Object.getOwnPropertyDescriptor(Object.getPrototypeOf(box), 'value');
    let written = null;
    Object.defineProperty(box, 'value', {configurable: true, get() { return get.call(box); }, set(value) { written = value; }});
    const leave = ended => {
      box.removeEventListener('change', leave, true);
      box.removeEventListener('blur', leave, true);
      delete box.value;
      if (ended.type === 'blur' && written !== null) box.value = written;
    };
    box.addEventListener('change', leave, true);
    box.addEventListener('blur', leave, true);
  }, true);
  const uncover = control => {
    const field = control.closest('.seskit-field'), bar = field && field.closest('.seskit-form')?.querySelector(':scope > .seskit-brief');
    if (!bar || !bar.getClientRects().length || getComputedStyle(bar).position !== 'sticky') return;
    if (field.getBoundingClientRect().bottom > bar.getBoundingClientRect().top) field.scrollIntoView({block: 'nearest'});
  };
  const keep = () => {
    if (!last || last.control.isConnected || !last.panel.isConnected || document.activeElement !== document.body) return;
    const now = controls(last.panel);
    (now[last.place] || now[0])?.focus();
  };
  const begin = () => document.querySelectorAll('.jp-Notebook .seskit-course:not([data-begun])').forEach(panel => {
    if (!controls(panel).length) return;
    panel.setAttribute('data-begun', '');
    if (!document.activeElement.closest('.seskit-panel')) (panel.querySelector('.seskit-page') || controls(panel)[0]).focus();
  });
  const arrive = () => document.querySelectorAll('button.seskit-arrived:not([data-heard])').forEach(arrived => {
    arrived.setAttribute('data-heard', '');
    setTimeout(() => arrived.click(), 50);
  });
  const uncounted = () => document.querySelectorAll('button.seskit-upload, .seskit-upload button').forEach(button => {
    const words = button.lastChild;
    if (!words || words.nodeType !== 3) return;
    const said = words.data.replace(/ \\(\\d+\\)$/, '');
    if (said !== words.data) words.data = said;
  });
  let waiting = 0;
  const all = () => {
    tend();
    fold();
    clearTimeout(waiting);
    waiting = setTimeout(() => { keep(); begin(); arrive(); uncounted(); }, 120);
    document.querySelectorAll(':is(.seskit-panel, .seskit-view) table:not(.seskit-met)').forEach(stack);
  };
  window.seskitTended = new MutationObserver(all);
  window.seskitTended.observe(document.body, {childList: true, subtree: true});
  all();
})()"""


class Shown(ipywidgets.VBox):  # type: ignore[misc]
    """A box that, once shown in a notebook, leaves the keyboard to its own controls and has its status heard."""

    def _repr_mimebundle_(self, **kwargs: Any) -> Any:
        if get_ipython() is not None:
            display(Javascript(_TENDED))  # type: ignore[no-untyped-call]
        return super()._repr_mimebundle_(**kwargs)


def opening(sentence: str, *more: str, level: int = 3) -> ipywidgets.HTML:
    """The head of a panel: its style, what is asked, and how to use it."""
    lines = [paragraph(line) for line in more if line]
    return ipywidgets.HTML(together(style(_STYLE), heading(sentence, level=level), lines))


def heading(*words: str | Markup, level: int) -> Markup:
    """A head that a screen reader can jump to, no larger than the text below it."""
    return element(f"h{level}", words, class_="seskit-head")


def status(*lines: str) -> Markup:
    """The lines a screen reader announces when they change, as a live region."""
    said = [paragraph(line) for line in lines if line]
    return element("div", said, class_="seskit-status", role="status", aria_live="polite", aria_atomic="true")


def beside(*lines: str) -> Markup:
    """The same lines where the person works, to be seen; what is announced stands in the status."""
    said = [paragraph(line) for line in lines if line]
    return together(element("div", said, class_="seskit-status") if said else None)


def brief(*lines: str) -> Markup:
    """The same in two lines at most, which stay in sight where the answer comes after the entries; for the eye alone."""
    return element("div", class_="seskit-said", aria_hidden="true", data_says=" ".join(line for line in lines if line))


def label(words: str, help_text: str = "", wrong: str = "") -> Markup:
    """A box's label with its help and, where the entry cannot be used, why: all of it is read out with the box."""
    parts = [element("span", days_in_words(words), class_="seskit-label")]
    if help_text:
        parts.append(element("span", days_in_words(help_text), class_="seskit-help"))
    if wrong:
        parts.append(element("span", "Please correct: ", wrong, class_="seskit-wrong"))
    return together(parts, between=" ")


def text_of(value: object, unit: str = "") -> str:
    """A value as it stands in a box: a day as people write it, and an amount, unless that would round it."""
    if isinstance(value, date):
        return long_date(value)
    if not isinstance(value, Decimal):
        return str(value)
    written = dollars(value)
    return written if unit.startswith("USD") and money(written) == value else format(value, "f")


def side_by_side(form: ipywidgets.VBox, side: ipywidgets.VBox) -> ipywidgets.HBox:
    """The form, with the answer beside it, or below it where the window is narrow."""
    form.add_class("seskit-form")
    side.add_class("seskit-side")
    side.children[0].add_class("seskit-answer")
    both = ipywidgets.HBox([form, side])
    both.add_class("seskit-columns")
    return both
