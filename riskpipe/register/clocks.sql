-- One row per running or stopped clock. A sheet's own deadline counts as it stands; without one
-- the deadline row in force on the starting day gives it, in days or working days (`days`).
-- A 12345 order has two clocks, the city's and the district's. A deadline that rests on an
-- unpublished holiday notice is provisional and never overdue. Urgent information runs in
-- minutes: half an hour to report in, half an hour to pass up after consent.
WITH extended AS (
    SELECT
        e.subject_no,
        MAX(e.due_on) AS due_on
    FROM events AS e
    CROSS JOIN run AS r
    WHERE e.step = '延期批复'
        AND e.outcome = '同意'
        AND e.subject_kind IN ('举报', '工单')
        AND CAST(e.happened_at AS DATE) <= r.as_of_on
    GROUP BY e.subject_no
),

checked AS (
    SELECT subject_no, MIN(happened_at) AS checked_at
    FROM events
    WHERE step = '核查' AND source = 'progress'
    GROUP BY subject_no
),

started AS (
    SELECT
        concat('办理期限|', t.row_id) AS clock_id,
        CASE WHEN t.channel = '12350电话' THEN '举报' ELSE '工单' END AS subject_kind,
        t.tipoff_no AS subject_no,
        t.row_id,
        '办理期限' AS clock,
        t.street,
        t.first_assignee AS unit,
        t.channel,
        CAST(NULL AS STRING) AS grade,
        COALESCE(t.dispatched_at, t.accepted_at, t.reported_at) AS starts_at,
        COALESCE(x.due_on, t.due_on) AS stated_due_on,
        t.closed_at AS stopped_at
    FROM tipoffs AS t
    LEFT JOIN extended AS x ON x.subject_no = t.tipoff_no
    WHERE COALESCE(t.acceptance, '受理') = '受理'

    UNION ALL

    SELECT
        concat('市交办期限|', t.row_id) AS clock_id,
        '工单' AS subject_kind,
        t.tipoff_no AS subject_no,
        t.row_id,
        '市交办期限' AS clock,
        t.street,
        t.first_assignee AS unit,
        t.channel,
        CAST(NULL AS STRING) AS grade,
        COALESCE(t.city_dispatched_at, t.reported_at) AS starts_at,
        t.city_due_on AS stated_due_on,
        t.closed_at AS stopped_at
    FROM tipoffs AS t
    WHERE t.city_due_on IS NOT NULL

    UNION ALL

    SELECT
        concat('核查期限|', t.row_id) AS clock_id,
        '举报' AS subject_kind,
        t.tipoff_no AS subject_no,
        t.row_id,
        '核查期限' AS clock,
        t.street,
        t.first_assignee AS unit,
        t.channel,
        CAST(NULL AS STRING) AS grade,
        t.accepted_at AS starts_at,
        x.due_on AS stated_due_on,
        COALESCE(c.checked_at, CASE WHEN t.verification IS NOT NULL THEN t.closed_at END) AS stopped_at
    FROM tipoffs AS t
    LEFT JOIN extended AS x ON x.subject_no = t.tipoff_no
    LEFT JOIN checked AS c ON c.subject_no = t.tipoff_no
    WHERE t.acceptance = '受理' AND t.accepted_at IS NOT NULL

    UNION ALL

    SELECT
        concat('整改期限|', f.row_id) AS clock_id,
        '隐患' AS subject_kind,
        s.finding_no AS subject_no,
        f.row_id,
        '整改期限' AS clock,
        f.street,
        f.responsible_unit AS unit,
        CAST(NULL AS STRING) AS channel,
        f.grade,
        CAST(COALESCE(f.inspected_on, f.received_on) AS TIMESTAMP) AS starts_at,
        s.due_on AS stated_due_on,
        CAST(s.rectified_on AS TIMESTAMP) AS stopped_at
    FROM states AS s
    JOIN findings AS f ON f.row_id = s.row_id
    WHERE s.state <> '已移送'

    UNION ALL

    SELECT
        concat('复查期限|', f.row_id) AS clock_id,
        '隐患' AS subject_kind,
        s.finding_no AS subject_no,
        f.row_id,
        '复查期限' AS clock,
        f.street,
        f.inspecting_unit AS unit,
        CAST(NULL AS STRING) AS channel,
        f.grade,
        CAST(s.rectified_on AS TIMESTAMP) AS starts_at,
        CAST(NULL AS DATE) AS stated_due_on,
        CAST(CASE WHEN s.rechecked_on >= s.rectified_on THEN s.rechecked_on END AS TIMESTAMP) AS stopped_at
    FROM states AS s
    JOIN findings AS f ON f.row_id = s.row_id
    WHERE s.rectified_on IS NOT NULL AND s.state <> '当场整改'

    UNION ALL

    SELECT
        concat('领取期限|', p.row_id) AS clock_id,
        '奖励' AS subject_kind,
        p.payout_no AS subject_no,
        p.row_id,
        '领取期限' AS clock,
        CAST(NULL AS STRING) AS street,
        p.sender AS unit,
        CAST(NULL AS STRING) AS channel,
        CAST(NULL AS STRING) AS grade,
        CAST(p.notified_on AS TIMESTAMP) AS starts_at,
        p.claim_by_on AS stated_due_on,
        CAST(p.paid_on AS TIMESTAMP) AS stopped_at
    FROM payouts AS p
    WHERE p.notified_on IS NOT NULL AND p.state IN ('已通知', '已领取')

    UNION ALL

    SELECT
        concat('督办期限|', m.row_id) AS clock_id,
        '督办事项' AS subject_kind,
        m.matter_no AS subject_no,
        m.row_id,
        '督办期限' AS clock,
        CAST(NULL AS STRING) AS street,
        m.responsible_unit AS unit,
        CAST(NULL AS STRING) AS channel,
        CAST(NULL AS STRING) AS grade,
        CAST(COALESCE(m.assigned_on, m.received_on) AS TIMESTAMP) AS starts_at,
        m.due_on AS stated_due_on,
        CAST(CASE WHEN m.state IN ('已反馈', '已办结') THEN m.answered_on END AS TIMESTAMP) AS stopped_at
    FROM matters AS m

    UNION ALL

    SELECT
        concat('接报30分钟|', i.row_id) AS clock_id,
        '突发事件' AS subject_kind,
        i.incident_no AS subject_no,
        i.row_id,
        '接报30分钟' AS clock,
        i.street,
        i.reporting_unit AS unit,
        CAST(NULL AS STRING) AS channel,
        CAST(NULL AS STRING) AS grade,
        i.happened_at AS starts_at,
        CAST(NULL AS DATE) AS stated_due_on,
        i.received_at AS stopped_at
    FROM incidents AS i
    WHERE i.reported_up_at IS NOT NULL AND i.received_at IS NOT NULL

    UNION ALL

    SELECT
        concat('上报30分钟|', i.row_id) AS clock_id,
        '突发事件' AS subject_kind,
        i.incident_no AS subject_no,
        i.row_id,
        '上报30分钟' AS clock,
        i.street,
        i.sender AS unit,
        CAST(NULL AS STRING) AS channel,
        CAST(NULL AS STRING) AS grade,
        i.consented_at AS starts_at,
        CAST(NULL AS DATE) AS stated_due_on,
        i.reported_up_at AS stopped_at
    FROM incidents AS i
    WHERE i.consented_at IS NOT NULL
),

-- What is dated past the as-of day has not stopped a clock yet, nor started one.
running AS (
    SELECT
        s.*,
        CAST(s.starts_at AS DATE) AS starts_on,
        CASE WHEN CAST(s.stopped_at AS DATE) <= r.as_of_on THEN s.stopped_at END AS ended_at,
        CASE WHEN CAST(s.stopped_at AS DATE) <= r.as_of_on THEN CAST(s.stopped_at AS DATE) END AS stopped_on
    FROM started AS s
    CROSS JOIN run AS r
    WHERE s.starts_at IS NOT NULL AND CAST(s.starts_at AS DATE) <= r.as_of_on
),

ruled AS (
    SELECT
        s.clock_id,
        d.deadline_id,
        d.amount,
        d.unit AS amount_unit,
        row_number() OVER (
            PARTITION BY s.clock_id
            ORDER BY
                CASE WHEN d.channel IS NULL THEN 1 ELSE 0 END
                    + CASE WHEN d.grade IS NULL THEN 1 ELSE 0 END NULLS LAST,
                d.valid_from_on DESC NULLS LAST,
                d.deadline_id NULLS LAST
        ) AS preference
    FROM running AS s
    JOIN deadlines AS d
        ON d.clock = s.clock
        AND (d.channel IS NULL OR d.channel = s.channel)
        AND (d.grade IS NULL OR d.grade = s.grade)
        AND d.valid_from_on <= s.starts_on
        AND (d.valid_to_on IS NULL OR d.valid_to_on >= s.starts_on)
    WHERE s.stated_due_on IS NULL
),

timed AS (
    SELECT
        s.*,
        COALESCE(u.deadline_id, 'stated') AS rule_id,
        u.amount_unit,
        CASE WHEN u.amount_unit = '分钟' THEN minutes_after(s.starts_at, u.amount) END AS due_at,
        CASE
            WHEN s.stated_due_on IS NOT NULL THEN s.stated_due_on
            WHEN u.amount_unit = '日' THEN days_after(s.starts_on, u.amount)
            WHEN u.amount_unit = '工作日' THEN w.day_on
            WHEN u.amount_unit = '分钟' THEN CAST(minutes_after(s.starts_at, u.amount) AS DATE)
        END AS due_on,
        COALESCE(u.amount_unit = '工作日' AND (w.is_provisional OR b.is_provisional), FALSE) AS is_provisional
    FROM running AS s
    LEFT JOIN ruled AS u ON u.clock_id = s.clock_id AND u.preference = 1
    LEFT JOIN days AS b ON b.day_on = s.starts_on
    LEFT JOIN days AS w
        ON u.amount_unit = '工作日' AND w.is_workday AND w.workday_no = b.workday_no + u.amount
),

judged AS (
    SELECT
        t.*,
        CASE
            WHEN t.ended_at IS NULL THEN FALSE
            WHEN t.due_at IS NULL THEN t.stopped_on <= t.due_on
            ELSE t.ended_at <= t.due_at
        END AS is_in_time,
        r.as_of_on,
        r.due_soon_days
    FROM timed AS t
    CROSS JOIN run AS r
    WHERE t.due_on IS NOT NULL
)

SELECT
    j.clock_id,
    j.subject_kind,
    j.subject_no,
    l.hazard_id,
    j.clock,
    j.rule_id,
    j.street,
    j.unit,
    j.channel,
    j.grade,
    j.starts_on,
    j.due_on,
    j.stopped_on,
    j.is_provisional,
    j.due_on <= j.as_of_on AS is_due,
    NOT j.is_provisional
        AND NOT j.is_in_time
        AND (j.stopped_on IS NOT NULL OR j.due_on < j.as_of_on) AS is_overdue,
    j.stopped_on IS NULL AS is_open,
    CASE
        WHEN j.is_provisional OR j.is_in_time OR j.due_at IS NOT NULL THEN 0
        WHEN j.stopped_on IS NOT NULL THEN days_between(j.due_on, j.stopped_on)
        WHEN j.due_on < j.as_of_on THEN days_between(j.due_on, j.as_of_on)
        ELSE 0
    END AS overdue_days,
    j.stopped_on IS NULL
        AND j.due_on >= j.as_of_on
        AND j.due_on <= days_after(j.as_of_on, j.due_soon_days) AS is_due_soon,
    j.is_in_time AS is_on_time,
    CASE
        WHEN j.amount_unit = '分钟' AND j.ended_at >= j.starts_at THEN minutes_between(j.starts_at, j.ended_at)
    END AS used_minutes
FROM judged AS j
LEFT JOIN links AS l ON l.row_id = j.row_id
ORDER BY j.clock_id NULLS LAST
