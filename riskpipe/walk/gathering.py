"""Joins the landings of all delivered files into one table per kind, all versions kept."""
