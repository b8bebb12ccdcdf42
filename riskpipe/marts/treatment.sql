-- treatment: one row per month of discovery, sender, street, category and grade; the later
-- columns tell what became of that same batch by the as-of date.
SELECT
  x.month_on,
  x.sender,
  x.street,
  x.category,
  x.grade,
  CAST(COUNT(*) AS BIGINT) AS found_count,
  CAST(SUM(CASE WHEN x.rectified_on IS NOT NULL THEN 1 ELSE 0 END) AS BIGINT) AS rectified_count,
  CAST(SUM(CASE WHEN x.is_rechecked THEN 1 ELSE 0 END) AS BIGINT) AS rechecked_count,
  CAST(SUM(CASE WHEN x.is_recheck_passed THEN 1 ELSE 0 END) AS BIGINT) AS recheck_passed_count,
  CAST(SUM(CASE WHEN x.signed_off_on IS NOT NULL THEN 1 ELSE 0 END) AS BIGINT)
    AS signed_off_count,
  CAST(SUM(CASE WHEN x.rectified_on IS NULL THEN 1 ELSE 0 END) AS BIGINT) AS open_count,
  CAST(
    SUM(CASE WHEN x.rectified_on IS NOT NULL AND x.signed_off_on IS NULL THEN 1 ELSE 0 END)
    AS BIGINT
  ) AS unsigned_count,
  CAST(SUM(CASE WHEN x.is_overdue THEN 1 ELSE 0 END) AS BIGINT) AS overdue_count,
  CAST(SUM(CASE WHEN x.rectified_on > x.due_on THEN 1 ELSE 0 END) AS BIGINT) AS late_count,
  CAST(SUM(CASE WHEN x.rectified_on = x.due_on THEN 1 ELSE 0 END) AS BIGINT) AS heaped_count
FROM discoveries x
GROUP BY x.month_on, x.sender, x.street, x.category, x.grade
ORDER BY
  x.month_on NULLS LAST,
  x.sender NULLS LAST,
  x.street NULLS LAST,
  x.category NULLS LAST,
  x.grade NULLS LAST
