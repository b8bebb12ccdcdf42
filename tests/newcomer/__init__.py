"""A newcomer's first month, walked with the programs a newcomer has: riskpipe and LibreOffice."""
