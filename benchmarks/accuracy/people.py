"""Author lines become people, and two spellings of one person count as one; order never matters.

A line is split the same way for the truth and for every reader's answer, so that nobody is judged on whether names
come as a list or as "A and B". A name in another script is another name: nothing is transliterated.
"""

import re
import unicodedata

from benchmarks.accuracy.words import tidy, without_marks

_LABELS = (
    "by|von|par|por|di|door|av|af|od|autor|autorin|autores|author|автор|авторы|текст|yazan|yazar|haber|müəllif|müəllifi"
    "|հեղինակ|ავტორი|文|作者|記者|编辑|編集|取材|责任编辑|責任編輯|撰文"
)
_VERBS = "written|posted|published|reported|reviewed|story|words|text"
_LABEL = re.compile(
    rf"^(?:(?:(?:{_VERBS}) )?(?:{_LABELS}) ?[:：] ?|(?:(?:{_VERBS}) by|by|von|par|por) )", re.IGNORECASE
)
# Signs and words between two people. Words of one letter or two join names only before a capital.
_BETWEEN = re.compile(
    r" ?[;|\n•·、，&] ?| / | (?:and|with|und|et|och|og|oraz|и|та|ve|və|و) | (?:y|e|en|i) ",
    re.IGNORECASE,
)
_SHORT_WORD = re.compile(r"^ (?:y|e|en|i) $", re.IGNORECASE)
_COMPANY = re.compile(r"\b(?:GmbH|AG|Inc|LLC|Ltd|KG|S\.A\.|A/S|Verlag)\b")
_ROLE = re.compile(
    r"\b(?:editor|writer|director|reporter|correspondent|contributor|columnist|journalist|author|researcher|analyst"
    r"|redakteur|redakteurin|korrespondent|korrespondentin|periodista|expert|specialist|manager|founder|ceo|president"
    r"|officer|consultant|advisor|coach|therapist|physician|professor|dietitian|nutritionist|experience)\b",
    re.IGNORECASE,
)
_DEGREE = re.compile(
    r"phd|md|msc?|bsc?|[bm]a|mba|rdn?|ldn|cp[at]|cf[ap]|rn|[js]r|i{2,3}|iv|esq|jd|pharmd|mp[ah]|facs|faap|facc|do|dds"
    r"|dvm|ed[dm]|np|pac|lcsw|msw|cscs|cdn|ce|cissp|fand|cdces|csp"
)
_TITLES = frozenset(("dr", "prof", "mr", "mrs", "ms", "sir", "dame", "phd", "md", "jr", "sr", "dipl", "mag"))
_LETTERS_NFKD_KEEPS = str.maketrans({"ı": "i", "ł": "l", "ø": "o", "đ": "d"})
_EDGE = " .,:-–—"


def people(line: str) -> list[str]:
    """The people an author line names, in its order, each once; roles, degrees and labels are left out."""
    lines = unicodedata.normalize("NFKC", line).split("\n")
    whole = "\n".join(tidy(part, "NFKC") for part in lines).strip()
    whole = _LABEL.sub("", whole)
    if _COMPANY.search(whole):
        return [whole] if words_of(whole) else []
    found: dict[tuple[str, ...], str] = {}
    for name in (name for part in _parts(whole) for name in _names(part)):
        if words_of(name):
            found.setdefault(tuple(sorted(words_of(name))), name)
    return list(found.values())


def words_of(name: str) -> list[str]:
    """The words of a name without accents, case and titles; only titles where there is nothing else."""
    words = re.findall(r"\w+", without_marks(name).translate(_LETTERS_NFKD_KEEPS))
    return [word for word in words if word not in _TITLES] or words


def same_person(one: str, other: str) -> bool:
    """Whether two spellings name one person.

    The same words in any order; the same letters with other spaces; or all words of a name of two or more in a
    name with at most two more (middle names).
    """
    left, right = set(words_of(one)), set(words_of(other))
    if not left or not right:
        return False
    if left == right or "".join(sorted(left)) == "".join(sorted(right)):
        return True
    short, long = sorted((left, right), key=len)
    return len(short) >= 2 and short < long and len(long) - len(short) <= 2


def matched(answer: list[str], truth: list[str]) -> int:
    """How many people of ``answer`` are in ``truth``, each of which can be met once."""
    left = list(truth)
    for name in answer:
        met = next((person for person in left if same_person(name, person)), None)
        if met is not None:
            left.remove(met)
    return len(truth) - len(left)


def _parts(line: str) -> list[str]:
    """``line`` cut where one person ends and the next begins."""
    parts, start = [], 0
    for match in _BETWEEN.finditer(line):
        following = line[match.end() : match.end() + 1]
        if _SHORT_WORD.match(match[0]) and not following.isupper():
            continue
        parts.append(line[start : match.start()])
        start = match.end()
    return [*parts, line[start:]]


def _names(part: str) -> list[str]:
    """The names in one part: what stands after a comma may be another, a degree, a role, or the given name."""
    names: list[str] = []
    for piece in (piece.strip() for piece in part.split(",")):
        if piece and not (names and (_is_degree(piece) or _ROLE.search(piece))):
            names.append(piece)
    if len(names) == 2 and all(" " not in name for name in names):
        names = [f"{names[1]} {names[0]}"]  # "Family, Given"
    return [_LABEL.sub("", name).strip(_EDGE) for name in names]


def _is_degree(piece: str) -> bool:
    return all(_DEGREE.fullmatch(re.sub(r"[.\-]", "", word).casefold()) for word in piece.split())
