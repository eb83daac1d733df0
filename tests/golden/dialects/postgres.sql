SELECT
  "account_id",
  CASE
    WHEN "greyline_slot" = 0
    THEN 'blocked'
    WHEN "greyline_slot" = 1
    THEN 'referred'
    WHEN "greyline_slot" = 2
    THEN 'referred'
    WHEN "greyline_slot" = 3
    THEN 'reduced'
    WHEN "greyline_slot" = 4
    THEN 'reduced'
    WHEN "greyline_slot" = 5
    THEN 'raised'
    WHEN "greyline_slot" = 6
    THEN 'unchanged'
    ELSE CAST(NULL AS TEXT)
  END AS "outcome",
  CASE
    WHEN "greyline_slot" = 0
    THEN 'low'
    WHEN "greyline_slot" = 1
    THEN 'unsure'
    WHEN "greyline_slot" = 2
    THEN 'person'
    WHEN "greyline_slot" = 3
    THEN 'burden'
    WHEN "greyline_slot" = 4
    THEN 'person'
    WHEN "greyline_slot" = 5
    THEN 'good'
    ELSE CAST(NULL AS TEXT)
  END AS "reason",
  CAST((
    CAST("greyline_new_limit" AS DECIMAL(18, 0)) * CAST('0.01' AS DECIMAL(3, 2))
  ) AS DECIMAL(18, 2)) AS "new_limit"
FROM (
  SELECT
    *,
    CAST((
      CASE
        WHEN "greyline_own0"
        THEN 0
        WHEN (
          "greyline_own1" OR "greyline_ref1"
        )
        THEN 1
        WHEN "greyline_ref3"
        THEN 2
        WHEN (
          "greyline_own2"
          AND (
            "greyline_t2" = "greyline_new_limit"
          )
          AND (
            "greyline_new_limit" < "credit_limit"
          )
        )
        THEN 3
        WHEN (
          "greyline_own3"
          AND (
            "greyline_t3" = "greyline_new_limit"
          )
          AND (
            "greyline_new_limit" < "credit_limit"
          )
        )
        THEN 4
        WHEN (
          "greyline_own4"
          AND (
            "greyline_t4" = "greyline_new_limit"
          )
          AND (
            "greyline_new_limit" > "credit_limit"
          )
        )
        THEN 5
        ELSE 6
      END
    ) AS SMALLINT) AS "greyline_slot"
  FROM (
    SELECT
      *,
      (
        CASE
          WHEN (
            "greyline_own0"
            OR (
              "greyline_own1" OR "greyline_ref1"
            )
            OR "greyline_own2"
            OR (
              "greyline_own3" OR "greyline_ref3"
            )
          )
          THEN LEAST(
            (
              CASE WHEN "greyline_own2" THEN "greyline_t2" ELSE "credit_limit" END
            ),
            (
              CASE WHEN "greyline_own3" THEN "greyline_t3" ELSE "credit_limit" END
            )
          )
          ELSE (
            CASE
              WHEN "greyline_own4"
              THEN (
                CASE WHEN "greyline_own4" THEN "greyline_t4" ELSE 4611686018427387904 END
              )
              ELSE "credit_limit"
            END
          )
        END
      ) AS "greyline_new_limit"
    FROM (
      SELECT
        *,
        "greyline_if0" AS "greyline_own0",
        (
          "greyline_if0" IS NULL
        ) AS "greyline_unk0",
        "greyline_if1" AS "greyline_own1",
        (
          "greyline_if1" IS NULL
        ) AS "greyline_unk1",
        (
          "greyline_if1" IS NULL
        ) AS "greyline_ref1",
        "greyline_if2" AS "greyline_own2",
        (
          "greyline_if2" IS NULL
        ) AS "greyline_unk2",
        (
          CASE
            WHEN (
              "greyline_raw2" IS NULL
            )
            THEN NULL
            ELSE LEAST(
              GREATEST((
                (
                  "greyline_raw2" / 10000
                ) * 10000
              ), 50000, "balance"),
              "credit_limit"
            )
          END
        ) AS "greyline_t2",
        (
          (
            COALESCE("greyline_if3", TRUE)
          )
          AND (
            NOT (
              "greyline_raw3" IS NULL
            )
          )
        ) AS "greyline_own3",
        (
          (
            "greyline_if3" IS NULL
          )
          OR (
            (
              COALESCE("greyline_if3", TRUE)
            ) AND (
              "greyline_raw3" IS NULL
            )
          )
        ) AS "greyline_unk3",
        (
          (
            COALESCE("greyline_if3", TRUE)
          ) AND (
            "greyline_raw3" IS NULL
          )
        ) AS "greyline_ref3",
        (
          CASE
            WHEN (
              "greyline_raw3" IS NULL
            )
            THEN NULL
            ELSE LEAST(
              GREATEST((
                (
                  "greyline_raw3" / 10000
                ) * 10000
              ), 50000, "balance"),
              "credit_limit"
            )
          END
        ) AS "greyline_t3",
        "greyline_if4" AS "greyline_own4",
        (
          "greyline_if4" IS NULL
        ) AS "greyline_unk4",
        (
          CASE
            WHEN (
              "greyline_raw4" IS NULL
            )
            THEN NULL
            ELSE GREATEST((
              (
                "greyline_raw4" / 10000
              ) * 10000
            ), "credit_limit")
          END
        ) AS "greyline_t4"
      FROM (
        SELECT
          *,
          CASE
            WHEN COALESCE("greyline_if2", TRUE)
            THEN (
              (
                (
                  "credit_limit" / 1000000
                ) * 600000
              ) + (
                (
                  (
                    "credit_limit" % 1000000
                  ) * 600000
                ) / 1000000
              )
            )
            ELSE NULL
          END AS "greyline_raw2",
          CASE
            WHEN COALESCE("greyline_if3", TRUE)
            THEN (
              (
                (
                  "income_monthly" / 1000000
                ) * 1500000
              ) + (
                (
                  (
                    "income_monthly" % 1000000
                  ) * 1500000
                ) / 1000000
              )
            )
            ELSE NULL
          END AS "greyline_raw3",
          CASE WHEN COALESCE("greyline_if4", TRUE) THEN CAST(2000000 AS BIGINT) ELSE NULL END AS "greyline_raw4"
        FROM (
          SELECT
            *,
            (
              "score" < (
                CASE WHEN (
                  "segment" = 'o''brien'
                ) THEN 640000000 ELSE 600000000 END
              )
            ) AS "greyline_if0",
            (
              "kyc_complete" = FALSE
            ) AS "greyline_if1",
            (
              "dti" > 7000
            ) AS "greyline_if2",
            (
              "user_limit" > 20000000
            ) AS "greyline_if3",
            (
              NOT (
                "pd" >= 20000
              )
            ) AS "greyline_if4"
          FROM (
            SELECT
              *,
              CAST((
                CASE
                  WHEN (
                    (
                      "debt_service_monthly" IS NULL
                    )
                    OR (
                      "income_monthly" IS NULL
                    )
                    OR (
                      (
                        "debt_service_monthly" = 0
                      ) AND (
                        "income_monthly" = 0
                      )
                    )
                  )
                  THEN NULL
                  WHEN (
                    (
                      "income_monthly" = 0
                    )
                    OR (
                      (
                        "debt_service_monthly" / 11
                      ) > "income_monthly"
                    )
                  )
                  THEN 100000
                  ELSE LEAST(
                    (
                      (
                        (
                          20000 * "debt_service_monthly"
                        ) + "income_monthly"
                      ) / (
                        2 * "income_monthly"
                      )
                    ),
                    100000
                  )
                END
              ) AS INT) AS "dti",
              CAST(SUM("credit_limit") OVER (PARTITION BY "user_id") AS BIGINT) AS "user_limit"
            FROM (
              SELECT
                "account_id",
                COALESCE("user_id", "account_id") AS "user_id",
                CAST((
                  CAST("credit_limit" AS DECIMAL(18, 2)) * 100
                ) AS BIGINT) AS "credit_limit",
                CAST((
                  CAST("balance" AS DECIMAL(18, 2)) * 100
                ) AS BIGINT) AS "balance",
                CAST((
                  CAST("score" AS DECIMAL(18, 6)) * 1000000
                ) AS BIGINT) AS "score",
                CAST((
                  CAST("pd" AS DECIMAL(9, 6)) * 1000000
                ) AS BIGINT) AS "pd",
                CAST((
                  CAST("income_monthly" AS DECIMAL(18, 2)) * 100
                ) AS BIGINT) AS "income_monthly",
                CAST((
                  CAST("debt_service_monthly" AS DECIMAL(18, 2)) * 100
                ) AS BIGINT) AS "debt_service_monthly",
                "kyc_complete",
                "segment"
              FROM accounts
              OFFSET 0
            ) AS source
            OFFSET 0
          ) AS source
          OFFSET 0
        ) AS source
        OFFSET 0
      ) AS source
      OFFSET 0
    ) AS source
    OFFSET 0
  ) AS source
  OFFSET 0
) AS source
