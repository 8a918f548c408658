"""What leaves the archive for others: files that say and prove what they say without this program."""
