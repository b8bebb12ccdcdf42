-- discoveries: one row per current ledger line, with its statistical month and the yes/no
-- judgements that the counting marts share. A hazard that stands in two ledgers under two numbers
-- is one line, the one the register lets stand. 整改完成 is the unit's claim and falls with a
-- failed re-inspection; 销号 counts only in a state that the lifecycle calls closed.
WITH copied AS (
  SELECT DISTINCT hazard_id FROM links WHERE is_copy
),
facts AS (
  -- The register's states know progress records and extensions; they stand for one ledger
  -- line of a hazard. Other lines of it (the same hazard found again) speak for themselves.
  SELECT
    f.row_id,
    k.hazard_id,
    CASE WHEN s.row_id IS NULL THEN f.due_on ELSE COALESCE(s.due_on, f.due_on) END AS limit_on,
    CASE WHEN s.row_id IS NULL THEN f.state ELSE s.state_stated END AS state_stated,
    CASE WHEN s.row_id IS NULL THEN f.rectified_on ELSE s.rectified_on END AS claimed_on,
    CASE WHEN s.row_id IS NULL THEN f.rechecked_on ELSE s.rechecked_on END AS checked_on,
    CASE WHEN s.row_id IS NULL THEN f.recheck_result ELSE s.recheck_result END AS check_result,
    CASE WHEN s.row_id IS NULL THEN f.signed_off_on ELSE s.signed_off_on END AS signed_on,
    CASE
      WHEN s.row_id IS NULL THEN COALESCE(f.state = '已销号' AND f.recheck_result = '合格', FALSE)
      ELSE COALESCE(l.is_closed, FALSE)
    END AS is_closed
  FROM findings f
  LEFT JOIN links k ON k.row_id = f.row_id
  LEFT JOIN states s ON s.row_id = f.row_id
  LEFT JOIN lifecycle l ON l.state = s.state
  LEFT JOIN copied c ON c.hazard_id = k.hazard_id
  WHERE c.hazard_id IS NULL OR s.row_id IS NOT NULL
),
claims AS (
  SELECT
    x.*,
    CASE
      WHEN x.check_result = '不合格' AND COALESCE(x.checked_on >= x.claimed_on, TRUE) THEN FALSE
      ELSE x.claimed_on IS NOT NULL
        OR COALESCE(x.state_stated IN ('当场整改', '已整改待复查', '已销号'), FALSE)
    END AS is_rectified
  FROM facts x
),
dated AS (
  SELECT
    f.row_id,
    f.finding_no,
    c.hazard_id,
    f.sender,
    f.street,
    f.grid,
    f.inspected_unit,
    f.place_type,
    f.category,
    f.subcategory,
    f.grade,
    COALESCE(f.inspected_on, f.received_on) AS found_on,
    c.limit_on,
    CASE
      WHEN c.is_rectified THEN COALESCE(c.claimed_on, f.inspected_on, f.received_on)
    END AS done_on,
    c.checked_on,
    c.check_result,
    CASE
      WHEN c.is_closed
      THEN COALESCE(c.signed_on, c.checked_on, c.claimed_on, f.inspected_on, f.received_on)
    END AS off_on
  FROM findings f
  JOIN claims c ON c.row_id = f.row_id
)
SELECT
  f.row_id,
  f.finding_no,
  f.hazard_id,
  f.sender,
  COALESCE(f.street, '街道不明') AS street,
  f.grid,
  f.inspected_unit AS unit_name,
  COALESCE(f.place_type, '未分类型') AS place_type,
  COALESCE(f.category, '未分类') AS category,
  COALESCE(f.subcategory, '未细分') AS subcategory,
  COALESCE(f.grade, '未定级') AS grade,
  f.found_on,
  d.month_on,
  d.year_on,
  f.limit_on AS due_on,
  f.done_on AS rectified_on,
  f.checked_on IS NOT NULL AS is_rechecked,
  COALESCE(f.check_result = '合格', FALSE) AS is_recheck_passed,
  f.off_on AS signed_off_on,
  COALESCE(f.done_on IS NULL AND f.limit_on < r.as_of_on, FALSE) AS is_overdue
FROM dated f
CROSS JOIN run r
JOIN days d ON d.day_on = f.found_on
ORDER BY f.row_id NULLS LAST
