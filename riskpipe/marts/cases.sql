-- cases: one row per tip-off (work order), with every date's statistical month and the yes/no
-- judgements that the counting marts share, so that none of them decides them again.
WITH callbacks_in_order AS (
  SELECT
    e.subject_no,
    e.satisfaction,
    e.outcome,
    row_number() OVER (
      PARTITION BY e.subject_no ORDER BY e.happened_at DESC NULLS LAST, e.event_id DESC NULLS LAST
    ) AS from_last
  FROM events e
  WHERE e.step = '回访' AND e.subject_kind IN ('举报', '工单')
),
closings AS (
  SELECT e.subject_no, MAX(CAST(e.happened_at AS DATE)) AS closed_on
  FROM events e
  WHERE e.step = '办结' AND e.subject_kind IN ('举报', '工单')
  GROUP BY e.subject_no
),
deadlines_of AS (
  -- The clock knows extensions and, where the sheet states no limit, the deadline rule.
  SELECT c.subject_no, MAX(c.due_on) AS due_on
  FROM clocks c
  WHERE c.clock = '办理期限' AND c.subject_kind IN ('举报', '工单')
  GROUP BY c.subject_no
),
dated AS (
  SELECT
    t.*,
    COALESCE(
      CAST(t.reported_at AS DATE),
      CAST(t.city_dispatched_at AS DATE),
      CAST(t.dispatched_at AS DATE),
      CAST(t.accepted_at AS DATE),
      t.received_on
    ) AS came_on,
    COALESCE(CAST(t.dispatched_at AS DATE), CAST(t.city_dispatched_at AS DATE)) AS sent_on,
    COALESCE(w.due_on, t.due_on, t.city_due_on) AS limit_on,
    CASE
      WHEN COALESCE(CAST(t.closed_at AS DATE), z.closed_on) <= r.as_of_on
      THEN COALESCE(CAST(t.closed_at AS DATE), z.closed_on)
    END AS done_on,
    COALESCE(b.satisfaction, t.satisfaction) AS last_satisfaction,
    b.outcome AS last_outcome
  FROM tipoffs t
  CROSS JOIN run r
  LEFT JOIN closings z ON z.subject_no = t.tipoff_no
  LEFT JOIN deadlines_of w ON w.subject_no = t.tipoff_no
  LEFT JOIN callbacks_in_order b ON b.subject_no = t.tipoff_no AND b.from_last = 1
)
SELECT
  t.tipoff_no,
  t.channel,
  COALESCE(t.street, '街道不明') AS street,
  COALESCE(t.grid, t.community) AS grid,
  COALESCE(t.category, '未分类') AS category,
  COALESCE(t.subcategory, '未细分') AS subcategory,
  COALESCE(t.first_assignee, '未派发') AS first_assignee,
  t.came_on AS received_on,
  d.month_on,
  d.year_on,
  t.sent_on AS dispatched_on,
  s.month_on AS dispatched_month_on,
  t.limit_on AS due_on,
  l.month_on AS due_month_on,
  t.done_on AS closed_on,
  z.month_on AS closed_month_on,
  COALESCE(t.acceptance, '') <> '并案'
    AND t.merged_into_no IS NULL
    AND COALESCE(t.matter, '') <> '非隐患类诉求' AS is_tipoff,
  COALESCE(t.acceptance = '受理', t.sent_on IS NOT NULL OR t.done_on IS NOT NULL) AS is_accepted,
  t.verification IS NOT NULL AS is_verified,
  COALESCE(t.verification IN ('属实', '基本属实', '部分属实'), FALSE) AS is_substantiated,
  t.last_satisfaction AS satisfaction,
  t.last_outcome AS solved
FROM dated t
JOIN days d ON d.day_on = t.came_on
LEFT JOIN days s ON s.day_on = t.sent_on
LEFT JOIN days l ON l.day_on = t.limit_on
LEFT JOIN days z ON z.day_on = t.done_on
ORDER BY t.tipoff_no NULLS LAST
