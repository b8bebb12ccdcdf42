-- Records that stood in a sender's cumulative ledger and are gone from the next one and from
-- everything delivered since: listed, never taken out of the register. A ledger (sender, kind and
-- sheet layout) goes on from one delivery to the next when the later repeats at least half of the
-- earlier and says 累计重报; where no nature is stated, the ledger must also repeat half over all its
-- deliveries, or a chance overlap of two monthly lists would accuse. 补报、更正重报 and 首次报送 show
-- records and make none vanish. One row per record and ledger.
WITH arrivals AS (
    SELECT
        d.content_hash,
        d.sender,
        d.delivered_on,
        MIN(CASE WHEN d.nature IN ('补报', '更正重报') THEN 1 ELSE 0 END) AS is_partial,
        MAX(CASE WHEN d.nature = '累计重报' THEN 1 ELSE 0 END) AS is_stated,
        MAX(CASE WHEN d.nature = '首次报送' THEN 1 ELSE 0 END) AS is_first
    FROM deliveries AS d
    CROSS JOIN run AS r
    WHERE d.delivered_on <= r.as_of_on AND COALESCE(d.reason, '') <> 'withdrawn'
    GROUP BY d.content_hash, d.sender, d.delivered_on
),

ledgers AS (
    SELECT
        content_hash,
        kind,
        MIN(layout) AS layout,
        SUM(rows_rejected) AS rejected_count
    FROM sheets
    WHERE kind IS NOT NULL AND layout IS NOT NULL
    GROUP BY content_hash, kind
),

-- A record of a ledger on a day; partial only when no whole delivery of that day held it.
told AS (
    SELECT
        v.kind,
        a.sender,
        y.layout,
        a.delivered_on,
        v.record_key,
        MIN(a.is_partial) AS is_partial,
        MAX(a.is_stated) AS is_stated,
        MAX(a.is_first) AS is_first
    FROM versions AS v
    JOIN arrivals AS a ON a.content_hash = v.content_hash
    JOIN ledgers AS y ON y.content_hash = v.content_hash AND y.kind = v.kind
    GROUP BY v.kind, a.sender, y.layout, a.delivered_on, v.record_key
),

wholes AS (
    SELECT
        kind,
        sender,
        layout,
        delivered_on,
        COUNT(*) AS record_count,
        MAX(is_stated) AS is_stated,
        MAX(is_first) AS is_first
    FROM told
    WHERE is_partial = 0
    GROUP BY kind, sender, layout, delivered_on
),

following AS (
    SELECT
        kind,
        sender,
        layout,
        delivered_on,
        is_stated,
        is_first,
        LAG(delivered_on) OVER (
            PARTITION BY kind, sender, layout ORDER BY delivered_on NULLS LAST
        ) AS prior_on,
        LAG(record_count) OVER (
            PARTITION BY kind, sender, layout ORDER BY delivered_on NULLS LAST
        ) AS prior_count
    FROM wholes
),

repeated AS (
    SELECT w.kind, w.sender, w.layout, w.delivered_on, COUNT(*) AS shared_count
    FROM following AS w
    JOIN told AS a
        ON a.kind = w.kind
        AND a.sender = w.sender
        AND a.layout = w.layout
        AND a.delivered_on = w.prior_on
        AND a.is_partial = 0
    JOIN told AS b
        ON b.kind = w.kind
        AND b.sender = w.sender
        AND b.layout = w.layout
        AND b.delivered_on = w.delivered_on
        AND b.is_partial = 0
        AND b.record_key = a.record_key
    GROUP BY w.kind, w.sender, w.layout, w.delivered_on
),

measured AS (
    SELECT
        w.kind,
        w.sender,
        w.layout,
        w.delivered_on,
        w.prior_on,
        w.is_stated,
        w.is_first,
        w.prior_count,
        COALESCE(s.shared_count, 0) AS shared_count,
        SUM(w.prior_count) OVER (PARTITION BY w.kind, w.sender, w.layout) AS all_prior_count,
        SUM(COALESCE(s.shared_count, 0)) OVER (PARTITION BY w.kind, w.sender, w.layout)
            AS all_shared_count
    FROM following AS w
    LEFT JOIN repeated AS s
        ON s.kind = w.kind
        AND s.sender = w.sender
        AND s.layout = w.layout
        AND s.delivered_on = w.delivered_on
),

cumulative AS (
    SELECT kind, sender, layout, delivered_on, prior_on
    FROM measured
    WHERE is_first = 0
        AND 2 * shared_count >= prior_count
        AND (is_stated = 1 OR 2 * all_shared_count >= all_prior_count)
),

seen AS (
    SELECT kind, sender, layout, record_key, MAX(delivered_on) AS last_seen_on
    FROM told
    GROUP BY kind, sender, layout, record_key
),

anywhere AS (
    SELECT kind, record_key, MAX(delivered_on) AS last_on
    FROM told
    GROUP BY kind, record_key
),

-- The whole delivery right after the record was last seen, if it went on from the one before.
missing AS (
    SELECT s.kind, s.sender, s.layout, s.record_key, s.last_seen_on, c.delivered_on AS missing_since_on
    FROM seen AS s
    JOIN cumulative AS c
        ON c.kind = s.kind
        AND c.sender = s.sender
        AND c.layout = s.layout
        AND c.prior_on <= s.last_seen_on
        AND c.delivered_on > s.last_seen_on
    JOIN anywhere AS w
        ON w.kind = s.kind AND w.record_key = s.record_key AND w.last_on < c.delivered_on
),

rejections AS (
    SELECT y.kind, a.sender, y.layout, a.delivered_on, SUM(y.rejected_count) AS rejected_count
    FROM arrivals AS a
    JOIN ledgers AS y ON y.content_hash = a.content_hash
    GROUP BY y.kind, a.sender, y.layout, a.delivered_on
),

standing AS (
    SELECT t.row_id, t.tipoff_no AS number, t.acceptance AS state FROM tipoffs AS t
    UNION ALL
    SELECT f.row_id, f.finding_no AS number, f.state FROM findings AS f
    UNION ALL
    SELECT p.row_id, p.payout_no AS number, p.state FROM payouts AS p
    UNION ALL
    SELECT i.row_id, i.incident_no AS number, i.state FROM landed_incidents AS i
    UNION ALL
    SELECT m.row_id, m.matter_no AS number, m.state FROM matters AS m
    UNION ALL
    SELECT j.row_id, j.finding_no AS number, CAST(NULL AS STRING) AS state FROM majors AS j
)

SELECT
    m.kind,
    m.record_key,
    COALESCE(n.number, m.record_key) AS number,
    m.sender,
    m.layout,
    m.last_seen_on,
    m.missing_since_on,
    CAST(COALESCE(x.rejected_count, 0) AS BIGINT) AS rejected_count,
    COALESCE(h.state, n.state) AS state,
    v.row_id
FROM missing AS m
JOIN versions AS v ON v.kind = m.kind AND v.record_key = m.record_key AND v.is_current
LEFT JOIN standing AS n ON n.row_id = v.row_id
LEFT JOIN links AS l ON l.row_id = v.row_id
LEFT JOIN hazards AS h ON h.hazard_id = l.hazard_id
LEFT JOIN rejections AS x
    ON x.kind = m.kind
    AND x.sender = m.sender
    AND x.layout = m.layout
    AND x.delivered_on = m.missing_since_on
ORDER BY m.kind NULLS LAST, m.sender NULLS LAST, m.layout NULLS LAST, m.record_key NULLS LAST
