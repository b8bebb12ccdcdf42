-- quality: one row per month of delivery, sender and kind of sheet. Rows of content delivered
-- again under another name are counted once, with its first path; its files are all counted.
WITH files AS (
  SELECT
    v.delivery_id,
    v.sender,
    v.status,
    v.content_hash,
    d.month_on
  FROM deliveries v
  CROSS JOIN run r
  JOIN days d ON d.day_on = v.delivered_on
  WHERE v.delivered_on <= r.as_of_on
),
labelled AS (
  SELECT
    s.content_hash,
    s.sheet_id,
    s.sheet,
    COALESCE(s.kind, CASE WHEN s.status = '附表' THEN '附表' ELSE '未识别' END) AS kind,
    s.rows_seen,
    s.rows_accepted,
    s.rows_rejected,
    s.titles + s.headings + s.totals + s.notes + s.blanks AS rows_ignored
  FROM sheets s
),
counted_sheets AS (
  SELECT
    f.month_on,
    f.sender,
    COALESCE(l.kind, '未识别') AS kind,
    COUNT(DISTINCT f.delivery_id) AS file_count,
    COUNT(DISTINCT CASE WHEN f.status IN ('拒收', '无法读取') THEN f.delivery_id END)
      AS refused_count,
    SUM(CASE WHEN f.status <> '重复内容' THEN l.rows_seen ELSE 0 END) AS seen,
    SUM(CASE WHEN f.status <> '重复内容' THEN l.rows_accepted ELSE 0 END) AS accepted,
    SUM(CASE WHEN f.status <> '重复内容' THEN l.rows_rejected ELSE 0 END) AS rejected,
    SUM(CASE WHEN f.status <> '重复内容' THEN l.rows_ignored ELSE 0 END) AS ignored
  FROM files f
  LEFT JOIN labelled l ON l.content_hash = f.content_hash
  GROUP BY f.month_on, f.sender, COALESCE(l.kind, '未识别')
),
reasons AS (
  SELECT content_hash, sheet, rule, reason, 0 AS is_cell FROM rejected_rows
  UNION ALL
  SELECT content_hash, sheet, rule, reason, 1 AS is_cell FROM rejected_cells
),
counted_reasons AS (
  SELECT
    f.month_on,
    f.sender,
    COALESCE(l.kind, '未识别') AS kind,
    x.rule,
    MIN(x.reason) AS reason,
    COUNT(*) AS n,
    SUM(x.is_cell) AS cells
  FROM reasons x
  JOIN files f ON f.content_hash = x.content_hash AND f.status <> '重复内容'
  -- several tables may stand on one sheet: a line counts once, under the first kind by name
  LEFT JOIN (
    SELECT content_hash, sheet, MIN(kind) AS kind FROM labelled GROUP BY content_hash, sheet
  ) l ON l.content_hash = x.content_hash AND l.sheet = x.sheet
  GROUP BY f.month_on, f.sender, COALESCE(l.kind, '未识别'), x.rule
),
ranked AS (
  SELECT
    c.*,
    SUM(c.cells) OVER (PARTITION BY c.month_on, c.sender, c.kind) AS all_cells,
    row_number() OVER (
      PARTITION BY c.month_on, c.sender, c.kind
      ORDER BY c.n DESC NULLS LAST, c.rule NULLS LAST
    ) AS place
  FROM counted_reasons c
)
SELECT
  c.month_on,
  c.sender,
  c.kind,
  CAST(c.file_count AS BIGINT) AS file_count,
  CAST(c.refused_count AS BIGINT) AS refused_count,
  CAST(COALESCE(c.seen, 0) AS BIGINT) AS seen_count,
  CAST(COALESCE(c.accepted, 0) AS BIGINT) AS accepted_count,
  CAST(COALESCE(c.rejected, 0) AS BIGINT) AS rejected_count,
  CAST(COALESCE(c.ignored, 0) AS BIGINT) AS ignored_count,
  CAST(COALESCE(k.all_cells, 0) AS BIGINT) AS rejected_cell_count,
  k.rule AS top_rule,
  k.reason AS top_reason,
  CAST(k.n AS BIGINT) AS top_rule_count,
  CASE
    WHEN c.accepted + c.rejected > 0
    THEN CAST(c.accepted AS DOUBLE) / CAST(c.accepted + c.rejected AS DOUBLE)
  END AS accepted_rate
FROM counted_sheets c
LEFT JOIN ranked k
  ON k.month_on = c.month_on AND k.sender = c.sender AND k.kind = c.kind AND k.place = 1
ORDER BY c.month_on NULLS LAST, c.sender NULLS LAST, c.kind NULLS LAST
