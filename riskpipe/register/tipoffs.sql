-- One row per tip-off (work order): its current version, corrections applied.
WITH patches AS (
    SELECT
        subject_no,
        MAX(CASE WHEN column_name = 'category' THEN 1 ELSE 0 END) AS has_category,
        MAX(CASE WHEN column_name = 'category' THEN new_text END) AS category,
        MAX(CASE WHEN column_name = 'subcategory' THEN 1 ELSE 0 END) AS has_subcategory,
        MAX(CASE WHEN column_name = 'subcategory' THEN new_text END) AS subcategory,
        MAX(CASE WHEN column_name = 'reported_at' THEN 1 ELSE 0 END) AS has_reported_at,
        MAX(CASE WHEN column_name = 'reported_at' THEN new_moment END) AS reported_at,
        MAX(CASE WHEN column_name = 'channel' THEN 1 ELSE 0 END) AS has_channel,
        MAX(CASE WHEN column_name = 'channel' THEN new_text END) AS channel,
        MAX(CASE WHEN column_name = 'reported_unit' THEN 1 ELSE 0 END) AS has_reported_unit,
        MAX(CASE WHEN column_name = 'reported_unit' THEN new_text END) AS reported_unit,
        MAX(CASE WHEN column_name = 'street' THEN 1 ELSE 0 END) AS has_street,
        MAX(CASE WHEN column_name = 'street' THEN new_text END) AS street,
        MAX(CASE WHEN column_name = 'community' THEN 1 ELSE 0 END) AS has_community,
        MAX(CASE WHEN column_name = 'community' THEN new_text END) AS community,
        MAX(CASE WHEN column_name = 'address' THEN 1 ELSE 0 END) AS has_address,
        MAX(CASE WHEN column_name = 'address' THEN new_text END) AS address,
        MAX(CASE WHEN column_name = 'matter' THEN 1 ELSE 0 END) AS has_matter,
        MAX(CASE WHEN column_name = 'matter' THEN new_text END) AS matter,
        MAX(CASE WHEN column_name = 'trade' THEN 1 ELSE 0 END) AS has_trade,
        MAX(CASE WHEN column_name = 'trade' THEN new_text END) AS trade,
        MAX(CASE WHEN column_name = 'acceptance' THEN 1 ELSE 0 END) AS has_acceptance,
        MAX(CASE WHEN column_name = 'acceptance' THEN new_text END) AS acceptance,
        MAX(CASE WHEN column_name = 'accepted_at' THEN 1 ELSE 0 END) AS has_accepted_at,
        MAX(CASE WHEN column_name = 'accepted_at' THEN new_moment END) AS accepted_at,
        MAX(CASE WHEN column_name = 'refusal_reason' THEN 1 ELSE 0 END) AS has_refusal_reason,
        MAX(CASE WHEN column_name = 'refusal_reason' THEN new_text END) AS refusal_reason,
        MAX(CASE WHEN column_name = 'merged_into_no' THEN 1 ELSE 0 END) AS has_merged_into_no,
        MAX(CASE WHEN column_name = 'merged_into_no' THEN new_text END) AS merged_into_no,
        MAX(CASE WHEN column_name = 'first_assignee' THEN 1 ELSE 0 END) AS has_first_assignee,
        MAX(CASE WHEN column_name = 'first_assignee' THEN new_text END) AS first_assignee,
        MAX(CASE WHEN column_name = 'dispatched_at' THEN 1 ELSE 0 END) AS has_dispatched_at,
        MAX(CASE WHEN column_name = 'dispatched_at' THEN new_moment END) AS dispatched_at,
        MAX(CASE WHEN column_name = 'due_on' THEN 1 ELSE 0 END) AS has_due_on,
        MAX(CASE WHEN column_name = 'due_on' THEN new_day END) AS due_on,
        MAX(CASE WHEN column_name = 'city_dispatched_at' THEN 1 ELSE 0 END) AS has_city_dispatched_at,
        MAX(CASE WHEN column_name = 'city_dispatched_at' THEN new_moment END) AS city_dispatched_at,
        MAX(CASE WHEN column_name = 'city_due_on' THEN 1 ELSE 0 END) AS has_city_due_on,
        MAX(CASE WHEN column_name = 'city_due_on' THEN new_day END) AS city_due_on,
        MAX(CASE WHEN column_name = 'verification' THEN 1 ELSE 0 END) AS has_verification,
        MAX(CASE WHEN column_name = 'verification' THEN new_text END) AS verification,
        MAX(CASE WHEN column_name = 'closed_at' THEN 1 ELSE 0 END) AS has_closed_at,
        MAX(CASE WHEN column_name = 'closed_at' THEN new_moment END) AS closed_at,
        MAX(CASE WHEN column_name = 'satisfaction' THEN 1 ELSE 0 END) AS has_satisfaction,
        MAX(CASE WHEN column_name = 'satisfaction' THEN new_text END) AS satisfaction
    FROM amendments
    WHERE kind = 'tipoffs' AND is_applied
    GROUP BY subject_no
),

-- Personal columns go back blank on a return sheet (原件留存，不必重填): a blank says nothing, the
-- latest version that named somebody still does.
known_people AS (
    SELECT
        v.record_key,
        l.reporter_id,
        row_number() OVER (
            PARTITION BY v.record_key
            ORDER BY v.delivered_on DESC NULLS LAST, v.content_hash NULLS LAST, v.row_id NULLS LAST
        ) AS recency
    FROM landed_tipoffs AS l
    JOIN versions AS v ON v.row_id = l.row_id AND v.version_count > 1
    WHERE l.reporter_id IS NOT NULL
),

-- A row that was rejected stands in no version; its person is tied to it by the number alone.
held_people AS (
    SELECT
        h.subject_no,
        h.person_id,
        row_number() OVER (
            PARTITION BY h.subject_no
            ORDER BY
                h.delivered_on DESC NULLS LAST, h.content_hash NULLS LAST,
                h.sheet NULLS LAST, h.row_no NULLS LAST
        ) AS recency
    FROM held AS h
    JOIN run AS r ON h.delivered_on <= r.as_of_on
    WHERE h.number_kind = 'tipoff_no'
)

SELECT
    l.row_id,
    l.content_hash,
    l.sheet,
    l.row_no,
    l.record_key,
    l.row_hash,
    CASE WHEN p.has_category = 1 THEN p.category ELSE l.category END AS category,
    CASE WHEN p.has_subcategory = 1 THEN p.subcategory ELSE l.subcategory END AS subcategory,
    l.runner_up,
    l.margin,
    l.evidence,
    l.rule_id,
    l.tipoff_no,
    CASE WHEN p.has_reported_at = 1 THEN p.reported_at ELSE l.reported_at END AS reported_at,
    l.is_day_only,
    CASE WHEN p.has_channel = 1 THEN p.channel ELSE l.channel END AS channel,
    l.source_no,
    l.is_named,
    COALESCE(l.reporter_id, k.reporter_id, h.person_id) AS reporter_id,
    CASE WHEN p.has_reported_unit = 1 THEN p.reported_unit ELSE l.reported_unit END AS reported_unit,
    CASE WHEN p.has_street = 1 THEN p.street ELSE l.street END AS street,
    CASE WHEN p.has_community = 1 THEN p.community ELSE l.community END AS community,
    l.grid,
    CASE WHEN p.has_address = 1 THEN p.address ELSE l.address END AS address,
    l.title,
    l.content,
    CASE WHEN p.has_matter = 1 THEN p.matter ELSE l.matter END AS matter,
    l.category_stated,
    CASE WHEN p.has_trade = 1 THEN p.trade ELSE l.trade END AS trade,
    l.urgency,
    CASE WHEN p.has_acceptance = 1 THEN p.acceptance ELSE l.acceptance END AS acceptance,
    CASE WHEN p.has_accepted_at = 1 THEN p.accepted_at ELSE l.accepted_at END AS accepted_at,
    CASE WHEN p.has_refusal_reason = 1 THEN p.refusal_reason ELSE l.refusal_reason END AS refusal_reason,
    CASE WHEN p.has_merged_into_no = 1 THEN p.merged_into_no ELSE l.merged_into_no END AS merged_into_no,
    CASE WHEN p.has_first_assignee = 1 THEN p.first_assignee ELSE l.first_assignee END AS first_assignee,
    CASE WHEN p.has_dispatched_at = 1 THEN p.dispatched_at ELSE l.dispatched_at END AS dispatched_at,
    CASE WHEN p.has_due_on = 1 THEN p.due_on ELSE l.due_on END AS due_on,
    CASE WHEN p.has_city_dispatched_at = 1 THEN p.city_dispatched_at ELSE l.city_dispatched_at END AS city_dispatched_at,
    CASE WHEN p.has_city_due_on = 1 THEN p.city_due_on ELSE l.city_due_on END AS city_due_on,
    CASE WHEN p.has_verification = 1 THEN p.verification ELSE l.verification END AS verification,
    l.verification_note,
    CASE WHEN p.has_closed_at = 1 THEN p.closed_at ELSE l.closed_at END AS closed_at,
    CASE WHEN p.has_satisfaction = 1 THEN p.satisfaction ELSE l.satisfaction END AS satisfaction,
    l.received_by,
    l.campaign,
    v.first_received_on AS received_on,
    v.sender
FROM landed_tipoffs AS l
JOIN versions AS v ON v.row_id = l.row_id AND v.is_current
LEFT JOIN known_people AS k ON k.record_key = v.record_key AND k.recency = 1
LEFT JOIN held_people AS h ON h.subject_no = l.tipoff_no AND h.recency = 1
LEFT JOIN patches AS p ON p.subject_no = l.tipoff_no
ORDER BY l.tipoff_no NULLS LAST, l.row_id NULLS LAST
