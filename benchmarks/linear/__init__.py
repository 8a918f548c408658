"""Whether reading twice the text takes more than twice the time, asked of every stage and of every pattern."""
