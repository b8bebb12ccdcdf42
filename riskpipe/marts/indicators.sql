-- indicators: one row per month, indicator and breakdown as stated in 月度统计数, with the count
-- from rows beside it where counted.csv says it can be counted. Never added to each other.
WITH matched AS (
  SELECT
    t.month_on,
    t.indicator,
    t.breakdown,
    CAST(COALESCE(SUM(m.count), 0) AS BIGINT) AS month_n,
    CAST(COALESCE(SUM(m.year_count), 0) AS BIGINT) AS year_n
  FROM totals t
  JOIN counted k ON k.indicator = t.indicator
  JOIN periods p ON p.month_on = t.month_on
  LEFT JOIN monthly m
    ON m.month_on = t.month_on
    AND m.subject = k.subject
    AND (k.channel IS NULL OR m.channel = k.channel)
    AND (NOT k.is_inside_only OR m.street <> '区外')
    AND (
      t.breakdown = '合计'
      OR t.breakdown = m.category
      OR t.breakdown = m.street
      OR t.breakdown = m.channel
    )
  GROUP BY t.month_on, t.indicator, t.breakdown
)
SELECT
  t.month_on,
  t.indicator,
  t.breakdown,
  t.unit,
  t.month_value AS stated_month,
  t.year_value AS stated_year,
  t.prior_month_value AS stated_prior_year_month,
  t.prior_year_value AS stated_prior_year_year,
  m.month_n AS counted_month,
  m.year_n AS counted_year,
  t.month_value - CAST(m.month_n AS DOUBLE) AS difference
FROM totals t
LEFT JOIN matched m
  ON m.month_on = t.month_on AND m.indicator = t.indicator AND m.breakdown = t.breakdown
ORDER BY t.month_on NULLS LAST, t.indicator NULLS LAST, t.breakdown NULLS LAST
