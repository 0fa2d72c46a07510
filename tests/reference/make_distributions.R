# SPDX-License-Identifier: GPL-3.0-or-later
# Reference values for distributions, intervals and corrections for multiple comparisons, by R and
# its survey package (4.1 or later). Writes beta.csv, t.csv, f.csv, chi2.csv, intervals.csv and
# adjust.csv in the folder expected beside this script:
#     Rscript make_distributions.R
suppressPackageStartupMessages(library(survey))

script <- sub("^--file=", "", grep("^--file=", commandArgs(FALSE), value = TRUE))
folder <- file.path(if (length(script)) dirname(script) else ".", "expected")
dir.create(folder, showWarnings = FALSE)

# Numbers with 17 significant digits, so that they read back as the same doubles.
write_table <- function(table, name) {
    is_number <- vapply(table, is.numeric, TRUE)
    table[is_number] <- lapply(table[is_number], function(x) sprintf("%.17g", x))
    write.table(table, file.path(folder, name), sep = ",", quote = FALSE, row.names = FALSE)
}

alphas <- c(.1, .05, .01, .001)

# ---- beta: quantiles, and both tails there ------------------------------------------------------

tails <- c(alphas / 2, 1 - alphas / 2)

clopper_pearson <- function(n) {
    k <- unique(round(c(1, 2, n / 100, n / 10, n / 3, n / 2, n - 1)))
    k <- k[k >= 1 & k < n]
    rbind(data.frame(a = k, b = n - k + 1), data.frame(a = k + 1, b = n - k))
}
whole <- do.call(rbind, lapply(c(2, 5, 10, 30, 100, 358, 1000, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9),
                               clopper_pearson))

set.seed(20240901)
size <- 10^runif(70, 0.3, 9)
share <- c(runif(40), 10^runif(30, -6, -1))
broken <- data.frame(a = pmax(.5, size * share), b = pmax(.5, size * (1 - share)))

make_beta <- function(shapes, p) {
    rows <- merge(unique(shapes), data.frame(p = p), by = NULL)
    x <- with(rows, qbeta(p, a, b))
    rows$x <- x
    rows$lower <- with(rows, pbeta(x, a, b))
    rows$upper <- with(rows, pbeta(x, a, b, lower.tail = FALSE))
    rows
}
small <- data.frame(a = c(.5, .5, .5, .7, 1, 1, 3.2), b = c(.5, 4, 1e6, 2.5, 1, 9, .5))
write_table(rbind(make_beta(rbind(whole, broken, small), tails),
                  make_beta(rbind(broken, small), c(1e-12, .3, .5, 1 - 1e-12))), "beta.csv")

# ---- Student's t --------------------------------------------------------------------------------

df <- c(1, 1.5, 2, 2.7, 3, 4, 5, 7, 10, 15, 20, 30, 50, 100, 340, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8,
        1e9, Inf)
p <- c(1e-15, 1e-12, 1e-9, 1e-6, 1e-4, .0005, .005, .01, .025, .05, .1, .2, .3, .4, .49,
       .5 - 1e-6, .6, .9, .975, .9995)
rows <- merge(data.frame(df = df), data.frame(p = p), by = NULL)
rows$quantile <- with(rows, qt(p, df, lower.tail = FALSE))
rows$t <- signif(rows$quantile, 4)
rows$upper <- with(rows, pt(t, df, lower.tail = FALSE))
write_table(rows, "t.csv")

# ---- F and chi-square ---------------------------------------------------------------------------

p <- c(1e-300, 1e-100, 1e-15, 1e-9, 1e-4, .01, .05, .3, .5, .9, .99, 1 - 1e-9)
rows <- merge(merge(data.frame(df1 = c(1, 1.37, 2, 2.9, 7, 24.5, 99)),
                    data.frame(df2 = c(1, 2, 3.3, 9, 40.7, 500, 1e4, 1e6)), by = NULL),
              data.frame(p = p[-(1:2)]), by = NULL)
rows$f <- with(rows, signif(qf(p, df1, df2, lower.tail = FALSE), 6))
rows <- rows[is.finite(rows$f) & rows$f > 0, ]
rows$upper <- with(rows, pf(f, df1, df2, lower.tail = FALSE))
write_table(rows[c("df1", "df2", "f", "upper")], "f.csv")

rows <- merge(data.frame(df = c(.5, 1, 1.37, 2, 3, 4, 5.5, 7, 10, 20, 49, 100, 249, 1000)),
              data.frame(p = p), by = NULL)
rows$x <- with(rows, signif(qchisq(p, df, lower.tail = FALSE), 6))
rows <- rows[rows$x > 0, ]
rows$upper <- with(rows, pchisq(x, df, lower.tail = FALSE))
write_table(rows[c("df", "x", "upper")], "chi2.csv")

# ---- intervals ----------------------------------------------------------------------------------

case <- function(method, source, value, se, n, df, level, low, high)
    data.frame(method, source, value, se, n, df, level, low, high)

# What survey itself says, on its own designs.
data(api)
designs <- list(
    strat = svydesign(id = ~1, strata = ~stype, weights = ~pw, data = apistrat, fpc = ~fpc),
    clus1 = svydesign(id = ~dnum, weights = ~pw, data = apiclus1, fpc = ~fpc),
    clus2 = svydesign(id = ~dnum + snum, fpc = ~fpc1 + fpc2, data = apiclus2))
designs$middle <- subset(designs$strat, stype == "M")
designs$high <- subset(designs$clus1, stype == "H")
answers <- list(~I(sch.wide == "Yes"), ~I(awards == "No"), ~I(comp.imp == "Yes"), ~I(api00 > 900),
                ~I(api00 > 480))
svy_name <- c(logit = "xlogit", wald = "mean", arcsine = "asin", beta = "beta")

by_survey <- function(method, design, answer, level) {
    figure <- svymean(as.formula(paste("~as.numeric(", deparse(answer[[2]]), ")")), design)
    p <- as.vector(coef(figure))
    if (p <= 0 || p >= 1) return(NULL)
    s <- as.vector(SE(figure))
    t <- qt((1 + level) / 2, degf(design))
    angle <- asin(sqrt(p)) + c(-1, 1) * t * s / (2 * sqrt(p * (1 - p)))
    if (method == "arcsine" && (angle[1] < 0 || angle[2] > pi / 2)) return(NULL)
    ci <- as.vector(attr(svyciprop(answer, design, method = svy_name[[method]], level = level), "ci"))
    case(method, "survey", p, s, nrow(design), degf(design), level, ci[1], ci[2])
}
survey_cases <- do.call(rbind, lapply(names(svy_name), function(method)
    do.call(rbind, lapply(designs, function(design)
        do.call(rbind, lapply(answers, function(answer)
            do.call(rbind, lapply(c(.9, .95, .99), function(level)
                by_survey(method, design, answer, level)))))))))

mean_cases <- do.call(rbind, lapply(designs, function(design)
    do.call(rbind, lapply(c(.9, .95, .99), function(level) {
        figure <- svymean(~api00, design)
        ci <- confint(figure, level = level, df = degf(design))
        case("mean", "survey", as.vector(coef(figure)), as.vector(SE(figure)), nrow(design),
             degf(design), level, ci[1], ci[2])
    }))))

# The formulas written out; wilson is that of survey 4.5, kg-nchs that of the NCHS macro with qbeta
# for its quantiles of F, which R cannot give for small n*.
t_of <- function(level, df) qt((1 - level) / 2, df, lower.tail = FALSE)
n_star <- function(p, s, n, df, level)
    p * (1 - p) / s^2 * (t_of(level, n - 1) / t_of(level, df))^2
formulas <- list(
    logit = function(p, s, n, df, level)
        plogis(qlogis(p) + c(-1, 1) * t_of(level, df) * s / (p * (1 - p))),
    wald = function(p, s, n, df, level) p + c(-1, 1) * t_of(level, df) * s,
    wilson = function(p, s, n, df, level) {
        n_eff <- p * (1 - p) / s^2
        t <- t_of(level, df)
        middle <- (p + t^2 / (2 * n_eff)) / (1 + t^2 / n_eff)
        half <- t / (2 * n_eff) * sqrt(4 * n_eff * p * (1 - p) + t^2) / (1 + t^2 / n_eff)
        middle + c(-1, 1) * half
    },
    beta = function(p, s, n, df, level) {
        m <- n_star(p, s, n, df, level)
        tail <- (1 - level) / 2
        c(qbeta(tail, m * p, m * (1 - p) + 1), qbeta(1 - tail, m * p + 1, m * (1 - p)))
    },
    "kg-nchs" = function(p, s, n, df, level) {
        m <- min(n, n_star(p, s, n, df, level))
        tail <- (1 - level) / 2
        c(qbeta(tail, m * p, m * (1 - p) + 1), qbeta(1 - tail, m * p + 1, m * (1 - p)))
    },
    jeffreys = function(p, s, n, df, level) {
        m <- n_star(p, s, n, df, level)
        tail <- (1 - level) / 2
        qbeta(c(tail, 1 - tail), m * p + .5, m * (1 - p) + .5)
    },
    # Solved on the log of the odds, where the root is well away from the ends.
    likelihood = function(p, s, n, df, level) {
        most <- n * s^2 / (p * (1 - p)) * t_of(level, df)^2 / (2 * (n - 1))
        gap <- function(x) {
            q <- plogis(x)
            p * log(p / q) + (1 - p) * (log1p(-p) - plogis(-x, log.p = TRUE)) - most
        }
        at <- qlogis(p)
        root <- function(step) {
            while (gap(at + step) < 0) step <- 2 * step
            uniroot(gap, sort(at + c(0, step)), tol = 1e-16, maxiter = 10000)$root
        }
        ci <- plogis(c(root(-1), root(1)))
        if (ci[1] < 1e-290) c(NA, NA) else ci # no double is left for the odds
    },
    arcsine = function(p, s, n, df, level) {
        angle <- asin(sqrt(p)) + c(-1, 1) * t_of(level, df) * s / (2 * sqrt(p * (1 - p)))
        sin(pmin(pmax(angle, 0), pi / 2))^2
    })

figures <- expand.grid(p = c(1e-4, .013, .25, .5, .82, .997), n = c(2, 12, 400, 51234, 5e6),
                       deff = c(.3, 1, 2.7))
figures$df <- pmax(1, round(figures$n / rep_len(c(1.1, 7, 40), nrow(figures))) - 1)
figures$df[figures$n == 5e6 & figures$deff == 1] <- Inf
figures$level <- rep_len(c(.9, .95, .99, .999), nrow(figures))
formula_cases <- do.call(rbind, lapply(names(formulas), function(method)
    do.call(rbind, lapply(seq_len(nrow(figures)), function(i) with(figures[i, ], {
        s <- sqrt(deff * p * (1 - p) / n)
        ci <- formulas[[method]](p, s, n, df, level)
        if (!anyNA(ci)) case(method, "formula", p, s, n, df, level, ci[1], ci[2])
    })))))

# Of hardly any weight: so far from other shares that 1 less their ratio is 1.
rare <- expand.grid(p = c(1e-12, 1e-18), cv = c(.2, .7), n = c(12, 400))
rare_cases <- do.call(rbind, lapply(seq_len(nrow(rare)), function(i) with(rare[i, ], {
    ci <- formulas$likelihood(p, cv * p, n, 9, .95)
    case("likelihood", "formula", p, cv * p, n, 9, .95, ci[1], ci[2])
})))

# Nobody or everybody: the same for every method.
boundary_cases <- do.call(rbind, lapply(names(formulas), function(method)
    do.call(rbind, lapply(c(1, 7, 30, 1e6), function(n) rbind(
        case(method, "boundary", 0, 0, n, 12, .95, 0, qbeta(.975, 1, n)),
        case(method, "boundary", 1, 0, n, 12, .95, qbeta(.025, n, 1), 1))))))

write_table(rbind(survey_cases, mean_cases, formula_cases, rare_cases, boundary_cases),
            "intervals.csv")

# ---- multiple comparisons -----------------------------------------------------------------------

set.seed(7)
p_values <- list(
    random = runif(50),
    skewed = rbeta(60, .2, 3),
    tied = round(rbeta(40, .4, 2), 2),
    equal = rep(.03, 5),
    missing = replace(rbeta(30, .3, 2), c(1, 4, 5, 17, 30), NaN),
    none = c(NaN, NaN),
    single = .04,
    single_missing = c(NaN, .04, NaN),
    pair = c(.04, .02),
    edges = c(0, 1, 1e-300, 5e-324, 1 - 1e-16, .5),
    steps = .05 * (1:20) / 20,
    sevenths = .05 * (7:1) / 7)
methods <- c(none = "none", bonferroni = "bonferroni", holm = "holm", bh = "BH")
adjusted <- do.call(rbind, lapply(names(methods), function(method)
    do.call(rbind, lapply(names(p_values), function(case) {
        p <- p_values[[case]]
        data.frame(case, method, p, adjusted = p.adjust(p, methods[[method]]))
    }))))
write_table(adjusted, "adjust.csv")
