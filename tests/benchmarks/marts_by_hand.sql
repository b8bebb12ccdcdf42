-- All marts as one DuckDB script, as an expert would write it by hand for this one engine: the
-- row-level tables are made once in memory and shared, clocks and events are read once each,
-- DuckDB's own words are used freely (FILTER, QUALIFY, GROUP BY ALL, arg_max_null, unnest).
-- Tables come in as views, results go out as Parquet beside each other. Row order is not kept.

CREATE TEMP TABLE cases AS
WITH told AS (
  SELECT
    subject_no,
    max(CAST(happened_at AS DATE)) FILTER (step = '办结') AS closed_on,
    arg_max_null(satisfaction, (happened_at, event_id)) FILTER (step = '回访') AS satisfaction,
    arg_max_null(outcome, (happened_at, event_id)) FILTER (step = '回访') AS outcome
  FROM events
  WHERE step IN ('办结', '回访') AND subject_kind IN ('举报', '工单')
  GROUP BY subject_no
),
limits_of AS (
  SELECT subject_no, max(due_on) AS due_on
  FROM clocks
  WHERE clock = '办理期限' AND subject_kind IN ('举报', '工单')
  GROUP BY subject_no
),
dated AS (
  SELECT
    t.tipoff_no, t.channel, t.street, t.grid, t.community, t.category, t.subcategory,
    t.first_assignee, t.acceptance, t.merged_into_no, t.matter, t.verification,
    COALESCE(
      CAST(t.reported_at AS DATE), CAST(t.city_dispatched_at AS DATE),
      CAST(t.dispatched_at AS DATE), CAST(t.accepted_at AS DATE), t.received_on
    ) AS came_on,
    COALESCE(CAST(t.dispatched_at AS DATE), CAST(t.city_dispatched_at AS DATE)) AS sent_on,
    COALESCE(w.due_on, t.due_on, t.city_due_on) AS limit_on,
    COALESCE(CAST(t.closed_at AS DATE), z.closed_on) AS shut_on,
    COALESCE(z.satisfaction, t.satisfaction) AS satisfaction,
    z.outcome AS solved
  FROM tipoffs t
  LEFT JOIN told z ON z.subject_no = t.tipoff_no
  LEFT JOIN limits_of w ON w.subject_no = t.tipoff_no
),
ended AS (
  SELECT *, CASE WHEN shut_on <= (SELECT as_of_on FROM run) THEN shut_on END AS done_on FROM dated
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
  t.satisfaction,
  t.solved
FROM ended t
JOIN days d ON d.day_on = t.came_on
LEFT JOIN days s ON s.day_on = t.sent_on
LEFT JOIN days l ON l.day_on = t.limit_on
LEFT JOIN days z ON z.day_on = t.done_on;

CREATE TEMP TABLE discoveries AS
WITH facts AS (
  SELECT
    f.row_id, f.finding_no, k.hazard_id, f.sender, f.street, f.grid, f.inspected_unit,
    f.place_type, f.category, f.subcategory, f.grade, f.inspected_on, f.received_on,
    CASE WHEN s.row_id IS NULL THEN f.due_on ELSE COALESCE(s.due_on, f.due_on) END AS limit_on,
    CASE WHEN s.row_id IS NULL THEN f.state ELSE s.state_stated END AS state_stated,
    CASE WHEN s.row_id IS NULL THEN f.rectified_on ELSE s.rectified_on END AS claimed_on,
    CASE WHEN s.row_id IS NULL THEN f.rechecked_on ELSE s.rechecked_on END AS checked_on,
    CASE WHEN s.row_id IS NULL THEN f.recheck_result ELSE s.recheck_result END AS check_result,
    CASE WHEN s.row_id IS NULL THEN f.signed_off_on ELSE s.signed_off_on END AS signed_on,
    CASE
      WHEN s.row_id IS NULL THEN COALESCE(f.state = '已销号' AND f.recheck_result = '合格', FALSE)
      ELSE COALESCE(l.is_closed, FALSE)
    END AS is_closed
  FROM findings f
  LEFT JOIN links k ON k.row_id = f.row_id
  LEFT JOIN states s ON s.row_id = f.row_id
  LEFT JOIN lifecycle l ON l.state = s.state
),
claims AS (
  SELECT
    *,
    COALESCE(inspected_on, received_on) AS found_on,
    CASE
      WHEN check_result = '不合格' AND COALESCE(checked_on >= claimed_on, TRUE) THEN NULL
      WHEN claimed_on IS NOT NULL THEN claimed_on
      WHEN state_stated IN ('当场整改', '已整改待复查', '已销号')
      THEN COALESCE(inspected_on, received_on)
    END AS done_on,
    CASE
      WHEN is_closed
      THEN COALESCE(signed_on, checked_on, claimed_on, inspected_on, received_on)
    END AS off_on
  FROM facts
)
SELECT
  f.row_id,
  f.finding_no,
  f.hazard_id,
  f.sender,
  COALESCE(f.street, '街道不明') AS street,
  f.grid,
  f.inspected_unit AS unit_name,
  COALESCE(f.place_type, '未分类型') AS place_type,
  COALESCE(f.category, '未分类') AS category,
  COALESCE(f.subcategory, '未细分') AS subcategory,
  COALESCE(f.grade, '未定级') AS grade,
  f.found_on,
  d.month_on,
  d.year_on,
  f.limit_on AS due_on,
  f.done_on AS rectified_on,
  f.checked_on IS NOT NULL AS is_rechecked,
  COALESCE(f.check_result = '合格', FALSE) AS is_recheck_passed,
  f.off_on AS signed_off_on,
  COALESCE(f.done_on IS NULL AND f.limit_on < r.as_of_on, FALSE) AS is_overdue
FROM claims f
CROSS JOIN run r
JOIN days d ON d.day_on = f.found_on;

CREATE TEMP TABLE periods AS
WITH firsts AS (
  SELECT (SELECT min(month_on) FROM cases) AS cases_on,
    (SELECT min(month_on) FROM discoveries) AS findings_on,
    (SELECT min(d.month_on) FROM incidents i JOIN days d ON d.day_on = CAST(i.happened_at AS DATE))
      AS incidents_on
),
span AS (
  SELECT
    least(cases_on, findings_on, incidents_on, r.month_on) AS first_on,
    COALESCE(cases_on, least(findings_on, incidents_on)) AS earliest_on,
    greatest(d.month_on, r.month_on) AS last_on,
    r.as_of_on
  FROM firsts, run r
  JOIN days d ON d.day_on = r.as_of_on
),
labels AS (
  SELECT
    month_on, year_on, min(day_on) AS starts_on, max(day_on) AS ends_on,
    count(*) AS day_count, count(*) FILTER (is_workday) AS workday_count
  FROM days
  GROUP BY ALL
)
SELECT
  l.month_on,
  l.year_on,
  CAST(l.month_on - INTERVAL 1 MONTH AS DATE) AS prior_month_on,
  CAST(l.month_on - INTERVAL 1 YEAR AS DATE) AS prior_year_on,
  l.starts_on,
  l.ends_on,
  l.day_count,
  CAST(sum(l.day_count) OVER (PARTITION BY l.year_on ORDER BY l.month_on) AS BIGINT)
    AS year_day_count,
  COALESCE(p.day_count, 0) AS prior_year_day_count,
  l.workday_count,
  l.ends_on <= s.as_of_on AS is_complete,
  COALESCE(l.month_on - INTERVAL 1 YEAR >= s.earliest_on, FALSE) AS has_prior_year
FROM labels l
CROSS JOIN span s
LEFT JOIN labels p ON p.month_on = l.month_on - INTERVAL 1 YEAR
QUALIFY l.month_on BETWEEN s.first_on AND s.last_on;

COPY cases TO 'OUT/cases.parquet' (FORMAT parquet, COMPRESSION zstd);
COPY discoveries TO 'OUT/discoveries.parquet' (FORMAT parquet, COMPRESSION zstd);
COPY periods TO 'OUT/periods.parquet' (FORMAT parquet, COMPRESSION zstd);

CREATE TEMP TABLE monthly AS
WITH counts AS (
  SELECT month_on, '举报' AS subject, category, subcategory, street, channel, count(*) AS n
  FROM cases
  GROUP BY ALL
  UNION ALL
  SELECT
    d.month_on, '隐患', COALESCE(h.category, '未分类'), COALESCE(h.subcategory, '未细分'),
    COALESCE(h.street, '街道不明'), COALESCE(h.origin, '来源不明'), count(*)
  FROM hazards h
  JOIN days d ON d.day_on = h.first_seen_on
  GROUP BY ALL
  UNION ALL
  SELECT
    d.month_on, '突发事件', i.category, COALESCE(i.subcategory, '未细分'),
    CASE WHEN i.is_outside THEN '区外' ELSE COALESCE(i.street, '街道不明') END, '不分渠道', count(*)
  FROM incidents i
  JOIN days d ON d.day_on = CAST(i.happened_at AS DATE)
  GROUP BY ALL
),
flags AS (
  SELECT
    p.month_on,
    s.month_on AS source_on,
    s.month_on = p.month_on AS is_current,
    s.month_on = p.prior_month_on AS is_prior_month,
    s.month_on = p.prior_year_on AS is_prior_year,
    s.year_on = p.year_on AND s.month_on <= p.month_on AS is_year,
    s.year_on = p.year_on - INTERVAL 1 YEAR AND s.month_on <= p.prior_year_on
      AS is_prior_year_year,
    s.month_on IN (
      p.prior_year_on, p.prior_year_on - INTERVAL 1 YEAR, p.prior_year_on - INTERVAL 2 YEAR
    ) AS is_three_year
  FROM periods p
  JOIN periods s ON s.month_on <= p.month_on
)
SELECT
  s.month_on, c.subject, c.category, c.subcategory, c.street, c.channel,
  CAST(COALESCE(sum(n) FILTER (is_current), 0) AS BIGINT) AS count,
  CAST(COALESCE(sum(n) FILTER (is_prior_month), 0) AS BIGINT) AS prior_month_count,
  CAST(COALESCE(sum(n) FILTER (is_prior_year), 0) AS BIGINT) AS prior_year_count,
  CAST(COALESCE(sum(n) FILTER (is_year), 0) AS BIGINT) AS year_count,
  CAST(COALESCE(sum(n) FILTER (is_prior_year_year), 0) AS BIGINT) AS prior_year_year_count,
  CAST(COALESCE(sum(n) FILTER (is_three_year), 0) AS BIGINT) AS three_year_count
FROM counts c
JOIN flags s ON s.source_on = c.month_on
WHERE is_current OR is_prior_month OR is_year OR is_prior_year_year OR is_three_year
GROUP BY ALL;
COPY monthly TO 'OUT/monthly.parquet' (FORMAT parquet, COMPRESSION zstd);

COPY (
  WITH counts AS (
    SELECT
      m.month_on, m.subject, m.category,
      CASE WHEN x.slug IS NULL THEN '未细分' ELSE m.subcategory END AS subcategory,
      sum(count) AS n, sum(prior_month_count) AS pm, sum(prior_year_count) AS py,
      sum(year_count) AS y, sum(prior_year_year_count) AS pyy, sum(three_year_count) AS ty
    FROM monthly m
    LEFT JOIN taxonomy x ON x.category = m.category AND x.subcategory = m.subcategory
    WHERE m.street <> '区外'
    GROUP BY ALL
  )
  SELECT
    p.month_on, s.subject, x.category, x.subcategory, x.category_order, x.subcategory_order,
    CAST(COALESCE(c.n, 0) AS BIGINT) AS count,
    CAST(COALESCE(c.pm, 0) AS BIGINT) AS prior_month_count,
    CAST(COALESCE(c.py, 0) AS BIGINT) AS prior_year_count,
    CAST(COALESCE(c.y, 0) AS BIGINT) AS year_count,
    CAST(COALESCE(c.pyy, 0) AS BIGINT) AS prior_year_year_count,
    CAST(COALESCE(c.ty, 0) AS BIGINT) AS three_year_count,
    p.day_count,
    p.prior_year_day_count,
    CASE WHEN x.is_verified THEN x.code END AS code
  FROM periods p
  CROSS JOIN (VALUES ('举报'), ('隐患'), ('突发事件')) s (subject)
  JOIN taxonomy x ON s.subject <> '突发事件' OR x.category NOT IN ('非突发事件', '未分类')
  LEFT JOIN counts c
    ON c.month_on = p.month_on AND c.subject = s.subject
    AND c.category = x.category AND c.subcategory = x.subcategory
  ORDER BY ALL
) TO 'OUT/categories.parquet' (FORMAT parquet, COMPRESSION zstd);

COPY (
  WITH rewards AS (
    SELECT
      tipoff_no,
      bool_or(state = '已领取') AS is_paid,
      bool_or(state NOT IN ('不予奖励', '审批未通过')) AS is_awarded,
      sum(due_stated_yuan) AS due,
      sum(approved_yuan) FILTER (state NOT IN ('待审批', '审批未通过', '不予奖励')) AS approved,
      sum(paid_yuan) FILTER (state = '已领取') AS paid,
      sum(lapsed_yuan) AS lapsed
    FROM settlements
    GROUP BY tipoff_no
  ),
  firsts AS (
    SELECT first_tipoff_no AS tipoff_no, count(*) AS n
    FROM hazards
    WHERE first_tipoff_no IS NOT NULL
    GROUP BY ALL
  ),
  batches AS (
    SELECT
      c.month_on, c.channel, count(*) AS calls,
      count(*) FILTER (is_tipoff) AS tipoffs,
      sum(f.n) AS hazards,
      count(*) FILTER (is_accepted) AS accepted,
      count(*) FILTER (is_verified) AS verified,
      count(*) FILTER (is_substantiated) AS substantiated,
      count(*) FILTER (w.is_paid) AS rewarded,
      count(*) FILTER (is_substantiated AND NOT COALESCE(w.is_awarded, FALSE)) AS ineligible,
      sum(w.due) AS due, sum(w.approved) AS approved_yuan, sum(w.paid) AS paid,
      sum(w.lapsed) AS lapsed
    FROM cases c
    LEFT JOIN rewards w USING (tipoff_no)
    LEFT JOIN firsts f USING (tipoff_no)
    GROUP BY ALL
  )
  SELECT
    p.month_on, n.channel,
    COALESCE(b.calls, 0) AS call_count,
    COALESCE(b.tipoffs, 0) AS tipoff_count,
    CAST(COALESCE(b.hazards, 0) AS BIGINT) AS hazard_count,
    COALESCE(b.accepted, 0) AS accepted_count,
    COALESCE(b.verified, 0) AS verified_count,
    COALESCE(b.substantiated, 0) AS substantiated_count,
    COALESCE(b.rewarded, 0) AS rewarded_count,
    COALESCE(b.ineligible, 0) AS ineligible_count,
    CAST(COALESCE(b.due, 0) AS DECIMAL(14, 2)) AS due_yuan,
    CAST(COALESCE(b.approved_yuan, 0) AS DECIMAL(14, 2)) AS approved_yuan,
    CAST(COALESCE(b.paid, 0) AS DECIMAL(14, 2)) AS paid_yuan,
    CAST(COALESCE(b.lapsed, 0) AS DECIMAL(14, 2)) AS lapsed_yuan
  FROM periods p
  CROSS JOIN (SELECT DISTINCT channel FROM cases) n
  LEFT JOIN batches b ON b.month_on = p.month_on AND b.channel = n.channel
  ORDER BY ALL
) TO 'OUT/funnel.parquet' (FORMAT parquet, COMPRESSION zstd);

COPY (
  WITH cutoffs AS (
    SELECT p.month_on, b.basis, b.basis_title, p.ends_on + CAST(b.cutoff_days AS INTEGER) AS cut_on
    FROM periods p
    CROSS JOIN bases b
  ),
  -- A case's dates narrow to few combinations: count those once, then judge the combinations.
  combinations AS (
    SELECT
      channel, month_on, dispatched_month_on, due_month_on, closed_month_on, is_accepted,
      due_on, closed_on, dispatched_on IS NOT NULL AS is_sent, count(*) AS n
    FROM cases
    GROUP BY ALL
  ),
  items AS (
    SELECT month_on, channel, 'all' AS basis, closed_on IS NOT NULL AS is_done, n
    FROM combinations
    WHERE is_accepted
    UNION ALL
    SELECT c.dispatched_month_on, channel, 'transferred', COALESCE(closed_on <= k.cut_on, FALSE), n
    FROM combinations c
    JOIN cutoffs k ON k.month_on = c.dispatched_month_on AND k.basis = 'transferred'
    WHERE is_sent
    UNION ALL
    SELECT c.month_on, channel, 'cohort', COALESCE(closed_on <= k.cut_on, FALSE), n
    FROM combinations c
    JOIN cutoffs k ON k.month_on = c.month_on AND k.basis = 'cohort'
    WHERE is_sent
    UNION ALL
    SELECT closed_month_on, channel, 'due', TRUE, n FROM combinations WHERE closed_on <= due_on
    UNION ALL
    SELECT c.due_month_on, channel, 'due', COALESCE(closed_on <= k.cut_on, FALSE), n
    FROM combinations c
    CROSS JOIN run r
    JOIN cutoffs k ON k.month_on = c.due_month_on AND k.basis = 'due'
    WHERE due_on <= r.as_of_on AND (closed_on IS NULL OR closed_on > due_on)
    UNION ALL
    SELECT due_month_on, channel, 'on_time', COALESCE(closed_on <= due_on, FALSE), n
    FROM combinations, run r
    WHERE due_on <= r.as_of_on
  ),
  rates AS (
    SELECT
      month_on, channel, basis,
      CAST(COALESCE(sum(n) FILTER (is_done), 0) AS BIGINT) AS done, CAST(sum(n) AS BIGINT) AS n
    FROM items
    GROUP BY ALL
  ),
  batches AS (
    SELECT month_on, channel, CAST(sum(n) AS BIGINT) AS received,
      CAST(COALESCE(sum(n) FILTER (closed_on IS NOT NULL), 0) AS BIGINT) AS closed
    FROM combinations
    GROUP BY ALL
  )
  SELECT
    k.month_on, c.channel, k.basis, k.basis_title,
    COALESCE(t.received, 0) AS received_count,
    COALESCE(t.closed, 0) AS closed_count,
    COALESCE(x.done, 0) AS numerator_count,
    COALESCE(x.n, 0) AS denominator_count,
    x.done / x.n AS completion_rate,
    COALESCE(k.cut_on <= r.as_of_on, FALSE) AS is_final
  FROM cutoffs k
  CROSS JOIN run r
  CROSS JOIN (SELECT DISTINCT channel FROM cases) c
  LEFT JOIN rates x ON x.month_on = k.month_on AND x.channel = c.channel AND x.basis = k.basis
  LEFT JOIN batches t ON t.month_on = k.month_on AND t.channel = c.channel
  ORDER BY ALL
) TO 'OUT/completion.parquet' (FORMAT parquet, COMPRESSION zstd);

COPY (
  SELECT
    month_on, sender, street, category, grade,
    count(*) AS found_count,
    count(rectified_on) AS rectified_count,
    count(*) FILTER (is_rechecked) AS rechecked_count,
    count(*) FILTER (is_recheck_passed) AS recheck_passed_count,
    count(signed_off_on) AS signed_off_count,
    count(*) FILTER (rectified_on IS NULL) AS open_count,
    count(*) FILTER (rectified_on IS NOT NULL AND signed_off_on IS NULL) AS unsigned_count,
    count(*) FILTER (is_overdue) AS overdue_count,
    count(*) FILTER (rectified_on > due_on) AS late_count,
    count(*) FILTER (rectified_on = due_on) AS heaped_count
  FROM discoveries
  GROUP BY month_on, sender, street, category, grade
  ORDER BY ALL
) TO 'OUT/treatment.parquet' (FORMAT parquet, COMPRESSION zstd);

COPY (
  WITH changes AS (
    SELECT found_on AS day_on, street, grade, count(*) AS found, 0 AS done, 0 AS off, 0 AS late
    FROM discoveries GROUP BY ALL
    UNION ALL
    SELECT greatest(rectified_on, found_on), street, grade, 0, count(*), 0,
      -count(*) FILTER (due_on < r.as_of_on AND rectified_on > due_on)
    FROM discoveries, run r WHERE rectified_on <= r.as_of_on GROUP BY ALL
    UNION ALL
    SELECT greatest(signed_off_on, found_on), street, grade, 0, 0, count(*), 0
    FROM discoveries, run r WHERE signed_off_on <= r.as_of_on GROUP BY ALL
    UNION ALL
    SELECT CASE WHEN due_on < found_on THEN found_on ELSE due_on + 1 END, street, grade,
      0, 0, 0, count(*)
    FROM discoveries, run r
    WHERE due_on < r.as_of_on AND (rectified_on IS NULL OR rectified_on > due_on) GROUP BY ALL
  ),
  sums AS (
    SELECT d.month_on, street, grade,
      sum(found) AS found, sum(done) AS done, sum(off) AS off, sum(late) AS late
    FROM changes c JOIN days d USING (day_on)
    GROUP BY ALL
  ),
  filled AS (
    SELECT p.month_on, g.street, g.grade, COALESCE(found, 0) AS found, COALESCE(done, 0) AS done,
      COALESCE(off, 0) AS off, COALESCE(late, 0) AS late
    FROM periods p
    CROSS JOIN (SELECT DISTINCT street, grade FROM discoveries) g
    LEFT JOIN sums s ON s.month_on = p.month_on AND s.street = g.street AND s.grade = g.grade
  )
  SELECT
    month_on, street, grade,
    CAST(sum(found - done) OVER w - found + done AS BIGINT) AS opening_count,
    CAST(found AS BIGINT) AS found_count,
    CAST(done AS BIGINT) AS rectified_count,
    CAST(off AS BIGINT) AS signed_off_count,
    CAST(sum(found - done) OVER w AS BIGINT) AS closing_count,
    CAST(sum(late) OVER w AS BIGINT) AS overdue_count
  FROM filled
  WINDOW w AS (PARTITION BY street, grade ORDER BY month_on)
  ORDER BY ALL
) TO 'OUT/stocks.parquet' (FORMAT parquet, COMPRESSION zstd);

COPY (
  WITH aged AS (
    SELECT
      COALESCE(street, '街道不明') AS street,
      COALESCE(grade, '未定级') AS grade,
      greatest(r.as_of_on - first_seen_on, 0) AS age_days,
      is_open,
      count(*) AS n,
      count(*) FILTER (due_on < r.as_of_on AND rectified_on IS NULL) AS late
    FROM hazards, run r
    GROUP BY ALL
  )
  SELECT
    b.band, b.band_order, g.street, g.grade,
    CAST(COALESCE(sum(a.n), 0) AS BIGINT) AS open_count,
    CAST(COALESCE(sum(a.late), 0) AS BIGINT) AS overdue_count,
    max(a.age_days) AS oldest_days
  FROM bands b
  CROSS JOIN (SELECT DISTINCT street, grade FROM aged) g
  LEFT JOIN aged a
    ON a.street = g.street AND a.grade = g.grade AND a.is_open
    AND a.age_days BETWEEN b.from_days AND COALESCE(b.to_days, 100000)
  GROUP BY b.band, b.band_order, g.street, g.grade
  ORDER BY ALL
) TO 'OUT/ageing.parquet' (FORMAT parquet, COMPRESSION zstd);

COPY (
  SELECT
    c.clock_id, c.clock, c.subject_kind, c.subject_no, c.hazard_id,
    COALESCE(c.street, h.street, '街道不明') AS street,
    c.unit, h.unit_name, h.category, COALESCE(c.grade, h.grade) AS grade,
    c.starts_on, c.due_on, c.overdue_days, c.is_provisional
  FROM clocks c
  LEFT JOIN hazards h ON h.hazard_id = c.hazard_id
  WHERE c.is_overdue AND c.is_open
) TO 'OUT/overdue.parquet' (FORMAT parquet, COMPRESSION zstd);

COPY (
  SELECT
    d.month_on, c.clock, COALESCE(c.street, '街道不明') AS street,
    COALESCE(c.unit, '单位不明') AS unit,
    count(*) AS due_count,
    count(*) FILTER (is_on_time) AS on_time_count,
    count(*) FILTER (is_overdue AND NOT is_open) AS late_count,
    count(*) FILTER (is_overdue AND is_open) AS overdue_count,
    count(*) FILTER (is_on_time) / count(*) AS on_time_rate
  FROM clocks c
  JOIN days d ON d.day_on = c.due_on
  WHERE c.is_due
  GROUP BY d.month_on, c.clock, COALESCE(c.street, '街道不明'), COALESCE(c.unit, '单位不明')
  ORDER BY ALL
) TO 'OUT/timeliness.parquet' (FORMAT parquet, COMPRESSION zstd);

COPY (
  WITH firsts AS (
    SELECT
      month_on, sender, place_type, street, unit_name,
      row_number() OVER (
        PARTITION BY sender, year_on, street, unit_name ORDER BY found_on, finding_no, row_id
      ) = 1 AS is_first
    FROM discoveries
  )
  SELECT
    month_on, sender, place_type, street,
    count(DISTINCT unit_name) AS place_count,
    count(*) FILTER (is_first AND unit_name IS NOT NULL) AS first_time_count,
    count(*) AS hazard_count
  FROM firsts
  GROUP BY month_on, sender, place_type, street
  ORDER BY ALL
) TO 'OUT/places.parquet' (FORMAT parquet, COMPRESSION zstd);

COPY (
  WITH names AS (
    SELECT street, name, min(grid_no) AS grid_no
    FROM (
      SELECT street, grid_name AS name, grid_no FROM grids WHERE grid_level = 3
      UNION ALL
      SELECT street, community, grid_no FROM grids
      WHERE grid_level = 3 AND community <> COALESCE(grid_name, '')
    )
    WHERE name IS NOT NULL
    GROUP BY ALL
    HAVING count(*) = 1
  ),
  sums AS (
    SELECT month_on, street, grid, count(*) AS told, 0 AS found FROM cases GROUP BY ALL
    UNION ALL
    SELECT month_on, street, grid, 0, count(*) FROM discoveries GROUP BY ALL
  ),
  streets AS (
    SELECT street, min(grid_no) AS grid_no FROM grids
    WHERE grid_level = 2 AND street IS NOT NULL GROUP BY street
  ),
  placed AS (
    SELECT
      s.month_on,
      COALESCE(g.grid_no, n.grid_no, t.grid_no, (SELECT min(grid_no) FROM grids WHERE grid_level = 1))
        AS grid_no,
      sum(told) AS told, sum(found) AS found
    FROM sums s
    LEFT JOIN grids g ON g.grid_no = s.grid
    LEFT JOIN names n ON n.street = s.street AND n.name = s.grid
    LEFT JOIN streets t ON t.street = s.street
    GROUP BY ALL
  ),
  ancestors AS (
    SELECT grid_no, unnest([grid_no, parent_no]) AS above_no FROM grids
    UNION ALL
    SELECT g.grid_no, p.parent_no FROM grids g JOIN grids p ON p.grid_no = g.parent_no
  ),
  rolled AS (
    SELECT
      p.month_on, a.above_no,
      sum(told) FILTER (a.above_no = a.grid_no) AS own_told,
      sum(found) FILTER (a.above_no = a.grid_no) AS own_found,
      sum(told) AS told, sum(found) AS found
    FROM placed p
    JOIN ancestors a ON a.grid_no = p.grid_no
    GROUP BY ALL
  )
  SELECT
    m.month_on, g.grid_no, g.grid_name, g.grid_level, g.parent_no, g.street,
    CAST(COALESCE(own_told, 0) + COALESCE(own_found, 0) AS BIGINT) AS own_count,
    CAST(COALESCE(told, 0) + COALESCE(found, 0) AS BIGINT) AS total_count,
    CAST(COALESCE(own_told, 0) AS BIGINT) AS tipoff_own_count,
    CAST(COALESCE(own_found, 0) AS BIGINT) AS finding_own_count,
    CAST(COALESCE(told, 0) AS BIGINT) AS tipoff_count,
    CAST(COALESCE(found, 0) AS BIGINT) AS finding_count
  FROM periods m
  CROSS JOIN grids g
  LEFT JOIN rolled t ON t.month_on = m.month_on AND t.above_no = g.grid_no
  ORDER BY ALL
) TO 'OUT/gridrollup.parquet' (FORMAT parquet, COMPRESSION zstd);

COPY (
  WITH moves AS (
    SELECT subject_no, bool_or(step = '改派') AS is_moved, bool_or(step = '退单') AS is_returned
    FROM events
    WHERE step IN ('改派', '退单') AND subject_kind IN ('举报', '工单')
    GROUP BY subject_no
  )
  SELECT
    c.month_on, c.channel, c.first_assignee,
    count(*) AS dispatched_count,
    count(closed_on) AS closed_count,
    count(*) FILTER (due_on <= r.as_of_on) AS due_count,
    count(*) FILTER (due_on <= r.as_of_on AND closed_on <= due_on) AS on_time_count,
    count(*) FILTER (m.is_moved) AS reassigned_count,
    count(*) FILTER (m.is_returned) AS returned_count
  FROM cases c
  CROSS JOIN run r
  LEFT JOIN moves m ON m.subject_no = c.tipoff_no
  WHERE c.dispatched_on IS NOT NULL
  GROUP BY c.month_on, c.channel, c.first_assignee
  ORDER BY ALL
) TO 'OUT/dispatches.parquet' (FORMAT parquet, COMPRESSION zstd);

COPY (
  SELECT
    month_on, channel,
    count(satisfaction) AS callback_count,
    count(*) FILTER (satisfaction IN ('满意', '基本满意', '不满意')) AS effective_count,
    count(*) FILTER (satisfaction IN ('满意', '基本满意')) AS satisfied_count,
    count(solved) AS outcome_count,
    count(*) FILTER (solved = '已解决') AS solved_count,
    count(*) FILTER (satisfaction IN ('满意', '基本满意'))
      / nullif(count(*) FILTER (satisfaction IN ('满意', '基本满意', '不满意')), 0) AS satisfied_rate
  FROM cases
  GROUP BY month_on, channel
  ORDER BY ALL
) TO 'OUT/callbacks.parquet' (FORMAT parquet, COMPRESSION zstd);

COPY (
  SELECT
    d.month_on,
    COALESCE(s.reward_matter, '未填事项') AS reward_matter,
    COALESCE(s.state, '未填状态') AS state,
    count(*) AS payout_count,
    CAST(COALESCE(sum(due_stated_yuan), 0) AS DECIMAL(14, 2)) AS due_yuan,
    CAST(COALESCE(sum(due_computed_yuan), 0) AS DECIMAL(14, 2)) AS due_computed_yuan,
    CAST(COALESCE(sum(approved_yuan), 0) AS DECIMAL(14, 2)) AS approved_yuan,
    CAST(COALESCE(sum(paid_yuan), 0) AS DECIMAL(14, 2)) AS paid_yuan,
    CAST(COALESCE(sum(lapsed_yuan), 0) AS DECIMAL(14, 2)) AS lapsed_yuan
  FROM settlements s
  JOIN days d ON d.day_on = COALESCE(s.approved_on, s.received_on)
  GROUP BY d.month_on, COALESCE(s.reward_matter, '未填事项'), COALESCE(s.state, '未填状态')
  ORDER BY ALL
) TO 'OUT/rewardsums.parquet' (FORMAT parquet, COMPRESSION zstd);

COPY (
  WITH allowed AS (
    SELECT
      max(minutes) FILTER (limit_id = 'first_report') AS first_report,
      max(minutes) FILTER (limit_id = 'report_up') AS report_up
    FROM limits
  )
  SELECT
    d.month_on, i.category,
    COALESCE(i.subcategory, '未细分') AS subcategory,
    COALESCE(i.level_stated, '未定级') AS level_stated,
    COALESCE(i.level_computed, '未定级') AS level_computed,
    i.is_outside,
    count(*) AS incident_count,
    CAST(COALESCE(sum(deaths), 0) AS BIGINT) AS deaths,
    CAST(COALESCE(sum(missing), 0) AS BIGINT) AS missing,
    CAST(COALESCE(sum(serious_injuries), 0) AS BIGINT) AS serious_injuries,
    CAST(COALESCE(sum(minor_injuries), 0) AS BIGINT) AS minor_injuries,
    CAST(COALESCE(sum(direct_loss_yuan), 0) AS DECIMAL(14, 2)) AS direct_loss_yuan,
    count(direct_loss_yuan) AS loss_known_count,
    count(*) FILTER (minutes_between(i.happened_at, i.received_at) <= a.first_report)
      AS received_on_time_count,
    count(reported_up_at) AS reported_up_count,
    count(*) FILTER (minutes_between(i.consented_at, i.reported_up_at) <= a.report_up)
      AS reported_up_on_time_count
  FROM incidents i
  CROSS JOIN allowed a
  JOIN days d ON d.day_on = CAST(i.happened_at AS DATE)
  GROUP BY d.month_on, i.category, COALESCE(i.subcategory, '未细分'),
    COALESCE(i.level_stated, '未定级'), COALESCE(i.level_computed, '未定级'), i.is_outside
  ORDER BY ALL
) TO 'OUT/incidentcounts.parquet' (FORMAT parquet, COMPRESSION zstd);

COPY (
  WITH matched AS (
    SELECT
      t.month_on, t.indicator, t.breakdown,
      CAST(COALESCE(sum(m.count), 0) AS BIGINT) AS month_n,
      CAST(COALESCE(sum(m.year_count), 0) AS BIGINT) AS year_n
    FROM totals t
    JOIN counted k USING (indicator)
    JOIN periods p USING (month_on)
    LEFT JOIN monthly m
      ON m.month_on = t.month_on
      AND m.subject = k.subject
      AND (k.channel IS NULL OR m.channel = k.channel)
      AND (NOT k.is_inside_only OR m.street <> '区外')
      AND (t.breakdown = '合计' OR t.breakdown IN (m.category, m.street, m.channel))
    GROUP BY ALL
  )
  SELECT
    t.month_on, t.indicator, t.breakdown, t.unit,
    t.month_value AS stated_month,
    t.year_value AS stated_year,
    t.prior_month_value AS stated_prior_year_month,
    t.prior_year_value AS stated_prior_year_year,
    m.month_n AS counted_month,
    m.year_n AS counted_year,
    t.month_value - m.month_n AS difference
  FROM totals t
  LEFT JOIN matched m USING (month_on, indicator, breakdown)
  ORDER BY ALL
) TO 'OUT/indicators.parquet' (FORMAT parquet, COMPRESSION zstd);

COPY (
  WITH files AS (
    SELECT v.delivery_id, v.sender, v.status, v.content_hash, d.month_on
    FROM deliveries v
    CROSS JOIN run r
    JOIN days d ON d.day_on = v.delivered_on
    WHERE v.delivered_on <= r.as_of_on
  ),
  labelled AS (
    SELECT
      *,
      COALESCE(kind, CASE WHEN status = '附表' THEN '附表' ELSE '未识别' END) AS label,
      titles + headings + totals + notes + blanks AS rows_ignored
    FROM sheets
  ),
  sheets_of AS (
    SELECT
      f.month_on, f.sender, COALESCE(l.label, '未识别') AS kind,
      count(DISTINCT f.delivery_id) AS files,
      count(DISTINCT f.delivery_id) FILTER (f.status IN ('拒收', '无法读取')) AS refused,
      sum(rows_seen) FILTER (f.status <> '重复内容') AS seen,
      sum(rows_accepted) FILTER (f.status <> '重复内容') AS accepted,
      sum(rows_rejected) FILTER (f.status <> '重复内容') AS rejected,
      sum(rows_ignored) FILTER (f.status <> '重复内容') AS ignored
    FROM files f
    LEFT JOIN labelled l ON l.content_hash = f.content_hash
    GROUP BY ALL
  ),
  reasons AS (
    SELECT
      f.month_on, f.sender, COALESCE(l.label, '未识别') AS kind, x.rule,
      min(x.reason) AS reason, count(*) AS n, sum(is_cell) AS cells
    FROM (
      SELECT content_hash, sheet, rule, reason, 0 AS is_cell FROM rejected_rows
      UNION ALL
      SELECT content_hash, sheet, rule, reason, 1 FROM rejected_cells
    ) x
    JOIN files f ON f.content_hash = x.content_hash AND f.status <> '重复内容'
    LEFT JOIN labelled l ON l.content_hash = x.content_hash AND l.sheet = x.sheet
    GROUP BY f.month_on, f.sender, COALESCE(l.label, '未识别'), x.rule
  ),
  tops AS (
    SELECT
      month_on, sender, kind, rule, reason, n,
      sum(cells) OVER (PARTITION BY month_on, sender, kind) AS all_cells
    FROM reasons
    QUALIFY row_number() OVER (PARTITION BY month_on, sender, kind ORDER BY n DESC, rule) = 1
  )
  SELECT
    c.month_on, c.sender, c.kind, c.files AS file_count, c.refused AS refused_count,
    CAST(COALESCE(seen, 0) AS BIGINT) AS seen_count,
    CAST(COALESCE(accepted, 0) AS BIGINT) AS accepted_count,
    CAST(COALESCE(rejected, 0) AS BIGINT) AS rejected_count,
    CAST(COALESCE(ignored, 0) AS BIGINT) AS ignored_count,
    CAST(COALESCE(all_cells, 0) AS BIGINT) AS rejected_cell_count,
    k.rule AS top_rule, k.reason AS top_reason, k.n AS top_rule_count,
    accepted / nullif(accepted + rejected, 0) AS accepted_rate
  FROM sheets_of c
  LEFT JOIN tops k USING (month_on, sender, kind)
  ORDER BY ALL
) TO 'OUT/quality.parquet' (FORMAT parquet, COMPRESSION zstd);

COPY (
  WITH files AS (
    SELECT v.sender, v.content_hash, d.month_on
    FROM deliveries v
    CROSS JOIN run r
    JOIN days d ON d.day_on = v.delivered_on
    WHERE v.delivered_on <= r.as_of_on AND v.status <> '重复内容'
  ),
  kinds_of AS (SELECT content_hash, sheet, min(kind) AS kind FROM sheets GROUP BY ALL)
  SELECT
    f.month_on, f.sender, COALESCE(k.kind, '未识别') AS kind, x.weight, x.rule,
    min(x.reason) AS reason, count(*) AS line_count, count(DISTINCT x.content_hash) AS file_count
  FROM (
    SELECT content_hash, sheet, rule, reason, '拒收' AS weight FROM rejected_rows
    UNION ALL
    SELECT content_hash, sheet, rule, reason, '清空' FROM rejected_cells
    UNION ALL
    SELECT content_hash, sheet, rule, reason, '提示' FROM notices
  ) x
  JOIN files f USING (content_hash)
  LEFT JOIN kinds_of k USING (content_hash, sheet)
  GROUP BY ALL
  ORDER BY ALL
) TO 'OUT/flaws.parquet' (FORMAT parquet, COMPRESSION zstd);

COPY (
  WITH reports AS (
    SELECT
      v.sender AS unit, s.kind, COALESCE(e.month_on, month_before(a.month_on)) AS month_on,
      min(v.delivered_on) AS received_on,
      bool_and(v.is_zero_report) AS is_zero,
      max(s.rows_accepted) AS accepted
    FROM deliveries v
    CROSS JOIN run r
    JOIN sheets s ON s.content_hash = v.content_hash
    JOIN days a ON a.day_on = v.delivered_on
    LEFT JOIN days e ON e.day_on = v.period_to_on
    WHERE v.status NOT IN ('拒收', '无法读取') AND s.status <> '拒收'
      AND s.kind IS NOT NULL AND v.delivered_on <= r.as_of_on
    GROUP BY v.sender, s.kind, COALESCE(e.month_on, month_before(a.month_on))
  ),
  owed AS (
    SELECT
      p.month_on, o.unit, o.owed_kind, k.kind,
      days_after(month_after(p.month_on), max(o.due_day) - 1) AS due_on
    FROM periods p
    JOIN obligations o
      ON COALESCE(o.valid_from_on <= p.ends_on, TRUE)
      AND COALESCE(o.valid_to_on >= p.starts_on, TRUE)
    LEFT JOIN kinds k ON k.owed_kind = o.owed_kind
    GROUP BY p.month_on, o.unit, o.owed_kind, k.kind
  )
  SELECT
    o.month_on, o.unit, o.owed_kind,
    CASE
      WHEN x.received_on > o.due_on THEN '迟报'
      WHEN x.is_zero THEN '零报告'
      WHEN x.received_on IS NOT NULL THEN '已报'
      WHEN r.as_of_on <= o.due_on THEN '未到期'
      ELSE '未报'
    END AS status,
    o.due_on, x.received_on,
    COALESCE(x.is_zero, FALSE) AS is_zero_report,
    CAST(greatest(COALESCE(x.received_on - o.due_on, 0), 0) AS BIGINT) AS late_days,
    COALESCE(x.accepted, 0) AS accepted_count
  FROM owed o
  CROSS JOIN run r
  LEFT JOIN reports x ON x.unit = o.unit AND x.kind = o.kind AND x.month_on = o.month_on
  ORDER BY ALL
) TO 'OUT/coverage.parquet' (FORMAT parquet, COMPRESSION zstd);

COPY (
  WITH complete AS (
    SELECT 'findings' AS kind, sender, due_on, rectified_on AS done_on FROM findings WHERE item_no = 1
    UNION ALL SELECT 'tipoffs', sender, due_on, closed_at::DATE FROM tipoffs
    UNION ALL SELECT 'matters', sender, due_on, answered_on FROM matters
  )
  SELECT
    kind, sender, count(*) AS record_count,
    count(*) FILTER (due_on IS NOT NULL AND done_on IS NOT NULL) AS complete_count,
    count(*) FILTER (done_on = due_on) AS on_limit_count,
    count(*) FILTER (done_on < due_on) AS early_count,
    count(*) FILTER (done_on > due_on) AS late_count,
    on_limit_count / nullif(complete_count, 0) AS on_limit_rate
  FROM complete
  GROUP BY kind, sender
  ORDER BY ALL
) TO 'OUT/heaping.parquet' (FORMAT parquet, COMPRESSION zstd);

COPY (
  WITH listed_nos AS (SELECT DISTINCT finding_no FROM majors),
  ledger AS (
    SELECT f.finding_no, f.street, f.state, x.rectified_on, x.signed_off_on
    FROM findings f
    SEMI JOIN listed_nos USING (finding_no)
    JOIN discoveries x ON x.row_id = f.row_id
    QUALIFY row_number() OVER (PARTITION BY f.finding_no ORDER BY f.item_no, f.row_id) = 1
  ),
  listed AS (
    SELECT
      m.*,
      COALESCE(m.extended_to_on, m.due_on) AS limit_on,
      l.street,
      COALESCE(l.state, if(l.finding_no IS NULL, '台账无此号', '状态未填')) AS ledger_state,
      l.rectified_on,
      m.delisted_on IS NULL AND l.signed_off_on IS NULL AS is_open
    FROM majors m
    LEFT JOIN ledger l USING (finding_no)
  )
  SELECT
    m.finding_no, m.unit_name, m.hazard_name, COALESCE(m.street, '街道不明') AS street,
    m.standard, m.found_on, m.limit_on AS due_on, m.regulator, m.supervision, m.supervision_no,
    m.shutdown,
    m.measures IS NOT NULL AS has_measures,
    m.funds_yuan IS NOT NULL AS has_funds,
    m.responsible_person IS NOT NULL AS has_person,
    m.due_on IS NOT NULL AS has_due,
    m.emergency_plan IS NOT NULL AS has_plan,
    CAST(has_measures AS BIGINT) + has_funds::BIGINT + has_person::BIGINT + has_due::BIGINT
      + has_plan::BIGINT AS secured_count,
    m.ledger_state AS state,
    m.delisted_on,
    m.is_open,
    CASE WHEN m.is_open THEN CAST(r.as_of_on - m.found_on AS BIGINT) END AS open_days,
    COALESCE(m.is_open AND m.rectified_on IS NULL AND m.limit_on < r.as_of_on, FALSE) AS is_overdue
  FROM listed m, run r
  ORDER BY m.finding_no
) TO 'OUT/majorlist.parquet' (FORMAT parquet, COMPRESSION zstd);

COPY (
  SELECT
    m.matter_no, m.matter_source, m.source_ref, m.matter, m.responsible_unit, m.assigned_on,
    d.month_on, m.due_on, m.answered_on, m.state,
    COALESCE(m.state, '') <> '已办结' AS is_open,
    COALESCE(m.state, '') <> '已办结' AND COALESCE(m.due_on < r.as_of_on, FALSE) AS is_overdue,
    CAST(if(is_overdue, r.as_of_on - m.due_on, 0) AS BIGINT) AS overdue_days
  FROM matters m
  CROSS JOIN run r
  LEFT JOIN days d ON d.day_on = m.assigned_on
  ORDER BY m.matter_no
) TO 'OUT/matterlist.parquet' (FORMAT parquet, COMPRESSION zstd);

COPY (
  SELECT
    d.month_on, m.incident_no, m.category, m.subcategory,
    CAST(m.happened_at AS DATE) AS happened_on, m.level_stated, m.level_computed, m.difference,
    m.criterion, m.figure, m.threshold, m.unknown, m.source, m.restated_until_on
  FROM mislevels m
  JOIN days d ON d.day_on = CAST(m.happened_at AS DATE)
  WHERE NOT m.is_outside
  ORDER BY d.month_on, m.incident_no
) TO 'OUT/mislevellist.parquet' (FORMAT parquet, COMPRESSION zstd);

COPY (
  SELECT rule_id, rule_title, COALESCE(street, '街道不明') AS street, count(*) AS violation_count
  FROM violations
  GROUP BY rule_id, rule_title, COALESCE(street, '街道不明')
  ORDER BY ALL
) TO 'OUT/violationcounts.parquet' (FORMAT parquet, COMPRESSION zstd);
