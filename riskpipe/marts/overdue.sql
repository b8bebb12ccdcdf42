-- overdue: one row per clock that ran out and is still running on the as-of date.
SELECT
  c.clock_id,
  c.clock,
  c.subject_kind,
  c.subject_no,
  c.hazard_id,
  COALESCE(c.street, h.street, '街道不明') AS street,
  c.unit,
  h.unit_name,
  h.category,
  COALESCE(c.grade, h.grade) AS grade,
  c.starts_on,
  c.due_on,
  c.overdue_days,
  c.is_provisional
FROM clocks c
LEFT JOIN hazards h ON h.hazard_id = c.hazard_id
WHERE c.is_overdue AND c.is_open
ORDER BY c.clock_id NULLS LAST
