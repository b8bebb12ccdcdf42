-- One row per incident: 终报 before 续报 before 首报, then the latest; corrections applied, and
-- the legal level computed beside the stated one by the scale of its own kind, else of its
-- category (levels.csv). Deaths are re-reported for 30 days (7 for traffic and fire), so both may
-- change with the as-of day. A number that was not given meets no threshold: it is not known.
WITH patches AS (
    SELECT
        subject_no,
        MAX(CASE WHEN column_name = 'category' THEN 1 ELSE 0 END) AS has_category,
        MAX(CASE WHEN column_name = 'category' THEN new_text END) AS category,
        MAX(CASE WHEN column_name = 'subcategory' THEN 1 ELSE 0 END) AS has_subcategory,
        MAX(CASE WHEN column_name = 'subcategory' THEN new_text END) AS subcategory,
        MAX(CASE WHEN column_name = 'happened_at' THEN 1 ELSE 0 END) AS has_happened_at,
        MAX(CASE WHEN column_name = 'happened_at' THEN new_moment END) AS happened_at,
        MAX(CASE WHEN column_name = 'received_at' THEN 1 ELSE 0 END) AS has_received_at,
        MAX(CASE WHEN column_name = 'received_at' THEN new_moment END) AS received_at,
        MAX(CASE WHEN column_name = 'street' THEN 1 ELSE 0 END) AS has_street,
        MAX(CASE WHEN column_name = 'street' THEN new_text END) AS street,
        MAX(CASE WHEN column_name = 'address' THEN 1 ELSE 0 END) AS has_address,
        MAX(CASE WHEN column_name = 'address' THEN new_text END) AS address,
        MAX(CASE WHEN column_name = 'unit_name' THEN 1 ELSE 0 END) AS has_unit_name,
        MAX(CASE WHEN column_name = 'unit_name' THEN new_text END) AS unit_name,
        MAX(CASE WHEN column_name = 'is_work_accident' THEN 1 ELSE 0 END) AS has_is_work_accident,
        MAX(CASE WHEN column_name = 'is_work_accident' THEN new_text END) AS is_work_accident,
        MAX(CASE WHEN column_name = 'level_stated' THEN 1 ELSE 0 END) AS has_level_stated,
        MAX(CASE WHEN column_name = 'level_stated' THEN new_text END) AS level_stated,
        MAX(CASE WHEN column_name = 'deaths' THEN 1 ELSE 0 END) AS has_deaths,
        MAX(CASE WHEN column_name = 'deaths' THEN new_whole END) AS deaths,
        MAX(CASE WHEN column_name = 'missing' THEN 1 ELSE 0 END) AS has_missing,
        MAX(CASE WHEN column_name = 'missing' THEN new_whole END) AS missing,
        MAX(CASE WHEN column_name = 'serious_injuries' THEN 1 ELSE 0 END) AS has_serious_injuries,
        MAX(CASE WHEN column_name = 'serious_injuries' THEN new_whole END) AS serious_injuries,
        MAX(CASE WHEN column_name = 'minor_injuries' THEN 1 ELSE 0 END) AS has_minor_injuries,
        MAX(CASE WHEN column_name = 'minor_injuries' THEN new_whole END) AS minor_injuries,
        MAX(CASE WHEN column_name = 'people_affected' THEN 1 ELSE 0 END) AS has_people_affected,
        MAX(CASE WHEN column_name = 'people_affected' THEN new_whole END) AS people_affected,
        MAX(CASE WHEN column_name = 'direct_loss_yuan' THEN 1 ELSE 0 END) AS has_direct_loss_yuan,
        MAX(CASE WHEN column_name = 'direct_loss_yuan' THEN new_money END) AS direct_loss_yuan,
        MAX(CASE WHEN column_name = 'consented_at' THEN 1 ELSE 0 END) AS has_consented_at,
        MAX(CASE WHEN column_name = 'consented_at' THEN new_moment END) AS consented_at,
        MAX(CASE WHEN column_name = 'reported_up_at' THEN 1 ELSE 0 END) AS has_reported_up_at,
        MAX(CASE WHEN column_name = 'reported_up_at' THEN new_moment END) AS reported_up_at,
        MAX(CASE WHEN column_name = 'state' THEN 1 ELSE 0 END) AS has_state,
        MAX(CASE WHEN column_name = 'state' THEN new_text END) AS state
    FROM amendments
    WHERE kind = 'incidents' AND is_applied
    GROUP BY subject_no
),

reports AS (
    SELECT
        l.*,
        v.sender,
        MIN(v.first_received_on) OVER (PARTITION BY l.incident_no) AS received_on,
        COUNT(*) OVER (PARTITION BY l.incident_no) AS report_count,
        row_number() OVER (
            PARTITION BY l.incident_no
            ORDER BY
                CASE l.report_kind WHEN '终报（核报）' THEN 1 WHEN '续报' THEN 2 ELSE 3 END NULLS LAST,
                v.delivered_on DESC NULLS LAST,
                l.received_at DESC NULLS LAST,
                l.row_id NULLS LAST
        ) AS standing
    FROM landed_incidents AS l
    JOIN versions AS v ON v.row_id = l.row_id AND v.is_current
),

corrected AS (
    SELECT
        l.row_id,
        l.content_hash,
        l.sheet,
        l.row_no,
        l.record_key,
        l.row_hash,
        l.incident_no,
        l.report_kind,
        l.title,
        CASE WHEN p.has_category = 1 THEN p.category ELSE l.category END AS category,
        CASE WHEN p.has_subcategory = 1 THEN p.subcategory ELSE l.subcategory END AS subcategory,
        CASE WHEN p.has_happened_at = 1 THEN p.happened_at ELSE l.happened_at END AS happened_at,
        CASE WHEN p.has_received_at = 1 THEN p.received_at ELSE l.received_at END AS received_at,
        l.reporting_unit,
        CASE WHEN p.has_street = 1 THEN p.street ELSE l.street END AS street,
        CASE WHEN p.has_address = 1 THEN p.address ELSE l.address END AS address,
        CASE WHEN p.has_unit_name = 1 THEN p.unit_name ELSE l.unit_name END AS unit_name,
        CASE WHEN p.has_is_work_accident = 1 THEN p.is_work_accident ELSE l.is_work_accident END AS is_work_accident,
        CASE WHEN p.has_level_stated = 1 THEN p.level_stated ELSE l.level_stated END AS level_stated,
        CASE WHEN p.has_deaths = 1 THEN p.deaths ELSE l.deaths END AS deaths,
        CASE WHEN p.has_missing = 1 THEN p.missing ELSE l.missing END AS missing,
        CASE WHEN p.has_serious_injuries = 1 THEN p.serious_injuries ELSE l.serious_injuries END AS serious_injuries,
        CASE WHEN p.has_minor_injuries = 1 THEN p.minor_injuries ELSE l.minor_injuries END AS minor_injuries,
        CASE WHEN p.has_people_affected = 1 THEN p.people_affected ELSE l.people_affected END AS people_affected,
        CASE WHEN p.has_direct_loss_yuan = 1 THEN p.direct_loss_yuan ELSE l.direct_loss_yuan END AS direct_loss_yuan,
        CASE WHEN p.has_consented_at = 1 THEN p.consented_at ELSE l.consented_at END AS consented_at,
        CASE WHEN p.has_reported_up_at = 1 THEN p.reported_up_at ELSE l.reported_up_at END AS reported_up_at,
        l.handling,
        CASE WHEN p.has_state = 1 THEN p.state ELSE l.state END AS state,
        l.remark,
        l.received_on,
        l.sender,
        l.report_count
    FROM reports AS l
    LEFT JOIN patches AS p ON p.subject_no = l.incident_no
    WHERE l.standing = 1
),

own_scales AS (
    SELECT DISTINCT category, subcategory FROM levels WHERE subcategory IS NOT NULL
),

met AS (
    SELECT
        c.incident_no,
        s.level,
        s.level_id,
        row_number() OVER (
            PARTITION BY c.incident_no
            ORDER BY s.level_rank NULLS LAST, s.level_id NULLS LAST
        ) AS severity
    FROM corrected AS c
    LEFT JOIN own_scales AS o ON o.category = c.category AND o.subcategory = c.subcategory
    JOIN levels AS s
        ON s.category = c.category
        AND COALESCE(s.subcategory, '') = COALESCE(o.subcategory, '')
        AND s.valid_from_on <= CAST(c.happened_at AS DATE)
        AND (s.valid_to_on IS NULL OR s.valid_to_on >= CAST(c.happened_at AS DATE))
    WHERE c.deaths >= s.min_deaths
        OR c.serious_injuries >= s.min_serious
        OR COALESCE(c.serious_injuries, 0) + COALESCE(c.minor_injuries, 0) >= s.min_injuries
        OR c.people_affected >= s.min_people
        OR c.direct_loss_yuan >= s.min_loss_yuan
),

-- How long the counts may still be re-reported: the rule of the kind before that of the category.
windows AS (
    SELECT
        c.incident_no,
        days_after(CAST(c.happened_at AS DATE), w.days) AS until_on,
        row_number() OVER (
            PARTITION BY c.incident_no
            ORDER BY
                CASE WHEN w.subcategory IS NULL THEN 2 ELSE 1 END NULLS LAST,
                w.restatement_id NULLS LAST
        ) AS place
    FROM corrected AS c
    JOIN restatements AS w
        ON w.category = c.category
        AND (w.subcategory IS NULL OR w.subcategory = c.subcategory)
)

SELECT
    c.row_id,
    c.content_hash,
    c.sheet,
    c.row_no,
    c.record_key,
    c.row_hash,
    c.incident_no,
    c.report_kind,
    c.title,
    c.category,
    c.subcategory,
    c.happened_at,
    c.received_at,
    c.reporting_unit,
    c.street,
    c.address,
    c.unit_name,
    c.is_work_accident,
    c.level_stated,
    c.deaths,
    c.missing,
    c.serious_injuries,
    c.minor_injuries,
    c.people_affected,
    c.direct_loss_yuan,
    c.consented_at,
    c.reported_up_at,
    c.handling,
    c.state,
    c.remark,
    c.received_on,
    c.sender,
    c.report_count,
    m.level AS level_computed,
    COALESCE(c.street, '') = '区外' AS is_outside,
    m.level_id,
    w.until_on AS restated_until_on
FROM corrected AS c
LEFT JOIN met AS m ON m.incident_no = c.incident_no AND m.severity = 1
LEFT JOIN windows AS w ON w.incident_no = c.incident_no AND w.place = 1
ORDER BY c.incident_no NULLS LAST
