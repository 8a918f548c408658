"""Two texts are compared by what a reader would call the same words, in any script.

Method: n-gram shingles (Broder, "On the resemblance and containment of documents", 1997), as multisets of four
tokens. A token is a run of word characters; in scripts written without spaces it is one character, so that such a
text is measured in pieces of the same fineness as any other.
"""

import re
import unicodedata
from collections import Counter

SHINGLE = 4
# Blocks whose scripts put no spaces between words: every character counts as a word.
_SPACELESS = {
    "kana": "\u3040-\u30ff",
    "han extension A": "\u3400-\u4dbf",
    "han": "\u4e00-\u9fff",
    "han compatibility": "\uf900-\ufaff",
    "han extension B and on": "\U00020000-\U0002fa1f",
    "thai": "\u0e00-\u0e7f",
    "lao": "\u0e80-\u0eff",
    "burmese": "\u1000-\u109f",
    "khmer": "\u1780-\u17ff",
}
_SIGNS = "".join(_SPACELESS.values())
_TOKEN = re.compile(f"[{_SIGNS}]|[^\\W{_SIGNS}]+")
_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]")
_ALIKE = {ord(sign): '"' for sign in "“”„‟«»″〝〞＂"}
_ALIKE |= {ord(sign): "'" for sign in "‘’‚‛′`´ʼ＇"}
_ALIKE |= {ord(sign): "-" for sign in "‐‑‒–—―−﹣－"}

Shingles = Counter[tuple[str, ...]]


def tidy(text: str, form: str = "NFC") -> str:
    """``text`` in one Unicode form, without characters nobody sees, white space single."""
    assert form in {"NFC", "NFKC"}
    folded = unicodedata.normalize(form, text)  # type: ignore[arg-type]
    return " ".join(_INVISIBLE.sub("", folded).split())


def tokens(text: str) -> list[str]:
    """The words of ``text``, in order; punctuation is none."""
    return _TOKEN.findall(tidy(text, "NFKC"))


def shingles(text: str) -> Shingles:
    """How often each run of four words occurs; a shorter text is one run, an empty one none."""
    words = tokens(text)
    if not words:
        return Counter()
    last = max(1, len(words) - SHINGLE + 1)
    return Counter(tuple(words[start : start + SHINGLE]) for start in range(last))


def title_key(title: str) -> str:
    """What must be equal for two titles to be the same: letters and signs, not case, shape or a last full stop."""
    return tidy(title, "NFKC").translate(_ALIKE).casefold().strip(" .")


def without_marks(text: str) -> str:
    """``text`` in lower case without accents and other marks."""
    parts = unicodedata.normalize("NFKD", unicodedata.normalize("NFKC", text)).casefold()
    return "".join(sign for sign in parts if not unicodedata.combining(sign))
