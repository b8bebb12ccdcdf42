-- One row per incident whose stated level is not what its numbers and the law give: levels.csv is
-- read as incidents.sql reads it. Nothing is repaired: both levels stand, with the criterion that
-- decided, its number, its threshold and clause. 未达一般级 is an office's own word below the
-- lowest grade of the law: it contradicts 一般 only where somebody died or was badly hurt. Natural
-- disasters and health events are graded by law, by texts not in levels.csv: their stated level
-- stands unchecked. Social security events are not graded (突发事件应对法第三条), but for mass ones.
WITH own_scales AS (
    SELECT DISTINCT category, subcategory FROM levels WHERE subcategory IS NOT NULL
),

ranks AS (
    SELECT DISTINCT level, level_rank FROM levels
),

scaled AS (
    SELECT
        i.incident_no,
        COUNT(s.min_deaths) AS by_deaths,
        COUNT(s.min_serious) AS by_serious,
        COUNT(s.min_injuries) AS by_injuries,
        COUNT(s.min_people) AS by_people,
        COUNT(s.min_loss_yuan) AS by_loss,
        MAX(CASE WHEN s.level = i.level_stated THEN 1 ELSE 0 END) AS has_stated
    FROM incidents AS i
    LEFT JOIN own_scales AS o ON o.category = i.category AND o.subcategory = i.subcategory
    LEFT JOIN levels AS s
        ON s.category = i.category
        AND COALESCE(s.subcategory, '') = COALESCE(o.subcategory, '')
        AND s.valid_from_on <= CAST(i.happened_at AS DATE)
        AND (s.valid_to_on IS NULL OR s.valid_to_on >= CAST(i.happened_at AS DATE))
    WHERE i.level_stated IS NOT NULL
    GROUP BY i.incident_no
),

compared AS (
    SELECT
        i.*,
        a.has_stated,
        COALESCE(p.level_rank, 5) AS stated_rank,
        q.level_rank AS computed_rank,
        NULLIF(CONCAT_WS(
            '、',
            CASE WHEN a.by_deaths > 0 AND i.deaths IS NULL THEN '死亡' END,
            CASE WHEN a.by_serious > 0 AND i.serious_injuries IS NULL THEN '重伤' END,
            CASE
                WHEN a.by_injuries > 0 AND i.serious_injuries IS NULL AND i.minor_injuries IS NULL
                    THEN '受伤'
            END,
            CASE WHEN a.by_people > 0 AND i.people_affected IS NULL THEN '参与人数' END,
            CASE WHEN a.by_loss > 0 AND i.direct_loss_yuan IS NULL THEN '直接经济损失' END
        ), '') AS unknown
    FROM incidents AS i
    JOIN scaled AS a ON a.incident_no = i.incident_no
    LEFT JOIN ranks AS p ON p.level = i.level_stated
    LEFT JOIN ranks AS q ON q.level = i.level_computed
),

differing AS (
    SELECT
        c.*,
        CASE
            WHEN c.stated_rank < c.computed_rank THEN '填报偏高'
            WHEN c.stated_rank = 5 AND c.computed_rank = 4 AND COALESCE(c.deaths, 0) = 0
                AND COALESCE(c.serious_injuries, 0) = 0 THEN NULL
            WHEN c.stated_rank > c.computed_rank THEN '填报偏低'
            WHEN c.computed_rank IS NOT NULL OR c.stated_rank = 5 THEN NULL
            WHEN c.has_stated = 1 AND c.unknown IS NOT NULL THEN '数字不全'
            WHEN c.has_stated = 1 THEN '填报偏高'
            WHEN c.category = '社会安全事件' THEN '没有分级标准'
        END AS difference
    FROM compared AS c
),

decided AS (
    SELECT
        d.*,
        s.source,
        s.min_deaths,
        s.min_serious,
        s.min_injuries,
        s.min_people,
        s.min_loss_yuan,
        COALESCE(d.serious_injuries, 0) + COALESCE(d.minor_injuries, 0) AS injuries,
        CASE
            WHEN d.deaths >= s.min_deaths THEN '死亡'
            WHEN d.serious_injuries >= s.min_serious THEN '重伤'
            WHEN COALESCE(d.serious_injuries, 0) + COALESCE(d.minor_injuries, 0) >= s.min_injuries
                THEN '受伤'
            WHEN d.people_affected >= s.min_people THEN '参与人数'
            WHEN d.direct_loss_yuan >= s.min_loss_yuan THEN '直接经济损失'
        END AS criterion
    FROM differing AS d
    LEFT JOIN levels AS s ON s.level_id = d.level_id
    WHERE d.difference IS NOT NULL
)

SELECT
    d.incident_no,
    d.category,
    d.subcategory,
    d.happened_at,
    d.is_outside,
    d.level_stated,
    d.level_computed,
    d.difference,
    d.criterion,
    CAST(CASE d.criterion
        WHEN '死亡' THEN d.deaths
        WHEN '重伤' THEN d.serious_injuries
        WHEN '受伤' THEN d.injuries
        WHEN '参与人数' THEN d.people_affected
        WHEN '直接经济损失' THEN d.direct_loss_yuan
    END AS DECIMAL(14, 2)) AS figure,
    CAST(CASE d.criterion
        WHEN '死亡' THEN d.min_deaths
        WHEN '重伤' THEN d.min_serious
        WHEN '受伤' THEN d.min_injuries
        WHEN '参与人数' THEN d.min_people
        WHEN '直接经济损失' THEN d.min_loss_yuan
    END AS DECIMAL(14, 2)) AS threshold,
    d.unknown,
    CASE
        WHEN d.difference = '没有分级标准' THEN '突发事件应对法第三条'
        ELSE d.source
    END AS source,
    d.restated_until_on,
    d.report_kind,
    d.row_id,
    d.sender
FROM decided AS d
ORDER BY d.incident_no NULLS LAST
