-- monthly: one row per month, subject, category, sub-category, street and channel that has a
-- count in this month or in one it is compared with. A count travels to the months that look
-- it up (`spans`), so absent months need no filling and sums over any columns stay right.
WITH occurrences AS (
  SELECT month_on, '举报' AS subject, category, subcategory, street, channel
  FROM cases
  UNION ALL
  SELECT
    d.month_on,
    '隐患' AS subject,
    COALESCE(h.category, '未分类') AS category,
    COALESCE(h.subcategory, '未细分') AS subcategory,
    COALESCE(h.street, '街道不明') AS street,
    COALESCE(h.origin, '来源不明') AS channel
  FROM hazards h
  JOIN days d ON d.day_on = h.first_seen_on
  UNION ALL
  SELECT
    d.month_on,
    '突发事件' AS subject,
    i.category,
    COALESCE(i.subcategory, '未细分') AS subcategory,
    CASE WHEN i.is_outside THEN '区外' ELSE COALESCE(i.street, '街道不明') END AS street,
    '不分渠道' AS channel
  FROM incidents i
  JOIN days d ON d.day_on = CAST(i.happened_at AS DATE)
),
counts AS (
  SELECT month_on, subject, category, subcategory, street, channel, COUNT(*) AS n
  FROM occurrences
  GROUP BY month_on, subject, category, subcategory, street, channel
),
flags AS (
  SELECT
    p.month_on,
    s.month_on AS source_on,
    CASE WHEN s.month_on = p.month_on THEN 1 ELSE 0 END AS is_current,
    CASE WHEN s.month_on = p.prior_month_on THEN 1 ELSE 0 END AS is_prior_month,
    CASE WHEN s.month_on = p.prior_year_on THEN 1 ELSE 0 END AS is_prior_year,
    CASE WHEN s.year_on = p.year_on AND s.month_on <= p.month_on THEN 1 ELSE 0 END AS is_year,
    CASE
      WHEN s.year_on = year_before(p.year_on) AND s.month_on <= p.prior_year_on THEN 1 ELSE 0
    END AS is_prior_year_year,
    CASE
      WHEN s.month_on = p.prior_year_on
        OR s.month_on = year_before(p.prior_year_on)
        OR s.month_on = year_before(year_before(p.prior_year_on))
      THEN 1 ELSE 0
    END AS is_three_year
  FROM periods p
  JOIN periods s
    ON s.month_on <= p.month_on
    AND s.month_on >= year_before(year_before(p.prior_year_on))
),
spans AS (
  SELECT *
  FROM flags
  WHERE is_current + is_prior_month + is_prior_year + is_year + is_prior_year_year
    + is_three_year > 0
)
SELECT
  s.month_on,
  c.subject,
  c.category,
  c.subcategory,
  c.street,
  c.channel,
  CAST(SUM(c.n * s.is_current) AS BIGINT) AS count,
  CAST(SUM(c.n * s.is_prior_month) AS BIGINT) AS prior_month_count,
  CAST(SUM(c.n * s.is_prior_year) AS BIGINT) AS prior_year_count,
  CAST(SUM(c.n * s.is_year) AS BIGINT) AS year_count,
  CAST(SUM(c.n * s.is_prior_year_year) AS BIGINT) AS prior_year_year_count,
  CAST(SUM(c.n * s.is_three_year) AS BIGINT) AS three_year_count
FROM counts c
JOIN spans s ON s.source_on = c.month_on
GROUP BY s.month_on, c.subject, c.category, c.subcategory, c.street, c.channel
ORDER BY
  s.month_on NULLS LAST,
  c.subject NULLS LAST,
  c.category NULLS LAST,
  c.subcategory NULLS LAST,
  c.street NULLS LAST,
  c.channel NULLS LAST
