"""What an agency's vacancies come to: where each is, its case, its days, and moves that ratings call for."""
