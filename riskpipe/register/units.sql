-- One row per unit: its current version.
SELECT
    l.row_id,
    l.content_hash,
    l.sheet,
    l.row_no,
    l.record_key,
    l.row_hash,
    l.unit,
    l.unit_kind,
    l.street,
    l.office_order,
    l.contact_phone,
    v.first_received_on AS received_on,
    v.sender
FROM landed_units AS l
JOIN versions AS v ON v.row_id = l.row_id AND v.is_current
ORDER BY l.unit NULLS LAST, l.row_id NULLS LAST
