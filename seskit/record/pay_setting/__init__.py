"""What an agency keeps for pay-setting: the pay worksheet."""
