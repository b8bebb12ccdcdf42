-- One row per finding (隐患编号 and 分项): its current version, corrections and reviews
-- applied. A category that a person decided takes the sub-category said with it; one decided for
-- an item (编号#分项) goes before one of the whole number unless that was decided later. A street's
-- own ledger that has no street column is that street's, as the list of units says.
WITH patches AS (
    SELECT
        subject_no,
        MAX(CASE WHEN column_name = 'inspected_on' THEN 1 ELSE 0 END) AS has_inspected_on,
        MAX(CASE WHEN column_name = 'inspected_on' THEN new_day END) AS inspected_on,
        MAX(CASE WHEN column_name = 'inspecting_unit' THEN 1 ELSE 0 END) AS has_inspecting_unit,
        MAX(CASE WHEN column_name = 'inspecting_unit' THEN new_text END) AS inspecting_unit,
        MAX(CASE WHEN column_name = 'origin' THEN 1 ELSE 0 END) AS has_origin,
        MAX(CASE WHEN column_name = 'origin' THEN new_text END) AS origin,
        MAX(CASE WHEN column_name = 'inspected_unit' THEN 1 ELSE 0 END) AS has_inspected_unit,
        MAX(CASE WHEN column_name = 'inspected_unit' THEN new_text END) AS inspected_unit,
        MAX(CASE WHEN column_name = 'trade' THEN 1 ELSE 0 END) AS has_trade,
        MAX(CASE WHEN column_name = 'trade' THEN new_text END) AS trade,
        MAX(CASE WHEN column_name = 'place_type' THEN 1 ELSE 0 END) AS has_place_type,
        MAX(CASE WHEN column_name = 'place_type' THEN new_text END) AS place_type,
        MAX(CASE WHEN column_name = 'street' THEN 1 ELSE 0 END) AS has_street,
        MAX(CASE WHEN column_name = 'street' THEN new_text END) AS street,
        MAX(CASE WHEN column_name = 'grid' THEN 1 ELSE 0 END) AS has_grid,
        MAX(CASE WHEN column_name = 'grid' THEN new_text END) AS grid,
        MAX(CASE WHEN column_name = 'place' THEN 1 ELSE 0 END) AS has_place,
        MAX(CASE WHEN column_name = 'place' THEN new_text END) AS place,
        MAX(CASE WHEN column_name = 'grade' THEN 1 ELSE 0 END) AS has_grade,
        MAX(CASE WHEN column_name = 'grade' THEN new_text END) AS grade,
        MAX(CASE WHEN column_name = 'responsible_unit' THEN 1 ELSE 0 END) AS has_responsible_unit,
        MAX(CASE WHEN column_name = 'responsible_unit' THEN new_text END) AS responsible_unit,
        MAX(CASE WHEN column_name = 'responsible_person' THEN 1 ELSE 0 END) AS has_responsible_person,
        MAX(CASE WHEN column_name = 'responsible_person' THEN new_text END) AS responsible_person,
        MAX(CASE WHEN column_name = 'due_on' THEN 1 ELSE 0 END) AS has_due_on,
        MAX(CASE WHEN column_name = 'due_on' THEN new_day END) AS due_on,
        MAX(CASE WHEN column_name = 'state' THEN 1 ELSE 0 END) AS has_state,
        MAX(CASE WHEN column_name = 'state' THEN new_text END) AS state,
        MAX(CASE WHEN column_name = 'rectified_on' THEN 1 ELSE 0 END) AS has_rectified_on,
        MAX(CASE WHEN column_name = 'rectified_on' THEN new_day END) AS rectified_on,
        MAX(CASE WHEN column_name = 'rechecked_on' THEN 1 ELSE 0 END) AS has_rechecked_on,
        MAX(CASE WHEN column_name = 'rechecked_on' THEN new_day END) AS rechecked_on,
        MAX(CASE WHEN column_name = 'rechecked_by' THEN 1 ELSE 0 END) AS has_rechecked_by,
        MAX(CASE WHEN column_name = 'rechecked_by' THEN new_text END) AS rechecked_by,
        MAX(CASE WHEN column_name = 'recheck_result' THEN 1 ELSE 0 END) AS has_recheck_result,
        MAX(CASE WHEN column_name = 'recheck_result' THEN new_text END) AS recheck_result,
        MAX(CASE WHEN column_name = 'signed_off_on' THEN 1 ELSE 0 END) AS has_signed_off_on,
        MAX(CASE WHEN column_name = 'signed_off_on' THEN new_day END) AS signed_off_on,
        MAX(CASE WHEN column_name = 'cited_tipoff_no' THEN 1 ELSE 0 END) AS has_cited_tipoff_no,
        MAX(CASE WHEN column_name = 'cited_tipoff_no' THEN new_text END) AS cited_tipoff_no
    FROM amendments
    WHERE kind = 'findings' AND is_applied
    GROUP BY subject_no
),

decided AS (
    SELECT
        subject_no,
        MAX(CASE WHEN column_name = 'category' THEN 1 ELSE 0 END) AS has_category,
        MAX(CASE WHEN column_name = 'category' THEN new_text END) AS category,
        MAX(CASE WHEN column_name = 'category' THEN source END) AS category_basis,
        MAX(CASE WHEN column_name = 'category' THEN COALESCE(amended_on, DATE '1900-01-01') END) AS decided_on,
        MAX(CASE WHEN column_name = 'subcategory' THEN 1 ELSE 0 END) AS has_subcategory,
        MAX(CASE WHEN column_name = 'subcategory' THEN new_text END) AS subcategory
    FROM amendments
    WHERE kind = 'findings' AND is_applied AND column_name IN ('category', 'subcategory')
    GROUP BY subject_no
),

-- Of each row that anything was decided of, what counts: 1 the whole number, 2 the item.
candidates AS (
    SELECT l.row_id, 1 AS reach, d.*
    FROM landed_findings AS l
    JOIN decided AS d ON d.subject_no = l.finding_no
    UNION ALL
    SELECT l.row_id, 2 AS reach, d.*
    FROM landed_findings AS l
    JOIN decided AS d ON d.subject_no = concat(l.finding_no, '#', CAST(l.item_no AS STRING))
),

verdicts AS (
    SELECT
        c.*,
        row_number() OVER (
            PARTITION BY c.row_id
            ORDER BY
                c.decided_on DESC NULLS LAST,
                CASE WHEN c.category_basis = '更正' THEN 0 ELSE 1 END NULLS LAST,
                c.reach DESC NULLS LAST
        ) AS place_in_line
    FROM candidates AS c
)

SELECT
    l.row_id,
    l.content_hash,
    l.sheet,
    l.row_no,
    l.record_key,
    l.row_hash,
    CASE WHEN c.has_category = 1 THEN c.category ELSE l.category END AS category,
    CASE
        WHEN c.has_subcategory = 1 THEN c.subcategory
        WHEN c.has_category = 1 AND COALESCE(c.category, '') <> COALESCE(l.category, '') THEN NULL
        ELSE l.subcategory
    END AS subcategory,
    l.front_runner,
    l.runner_up,
    l.also,
    l.margin,
    l.evidence,
    l.against,
    l.rule_id,
    l.finding_no,
    CASE WHEN p.has_inspected_on = 1 THEN p.inspected_on ELSE l.inspected_on END AS inspected_on,
    CASE WHEN p.has_inspecting_unit = 1 THEN p.inspecting_unit ELSE l.inspecting_unit END AS inspecting_unit,
    l.inspectors,
    CASE WHEN p.has_origin = 1 THEN p.origin ELSE l.origin END AS origin,
    CASE WHEN p.has_inspected_unit = 1 THEN p.inspected_unit ELSE l.inspected_unit END AS inspected_unit,
    CASE WHEN p.has_trade = 1 THEN p.trade ELSE l.trade END AS trade,
    CASE WHEN p.has_place_type = 1 THEN p.place_type ELSE l.place_type END AS place_type,
    CASE WHEN p.has_street = 1 THEN p.street ELSE COALESCE(l.street, u.street) END AS street,
    CASE WHEN p.has_grid = 1 THEN p.grid ELSE l.grid END AS grid,
    CASE WHEN p.has_place = 1 THEN p.place ELSE l.place END AS place,
    l.description,
    l.item_no,
    l.category_stated,
    CASE WHEN p.has_grade = 1 THEN p.grade ELSE l.grade END AS grade,
    l.grade_stated,
    l.likelihood,
    l.exposure,
    l.consequence,
    l.severity,
    l.risk_value_stated,
    l.risk_level_stated,
    l.risk_colour_stated,
    CASE WHEN p.has_responsible_unit = 1 THEN p.responsible_unit ELSE l.responsible_unit END AS responsible_unit,
    CASE WHEN p.has_responsible_person = 1 THEN p.responsible_person ELSE l.responsible_person END AS responsible_person,
    l.measures,
    CASE WHEN p.has_due_on = 1 THEN p.due_on ELSE l.due_on END AS due_on,
    CASE WHEN p.has_state = 1 THEN p.state ELSE l.state END AS state,
    CASE WHEN p.has_rectified_on = 1 THEN p.rectified_on ELSE l.rectified_on END AS rectified_on,
    CASE WHEN p.has_rechecked_on = 1 THEN p.rechecked_on ELSE l.rechecked_on END AS rechecked_on,
    CASE WHEN p.has_rechecked_by = 1 THEN p.rechecked_by ELSE l.rechecked_by END AS rechecked_by,
    CASE WHEN p.has_recheck_result = 1 THEN p.recheck_result ELSE l.recheck_result END AS recheck_result,
    CASE WHEN p.has_signed_off_on = 1 THEN p.signed_off_on ELSE l.signed_off_on END AS signed_off_on,
    CASE WHEN p.has_cited_tipoff_no = 1 THEN p.cited_tipoff_no ELSE l.cited_tipoff_no END AS cited_tipoff_no,
    l.remark,
    l.campaign,
    v.first_received_on AS received_on,
    v.sender,
    COALESCE(c.category_basis, '规则') AS category_basis
FROM landed_findings AS l
JOIN versions AS v ON v.row_id = l.row_id AND v.is_current
LEFT JOIN units AS u ON u.unit = v.sender
LEFT JOIN patches AS p ON p.subject_no = l.finding_no
LEFT JOIN verdicts AS c ON c.row_id = l.row_id AND c.place_in_line = 1
ORDER BY l.finding_no NULLS LAST, l.item_no NULLS LAST, l.row_id NULLS LAST
