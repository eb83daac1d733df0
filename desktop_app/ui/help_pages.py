"""What the pages under the desk show, as the help explains it."""

from __future__ import annotations

from desktop_app.domain.problems import Message, message

TRADE_OFF: tuple[tuple[Message, Message], ...] = (
    (
        message("Heatmap"),
        message(
            "One figure at every pair of two thresholds, at up to fifty places each, all counted exactly in one pass "
            "over the whole book. It shows the lens, or a figure of its own."
        ),
    ),
    (
        message("Contour of a goal"),
        message("The border between pairs that meet the goal and pairs that do not; nothing between them is guessed."),
    ),
    (
        message("Efficient frontier"),
        message(
            "The pairs that no other pair of the grid beats: none has less of the one figure without having less of "
            "the other. An empty circle misses a goal."
        ),
    ),
    (
        message("Adopting a pair"),
        message("A click, or Enter, sets both thresholds in one step, which undo takes back."),
    ),
    (
        message("Near the present lines"),
        message(
            "An eighth of the range round where each threshold stands, in finer steps, for fields with long tails."
        ),
    ),
)

RISK: tuple[tuple[Message, Message], ...] = (
    (
        message("Stress"),
        message(
            "The scenario's policy under named shocks to balances, incomes, scores, odds of default and LGD, with and "
            "without the policy; the tip of a row says what it changes. The scenario's own stress stands first."
        ),
    ),
    (
        message("Loss curve"),
        message("The loss of the whole book at eight quantiles, by the asset correlation that is assumed."),
    ),
    (
        message("By score, arrears and stage"),
        message(
            "Exposure and expected loss of the accounts in each band. Stage 2 begins above 30 days past due and stage "
            "3 above 90: the backstop alone."
        ),
    ),
    (
        message("Concentration"),
        message("The sum of the squared shares of EAD over the groups of a column (HHI), and the largest group."),
    ),
)
