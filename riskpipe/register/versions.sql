-- Every landed row known on the as-of day, once, and the one rule for which version counts:
-- the record's latest delivered day wins; on the same day the lower content hash, and the
-- difference is a listed conflict. Several items in one cell (分项) are records of their own, but
-- superseded with their row: an item that the newer row no longer has is current no more.
WITH received AS (
    SELECT
        d.content_hash,
        d.sender,
        d.delivered_on,
        MIN(d.delivered_on) OVER (PARTITION BY d.content_hash) AS content_received_on,
        row_number() OVER (
            PARTITION BY d.content_hash
            ORDER BY d.delivered_on DESC NULLS LAST, d.path NULLS LAST
        ) AS recency
    FROM deliveries AS d
    CROSS JOIN run AS r
    WHERE d.delivered_on <= r.as_of_on AND COALESCE(d.reason, '') <> 'withdrawn'
),

landed AS (
    SELECT 'tipoffs' AS kind, row_id, record_key, 1 AS item_no, content_hash, row_hash FROM landed_tipoffs
    UNION ALL
    SELECT 'findings' AS kind, row_id, record_key, item_no, content_hash, row_hash FROM landed_findings
    UNION ALL
    SELECT 'majors' AS kind, row_id, record_key, 1 AS item_no, content_hash, row_hash FROM landed_majors
    UNION ALL
    SELECT 'progress' AS kind, row_id, record_key, 1 AS item_no, content_hash, row_hash FROM landed_progress
    UNION ALL
    SELECT 'payouts' AS kind, row_id, record_key, 1 AS item_no, content_hash, row_hash FROM landed_payouts
    UNION ALL
    SELECT 'incidents' AS kind, row_id, record_key, 1 AS item_no, content_hash, row_hash FROM landed_incidents
    UNION ALL
    SELECT 'totals' AS kind, row_id, record_key, 1 AS item_no, content_hash, row_hash FROM landed_totals
    UNION ALL
    SELECT 'matters' AS kind, row_id, record_key, 1 AS item_no, content_hash, row_hash FROM landed_matters
    UNION ALL
    SELECT 'corrections' AS kind, row_id, record_key, 1 AS item_no, content_hash, row_hash FROM landed_corrections
    UNION ALL
    SELECT 'reviews' AS kind, row_id, record_key, 1 AS item_no, content_hash, row_hash FROM landed_reviews
    UNION ALL
    SELECT 'grids' AS kind, row_id, record_key, 1 AS item_no, content_hash, row_hash FROM landed_grids
    UNION ALL
    SELECT 'units' AS kind, row_id, record_key, 1 AS item_no, content_hash, row_hash FROM landed_units
    UNION ALL
    SELECT 'obligations' AS kind, row_id, record_key, 1 AS item_no, content_hash, row_hash FROM landed_obligations
    UNION ALL
    SELECT 'campaigns' AS kind, row_id, record_key, 1 AS item_no, content_hash, row_hash FROM landed_campaigns
),

known AS (
    SELECT
        l.row_id,
        l.kind,
        l.record_key AS whole_key,
        CASE
            WHEN l.item_no = 1 THEN l.record_key
            ELSE concat(l.record_key, '#', CAST(l.item_no AS STRING))
        END AS record_key,
        l.content_hash,
        l.row_hash,
        d.delivered_on,
        d.content_received_on,
        d.sender
    FROM landed AS l
    JOIN received AS d ON d.content_hash = l.content_hash AND d.recency = 1
)

SELECT
    row_id,
    kind,
    record_key,
    content_hash,
    row_hash,
    delivered_on,
    content_received_on,
    MIN(content_received_on) OVER (PARTITION BY kind, record_key) AS first_received_on,
    sender,
    COUNT(*) OVER (PARTITION BY kind, record_key) AS version_count,
    rank() OVER (
        PARTITION BY kind, whole_key
        ORDER BY delivered_on DESC NULLS LAST, content_hash NULLS LAST
    ) = 1
    AND row_number() OVER (
        PARTITION BY kind, record_key
        ORDER BY delivered_on DESC NULLS LAST, content_hash NULLS LAST, row_id NULLS LAST
    ) = 1 AS is_current,
    MIN(row_hash) OVER (PARTITION BY kind, record_key, delivered_on)
        <> MAX(row_hash) OVER (PARTITION BY kind, record_key, delivered_on) AS is_conflict
FROM known
ORDER BY row_id NULLS LAST
