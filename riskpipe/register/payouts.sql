-- One row per payout: its current version, corrections applied.
WITH patches AS (
    SELECT
        subject_no,
        MAX(CASE WHEN column_name = 'reward_matter' THEN 1 ELSE 0 END) AS has_reward_matter,
        MAX(CASE WHEN column_name = 'reward_matter' THEN new_text END) AS reward_matter,
        MAX(CASE WHEN column_name = 'verification' THEN 1 ELSE 0 END) AS has_verification,
        MAX(CASE WHEN column_name = 'verification' THEN new_text END) AS verification,
        MAX(CASE WHEN column_name = 'penalty_no' THEN 1 ELSE 0 END) AS has_penalty_no,
        MAX(CASE WHEN column_name = 'penalty_no' THEN new_text END) AS penalty_no,
        MAX(CASE WHEN column_name = 'penalty_yuan' THEN 1 ELSE 0 END) AS has_penalty_yuan,
        MAX(CASE WHEN column_name = 'penalty_yuan' THEN new_money END) AS penalty_yuan,
        MAX(CASE WHEN column_name = 'due_yuan' THEN 1 ELSE 0 END) AS has_due_yuan,
        MAX(CASE WHEN column_name = 'due_yuan' THEN new_money END) AS due_yuan,
        MAX(CASE WHEN column_name = 'approved_yuan' THEN 1 ELSE 0 END) AS has_approved_yuan,
        MAX(CASE WHEN column_name = 'approved_yuan' THEN new_money END) AS approved_yuan,
        MAX(CASE WHEN column_name = 'approval_no' THEN 1 ELSE 0 END) AS has_approval_no,
        MAX(CASE WHEN column_name = 'approval_no' THEN new_text END) AS approval_no,
        MAX(CASE WHEN column_name = 'approved_on' THEN 1 ELSE 0 END) AS has_approved_on,
        MAX(CASE WHEN column_name = 'approved_on' THEN new_day END) AS approved_on,
        MAX(CASE WHEN column_name = 'notified_on' THEN 1 ELSE 0 END) AS has_notified_on,
        MAX(CASE WHEN column_name = 'notified_on' THEN new_day END) AS notified_on,
        MAX(CASE WHEN column_name = 'claim_by_on' THEN 1 ELSE 0 END) AS has_claim_by_on,
        MAX(CASE WHEN column_name = 'claim_by_on' THEN new_day END) AS claim_by_on,
        MAX(CASE WHEN column_name = 'paid_by' THEN 1 ELSE 0 END) AS has_paid_by,
        MAX(CASE WHEN column_name = 'paid_by' THEN new_text END) AS paid_by,
        MAX(CASE WHEN column_name = 'paid_yuan' THEN 1 ELSE 0 END) AS has_paid_yuan,
        MAX(CASE WHEN column_name = 'paid_yuan' THEN new_money END) AS paid_yuan,
        MAX(CASE WHEN column_name = 'paid_on' THEN 1 ELSE 0 END) AS has_paid_on,
        MAX(CASE WHEN column_name = 'paid_on' THEN new_day END) AS paid_on,
        MAX(CASE WHEN column_name = 'voucher_no' THEN 1 ELSE 0 END) AS has_voucher_no,
        MAX(CASE WHEN column_name = 'voucher_no' THEN new_text END) AS voucher_no,
        MAX(CASE WHEN column_name = 'state' THEN 1 ELSE 0 END) AS has_state,
        MAX(CASE WHEN column_name = 'state' THEN new_text END) AS state
    FROM amendments
    WHERE kind = 'payouts' AND is_applied
    GROUP BY subject_no
)

SELECT
    l.row_id,
    l.content_hash,
    l.sheet,
    l.row_no,
    l.record_key,
    l.row_hash,
    l.payout_no,
    l.tipoff_no,
    COALESCE(l.payee_id, k.person_id) AS payee_id,
    CASE WHEN p.has_reward_matter = 1 THEN p.reward_matter ELSE l.reward_matter END AS reward_matter,
    l.rule_ref,
    CASE WHEN p.has_verification = 1 THEN p.verification ELSE l.verification END AS verification,
    CASE WHEN p.has_penalty_no = 1 THEN p.penalty_no ELSE l.penalty_no END AS penalty_no,
    CASE WHEN p.has_penalty_yuan = 1 THEN p.penalty_yuan ELSE l.penalty_yuan END AS penalty_yuan,
    CASE WHEN p.has_due_yuan = 1 THEN p.due_yuan ELSE l.due_yuan END AS due_yuan,
    CASE WHEN p.has_approved_yuan = 1 THEN p.approved_yuan ELSE l.approved_yuan END AS approved_yuan,
    CASE WHEN p.has_approval_no = 1 THEN p.approval_no ELSE l.approval_no END AS approval_no,
    l.approved_by,
    CASE WHEN p.has_approved_on = 1 THEN p.approved_on ELSE l.approved_on END AS approved_on,
    CASE WHEN p.has_notified_on = 1 THEN p.notified_on ELSE l.notified_on END AS notified_on,
    CASE WHEN p.has_claim_by_on = 1 THEN p.claim_by_on ELSE l.claim_by_on END AS claim_by_on,
    CASE WHEN p.has_paid_by = 1 THEN p.paid_by ELSE l.paid_by END AS paid_by,
    CASE WHEN p.has_paid_yuan = 1 THEN p.paid_yuan ELSE l.paid_yuan END AS paid_yuan,
    CASE WHEN p.has_paid_on = 1 THEN p.paid_on ELSE l.paid_on END AS paid_on,
    CASE WHEN p.has_voucher_no = 1 THEN p.voucher_no ELSE l.voucher_no END AS voucher_no,
    l.fund,
    l.handled_by,
    l.checked_by,
    CASE WHEN p.has_state = 1 THEN p.state ELSE l.state END AS state,
    l.remark,
    v.first_received_on AS received_on,
    v.sender
FROM landed_payouts AS l
JOIN versions AS v ON v.row_id = l.row_id AND v.is_current
LEFT JOIN persons AS k ON k.kind = 'payouts' AND k.record_key = v.record_key
LEFT JOIN patches AS p ON p.subject_no = l.payout_no
ORDER BY l.payout_no NULLS LAST, l.row_id NULLS LAST
