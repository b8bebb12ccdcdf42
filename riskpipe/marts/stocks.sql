-- stocks: one row per month, street and grade; opening + found - rectified = closing, and how
-- many of the closing ones were past their limit on the month's last day.
WITH changes AS (
  SELECT x.month_on, x.street, x.grade, 1 AS found, 0 AS rectified, 0 AS signed_off, 0 AS overdue
  FROM discoveries x
  UNION ALL
  -- A rectification dated before its discovery cannot leave the stock before it entered.
  SELECT d.month_on, x.street, x.grade, 0, 1, 0, 0
  FROM discoveries x
  CROSS JOIN run r
  JOIN days d
    ON d.day_on = CASE WHEN x.rectified_on < x.found_on THEN x.found_on ELSE x.rectified_on END
  WHERE x.rectified_on <= r.as_of_on
  UNION ALL
  SELECT d.month_on, x.street, x.grade, 0, 0, 1, 0
  FROM discoveries x
  CROSS JOIN run r
  JOIN days d
    ON d.day_on = CASE WHEN x.signed_off_on < x.found_on THEN x.found_on ELSE x.signed_off_on END
  WHERE x.signed_off_on <= r.as_of_on
  UNION ALL
  -- Overdue from the day after the limit, unless rectified by then ...
  SELECT d.month_on, x.street, x.grade, 0, 0, 0, 1
  FROM discoveries x
  CROSS JOIN run r
  JOIN days d
    ON d.day_on = CASE WHEN x.due_on < x.found_on THEN x.found_on ELSE days_after(x.due_on, 1) END
  WHERE x.due_on < r.as_of_on AND (x.rectified_on IS NULL OR x.rectified_on > x.due_on)
  UNION ALL
  -- ... until it is.
  SELECT d.month_on, x.street, x.grade, 0, 0, 0, -1
  FROM discoveries x
  CROSS JOIN run r
  JOIN days d
    ON d.day_on = CASE WHEN x.rectified_on < x.found_on THEN x.found_on ELSE x.rectified_on END
  WHERE x.due_on < r.as_of_on AND x.rectified_on > x.due_on AND x.rectified_on <= r.as_of_on
),
sums AS (
  SELECT
    month_on,
    street,
    grade,
    SUM(found) AS found,
    SUM(rectified) AS rectified,
    SUM(signed_off) AS signed_off,
    SUM(overdue) AS overdue
  FROM changes
  GROUP BY month_on, street, grade
),
groups AS (
  SELECT street, grade FROM discoveries GROUP BY street, grade
),
filled AS (
  SELECT
    p.month_on,
    g.street,
    g.grade,
    COALESCE(s.found, 0) AS found,
    COALESCE(s.rectified, 0) AS rectified,
    COALESCE(s.signed_off, 0) AS signed_off,
    COALESCE(s.overdue, 0) AS overdue
  FROM periods p
  CROSS JOIN groups g
  LEFT JOIN sums s ON s.month_on = p.month_on AND s.street = g.street AND s.grade = g.grade
),
running AS (
  SELECT
    f.*,
    SUM(f.found - f.rectified) OVER (
      PARTITION BY f.street, f.grade ORDER BY f.month_on NULLS LAST
      ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW
    ) AS closing,
    SUM(f.overdue) OVER (
      PARTITION BY f.street, f.grade ORDER BY f.month_on NULLS LAST
      ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW
    ) AS closing_overdue
  FROM filled f
)
SELECT
  month_on,
  street,
  grade,
  CAST(closing - found + rectified AS BIGINT) AS opening_count,
  CAST(found AS BIGINT) AS found_count,
  CAST(rectified AS BIGINT) AS rectified_count,
  CAST(signed_off AS BIGINT) AS signed_off_count,
  CAST(closing AS BIGINT) AS closing_count,
  CAST(closing_overdue AS BIGINT) AS overdue_count
FROM running
ORDER BY month_on NULLS LAST, street NULLS LAST, grade NULLS LAST
