-- One row per payout: what the section stated, what the rule gives, what was approved and paid.
-- Titles of what does not fit stand in the fixed order of the rules, each ending in “；”.
WITH doubts AS (
    SELECT
        d.payout_no,
        COUNT(*) AS finding_count,
        concat(
            MAX(CASE WHEN d.rule_id = 'duplicate' THEN concat(d.rule_title, '；') ELSE '' END),
            MAX(CASE WHEN d.rule_id = 'not-substantiated' THEN concat(d.rule_title, '；') ELSE '' END),
            MAX(CASE WHEN d.rule_id = 'not-eligible' THEN concat(d.rule_title, '；') ELSE '' END),
            MAX(CASE WHEN d.rule_id = 'due-undefined' THEN concat(d.rule_title, '；') ELSE '' END),
            MAX(CASE WHEN d.rule_id = 'due-differs' THEN concat(d.rule_title, '；') ELSE '' END),
            MAX(CASE WHEN d.rule_id = 'over-cap' THEN concat(d.rule_title, '；') ELSE '' END),
            MAX(CASE WHEN d.rule_id = 'approved-differs' THEN concat(d.rule_title, '；') ELSE '' END),
            MAX(CASE WHEN d.rule_id = 'paid-differs' THEN concat(d.rule_title, '；') ELSE '' END),
            MAX(CASE WHEN d.rule_id = 'early-approval' THEN concat(d.rule_title, '；') ELSE '' END),
            MAX(CASE WHEN d.rule_id = 'paid-before-approval' THEN concat(d.rule_title, '；') ELSE '' END),
            MAX(CASE WHEN d.rule_id = 'paid-before-notice' THEN concat(d.rule_title, '；') ELSE '' END),
            MAX(CASE WHEN d.rule_id = 'paid-late' THEN concat(d.rule_title, '；') ELSE '' END),
            MAX(CASE WHEN d.rule_id = 'same-hands' THEN concat(d.rule_title, '；') ELSE '' END),
            MAX(CASE WHEN d.rule_id = 'approver-hands' THEN concat(d.rule_title, '；') ELSE '' END),
            MAX(CASE WHEN d.rule_id = 'approver-received' THEN concat(d.rule_title, '；') ELSE '' END),
            MAX(CASE WHEN d.rule_id = 'voucher-reused' THEN concat(d.rule_title, '；') ELSE '' END)
        ) AS finding
    FROM discrepancies AS d
    GROUP BY d.payout_no
)

SELECT
    p.payout_no,
    p.tipoff_no,
    l.hazard_id,
    p.reward_matter,
    t.channel,
    p.state,
    COALESCE(p.state, '待审批') NOT IN (
        '审批未通过', '逾期放弃', '主动放弃', '不予奖励', '支付退回', '已追回'
    ) AS is_living,
    e.rule_id,
    p.due_yuan AS due_stated_yuan,
    e.due_yuan AS due_computed_yuan,
    p.approved_yuan,
    p.paid_yuan,
    CAST(
        CASE WHEN p.state IN ('逾期放弃', '主动放弃') THEN COALESCE(p.approved_yuan, p.due_yuan, 0) ELSE 0 END
        AS DECIMAL(14, 2)
    ) AS lapsed_yuan,
    CAST(p.due_yuan - e.due_yuan AS DECIMAL(14, 2)) AS difference_yuan,
    p.approved_on,
    p.notified_on,
    p.claim_by_on,
    p.paid_on,
    p.received_on,
    COALESCE(d.finding_count, 0) AS finding_count,
    d.finding
FROM payouts AS p
LEFT JOIN tipoffs AS t ON t.tipoff_no = p.tipoff_no
LEFT JOIN links AS l ON l.row_id = t.row_id
LEFT JOIN entitlements AS e ON e.tipoff_no = p.tipoff_no
LEFT JOIN doubts AS d ON d.payout_no = p.payout_no
ORDER BY p.payout_no NULLS LAST
