"""The pay worksheet as workbook and page, and the pictures of pay-setting."""
