"""What follows for an agency: law and record in, figures and findings out."""
