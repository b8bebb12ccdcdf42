-- dispatches: one row per month of receipt, channel and first assignee.
WITH moves AS (
  SELECT
    e.subject_no,
    MAX(CASE WHEN e.step = '改派' THEN 1 ELSE 0 END) AS is_reassigned,
    MAX(CASE WHEN e.step = '退单' THEN 1 ELSE 0 END) AS is_returned
  FROM events e
  WHERE e.step IN ('改派', '退单') AND e.subject_kind IN ('举报', '工单')
  GROUP BY e.subject_no
)
SELECT
  c.month_on,
  c.channel,
  c.first_assignee,
  CAST(COUNT(*) AS BIGINT) AS dispatched_count,
  CAST(SUM(CASE WHEN c.closed_on IS NOT NULL THEN 1 ELSE 0 END) AS BIGINT) AS closed_count,
  CAST(SUM(CASE WHEN c.due_on <= r.as_of_on THEN 1 ELSE 0 END) AS BIGINT) AS due_count,
  CAST(
    SUM(CASE WHEN c.due_on <= r.as_of_on AND c.closed_on <= c.due_on THEN 1 ELSE 0 END) AS BIGINT
  ) AS on_time_count,
  CAST(SUM(COALESCE(m.is_reassigned, 0)) AS BIGINT) AS reassigned_count,
  CAST(SUM(COALESCE(m.is_returned, 0)) AS BIGINT) AS returned_count
FROM cases c
CROSS JOIN run r
LEFT JOIN moves m ON m.subject_no = c.tipoff_no
WHERE c.dispatched_on IS NOT NULL
GROUP BY c.month_on, c.channel, c.first_assignee
ORDER BY c.month_on NULLS LAST, c.channel NULLS LAST, c.first_assignee NULLS LAST
