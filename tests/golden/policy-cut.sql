SELECT
  *,
  (((NOT ("~scenario.slot" < 0)) AND (("~scenario.slot" < 2))) AND ("~scenario.new_limit" < "credit_limit")) AS "~scenario.cut",
  CAST((CASE WHEN "~scenario.slot" < 2 THEN 2 ELSE 5 END) AS UTINYINT) AS "~scenario.outcome",
  ((CASE WHEN "~scenario.own0" THEN CAST(1 AS UTINYINT) ELSE CAST(0 AS UTINYINT) END) | (CASE WHEN "~scenario.own1" THEN CAST(2 AS UTINYINT) ELSE CAST(0 AS UTINYINT) END)) AS "~scenario.fires",
  ((CASE WHEN (("~scenario.own0") AND ("~scenario.t0" < "credit_limit")) THEN CAST(1 AS UTINYINT) ELSE CAST(0 AS UTINYINT) END) | (CASE WHEN (("~scenario.own1") AND ("~scenario.t1" < "credit_limit")) THEN CAST(2 AS UTINYINT) ELSE CAST(0 AS UTINYINT) END)) AS "~scenario.restricts",
  ((CASE WHEN (("~scenario.own0") AND ("~scenario.t0" < "credit_limit")) THEN CAST(1 AS UTINYINT) ELSE CAST(0 AS UTINYINT) END) | (CASE WHEN (("~scenario.own1") AND ("~scenario.t1" < "credit_limit")) THEN CAST(2 AS UTINYINT) ELSE CAST(0 AS UTINYINT) END)) AS "~scenario.bites",
  ((CASE WHEN "~scenario.unk0" THEN CAST(1 AS UTINYINT) ELSE CAST(0 AS UTINYINT) END) | (CASE WHEN "~scenario.unk1" THEN CAST(2 AS UTINYINT) ELSE CAST(0 AS UTINYINT) END)) AS "~scenario.unknown",
  (CASE WHEN ("~scenario.slot" < 0) THEN 0 ELSE GREATEST("~scenario.new_limit" - "balance", 0) END) AS "~scenario.undrawn",
  (CASE WHEN ("~scenario.slot" < 0) THEN 0 ELSE GREATEST("~scenario.new_limit" - "balance", 0) END) AS "~scenario.user_undrawn"
FROM (
SELECT
  *,
  CAST((CASE WHEN ("~scenario.own0" AND ("~scenario.t0" = "~scenario.new_limit") AND ("~scenario.new_limit" < "credit_limit")) THEN 0 WHEN ("~scenario.own1" AND ("~scenario.t1" = "~scenario.new_limit") AND ("~scenario.new_limit" < "credit_limit")) THEN 1 ELSE 2 END) AS UTINYINT) AS "~scenario.slot"
FROM (
SELECT
  *,
  LEAST((CASE WHEN "~scenario.own0" THEN "~scenario.t0" ELSE "credit_limit" END), (CASE WHEN "~scenario.own1" THEN "~scenario.t1" ELSE "credit_limit" END)) AS "~scenario.new_limit"
FROM (
SELECT
  *,
  "~scenario.if0" AS "~scenario.own0",
  ("~scenario.if0" IS NULL) AS "~scenario.unk0",
  (CASE WHEN ("~scenario.raw0" IS NULL) THEN NULL ELSE LEAST(GREATEST((("~scenario.raw0" // 50000) * 50000), 0), "credit_limit") END) AS "~scenario.t0",
  "~scenario.if1" AS "~scenario.own1",
  ("~scenario.if1" IS NULL) AS "~scenario.unk1",
  (CASE WHEN ("~scenario.raw1" IS NULL) THEN NULL ELSE LEAST(GREATEST((("~scenario.raw1" // 50000) * 50000), 0), "credit_limit") END) AS "~scenario.t1"
FROM (
SELECT
  *,
  CASE WHEN COALESCE("~scenario.if0", TRUE) THEN ((("credit_limit" // 1000000) * 700000) + ((("credit_limit" % 1000000) * 700000) // 1000000)) ELSE NULL END AS "~scenario.raw0",
  CASE WHEN COALESCE("~scenario.if1", TRUE) THEN CAST(100000 AS BIGINT) ELSE NULL END AS "~scenario.raw1"
FROM (
SELECT
  *,
  ("days_past_due" >= 30) AS "~scenario.if0",
  ("score" < 600000000) AS "~scenario.if1"
FROM accounts
) AS source
) AS source
) AS source
) AS source
) AS source
