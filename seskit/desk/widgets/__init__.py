"""Panels from questions: a labeled form that the keyboard reaches, with the answer kept up to date beside it.

The only place that imports ipywidgets. A Result on its own needs no panel: a notebook displays it as it is.
"""

from seskit.desk.widgets.drill import DrillPanel
from seskit.desk.widgets.form import FormPanel
from seskit.desk.widgets.panel import Panel

__all__ = ["DrillPanel", "FormPanel", "Panel"]
