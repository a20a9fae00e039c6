"""What an agency's evidence comes to: checked against its rosters, and the decision rehearsed."""
