-- One row per grid: its current version.
SELECT
    l.row_id,
    l.content_hash,
    l.sheet,
    l.row_no,
    l.record_key,
    l.row_hash,
    l.grid_no,
    l.grid_name,
    l.grid_level,
    l.parent_no,
    l.street,
    l.community,
    l.valid_from_on,
    l.valid_to_on,
    v.first_received_on AS received_on,
    v.sender
FROM landed_grids AS l
JOIN versions AS v ON v.row_id = l.row_id AND v.is_current
ORDER BY l.grid_no NULLS LAST, l.row_id NULLS LAST
