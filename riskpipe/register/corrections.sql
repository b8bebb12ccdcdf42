-- One row per correction note (更正单): its current version.
SELECT
    l.row_id,
    l.content_hash,
    l.sheet,
    l.row_no,
    l.record_key,
    l.row_hash,
    l.subject_table,
    l.subject_no,
    l.heading,
    l.old_value,
    l.new_value,
    l.reason,
    l.corrected_by,
    l.corrected_on,
    v.first_received_on AS received_on,
    v.sender
FROM landed_corrections AS l
JOIN versions AS v ON v.row_id = l.row_id AND v.is_current
ORDER BY l.subject_no NULLS LAST, l.corrected_on NULLS LAST, l.row_id NULLS LAST
