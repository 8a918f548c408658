"""The only door to the disk: WARC snapshots are the truth, ``archive.db`` is a view of them."""
