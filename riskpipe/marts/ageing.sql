-- ageing: one row per age band, street and grade as of the as-of date; the grid of bands ×
-- (street, grade) seen is full. The due day itself is not overdue.
WITH aged AS (
  SELECT
    COALESCE(h.street, '街道不明') AS street,
    COALESCE(h.grade, '未定级') AS grade,
    CASE
      WHEN h.first_seen_on > r.as_of_on THEN 0 ELSE days_between(h.first_seen_on, r.as_of_on)
    END AS age_days,
    CASE WHEN h.due_on < r.as_of_on AND h.rectified_on IS NULL THEN 1 ELSE 0 END AS is_overdue,
    h.is_open
  FROM hazards h
  CROSS JOIN run r
),
groups AS (
  SELECT street, grade FROM aged GROUP BY street, grade
)
SELECT
  b.band,
  b.band_order,
  g.street,
  g.grade,
  CAST(COUNT(a.age_days) AS BIGINT) AS open_count,
  CAST(COALESCE(SUM(a.is_overdue), 0) AS BIGINT) AS overdue_count,
  MAX(a.age_days) AS oldest_days
FROM bands b
CROSS JOIN groups g
LEFT JOIN aged a
  ON a.street = g.street
  AND a.grade = g.grade
  AND a.is_open
  AND a.age_days >= b.from_days
  AND (b.to_days IS NULL OR a.age_days <= b.to_days)
GROUP BY b.band, b.band_order, g.street, g.grade
ORDER BY b.band_order NULLS LAST, g.street NULLS LAST, g.grade NULLS LAST
