"""A sentence about another work (a novel, a film, a prize) says nothing of where this text comes from.

"His memoirs were translated from English", "three books translated from Hungarian", "the novel appeared in the Post":
the verbs are those of a credit, the subject is not this text. So a credit within a sentence whose words name a work
of another kind, and no text such as this one, is none. The same goes for a translation into a language that is not
the page's: it led away from here.
"""

import re

from archiver.attribution.languages import code_of
from archiver.attribution.mentions import Mention
from archiver.attribution.printed import Printed
from archiver.attribution.words import word_list
from archiver.outlets.names import fold, is_cased

_SPEAKS_OF_A_TEXT = frozenset({"translated_from", "translated_by", "reprinted_from", "original_at", "article_in"})
_LABELS = frozenset({"source_label", "via"})
_TRANSLATED = frozenset({"translated_from", "translated_by"})
_ASKED = _SPEAKS_OF_A_TEXT | {"excerpt_of", "adapted_from", "contributed"}
_QUESTION = re.compile(r"[^\n.!?։。？؟:«»“”„\"]{0,120}[?？؟](?![»”\"])")
_CREDIT_BEFORE = 60  # characters before a label in which it is said whose source it names
_IN_BRACKETS = re.compile(r"\s?[(\[](?P<word>[^\W\d_]{2,20})[)\]]")
_TOLD = 3  # common words that make a sentence before a participle
_OPENS = 3  # words that a sentence opens with: "The quotes were ..."
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
    if mention.says in _LABELS:
        return _of_a_drawing(mention, text)
    if mention.says in _ASKED and _is_asked(mention, text):
        return True
    if mention.says not in _SPEAKS_OF_A_TEXT:
        return False
    start, end = _sentence(mention, text)
    if mention.says in _TRANSLATED and _of_a_part(text[start:end]):
        return True
    if _leads_away(text[start:end], language):
        return True
    if mention.start == start and _LABEL.match(text, start, end):
        return False
    words = _common_words(mention, text, start, end, german=(language or "").startswith("de"))
    if any(map(_is_this_text, words)):
        return False
    if mention.says == "reprinted_from" and _of_things_told(mention, text, start):
        return True
    somebodys = bool(words) and words[0] in word_list("possessives")
    return somebodys or any(word in word_list("other_works") for word in words)


def _of_things_told(mention: Mention, text: str, start: int) -> bool:
    """True for a participle in a sentence that tells of others: "They sold The Gull, reprinted from ..."."""
    before = text[start : mention.start].rstrip()
    if not before.endswith((",", "，", "،")):
        return False
    words = _common_words(mention, text, start, start + len(before), german=False)
    told = [word for word in words if word not in word_list("by_whom")]
    credited = any(
        word[:length] in word_list("credit_translated") for word in words for length in range(2, len(word) + 1)
    )
    return len(told) >= _TOLD and len(told) == len(words) and not credited


def _of_a_drawing(mention: Mention, text: str) -> bool:
    """True for the label of a chart, a map or its data: "Chart: Jane Roe; Source: The Bank", "Data source: ..."."""
    start = max(mention.line.block.start, mention.start - _CREDIT_BEFORE)
    before = _SENTENCE_END.split(text[start : mention.start])[-1]
    words = [fold(word) for word in _WORD.findall(before)]
    if words and words[-1] in word_list("shown") and before.rstrip()[-1:].isalpha():
        return True  # "Video source: ..."
    if mention.name and (_is_shown(mention.name, text) or _counts(mention.name)):
        return True
    return any(word in word_list("drawn") for word in words) and mention.line.short


def _is_shown(name: Printed, text: str) -> bool:
    """True for "Reuters (video)": what came from there is said in the brackets."""
    behind = _IN_BRACKETS.match(text, name.end)
    return behind is not None and fold(behind["word"]) in word_list("shown")


def _counts(name: Printed) -> bool:
    """True for numbers: "company filings", "elaborazioni su dati ..."."""
    words = [fold(word) for word in _WORD.findall(name.text)]
    return not name.found.known and any(word in word_list("numbers") for word in (*words[:1], *words[-1:]))


def _is_asked(mention: Mention, text: str) -> bool:
    """True when a question holds the credit: "Have you read it in The Gull?"."""
    return _QUESTION.match(text, mention.end, mention.line.block.end) is not None


def _of_a_part(sentence: str) -> bool:
    """True when a translator's credit opens with a part of the text: "Quotes translated from German by the author"."""
    opening = [fold(word.group()) for word, _ in zip(_WORD.finditer(sentence), range(_OPENS), strict=False)]
    parts = [word for word in opening if word in word_list("parts_of_a_text")]
    return bool(parts) and "this" not in opening[: opening.index(parts[0])]


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
