"""What a page says, read from its text and markup: zones, clean text, dates, declarations. Nothing is decided here."""
