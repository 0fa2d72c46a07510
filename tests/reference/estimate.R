# SPDX-License-Identifier: GPL-3.0-or-later
#
# Estimates, their variances, and intervals, from R's survey package. Sourced by make_reference.R.

# ---- estimates -----------------------------------------------------------------------------------

# The design among the respondents with a valid answer in the cell.
# Contract: svyvar() counts n before it drops missing answers; a missing answer is outside the
# domain here, so the subset is made first and n is that of the valid answers.
valid_design <- function(design, fig, rows) {
    valid <- rows & !is.na(fig$y)
    design$variables$.y <- fig$y
    design$variables$.x <- if (is.null(fig$x)) 1 else fig$x
    for (i in seq_len(NCOL(fig$items))) design$variables[[paste0(".i", i)]] <- fig$items[, i]
    if (!is.null(design$postStrata)) { # all rows stay, as residuals are of everybody
        design$variables$.y[!valid] <- 0
        design$variables$.x[!valid] <- 0
        items <- grep("^[.]i[0-9]+$", names(design$variables))
        design$variables[!valid, items] <- 0
        design$prob[!valid] <- Inf
        return(design)
    }
    design[which(valid), ]
}

statistic <- function(fig, sub) {
    switch(fig$type,
           mean = svymean(~.y, sub),
           total = svytotal(~.y, sub),
           count = svytotal(~.y, sub),
           ratio = svyratio(~.y, ~.x, sub),
           sd = svyvar(~.y, sub))
}

# The standard error of sd = sqrt(S^2) from that of svyvar.
plain_estimate <- function(fig, sub) {
    if (fig$type == "alpha") return(alpha_statistic(fig, sub))
    s <- statistic(fig, sub)
    estimate <- as.numeric(coef(s))
    se <- as.numeric(SE(s))
    if (fig$type == "sd") {
        se <- se / (2 * sqrt(estimate))
        estimate <- sqrt(estimate)
    }
    list(estimate = estimate, se = se)
}

# The influence of every row of the full design: what svymean(influence = TRUE) and its kin hold.
influence_of <- function(fig, design, rows) {
    valid <- rows & !is.na(fig$y)
    w <- ifelse(valid, weights_of(design), 0)
    y <- ifelse(valid, fig$y, 0)
    x <- if (is.null(fig$x)) 1 else ifelse(valid, fig$x, 0)
    n <- sum(w > 0)
    mean <- sum(w * y) / sum(w)
    variance <- sum(w * (y - mean)^2) / sum(w) * n / (n - 1)
    switch(fig$type,
           mean = w * (y - mean) / sum(w),
           total = w * y,
           count = w * y,
           ratio = w * (y - sum(w * y) / sum(w * x) * x) / sum(w * x),
           alpha = alpha_influence(fig, w),
           sd = w * ((y - mean)^2 * n / (n - 1) - variance) / sum(w) / (2 * sqrt(variance)))
}

variance_of <- function(z, design) {
    as.numeric(survey:::svyrecvar(z, design$cluster, design$strata, design$fpc,
                                  postStrata = design$postStrata))
}

# Contract: lonely.psu = "adjust" of survey 4.1-1 does not centre at all; 4.5 centres a lonely unit at
# the mean of the unit totals over all strata of its stage, sum(z) / sum(n_h). So the recursion over
# the stages (Sarndal, Swensson and Wretman 1992, 4.3) stands here; `level` is the stage.
adjusted_variance <- function(z, design, level = 1) {
    cluster <- design$cluster[[level]]
    stratum <- as.character(design$strata[[level]])
    first <- !duplicated(cluster)
    totals <- tapply(z, factor(cluster, unique(cluster)), sum)
    n <- design$fpc$sampsize[first, level]
    sizes <- design$fpc$popsize
    f <- if (is.null(sizes)) 0 * n else n / sizes[first, level]
    sum_n <- sum(n[!duplicated(stratum[first])])
    centre <- ifelse(n == 1, sum(z) / sum_n, ave(totals, stratum[first]))
    v <- sum((1 - f) * ifelse(n == 1, 1, n / (n - 1)) * (totals - centre)^2)
    if (is.null(sizes) || level == ncol(design$cluster)) return(v)
    inside <- mapply(function(unit, fraction) {
        rows <- cluster == unit
        part <- list(cluster = design$cluster[rows, , drop = FALSE],
                     strata = design$strata[rows, , drop = FALSE],
                     fpc = lapply(unclass(design$fpc), function(m) m[rows, , drop = FALSE]))
        fraction * adjusted_variance(z[rows], part, level + 1)
    }, cluster[first], f)
    v + sum(inside)
}

# As R's subset() has it: only strata with a respondent of the domain are left.
adjusted_in <- function(z, design, members) {
    if (!is.null(design$postStrata)) return(adjusted_variance(residuals_of(z, design), design))
    kept <- design$strata[[1]] %in% design$strata[members, 1]
    adjusted_variance(z[kept], list(cluster = design$cluster[kept, , drop = FALSE],
                                    strata = design$strata[kept, , drop = FALSE],
                                    fpc = lapply(unclass(design$fpc),
                                                 function(m) m[kept, , drop = FALSE])))
}

# Contract: deff is R's deff = "replace": without the population correction in the denominator.
reference_variance <- function(fig, sub) {
    n <- sum(weights_of(sub) != 0)
    total <- sum(weights_of(sub))
    y <- sub$variables$.y
    x <- sub$variables$.x
    w <- weights_of(sub)
    if (fig$type == "ratio") {
        sub$variables$.y <- (y - sum(w * y) / sum(w * x) * x) / sum(w * x)
    }
    s2 <- as.numeric(coef(svyvar(~.y, sub)))
    switch(fig$type, mean = s2 / n, total = , ratio = total^2 * s2 / n, NA)
}

# n_eff = p (1 - p) / se^2 for percentages, n / deff otherwise.
effective_n <- function(fig, e) {
    if (fig$percent) e$estimate * (1 - e$estimate) / e$se^2 else e$n / e$deff
}

count_psus <- function(design, rows) {
    length(unique(design$cluster[rows, 1])) - length(unique(design$strata[rows, 1]))
}

# subset: as R's degf(subset()); strata: as Stata, the PSUs of every stratum with a member of the
# domain; design: as SAS, all of them.
degrees_of_freedom <- function(rule, design, sub) {
    some_weight <- weights_of(design) > 0
    touched <- design$strata[[1]] %in% sub$strata[weights_of(sub) > 0, 1]
    switch(rule, subset = degf(sub), design = degf(design),
           strata = count_psus(design, some_weight & touched))
}

structural_zero <- function(x, estimate) {
    if (isTRUE(abs(x) < 1e-12 * abs(estimate))) 0 else x
}

estimate_cell <- function(fig, design, rows, options) {
    sub <- valid_design(design, fig, rows)
    w <- weights_of(sub)
    if (!any(w > 0)) return(list(n = 0, empty = TRUE))
    e <- plain_estimate(fig, sub)
    if (option(options, "lonely-psu", "fail") == "adjust") {
        e$se <- sqrt(adjusted_in(influence_of(fig, design, rows), design, rows & !is.na(fig$y)))
    }
    e$se <- structural_zero(e$se, e$estimate)
    e$n <- sum(w > 0)
    e$weighted_n <- sum(w)
    e$cases <- if (fig$percent) sum(w > 0 & sub$variables$.y == 1) else NA
    if (e$cases %in% c(0, e$n)) e$estimate <- e$cases / e$n   # R's may be 1 - 1e-16
    reference <- structural_zero(reference_variance(fig, sub), e$estimate^2)
    e$deff <- if (reference %in% 0) NA else e$se^2 / reference
    e$n_eff <- effective_n(fig, e)
    e$df <- degrees_of_freedom(option(options, "df", "subset"), design, sub)
    e
}

# ---- intervals -----------------------------------------------------------------------------------

# K of Korn and Graubard: undoes the t on n - 1 that svyciprop's beta interval rests on.
korn_graubard <- function(e, a) (qt(a / 2, e$n - 1) / qt(a / 2, e$df))^2

clopper_pearson <- function(n, p, a) {
    c(qbeta(a / 2, n * p, n * (1 - p) + 1), qbeta(1 - a / 2, n * p + 1, n * (1 - p)))
}

wald <- function(e, a) e$estimate + c(-1, 1) * qt(1 - a / 2, e$df) * e$se

# Contract: svyciprop's "logit" fits a model by iteration; its "xlogit" is the closed form.
logit <- function(e, a) {
    p <- e$estimate
    plogis(qlogis(p) + c(-1, 1) * qt(1 - a / 2, e$df) * e$se / (p * (1 - p)))
}

# As R 4.5; 4.1-1 has none.
wilson <- function(e, a) {
    p <- e$estimate
    t <- qt(1 - a / 2, e$df)
    half <- t / (2 * e$n_eff) * sqrt(4 * e$n_eff * p * (1 - p) + t^2)
    (p + t^2 / (2 * e$n_eff) + c(-1, 1) * half) / (1 + t^2 / e$n_eff)
}

beta <- function(e, a) clopper_pearson(e$n_eff * korn_graubard(e, a), e$estimate, a)

# The macro of the NCHS: as beta, with at most n.
kg_nchs <- function(e, a) {
    clopper_pearson(min(e$n, e$n_eff * korn_graubard(e, a)), e$estimate, a)
}

jeffreys <- function(e, a) {
    n <- e$n_eff * korn_graubard(e, a)
    qbeta(c(a / 2, 1 - a / 2), n * e$estimate + 0.5, n * (1 - e$estimate) + 0.5)
}

# Contract: angles are clamped to [0, pi/2]; R squares the sine of a negative angle.
arcsine <- function(e, a) {
    p <- e$estimate
    angle <- asin(sqrt(p)) + c(-1, 1) * qt(1 - a / 2, e$df) * e$se / (2 * sqrt(p * (1 - p)))
    sin(pmin(pi / 2, pmax(0, angle)))^2
}

# Contract: solved exactly; R interpolates a coarse profile. Bisection until doubles run out, then
# one Newton step, on 2 n (l(p) - l(pi)) = D t^2 n / (n - 1) with D = n se^2 / (p (1 - p)).
likelihood <- function(e, a) {
    p <- e$estimate
    bound <- e$n * e$se^2 / (p * (1 - p)) * qt(1 - a / 2, e$df)^2 * e$n / (e$n - 1)
    gap <- function(pi) {
        2 * e$n * (p * log(p / pi) + (1 - p) * log((1 - p) / (1 - pi))) - bound
    }
    slope <- function(pi) 2 * e$n * (pi - p) / (pi * (1 - pi))
    solve <- function(low, high) {
        root <- uniroot(gap, c(low, high), tol = 1e-14)$root
        for (step in 1:3) root <- root - gap(root) / slope(root)
        root
    }
    c(solve(1e-12, p * (1 - 1e-9)), solve(p + (1 - p) * 1e-9, 1 - 1e-12))
}

intervals <- list(logit = logit, wald = wald, wilson = wilson, beta = beta, "kg-nchs" = kg_nchs,
                  jeffreys = jeffreys, arcsine = arcsine, likelihood = likelihood)

# Contract: at exactly 0 and 100 percent every method gives the exact one-sided interval; R gives
# none there.
boundary <- function(e, a) {
    reach <- (a / 2)^(1 / e$n)
    if (e$estimate == 0) c(0, 1 - reach) else c(reach, 1)
}

# svyciprop of the same design, to hold the formulas above against R itself.
check_interval <- function(method, bounds, fig, sub, level) {
    theirs <- c(wald = "mean", logit = "xlogit", beta = "beta", arcsine = "asin")[method]
    if (is.na(theirs) || any(bounds %in% 0:1) || any(weights_of(sub) == 0)) return(invisible())
    r <- attr(svyciprop(~.y, sub, method = theirs, level = level, df = degf(sub)), "ci")
    stopifnot(all.equal(as.numeric(r), bounds, tolerance = 1e-9))
}

add_interval <- function(e, fig, design, rows, options) {
    level <- as.numeric(option(options, "level", "95")) / 100
    method <- if (fig$percent) option(options, "ci", "logit") else "wald"
    at_boundary <- fig$percent && e$estimate %in% 0:1
    bounds <- if (e$df <= 0) c(NA, NA)
              else if (at_boundary) boundary(e, 1 - level)
              else intervals[[method]](e, 1 - level)
    plain <- option(options, "df", "subset") == "subset" && is.null(options[["lonely-psu"]])
    if (fig$percent && !at_boundary && e$df > 0 && plain) {
        check_interval(method, bounds, fig, valid_design(design, fig, rows), level)
    }
    if (at_boundary) e[c("n_eff", "deff")] <- not_compared
    e$ci_low <- bounds[1]
    e$ci_high <- bounds[2]
    e
}
