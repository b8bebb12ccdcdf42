-- Every dated step of every case, from three places: handling records, the dated cells of the
-- ledger (unpivoted), the times of the tip-off register. Each carries when it happened and when
-- the office first heard of it: the first delivery of any version that told the same date.
WITH progress_steps AS (
    SELECT
        concat('progress|', p.row_id) AS event_id,
        COALESCE(p.subject_kind, '工单') AS subject_kind,
        p.subject_no,
        p.step,
        p.happened_at,
        p.is_day_only,
        p.received_on,
        p.unit,
        p.to_unit,
        p.handled_by,
        p.level,
        p.outcome,
        p.due_on,
        p.penalty_yuan,
        p.penalty_no,
        p.penalty_force,
        p.satisfaction,
        p.evidence_ref,
        p.row_id,
        'progress' AS source,
        CASE WHEN p.subject_kind = '隐患' THEN 'finding' ELSE 'tipoff' END AS member_kind
    FROM progress AS p
),

ledger_told AS (
    SELECT
        v.record_key,
        v.content_received_on,
        l.inspected_on,
        l.rectified_on,
        l.rechecked_on,
        l.signed_off_on
    FROM landed_findings AS l
    JOIN versions AS v ON v.row_id = l.row_id AND v.version_count > 1
),

ledger_first AS (
    SELECT record_key, '发现' AS step, inspected_on AS step_on, MIN(content_received_on) AS received_on
    FROM ledger_told
    WHERE inspected_on IS NOT NULL
    GROUP BY record_key, inspected_on
    UNION ALL
    SELECT record_key, '整改完成' AS step, rectified_on AS step_on, MIN(content_received_on) AS received_on
    FROM ledger_told
    WHERE rectified_on IS NOT NULL
    GROUP BY record_key, rectified_on
    UNION ALL
    SELECT record_key, '复查' AS step, rechecked_on AS step_on, MIN(content_received_on) AS received_on
    FROM ledger_told
    WHERE rechecked_on IS NOT NULL
    GROUP BY record_key, rechecked_on
    UNION ALL
    SELECT record_key, '销号' AS step, signed_off_on AS step_on, MIN(content_received_on) AS received_on
    FROM ledger_told
    WHERE signed_off_on IS NOT NULL
    GROUP BY record_key, signed_off_on
),

ledger_dates AS (
    SELECT
        f.row_id,
        '发现' AS step,
        f.inspected_on AS step_on,
        f.inspecting_unit AS unit,
        f.inspectors AS handled_by,
        CAST(NULL AS STRING) AS outcome,
        f.due_on
    FROM findings AS f
    WHERE f.inspected_on IS NOT NULL
    UNION ALL
    SELECT
        f.row_id,
        '整改完成' AS step,
        f.rectified_on AS step_on,
        f.responsible_unit AS unit,
        f.responsible_person AS handled_by,
        CAST(NULL AS STRING) AS outcome,
        CAST(NULL AS DATE) AS due_on
    FROM findings AS f
    WHERE f.rectified_on IS NOT NULL
    UNION ALL
    SELECT
        f.row_id,
        '复查' AS step,
        f.rechecked_on AS step_on,
        f.inspecting_unit AS unit,
        f.rechecked_by AS handled_by,
        f.recheck_result AS outcome,
        CAST(NULL AS DATE) AS due_on
    FROM findings AS f
    WHERE f.rechecked_on IS NOT NULL
    UNION ALL
    SELECT
        f.row_id,
        '销号' AS step,
        f.signed_off_on AS step_on,
        f.inspecting_unit AS unit,
        CAST(NULL AS STRING) AS handled_by,
        CAST(NULL AS STRING) AS outcome,
        CAST(NULL AS DATE) AS due_on
    FROM findings AS f
    WHERE f.signed_off_on IS NOT NULL
),

corrected_dates AS (
    SELECT a.subject_no, a.column_name, a.received_on
    FROM amendments AS a
    WHERE a.kind = 'findings' AND a.is_applied
),

ledger_steps AS (
    SELECT
        concat('ledger|', d.row_id, '|', d.step) AS event_id,
        '隐患' AS subject_kind,
        l.member_no AS subject_no,
        l.hazard_id,
        d.step,
        CAST(d.step_on AS TIMESTAMP) AS happened_at,
        TRUE AS is_day_only,
        COALESCE(c.received_on, t.received_on, f.received_on) AS received_on,
        d.unit,
        CAST(NULL AS STRING) AS to_unit,
        d.handled_by,
        CAST(NULL AS STRING) AS level,
        d.outcome,
        d.due_on,
        d.row_id
    FROM ledger_dates AS d
    JOIN findings AS f ON f.row_id = d.row_id
    JOIN links AS l ON l.row_id = d.row_id
    JOIN versions AS v ON v.row_id = d.row_id
    LEFT JOIN ledger_first AS t
        ON t.record_key = v.record_key AND t.step = d.step AND t.step_on = d.step_on
    LEFT JOIN corrected_dates AS c
        ON c.subject_no = f.finding_no
        AND c.column_name = CASE d.step
            WHEN '发现' THEN 'inspected_on'
            WHEN '整改完成' THEN 'rectified_on'
            WHEN '复查' THEN 'rechecked_on'
            ELSE 'signed_off_on'
        END
),

register_told AS (
    SELECT
        v.record_key,
        v.content_received_on,
        l.accepted_at,
        l.dispatched_at,
        l.closed_at
    FROM landed_tipoffs AS l
    JOIN versions AS v ON v.row_id = l.row_id AND v.version_count > 1
),

register_first AS (
    SELECT record_key, '受理' AS step, accepted_at AS step_at, MIN(content_received_on) AS received_on
    FROM register_told
    WHERE accepted_at IS NOT NULL
    GROUP BY record_key, accepted_at
    UNION ALL
    SELECT record_key, '派发' AS step, dispatched_at AS step_at, MIN(content_received_on) AS received_on
    FROM register_told
    WHERE dispatched_at IS NOT NULL
    GROUP BY record_key, dispatched_at
    UNION ALL
    SELECT record_key, '办结' AS step, closed_at AS step_at, MIN(content_received_on) AS received_on
    FROM register_told
    WHERE closed_at IS NOT NULL
    GROUP BY record_key, closed_at
),

register_times AS (
    SELECT
        t.row_id,
        '举报' AS slot,
        '举报' AS step,
        t.reported_at AS happened_at,
        t.is_day_only,
        CAST(NULL AS STRING) AS unit,
        CAST(NULL AS STRING) AS to_unit,
        t.received_by AS handled_by,
        CAST(NULL AS STRING) AS level,
        CAST(NULL AS STRING) AS outcome,
        CAST(NULL AS DATE) AS due_on,
        CAST(NULL AS STRING) AS satisfaction
    FROM tipoffs AS t
    WHERE t.reported_at IS NOT NULL
    UNION ALL
    SELECT
        t.row_id,
        '市交办' AS slot,
        '市交办' AS step,
        t.city_dispatched_at AS happened_at,
        FALSE AS is_day_only,
        CAST(NULL AS STRING) AS unit,
        CAST(NULL AS STRING) AS to_unit,
        CAST(NULL AS STRING) AS handled_by,
        '市' AS level,
        CAST(NULL AS STRING) AS outcome,
        t.city_due_on AS due_on,
        CAST(NULL AS STRING) AS satisfaction
    FROM tipoffs AS t
    WHERE t.city_dispatched_at IS NOT NULL
    UNION ALL
    SELECT
        t.row_id,
        '受理' AS slot,
        CASE t.acceptance
            WHEN '移送（转办）' THEN '移送'
            WHEN '待处理' THEN '登记'
            ELSE COALESCE(t.acceptance, '受理')
        END AS step,
        t.accepted_at AS happened_at,
        FALSE AS is_day_only,
        CAST(NULL AS STRING) AS unit,
        CAST(NULL AS STRING) AS to_unit,
        t.received_by AS handled_by,
        CAST(NULL AS STRING) AS level,
        t.refusal_reason AS outcome,
        CAST(NULL AS DATE) AS due_on,
        CAST(NULL AS STRING) AS satisfaction
    FROM tipoffs AS t
    WHERE t.accepted_at IS NOT NULL
    UNION ALL
    SELECT
        t.row_id,
        '派发' AS slot,
        '派发' AS step,
        t.dispatched_at AS happened_at,
        FALSE AS is_day_only,
        CAST(NULL AS STRING) AS unit,
        t.first_assignee AS to_unit,
        CAST(NULL AS STRING) AS handled_by,
        CAST(NULL AS STRING) AS level,
        CAST(NULL AS STRING) AS outcome,
        t.due_on,
        CAST(NULL AS STRING) AS satisfaction
    FROM tipoffs AS t
    WHERE t.dispatched_at IS NOT NULL
    UNION ALL
    SELECT
        t.row_id,
        '办结' AS slot,
        '办结' AS step,
        t.closed_at AS happened_at,
        FALSE AS is_day_only,
        t.first_assignee AS unit,
        CAST(NULL AS STRING) AS to_unit,
        CAST(NULL AS STRING) AS handled_by,
        CAST(NULL AS STRING) AS level,
        t.verification AS outcome,
        CAST(NULL AS DATE) AS due_on,
        t.satisfaction
    FROM tipoffs AS t
    WHERE t.closed_at IS NOT NULL
)

SELECT
    p.event_id,
    p.subject_kind,
    p.subject_no,
    l.hazard_id,
    p.step,
    p.happened_at,
    p.is_day_only,
    p.received_on,
    p.unit,
    p.to_unit,
    p.handled_by,
    p.level,
    p.outcome,
    p.due_on,
    p.penalty_yuan,
    p.penalty_no,
    p.penalty_force,
    p.satisfaction,
    p.evidence_ref,
    p.row_id,
    p.source
FROM progress_steps AS p
LEFT JOIN links AS l ON l.member_kind = p.member_kind AND l.member_no = p.subject_no
UNION ALL
SELECT
    s.event_id,
    s.subject_kind,
    s.subject_no,
    s.hazard_id,
    s.step,
    s.happened_at,
    s.is_day_only,
    s.received_on,
    s.unit,
    s.to_unit,
    s.handled_by,
    s.level,
    s.outcome,
    s.due_on,
    CAST(NULL AS DECIMAL(14, 2)) AS penalty_yuan,
    CAST(NULL AS STRING) AS penalty_no,
    CAST(NULL AS STRING) AS penalty_force,
    CAST(NULL AS STRING) AS satisfaction,
    CAST(NULL AS STRING) AS evidence_ref,
    s.row_id,
    'ledger' AS source
FROM ledger_steps AS s
UNION ALL
SELECT
    concat('register|', r.row_id, '|', r.slot) AS event_id,
    CASE WHEN t.channel IN ('12350电话', '来信', '来访', '微信（公众号、小程序）') THEN '举报' ELSE '工单' END AS subject_kind,
    t.tipoff_no AS subject_no,
    l.hazard_id,
    r.step,
    r.happened_at,
    r.is_day_only,
    COALESCE(s.received_on, t.received_on) AS received_on,
    r.unit,
    r.to_unit,
    r.handled_by,
    r.level,
    r.outcome,
    r.due_on,
    CAST(NULL AS DECIMAL(14, 2)) AS penalty_yuan,
    CAST(NULL AS STRING) AS penalty_no,
    CAST(NULL AS STRING) AS penalty_force,
    r.satisfaction,
    CAST(NULL AS STRING) AS evidence_ref,
    r.row_id,
    'register' AS source
FROM register_times AS r
JOIN tipoffs AS t ON t.row_id = r.row_id
LEFT JOIN links AS l ON l.row_id = r.row_id
LEFT JOIN register_first AS s
    ON s.record_key = t.record_key AND s.step = r.slot AND s.step_at = r.happened_at
ORDER BY event_id NULLS LAST
