"""riskpipe: from delivered hazard sheets and tip-offs to a month's consultation (会商)."""

__version__ = "0.1.0"
