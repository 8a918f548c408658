"""A sentence about another work (a novel, a film, a prize) says nothing of where this text comes from.

"His memoirs were translated from English", "three books translated from Hungarian", "the novel appeared in the Post":
the verbs are those of a credit, the subject is not this text. So a credit within a sentence whose words name a work
of another kind, and no text such as this one, is none. The same goes for a translation into a language that is not
the page's: it led away from here.
"""

import re

from archiver.attribution.languages import code_of
from archiver.attribution.mentions import Mention
from archiver.attribution.words import word_list
from archiver.outlets.names import fold, is_cased

_SPEAKS_OF_A_TEXT = frozenset({"translated_from", "translated_by", "reprinted_from", "original_at", "article_in"})
_WORD = re.compile(r"[^\W\d_][^\W\d_’'ʼ]{1,40}")
_SENTENCE_END = re.compile(r"(?<=[^\W\d_]{3})[.!?։。]{1,3}[»”\"]?\s|[\n։。！？]")
_REACH = 300  # characters on either side of a credit in which its sentence is sought
_SHORTEST_STEM = 4
_OPENING = re.compile(r"[\s«“„\"'‘(\[]{0,6}")
_LABEL = re.compile(r"[^\n.:：՝|]{2,40}[:：՝|]")
_MACHINE = re.compile(
    r"\b(?:machine|maschinelle?\w{0,2}|automati\w{1,14}|автоматич\w{1,6}|машинн\w{2,4}|нейросет\w{1,4}|deepl|chatgpt|"
    r"google (?:translate|übersetzer|traduction|çeviri)|artificial intelligence|künstliche\w? intelligenz|"
    r"intelligence artificielle|inteligencia artificial|intelligenza artificiale|inteligência artificial|yapay zek[âa]|"
    r"süni intellekt|искусственн\w{2,4} интеллект\w{0,3}|штучн\w{2,4} інтелект\w{0,3}|(?-i:AI|KI))\b",
    re.I,
)
_INTO = re.compile(
    r"(?:\btranslat\w{2,4}|\btradui\w{1,4}|\btraduci?d\w|\btraduzid\w|\btradott\w|\bперев[её]д\w{1,6}|\bпереклад\w{1,5}|"
    r"\bpřeložen\w|\bprzetłumaczon\w|\bvertaald|\bübersetz\w{0,4})\s(?:[^\s.]{1,14}\s){0,2}?"
    r"(?:into|en|al|in(?: het)?|para o|на|na|do|ins|auf)\s(?P<a>[^\W\d_]{3,20})|"
    r"\b(?:ins|auf)\s(?P<b>[^\W\d_]{3,20})\sübersetz|"
    r"(?P<c>[^\W\d_]{3,20})\s(?:dilinə|diline)\s(?:tərcümə|çevir|çevr)|(?P<d>[^\W\d_]{3,20})[’']?[yn]?[ea]\sçevril",
    re.I,
)


def of_another_work(mention: Mention, text: str, language: str | None) -> bool:
    """True when ``mention``, on a page in ``language`` (ISO 639-1), credits a work that is not this text."""
    if mention.says not in _SPEAKS_OF_A_TEXT:
        return False
    start, end = _sentence(mention, text)
    if _leads_away(text[start:end], language):
        return True
    if mention.start == start and _LABEL.match(text, start, end):
        return False
    words = _common_words(mention, text, start, end, german=(language or "").startswith("de"))
    if any(map(_is_this_text, words)):
        return False
    somebodys = bool(words) and words[0] in word_list("possessives")
    return somebodys or any(word in word_list("other_works") for word in words)


def by_machine(mention: Mention, text: str) -> bool:
    """True when the sentence of a translation's credit says that a machine made it."""
    start, end = _sentence(mention, text)
    return mention.rule.endswith("/machine-translated@1") or _MACHINE.search(text, start, end) is not None


def _sentence(mention: Mention, text: str) -> tuple[int, int]:
    """Where the sentence that holds ``mention`` begins and ends."""
    block = mention.line.block
    start, end = max(block.start, mention.start - _REACH), min(block.end, mention.end + _REACH)
    start = max((stop.end() for stop in _SENTENCE_END.finditer(text, start, mention.start)), default=start)
    stop = _SENTENCE_END.search(text, mention.end, end)
    return start, stop.start() if stop else end


def _common_words(mention: Mention, text: str, start: int, end: int, *, german: bool) -> list[str]:
    """The folded words of the sentence that are no proper names: not capitalised inside it, not the outlet's name."""
    name = mention.name if mention.name and (mention.name.found.known or " " in mention.name.text) else None
    first = _OPENING.match(text, start)
    opens = first.end() if first else start
    return [
        fold(word.group())
        for word in _WORD.finditer(text, start, end)
        if not (name and name.start <= word.start() < name.end)
        and (german or word.start() == opens or not (is_cased(word.group()) and word.group()[0].isupper()))
    ]


def _is_this_text(word: str) -> bool:
    return any(word[:length] in word_list("this_text") for length in range(_SHORTEST_STEM - 1, len(word) + 1))


def _leads_away(sentence: str, language: str | None) -> bool:
    """True when a sentence tells of a translation into a language that is not ``language``."""
    if language is None:
        return False
    for match in _INTO.finditer(sentence):
        target = next((code_of(word) for word in match.groups() if word), None)
        if target and target != language.partition("-")[0].lower():
            return True
    return False
