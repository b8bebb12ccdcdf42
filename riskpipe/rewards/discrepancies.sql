-- What does not fit about a payout, one row per payout and rule of audits.csv. A living payout
-- is one that was not refused, waived, returned or taken back; a hazard may have one of them.
WITH living AS (
    SELECT
        p.*,
        COALESCE(p.state, '待审批') NOT IN (
            '审批未通过', '逾期放弃', '主动放弃', '不予奖励', '支付退回', '已追回'
        ) AS is_living,
        t.row_id AS tipoff_row_id,
        t.verification AS tipoff_verification,
        t.closed_at,
        t.received_by,
        l.hazard_id
    FROM payouts AS p
    LEFT JOIN tipoffs AS t ON t.tipoff_no = p.tipoff_no
    LEFT JOIN links AS l ON l.row_id = t.row_id
),

ranked AS (
    SELECT
        payout_no,
        COALESCE(hazard_id, tipoff_no) AS case_no,
        row_number() OVER (
            PARTITION BY COALESCE(hazard_id, tipoff_no)
            ORDER BY approved_on NULLS LAST, payout_no NULLS LAST
        ) AS place_in_line
    FROM living
    WHERE is_living
),

vouchers AS (
    SELECT voucher_no, MIN(payout_no) AS first_payout_no
    FROM payouts
    WHERE voucher_no IS NOT NULL
    GROUP BY voucher_no
),

found AS (
    SELECT
        'duplicate' AS rule_id,
        n.payout_no,
        o.payout_no AS other_payout_no,
        concat('同一隐患已有奖励 ', o.payout_no) AS detail
    FROM ranked AS n
    JOIN ranked AS o ON o.case_no = n.case_no AND o.place_in_line = 1
    WHERE n.place_in_line > 1
    UNION ALL
    SELECT
        'not-substantiated' AS rule_id,
        p.payout_no,
        CAST(NULL AS STRING) AS other_payout_no,
        concat('核查结果：', COALESCE(p.tipoff_verification, p.verification, '没有登记')) AS detail
    FROM living AS p
    WHERE p.is_living
        AND COALESCE(p.tipoff_verification, p.verification, '') NOT IN ('属实', '基本属实', '部分属实')
    UNION ALL
    SELECT
        'not-eligible' AS rule_id,
        p.payout_no,
        CAST(NULL AS STRING) AS other_payout_no,
        e.steps AS detail
    FROM living AS p
    JOIN claims AS c ON c.tipoff_no = p.tipoff_no
    JOIN entitlements AS e ON e.tipoff_no = p.tipoff_no
    WHERE p.is_living AND c.is_substantiated AND NOT e.is_eligible
    UNION ALL
    SELECT
        'due-undefined' AS rule_id,
        p.payout_no,
        CAST(NULL AS STRING) AS other_payout_no,
        e.steps AS detail
    FROM living AS p
    JOIN entitlements AS e ON e.tipoff_no = p.tipoff_no
    WHERE p.is_living AND NOT e.is_defined AND p.approved_on IS NOT NULL
    UNION ALL
    SELECT
        'due-differs' AS rule_id,
        p.payout_no,
        CAST(NULL AS STRING) AS other_payout_no,
        concat(
            '填报 ',
            CAST(p.due_yuan AS STRING),
            ' 元，复算 ',
            CAST(e.due_yuan AS STRING),
            ' 元：',
            e.steps
        ) AS detail
    FROM living AS p
    JOIN entitlements AS e ON e.tipoff_no = p.tipoff_no
    WHERE p.is_living AND e.is_eligible AND p.due_yuan <> e.due_yuan
    UNION ALL
    SELECT
        'over-cap' AS rule_id,
        p.payout_no,
        CAST(NULL AS STRING) AS other_payout_no,
        concat('审批 ', CAST(p.approved_yuan AS STRING), ' 元，上限 ', CAST(e.cap_yuan AS STRING), ' 元') AS detail
    FROM living AS p
    JOIN entitlements AS e ON e.tipoff_no = p.tipoff_no
    WHERE p.is_living AND p.approved_yuan > e.cap_yuan
    UNION ALL
    SELECT
        'approved-differs' AS rule_id,
        p.payout_no,
        CAST(NULL AS STRING) AS other_payout_no,
        concat('应奖 ', CAST(p.due_yuan AS STRING), ' 元，审批 ', CAST(p.approved_yuan AS STRING), ' 元') AS detail
    FROM living AS p
    WHERE p.is_living AND p.approved_yuan <> p.due_yuan
    UNION ALL
    SELECT
        'paid-differs' AS rule_id,
        p.payout_no,
        CAST(NULL AS STRING) AS other_payout_no,
        concat('审批 ', COALESCE(CAST(p.approved_yuan AS STRING), '无'), ' 元，实发 ', CAST(p.paid_yuan AS STRING), ' 元') AS detail
    FROM living AS p
    WHERE p.is_living AND p.paid_yuan <> COALESCE(p.approved_yuan, CAST(0 AS DECIMAL(14, 2)))
    UNION ALL
    SELECT
        'early-approval' AS rule_id,
        p.payout_no,
        CAST(NULL AS STRING) AS other_payout_no,
        concat('办结 ', CAST(CAST(p.closed_at AS DATE) AS STRING), '，审批 ', CAST(p.approved_on AS STRING)) AS detail
    FROM living AS p
    WHERE p.approved_on < CAST(p.closed_at AS DATE)
    UNION ALL
    SELECT
        'paid-before-approval' AS rule_id,
        p.payout_no,
        CAST(NULL AS STRING) AS other_payout_no,
        concat('发放 ', CAST(p.paid_on AS STRING), '，审批 ', COALESCE(CAST(p.approved_on AS STRING), '无')) AS detail
    FROM living AS p
    WHERE p.paid_on IS NOT NULL AND (p.approved_on IS NULL OR p.paid_on < p.approved_on)
    UNION ALL
    SELECT
        'paid-before-notice' AS rule_id,
        p.payout_no,
        CAST(NULL AS STRING) AS other_payout_no,
        concat('通知 ', CAST(p.notified_on AS STRING), '，发放 ', CAST(p.paid_on AS STRING)) AS detail
    FROM living AS p
    WHERE p.paid_on < p.notified_on
    UNION ALL
    SELECT
        'paid-late' AS rule_id,
        p.payout_no,
        CAST(NULL AS STRING) AS other_payout_no,
        concat('领取截止 ', CAST(p.claim_by_on AS STRING), '，发放 ', CAST(p.paid_on AS STRING)) AS detail
    FROM living AS p
    WHERE p.paid_on > p.claim_by_on
    UNION ALL
    SELECT
        'same-hands' AS rule_id,
        p.payout_no,
        CAST(NULL AS STRING) AS other_payout_no,
        '经办人与复核人相同' AS detail
    FROM living AS p
    WHERE p.handled_by = p.checked_by
    UNION ALL
    SELECT
        'approver-hands' AS rule_id,
        p.payout_no,
        CAST(NULL AS STRING) AS other_payout_no,
        '审批人与经办人或复核人相同' AS detail
    FROM living AS p
    WHERE p.approved_by = p.handled_by OR p.approved_by = p.checked_by
    UNION ALL
    SELECT
        'approver-received' AS rule_id,
        p.payout_no,
        CAST(NULL AS STRING) AS other_payout_no,
        '审批人与举报受理人相同' AS detail
    FROM living AS p
    WHERE p.approved_by = p.received_by
    UNION ALL
    SELECT
        'voucher-reused' AS rule_id,
        p.payout_no,
        v.first_payout_no AS other_payout_no,
        concat('支付凭证号与 ', v.first_payout_no, ' 相同') AS detail
    FROM living AS p
    JOIN vouchers AS v ON v.voucher_no = p.voucher_no
    WHERE v.first_payout_no <> p.payout_no
)

SELECT
    concat(f.payout_no, '|', f.rule_id) AS discrepancy_id,
    f.payout_no,
    p.tipoff_no,
    p.hazard_id,
    f.rule_id,
    a.title AS rule_title,
    p.row_id,
    f.other_payout_no,
    f.detail
FROM found AS f
JOIN audits AS a ON a.rule_id = f.rule_id
JOIN living AS p ON p.payout_no = f.payout_no
ORDER BY discrepancy_id NULLS LAST
