"""When two readings say the same words, whatever their case, marks and spaces; and how firm a reading is shown."""

import re
import unicodedata

from archiver.model import Candidate

FIRM = 50
_LETTERS = re.compile(r"[\W_]+")


def folded(value: str) -> str:
    """Letters and digits of ``value`` in one case, without marks: what makes two names the same name."""
    if value.isascii():
        return _LETTERS.sub("", value.lower())
    plain = unicodedata.normalize("NFKD", value.casefold().replace("ə", "e").replace("ı", "i"))
    return _LETTERS.sub("", "".join(c for c in plain if not unicodedata.combining(c)))


def same_words(one: Candidate, other: Candidate) -> bool:
    """True for readings of the same words."""
    return folded(one.value) == folded(other.value)
