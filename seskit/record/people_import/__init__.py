"""Exports of payroll and HR systems as a roster: a recipe says which column and value is what, and is used again."""

from seskit.record.people_import.convert import Imported, run
from seskit.record.people_import.recipe import RECIPE, Recipe, read

__all__ = ["RECIPE", "Imported", "Recipe", "read", "run"]
