"""Step 3 of the walk: a row leaves without its reporter, who is in the vault.

keys.py holds the two keys, personal.py takes reporter columns out and puts a keyed
pseudonym in, masking.py masks free text, vault.py seals what was taken out, access.py
opens it again for a named person with a reason. Nothing after this stage sees a name, a
phone or an account of a reporter or payee.
"""
