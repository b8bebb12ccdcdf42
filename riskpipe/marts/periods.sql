-- periods: one row per statistical month, from the earliest fact to the month of the as-of date.
WITH firsts AS (
  SELECT MIN(month_on) AS month_on FROM cases
  UNION ALL
  SELECT MIN(d.month_on) FROM findings f
  JOIN days d ON d.day_on = COALESCE(f.inspected_on, f.received_on)
  UNION ALL
  SELECT MIN(d.month_on) FROM incidents i
  JOIN days d ON d.day_on = CAST(i.happened_at AS DATE)
),
earliest AS (
  SELECT MIN(month_on) AS month_on FROM firsts
),
comparable AS (
  -- Back-dated ledger lines and a lone old incident must not make a year look comparable.
  SELECT COALESCE((SELECT MIN(month_on) FROM cases), (SELECT MIN(month_on) FROM firsts)) AS month_on
),
span AS (
  -- Without a single fact the reported month alone stands, with zeros.
  SELECT
    CASE WHEN e.month_on < r.month_on THEN e.month_on ELSE r.month_on END AS first_on,
    c.month_on AS earliest_on,
    CASE WHEN d.month_on > r.month_on THEN d.month_on ELSE r.month_on END AS last_on,
    r.as_of_on
  FROM run r
  CROSS JOIN earliest e
  CROSS JOIN comparable c
  JOIN days d ON d.day_on = r.as_of_on
),
labels AS (
  SELECT
    month_on,
    year_on,
    MIN(day_on) AS starts_on,
    MAX(day_on) AS ends_on,
    COUNT(*) AS day_count,
    SUM(CASE WHEN is_workday THEN 1 ELSE 0 END) AS workday_count
  FROM days
  GROUP BY month_on, year_on
),
years AS (
  SELECT
    month_on,
    SUM(day_count) OVER (
      PARTITION BY year_on ORDER BY month_on NULLS LAST
      ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW
    ) AS year_day_count
  FROM labels
)
SELECT
  l.month_on,
  l.year_on,
  month_before(l.month_on) AS prior_month_on,
  year_before(l.month_on) AS prior_year_on,
  l.starts_on,
  l.ends_on,
  CAST(l.day_count AS BIGINT) AS day_count,
  CAST(y.year_day_count AS BIGINT) AS year_day_count,
  CAST(COALESCE(p.day_count, 0) AS BIGINT) AS prior_year_day_count,
  CAST(l.workday_count AS BIGINT) AS workday_count,
  l.ends_on <= s.as_of_on AS is_complete,
  COALESCE(year_before(l.month_on) >= s.earliest_on, FALSE) AS has_prior_year
FROM labels l
JOIN span s ON l.month_on >= s.first_on AND l.month_on <= s.last_on
JOIN years y ON y.month_on = l.month_on
LEFT JOIN labels p ON p.month_on = year_before(l.month_on)
ORDER BY l.month_on NULLS LAST
