"""Papers in boxes and tables: what they say is built once, and printed as a page and as a PDF."""
