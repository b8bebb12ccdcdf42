-- Tip-offs a reward may be due for: substantiated ones through a public channel, and all that a
-- payout names. The first accepted tip-off of a hazard is the one to reward; what officers or
-- grid workers found on duty is no tip-off in that line. A penalty counts as a base only when it
-- is in force, and only once per decision number.
WITH penalties AS (
    SELECT
        COALESCE(e.hazard_id, e.subject_no) AS case_no,
        e.penalty_no,
        e.penalty_yuan,
        e.penalty_force,
        row_number() OVER (
            PARTITION BY COALESCE(e.hazard_id, e.subject_no), e.penalty_no
            ORDER BY e.happened_at DESC NULLS LAST, e.event_id NULLS LAST
        ) AS recency
    FROM events AS e
    WHERE e.step = '行政处罚' AND e.penalty_no IS NOT NULL
),

bases AS (
    SELECT
        case_no,
        COUNT(*) AS penalty_count,
        SUM(CASE WHEN penalty_force = '已生效' AND penalty_yuan IS NOT NULL THEN 0 ELSE 1 END) AS unsure_count,
        SUM(CASE WHEN penalty_force = '已生效' THEN penalty_yuan END) AS penalty_yuan
    FROM penalties
    WHERE recency = 1 AND COALESCE(penalty_force, '') <> '已撤销'
    GROUP BY case_no
),

asked AS (
    SELECT
        p.tipoff_no,
        p.reward_matter,
        p.penalty_no,
        p.penalty_yuan,
        row_number() OVER (PARTITION BY p.tipoff_no ORDER BY p.payout_no NULLS LAST) AS place_in_line
    FROM payouts AS p
),

line_up AS (
    SELECT
        l.row_id,
        l.hazard_id,
        row_number() OVER (
            PARTITION BY l.hazard_id
            ORDER BY
                CASE
                    WHEN COALESCE(t.acceptance, '受理') = '受理' AND COALESCE(w.is_rewardable, FALSE) THEN 1
                    ELSE 2
                END NULLS LAST,
                m.seen_at NULLS LAST,
                m.member_no NULLS LAST
        ) AS place_in_line
    FROM links AS l
    JOIN members AS m ON m.row_id = l.row_id
    JOIN tipoffs AS t ON t.row_id = l.row_id
    LEFT JOIN rewardable AS w ON w.channel = t.channel
    WHERE l.member_kind = 'tipoff'
),

candidates AS (
    SELECT
        t.tipoff_no,
        t.row_id,
        n.hazard_id,
        t.channel,
        t.matter,
        t.acceptance,
        CAST(COALESCE(t.accepted_at, t.reported_at, CAST(t.received_on AS TIMESTAMP)) AS DATE) AS rule_on,
        t.is_named,
        COALESCE(t.verification IN ('属实', '基本属实', '部分属实'), FALSE) AS is_substantiated,
        COALESCE(n.place_in_line, 1) = 1 AS is_first,
        a.tipoff_no IS NOT NULL AS is_asked,
        a.reward_matter,
        a.penalty_no,
        a.penalty_yuan,
        COALESCE(w.is_rewardable, FALSE) AS is_rewardable
    FROM tipoffs AS t
    LEFT JOIN line_up AS n ON n.row_id = t.row_id
    LEFT JOIN asked AS a ON a.tipoff_no = t.tipoff_no AND a.place_in_line = 1
    LEFT JOIN rewardable AS w ON w.channel = t.channel
)

SELECT
    c.tipoff_no,
    c.row_id,
    c.hazard_id,
    c.channel,
    COALESCE(
        c.reward_matter,
        CASE c.matter
            WHEN '安全生产违法行为' THEN '安全生产违法行为'
            WHEN '瞒报谎报生产安全事故' THEN '瞒报谎报生产安全事故'
            WHEN '生产安全事故隐患' THEN CASE WHEN h.grade = '重大' THEN '重大事故隐患' ELSE '一般事故隐患' END
            ELSE '其他'
        END
    ) AS matter,
    c.rule_on,
    c.is_named,
    c.is_substantiated,
    c.is_first,
    COALESCE(c.acceptance = '并案', FALSE) AS is_joined,
    CASE
        WHEN b.case_no IS NOT NULL THEN b.penalty_count
        WHEN c.penalty_no IS NOT NULL THEN 1
        ELSE 0
    END AS penalty_count,
    CASE
        WHEN b.case_no IS NOT NULL THEN b.unsure_count = 0
        ELSE c.penalty_no IS NOT NULL AND c.penalty_yuan IS NOT NULL
    END AS is_penalty_final,
    CAST(CASE WHEN b.case_no IS NOT NULL THEN b.penalty_yuan ELSE c.penalty_yuan END AS DECIMAL(14, 2)) AS penalty_yuan,
    CAST(NULL AS BIGINT) AS death_count,
    CAST(NULL AS STRING) AS death_level,
    r.district
FROM candidates AS c
CROSS JOIN run AS r
LEFT JOIN hazards AS h ON h.hazard_id = c.hazard_id
LEFT JOIN bases AS b ON b.case_no = COALESCE(c.hazard_id, c.tipoff_no)
WHERE c.is_asked
    OR (
        c.is_substantiated
        AND c.is_rewardable
        AND COALESCE(c.matter, '') <> '非隐患类诉求'
        AND COALESCE(c.acceptance, '受理') IN ('受理', '并案')
    )
ORDER BY c.tipoff_no NULLS LAST
