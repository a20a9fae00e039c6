"""The ground: how a table, picture, workbook, Word file, PDF, page, deck and calendar are made. Knows no subject."""
