# SPDX-License-Identifier: GPL-3.0-or-later
#
# Estimates, their variances, and intervals, from R's survey package. Sourced by make_reference.R.

# ---- estimates -----------------------------------------------------------------------------------

# The design among the respondents with a valid answer in the cell.
# Contract: svyvar() counts n before it drops missing answers; a missing answer is outside the
# domain here, so the subset is made first and n is that of the valid answers.
valid_design <- function(design, fig, rows, over = ~1) {
    valid <- rows & !is.na(fig$y)
    design$variables$.y <- fig$y
    design$variables$.x <- if (is.null(fig$x)) 1 else fig$x
    for (i in seq_len(NCOL(fig$items))) design$variables[[paste0(".i", i)]] <- fig$items[, i]
    if (is_calibrated(design)) { # all rows stay, as residuals are of everybody
        design$variables$.y[!valid] <- 0
        design$variables$.x[!valid] <- 0
        items <- grep("^[.]i[0-9]+$", names(design$variables))
        design$variables[!valid, items] <- 0
        design$prob[!valid] <- Inf
        return(design)
    }
    if (is.null(fig$shares)) return(design[which(valid), ])
    # Contract: someone with a weight of 0 has no influence. svystandardize() takes the mean of the class
    # off, as if the weight were 1.
    design$variables$.class <- fig$class
    svystandardize(design[which(valid & weights_of(design) > 0), ], by = ~.class, over = over,
                   population = fig$shares)
}

# Contract: where nobody is in a class of the standard there is no figure. With partial = TRUE, which is
# how svystandardize() calls postStratify(), the others would stand for the class.
lacks_class <- function(fig, design, rows) {
    if (is.null(fig$shares)) return(FALSE)
    there <- rows & !is.na(fig$y) & weights_of(design) > 0
    any(tabulate(fig$class[there], nlevels(fig$class)) == 0)
}

# Contract: a weight of 0 does not count in n; svyvar() of a replicate design counts it.
weighing <- function(sub) if (is_replicated(sub)) sub[sub$pweights > 0, ] else sub

statistic <- function(fig, sub) {
    switch(fig$type,
           mean = svymean(~.y, sub),
           total = svytotal(~.y, sub),
           count = svytotal(~.y, sub),
           ratio = svyratio(~.y, ~.x, sub),
           sd = svyvar(~.y, weighing(sub)))
}

# ---- quantiles -----------------------------------------------------------------------------------

# A rule of svyquantile, but for what the contract has otherwise.
# Contract: below the share of the lowest respondent (hf3: answer) a quantile is the lowest answer;
# survey takes the second there, and its hf4 extrapolates. At a share of 1, and of one answer, hf4
# to hf9 of survey say NaN or stop.
# Contract: a share that is reached but for rounding is reached: whole weights have no rounding.
# Contract: equal answers share their weight evenly; with hf4 to hf9 of survey the order of the rows
# decides. What is an answer but for rounding is that answer: svyquantile compares with it.
rule_of <- function(name) {
    theirs <- get(paste0("qrule_", name), asNamespace("survey"))
    is_stepped <- name %in% c("math", "school", "hf1", "hf2", "hf3")
    function(x, w, p) {
        x <- x[w > 0]
        w <- w[w > 0]
        w <- if (is_stepped) round(1e6 * w) else ave(w, x)
        lowest <- if (name == "hf3") sum(w[x == min(x)]) else w[order(x)[1]]
        is_below <- p * sum(w) < lowest && (is_stepped || name == "hf4")
        if (length(unique(x)) == 1 || is_below) return(min(x))
        if (p == 1) return(max(x))
        q <- theirs(x, w, p)
        near <- x[which.min(abs(x - q))]
        if (abs(q - near) <= 1e-12 * abs(near)) near else q
    }
}

# The influence of the share at or below q, a mean.
share_influence <- function(q, w, y) {
    below <- y <= q
    w * (below - sum(w * below) / sum(w)) / sum(w)
}

# The standard error of the share at or below q; `adjusted` is list(design, members) when lonely
# PSUs are centred as in survey 4.5 (see adjusted_variance).
share_error <- function(q, sub, adjusted) {
    if (is.null(adjusted)) {
        sub$variables$.below <- as.numeric(sub$variables$.y <= q)
        return(as.numeric(SE(svymean(~.below, sub))))
    }
    design <- adjusted$design
    w <- ifelse(adjusted$members, weights_of(design), 0)
    y <- ifelse(adjusted$members, design$variables$.y, 0)
    sqrt(adjusted_in(share_influence(q, w, y), design, adjusted$members))
}

# A share outside 0..1 is beyond the data.
bound <- function(rule, y, w, share) {
    if (is.na(share) || share < 0 || share > 1) NA else rule(y, w, share)
}

# Woodruff's interval, centred at the share F at or below the quantile.
# Contract: where F is 1 it has the interval of every 100 percent (survey has one of no width at the
# highest answer), and there is no standard error; where F has a standard error of 0 the interval is
# the quantile itself.
woodruff <- function(fig, q, sub, share, share_se) {
    rule <- rule_of(fig$rule)
    y <- sub$variables$.y
    w <- weights_of(sub)
    if (fig$df <= 0 || is.na(share_se)) return(list(ci_low = NA, ci_high = NA, se = NA))
    if (all(y[w > 0] <= q)) {
        low <- rule(y, w, ((1 - fig$level) / 2)^(1 / sum(w > 0)))
        return(list(ci_low = low, ci_high = q, se = if (low == q) 0 else NA))
    }
    if (share_se < 1e-12) return(list(ci_low = q, ci_high = q, se = 0))
    t <- qt((1 + fig$level) / 2, fig$df)
    low <- bound(rule, y, w, share - t * share_se)
    high <- bound(rule, y, w, share + t * share_se)
    list(ci_low = low, ci_high = high, se = (high - low) / (2 * t))
}

# svyquantile itself, where the contract has nothing else.
check_quantile <- function(fig, e, sub) {
    contract <- fig$df <= 0 || !is.null(fig$adjusted) || e$share >= 1 || !isTRUE(e$share_se >= 1e-12)
    if (contract) return(invisible())
    q <- svyquantile(~.y, sub, fig$share, alpha = 1 - fig$level, qrule = rule_of(fig$rule),
                     df = fig$df)$.y[1, ]
    r <- c(e$estimate, e$ci_low, e$ci_high, e$se)
    stopifnot(is.na(r) == is.na(q), abs(q - r)[!is.na(r)] <= 1e-9 * abs(r[!is.na(r)]))
}

quantile_estimate <- function(fig, sub) {
    w <- weights_of(sub)
    y <- sub$variables$.y
    e <- list(estimate = rule_of(fig$rule)(y, w, fig$share))
    e$share <- sum(w * (y <= e$estimate)) / sum(w)
    e$share_se <- share_error(e$estimate, sub, fig$adjusted)
    e <- c(e, woodruff(fig, e$estimate, sub, e$share, e$share_se))
    check_quantile(fig, e, sub)
    e
}

# The standard error of sd = sqrt(S^2) from that of svyvar.
plain_estimate <- function(fig, sub) {
    if (fig$type == "quantile") return(quantile_estimate(fig, sub))
    if (is_replicated(sub)) return(replicate_estimate(fig, sub))
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
    if (fig$type == "quantile") return(quantile_influence(fig, design, rows, w, y))
    if (!is.null(fig$shares)) return(standardised_influence(fig, w, y))
    switch(fig$type,
           mean = w * (y - mean) / sum(w),
           total = w * y,
           count = w * y,
           ratio = w * (y - sum(w * y) / sum(w * x) * x) / sum(w * x),
           alpha = alpha_influence(fig, w),
           sd = w * ((y - mean)^2 * n / (n - 1) - variance) / sum(w) / (2 * sqrt(variance)))
}

# sum over classes of share times the influence of the mean of the class.
standardised_influence <- function(fig, w, y) {
    class <- as.integer(fig$class)
    total <- tapply(w, fig$class, sum)
    mean <- tapply(w * y, fig$class, sum) / total
    z <- (fig$shares / sum(fig$shares) / total)[class] * w * (y - mean[class])
    ifelse(w > 0, as.vector(z), 0)
}

# That of the share below the quantile, over the density that the interval implies: the rise of the
# distribution function between the bounds over their distance (Francisco and Fuller 1991).
quantile_influence <- function(fig, design, rows, w, y) {
    e <- quantile_estimate(fig, valid_design(design, fig, rows))
    -share_influence(e$estimate, w, y) * (if (isTRUE(e$se == 0)) 0 else e$se / e$share_se)
}

variance_of <- function(z, design) {
    as.numeric(survey:::svyrecvar(z, design$cluster, design$strata, design$fpc,
                                  postStrata = design$postStrata))
}

# Contract: lonely.psu = "adjust" of survey 4.1-1 does not centre at all; 4.5 centres a lonely unit at
# the mean of the unit totals over all strata of its stage, sum(z) / sum(n_h). So the recursion over
# the stages (Sarndal, Swensson and Wretman 1992, 4.3) stands here. As R's subset() has it, only
# strata with a member of the domain are left, at every stage.
adjusted_variance <- function(z, design, members, level = 1) {
    kept <- design$strata[[level]] %in% design$strata[members, level]
    if (!all(kept)) return(adjusted_variance(z[kept], rows_of(design, kept), members[kept], level))
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
        if (!any(members[rows])) return(0)
        fraction * adjusted_variance(z[rows], rows_of(design, rows), members[rows], level + 1)
    }, cluster[first], f)
    v + sum(inside)
}

rows_of <- function(design, rows) {
    list(cluster = design$cluster[rows, , drop = FALSE], strata = design$strata[rows, , drop = FALSE],
         fpc = lapply(unclass(design$fpc), function(m) m[rows, , drop = FALSE]))
}

adjusted_in <- function(z, design, members) {
    if (is_calibrated(design)) { # everybody has a residual
        z <- residuals_of(z, design)
        members <- rep(TRUE, length(z))
    }
    adjusted_variance(z, rows_of(design, TRUE), members)
}

# Contract: deff is R's deff = "replace": without the population correction in the denominator. That
# of a quantile is that of the share below it.
reference_variance <- function(fig, sub) {
    n <- sum(weights_of(sub) != 0)
    total <- sum(weights_of(sub))
    y <- sub$variables$.y
    x <- sub$variables$.x
    w <- weights_of(sub)
    if (fig$type == "ratio") {
        sub$variables$.y <- (y - sum(w * y) / sum(w * x) * x) / sum(w * x)
    }
    if (fig$type == "quantile") {
        sub$variables$.y <- as.numeric(y <= quantile_estimate(fig, sub)$estimate)
    }
    s2 <- if (n > 1) as.numeric(coef(svyvar(~.y, weighing(sub)))) else NA
    switch(fig$type, mean = , quantile = s2 / n, total = , ratio = total^2 * s2 / n, NA)
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

# What a quantile's interval depends on beside the respondents.
with_rules <- function(fig, design, rows, options) {
    fig$level <- level_of(options)
    rule <- option(options, "df", "subset")
    fig$df <- if (is_replicated(design)) replicate_df(rule, fig, design, rows)
              else degrees_of_freedom(rule, design, valid_design(design, fig, rows))
    if (option(options, "lonely-psu", "fail") == "adjust") {
        design$variables$.y <- fig$y
        fig$adjusted <- list(design = design, members = rows & !is.na(fig$y))
    }
    fig
}

estimate_cell <- function(fig, design, rows, options) {
    sub <- valid_design(design, fig, rows)
    w <- weights_of(sub)
    if (!any(w > 0)) return(list(n = 0, empty = TRUE))
    if (lacks_class(fig, design, rows)) return(list(n = sum(w > 0), empty = TRUE))
    fig <- with_rules(fig, design, rows, options)
    e <- plain_estimate(fig, sub)
    e$df <- fig$df
    if (option(options, "lonely-psu", "fail") == "adjust" && fig$type != "quantile") {
        e$se <- sqrt(adjusted_in(influence_of(fig, design, rows), design, rows & !is.na(fig$y)))
    }
    size <- switch(fig$type, sd = max(abs(sub$variables$.y)), alpha = 1, e$estimate)
    e$estimate <- structural_zero(e$estimate, size)
    if (fig$type == "alpha") size <- 1e5 * max(1, abs(e$estimate)) # the root of a matrix's rounding
    e$se <- structural_zero(e$se, size)
    e$n <- sum(w > 0)
    e$weighted_n <- sum(w)
    e$cases <- if (fig$percent) sum(w > 0 & sub$variables$.y == 1) else NA
    if (e$cases %in% c(0, e$n)) e$estimate <- e$cases / e$n   # R's may be 1 - 1e-16
    of_share <- fig$type == "quantile"
    se <- if (of_share) structural_zero(e$share_se, 1) else e$se
    reference <- structural_zero(reference_variance(fig, sub), if (of_share) 1 else e$estimate^2)
    e$deff <- if (reference %in% 0) NA else se^2 / reference
    e$n_eff <- if (se %in% 0) NA else effective_n(fig, e)
    if (is_replicated(design) && se %in% 0) e$n_eff <- not_compared   # n over rounding of weights
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

# Contract: solved exactly; R interpolates a coarse profile. The lower end of 2 n (l(p) - l(pi)) =
# D t^2 n / (n - 1), D = n se^2 / (p (1 - p)), in u = log(pi): above log(p) less `reach`, where the
# first term alone is more than asked for. Bisection until doubles run out, then Newton's steps.
likelihood_low <- function(e, p, a) {
    bound <- e$n * e$se^2 / (p * (1 - p)) * qt(1 - a / 2, e$df)^2 / (2 * (e$n - 1))
    gap <- function(u) p * (log(p) - u) + (1 - p) * (log1p(-p) - log1p(-exp(u))) - bound
    slope <- function(u) -p + (1 - p) * exp(u) / (-expm1(u))
    reach <- (bound - (1 - p) * log1p(-p)) / p + 1
    u <- uniroot(gap, log(p) - c(reach, 1e-12), tol = 1e-14, maxiter = 10000)$root
    for (step in 1:3) u <- u - gap(u) / slope(u)
    exp(u)
}

likelihood <- function(e, a) {
    if (!isTRUE(e$se > 0)) return(e$estimate + c(-1, 1) * e$se)
    c(likelihood_low(e, e$estimate, a), 1 - likelihood_low(e, 1 - e$estimate, a))
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
    others_df <- !is.null(sub$sampled) || (!is.null(fig$shares) && is_replicated(sub))
    if (others_df) return(invisible())   # degrees of freedom are not R's there
    r <- attr(svyciprop(~.y, sub, method = theirs, level = level, df = degf(sub)), "ci")
    stopifnot(all.equal(as.numeric(r), bounds, tolerance = 1e-9))
}

add_interval <- function(e, fig, design, rows, options) {
    if (fig$type == "quantile") return(e)
    level <- level_of(options)
    method <- if (fig$percent) option(options, "ci", "logit") else "wald"
    at_boundary <- fig$percent && e$estimate %in% 0:1
    # Contract: classes that differ, but have one answer each, say nothing of the spread.
    lacks_spread <- !is.null(fig$shares) && !at_boundary && e$deff %in% 0
    bounds <- if (e$df <= 0 || lacks_spread) c(NA, NA)
              else if (at_boundary) boundary(e, 1 - level)
              else intervals[[method]](e, 1 - level)
    plain <- option(options, "df", "subset") == "subset" && is.null(options[["lonely-psu"]])
    if (fig$percent && !at_boundary && !lacks_spread && e$df > 0 && plain) {
        check_interval(method, bounds, fig, valid_design(design, fig, rows), level)
    }
    if (at_boundary) e[c("n_eff", "deff")] <- not_compared
    e$ci_low <- bounds[1]
    e$ci_high <- bounds[2]
    e
}
