"""One run per agency: check everything, run in parallel, keep what is finished, say how each went."""

from seskit.batch.limits import Limits, Tls
from seskit.batch.run import BatchSummary, run

__all__ = ["BatchSummary", "Limits", "Tls", "run"]
