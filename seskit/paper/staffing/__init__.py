"""The QRB case on paper, and the pictures of an agency's vacancies."""
