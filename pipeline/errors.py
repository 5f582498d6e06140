"""What stops a command. A bad record never does: it becomes an `Issue` (pipeline/issues.py).

TrackerError
├── InputError      a path that cannot be used
├── OutputError     a folder that cannot be written
├── CrewError       the processes that read cannot be started or reached
└── DatabaseError   a database that cannot be opened, written or understood

Only the command line turns these into text and an exit status (2).
"""


class TrackerError(Exception):
    """Root of all errors of the tracker; the text says what to do next."""


class InputError(TrackerError):
    """A path does not exist, holds nothing to load, or is of a sort that cannot be read."""


class CrewError(TrackerError):
    """The processes that read the input cannot be started or reached."""


class OutputError(TrackerError):
    """A folder cannot be written to."""


class DatabaseError(TrackerError):
    """The database cannot be opened, is of another version, or refused a write."""
