"""An input to be read: bytes, what is claimed of them, and the kind of trouble they bring."""

from dataclasses import dataclass

from archiver.model import Capture


@dataclass(frozen=True, slots=True)
class Input:
    """``name`` is unique and says how it was made, ``kind`` is the row of the table it counts in."""

    kind: str
    name: str
    capture: Capture
