# SPDX-License-Identifier: GPL-3.0-or-later
#
# What the contract says of figures that R has no answer to, held against peil's rows alone. Sourced
# by differential.R.

has_flag <- function(rows, word) {
    vapply(strsplit(rows$flag, " ", fixed = TRUE), function(words) word %in% words, TRUE)
}

is_close <- function(text, value) {
    text != "" & abs(as.numeric(text) - value) <= tolerance * pmax(abs(value), 1e-300)
}

# At exactly 0 percent every interval is [0, 1 - (alpha/2)^(1/n)], at 100 percent its mirror.
right_at_boundary <- function(rows, level) {
    reach <- 100 * (1 - ((1 - level) / 2)^(1 / as.numeric(rows$n)))
    zero <- rows$cases == "0"
    has_flag(rows, "boundary") &
        is_close(rows$ci_low, ifelse(zero, 0, 100 - reach)) &
        is_close(rows$ci_high, ifelse(zero, reach, 100))
}

# The rows that a rule is about, and which of them keep it.
rules_of_table <- function(rows, level) {
    n <- as.numeric(rows$n)
    df <- as.numeric(rows$df)
    some <- function(...) rowSums(rows[c(...)] != "") > 0
    is_share <- rows$cases != "" & n > 0 & rows$estimate %in% c("0", "100")
    list("nobody: empty" = list(n == 0, !some("estimate", "se", "ci_low", "ci_high", "deff")),
         "no figure: empty" = list(n > 0 & rows$estimate == "",
                                   !some("se", "ci_low", "ci_high", "n_eff", "deff", "df")),
         "no df: no interval, flag" = list(n > 0 & df %in% c(0, -1), !some("ci_low", "ci_high") &
                                           has_flag(rows, "df")),
         "0 or 100 percent" = list(is_share & df > 0, right_at_boundary(rows, level)),
         "se at least 0" = list(rows$se != "", as.numeric(rows$se) >= 0),
         "bounds in order" = list(rows$ci_low != "" & rows$ci_high != "",
                                  as.numeric(rows$ci_low) <= as.numeric(rows$ci_high)))
}

rules_of_compare <- function(rows, level) {
    nobody <- rows$estimate == "" | rows$reference_estimate == ""
    list("nobody: empty" = list(nobody, rows$difference == "" & rows$p == ""),
         "p in 0..1" = list(rows$p != "", as.numeric(rows$p) >= 0 & as.numeric(rows$p) <= 1),
         "p not adjusted down" = list(rows$p_adjusted != "",
                                      as.numeric(rows$p_adjusted) >= as.numeric(rows$p)))
}

rules_of_weight <- function(rows, level) {
    list("every target met" = list(rows$target != "", is_close(rows$achieved, as.numeric(rows$target))))
}

# A data frame of rule, how many rows it is about, and how many break it.
documented <- function(rows, words) {
    at <- match("--level", words)
    level <- if (is.na(at)) 0.95 else as.numeric(words[at + 1]) / 100
    rules_of <- list(table = rules_of_table, compare = rules_of_compare, weight = rules_of_weight)
    rules <- rules_of[[words[1]]](rows, level)
    of_rule <- function(name) {
        about <- which(rules[[name]][[1]])
        data.frame(rule = name, rows = length(about), broken = sum(!rules[[name]][[2]][about]))
    }
    do.call(rbind, lapply(names(rules), of_rule))
}
