"""What an agency keeps for certification: the index of its evidence."""
