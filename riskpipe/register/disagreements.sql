-- Where copies of one record say different things, one row per field and differing saying. Copies
-- are versions of one number (a later snapshot, another sheet, another file of the day) and the
-- same hazard under another ledger's number. What is settled once is compared with every version,
-- what moves with the handling only within a day; a blank says nothing against a value, but a
-- value against a blank in the standing version is listed. Settled by the written order: 更正单,
-- else the later delivered day, else it waits for the sender. Free texts only say that they differ.
-- A snapshot that repeats a row word for word adds no saying: of equal rows the latest speaks.
WITH sayings AS (
    SELECT
        kind,
        record_key,
        row_id,
        row_hash,
        delivered_on,
        sender,
        row_number() OVER (
            PARTITION BY kind, record_key, row_hash
            ORDER BY delivered_on DESC NULLS LAST, row_id NULLS LAST
        ) AS recency
    FROM versions
    WHERE version_count > 1
),

versions_of_one AS (
    SELECT
        v.kind,
        v.record_key,
        '同编号' AS basis,
        v.row_id,
        v.delivered_on,
        v.sender,
        o.row_id AS other_row_id,
        o.delivered_on AS other_delivered_on,
        o.sender AS other_sender
    FROM versions AS v
    JOIN sayings AS o
        ON o.kind = v.kind AND o.record_key = v.record_key AND o.row_hash <> v.row_hash
    WHERE v.is_current AND v.version_count > 1 AND o.recency = 1
),

copied AS (
    SELECT DISTINCT hazard_id FROM links WHERE is_copy
),

-- Of several numbers of one hazard the last delivered stands, as in states.sql.
copies AS (
    SELECT
        l.hazard_id,
        v.record_key,
        v.row_id,
        v.delivered_on,
        v.sender,
        row_number() OVER (
            PARTITION BY l.hazard_id
            ORDER BY
                v.delivered_on DESC NULLS LAST,
                CASE WHEN l.is_copy THEN 1 ELSE 0 END NULLS LAST,
                l.member_no NULLS LAST
        ) AS standing
    FROM links AS l
    JOIN copied AS c ON c.hazard_id = l.hazard_id
    JOIN versions AS v ON v.row_id = l.row_id
    WHERE l.member_kind = 'finding'
),

pairs AS (
    SELECT
        kind,
        record_key,
        basis,
        row_id,
        delivered_on,
        sender,
        other_row_id,
        other_delivered_on,
        other_sender
    FROM versions_of_one
    UNION ALL
    SELECT
        'findings' AS kind,
        a.record_key,
        '同一隐患' AS basis,
        a.row_id,
        a.delivered_on,
        a.sender,
        b.row_id AS other_row_id,
        b.delivered_on AS other_delivered_on,
        b.sender AS other_sender
    FROM copies AS a
    JOIN copies AS b ON b.hazard_id = a.hazard_id AND b.standing > 1
    WHERE a.standing = 1
),

-- Between two days only what is settled once is compared, so only that is read.
asked AS (
    SELECT row_id, MAX(needs_all) AS needs_all
    FROM (
        SELECT
            row_id,
            CASE WHEN basis = '同编号' AND other_delivered_on < delivered_on THEN 0 ELSE 1 END AS needs_all
        FROM pairs
        UNION ALL
        SELECT
            other_row_id AS row_id,
            CASE WHEN basis = '同编号' AND other_delivered_on < delivered_on THEN 0 ELSE 1 END AS needs_all
        FROM pairs
    ) AS both_sides
    GROUP BY row_id
),

facts AS (
    SELECT
        l.row_id,
        l.finding_no AS number,
        c.compared_id,
        CASE c.column_name
            WHEN 'inspected_on' THEN CAST(l.inspected_on AS STRING)
            WHEN 'inspecting_unit' THEN l.inspecting_unit
            WHEN 'origin' THEN l.origin
            WHEN 'inspected_unit' THEN l.inspected_unit
            WHEN 'street' THEN l.street
            WHEN 'place' THEN l.place
            WHEN 'grade' THEN l.grade
            WHEN 'due_on' THEN CAST(l.due_on AS STRING)
            WHEN 'cited_tipoff_no' THEN l.cited_tipoff_no
            WHEN 'description' THEN l.description
            WHEN 'trade' THEN l.trade
            WHEN 'grid' THEN l.grid
            WHEN 'category_stated' THEN l.category_stated
            WHEN 'responsible_unit' THEN l.responsible_unit
            WHEN 'state' THEN l.state
            WHEN 'rectified_on' THEN CAST(l.rectified_on AS STRING)
            WHEN 'rechecked_on' THEN CAST(l.rechecked_on AS STRING)
            WHEN 'recheck_result' THEN l.recheck_result
            WHEN 'signed_off_on' THEN CAST(l.signed_off_on AS STRING)
            WHEN 'inspectors' THEN l.inspectors
            WHEN 'responsible_person' THEN l.responsible_person
            WHEN 'measures' THEN l.measures
            WHEN 'rechecked_by' THEN l.rechecked_by
            WHEN 'remark' THEN l.remark
        END AS said
    FROM landed_findings AS l
    JOIN asked AS a ON a.row_id = l.row_id
    JOIN compared AS c ON c.kind = 'findings' AND (c.is_once OR a.needs_all = 1)
    UNION ALL
    SELECT
        l.row_id,
        l.finding_no AS number,
        c.compared_id,
        CASE c.column_name
            WHEN 'unit_name' THEN l.unit_name
            WHEN 'found_on' THEN CAST(l.found_on AS STRING)
            WHEN 'due_on' THEN CAST(l.due_on AS STRING)
            WHEN 'funds_yuan' THEN CAST(l.funds_yuan AS STRING)
            WHEN 'document_no' THEN l.document_no
            WHEN 'hazard_name' THEN l.hazard_name
            WHEN 'standard' THEN l.standard
            WHEN 'regulator' THEN l.regulator
            WHEN 'shutdown' THEN l.shutdown
            WHEN 'supervision' THEN l.supervision
            WHEN 'supervision_no' THEN l.supervision_no
            WHEN 'extended_to_on' THEN CAST(l.extended_to_on AS STRING)
            WHEN 'rechecked_on' THEN CAST(l.rechecked_on AS STRING)
            WHEN 'recheck_no' THEN l.recheck_no
            WHEN 'delisted_on' THEN CAST(l.delisted_on AS STRING)
            WHEN 'measures' THEN l.measures
            WHEN 'responsible_person' THEN l.responsible_person
            WHEN 'emergency_plan' THEN l.emergency_plan
            WHEN 'regulator_person' THEN l.regulator_person
            WHEN 'remark' THEN l.remark
        END AS said
    FROM landed_majors AS l
    JOIN asked AS a ON a.row_id = l.row_id
    JOIN compared AS c ON c.kind = 'majors' AND (c.is_once OR a.needs_all = 1)
    UNION ALL
    SELECT
        l.row_id,
        l.tipoff_no AS number,
        c.compared_id,
        CASE c.column_name
            WHEN 'reported_at' THEN CAST(l.reported_at AS STRING)
            WHEN 'channel' THEN l.channel
            WHEN 'source_no' THEN l.source_no
            WHEN 'reported_unit' THEN l.reported_unit
            WHEN 'street' THEN l.street
            WHEN 'matter' THEN l.matter
            WHEN 'accepted_at' THEN CAST(l.accepted_at AS STRING)
            WHEN 'first_assignee' THEN l.first_assignee
            WHEN 'dispatched_at' THEN CAST(l.dispatched_at AS STRING)
            WHEN 'city_dispatched_at' THEN CAST(l.city_dispatched_at AS STRING)
            WHEN 'address' THEN l.address
            WHEN 'content' THEN l.content
            WHEN 'is_named' THEN CASE WHEN l.is_named THEN '是' WHEN NOT l.is_named THEN '否' END
            WHEN 'community' THEN l.community
            WHEN 'grid' THEN l.grid
            WHEN 'category_stated' THEN l.category_stated
            WHEN 'trade' THEN l.trade
            WHEN 'urgency' THEN l.urgency
            WHEN 'acceptance' THEN l.acceptance
            WHEN 'refusal_reason' THEN l.refusal_reason
            WHEN 'merged_into_no' THEN l.merged_into_no
            WHEN 'due_on' THEN CAST(l.due_on AS STRING)
            WHEN 'city_due_on' THEN CAST(l.city_due_on AS STRING)
            WHEN 'verification' THEN l.verification
            WHEN 'closed_at' THEN CAST(l.closed_at AS STRING)
            WHEN 'satisfaction' THEN l.satisfaction
            WHEN 'title' THEN l.title
            WHEN 'verification_note' THEN l.verification_note
            WHEN 'received_by' THEN l.received_by
        END AS said
    FROM landed_tipoffs AS l
    JOIN asked AS a ON a.row_id = l.row_id
    JOIN compared AS c ON c.kind = 'tipoffs' AND (c.is_once OR a.needs_all = 1)
    UNION ALL
    SELECT
        l.row_id,
        l.payout_no AS number,
        c.compared_id,
        CASE c.column_name
            WHEN 'tipoff_no' THEN l.tipoff_no
            WHEN 'reward_matter' THEN l.reward_matter
            WHEN 'due_yuan' THEN CAST(l.due_yuan AS STRING)
            WHEN 'approved_yuan' THEN CAST(l.approved_yuan AS STRING)
            WHEN 'approved_on' THEN CAST(l.approved_on AS STRING)
            WHEN 'paid_yuan' THEN CAST(l.paid_yuan AS STRING)
            WHEN 'paid_on' THEN CAST(l.paid_on AS STRING)
            WHEN 'voucher_no' THEN l.voucher_no
            WHEN 'rule_ref' THEN l.rule_ref
            WHEN 'verification' THEN l.verification
            WHEN 'penalty_no' THEN l.penalty_no
            WHEN 'penalty_yuan' THEN CAST(l.penalty_yuan AS STRING)
            WHEN 'approval_no' THEN l.approval_no
            WHEN 'notified_on' THEN CAST(l.notified_on AS STRING)
            WHEN 'claim_by_on' THEN CAST(l.claim_by_on AS STRING)
            WHEN 'paid_by' THEN l.paid_by
            WHEN 'fund' THEN l.fund
            WHEN 'state' THEN l.state
            WHEN 'approved_by' THEN l.approved_by
            WHEN 'handled_by' THEN l.handled_by
            WHEN 'checked_by' THEN l.checked_by
            WHEN 'remark' THEN l.remark
        END AS said
    FROM landed_payouts AS l
    JOIN asked AS a ON a.row_id = l.row_id
    JOIN compared AS c ON c.kind = 'payouts' AND (c.is_once OR a.needs_all = 1)
    UNION ALL
    SELECT
        l.row_id,
        l.incident_no AS number,
        c.compared_id,
        CASE c.column_name
            WHEN 'category' THEN l.category
            WHEN 'subcategory' THEN l.subcategory
            WHEN 'happened_at' THEN CAST(l.happened_at AS STRING)
            WHEN 'street' THEN l.street
            WHEN 'unit_name' THEN l.unit_name
            WHEN 'is_work_accident' THEN l.is_work_accident
            WHEN 'level_stated' THEN l.level_stated
            WHEN 'deaths' THEN CAST(l.deaths AS STRING)
            WHEN 'missing' THEN CAST(l.missing AS STRING)
            WHEN 'serious_injuries' THEN CAST(l.serious_injuries AS STRING)
            WHEN 'minor_injuries' THEN CAST(l.minor_injuries AS STRING)
            WHEN 'people_affected' THEN CAST(l.people_affected AS STRING)
            WHEN 'direct_loss_yuan' THEN CAST(l.direct_loss_yuan AS STRING)
            WHEN 'consented_at' THEN CAST(l.consented_at AS STRING)
            WHEN 'title' THEN l.title
            WHEN 'address' THEN l.address
            WHEN 'reporting_unit' THEN l.reporting_unit
            WHEN 'state' THEN l.state
            WHEN 'handling' THEN l.handling
            WHEN 'remark' THEN l.remark
        END AS said
    FROM landed_incidents AS l
    JOIN asked AS a ON a.row_id = l.row_id
    JOIN compared AS c ON c.kind = 'incidents' AND (c.is_once OR a.needs_all = 1)
    UNION ALL
    SELECT
        l.row_id,
        l.matter_no AS number,
        c.compared_id,
        CASE c.column_name
            WHEN 'matter_source' THEN l.matter_source
            WHEN 'source_ref' THEN l.source_ref
            WHEN 'assigned_on' THEN CAST(l.assigned_on AS STRING)
            WHEN 'responsible_unit' THEN l.responsible_unit
            WHEN 'due_on' THEN CAST(l.due_on AS STRING)
            WHEN 'matter' THEN l.matter
            WHEN 'leader_post' THEN l.leader_post
            WHEN 'assisting_units' THEN l.assisting_units
            WHEN 'answered_on' THEN CAST(l.answered_on AS STRING)
            WHEN 'state' THEN l.state
            WHEN 'related_no' THEN l.related_no
            WHEN 'handling' THEN l.handling
        END AS said
    FROM landed_matters AS l
    JOIN asked AS a ON a.row_id = l.row_id
    JOIN compared AS c ON c.kind = 'matters' AND (c.is_once OR a.needs_all = 1)
    UNION ALL
    SELECT
        l.row_id,
        l.indicator AS number,
        c.compared_id,
        CASE c.column_name
            WHEN 'month_value' THEN CAST(CAST(l.month_value AS DECIMAL(18, 2)) AS STRING)
            WHEN 'unit' THEN l.unit
            WHEN 'year_value' THEN CAST(CAST(l.year_value AS DECIMAL(18, 2)) AS STRING)
            WHEN 'prior_month_value' THEN CAST(CAST(l.prior_month_value AS DECIMAL(18, 2)) AS STRING)
            WHEN 'prior_year_value' THEN CAST(CAST(l.prior_year_value AS DECIMAL(18, 2)) AS STRING)
            WHEN 'source' THEN l.source
            WHEN 'remark' THEN l.remark
        END AS said
    FROM landed_totals AS l
    JOIN asked AS a ON a.row_id = l.row_id
    JOIN compared AS c ON c.kind = 'totals' AND (c.is_once OR a.needs_all = 1)
),

told AS (
    SELECT
        p.kind,
        p.record_key,
        p.basis,
        p.row_id,
        p.delivered_on,
        p.sender,
        p.other_row_id,
        p.other_delivered_on,
        p.other_sender,
        p.other_delivered_on = p.delivered_on AS is_same_day,
        c.column_name,
        c.title,
        c.is_shown,
        a.number,
        a.said,
        b.said AS other_said
    FROM pairs AS p
    JOIN compared AS c ON c.kind = p.kind
    JOIN facts AS a ON a.row_id = p.row_id AND a.compared_id = c.compared_id
    JOIN facts AS b ON b.row_id = p.other_row_id AND b.compared_id = c.compared_id
    WHERE b.said IS NOT NULL
        -- Sheets wrap words: white space never tells two copies apart, as in their keys.
        AND (a.said IS NULL OR replace(a.said, ' ', '') <> replace(b.said, ' ', ''))
        AND (c.is_once OR p.basis = '同一隐患' OR p.other_delivered_on = p.delivered_on)
),

-- Twelve snapshots with the same old saying are one disagreement, told by the latest of them.
latest AS (
    SELECT
        t.*,
        row_number() OVER (
            PARTITION BY t.basis, t.row_id, t.column_name, replace(t.other_said, ' ', '')
            ORDER BY t.other_delivered_on DESC NULLS LAST, t.other_row_id NULLS LAST
        ) AS recency
    FROM told AS t
)

SELECT
    concat(t.row_id, '|', t.other_row_id, '|', t.column_name) AS disagreement_id,
    t.kind,
    t.record_key,
    t.column_name,
    t.title,
    CASE WHEN t.said IS NULL THEN '现行未填' ELSE '不一致' END AS difference,
    t.basis,
    t.is_same_day,
    CASE
        WHEN a.row_id IS NOT NULL THEN '更正单'
        WHEN t.is_same_day THEN '待说明'
        ELSE '后报为准'
    END AS settlement,
    t.row_id,
    t.delivered_on,
    t.sender,
    CASE WHEN t.is_shown THEN t.said END AS value,
    t.other_row_id,
    t.other_delivered_on,
    t.other_sender,
    CASE WHEN t.is_shown THEN t.other_said END AS other_value
FROM latest AS t
LEFT JOIN amendments AS a
    ON a.kind = t.kind
    AND a.subject_no = t.number
    AND a.column_name = t.column_name
    AND a.is_applied
WHERE t.recency = 1
ORDER BY disagreement_id NULLS LAST
