-- flaws: one row per month of delivery, sender, kind of sheet, weight and rule. Lines of content
-- delivered again under another name are counted once; a total that does not add up is one of them.
WITH files AS (
  SELECT
    v.sender,
    v.content_hash,
    d.month_on
  FROM deliveries v
  CROSS JOIN run r
  JOIN days d ON d.day_on = v.delivered_on
  WHERE v.delivered_on <= r.as_of_on AND v.status <> '重复内容'
),
kinds_of_sheets AS (
  -- several tables may stand on one sheet: a line counts once, under the first kind by name
  SELECT content_hash, sheet, MIN(kind) AS kind
  FROM sheets
  GROUP BY content_hash, sheet
),
lines AS (
  SELECT content_hash, sheet, row_no, rule, reason, '拒收' AS weight FROM rejected_rows
  UNION ALL
  SELECT content_hash, sheet, row_no, rule, reason, '清空' AS weight FROM rejected_cells
  UNION ALL
  SELECT content_hash, sheet, row_no, rule, reason, '提示' AS weight FROM notices
)
SELECT
  f.month_on,
  f.sender,
  COALESCE(k.kind, '未识别') AS kind,
  l.weight,
  l.rule,
  MIN(l.reason) AS reason,
  COUNT(*) AS line_count,
  COUNT(DISTINCT l.content_hash) AS file_count
FROM lines l
JOIN files f ON f.content_hash = l.content_hash
LEFT JOIN kinds_of_sheets k ON k.content_hash = l.content_hash AND k.sheet = l.sheet
GROUP BY f.month_on, f.sender, COALESCE(k.kind, '未识别'), l.weight, l.rule
ORDER BY
  f.month_on NULLS LAST, f.sender NULLS LAST, kind NULLS LAST, l.weight NULLS LAST,
  l.rule NULLS LAST
