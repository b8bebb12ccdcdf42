-- A delivered ledger as it lies, one row per content, rows repeated on two of its sheets not
-- removed: how many lines and how many records, in how many fields its copies disagree, and how
-- often the completion is exactly the limit. Several problems in one cell are one line.
WITH arrivals AS (
    SELECT
        v.content_hash,
        v.sender,
        v.path,
        v.delivered_on,
        row_number() OVER (
            PARTITION BY v.content_hash
            ORDER BY v.delivered_on NULLS LAST, v.path NULLS LAST
        ) AS place
    FROM deliveries AS v
    CROSS JOIN run AS r
    WHERE v.delivered_on <= r.as_of_on AND COALESCE(v.reason, '') <> 'withdrawn'
),

lines AS (
    SELECT
        f.content_hash,
        COUNT(*) AS line_count,
        COUNT(DISTINCT v.record_key) AS record_count,
        SUM(CASE WHEN f.due_on IS NOT NULL AND f.rectified_on IS NOT NULL THEN 1 ELSE 0 END)
            AS complete_count,
        SUM(CASE WHEN f.rectified_on = f.due_on THEN 1 ELSE 0 END) AS on_limit_count,
        SUM(CASE WHEN f.rectified_on < f.due_on THEN 1 ELSE 0 END) AS early_count,
        SUM(CASE WHEN f.rectified_on > f.due_on THEN 1 ELSE 0 END) AS late_count
    FROM landed_findings AS f
    JOIN versions AS v ON v.row_id = f.row_id
    WHERE f.item_no = 1
    GROUP BY f.content_hash
),

-- Each side is grouped before they meet: joined as they are, every row of a content would be paired
-- with every other of it before the disagreements thin them out.
own_sides AS (
    SELECT d.disagreement_id, MIN(v.content_hash) AS content_hash
    FROM disagreements AS d
    JOIN versions AS v ON v.row_id = d.row_id
    WHERE d.kind = 'findings'
    GROUP BY d.disagreement_id
),

other_sides AS (
    SELECT d.disagreement_id, MIN(v.content_hash) AS content_hash
    FROM disagreements AS d
    JOIN versions AS v ON v.row_id = d.other_row_id
    WHERE d.kind = 'findings'
    GROUP BY d.disagreement_id
),

differing AS (
    SELECT a.content_hash, COUNT(*) AS disagreement_count
    FROM own_sides AS a
    JOIN other_sides AS b
        ON b.disagreement_id = a.disagreement_id AND b.content_hash = a.content_hash
    GROUP BY a.content_hash
)

SELECT
    l.content_hash,
    a.sender,
    a.path,
    a.delivered_on,
    CAST(l.line_count AS BIGINT) AS line_count,
    CAST(l.record_count AS BIGINT) AS record_count,
    CAST(l.line_count - l.record_count AS BIGINT) AS repeated_count,
    CAST(COALESCE(d.disagreement_count, 0) AS BIGINT) AS disagreement_count,
    CAST(l.complete_count AS BIGINT) AS complete_count,
    CAST(l.on_limit_count AS BIGINT) AS on_limit_count,
    CAST(l.early_count AS BIGINT) AS early_count,
    CAST(l.late_count AS BIGINT) AS late_count,
    CASE
        WHEN l.complete_count > 0
        THEN CAST(l.on_limit_count AS DOUBLE) / CAST(l.complete_count AS DOUBLE)
    END AS on_limit_rate
FROM lines AS l
JOIN arrivals AS a ON a.content_hash = l.content_hash AND a.place = 1
LEFT JOIN differing AS d ON d.content_hash = l.content_hash
ORDER BY a.delivered_on NULLS LAST, a.sender NULLS LAST, l.content_hash NULLS LAST
