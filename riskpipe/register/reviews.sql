-- One row per review of a category (归类复核单) and day: its current version.
SELECT
    l.row_id,
    l.content_hash,
    l.sheet,
    l.row_no,
    l.record_key,
    l.row_hash,
    l.subject_table,
    l.subject_no,
    l.drawn_as,
    l.system_category,
    l.system_subcategory,
    l.system_margin,
    l.rule_version,
    l.category,
    l.subcategory,
    l.reviewed_by,
    l.reviewed_on,
    l.reason,
    v.first_received_on AS received_on,
    v.sender
FROM landed_reviews AS l
JOIN versions AS v ON v.row_id = l.row_id AND v.is_current
ORDER BY l.subject_no NULLS LAST, l.reviewed_on NULLS LAST, l.row_id NULLS LAST
