"""One module per way in which a page shows a table."""
