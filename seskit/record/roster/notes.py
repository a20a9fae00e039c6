"""The keys of the notes on how a roster was read that somebody looks for among all of them."""

#: What came with the roster and is not used: a column, or a way of reading that does not fit it.
NOT_USED = "not used"
