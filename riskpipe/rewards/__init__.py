"""Step 7: what the reward rule in force says is due, and what was really paid.

`claims` narrows the register to tip-offs a reward may be due for, `entitlements` applies
one dated tariff row to each in whole 分, `settlements` lays the delivered payouts beside
them, `discrepancies` lists what does not fit. Rules are the CSV files of this folder; no
payee's identity comes here.
"""
