"""The views and commands of certification."""
