"""What one line of a dump says before anything is known of the page: its shape, and which wordings it holds."""

import re
import tomllib
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources
from itertools import pairwise

from archiver.extract.told import is_sentence

# Scripts written without spaces: Thai, Lao, Burmese, Khmer, kana, Han. A character there weighs about half a word.
_DENSE = re.compile("[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]")
_HANGUL = re.compile("[\uac00-\ud7af]")
# Vowel signs and points are part of a word (Devanagari, Hebrew, Arabic ...) though they are no letters.
_LETTER = "(?:[^\\W_]|[\u0300-\u036f\u0483-\u0487\u0591-\u05c7\u0610-\u065f\u0670\u0900-\u0dff])"
_WORD = re.compile(f"{_LETTER}+(?:['’ʼ՚-]{_LETTER}+){{0,6}}")
_BULLET = re.compile(r"^[•·●○▪■◦‣►▶»›*–—|+-]{1,3}(?:\s|$)")
_SENTENCE_END = re.compile(r"[.!?…։۔؟。！？।][\"'”’»)\]]{0,3}(?=\s|$)|[。！？।।]|[.!?][”\"»’]?(?=\[\d)")
_STOPS = re.compile(r"[.!?…։۔؟。！？।][\s\"'”’»“)\]」』]{0,4}$|[.!?][”\"»]$")
_COMMA = re.compile("[,،、，;՝]")
_JOINT = re.compile(r"[^\W\d_A-ZА-ЯЁ][A-ZА-ЯЁӘİĞÜŞÖÇ][^\W\d_A-Z]")
_NUMERIC_DATE = re.compile(
    r"(?<!\d)(?:\d{1,2}[./-]\d{1,2}[./-](?:19|20)?\d\d|(?:19|20)\d\d[./-]\d{1,2}[./-]\d{1,2})(?!\d)"
)
_DENSE_DATE = re.compile(r"\d{1,4}\s?[年년]\s?\d{1,2}\s?[月월]\s?\d{1,2}\s?[日일]|\d{1,2}\s?月\s?\d{1,2}\s?日")
_CLOCK = re.compile(r"(?<!\d)[0-2]?\d[:.][0-5]\d(?!\d)")
_SLUG = re.compile(
    r"(?:[\w.-]{1,200}\.(?:jpe?g|png|webp|gif|svg|avif|pdf|mp4)(?:\s|$))|^(?=\S*\d)(?=\S*[a-z])[\w-]{16,200}$|^\d{6,30}$",
    re.I,
)
_DIGIT = re.compile(r"\d")
_DIGIT_OR_DOT = re.compile(r"[\d.]")
_HEX = re.compile(r"^(?=[0-9a-z]*\d)(?=[0-9a-z]*[a-z])[0-9a-z]{8,64}$|^\d{6,30}$|^\d{2,5}x\d{2,5}$", re.I)
_RIGHTS = re.compile(r"©|\([cC]\)\s{0,2}(?:19|20)\d\d|(?:19|20)\d\d\s{0,2}\([cC]\)")
_CONTACT = re.compile(r"\w@[\w-]{1,60}\.\w{2,10}|\+?\d[\d ()-]{8,20}\d|(?:https?://|www\.)\S{3,200}$")
_CRUMBS = re.compile(r"\s(?:[>»›/→▸]|::|·>)\s")
CASELESS = 0.5
_SHORT = 45  # width of a line that is too short to be prose
_SHORT_START = 150  # "start" wordings count only in lines up to this width: longer ones are prose
_SHORT_INSIDE = 420
_FEW_WORDS = 6  # "opening" wordings count in lines of at most so many words, and in those with a number


@dataclass(frozen=True, slots=True)
class Line:
    """One block of a dump with what its own characters say.

    ``width`` counts characters, dense scripts more; ``labels`` are the word lists it matches; ``stop`` is the share
    of function words; ``gap`` is true after an empty line; ``twins`` counts the lines of the page with the same words;
    ``sentences`` and ``commas`` are counted in lines long enough to be prose only.
    """

    text: str
    key: str
    words: tuple[str, ...]
    width: int
    labels: frozenset[str]
    bullet: bool
    gap: bool
    stops: bool
    sentences: int
    commas: int
    stop: float
    lower: float
    joints: int
    date: bool
    slug: bool
    twins: int

    @property
    def prose(self) -> bool:
        """A sentence or more, as people write them: not a heading, a menu or a list of names."""
        if self.width < _SHORT or self.joints > 2 + self.width // 150:
            return False
        if self.stop < 0.06 and self.lower < 0.55 and not self._caseless_sentence:
            return False
        if self.stops or self.sentences >= 2 or (self.sentences and self.width >= 80 and self.stop >= 0.2):
            return True
        return self.width >= 160 and self.commas + self.sentences >= 1

    @property
    def _caseless_sentence(self) -> bool:
        """Where neither spaces nor capitals tell sentences from lists, punctuation must."""
        if self.lower != CASELESS and not _DENSE.search(self.text):
            return False
        return self.sentences >= 1 or self.commas >= 2

    @property
    def short(self) -> bool:
        """Too short to be judged alone."""
        return self.width < _SHORT

    def has(self, *labels: str) -> bool:
        """True when one of the word lists matched."""
        return not self.labels.isdisjoint(labels)

    @property
    def furniture(self) -> bool:
        """True when its words alone say that software wrote it."""
        return self.has("consent", "share", "form", "footer", "counter", "related", "comments", "empty")


def fold(text: str) -> str:
    """The spelling in which wordings are compared: lower case, one kind of apostrophe and space, dotted I as i."""
    folded = " ".join(text.casefold().split())
    return folded if folded.isascii() else folded.replace("i̇", "i").replace("’", "'").replace("ʼ", "'")


def key_of(text: str) -> str:
    """``fold`` without bullets, punctuation and numbers at both ends: the form "line" wordings are listed in."""
    return _letters_within(fold(text))


def _letters_within(folded: str) -> str:
    start, end = 0, len(folded)
    while start < end and not folded[start].isalpha():
        start += 1
    while end > start and not folded[end - 1].isalpha():
        end -= 1
    return folded[start:end]


def words_of(text: str) -> tuple[str, ...]:
    """The words of ``text``, folded; in scripts without spaces every pair of characters, to compare texts by."""
    return _split(fold(text))


def _split(folded: str) -> tuple[str, ...]:
    if folded.isascii() or len(_DENSE.findall(folded)) * 3 < len(folded):
        return tuple(_WORD.findall(folded))
    letters = [c for c in folded if c.isalnum()]
    return tuple(a + b for a, b in pairwise(letters)) or tuple(letters)


def content_words(words: Sequence[str]) -> list[str]:
    """``words`` without function words and single letters: what a text is about."""
    stop = _wordings().stop
    return [word for word in words if len(word) > 1 and word not in stop]


def width_of(text: str) -> int:
    """Characters, where one of a dense script counts two and a half: comparable over scripts."""
    if text.isascii():
        return len(text)
    return len(text) + (3 * len(_DENSE.findall(text)) + len(_HANGUL.findall(text))) // 2


def describe(texts: Sequence[str], gaps: Sequence[bool]) -> list[Line]:
    """The lines of a page described; ``gaps[i]`` says whether an empty line precedes ``texts[i]``."""
    wordings = _wordings()
    folded = [fold(text) for text in texts]
    whole = "\n".join({text for text in folded if len(text) <= _SHORT_INSIDE})
    inside = [(label, phrase) for label, phrase in wordings.inside if phrase in whole]
    keys = [_letters_within(text) for text in folded]
    twins = Counter(key for key in keys if key)
    seen: dict[tuple[str, bool], Line] = {}  # menus and buttons come again and again
    for text, flat, key, gap in zip(texts, folded, keys, gaps, strict=True):
        if (text, gap) not in seen:
            seen[text, gap] = _describe(text, flat, key, gap, inside, twins[key], wordings)
    return [seen[pair] for pair in zip(texts, gaps, strict=True)]


def label_lines(texts: Sequence[str]) -> list[frozenset[str]]:
    """The word lists that each of ``texts`` matches: what ``describe`` finds, of wordings alone."""
    wordings = _wordings()
    folded = [fold(text) for text in texts]
    whole = "\n".join(folded)
    inside = [(label, phrase) for label, phrase in wordings.inside if phrase in whole]
    return [
        frozenset(_labels(text, flat, _letters_within(flat), width_of(text), inside, wordings))
        for text, flat in zip(texts, folded, strict=True)
    ]


def _describe(
    text: str, folded: str, key: str, gap: bool, inside: list[tuple[str, str]], twins: int, wordings: "_Wordings"
) -> Line:
    words = _split(folded)
    width = width_of(text)
    bullet = bool(_BULLET.match(text))
    content = _BULLET.sub("", text).strip()
    labels = _labels(content, fold(content) if bullet else folded, key, width, inside, wordings)
    return Line(
        text=text,
        key=key,
        words=words,
        width=width,
        labels=frozenset(labels),
        bullet=bullet,
        gap=gap,
        stops=bool(_STOPS.search(text[-12:])),
        sentences=len(_SENTENCE_END.findall(text)) if width >= _SHORT else 0,
        commas=len(_COMMA.findall(text)) if width >= _SHORT else 0,
        stop=sum(word in wordings.stop for word in words) / len(words) if words else 0.0,
        lower=_lower_share(text),
        joints=0 if text.islower() else len(_JOINT.findall(text)),
        date=is_dated(text, words, width),
        slug=_is_slug(content),
        twins=twins,
    )


def _labels(
    content: str, folded: str, key: str, width: int, inside: list[tuple[str, str]], wordings: "_Wordings"
) -> set[str]:
    labels = set(wordings.line.get(key, ()))
    if not key:
        labels.add("empty")
    if width <= _SHORT_START:
        for spelling in {folded, key}:  # "10 thoughts on" is listed without its number
            labels.update(
                label
                for label, phrase in wordings.start.get(spelling[:2], ())
                if spelling.startswith(phrase) and _word_ends(spelling, len(phrase))
            )
        if folded.count(" ") < _FEW_WORDS or _DIGIT.search(folded):
            opening = folded.split(" ", 1)[0]
            labels.update(label for label, phrase in wordings.opening if phrase == opening)
    if width <= _SHORT_INSIDE:
        labels.update(label for label, phrase in inside if _stands_in(phrase, folded))
        labels.update(_signs(content, width))
    if "related" in labels and re.search(r"[:：]\s{0,2}\S.{7}", content[:_SHORT_START]):
        labels.add("inline")  # "Read also: Lighthouse closed" is one link; "Read also" alone heads a list
    return labels


def _signs(content: str, width: int) -> Iterator[str]:
    """Labels that characters give rather than words: rights, contact, crumbs."""
    if width < 160 and ("©" in content or "(" in content) and _RIGHTS.search(content):
        yield "rights"
    if width < 120 and len(content) > 6 and _CONTACT.search(content):
        yield "contact"
    if width < 260 and _CRUMBS.search(content):
        yield "crumbs"


def _word_ends(text: str, at: int) -> bool:
    if at >= len(text) or not text[at - 1].isalnum():
        return True
    return not text[at].isalnum() or bool(_DENSE.match(text[at]))


def _stands_in(phrase: str, text: str) -> bool:
    at = text.find(phrase)
    return at >= 0 and (at == 0 or not text[at - 1].isalnum() or not phrase[0].isalnum() or bool(_DENSE.match(phrase)))


def is_dated(text: str, words: Sequence[str], width: int) -> bool:
    """True for a short line that holds a calendar date or "3 hours ago"; a sentence with a date in it is none."""
    if width > 140 or not _DIGIT.search(text):
        return False
    if is_sentence(text):
        return False
    months = _wordings().month
    if _NUMERIC_DATE.search(text) or _DENSE_DATE.search(text):
        return True
    if any(word in months for word in words) and any(word.strip("thndrs").isdigit() for word in words):
        return True
    return bool(_CLOCK.search(text)) and len(words) <= 6


def _lower_share(text: str) -> float:
    """The share of words that do not start with a capital; CASELESS for scripts without case, Latin names or none."""
    initials = [word[0] for word in text.split() if word[0].isalpha()]
    lower = sum(map(str.islower, initials))
    if text.isascii():
        return lower / len(initials) if initials else CASELESS
    lower -= sum("\u10d0" <= letter <= "\u10ff" and letter.islower() for letter in initials)  # Georgian: no capitals
    if 5 * (lower + sum(map(str.isupper, initials))) <= len(initials):
        return CASELESS
    return lower / len(initials)


def _is_slug(text: str) -> bool:
    """A file name or the words a content system makes of one: "Ab12 fb big 720", "img_2231.jpg"."""
    if len(text) > 300 or not _DIGIT_OR_DOT.search(text):
        return False
    if _SLUG.search(text) and len(text.split()) <= 12:
        return True
    if not _DIGIT.search(text):
        return False
    parts = re.split(r"[\s_-]+", text)
    odd = sum(bool(_HEX.match(part)) for part in parts)
    return odd >= 1 and 2 * odd >= len([p for p in parts if len(p) > 3])


@dataclass(frozen=True, slots=True)
class _Wordings:
    line: Mapping[str, tuple[str, ...]]
    start: Mapping[str, tuple[tuple[str, str], ...]]
    inside: tuple[tuple[str, str], ...]
    opening: tuple[tuple[str, str], ...]
    stop: frozenset[str]
    month: frozenset[str]


@cache
def _wordings() -> _Wordings:
    data = tomllib.loads(resources.files("archiver.extract").joinpath("chrome_words.toml").read_text("utf-8"))
    line: dict[str, list[str]] = defaultdict(list)
    start: dict[str, list[tuple[str, str]]] = defaultdict(list)
    inside: list[tuple[str, str]] = []
    opening: list[tuple[str, str]] = []
    words: dict[str, set[str]] = defaultdict(set)
    for table in data["words"]:
        label = table["label"]
        for phrase in (fold(p) for value in table.values() if isinstance(value, list) for p in value):
            if table["match"] == "line":
                line[_letters_within(phrase)].append(label)
            elif table["match"] == "start":
                start[phrase[:2]].append((label, phrase))
            elif table["match"] == "inside":
                inside.append((label, phrase))
            elif table["match"] == "opening":
                opening.append((label, phrase))
            else:
                words[label].add(phrase)
    return _Wordings(
        line={phrase: tuple(labels) for phrase, labels in line.items() if phrase},
        start={head: tuple(pairs) for head, pairs in start.items()},
        inside=tuple(inside),
        opening=tuple(opening),
        stop=frozenset(words["stop"]),
        month=frozenset(words["month"]),
    )
