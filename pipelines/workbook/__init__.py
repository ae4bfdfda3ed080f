"""Excel workbooks for auditors: findings, and every check as formulas that compute it again."""
