-- coverage: one row per month, unit and report it owes. A delivery belongs to the month its
-- stated period ends in; without one, to the month in its file name; without either, to the month
-- before the one it came in. A zero report needs no table: the name of the report in 报送信息 says
-- what there is none of. A sheet with rows is no zero report, whatever stands beside it.
WITH arrivals AS (
  SELECT
    v.sender AS unit,
    v.content_hash,
    v.stated_kind,
    v.is_zero_report,
    COALESCE(e.month_on, v.named_month_on, month_before(a.month_on)) AS month_on,
    v.delivered_on
  FROM deliveries v
  CROSS JOIN run r
  JOIN days a ON a.day_on = v.delivered_on
  LEFT JOIN days e ON e.day_on = COALESCE(v.period_to_on, v.period_from_on)
  WHERE v.status NOT IN ('拒收', '无法读取')
    AND COALESCE(v.reason, '') <> 'withdrawn'
    AND v.delivered_on <= r.as_of_on
),
told AS (
  SELECT
    v.unit,
    s.kind,
    v.month_on,
    v.delivered_on,
    CASE WHEN v.is_zero_report AND s.rows_accepted + s.rows_rejected = 0 THEN 1 ELSE 0 END
      AS is_zero,
    s.rows_accepted
  FROM arrivals v
  JOIN sheets s ON s.content_hash = v.content_hash
  WHERE s.status <> '拒收' AND s.kind IS NOT NULL
  UNION ALL
  SELECT
    v.unit,
    k.kind,
    v.month_on,
    v.delivered_on,
    1 AS is_zero,
    0 AS rows_accepted
  FROM arrivals v
  JOIN kinds k ON k.owed_kind = v.stated_kind
  LEFT JOIN sheets s ON s.content_hash = v.content_hash AND s.kind = k.kind
  WHERE v.is_zero_report AND s.sheet_id IS NULL
),
reports AS (
  SELECT
    unit,
    kind,
    month_on,
    MIN(delivered_on) AS received_on,
    MIN(is_zero) AS is_zero,
    MAX(rows_accepted) AS accepted_count
  FROM told
  GROUP BY unit, kind, month_on
),
owed AS (
  SELECT
    p.month_on,
    o.unit,
    o.owed_kind,
    k.kind,
    days_after(month_after(p.month_on), MAX(o.due_day) - 1) AS due_on
  FROM periods p
  JOIN obligations o
    ON COALESCE(o.valid_from_on <= p.ends_on, TRUE)
    AND COALESCE(o.valid_to_on >= p.starts_on, TRUE)
  LEFT JOIN kinds k ON k.owed_kind = o.owed_kind
  GROUP BY p.month_on, o.unit, o.owed_kind, k.kind
)
SELECT
  o.month_on,
  o.unit,
  o.owed_kind,
  CASE
    WHEN x.received_on > o.due_on THEN '迟报'
    WHEN x.is_zero = 1 THEN '零报告'
    WHEN x.received_on IS NOT NULL THEN '已报'
    WHEN r.as_of_on <= o.due_on THEN '未到期'
    ELSE '未报'
  END AS status,
  o.due_on,
  x.received_on,
  COALESCE(x.is_zero = 1, FALSE) AS is_zero_report,
  CASE WHEN x.received_on > o.due_on THEN days_between(o.due_on, x.received_on) ELSE 0 END
    AS late_days,
  CAST(COALESCE(x.accepted_count, 0) AS BIGINT) AS accepted_count
FROM owed o
CROSS JOIN run r
LEFT JOIN reports x ON x.unit = o.unit AND x.kind = o.kind AND x.month_on = o.month_on
ORDER BY o.month_on NULLS LAST, o.unit NULLS LAST, o.owed_kind NULLS LAST
