-- One row per campaign: its current version.
SELECT
    l.row_id,
    l.content_hash,
    l.sheet,
    l.row_no,
    l.record_key,
    l.row_hash,
    l.campaign,
    l.starts_on,
    l.ends_on,
    l.remark,
    v.first_received_on AS received_on,
    v.sender
FROM landed_campaigns AS l
JOIN versions AS v ON v.row_id = l.row_id AND v.is_current
ORDER BY l.campaign NULLS LAST, l.row_id NULLS LAST
