"""What an agency keeps: its folder, roster, history, worksheets, plans, vacancies. Declared once; read, checked, written."""
