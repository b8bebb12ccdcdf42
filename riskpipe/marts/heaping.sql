-- heaping: one row per kind and sender, over the records that stand: of those with a limit and a
-- completion, how many were completed on the very day of the limit. A share far above one half is
-- a habit of copying the limit, and an on-time rate built on it says nothing. Several problems in
-- one cell share one row's dates and are one record here.
WITH complete AS (
  SELECT 'findings' AS kind, f.sender, f.due_on, f.rectified_on AS done_on
  FROM findings f
  WHERE f.item_no = 1
  UNION ALL
  SELECT 'tipoffs' AS kind, t.sender, t.due_on, CAST(t.closed_at AS DATE) AS done_on
  FROM tipoffs t
  UNION ALL
  SELECT 'matters' AS kind, m.sender, m.due_on, m.answered_on AS done_on
  FROM matters m
),
counted AS (
  SELECT
    kind,
    sender,
    COUNT(*) AS record_count,
    SUM(CASE WHEN due_on IS NOT NULL AND done_on IS NOT NULL THEN 1 ELSE 0 END) AS complete_count,
    SUM(CASE WHEN done_on = due_on THEN 1 ELSE 0 END) AS on_limit_count,
    SUM(CASE WHEN done_on < due_on THEN 1 ELSE 0 END) AS early_count,
    SUM(CASE WHEN done_on > due_on THEN 1 ELSE 0 END) AS late_count
  FROM complete
  GROUP BY kind, sender
)
SELECT
  kind,
  sender,
  CAST(record_count AS BIGINT) AS record_count,
  CAST(complete_count AS BIGINT) AS complete_count,
  CAST(on_limit_count AS BIGINT) AS on_limit_count,
  CAST(early_count AS BIGINT) AS early_count,
  CAST(late_count AS BIGINT) AS late_count,
  CASE
    WHEN complete_count > 0
    THEN CAST(on_limit_count AS DOUBLE) / CAST(complete_count AS DOUBLE)
  END AS on_limit_rate
FROM counted
ORDER BY kind NULLS LAST, sender NULLS LAST
