"""How data gets in and becomes events: readers, checks, actors, matching, loading, exports, the command line."""

VERSION = "0.1.0"
RULES = 2
"""The number of the rules that derive events: blocks, matching, clustering, reprints, names, figures.

To be raised with each change of them: a database made by others is made again before it is next written to.
"""
