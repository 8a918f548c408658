"""Wordings are data: every phrase says what it means, and carries the sentences that prove it.

A file ``wording/<lang>.toml`` holds ``[[phrase]]`` tables::

    id = "en/translated-from"             # language/name, unique
    says = "translated_from"              # one of SAYS
    pattern = "translated from <origin>"  # a regular expression over one line or paragraph, case ignored
    not_origin = "^(?:the original|english)"   # optional: what the name must not look like
    areas = ["head", "tail"]              # optional: only there; the default follows from `says`
    own_text = true                       # optional: it speaks of this very text, so it counts in the body too
    known_only = true                     # optional: the wording is weak, the name must be in the registry
    translates = true                     # optional: what a hand-over hands over is a translation
    name_optional = true                  # optional: without a known name or an address the origin is stated, unnamed
    weight = 5                            # optional: added to the published weight, -40 to 10
    examples = { "Translated from minval.az" = "minval.az" }
    not_examples = ["Translated from the Russian"]

A space in a pattern stands for any white space. ``<origin>`` is where the name stands: at the start or the end of the
pattern it is read out of the text by its shape and by the registry (`printed`), in the middle it is any 2 to 60
characters; ``<any>`` is any text of up to 60 characters inside one sentence. Repetition must be bounded: ``*``, ``+``
and ``{2,}`` are refused, so no text can make a pattern slow.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from functools import cache, cached_property
from pathlib import Path

from archiver.outlets.tables import Entry, Tables

SAYS = (
    "translated_from",  # this text is a translation of one by <origin>
    "translated_by",  # this text is a translation; the name is the translator's
    "reprinted_from",  # this text first stood at <origin>
    "original_at",  # the original of this text stands at <origin>; with a translator it is a translation of it
    "source_label",  # "Source: <origin>"
    "contributed",  # an agency's material went into this text
    "excerpt_of",  # this text is a part of one at <origin>
    "adapted_from",  # this text is a reworking of one by <origin>
    "via",  # it reached us through <origin>
    "hand_over",  # here follows the full text just spoken of
    "interview_given",  # an interview given to <origin>; an origin only when the interview itself follows
    "self_formula",  # how an outlet opens its own stories; under another's roof, the story is theirs
    "article_in",  # an article in <origin> is spoken of: cited, unless it is handed over or said to be translated
    "citation",  # <origin> is cited, not copied
    "outbound",  # this text went to <origin>, or exists in another language
    "licence",  # on what terms the text may be used
    "not_attribution",  # looks like a credit and is none: captions, books, films
)
AREAS = ("title", "head", "lead", "body", "last", "tail")
_FIELDS = {
    "id",
    "says",
    "pattern",
    "cues",
    "not_origin",
    "areas",
    "own_text",
    "known_only",
    "name_optional",
    "translates",
    "weight",
    "requires",
    "examples",
    "not_examples",
}
_REQUIRES = ("link", "credit", "permission", "source", "non_commercial", "no_changes", "same_terms")
_UNBOUNDED = re.compile(r"(?<!\\)(?:[*+]|\{\d*,\})")
_NAME = "<origin>"
_SHORTHAND = re.compile(r"\[(?:\\.|[^\\\]]){0,400}\]|\\.| \?| |(?<!\?P)<origin>|<any>")
_QUANTIFIED = r"(?:\?|\{[\d,]*\})?\??"
_META = re.compile(
    rf"\\.{_QUANTIFIED}|\[(?:\\.|[^\\\]]){{0,400}}\]{_QUANTIFIED}|\(\?P<\w+>|\(\?-?i?<?[:=!]|\(|\){_QUANTIFIED}|[|.^$]{_QUANTIFIED}|.(?:\?|\{{[\d,]*\}})\??|<\w+>",
    re.S,
)


@dataclass(frozen=True)
class Phrase:
    """One wording. ``name_first``/``name_last`` say where its name stands; ``beside`` is the rest, spelt out.

    The two expressions are compiled when a page first asks for them: few pages hold the words of more than some, and
    to compile all takes as long as to read ten pages.
    """

    id: str
    language: str
    says: str
    pattern: str
    beside: str
    name_first: bool = False
    name_last: bool = False
    no_name: str | None = None
    areas: frozenset[str] | None = None
    own_text: bool = False
    known_only: bool = False
    name_optional: bool = False
    translates: bool = False
    weight: int = 0
    requires: tuple[str, ...] = ()
    examples: tuple[tuple[str, str], ...] = ()
    not_examples: tuple[str, ...] = ()
    cues: tuple[tuple[str, ...], ...] = field(default=())

    @cached_property
    def anchor(self) -> re.Pattern[str]:
        """What stands beside the name."""
        return re.compile(self.beside, re.I)

    @cached_property
    def not_origin(self) -> re.Pattern[str] | None:
        """What the name must not look like."""
        return re.compile(self.no_name, re.I) if self.no_name is not None else None

    def may_match(self, folded: str) -> bool:
        """False when ``folded`` (see `fold_cue`) lacks the words that every match must hold."""
        return all(any(word in folded for word in words) for words in self.cues)


def fold_cue(text: str) -> str:
    """``text`` in the form in which cues are looked for: lower case, one kind of i, single spaces left as they are."""
    return text.casefold().replace("\u0307", "").replace("ı", "i").replace("ſ", "s")


@cache
def packaged_phrases() -> tuple[Phrase, ...]:
    """All phrases that come with the program, in the order of files and lines."""
    return tuple(replace(PHRASES, make=_phrase).packaged().values())


def load_phrases(extra_paths: Iterable[Path] = ()) -> tuple[Phrase, ...]:
    """The packaged phrases and those of the user's files; a phrase with a packaged id replaces it.

    Raises InputError that names file and phrase for anything that is not one.
    """
    phrases = {phrase.id: phrase for phrase in packaged_phrases()}
    return tuple((phrases | PHRASES.of_files(extra_paths)).values())


def parse_phrases(text: str, source: str) -> list[Phrase]:
    """The phrases of one TOML ``text``; ``source`` names it in errors. Raises InputError."""
    return PHRASES.parse(text, source)


def _phrase(entry: Entry) -> Phrase:
    name = str(entry.fields.get("id") or "")
    language, slash, _ = name.partition("/")
    if not slash or not name.isascii():
        raise entry.wrong("an id is language/name in ASCII")
    says, pattern = entry.fields.get("says"), entry.fields.get("pattern")
    if says not in SAYS or not isinstance(pattern, str):
        raise entry.wrong(f"`says` must be one of {', '.join(SAYS)} and `pattern` a text")
    weight = entry.fields.get("weight", 0)
    if not isinstance(weight, int) or not -40 <= weight <= 10:
        raise entry.wrong("`weight` must be a whole number from -40 to 10")
    examples = entry.fields.get("examples", {})
    if not isinstance(examples, dict) or not examples:
        raise entry.wrong("a phrase carries `examples`, a table of sentence = name")
    areas, cues = entry.some_of("areas", AREAS), entry.texts("cues")
    name_first = pattern.startswith(_NAME)
    name_last = pattern.endswith(_NAME) and not name_first
    middle = pattern.removeprefix(_NAME) if name_first else pattern.removesuffix(_NAME) if name_last else pattern
    return Phrase(
        id=name,
        language=language,
        says=says,
        pattern=pattern,
        beside=_spelt(middle, entry),
        name_first=name_first,
        name_last=name_last,
        no_name=_spelt(entry.text("not_origin"), entry) if "not_origin" in entry.fields else None,
        areas=frozenset(areas) if "areas" in entry.fields else None,
        own_text=bool(entry.fields.get("own_text", False)),
        known_only=bool(entry.fields.get("known_only", False)),
        name_optional=bool(entry.fields.get("name_optional", False)),
        translates=bool(entry.fields.get("translates", False)),
        weight=weight,
        requires=entry.some_of("requires", _REQUIRES),
        examples=tuple((str(text), str(value)) for text, value in examples.items()),
        not_examples=entry.texts("not_examples"),
        cues=(tuple(map(fold_cue, cues)),) if cues else _cues(middle),
    )


def _tried(entry: Entry) -> Phrase:
    """A phrase of a user's file, its expressions tried; those of the program are tried by its tests."""
    phrase = _phrase(entry)
    try:
        _ = phrase.anchor, phrase.not_origin
    except re.error as error:
        raise entry.wrong(f"not a regular expression: {error}") from error
    return phrase


def _spelt(pattern: str, entry: Entry) -> str:
    if _UNBOUNDED.search(re.sub(r"\[(?:\\.|[^\\\]]){0,400}\]", "", pattern)):
        raise entry.wrong("bound every repetition, as in {0,80}")
    return _SHORTHAND.sub(_spelt_out, pattern)


def _spelt_out(match: re.Match[str]) -> str:
    """A space is any white space, and the placeholders are bounded groups; classes and escapes stay as they are."""
    shorthand = {" ?": r"\s{0,3}", " ": r"\s{1,3}", _NAME: r"(?P<origin>[^\n|]{2,60}?)", "<any>": r"[^\n.!?]{0,60}?"}
    return shorthand.get(match.group(), match.group())


def _cues(pattern: str) -> tuple[tuple[str, ...], ...]:
    """Words that every match of ``pattern`` must hold: of each tuple at least one. For a quick look before searching.

    Plain words outside groups are sure; of a group that must match, one of its alternatives is.
    """
    plain, groups = _pieces(pattern)
    if any("|" in piece for piece in plain):
        found = _choices(pattern)
        return (tuple(max(words, key=len) for words in found),) if all(found) else ()
    sure = sorted({word for piece in plain for word in _words(piece)}, key=len, reverse=True)[:2]
    choices = [tuple(max(words, key=len) for words in found) for group in groups if all(found := _choices(group))]
    choices.sort(key=lambda words: -min(map(len, words), default=0))
    return (*((word,) for word in sure), *choices[:1])


def _choices(group: str) -> list[list[str]]:
    """For each alternative of ``group`` the plain words that it holds for certain."""
    alternatives, depth, start = [], 0, 0
    for match in re.finditer(r"\\.|\[(?:\\.|[^\\\]]){0,400}\]|[()|]", group):
        depth += (match.group() == "(") - (match.group() == ")")
        if match.group() == "|" and depth == 0:
            alternatives.append(group[start : match.start()])
            start = match.end()
    alternatives.append(group[start:])
    return [[word for piece in _pieces(each)[0] for word in _words(piece)] for each in alternatives]


def _pieces(pattern: str) -> tuple[list[str], list[str]]:
    """The stretches of ``pattern`` outside its groups, and the insides of the groups that must match."""
    plain, groups, depth, start, inside = [], [], 0, 0, 0
    for match in _META.finditer(pattern):
        token = match.group()
        if depth == 0:
            plain.append(pattern[start : match.start()] + ("|" if token[0] == "|" else ""))
        if token.startswith("("):
            depth += 1
            if depth == 1:
                inside = match.end() if not token.startswith(("(?=", "(?!", "(?<")) else -1
        elif token.startswith(")"):
            depth -= 1
            optional = token[1:2] == "?" or token.startswith("){0")
            if depth == 0 and inside >= 0 and not optional:
                groups.append(pattern[inside : match.start()])
        start = match.end()
    plain.append(pattern[start:] if depth == 0 else "")
    return plain, groups


def _words(piece: str) -> list[str]:
    return [
        fold_cue(word)
        for word in piece.replace("|", " ").split()
        if word.isalpha() and (len(word) >= 3 or word > "\u2e80")
    ]


PHRASES = Tables(
    "phrase", "archiver.attribution", "wording", frozenset(_FIELDS), _tried, "see docs/how-to-add-a-wording.md"
)
