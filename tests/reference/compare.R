# SPDX-License-Identifier: GPL-3.0-or-later
#
# Differences, tests and trends, from R's survey package. Sourced by make_reference.R.

# ---- differences ---------------------------------------------------------------------------------

# Pairs of values of --over; the reference of `rest` is everybody else in the cell.
pairs_of <- function(values, against) {
    if (against == "previous") return(data.frame(period = values[-1], reference = head(values, -1)))
    if (against == "rest") return(data.frame(period = values, reference = NA))
    base <- if (against == "first") values[1] else against
    data.frame(period = setdiff(values, base), reference = base)
}

# The variance of influences. What a lonely unit is held against depends on who may have any.
variance_in <- function(z, design, fig, rows, lonely) {
    members <- rows & !is.na(fig$y)
    switch(lonely, adjust = adjusted_in(z, design, members),
           average = if (is_calibrated(design)) variance_of(z, design)
                     else variance_of(z[which(members)], design[which(members), ]),
           variance_of(z, design))
}

# The estimate of R's own function and the influence must tell the same story.
checked_influence <- function(fig, design, rows, options) {
    lonely <- lonely_of(options)
    fig <- with_rules(fig, design, rows, options)
    z <- influence_of(fig, design, rows)
    e <- plain_estimate(fig, valid_design(design, fig, rows))
    adjusted <- fig$type == "quantile" && !is.null(fig$adjusted)
    if (!is.na(e$se) && !adjusted) {
        own <- variance_in(z, design, fig, rows, if (lonely == "adjust") "average" else lonely)
        stopifnot(all.equal(sqrt(own), e$se, tolerance = 1e-9))
    }
    list(z = z, estimate = exact_share(fig, design, rows, e$estimate))
}

# R's share of nobody, or of everybody, may be off by its rounding.
exact_share <- function(fig, design, rows, estimate) {
    y <- fig$y[which(rows & !is.na(fig$y) & weights_of(design) > 0)]
    if (fig$percent && length(unique(y)) == 1) y[1] else estimate
}

lonely_of <- function(options) option(options, "lonely-psu", "fail")

# The figures of some sets of rows, and the variance of their sum, each times its factor.
sampled_contrast <- function(fig, design, sets, factors, options) {
    parts <- lapply(sets, function(rows) checked_influence(fig, design, rows, options))
    z <- Reduce(`+`, Map(function(part, factor) factor * part$z, parts, factors))
    rows <- Reduce(`|`, sets)
    list(estimates = sapply(parts, `[[`, "estimate"),
         variance = if (anyNA(z)) NA
                    else variance_in(z, design, fig, rows, lonely_of(options)),
         df = degrees_of_freedom(option(options, "df", "subset"), design,
                                 valid_design(design, fig, rows)))
}

replicated_contrast <- function(fig, design, sets, factors, options) {
    parts <- lapply(sets, function(rows) replicate_part(fig, design, rows, options))
    figures <- Reduce(`+`, Map(function(part, factor) factor * part$figures, parts, factors))
    whole <- sum(factors * sapply(parts, `[[`, "whole"))
    list(estimates = sapply(parts, `[[`, "estimate"),
         variance = replicate_variance(figures, whole, design),
         df = replicate_df(option(options, "df", "subset"), fig, design, Reduce(`|`, sets)))
}

# A contrast with its t test; `named` are the figures to show: the period's, and the reference's.
# Contract: df as for all cells together; svyttest takes one less.
contrast_values <- function(fig, design, sets, factors, named, options) {
    if (any(sapply(sets, function(rows) lacks_class(fig, design, rows)))) {
        stop("nobody in a class of the standard")
    }
    contrast <- if (is_replicated(design)) replicated_contrast else sampled_contrast
    e <- contrast(fig, design, sets, factors, options)
    d <- structural_zero(sum(factors * e$estimates), sum(abs(factors)) * max(abs(e$estimates)))
    size <- if (fig$percent) 1 else max(abs(c(e$estimates, d)))
    se <- structural_zero(sqrt(e$variance), size)
    t <- if (e$df > 0) qt((1 + level_of(options)) / 2, e$df) else NA
    list(estimate = e$estimates[named[1]], reference_estimate = e$estimates[named[2]],
         difference = d, se = se, ci_low = d - t * se, ci_high = d + t * se,
         statistic = if (e$df > 0) d / se else NA, df = e$df,
         p = if (isTRUE(se > 0)) 2 * pt(-abs(d / se), e$df) else NA)
}

percent_of <- function(fig, e) {
    columns <- c("estimate", "reference_estimate", "difference", "se", "ci_low", "ci_high")
    if (fig$percent) in_percent(e, columns) else e
}

difference <- function(fig, design, one, other, options) {
    contrast_values(fig, design, list(one, other), c(1, -1), 1:2, options)
}

# ---- rules ---------------------------------------------------------------------------------------

# The respondents of both groups who answered, on whom the whole question is tested.
# Contract: R takes df and N over rows with a missing answer or a weight of 0 too; they are outside
# the domain here. (A row without influence on the totals takes no part in the variance.)
question_design <- function(design, answers, one, members) {
    design$variables$.group <- ifelse(one, 1, 2)
    design$variables$.answer <- answers
    if (is_calibrated(design)) { # whose rows stay, with a weight of 0
        others <- setdiff(seq_along(answers), members)
        design$variables[others, c(".group", ".answer")] <-
            design$variables[members[1], c(".group", ".answer")]
    }
    design[members, ]
}

# The covariance of the totals of the cells, in the influences z of all rows.
# Contract: under "adjust" that of survey 4.5, see adjusted_variance; cov(s, t) is half of what
# v(s + t) has more than v(s) + v(t).
total_covariance <- function(z, design, members, lonely) {
    if (lonely != "adjust") {
        sub <- design[members, ]
        return(survey:::svyrecvar(z[members, ], sub$cluster, sub$strata, sub$fpc))
    }
    v <- function(x) adjusted_in(x, design, seq_len(nrow(design)) %in% members)
    own <- apply(z, 2, v)
    both <- sapply(seq_len(ncol(z)), function(i) apply(z + z[, i], 2, v))
    (both - outer(own, own, "+")) / 2
}

# The cells of the table of .group by .answer: 1 for who is in each, in all rows of the design.
cells_in <- function(sub, design, members) {
    groups <- unique(sub$variables$.group)
    answers <- unique(sub$variables$.answer)
    row <- rep(1:2, each = length(answers))
    column <- rep(seq_along(answers), 2)
    y <- matrix(0, nrow(design), length(row))
    y[members, ] <- outer(sub$variables$.group, groups[row], "==") *
        outer(sub$variables$.answer, answers[column], "==")
    w <- rep(0, nrow(design))
    w[members] <- weights_of(sub)
    list(row = row, column = column, y = y, w = w, members = members, nu = degf(sub))
}

expected_of <- function(total, cells) {
    row <- as.vector(tapply(total, cells$row, sum))[cells$row]
    column <- as.vector(tapply(total, cells$column, sum))[cells$column]
    list(row = row, column = column, both = row * column / sum(total))
}

# svychisq's statistics from the covariance of the cells, the same where 4.1-1 has that right.
wald_test <- function(name, cells, design, lonely) {
    total <- colSums(cells$w * cells$y)
    v <- total_covariance(cells$w * cells$y, design, cells$members, lonely)
    n <- sum(total)
    e <- expected_of(total, cells)
    same_row <- outer(cells$row, cells$row, "==")
    same_column <- outer(cells$column, cells$column, "==")
    jacobian <- diag(length(total)) - same_row * e$column / n - same_column * e$row / n + e$both / n
    use <- cells$row == 2 & cells$column > 1
    y <- (total - e$both)[use]
    w <- as.numeric(y %*% solve((jacobian %*% v %*% t(jacobian))[use, use], y))
    k <- sum(use)
    ddf <- if (name == "Wald") cells$nu else cells$nu - k + 1
    f <- w * ddf / (k * cells$nu)
    list(statistic = f, parameter = c(k, ddf), p.value = pf(f, k, ddf, lower.tail = FALSE))
}

rao_scott_test <- function(name, cells, design, lonely) {
    p <- colSums(cells$w * cells$y) / sum(cells$w)
    z <- cells$w * sweep(cells$y, 2, p) / sum(cells$w)
    z[-cells$members, ] <- 0
    v <- total_covariance(z, design, cells$members, lonely)
    k <- max(cells$column) - 1
    answers <- rbind(rep(1, k), -diag(k))
    contrasts <- rbind(answers, -answers) * ifelse(p == 0, 0, 1 / p)
    effects <- solve(t(contrasts) %*% (p * contrasts), t(contrasts) %*% v %*% contrasts)
    expected <- expected_of(p, cells)$both
    spread <- sum(diag(effects))
    x <- sum((p - expected)^2 / expected) / spread
    d0 <- spread^2 / sum(diag(effects %*% effects))
    if (name == "Chisq") {
        return(list(statistic = x, parameter = k, spread = spread,
                    p.value = pchisq(k * x, k, lower.tail = FALSE)))
    }
    list(statistic = x, parameter = c(d0, d0 * cells$nu), spread = spread,
         p.value = pf(x, d0, d0 * cells$nu, lower.tail = FALSE))
}

# Which of svychisq's statistics a rule is.
chi_square_rules <- c("rao-scott" = "F", "rao-scott-1" = "Chisq", wald = "Wald",
                      adjwald = "adjWald")

# svychisq alone, of replicate or calibrated weights. Contract: nu is degf() of the respondents, where
# svychisq counts every unit of a calibrated design; or that of the design that replicates were made
# of (see replicate_df).
plain_test <- function(rule, sub, k, nu) {
    wald <- rule %in% c("wald", "adjwald")
    test <- suppressWarnings(svychisq(~.group + .answer, sub, statistic = if (wald) "Wald" else "F"))
    f <- as.numeric(test$statistic)
    d0 <- as.numeric(test$parameter[1])
    stopifnot(all.equal(as.numeric(test$p.value), tolerance = 1e-9,
                        pf(f, d0, as.numeric(test$parameter[2]), lower.tail = FALSE)))
    on_f <- function(f, ndf, ddf) {
        list(statistic = f, df = ddf, p = if (ddf > 0) pf(f, ndf, ddf, lower.tail = FALSE) else NaN)
    }
    switch(rule, "rao-scott" = on_f(f, d0, d0 * nu), wald = on_f(f, k, nu),
           adjwald = on_f(f * (nu - k + 1) / nu, k, nu - k + 1),
           "rao-scott-1" = list(statistic = k * f, df = k, p = pchisq(k * f, k, lower.tail = FALSE)))
}

# Contract: no test where R has none either: one answer in all, a group without answers, or (where R
# stops) a singular covariance; and where the data have no spread, R's 0/0.
question_test <- function(rule, fig, design, one, other, options) {
    answers <- fig$answers
    lonely <- lonely_of(options)
    none <- list(statistic = NA, df = NA, p = NA)
    members <- which((one | other) & !is.na(answers) & weights_of(design) > 0)
    sub <- question_design(design, answers, one, members)
    if (length(unique(sub$variables$.answer)) < 2 || length(unique(sub$variables$.group)) < 2) {
        return(none)
    }
    if (is_replicated(design) || is_calibrated(design)) {
        nu <- if (is_calibrated(design)) degf(sub)
              else replicate_df(option(options, "df", "subset"), fig, design, one | other)
        test <- tryCatch(plain_test(rule, sub, length(unique(sub$variables$.answer)) - 1, nu),
                         error = function(e) none)
        spreads <- is.finite(test$p) && test$statistic < 1e20 # or no covariance but its rounding
        return(if (spreads) test else none)
    }
    name <- chi_square_rules[[rule]]
    test <- tryCatch(svychisq(~.group + .answer, sub, statistic = name), error = function(e) none)
    if (!is.finite(c(test$p.value, NA)[1]) || rev(test$parameter)[1] <= 0) return(none)
    by_hand <- if (name %in% c("Wald", "adjWald")) wald_test else rao_scott_test
    mine <- by_hand(name, cells_in(sub, design, members), design, lonely)
    if (isTRUE(mine$spread < 1e-15)) return(none)
    stopifnot(lonely == "adjust" || isTRUE(all.equal(mine$p.value, as.numeric(test$p.value),
                                                     tolerance = 1e-7)))
    if (lonely == "adjust") test <- mine
    statistic <- as.numeric(test$statistic)
    df <- as.numeric(test$parameter[length(test$parameter)])
    # Contract: for the first order R prints X^2 as it is, and takes p from X^2 over the mean design
    # effect: that is shown here. F is X^2 over the sum of the design effects.
    if (name == "Chisq") statistic <- df * mine$statistic
    list(statistic = statistic, df = df, p = as.numeric(test$p.value))
}

# Contract: an interval that reaches the end of the data has a bound that is not known, but lies beyond
# the estimate. The others may settle it; without any bound nothing is said.
are_apart <- function(a, b) {
    if ((is.na(a$ci_low) && is.na(a$ci_high)) || (is.na(b$ci_low) && is.na(b$ci_high))) return(NA)
    if (isTRUE(a$ci_high < b$ci_low) || isTRUE(b$ci_high < a$ci_low)) return(TRUE)
    from <- function(e) if (is.na(e$ci_low)) e$estimate else e$ci_low
    to <- function(e) if (is.na(e$ci_high)) e$estimate else e$ci_high
    if (isTRUE(from(a) <= to(b)) && isTRUE(from(b) <= to(a))) FALSE else NA
}

# Rules overlap: no p, and whether the two intervals are apart.
overlap_test <- function(fig, design, one, other, options) {
    levels <- if (options$rule == "overlap") rep(option(options, "level", "95"), 2)
              else c("90", "95")
    bounds <- lapply(1:2, function(i) {
        options$level <- levels[i]
        rows <- list(one, other)[[i]]
        e <- add_interval(estimate_cell(fig, design, rows, options), fig, design, rows, options)
        is_quantile <- fig$type == "quantile" # whose bounds are there without an error
        if ((is.na(e$se) && !is_quantile) || e$df <= 0) e[c("ci_low", "ci_high")] <- NA
        e
    })
    apart <- are_apart(bounds[[1]], bounds[[2]])
    estimates <- sapply(bounds, `[[`, "estimate")
    alike <- all(estimates >= 0.995) || all(estimates < 0.005)
    if (options$rule != "overlap" && fig$percent && alike && !is.na(apart)) apart <- FALSE
    list(statistic = NA, df = NA, p = NA, significant = as.integer(apart))
}

compare_values <- function(fig, design, one, other, options) {
    e <- difference(fig, design, one, other, options)
    rule <- option(options, "rule", "t")
    if (rule %in% names(chi_square_rules)) {
        test <- question_test(rule, fig, design, one, other, options)
        e[names(test)] <- test
    } else if (rule != "t") {
        test <- overlap_test(fig, design, one, other, options)
        e[names(test)] <- test
    }
    percent_of(fig, e)
}

# ---- trends --------------------------------------------------------------------------------------

trend_degrees <- c(linear = 1, quadratic = 2, cubic = 3)

# The coefficient of u^degree in the least squares polynomial in u = (x - first) / (last - first):
# R's orthogonal polynomial contrast, over its own product with u^degree.
trend_contrast <- function(x, degree) {
    q <- contr.poly(length(x), scores = x)[, degree]
    q[abs(q) < 1e-14] <- 0 # in the middle of three
    q / sum(q * ((x - x[1]) / (x[length(x)] - x[1]))^degree)
}

# svycontrast on svyby(covmat = TRUE) must tell the same story as the influences.
check_trend <- function(fig, design, rows, over, contrast, e, options) {
    if (is_replicated(design) || is_calibrated(design)) return(invisible())
    if (!fig$type %in% c("mean", "total") || !is.null(options[["lonely-psu"]])) return(invisible())
    design$variables$.y <- fig$y
    design$variables$.over <- over
    sub <- valid_design(design, fig, rows, over = ~.over)
    by <- if (is.null(fig$shares)) svyby(~.y, ~.over, sub, covmat = TRUE,
                                         if (fig$type == "mean") svymean else svytotal)
          else svyglm(.y ~ 0 + factor(.over), sub) # svyby stops at weights that are standardised
    r <- svycontrast(by, contrast)
    stopifnot(all.equal(c(as.numeric(coef(r)), as.numeric(SE(r))), c(e$difference, e$se),
                        tolerance = 1e-9))
}

# Contract: values without a figure are passed over.
trend_values <- function(fig, design, inside, over, x, degree, options) {
    sets <- lapply(x, function(value) inside & over %in% value)
    contrast <- trend_contrast(x, degree)
    e <- contrast_values(fig, design, sets, contrast, c(length(x), 1), options)
    check_trend(fig, design, inside & over %in% x, over, contrast, e, options)
    percent_of(fig, e)
}

trend_rows <- function(fig, design, inside, over, key, options) {
    answered <- inside & !is.na(fig$y) & weights_of(design) > 0
    x <- sort(as.numeric(unique(over[answered])))
    degrees <- trend_degrees[seq_len(trend_degrees[[options$against]])]
    degrees <- degrees[degrees < length(x)]
    lapply(names(degrees), function(name) {
        values <- trend_values(fig, design, inside, as.numeric(over), x, degrees[[name]], options)
        c(key, period = text17(x[length(x)]), reference = sprintf("%s (%s)", text17(x[1]), name),
          vapply(values, text17, ""))
    })
}

# ---- rows ----------------------------------------------------------------------------------------

pair_rows <- function(fig, design, inside, over, pairs, key, options) {
    rows <- list()
    for (k in seq_len(nrow(pairs))) {
        one <- inside & over %in% pairs$period[k]
        other <- inside & (if (is.na(pairs$reference[k])) !one else over %in% pairs$reference[k])
        weighs <- weights_of(design) > 0 & !is.na(fig$y)
        if (!any(one & weighs) || !any(other & weighs)) next
        keys <- c(key, period = pairs$period[k])
        if (!is.na(pairs$reference[k])) keys <- c(keys, reference = pairs$reference[k])
        values <- vapply(compare_values(fig, design, one, other, options), text17, "")
        rows[[length(rows) + 1]] <- c(keys, values)
    }
    rows
}

# A level of the hierarchy is held against the rest of the area around it.
around <- function(over, options) {
    if (is.null(options$hierarchy) || !identical(options$against, "rest")) return(NULL)
    levels <- levels_of(read_text(options$hierarchy))
    above <- levels[seq_along(levels) > match(over, levels, nomatch = length(levels))]
    if (any(names_of(paste(options$by, collapse = ",")) %in% above)) NULL else head(above, 1)
}

within_around <- function(by, level) {
    if (is.null(level)) by else if (is.null(by)) level else paste(by, level, sep = ",")
}

bind_filled <- function(parts) {
    all <- unique(unlist(lapply(parts, names)))
    do.call(rbind, lapply(parts, function(part) {
        part[setdiff(all, names(part))] <- rep("", nrow(part))
        part[all]
    }))
}

compare_measure <- function(text, options, data, design) {
    bind_filled(lapply(names_of(options$over), function(over) {
        by <- within_around(options$by, around(over, options))
        compare_over(text, data$text[[over]], by, options, data, design)
    }))
}

compare_over <- function(text, over, by, options, data, design) {
    met <- met_by_all(options, data$any)
    cells <- all_cells(options, data$text, met, by)
    against <- option(options, "against", "previous")
    is_trend <- against %in% names(trend_degrees)
    values <- sorted_values(over[met])
    if (is_trend) stopifnot(length(values) > trend_degrees[[against]]) # else refused
    else pairs <- pairs_of(values, against)
    rows <- list()
    for (fig in asked_figures(text, data, options)) for (i in seq_len(nrow(cells))) {
        cell <- cells[i, , drop = FALSE]
        inside <- met & in_cell(cell, data$text)
        key <- c(measure = measure_name(text), category = fig$category, unlist(cell))
        rows <- c(rows, if (is_trend) trend_rows(fig, design, inside, over, key, options)
                        else pair_rows(fig, design, inside, over, pairs, key, options))
    }
    as.data.frame(do.call(rbind, rows))
}

# One family of tests, of which a whole question is one; the cases with --adjust have one measure.
adjust_all <- function(rows, options) {
    method <- c(bonferroni = "bonferroni", holm = "holm", bh = "BH")[option(options, "adjust", "-")]
    if (is.na(method)) return(rows)
    alpha <- 1 - as.numeric(option(options, "level", "95")) / 100
    is_question <- option(options, "rule", "t") %in% names(chi_square_rules)
    keys <- setdiff(names(rows), c(value_columns, if (is_question) "category"))
    first <- !duplicated(rows[keys])
    test <- match(do.call(paste, rows[keys]), do.call(paste, rows[first, keys, drop = FALSE]))
    adjusted <- p.adjust(as.numeric(rows$p[first]), method)[test]
    rows$p_adjusted <- vapply(adjusted, text17, "")
    rows$significant <- ifelse(is.na(adjusted), "", ifelse(adjusted <= alpha, "1", "0"))
    rows
}

case_compare <- function(options, data, design) {
    rows <- lapply(options$measure, compare_measure, options, data, design)
    adjust_all(do.call(rbind, rows), options)
}
