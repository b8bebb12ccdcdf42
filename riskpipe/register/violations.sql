-- What contradicts itself or the rules, one row each: listed, never repaired, never dropped.
-- Each block finds the rows of one kind; titles come from breaches.csv, and a rule taken out
-- there is no longer listed. Texts hold dates and numbers only.
WITH of_copies AS (
    -- Only what differs in a compared field and nothing settles; a column that one sheet lacks
    -- contradicts nobody.
    SELECT
        d.kind AS subject_kind,
        d.record_key AS subject_no,
        d.row_id,
        MIN(d.other_row_id) AS other_row_id,
        d.sender,
        concat(
            CAST(d.delivered_on AS STRING),
            ' 报送的两份不一致：',
            MIN(d.title),
            '等',
            CAST(COUNT(DISTINCT d.column_name) AS STRING),
            '项'
        ) AS detail
    FROM disagreements AS d
    WHERE d.settlement = '待说明'
    GROUP BY d.kind, d.record_key, d.row_id, d.sender, d.delivered_on
    UNION ALL
    SELECT
        v.kind AS subject_kind,
        v.record_key AS subject_no,
        v.row_id,
        MIN(o.row_id) AS other_row_id,
        v.sender,
        concat(CAST(v.delivered_on AS STRING), ' 报送的内容不一致') AS detail
    FROM versions AS v
    JOIN versions AS o
        ON o.kind = v.kind
        AND o.record_key = v.record_key
        AND o.delivered_on = v.delivered_on
        AND o.row_hash <> v.row_hash
    LEFT JOIN (SELECT DISTINCT kind FROM compared) AS c ON c.kind = v.kind
    WHERE v.is_current AND v.is_conflict AND c.kind IS NULL
    GROUP BY v.kind, v.record_key, v.row_id, v.sender, v.delivered_on
),

of_versions AS (
    SELECT
        'conflict' AS rule_id,
        c.subject_kind,
        c.subject_no,
        c.row_id,
        c.other_row_id,
        CAST(NULL AS STRING) AS street,
        c.sender,
        '' AS slot,
        c.detail
    FROM of_copies AS c
),

standing AS (
    SELECT
        s.*,
        COALESCE(f.sender, t.sender) AS sender,
        CASE WHEN f.row_id IS NULL THEN '举报' ELSE '隐患' END AS subject_kind,
        COALESCE(s.finding_no, t.tipoff_no) AS subject_no
    FROM states AS s
    LEFT JOIN findings AS f ON f.row_id = s.row_id
    LEFT JOIN tipoffs AS t ON t.row_id = s.row_id
),

of_states AS (
    SELECT
        'signoff-no-recheck' AS rule_id,
        s.subject_kind,
        s.subject_no,
        s.row_id,
        s.street,
        s.sender,
        concat(
            CAST(s.signed_off_on AS STRING),
            ' 销号，复查：',
            COALESCE(CAST(s.rechecked_on AS STRING), '无'),
            COALESCE(s.recheck_result, '')
        ) AS detail
    FROM standing AS s
    WHERE s.signed_off_on IS NOT NULL AND s.proof_id IS NULL
    UNION ALL
    SELECT
        'self-recheck' AS rule_id,
        s.subject_kind,
        s.subject_no,
        s.row_id,
        s.street,
        s.sender,
        concat(CAST(s.rechecked_on AS STRING), ' 的复查由整改责任人自己进行') AS detail
    FROM standing AS s
    WHERE s.is_own_recheck AND COALESCE(s.origin, '') <> '企业自查'
    UNION ALL
    SELECT
        'no-rechecker' AS rule_id,
        s.subject_kind,
        s.subject_no,
        s.row_id,
        s.street,
        s.sender,
        concat(CAST(s.rechecked_on AS STRING), ' 的复查没有复查人') AS detail
    FROM standing AS s
    WHERE s.rechecked_on IS NOT NULL AND NOT s.is_recheck_named
),

of_findings AS (
    SELECT
        'order-rectified' AS rule_id,
        f.row_id,
        concat('检查 ', CAST(f.inspected_on AS STRING), '，整改完成 ', CAST(f.rectified_on AS STRING)) AS detail
    FROM findings AS f
    WHERE f.rectified_on < f.inspected_on
    UNION ALL
    -- After a failed re-inspection the later rectification is the lawful next step.
    SELECT
        'order-recheck' AS rule_id,
        f.row_id,
        concat('整改完成 ', CAST(f.rectified_on AS STRING), '，复查 ', CAST(f.rechecked_on AS STRING)) AS detail
    FROM findings AS f
    WHERE f.rechecked_on < f.rectified_on AND COALESCE(f.recheck_result, '合格') = '合格'
    UNION ALL
    SELECT
        'order-signoff' AS rule_id,
        f.row_id,
        concat('复查 ', CAST(f.rechecked_on AS STRING), '，销号 ', CAST(f.signed_off_on AS STRING)) AS detail
    FROM findings AS f
    WHERE f.signed_off_on < f.rechecked_on
    UNION ALL
    SELECT
        'state-dates' AS rule_id,
        f.row_id,
        concat(
            '填报 ',
            f.state,
            '，整改完成 ',
            COALESCE(CAST(f.rectified_on AS STRING), '无'),
            '，复查 ',
            COALESCE(CAST(f.rechecked_on AS STRING), '无'),
            COALESCE(f.recheck_result, ''),
            '，销号 ',
            COALESCE(CAST(f.signed_off_on AS STRING), '无')
        ) AS detail
    FROM findings AS f
    WHERE (f.state IN ('待整改', '整改中') AND (f.rectified_on IS NOT NULL OR f.signed_off_on IS NOT NULL))
        OR (f.state IN ('当场整改', '已整改待复查', '复查不合格') AND f.rectified_on IS NULL)
        OR (f.state = '已整改待复查' AND f.signed_off_on IS NOT NULL)
        OR (f.state = '复查不合格' AND COALESCE(f.recheck_result, '') <> '不合格')
    UNION ALL
    -- Exports without a sign-off date claim it all the same: a claim of its own kind.
    SELECT
        'signoff-undated' AS rule_id,
        f.row_id,
        concat('填报已销号，整改完成 ', COALESCE(CAST(f.rectified_on AS STRING), '无'), '，没有销号日期') AS detail
    FROM findings AS f
    WHERE f.state = '已销号' AND f.signed_off_on IS NULL
    UNION ALL
    SELECT
        'orphan-cited' AS rule_id,
        f.row_id,
        concat('引用的举报 ', f.cited_tipoff_no, ' 没有登记') AS detail
    FROM findings AS f
    LEFT JOIN tipoffs AS t ON t.tipoff_no = f.cited_tipoff_no
    WHERE f.cited_tipoff_no IS NOT NULL AND t.row_id IS NULL
),

of_tipoffs AS (
    -- A time of midnight stands for a day written without its hour: days are compared then.
    SELECT
        'order-accepted' AS rule_id,
        t.row_id,
        concat('举报 ', CAST(t.reported_at AS STRING), '，受理 ', CAST(t.accepted_at AS STRING)) AS detail
    FROM tipoffs AS t
    WHERE CASE
        WHEN t.is_day_only OR CAST(CAST(t.accepted_at AS DATE) AS TIMESTAMP) = t.accepted_at
            THEN CAST(t.accepted_at AS DATE) < CAST(t.reported_at AS DATE)
        ELSE t.accepted_at < t.reported_at
    END
    UNION ALL
    SELECT
        'order-dispatched' AS rule_id,
        t.row_id,
        concat('受理 ', CAST(t.accepted_at AS STRING), '，派发 ', CAST(t.dispatched_at AS STRING)) AS detail
    FROM tipoffs AS t
    WHERE CASE
        WHEN CAST(CAST(t.dispatched_at AS DATE) AS TIMESTAMP) = t.dispatched_at
            THEN CAST(t.dispatched_at AS DATE) < CAST(t.accepted_at AS DATE)
        ELSE t.dispatched_at < t.accepted_at
    END
    UNION ALL
    SELECT
        'order-closed' AS rule_id,
        t.row_id,
        concat('派发 ', CAST(t.dispatched_at AS STRING), '，办结 ', CAST(t.closed_at AS STRING)) AS detail
    FROM tipoffs AS t
    WHERE CASE
        WHEN CAST(CAST(t.closed_at AS DATE) AS TIMESTAMP) = t.closed_at
            THEN CAST(t.closed_at AS DATE) < CAST(t.dispatched_at AS DATE)
        ELSE t.closed_at < t.dispatched_at
    END
    UNION ALL
    SELECT
        'orphan-merge' AS rule_id,
        t.row_id,
        concat('并入的 ', t.merged_into_no, ' 没有登记') AS detail
    FROM tipoffs AS t
    LEFT JOIN tipoffs AS o ON o.tipoff_no = t.merged_into_no
    WHERE t.merged_into_no IS NOT NULL AND o.row_id IS NULL
),

subjects AS (
    SELECT DISTINCT tipoff_no AS subject_no, 'tipoff' AS family FROM tipoffs
    UNION ALL
    SELECT DISTINCT finding_no AS subject_no, 'finding' AS family FROM findings
    UNION ALL
    SELECT DISTINCT incident_no AS subject_no, 'incident' AS family FROM incidents
    UNION ALL
    SELECT DISTINCT matter_no AS subject_no, 'matter' AS family FROM matters
),

of_progress AS (
    SELECT
        'orphan-progress' AS rule_id,
        COALESCE(p.subject_kind, '工单') AS subject_kind,
        p.subject_no,
        p.row_id,
        p.sender,
        concat('环节 ', p.step, ' 的业务编号没有登记') AS detail
    FROM progress AS p
    LEFT JOIN subjects AS s
        ON s.subject_no = p.subject_no
        AND s.family = CASE p.subject_kind
            WHEN '隐患' THEN 'finding'
            WHEN '突发事件' THEN 'incident'
            WHEN '督办事项' THEN 'matter'
            ELSE 'tipoff'
        END
    WHERE s.subject_no IS NULL
),

-- Steps are recorded for some tip-offs only: where they are, a closing needs a verification.
closings AS (
    SELECT
        e.subject_no,
        MIN(CASE WHEN e.step = '办结' THEN e.row_id END) AS row_id,
        MAX(CASE WHEN e.step = '办结' THEN 1 ELSE 0 END) AS has_closing,
        MAX(CASE WHEN e.step = '核查' THEN 1 ELSE 0 END) AS has_check
    FROM events AS e
    WHERE e.source = 'progress' AND e.subject_kind = '举报' AND e.step IN ('核查', '办结')
    GROUP BY e.subject_no
),

of_closings AS (
    SELECT
        'closed-unverified' AS rule_id,
        c.subject_no,
        c.row_id,
        t.street,
        p.sender,
        '办理记录有办结，没有核查' AS detail
    FROM closings AS c
    JOIN progress AS p ON p.row_id = c.row_id
    JOIN tipoffs AS t ON t.tipoff_no = c.subject_no
    WHERE c.has_closing = 1 AND c.has_check = 0 AND t.verification IS NOT NULL
),

of_payouts AS (
    SELECT
        'orphan-payout' AS rule_id,
        p.payout_no,
        p.row_id,
        p.sender,
        concat('举报 ', p.tipoff_no, ' 没有登记') AS detail
    FROM payouts AS p
    LEFT JOIN tipoffs AS t ON t.tipoff_no = p.tipoff_no
    WHERE t.row_id IS NULL
),

amended_subjects AS (
    SELECT DISTINCT tipoff_no AS subject_no, 'tipoffs' AS kind FROM tipoffs
    UNION ALL
    SELECT DISTINCT finding_no AS subject_no, 'findings' AS kind FROM findings
    UNION ALL
    SELECT DISTINCT
        concat(finding_no, '#', CAST(item_no AS STRING)) AS subject_no,
        'items' AS kind
    FROM findings
    UNION ALL
    SELECT DISTINCT finding_no AS subject_no, 'majors' AS kind FROM majors
    UNION ALL
    SELECT DISTINCT payout_no AS subject_no, 'payouts' AS kind FROM payouts
    UNION ALL
    SELECT DISTINCT incident_no AS subject_no, 'incidents' AS kind FROM incidents
    UNION ALL
    SELECT DISTINCT matter_no AS subject_no, 'matters' AS kind FROM matters
),

of_amendments AS (
    SELECT
        CASE WHEN a.problem IS NULL THEN 'amend-orphan' ELSE 'amend-invalid' END AS rule_id,
        a.subject_no,
        a.row_id,
        a.sender,
        concat('更正项目 ', a.heading, '：', COALESCE(a.problem, '没有这个编号')) AS detail
    FROM amendments AS a
    LEFT JOIN amended_subjects AS s ON s.subject_no = a.subject_no AND s.kind = a.kind
    -- Of one item of a cell only the category is decided apart.
    LEFT JOIN amended_subjects AS i
        ON i.subject_no = a.subject_no
        AND i.kind = 'items'
        AND a.kind = 'findings'
        AND a.column_name IN ('category', 'subcategory')
    WHERE (a.problem IS NOT NULL OR (s.subject_no IS NULL AND i.subject_no IS NULL))
        -- A review says category and sub-category in one row: it is listed once.
        AND NOT (a.source = '复核' AND a.column_name = 'subcategory')
),

-- A sender's first delivery of a kind brings its history along: old rows in it are no back-dating.
starts AS (
    SELECT kind, sender, MIN(content_received_on) AS began_on
    FROM versions
    GROUP BY kind, sender
),

row_senders AS (
    SELECT 'findings' AS kind, row_id, sender, street FROM findings
    UNION ALL
    SELECT 'tipoffs' AS kind, row_id, sender, street FROM tipoffs
    UNION ALL
    SELECT 'progress' AS kind, row_id, sender, CAST(NULL AS STRING) AS street FROM progress
),

of_events AS (
    SELECT
        CASE WHEN CAST(e.happened_at AS DATE) > e.received_on THEN 'future' ELSE 'backdated' END AS rule_id,
        e.subject_kind,
        e.subject_no,
        e.row_id,
        w.street,
        w.sender,
        concat(e.source, e.step) AS slot,
        concat(
            e.step,
            ' ',
            CAST(CAST(e.happened_at AS DATE) AS STRING),
            '，',
            CAST(e.received_on AS STRING),
            ' 收到'
        ) AS detail
    FROM events AS e
    JOIN row_senders AS w ON w.row_id = e.row_id
    LEFT JOIN starts AS b ON b.kind = w.kind AND b.sender = w.sender
    LEFT JOIN breaches AS k ON k.rule_id = 'backdated'
    WHERE CAST(e.happened_at AS DATE) > e.received_on
        OR (
            days_between(CAST(e.happened_at AS DATE), e.received_on) > k.limit_days
            AND e.received_on > b.began_on
        )
),

listed AS (
    SELECT rule_id, subject_kind, subject_no, row_id, other_row_id, street, sender, slot, detail
    FROM of_versions
    UNION ALL
    SELECT
        s.rule_id,
        s.subject_kind,
        s.subject_no,
        s.row_id,
        CAST(NULL AS STRING) AS other_row_id,
        s.street,
        s.sender,
        '' AS slot,
        s.detail
    FROM of_states AS s
    UNION ALL
    SELECT
        o.rule_id,
        '隐患' AS subject_kind,
        f.finding_no AS subject_no,
        o.row_id,
        CAST(NULL AS STRING) AS other_row_id,
        f.street,
        f.sender,
        '' AS slot,
        o.detail
    FROM of_findings AS o
    JOIN findings AS f ON f.row_id = o.row_id
    UNION ALL
    SELECT
        o.rule_id,
        '举报' AS subject_kind,
        t.tipoff_no AS subject_no,
        o.row_id,
        CAST(NULL AS STRING) AS other_row_id,
        t.street,
        t.sender,
        '' AS slot,
        o.detail
    FROM of_tipoffs AS o
    JOIN tipoffs AS t ON t.row_id = o.row_id
    UNION ALL
    SELECT
        p.rule_id,
        p.subject_kind,
        p.subject_no,
        p.row_id,
        CAST(NULL AS STRING) AS other_row_id,
        CAST(NULL AS STRING) AS street,
        p.sender,
        '' AS slot,
        p.detail
    FROM of_progress AS p
    UNION ALL
    SELECT
        c.rule_id,
        '举报' AS subject_kind,
        c.subject_no,
        c.row_id,
        CAST(NULL AS STRING) AS other_row_id,
        c.street,
        c.sender,
        '' AS slot,
        c.detail
    FROM of_closings AS c
    UNION ALL
    SELECT
        p.rule_id,
        '奖励' AS subject_kind,
        p.payout_no AS subject_no,
        p.row_id,
        CAST(NULL AS STRING) AS other_row_id,
        CAST(NULL AS STRING) AS street,
        p.sender,
        '' AS slot,
        p.detail
    FROM of_payouts AS p
    UNION ALL
    SELECT
        a.rule_id,
        '更正' AS subject_kind,
        a.subject_no,
        a.row_id,
        CAST(NULL AS STRING) AS other_row_id,
        CAST(NULL AS STRING) AS street,
        a.sender,
        '' AS slot,
        a.detail
    FROM of_amendments AS a
    UNION ALL
    SELECT
        e.rule_id,
        e.subject_kind,
        e.subject_no,
        e.row_id,
        CAST(NULL AS STRING) AS other_row_id,
        e.street,
        e.sender,
        e.slot,
        e.detail
    FROM of_events AS e
)

SELECT
    concat(v.rule_id, '|', v.row_id, '|', v.slot) AS violation_id,
    v.rule_id,
    k.title AS rule_title,
    v.subject_kind,
    v.subject_no,
    l.hazard_id,
    v.street,
    v.sender,
    v.row_id,
    v.other_row_id,
    v.detail
FROM listed AS v
JOIN breaches AS k ON k.rule_id = v.rule_id
LEFT JOIN links AS l ON l.row_id = v.row_id
ORDER BY violation_id NULLS LAST
