"""How data gets in and becomes events: readers, checks, actors, matching, loading, exports, the command line."""

VERSION = "0.1.0"
