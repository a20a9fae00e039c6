"""What an agency keeps of its vacancies: the vacancies, scoring sheets and probation."""
