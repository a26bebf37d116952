-- Sale lines → one row per customer. This text is the definition; memory.py does the same work faster in memory.
--
-- lines: customer, day, revenue, profit, cost_to_serve, units, order_id; amounts DECIMAL(18, 4), already rounded.
-- as_of: the last day looked at. start: the first. mid: the first day of the later half, start + floor(days / 2).
-- returns: what a line with revenue below 0 is. 'net': its money counts, but it is not a purchase. 'keep': it
-- counts as any other line. 'drop': it is set aside. A line of revenue 0, or of unknown revenue, is a purchase of 0;
-- a customer none of whose revenue is known has no known revenue, and nothing that is made of it.
WITH
study AS (
    SELECT
        CAST($as_of AS DATE) AS as_of,
        CAST($mid AS DATE) AS mid,
        DATE_DIFF('day', CAST($start AS DATE), CAST($as_of AS DATE)) + 1 AS days,
        -- calendar months and quarters touched by the days looked at, whole or in part
        12 * (EXTRACT(YEAR FROM CAST($as_of AS DATE)) - EXTRACT(YEAR FROM CAST($start AS DATE)))
            + EXTRACT(MONTH FROM CAST($as_of AS DATE)) - EXTRACT(MONTH FROM CAST($start AS DATE)) + 1 AS months,
        4 * (EXTRACT(YEAR FROM CAST($as_of AS DATE)) - EXTRACT(YEAR FROM CAST($start AS DATE)))
            + EXTRACT(QUARTER FROM CAST($as_of AS DATE)) - EXTRACT(QUARTER FROM CAST($start AS DATE)) + 1 AS quarters
),
-- The lines that are used: with a customer, within the days looked at.
used AS (
    SELECT
        customer, day, revenue, profit, cost_to_serve, units,
        COALESCE(revenue, 0) AS amount,
        NULLIF(order_id, '') AS order_id,
        CASE WHEN $returns = 'keep' OR COALESCE(revenue, 0) >= 0 THEN 1 ELSE 0 END AS purchase
    FROM lines
    WHERE customer <> ''
        AND day BETWEEN CAST($start AS DATE) AND CAST($as_of AS DATE)
        AND ($returns <> 'drop' OR COALESCE(revenue, 0) >= 0)
),
-- Money, and orders: different order ids among purchases; a purchase without an id is an order of its own.
totals AS (
    SELECT
        customer,
        CASE WHEN COUNT(revenue) > 0 THEN SUM(amount) END AS revenue,
        SUM(profit) AS profit,
        SUM(cost_to_serve) AS cost_to_serve,
        SUM(units) AS units,
        COUNT(*) AS lines,
        CASE WHEN COUNT(revenue) > 0 THEN SUM(CASE WHEN day < mid THEN amount ELSE 0 END) END AS revenue_before,
        CASE WHEN COUNT(revenue) > 0 THEN SUM(CASE WHEN day >= mid THEN amount ELSE 0 END) END AS revenue_recent,
        COUNT(DISTINCT CASE WHEN purchase = 1 THEN order_id END)
            + SUM(CASE WHEN purchase = 1 AND order_id IS NULL THEN 1 ELSE 0 END) AS orders
    FROM used CROSS JOIN study
    GROUP BY customer
),
-- Rhythm: the different days with a purchase, and the days between one and the next.
visits AS (
    SELECT DISTINCT customer, day FROM used WHERE purchase = 1
),
gaps AS (
    SELECT
        customer, day,
        DATE_DIFF('day', LAG(day) OVER (PARTITION BY customer ORDER BY day), day) AS gap
    FROM visits
),
rhythm AS (
    SELECT
        customer,
        COUNT(*) AS visits,
        MIN(day) AS first_order,
        MAX(day) AS last_order,
        -- the median gap needs three days with a purchase
        CASE WHEN COUNT(*) >= 3 THEN PERCENTILE_CONT(0.5) WITHIN GROUP (ORDER BY gap) END AS cycle_days
    FROM gaps
    GROUP BY customer
),
-- What the first purchase day brought, returns of that day taken off: the days after it are the repeat purchases.
first_days AS (
    SELECT u.customer, SUM(u.amount) AS revenue
    FROM used AS u
    JOIN rhythm AS r ON r.customer = u.customer AND r.first_order = u.day
    GROUP BY u.customer
),
-- Steadiness: revenue per calendar period. Periods without a line are 0 and need no rows: each of them adds the
-- square of the mean to the squared distances from the mean.
by_month AS (
    SELECT
        customer, EXTRACT(YEAR FROM day) AS year, EXTRACT(QUARTER FROM day) AS quarter, EXTRACT(MONTH FROM day) AS month,
        SUM(amount) AS amount
    FROM used
    GROUP BY customer, EXTRACT(YEAR FROM day), EXTRACT(QUARTER FROM day), EXTRACT(MONTH FROM day)
),
by_quarter AS (
    SELECT customer, year, quarter, SUM(amount) AS amount FROM by_month GROUP BY customer, year, quarter
),
means AS (
    SELECT
        customer,
        CAST(revenue AS DOUBLE PRECISION) / months AS monthly,
        CAST(revenue AS DOUBLE PRECISION) / quarters AS quarterly
    FROM totals CROSS JOIN study
),
month_squares AS (
    SELECT
        customer, COUNT(*) AS active,
        SUM((CAST(amount AS DOUBLE PRECISION) - monthly) * (CAST(amount AS DOUBLE PRECISION) - monthly)) AS squares
    FROM by_month JOIN means USING (customer)
    GROUP BY customer
),
quarter_squares AS (
    SELECT
        customer, COUNT(*) AS active,
        SUM((CAST(amount AS DOUBLE PRECISION) - quarterly) * (CAST(amount AS DOUBLE PRECISION) - quarterly)) AS squares
    FROM by_quarter JOIN means USING (customer)
    GROUP BY customer
)
SELECT
    t.customer,
    CAST(t.revenue AS DOUBLE PRECISION) AS revenue,
    CAST(t.profit AS DOUBLE PRECISION) AS profit,
    CAST(t.cost_to_serve AS DOUBLE PRECISION) AS cost_to_serve,
    CAST(t.units AS DOUBLE PRECISION) AS units,
    CAST(t.orders AS BIGINT) AS orders,
    CAST(t.lines AS BIGINT) AS lines,
    r.first_order,
    r.last_order,
    CAST(DATE_DIFF('day', r.last_order, s.as_of) AS DOUBLE PRECISION) AS recency_days,
    CAST(DATE_DIFF('day', r.first_order, s.as_of) AS DOUBLE PRECISION) AS tenure_days,
    r.cycle_days,
    -- sample standard deviation ÷ mean; unknown under three periods or where there is no revenue
    CASE WHEN s.quarters >= 3 AND t.revenue > 0
        THEN SQRT((q.squares + (s.quarters - q.active) * a.quarterly * a.quarterly) / (s.quarters - 1)) / a.quarterly
    END AS revenue_cv,
    CASE WHEN s.months >= 3 AND t.revenue > 0
        THEN SQRT((m.squares + (s.months - m.active) * a.monthly * a.monthly) / (s.months - 1)) / a.monthly
    END AS revenue_cv_month,
    CAST(t.revenue_before AS DOUBLE PRECISION) AS revenue_before,
    CAST(t.revenue_recent AS DOUBLE PRECISION) AS revenue_recent,
    CASE WHEN t.revenue_before > 0
        THEN CAST(t.revenue_recent AS DOUBLE PRECISION) / CAST(t.revenue_before AS DOUBLE PRECISION) - 1
    END AS growth,
    CASE WHEN t.orders > 0 THEN CAST(t.revenue AS DOUBLE PRECISION) / t.orders END AS average_order,
    CAST(COALESCE(r.visits, 0) AS BIGINT) AS visits,
    CASE WHEN t.revenue IS NOT NULL THEN CAST(f.revenue AS DOUBLE PRECISION) END AS first_revenue,
    -- a quarter is 91.3125 days
    COALESCE(r.visits, 0) / (CAST(s.days AS DOUBLE PRECISION) / 91.3125) AS visits_per_quarter
FROM totals AS t
CROSS JOIN study AS s
JOIN means AS a ON a.customer = t.customer
JOIN month_squares AS m ON m.customer = t.customer
JOIN quarter_squares AS q ON q.customer = t.customer
LEFT JOIN rhythm AS r ON r.customer = t.customer
LEFT JOIN first_days AS f ON f.customer = t.customer
ORDER BY t.customer
