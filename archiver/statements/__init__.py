"""Bytes in, evidenced statements out: the one function that `read`, `add`, `reread` and `rebuild` share."""

from archiver.statements.read import RULES_VERSION, read
from archiver.statements.settle import FIRM, WAYS, settle, timepoint

__all__ = ["FIRM", "RULES_VERSION", "WAYS", "read", "settle", "timepoint"]
