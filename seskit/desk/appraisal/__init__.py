"""The views and commands of appraisal."""
