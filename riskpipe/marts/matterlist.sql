-- matterlist: one row per supervised matter; open ones come back every month until 已办结.
WITH judged AS (
  SELECT
    m.*,
    COALESCE(m.state, '') <> '已办结' AS is_open,
    COALESCE(m.state, '') <> '已办结' AND COALESCE(m.due_on < r.as_of_on, FALSE) AS is_overdue,
    r.as_of_on
  FROM matters m
  CROSS JOIN run r
)
SELECT
  m.matter_no,
  m.matter_source,
  m.source_ref,
  m.matter,
  m.responsible_unit,
  m.assigned_on,
  d.month_on,
  m.due_on,
  m.answered_on,
  m.state,
  m.is_open,
  m.is_overdue,
  CASE WHEN m.is_overdue THEN days_between(m.due_on, m.as_of_on) ELSE 0 END AS overdue_days
FROM judged m
LEFT JOIN days d ON d.day_on = m.assigned_on
ORDER BY m.matter_no NULLS LAST
