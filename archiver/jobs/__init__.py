"""What the archiver does, one verb a file; the only place that asks the clock."""
