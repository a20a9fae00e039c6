"""How Sphinx builds the site. Fonts are the reader's own, and nothing is loaded from elsewhere."""

from __future__ import annotations

import seskit

project = "seskit"
author = "The seskit authors"
version = release = seskit.__version__
extensions = ["myst_parser", "docs.site.navigation"]
myst_heading_anchors = 4
html_theme = "furo"
html_title = f"seskit {release}"
html_static_path = ["look"]
html_css_files = ["site.css"]
html_show_sphinx = False
html_show_copyright = False
html_copy_source = False
html_use_index = False
smartquotes = False
highlight_language = "text"
pygments_style = "a11y-high-contrast-light"
pygments_dark_style = "a11y-high-contrast-dark"
html_theme_options = {
    "light_css_variables": {"color-brand-primary": "#1a4480", "color-brand-content": "#1a4480", "color-foreground-muted": "#565c65"},
    "dark_css_variables": {"color-brand-primary": "#9ec1f7", "color-brand-content": "#9ec1f7"},
    "footer_icons": [],
}  # fmt: skip
