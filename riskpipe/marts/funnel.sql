-- funnel: one row per month of receipt and channel; the later columns tell what became of
-- that same batch by the as-of date. Every month × channel seen stands, zeros written.
WITH rewards AS (
  SELECT
    s.tipoff_no,
    MAX(CASE WHEN s.state = '已领取' THEN 1 ELSE 0 END) AS is_paid,
    MAX(CASE WHEN s.state NOT IN ('不予奖励', '审批未通过') THEN 1 ELSE 0 END) AS is_awarded,
    SUM(s.due_stated_yuan) AS due_yuan,
    SUM(
      CASE WHEN s.state IN ('待审批', '审批未通过', '不予奖励') THEN 0 ELSE s.approved_yuan END
    ) AS approved_yuan,
    SUM(CASE WHEN s.state = '已领取' THEN s.paid_yuan ELSE 0 END) AS paid_yuan,
    SUM(s.lapsed_yuan) AS lapsed_yuan
  FROM settlements s
  GROUP BY s.tipoff_no
),
firsts AS (
  -- A hazard is counted once, with the batch of its earliest tip-off.
  SELECT h.first_tipoff_no AS tipoff_no, COUNT(*) AS hazard_count
  FROM hazards h
  WHERE h.first_tipoff_no IS NOT NULL
  GROUP BY h.first_tipoff_no
),
batches AS (
  SELECT
    c.month_on,
    c.channel,
    COUNT(*) AS call_count,
    SUM(CASE WHEN c.is_tipoff THEN 1 ELSE 0 END) AS tipoff_count,
    SUM(COALESCE(f.hazard_count, 0)) AS hazard_count,
    SUM(CASE WHEN c.is_accepted THEN 1 ELSE 0 END) AS accepted_count,
    SUM(CASE WHEN c.is_verified THEN 1 ELSE 0 END) AS verified_count,
    SUM(CASE WHEN c.is_substantiated THEN 1 ELSE 0 END) AS substantiated_count,
    SUM(COALESCE(w.is_paid, 0)) AS rewarded_count,
    SUM(
      CASE WHEN c.is_substantiated AND COALESCE(w.is_awarded, 0) = 0 THEN 1 ELSE 0 END
    ) AS ineligible_count,
    SUM(w.due_yuan) AS due_yuan,
    SUM(w.approved_yuan) AS approved_yuan,
    SUM(w.paid_yuan) AS paid_yuan,
    SUM(w.lapsed_yuan) AS lapsed_yuan
  FROM cases c
  LEFT JOIN rewards w ON w.tipoff_no = c.tipoff_no
  LEFT JOIN firsts f ON f.tipoff_no = c.tipoff_no
  GROUP BY c.month_on, c.channel
),
channels AS (
  SELECT channel FROM cases GROUP BY channel
)
SELECT
  p.month_on,
  n.channel,
  CAST(COALESCE(b.call_count, 0) AS BIGINT) AS call_count,
  CAST(COALESCE(b.tipoff_count, 0) AS BIGINT) AS tipoff_count,
  CAST(COALESCE(b.hazard_count, 0) AS BIGINT) AS hazard_count,
  CAST(COALESCE(b.accepted_count, 0) AS BIGINT) AS accepted_count,
  CAST(COALESCE(b.verified_count, 0) AS BIGINT) AS verified_count,
  CAST(COALESCE(b.substantiated_count, 0) AS BIGINT) AS substantiated_count,
  CAST(COALESCE(b.rewarded_count, 0) AS BIGINT) AS rewarded_count,
  CAST(COALESCE(b.ineligible_count, 0) AS BIGINT) AS ineligible_count,
  CAST(COALESCE(b.due_yuan, 0) AS DECIMAL(14, 2)) AS due_yuan,
  CAST(COALESCE(b.approved_yuan, 0) AS DECIMAL(14, 2)) AS approved_yuan,
  CAST(COALESCE(b.paid_yuan, 0) AS DECIMAL(14, 2)) AS paid_yuan,
  CAST(COALESCE(b.lapsed_yuan, 0) AS DECIMAL(14, 2)) AS lapsed_yuan
FROM periods p
CROSS JOIN channels n
LEFT JOIN batches b ON b.month_on = p.month_on AND b.channel = n.channel
ORDER BY p.month_on NULLS LAST, n.channel NULLS LAST
