"""Dated rules, calculations and forms for the Senior Executive Service, each answer with its reasons."""

__version__ = "0.1.0"

#: One stem per subject: the name of its rules, module, notebook, cases and training session.
SUBJECTS = ("appraisal", "awards", "certification", "pay_setting", "report", "staffing")
