-- One row per hazard: many tip-offs, one ledger finding and its copies under other numbers, of
-- which the one that states.sql lets stand speaks. What the inspector wrote describes the hazard
-- best; without a finding the first tip-off does. A call is every time somebody
-- told of it; a tip-off is a call that was not joined to, or refused as a repeat of, another.
WITH told AS (
    SELECT
        l.hazard_id,
        m.member_no,
        COALESCE(t.reported_at, m.seen_at) AS told_at,
        t.received_on,
        t.street,
        CASE WHEN t.reported_unit = '无' THEN NULL ELSE t.reported_unit END AS unit_name,
        t.address AS place,
        t.trade,
        t.category,
        t.subcategory,
        t.margin,
        CASE
            WHEN t.acceptance = '并案' THEN 0
            WHEN t.refusal_reason = '同一事项已受理再次举报' THEN 0
            ELSE 1
        END AS tipoff_count,
        row_number() OVER (
            PARTITION BY l.hazard_id ORDER BY m.seen_at NULLS LAST, m.member_no NULLS LAST
        ) AS place_in_line
    FROM links AS l
    JOIN members AS m ON m.row_id = l.row_id
    JOIN tipoffs AS t ON t.row_id = l.row_id
    WHERE l.member_kind = 'tipoff'
),

found AS (
    SELECT l.hazard_id, MIN(f.received_on) AS received_on, COUNT(*) AS finding_count
    FROM links AS l
    JOIN findings AS f ON f.row_id = l.row_id
    WHERE l.member_kind = 'finding'
    GROUP BY l.hazard_id
),

calls AS (
    SELECT
        hazard_id,
        MIN(told_at) AS told_at,
        MIN(received_on) AS received_on,
        SUM(tipoff_count) AS tipoff_count,
        COUNT(*) AS call_count
    FROM told
    GROUP BY hazard_id
)

SELECT
    s.hazard_id,
    CASE
        WHEN f.row_id IS NULL THEN CAST(c.told_at AS DATE)
        WHEN c.told_at IS NULL THEN COALESCE(f.inspected_on, f.received_on)
        WHEN CAST(c.told_at AS DATE) <= COALESCE(f.inspected_on, f.received_on) THEN CAST(c.told_at AS DATE)
        ELSE COALESCE(f.inspected_on, f.received_on)
    END AS first_seen_on,
    CASE
        WHEN n.received_on IS NULL THEN c.received_on
        WHEN c.received_on IS NULL THEN n.received_on
        WHEN c.received_on <= n.received_on THEN c.received_on
        ELSE n.received_on
    END AS first_received_on,
    COALESCE(f.street, t.street) AS street,
    COALESCE(f.inspected_unit, t.unit_name) AS unit_name,
    COALESCE(f.place, t.place) AS place,
    COALESCE(f.trade, t.trade) AS trade,
    f.place_type,
    CASE WHEN f.row_id IS NULL THEN t.category ELSE f.category END AS category,
    CASE WHEN f.row_id IS NULL THEN t.subcategory ELSE f.subcategory END AS subcategory,
    CASE WHEN f.row_id IS NULL THEN t.margin ELSE f.margin END AS margin,
    f.grade,
    s.origin,
    COALESCE(c.tipoff_count, 0) AS tipoff_count,
    COALESCE(c.call_count, 0) AS call_count,
    COALESCE(n.finding_count, 0) AS finding_count,
    t.member_no AS first_tipoff_no,
    s.finding_no,
    s.state,
    s.rectified_on,
    s.rechecked_on,
    s.signed_off_on,
    y.is_closed,
    y.is_open,
    s.due_on
FROM states AS s
JOIN lifecycle AS y ON y.state = s.state
LEFT JOIN findings AS f ON f.row_id = s.row_id
LEFT JOIN found AS n ON n.hazard_id = s.hazard_id
LEFT JOIN told AS t ON t.hazard_id = s.hazard_id AND t.place_in_line = 1
LEFT JOIN calls AS c ON c.hazard_id = s.hazard_id
ORDER BY s.hazard_id NULLS LAST
