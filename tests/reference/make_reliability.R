# SPDX-License-Identifier: GPL-3.0-or-later
# What the presentation standards of the National Center for Health Statistics say of figures, step
# by step as their reports tell it. Writes reliability.csv in the folder expected beside this script:
#     Rscript make_reliability.R
script <- sub("^--file=", "", grep("^--file=", commandArgs(FALSE), value = TRUE))
folder <- file.path(if (length(script)) dirname(script) else ".", "expected")

# Korn and Graubard's interval at 95%, the effective size at most n; at the ends that of n.
width <- function(p, se, n, df) {
    if (p == 0 || p == 1) return(1 - .025^(1 / n))
    m <- min(n, p * (1 - p) / se^2 * (qt(.975, n - 1) / qt(.975, df))^2)
    qbeta(.975, m * p + 1, m * (1 - p)) - qbeta(.025, m * p, m * (1 - p) + 1)
}

# Series 2, number 175: Table II, from top to bottom.
proportion <- function(p, se, n, df) {
    none <- p == 0 || p == 1
    n_eff <- if (none) n else min(n, p * (1 - p) / se^2)
    if (df <= 0 || n < 30 || n_eff < 30) return("suppress")
    w <- width(p, se, n, df)
    if (w >= .30) return("suppress")
    if (w > .05 && (p == 0 || w / p > 1.30)) return("suppress")
    complement <- !none && w > .05 && w / (1 - p) > 1.30
    review <- df < 8 || none
    if (review && complement) "review footnote" else if (review) "review" else
        if (complement) "footnote" else "present"
}

# Series 2, number 200: Table A and equation 24.
count <- function(x, se, n, df, n_eff) {
    if (n < 10 || n_eff < 10) return("suppress")
    k <- qt(.975, min(n_eff, n) - 1) * se / x
    if ((exp(log(x) + k) - exp(log(x) - k)) / x > 1.60) return("suppress")
    if (df < 8) "review" else "present"
}

shares <- expand.grid(value = c(0, .004, .02, .06, .11, .3, .5, .86, .97, .996, 1),
                      n = c(12, 29, 30, 55, 80, 200, 1500, 40000), deff = c(.7, 1, 1.8, 4),
                      df = c(0, 3, 7, 8, 40))
shares$se <- with(shares, sqrt(deff * value * (1 - value) / n))
shares$verdict <- mapply(proportion, shares$value, shares$se, shares$n, shares$df)

counts <- expand.grid(value = c(900, 21000), n = c(4, 9, 10, 14, 40, 900), deff = c(1, 1.3, 2.5),
                      cv = c(.02, .2, .31, .33, .4, .8), df = c(3, 7, 8, 90))
counts$se <- with(counts, value * cv)
counts$n_eff <- with(counts, n / deff)
counts$verdict <- with(counts, mapply(count, value, se, n, df, n_eff))

number <- function(x) sprintf("%.17g", x)
rows <- rbind(
    with(shares, data.frame(of = "share", value = number(value), se = number(se), n, df, n_eff = "",
                            verdict)),
    with(counts, data.frame(of = "count", value = number(value), se = number(se), n, df,
                            n_eff = number(n_eff), verdict)))
write.table(rows, file.path(folder, "reliability.csv"), sep = ",", quote = FALSE, row.names = FALSE)
