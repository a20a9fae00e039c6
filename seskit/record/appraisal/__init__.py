"""What an agency keeps of an appraisal year: ratings on record, plans, and the steps of the year."""
