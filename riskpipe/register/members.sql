-- What may tell of a hazard, one row each, narrowed to what joining needs: every finding, and
-- the tip-offs that are about a hazard. A query, a wage claim or whatever was judged
-- 非突发事件 makes no hazard. First come is by acceptance, not by the order of loading. A finding
-- says whose numbering its number belongs to: the sheet layout and the sender.
WITH layouts AS (
    SELECT content_hash, sheet, MIN(layout) AS layout
    FROM sheets
    WHERE kind = 'findings'
    GROUP BY content_hash, sheet
)

SELECT
    t.row_id,
    'tipoff' AS member_kind,
    t.tipoff_no AS member_no,
    COALESCE(
        t.accepted_at,
        t.reported_at,
        t.city_dispatched_at,
        t.dispatched_at,
        CAST(t.received_on AS TIMESTAMP)
    ) AS seen_at,
    t.street,
    t.category,
    t.subcategory,
    t.reported_unit AS unit_name,
    t.address,
    CAST(NULL AS STRING) AS origin,
    t.merged_into_no AS merged_no,
    t.source_no,
    CAST(NULL AS STRING) AS cited_no,
    CAST(NULL AS STRING) AS numbering,
    CAST(NULL AS DATE) AS inspected_on,
    CAST(NULL AS STRING) AS description,
    t.received_on
FROM tipoffs AS t
WHERE COALESCE(t.category, '未分类') <> '非突发事件'
    AND (
        t.category IN ('自然灾害', '事故灾难', '公共卫生事件', '社会安全事件')
        OR t.matter IN ('生产安全事故隐患', '安全生产违法行为', '瞒报谎报生产安全事故', '其他公共安全隐患')
    )

UNION ALL

SELECT
    f.row_id,
    'finding' AS member_kind,
    CASE WHEN f.item_no = 1 THEN f.finding_no ELSE concat(f.finding_no, '#', CAST(f.item_no AS STRING)) END AS member_no,
    CAST(COALESCE(f.inspected_on, f.received_on) AS TIMESTAMP) AS seen_at,
    f.street,
    f.category,
    f.subcategory,
    COALESCE(f.inspected_unit, f.responsible_unit) AS unit_name,
    f.place AS address,
    f.origin,
    CAST(NULL AS STRING) AS merged_no,
    CAST(NULL AS STRING) AS source_no,
    f.cited_tipoff_no AS cited_no,
    concat(COALESCE(y.layout, ''), '|', f.sender) AS numbering,
    f.inspected_on,
    f.description,
    f.received_on
FROM findings AS f
LEFT JOIN layouts AS y ON y.content_hash = f.content_hash AND y.sheet = f.sheet
ORDER BY row_id NULLS LAST
