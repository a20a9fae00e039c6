"""The views and commands of pay-setting."""
