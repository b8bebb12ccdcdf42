-- completion: one row per month, channel and basis. The bases differ in whom they count and
-- in which month (see bases.csv); `items` holds one row per case and basis it falls under.
WITH cutoffs AS (
  SELECT p.month_on, b.basis, days_after(p.ends_on, b.cutoff_days) AS cutoff_on
  FROM periods p
  CROSS JOIN bases b
),
items AS (
  SELECT
    c.month_on,
    c.channel,
    'all' AS basis,
    CASE WHEN c.closed_on IS NOT NULL THEN 1 ELSE 0 END AS is_done
  FROM cases c
  WHERE c.is_accepted
  UNION ALL
  SELECT
    c.dispatched_month_on,
    c.channel,
    'transferred',
    CASE WHEN c.closed_on <= k.cutoff_on THEN 1 ELSE 0 END
  FROM cases c
  JOIN cutoffs k ON k.month_on = c.dispatched_month_on AND k.basis = 'transferred'
  WHERE c.dispatched_on IS NOT NULL
  UNION ALL
  SELECT
    c.month_on,
    c.channel,
    'cohort',
    CASE WHEN c.closed_on <= k.cutoff_on THEN 1 ELSE 0 END
  FROM cases c
  JOIN cutoffs k ON k.month_on = c.month_on AND k.basis = 'cohort'
  WHERE c.dispatched_on IS NOT NULL
  UNION ALL
  -- Closed before its limit: it counts, as done, in the month it was closed.
  SELECT c.closed_month_on, c.channel, 'due', 1
  FROM cases c
  WHERE c.closed_on <= c.due_on
  UNION ALL
  -- The limit passed first: it counts in the month of the limit, done if closed by its end.
  SELECT
    c.due_month_on,
    c.channel,
    'due',
    CASE WHEN c.closed_on <= k.cutoff_on THEN 1 ELSE 0 END
  FROM cases c
  CROSS JOIN run r
  JOIN cutoffs k ON k.month_on = c.due_month_on AND k.basis = 'due'
  WHERE c.due_on <= r.as_of_on AND (c.closed_on IS NULL OR c.closed_on > c.due_on)
  UNION ALL
  SELECT
    c.due_month_on,
    c.channel,
    'on_time',
    CASE WHEN c.closed_on <= c.due_on THEN 1 ELSE 0 END
  FROM cases c
  CROSS JOIN run r
  WHERE c.due_on <= r.as_of_on
),
rates AS (
  SELECT month_on, channel, basis, SUM(is_done) AS numerator_count, COUNT(*) AS denominator_count
  FROM items
  GROUP BY month_on, channel, basis
),
batches AS (
  SELECT
    month_on,
    channel,
    COUNT(*) AS received_count,
    SUM(CASE WHEN closed_on IS NOT NULL THEN 1 ELSE 0 END) AS closed_count
  FROM cases
  GROUP BY month_on, channel
),
channels AS (
  SELECT channel FROM cases GROUP BY channel
)
SELECT
  p.month_on,
  n.channel,
  b.basis,
  b.basis_title,
  CAST(COALESCE(t.received_count, 0) AS BIGINT) AS received_count,
  CAST(COALESCE(t.closed_count, 0) AS BIGINT) AS closed_count,
  CAST(COALESCE(x.numerator_count, 0) AS BIGINT) AS numerator_count,
  CAST(COALESCE(x.denominator_count, 0) AS BIGINT) AS denominator_count,
  CASE
    WHEN x.denominator_count > 0
    THEN CAST(x.numerator_count AS DOUBLE) / CAST(x.denominator_count AS DOUBLE)
  END AS completion_rate,
  COALESCE(k.cutoff_on <= r.as_of_on, FALSE) AS is_final
FROM periods p
CROSS JOIN run r
CROSS JOIN channels n
CROSS JOIN bases b
JOIN cutoffs k ON k.month_on = p.month_on AND k.basis = b.basis
LEFT JOIN rates x ON x.month_on = p.month_on AND x.channel = n.channel AND x.basis = b.basis
LEFT JOIN batches t ON t.month_on = p.month_on AND t.channel = n.channel
ORDER BY p.month_on NULLS LAST, n.channel NULLS LAST, b.basis NULLS LAST
