# SPDX-License-Identifier: GPL-3.0-or-later
#
# Holds the rows of both sides against each other, and keeps count. Sourced by differential.R.

tolerance <- 1e-9

key_of <- function(rows, keys) {
    rows[is.na(rows)] <- ""
    do.call(paste, c(unname(rows[keys]), sep = "\r"))
}

# Below 1e-25 is what 113 bits round 0 to.
relative <- function(a, b) if (max(abs(a), abs(b)) < 1e-25) 0 else abs(a - b) / max(abs(a), abs(b))

# What becomes of a pair of values.
outcome_of <- function(r, p) {
    if (r == not_compared) return("not compared")
    there <- c(!r %in% c("", failed), p != "")
    if (all(there)) "compared"
    else if (there[2]) "peil alone"
    else if (there[1]) "R alone"
    else "neither"
}

# A row of each side: a data frame of column, outcome and difference.
compare_row <- function(r, p, columns) {
    figure <- intersect(c("estimate", "difference"), columns)
    if (any(r[figure] == "" & p[figure] == "")) r["df"] <- not_compared # of no figure
    outcome <- mapply(outcome_of, r[columns], p[columns])
    difference <- rep(NA, length(columns))
    both <- outcome == "compared"
    difference[both] <- as.numeric(mapply(relative, as.numeric(r[columns[both]]),
                                          as.numeric(p[columns[both]])))
    data.frame(column = columns, outcome = unname(outcome), difference = difference)
}

# R's rows are found in peil's by their keys. peil has more only where `compare` has nobody on one
# side.
compare_rows <- function(r, p) {
    keys <- setdiff(intersect(names(r), names(p)), value_columns)
    columns <- intersect(names(r), value_columns)
    found <- match(key_of(r, keys), key_of(p, keys))
    if (anyNA(found)) stop("a row of R's is missing")
    extra <- p[setdiff(seq_len(nrow(p)), found), ]
    if (nrow(extra) && !all(extra$difference == "")) stop("a row that R has not")
    r <- as.matrix(r[columns])
    p <- as.matrix(p[found, columns])
    do.call(rbind, lapply(seq_len(nrow(r)), function(i) {
        data.frame(row = found[i], compare_row(setNames(r[i, ], columns), setNames(p[i, ], columns),
                                               columns))
    }))
}

is_wrong <- function(comparison) {
    comparison$outcome == "R alone" |
        (comparison$outcome == "compared" & !(comparison$difference <= tolerance))
}

describe_wrong <- function(comparison) {
    wrong <- comparison[is_wrong(comparison), ]
    sprintf("row %d, %s: %s", wrong$row, wrong$column,
            ifelse(wrong$outcome == "compared", sprintf("differs by %.2g", wrong$difference),
                   "only R has it"))
}

# One line a column: how many were compared and the worst, and how many peil alone could answer.
summary_of <- function(comparisons) {
    columns <- intersect(value_columns, comparisons$column)
    of_column <- function(column) {
        d <- comparisons[comparisons$column == column, ]
        compared <- d$difference[d$outcome == "compared"]
        data.frame(column = column, compared = length(compared), worst = max(compared, 0),
                   equal = sum(compared == 0), peil_alone = sum(d$outcome == "peil alone"),
                   neither = sum(d$outcome == "neither"))
    }
    do.call(rbind, lapply(columns, of_column))
}
