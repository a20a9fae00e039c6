"""Documents, data workbook, dates and pictures of a certification request."""
