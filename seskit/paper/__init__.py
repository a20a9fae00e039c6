"""How results look: one module per document, workbook and picture of a subject."""
