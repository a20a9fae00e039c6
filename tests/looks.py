"""How a walk looks in every dress: light and dark, wide and narrow; used on pages that are open already."""

from __future__ import annotations

from typing import Any

from tests import axe, browser

#: The outputs of a walk; what JupyterLab draws around them is not ours.
OURS = browser.OUTPUT
WIDTHS = (1366, 820, 320)
#: Outputs that reach out of the notebook, those apart that scroll inside a frame of their own.
SIDEWAYS = """scope => {
  const found = [];
  for (const output of document.querySelectorAll(scope)) {
    if (!output.offsetParent) continue;
    const edge = output.getBoundingClientRect().right + 1;
    for (const one of output.querySelectorAll('*')) {
      const box = one.getBoundingClientRect();
      if (!box.width || !box.height || box.right <= edge || one.closest('.seskit-unseen')) continue;
      let frame = one.parentElement;
      while (frame !== output && !/auto|scroll|hidden|clip/.test(getComputedStyle(frame).overflowX)) frame = frame.parentElement;
      if (frame === output) found.push(`${Math.round(box.right - edge)} px: ${one.outerHTML.slice(0, 160)}`);
    }
    if (output.scrollWidth > output.clientWidth + 1) found.push(`scrolls: ${output.textContent.slice(0, 80)}`);
  }
  return found.slice(0, 5);
}"""

#: The entries of a form which, with the keyboard in them, leave the answer out of sight or are themselves covered.
_UNSEEN = """form => {
  const seen = one => {
    const box = one.getBoundingClientRect(), met = document.elementFromPoint(box.left + 8, box.top + Math.min(box.height / 2, 12));
    return box.height > 0 && met !== null && (one.contains(met) || met.contains(one) && met.className.includes('seskit-'));
  };
  const panel = form.closest('.seskit-panel'), found = [];
  const says = [panel.querySelector('.seskit-answer .seskit-status'), panel.querySelector('.seskit-brief [data-says]')];
  for (const entry of form.querySelectorAll('input, select, textarea')) {
    if (!entry.getClientRects().length) continue;
    entry.focus();
    const name = entry.labels.length ? entry.labels[0].innerText.slice(0, 40) : entry.type;
    if (!says.some(one => one && one.getClientRects().length && seen(one))) found.push(`${name}: no answer`);
    const foot = panel.querySelector('.seskit-brief'), field = entry.closest('.seskit-field') || entry;
    const over = foot && foot.getClientRects().length && getComputedStyle(foot).position === 'sticky' ? foot.getBoundingClientRect().top : Infinity;
    const box = field.getBoundingClientRect();
    if (!seen(entry) || box.height < 300 && box.bottom > over + 1) found.push(`${name}: covered`);
  }
  document.activeElement.blur();
  const left = panel.querySelector('.seskit-brief');
  if (left && left.getClientRects().length && getComputedStyle(left).position === 'sticky') found.push('the answer covers what is read');
  return found;
}"""

#: The controls of a panel whose outline is not seen while they have the keyboard, and the choices and names that are cut.
_UNMARKED = """panel => {
  const found = [];
  const measure = document.createElement('canvas').getContext('2d');
  for (const one of panel.querySelectorAll('input, select, textarea, button, summary, a[href]')) {
    if (!one.getClientRects().length || one.disabled || one.type === 'file') continue;
    one.focus();
    const style = getComputedStyle(one), box = one.getBoundingClientRect(), name = one.outerHTML.slice(0, 90);
    const reach = parseFloat(style.outlineWidth) + parseFloat(style.outlineOffset);
    if (style.outlineStyle !== 'solid' || parseFloat(style.outlineWidth) < 2) found.push(`no outline: ${name}`);
    for (let around = one.parentElement; around && around !== panel; around = around.parentElement) {
      if (getComputedStyle(around).overflowX === 'visible') continue;
      const edge = around.getBoundingClientRect();
      if (box.left - reach < edge.left - 2 || box.right + reach > edge.right + 2) found.push(`outline cut: ${name}`);
    }
    if (one.tagName !== 'SELECT' || !one.options.length) continue;
    measure.font = style.font;
    const longest = Math.max(...[...one.options].map(option => measure.measureText(option.text).width));
    const room = one.closest('.seskit-field').clientWidth;
    if (longest + 24 > box.width && box.width < room - 4) found.push(`choice cut: ${name}`);
  }
  return found;
}"""


def unmarked(panel: Any) -> list[str]:
    """What of a panel is not seen to have the keyboard, or is cut though there is room; [] is what a test wants."""
    found: list[str] = panel.evaluate(_UNMARKED)
    return found


def out_of_sight(page: Any, form: Any, height: int = 420) -> list[str]:
    """In a window too low for a form: where its answer leaves the view, wide and narrow; [] is what a test wants."""
    found = []
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": height})
        page.wait_for_timeout(300)
        found += [f"{width} px wide: {fault}" for fault in form.evaluate(_UNSEEN)]
        browser.picture(page, f"sight_{width}_{page.url.rpartition('/')[2].split('?')[0]}")
    return found


def faults(page: Any, scope: str = OURS, dark: bool = True) -> list[str]:
    """What axe finds in light, of colors in dark, and what runs off the page at any width; [] is what a test wants."""
    browser.hide_files(page)
    found = [f"as it is: {fault}" for fault in axe.violations(page, scope)]
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        page.wait_for_timeout(300)
        found += [f"{width} px wide: {fault}" for fault in page.evaluate(SIDEWAYS, scope)]
        browser.picture(page, f"{width}_{page.url.rpartition('/')[2].split('?')[0]}")
    page.set_viewport_size(browser.SIZE)
    if not dark:
        return found
    use_theme(page, "dark")
    found += [f"dark: {fault}" for fault in axe.violations(page, scope, rules=axe.BY_COLOR)]
    browser.picture(page, f"dark_{page.url.rpartition('/')[2].split('?')[0]}")
    use_theme(page, "light")
    return found


def use_theme(page: Any, scheme: str) -> None:
    """What the system says it prefers; JupyterLab follows it."""
    page.emulate_media(color_scheme=scheme)
    page.locator(f"body[data-jp-theme-name='JupyterLab {scheme.capitalize()}']").wait_for(state="attached")
    page.wait_for_timeout(200)
