"""Forum kits: a configuration and session sources become an agenda, decks, handouts, guides, exercises and answers.

Numbers, dates and statuses in the sources are references to rules and questions, resolved on the forum's
`content_as_of`; one that cannot be resolved, or does not hold on that day, stops the build.
"""
