-- Where each hazard stands on the as-of day, by what its events prove. 整改完成 is the unit's
-- claim; a sign-off counts only with the proof that a row of proofs.csv asks for, by default a
-- passed 复查 by somebody other than the 整改责任人, not before the rectification and not after
-- the sign-off. Steps dated past the as-of day say nothing yet.
WITH steps_known AS (
    SELECT
        e.hazard_id,
        e.step,
        e.event_id,
        e.happened_at,
        CAST(e.happened_at AS DATE) AS step_on,
        e.outcome,
        e.handled_by,
        e.due_on
    FROM events AS e
    CROSS JOIN run AS r
    WHERE e.hazard_id IS NOT NULL AND CAST(e.happened_at AS DATE) <= r.as_of_on
),

dated AS (
    SELECT
        hazard_id,
        MAX(CASE WHEN step = '整改完成' THEN step_on END) AS rectified_on,
        MAX(CASE WHEN step = '销号' THEN step_on END) AS signed_off_on,
        MAX(CASE WHEN step = '延期批复' AND outcome = '同意' THEN due_on END) AS extended_to_on,
        MAX(CASE WHEN step = '责令限期整改' THEN due_on END) AS ordered_due_on
    FROM steps_known
    GROUP BY hazard_id
),

rechecks AS (
    SELECT
        hazard_id,
        step_on AS rechecked_on,
        outcome AS recheck_result,
        handled_by AS rechecked_by,
        row_number() OVER (
            PARTITION BY hazard_id
            ORDER BY
                happened_at DESC NULLS LAST,
                CASE outcome WHEN '不合格' THEN 1 WHEN '合格' THEN 2 ELSE 3 END NULLS LAST,
                event_id NULLS LAST
        ) AS recency
    FROM steps_known
    WHERE step = '复查'
),

tip_facts AS (
    SELECT
        l.hazard_id,
        MIN(CASE WHEN l.rule_id = 'seed' THEN l.row_id END) AS seed_row_id,
        MIN(l.row_id) AS any_row_id,
        MIN(CASE WHEN l.rule_id = 'seed' THEN t.street END) AS street,
        SUM(CASE WHEN t.verification IN ('属实', '基本属实', '部分属实') THEN 1 ELSE 0 END) AS substantiated_count,
        SUM(CASE WHEN t.verification IN ('不属实', '无法核实') THEN 1 ELSE 0 END) AS unfounded_count,
        SUM(CASE WHEN CAST(t.closed_at AS DATE) <= r.as_of_on THEN 1 ELSE 0 END) AS closed_count,
        SUM(
            CASE
                WHEN t.acceptance IN ('不予受理', '移送（转办）', '并案') THEN 0
                WHEN CAST(t.closed_at AS DATE) <= r.as_of_on THEN 0
                ELSE 1
            END
        ) AS pending_count,
        SUM(CASE WHEN t.acceptance = '受理' OR t.dispatched_at IS NOT NULL THEN 1 ELSE 0 END) AS taken_count,
        SUM(CASE WHEN t.acceptance = '移送（转办）' THEN 1 ELSE 0 END) AS moved_count,
        SUM(CASE WHEN t.acceptance = '不予受理' THEN 1 ELSE 0 END) AS refused_count,
        MAX(t.due_on) AS due_on
    FROM links AS l
    JOIN tipoffs AS t ON t.row_id = l.row_id
    CROSS JOIN run AS r
    WHERE l.member_kind = 'tipoff'
    GROUP BY l.hazard_id
),

-- Of several numbers of one hazard the last delivered stands, on one day the first known of.
found AS (
    SELECT
        l.hazard_id,
        f.row_id,
        l.member_no AS finding_no,
        f.street,
        f.origin,
        f.state AS state_stated,
        f.inspected_on,
        f.responsible_person,
        COALESCE(
            MAX(m.extended_to_on) OVER (PARTITION BY l.hazard_id),
            f.due_on,
            MAX(m.due_on) OVER (PARTITION BY l.hazard_id)
        ) AS due_on,
        row_number() OVER (
            PARTITION BY l.hazard_id
            ORDER BY
                v.delivered_on DESC NULLS LAST,
                CASE WHEN l.is_copy THEN 1 ELSE 0 END NULLS LAST,
                l.member_no NULLS LAST
        ) AS standing
    FROM links AS l
    JOIN findings AS f ON f.row_id = l.row_id
    JOIN versions AS v ON v.row_id = l.row_id
    LEFT JOIN majors AS m ON m.finding_no = f.finding_no
    WHERE l.member_kind = 'finding'
),

ids AS (
    SELECT DISTINCT hazard_id
    FROM links
),

facts AS (
    SELECT
        i.hazard_id,
        f.finding_no,
        COALESCE(f.row_id, t.seed_row_id, t.any_row_id) AS row_id,
        COALESCE(f.street, t.street) AS street,
        CASE WHEN f.row_id IS NULL THEN '群众举报' ELSE f.origin END AS origin,
        f.state_stated,
        f.inspected_on,
        d.rectified_on,
        c.rechecked_on,
        c.recheck_result,
        COALESCE(c.rechecked_by = f.responsible_person, FALSE) AS is_own_recheck,
        c.rechecked_by IS NOT NULL AS is_recheck_named,
        d.signed_off_on,
        COALESCE(d.extended_to_on, f.due_on, d.ordered_due_on, t.due_on) AS due_on,
        COALESCE(t.substantiated_count, 0) AS substantiated_count,
        COALESCE(t.unfounded_count, 0) AS unfounded_count,
        COALESCE(t.closed_count, 0) AS closed_count,
        COALESCE(t.pending_count, 0) AS pending_count,
        COALESCE(t.taken_count, 0) AS taken_count,
        COALESCE(t.moved_count, 0) AS moved_count,
        COALESCE(t.refused_count, 0) AS refused_count
    FROM ids AS i
    LEFT JOIN found AS f ON f.hazard_id = i.hazard_id AND f.standing = 1
    LEFT JOIN tip_facts AS t ON t.hazard_id = i.hazard_id
    LEFT JOIN dated AS d ON d.hazard_id = i.hazard_id
    LEFT JOIN rechecks AS c ON c.hazard_id = i.hazard_id AND c.recency = 1
),

proven AS (
    SELECT
        f.hazard_id,
        MIN(p.proof_id) AS proof_id
    FROM facts AS f
    JOIN proofs AS p
        ON (p.origin IS NULL OR p.origin = f.origin)
        AND (p.state_stated IS NULL OR p.state_stated = f.state_stated)
    WHERE (
            NOT p.needs_recheck
            OR (
                f.recheck_result = '合格'
                AND (f.rectified_on IS NULL OR f.rechecked_on >= f.rectified_on)
                AND (f.signed_off_on IS NULL OR f.rechecked_on <= f.signed_off_on)
            )
        )
        AND (NOT p.needs_other_person OR (f.is_recheck_named AND NOT f.is_own_recheck))
        AND (NOT p.needs_sign_off OR f.signed_off_on IS NOT NULL)
        AND (p.needs_sign_off OR f.rectified_on IS NOT NULL)
        AND COALESCE(f.recheck_result, '') <> '不合格'
    GROUP BY f.hazard_id
)

SELECT
    f.hazard_id,
    f.finding_no,
    f.row_id,
    f.street,
    f.origin,
    f.state_stated,
    f.inspected_on,
    f.rectified_on,
    f.rechecked_on,
    f.recheck_result,
    f.is_own_recheck,
    f.is_recheck_named,
    f.signed_off_on,
    f.due_on,
    p.proof_id,
    CASE
        WHEN p.proof_id IS NOT NULL AND f.signed_off_on IS NULL THEN '当场整改'
        WHEN p.proof_id IS NOT NULL THEN '已销号'
        WHEN f.recheck_result = '不合格' AND COALESCE(f.rectified_on <= f.rechecked_on, TRUE) THEN '复查不合格'
        WHEN f.signed_off_on IS NOT NULL THEN '销号无凭据'
        WHEN f.recheck_result = '合格' AND COALESCE(f.rectified_on <= f.rechecked_on, TRUE) THEN '复查合格待销号'
        WHEN f.rectified_on IS NOT NULL THEN '已整改待复查'
        WHEN f.state_stated IN ('挂账', '已移送', '整改中') THEN f.state_stated
        WHEN f.finding_no IS NOT NULL THEN '待整改'
        WHEN f.substantiated_count > 0 AND f.pending_count > 0 THEN '属实待整改'
        WHEN f.pending_count > 0 AND f.taken_count > 0 THEN '核查办理中'
        WHEN f.pending_count > 0 THEN '待受理'
        WHEN f.substantiated_count = 0 AND f.unfounded_count > 0 THEN '未查实'
        WHEN f.closed_count > 0 THEN '已办结'
        WHEN f.moved_count > 0 THEN '已移送'
        WHEN f.refused_count > 0 THEN '不予受理'
        ELSE '待受理'
    END AS state
FROM facts AS f
LEFT JOIN proven AS p ON p.hazard_id = f.hazard_id
ORDER BY f.hazard_id NULLS LAST
