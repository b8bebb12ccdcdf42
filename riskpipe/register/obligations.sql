-- One row per unit and owed report: its current version.
SELECT
    l.row_id,
    l.content_hash,
    l.sheet,
    l.row_no,
    l.record_key,
    l.row_hash,
    l.unit,
    l.owed_kind,
    l.due_day,
    l.valid_from_on,
    l.valid_to_on,
    v.first_received_on AS received_on,
    v.sender
FROM landed_obligations AS l
JOIN versions AS v ON v.row_id = l.row_id AND v.is_current
ORDER BY l.unit NULLS LAST, l.owed_kind NULLS LAST, l.row_id NULLS LAST
