-- rewardsums: one row per month of approval, reward matter and payout state.
SELECT
  d.month_on,
  COALESCE(s.reward_matter, '未填事项') AS reward_matter,
  COALESCE(s.state, '未填状态') AS state,
  CAST(COUNT(*) AS BIGINT) AS payout_count,
  CAST(COALESCE(SUM(s.due_stated_yuan), 0) AS DECIMAL(14, 2)) AS due_yuan,
  CAST(COALESCE(SUM(s.due_computed_yuan), 0) AS DECIMAL(14, 2)) AS due_computed_yuan,
  CAST(COALESCE(SUM(s.approved_yuan), 0) AS DECIMAL(14, 2)) AS approved_yuan,
  CAST(COALESCE(SUM(s.paid_yuan), 0) AS DECIMAL(14, 2)) AS paid_yuan,
  CAST(COALESCE(SUM(s.lapsed_yuan), 0) AS DECIMAL(14, 2)) AS lapsed_yuan
FROM settlements s
JOIN days d ON d.day_on = COALESCE(s.approved_on, s.received_on)
GROUP BY d.month_on, COALESCE(s.reward_matter, '未填事项'), COALESCE(s.state, '未填状态')
ORDER BY
  d.month_on NULLS LAST,
  reward_matter NULLS LAST,
  state NULLS LAST
