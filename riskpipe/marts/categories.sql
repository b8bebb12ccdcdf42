-- categories: one row per month, subject, category and sub-category, the full grid of the
-- taxonomy with zeros written; incidents outside the district are left out.
WITH subjects AS (
  SELECT '举报' AS subject
  UNION ALL
  SELECT '隐患' AS subject
  UNION ALL
  SELECT '突发事件' AS subject
),
-- A cell is printed once: an office may overlay the official table under names of its own, and
-- a verified code goes before one from memory.
ranked AS (
  SELECT
    category,
    subcategory,
    category_order,
    subcategory_order,
    CASE WHEN is_verified THEN code END AS code,
    row_number() OVER (
      PARTITION BY category, subcategory
      ORDER BY CASE WHEN is_verified THEN 1 ELSE 2 END NULLS LAST, slug NULLS LAST
    ) AS place
  FROM taxonomy
),
cells AS (
  SELECT category, subcategory, category_order, subcategory_order, code
  FROM ranked
  WHERE place = 1
),
grid AS (
  SELECT
    p.month_on,
    p.day_count,
    p.prior_year_day_count,
    s.subject,
    x.category,
    x.subcategory,
    x.category_order,
    x.subcategory_order,
    x.code
  FROM periods p
  CROSS JOIN subjects s
  CROSS JOIN cells x
  WHERE s.subject <> '突发事件' OR x.category NOT IN ('非突发事件', '未分类')
),
counts AS (
  -- A sub-category the taxonomy lacks is counted as 未细分, never dropped.
  SELECT
    m.month_on,
    m.subject,
    m.category,
    CASE WHEN x.category IS NULL THEN '未细分' ELSE m.subcategory END AS subcategory,
    SUM(m.count) AS n,
    SUM(m.prior_month_count) AS prior_month_n,
    SUM(m.prior_year_count) AS prior_year_n,
    SUM(m.year_count) AS year_n,
    SUM(m.prior_year_year_count) AS prior_year_year_n,
    SUM(m.three_year_count) AS three_year_n
  FROM monthly m
  LEFT JOIN cells x ON x.category = m.category AND x.subcategory = m.subcategory
  WHERE m.street <> '区外'
  GROUP BY
    m.month_on,
    m.subject,
    m.category,
    CASE WHEN x.category IS NULL THEN '未细分' ELSE m.subcategory END
)
SELECT
  g.month_on,
  g.subject,
  g.category,
  g.subcategory,
  g.category_order,
  g.subcategory_order,
  CAST(COALESCE(c.n, 0) AS BIGINT) AS count,
  CAST(COALESCE(c.prior_month_n, 0) AS BIGINT) AS prior_month_count,
  CAST(COALESCE(c.prior_year_n, 0) AS BIGINT) AS prior_year_count,
  CAST(COALESCE(c.year_n, 0) AS BIGINT) AS year_count,
  CAST(COALESCE(c.prior_year_year_n, 0) AS BIGINT) AS prior_year_year_count,
  CAST(COALESCE(c.three_year_n, 0) AS BIGINT) AS three_year_count,
  g.day_count,
  g.prior_year_day_count,
  g.code
FROM grid g
LEFT JOIN counts c
  ON c.month_on = g.month_on
  AND c.subject = g.subject
  AND c.category = g.category
  AND c.subcategory = g.subcategory
ORDER BY
  g.month_on NULLS LAST,
  g.subject NULLS LAST,
  g.category_order NULLS LAST,
  g.subcategory_order NULLS LAST
