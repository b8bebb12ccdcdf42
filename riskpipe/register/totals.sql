-- One row per month, indicator and breakdown: its current version.
SELECT
    l.row_id,
    l.content_hash,
    l.sheet,
    l.row_no,
    l.record_key,
    l.row_hash,
    l.month_on,
    l.indicator,
    l.breakdown,
    l.unit,
    l.month_value,
    l.year_value,
    l.prior_month_value,
    l.prior_year_value,
    l.source,
    l.remark,
    v.first_received_on AS received_on,
    v.sender
FROM landed_totals AS l
JOIN versions AS v ON v.row_id = l.row_id AND v.is_current
ORDER BY l.month_on NULLS LAST, l.indicator NULLS LAST, l.breakdown NULLS LAST, l.row_id NULLS LAST
