"""What a pay worksheet comes to: checked, with what the budgets could buy and every pay clock."""
