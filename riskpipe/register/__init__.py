"""Step 6: from delivered versions to one register of hazards, as of one day.

`versions` says which delivered row counts, the current tables carry it out (with
`amendments`), `links` joins what tells of one hazard, `events` puts its steps in order,
`states` and `hazards` say where it stands, `clocks` and `violations` what is late or
contradictory. Nothing is repaired here: what contradicts is listed. Rules are the CSV files
of this folder.
"""
