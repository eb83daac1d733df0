SELECT
  *,
  (((NOT ("~scenario.slot" < 0)) AND (("~scenario.slot" < 2))) AND ("~scenario.new_limit" < "credit_limit")) AS "~scenario.cut",
  CAST((CASE WHEN "~scenario.slot" < 1 THEN 1 WHEN "~scenario.slot" < 2 THEN 2 ELSE 5 END) AS UTINYINT) AS "~scenario.outcome",
  (CASE WHEN (("~scenario.own0") OR ("~scenario.ref0")) THEN CAST(1 AS UTINYINT) ELSE CAST(0 AS UTINYINT) END) AS "~scenario.fires",
  (CASE WHEN (("~scenario.ref0") OR ((("~scenario.own0") AND ("~scenario.t0" < "credit_limit")))) THEN CAST(1 AS UTINYINT) ELSE CAST(0 AS UTINYINT) END) AS "~scenario.restricts",
  (CASE WHEN (("~scenario.ref0") OR ((("~scenario.own0") AND ("~scenario.t0" < "credit_limit")))) THEN CAST(1 AS UTINYINT) ELSE CAST(0 AS UTINYINT) END) AS "~scenario.bites",
  (CASE WHEN "~scenario.unk0" THEN CAST(1 AS UTINYINT) ELSE CAST(0 AS UTINYINT) END) AS "~scenario.unknown",
  (CASE WHEN ("~scenario.slot" < 0) THEN 0 ELSE GREATEST("~scenario.new_limit" - "balance", 0) END) AS "~scenario.undrawn",
  (CASE WHEN ("~scenario.slot" < 0) THEN 0 ELSE GREATEST("~scenario.new_limit" - "balance", 0) END) AS "~scenario.user_undrawn"
FROM (
SELECT
  *,
  CAST((CASE WHEN "~scenario.ref0" THEN 0 WHEN ("~scenario.own0" AND ("~scenario.t0" = "~scenario.new_limit") AND ("~scenario.new_limit" < "credit_limit")) THEN 1 ELSE 2 END) AS UTINYINT) AS "~scenario.slot"
FROM (
SELECT
  *,
  (CASE WHEN "~scenario.own0" THEN "~scenario.t0" ELSE "credit_limit" END) AS "~scenario.new_limit"
FROM (
SELECT
  *,
  ((COALESCE("~scenario.if0", TRUE)) AND (NOT ("~scenario.raw0" IS NULL))) AS "~scenario.own0",
  ((("~scenario.if0") IS NULL) OR ((COALESCE("~scenario.if0", TRUE)) AND ((("~scenario.raw0") IS NULL)))) AS "~scenario.unk0",
  ((COALESCE("~scenario.if0", TRUE)) AND ((("~scenario.raw0") IS NULL))) AS "~scenario.ref0",
  (CASE WHEN ("~scenario.raw0" IS NULL) THEN NULL ELSE LEAST(GREATEST((("~scenario.raw0" // 10000) * 10000), 50000, "balance"), "credit_limit") END) AS "~scenario.t0"
FROM (
SELECT
  *,
  CASE WHEN COALESCE("~scenario.if0", TRUE) THEN ((("income_monthly" // 1000000) * 2000000) + ((("income_monthly" % 1000000) * 2000000) // 1000000)) ELSE NULL END AS "~scenario.raw0"
FROM (
SELECT
  *,
  ("score" < 600000000) AS "~scenario.if0"
FROM accounts
) AS source
) AS source
) AS source
) AS source
) AS source
