# SPDX-License-Identifier: GPL-3.0-or-later
# What describe should say of some files, by R: Rscript make_describe.R, in this folder. A line for
# each variable; for numbers above 0 also Kish's design effect of them as weights, and for variables
# of at most twelve values the weighted percentage of each.
files <- list(nhanes = "WTMEC2YR", apistrat = "pw", yrbs = "weight")

# "1=630=45.376169": value, rows, weighted percentage.
percentages <- function(x, w) {
    x <- factor(x)
    if (nlevels(x) > 12) return("")
    sums <- tapply(w, x, sum)
    paste(sprintf("%s=%d=%.6f", levels(x), table(x), 100 * sums / sum(sums)), collapse = "|")
}

describe <- function(name, weight) {
    d <- read.csv(sprintf("../../datasets/%s/%s.csv", name, name), na.strings = "",
                  colClasses = "character")
    do.call(rbind, lapply(names(d), function(variable) {
        x <- text <- d[[variable]] # a code with a leading zero is text
        if (!any(grepl("^0[0-9]", text))) x <- type.convert(text, as.is = TRUE, na.strings = "")
        n <- as.numeric(if (is.character(x)) NULL else x[!is.na(x)])
        is_above <- length(n) > 0 && all(n > 0)
        data.frame(file = name, weight = weight, variable = variable,
                   distinct = length(unique(x[!is.na(x)])), missing = sum(is.na(x)),
                   min = if (length(n)) min(n) else NA, max = if (length(n)) max(n) else NA,
                   sum = if (is_above) sum(n) else NA,
                   deff = if (is_above) length(n) * sum(n^2) / sum(n)^2 else NA,
                   percent = percentages(text, as.numeric(d[[weight]])))
    }))
}

all <- do.call(rbind, Map(describe, names(files), files))
is_real <- vapply(all, is.double, TRUE)
all[is_real] <- lapply(all[is_real], function(x) ifelse(is.na(x), "", sprintf("%.17g", x)))
write.table(all, "expected/describe.tsv", sep = "\t", row.names = FALSE, quote = FALSE)
