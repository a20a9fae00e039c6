"""The closeout at the command line."""
