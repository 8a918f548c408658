"""Bytes in, evidenced statements out: the one function that `read`, `add`, `reread` and `rebuild` share."""

from archiver.statements.read import read
from archiver.statements.reader import RULES_VERSION, edition, reader
from archiver.statements.settle import FIRM, WAYS, settle, timepoint

__all__ = ["FIRM", "RULES_VERSION", "WAYS", "edition", "read", "reader", "settle", "timepoint"]
