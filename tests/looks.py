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


def faults(page: Any, scope: str = OURS, dark: bool = True) -> list[str]:
    """What axe finds in light, of colors in dark, and what runs off the page at any width; [] is what a test wants."""
    page.evaluate("() => document.activeElement.blur()")
    if page.locator("#filebrowser").is_visible():
        page.keyboard.press("Control+B")
        page.locator("#filebrowser").wait_for(state="hidden")
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
