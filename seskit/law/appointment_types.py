"""The kinds of senior executive, as appraisal and its consequences tell them apart."""

from seskit.law.action_facts import Executive, ExecutiveType, OnProbation, kind_in_words, kind_of

__all__ = ["Executive", "ExecutiveType", "OnProbation", "kind_in_words", "kind_of"]
