"""A transparency log as others read it: RFC 6962 tree, C2SP tiles, signed notes, checkpoints and proofs.

Pure functions over bytes: nothing here knows a disk, a clock or what an entry says.
"""
