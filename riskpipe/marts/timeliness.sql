-- timeliness: one row per month of the limit, clock, street and unit, over clocks whose limit
-- has come. On time + late + overdue can be less than due: a limit on the as-of date itself,
-- or a provisional one, is neither kept nor broken while its clock runs.
SELECT
  d.month_on,
  c.clock,
  COALESCE(c.street, '街道不明') AS street,
  COALESCE(c.unit, '单位不明') AS unit,
  CAST(COUNT(*) AS BIGINT) AS due_count,
  CAST(SUM(CASE WHEN c.is_on_time THEN 1 ELSE 0 END) AS BIGINT) AS on_time_count,
  CAST(SUM(CASE WHEN c.is_overdue AND NOT c.is_open THEN 1 ELSE 0 END) AS BIGINT) AS late_count,
  CAST(SUM(CASE WHEN c.is_overdue AND c.is_open THEN 1 ELSE 0 END) AS BIGINT) AS overdue_count,
  CAST(SUM(CASE WHEN c.is_on_time THEN 1 ELSE 0 END) AS DOUBLE) / CAST(COUNT(*) AS DOUBLE)
    AS on_time_rate
FROM clocks c
JOIN days d ON d.day_on = c.due_on
WHERE c.is_due
GROUP BY d.month_on, c.clock, COALESCE(c.street, '街道不明'), COALESCE(c.unit, '单位不明')
ORDER BY
  d.month_on NULLS LAST,
  c.clock NULLS LAST,
  street NULLS LAST,
  unit NULLS LAST
