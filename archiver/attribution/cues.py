"""Lines worth a search: those that hold the words which a wording cannot do without, each word sought once a page."""

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from itertools import accumulate

from archiver.attribution.phrases import Phrase, fold_cue


class CuedLines:
    """The lines of one page, folded once, with the answer to which of them hold a word."""

    def __init__(self, lines: Iterable[str]) -> None:
        self._page = fold_cue("\n".join(line.replace("\n", " ") for line in lines))
        self.folded = self._page.split("\n") if self._page else []
        self._begins = list(accumulate((len(text) + 1 for text in self.folded), initial=0))
        self._found: dict[str, list[int]] = {}
        # Most wordings are of other scripts than the page: to miss their first letter is cheaper than to seek them.
        self._letters = frozenset(self._page)

    def may_match(self, phrase: Phrase) -> list[int]:
        """The numbers of the lines in which ``phrase`` may be found, in order."""
        if not phrase.cues:
            return list(range(len(self.folded)))
        first, *others = phrase.cues
        found = self.holding(*first)
        return [n for n in found if all(any(word in self.folded[n] for word in words) for words in others)]

    def holding(self, *words: str) -> list[int]:
        """The numbers of the lines that hold one of ``words`` (spelt as `fold_cue` spells them), in order."""
        if len(words) == 1:
            return self._holding(words[0])
        return sorted({number for word in words for number in self._holding(word)})

    def _holding(self, word: str) -> list[int]:
        found = self._found.get(word)
        if found is None:
            found = self._found[word] = list(self._seek(word)) if word[:1] in self._letters else []
        return found

    def _seek(self, word: str) -> Iterator[int]:
        at = self._page.find(word)
        while at >= 0:
            line = bisect_right(self._begins, at) - 1
            yield line
            at = self._page.find(word, self._begins[line + 1])
