"""OPM Forms 1558, 1558A and Supplementary on paper: page, PDF, workbook and calendar."""
