"""Every error a person may meet, in one tree, each with a way out.

::

    ArchiverError            exit 1   something that was asked for failed
    ├── UsageError           exit 2   the command was wrong
    ├── InputError           exit 1   a file, line or address cannot be read
    │   └── FormatError               its format is not what it says, or not one we read
    ├── FetchError           exit 1   the network did not give what was asked
    │   └── GuardError                an address that must not be contacted
    ├── ArchiveError         exit 1   the archive folder cannot be used
    │   ├── NotAnArchive              there is none here
    │   ├── ArchiveBusy               another writer holds it
    │   └── NotFound                  no such article, version or capture
    └── IntegrityError       exit 4   what is held is not what was captured
        └── ProofError                a log, a signature or a proof does not hold

An error says what happened, to what, and what to do next (``hint``). ``cli`` is the only place that
turns one into a message and an exit status.

A mistake of our own is none of these. Where it met one page among many it may not end the work on the others:
``SLIPS`` are caught there, and what is said instead names the place of the mistake (``slip``).
"""

from pathlib import Path

# What a mistake in our own code raises when it meets something that nobody thought of.
SLIPS = (ArithmeticError, AssertionError, AttributeError, LookupError, RuntimeError, TypeError, ValueError)


class ArchiverError(Exception):
    """Something failed that a person should read about.

    ``message`` says what and where in one sentence; ``hint`` says what to do next, or is None.
    """

    exit_code = 1

    def __init__(self, message: str, hint: str | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint


class UsageError(ArchiverError):
    """The command cannot be understood as given."""

    exit_code = 2


class InputError(ArchiverError):
    """A file, a line or an address that was given cannot be read."""


class FormatError(InputError):
    """A format that is not what it claims to be, or that no reader here reads."""


class FetchError(ArchiverError):
    """The network did not give what was asked for."""


class GuardError(FetchError):
    """An address that must not be contacted: private, local, or spelt to look like another."""


class ArchiveError(ArchiverError):
    """The archive folder cannot be used as it is."""


class NotAnArchive(ArchiveError):
    """There is no archive in the folder that was named."""


class ArchiveBusy(ArchiveError):
    """Another process is writing to the archive and did not finish in time."""


class NotFound(ArchiveError):
    """No article, version or capture answers to the name that was given."""


class IntegrityError(ArchiverError):
    """What is held is not what was captured."""

    exit_code = 4


class ProofError(IntegrityError):
    """A tile, a signature or a proof of the log does not hold; the message says which and why."""


def slip(error: BaseException) -> str:
    """Which mistake it was and the last line of ours that it passed: ``ValueError at audit/dates.py, line 64``."""
    ours = Path(__file__).parent
    place = ""
    trace = error.__traceback__
    while trace is not None:
        file = Path(trace.tb_frame.f_code.co_filename)
        if file.is_relative_to(ours):
            place = f" at {file.relative_to(ours).as_posix()}, line {trace.tb_lineno}"
        trace = trace.tb_next
    return type(error).__name__ + place
