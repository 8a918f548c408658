"""Two texts side by side: what changed between versions, word by word, and which facts moved."""

from archiver.compare.diff import Change, diff_words
from archiver.compare.facts import MetadataChange, metadata_changes

__all__ = ["Change", "MetadataChange", "diff_words", "metadata_changes"]
