-- gridrollup: one row per month and grid of the three levels. A record counts directly at the
-- finest grid it names; naming none, at its street's grid; knowing no street, at the top. So
-- the top grid's totals are all records, and nothing is dropped or guessed.
WITH tops AS (
  SELECT MIN(grid_no) AS grid_no FROM grids WHERE grid_level = 1
),
streets AS (
  SELECT street, MIN(grid_no) AS grid_no
  FROM grids
  WHERE grid_level = 2 AND street IS NOT NULL
  GROUP BY street
),
names AS (
  -- A grid's name or community stands for it only where one grid of the street bears it.
  SELECT street, name, MIN(grid_no) AS grid_no
  FROM (
    SELECT street, grid_name AS name, grid_no FROM grids WHERE grid_level = 3
    UNION ALL
    SELECT street, community AS name, grid_no
    FROM grids
    WHERE grid_level = 3 AND community <> COALESCE(grid_name, '')
  ) spelled
  WHERE name IS NOT NULL
  GROUP BY street, name
  HAVING COUNT(*) = 1
),
records AS (
  SELECT month_on, street, grid, 1 AS is_tipoff, 0 AS is_finding FROM cases
  UNION ALL
  SELECT month_on, street, grid, 0, 1 FROM discoveries
),
sums AS (
  SELECT month_on, street, grid, SUM(is_tipoff) AS tipoffs, SUM(is_finding) AS found
  FROM records
  GROUP BY month_on, street, grid
),
placed AS (
  SELECT
    s.month_on,
    COALESCE(g.grid_no, n.grid_no, t.grid_no, a.grid_no) AS grid_no,
    SUM(s.tipoffs) AS tipoffs,
    SUM(s.found) AS found
  FROM sums s
  CROSS JOIN tops a
  LEFT JOIN grids g ON g.grid_no = s.grid
  LEFT JOIN names n ON n.street = s.street AND n.name = s.grid
  LEFT JOIN streets t ON t.street = s.street
  GROUP BY s.month_on, COALESCE(g.grid_no, n.grid_no, t.grid_no, a.grid_no)
),
ancestors AS (
  SELECT grid_no, grid_no AS above_no FROM grids
  UNION ALL
  SELECT grid_no, parent_no FROM grids WHERE parent_no IS NOT NULL
  UNION ALL
  SELECT g.grid_no, p.parent_no
  FROM grids g
  JOIN grids p ON p.grid_no = g.parent_no
  WHERE p.parent_no IS NOT NULL
),
totals_of AS (
  SELECT
    p.month_on,
    a.above_no,
    SUM(CASE WHEN a.above_no = a.grid_no THEN p.tipoffs ELSE 0 END) AS own_tipoffs,
    SUM(CASE WHEN a.above_no = a.grid_no THEN p.found ELSE 0 END) AS own_found,
    SUM(p.tipoffs) AS tipoffs,
    SUM(p.found) AS found
  FROM placed p
  JOIN ancestors a ON a.grid_no = p.grid_no
  GROUP BY p.month_on, a.above_no
)
SELECT
  m.month_on,
  g.grid_no,
  g.grid_name,
  g.grid_level,
  g.parent_no,
  g.street,
  CAST(COALESCE(t.own_tipoffs + t.own_found, 0) AS BIGINT) AS own_count,
  CAST(COALESCE(t.tipoffs + t.found, 0) AS BIGINT) AS total_count,
  CAST(COALESCE(t.own_tipoffs, 0) AS BIGINT) AS tipoff_own_count,
  CAST(COALESCE(t.own_found, 0) AS BIGINT) AS finding_own_count,
  CAST(COALESCE(t.tipoffs, 0) AS BIGINT) AS tipoff_count,
  CAST(COALESCE(t.found, 0) AS BIGINT) AS finding_count
FROM periods m
CROSS JOIN grids g
LEFT JOIN totals_of t ON t.month_on = m.month_on AND t.above_no = g.grid_no
ORDER BY m.month_on NULLS LAST, g.grid_no NULLS LAST
