-- callbacks: one row per month of receipt and channel; each case's latest callback counts once.
-- Satisfaction is over effective callbacks (满意、基本满意、不满意); 已解决 is another question.
WITH asked AS (
  SELECT
    month_on,
    channel,
    SUM(CASE WHEN satisfaction IS NOT NULL THEN 1 ELSE 0 END) AS callbacks,
    SUM(CASE WHEN satisfaction IN ('满意', '基本满意', '不满意') THEN 1 ELSE 0 END) AS effective,
    SUM(CASE WHEN satisfaction IN ('满意', '基本满意') THEN 1 ELSE 0 END) AS satisfied,
    SUM(CASE WHEN solved IS NOT NULL THEN 1 ELSE 0 END) AS outcomes,
    SUM(CASE WHEN solved = '已解决' THEN 1 ELSE 0 END) AS solved
  FROM cases
  GROUP BY month_on, channel
)
SELECT
  month_on,
  channel,
  CAST(callbacks AS BIGINT) AS callback_count,
  CAST(effective AS BIGINT) AS effective_count,
  CAST(satisfied AS BIGINT) AS satisfied_count,
  CAST(outcomes AS BIGINT) AS outcome_count,
  CAST(solved AS BIGINT) AS solved_count,
  CASE WHEN effective > 0 THEN CAST(satisfied AS DOUBLE) / CAST(effective AS DOUBLE) END
    AS satisfied_rate
FROM asked
ORDER BY month_on NULLS LAST, channel NULLS LAST
