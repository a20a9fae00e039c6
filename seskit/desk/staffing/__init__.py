"""The views and commands of staffing."""
