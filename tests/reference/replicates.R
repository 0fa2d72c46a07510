# SPDX-License-Identifier: GPL-3.0-or-later
#
# Designs with replicate weights, and figures from them. Sourced by make_reference.R.

is_replicated <- function(design) inherits(design, "svyrep.design")

# ---- designs -------------------------------------------------------------------------------------

# The methods' names in R.
replicate_types <- c(brr = "BRR", fay = "Fay", jk1 = "JK1", jkn = "JKn", bootstrap = "bootstrap",
                     sdr = "ACS", acs = "ACS")

replication_of <- function(options) sub("=.*", "", options$replication)

# The K of fay=K.
fay_factor <- function(options) {
    if (replication_of(options) == "fay") as.numeric(sub(".*=", "", options$replication)) else NULL
}

# Patterns in the order given, the variables of each in the order of the file.
matching_names <- function(patterns, names) {
    unlist(lapply(names_of(patterns), function(p) grep(glob2rx(p), names, value = TRUE)))
}

numbers_in <- function(text) {
    if (is.null(text)) NULL else as.numeric(strsplit(text, "[, ]+")[[1]])
}

replicate_columns <- function(frame, options) {
    columns <- frame[matching_names(options$repweights, names(frame))]
    rscales <- numbers_in(options$rscales)
    if (length(rscales) == 1) rscales <- rep(rscales, ncol(columns))
    design <- suppressWarnings(
        svrepdesign(data = frame, repweights = columns, weights = frame[[options$weight]],
                    type = replicate_types[[replication_of(options)]], combined.weights = TRUE,
                    rho = fay_factor(options), scale = numbers_in(options$scale),
                    rscales = rscales, mse = centred_at_estimate(options)))
    # Contract: --scale holds for every method; svrepdesign() passes over it for BRR, Fay and ACS.
    if (!is.null(options$scale)) design$scale <- numbers_in(options$scale)
    design
}

centred_at_estimate <- function(options) option(options, "replicate-centre", "mean") == "estimate"

# A Hadamard matrix as peil makes it: of the first order from `least` on that Paley's first
# construction (q + 1 for a prime q of 3 modulo 4) or doubling gives. Any of the order will do for
# balance; only figures that are not linear tell them apart.
is_prime <- function(n) n %in% 2:3 || (n > 3 && all(n %% 2:floor(sqrt(n)) != 0))
is_paley <- function(order) order %% 4 == 0 && is_prime(order - 1)

paley_matrix <- function(order) {
    q <- order - 1
    squares <- unique((1:(q - 1))^2 %% q)
    character <- c(0, ifelse(1:(q - 1) %in% squares, 1, -1))
    rest <- outer(0:(q - 1), 0:(q - 1), function(i, j) character[(i - j) %% q + 1])
    diag(order) + rbind(c(0, rep(1, q)), cbind(-1, rest))
}

hadamard_matrix <- function(least) {
    for (order in least:(4 * least)) {
        base <- order
        while (base > 2 && !is_paley(base) && base %% 2 == 0) base <- base / 2
        if (base > 2 && !is_paley(base)) next
        h <- if (is_paley(base)) paley_matrix(base) else matrix(c(1, 1, 1, -1), 2)
        while (nrow(h) < order) h <- rbind(cbind(h, h), cbind(h, -h))
        return(h)
    }
}

# Replicates of a design. Contract: degrees of freedom are those of the design, also in a subset,
# where R counts ranks; so the design goes along.
replicates_of <- function(design, options) {
    type <- replicate_types[[replication_of(options)]]
    nstrata <- length(unique(design$strata[[1]]))
    more <- switch(type, BRR = list(hadamard.matrix = hadamard_matrix(nstrata + 1)),
                   Fay = list(hadamard.matrix = hadamard_matrix(nstrata + 1),
                              fay.rho = fay_factor(options)), list())
    made <- do.call(as.svrepdesign, c(list(design, type = type,
                                           mse = centred_at_estimate(options)), more))
    made$sampled <- design
    # Contract: a total is held against its replicates with all respondents; R leaves those of strata
    # that were drawn whole out of the replicates, and not of the total that mse = TRUE takes.
    made$selfrep <- NULL
    made
}

# ---- figures -------------------------------------------------------------------------------------

alpha_in <- function(w, data) {
    if (sum(w) == 0) return(NaN)
    items <- as.matrix(data[grep("^\\.i[0-9]+$", names(data))])
    moments <- stats::cov.wt(items, w / sum(w), method = "ML")$cov
    k <- ncol(items)
    alike <- isTRUE(sum(moments) < 1e-12 * max(abs(items))^2) # all scores, but for rounding
    if (alike) return(NaN)
    k / (k - 1) * (1 - sum(diag(moments)) / sum(moments))
}

# The figure in every replicate; that of sd is the root of svyvar's.
replicate_figures <- function(fig, sub) {
    r <- switch(fig$type,
                mean = svymean(~.y, sub, return.replicates = TRUE),
                total = svytotal(~.y, sub, return.replicates = TRUE),
                count = svytotal(~.y, sub, return.replicates = TRUE),
                ratio = svyratio(~.y, ~.x, sub, return.replicates = TRUE),
                sd = svyvar(~.y, weighing(sub), return.replicates = TRUE),
                alpha = withReplicates(sub, alpha_in, return.replicates = TRUE))
    figures <- as.numeric(r$replicates)
    if (fig$type == "sd") sqrt(pmax(figures, 0)) else figures
}

# The variance over replicates, by R's own function; replicates without the figure are left out.
replicate_variance <- function(figures, whole, design) {
    suppressWarnings(as.numeric(survey:::svrVar(figures, design$scale, design$rscales,
                                                mse = design$mse, coef = whole)))
}

replicate_estimate <- function(fig, sub) {
    s <- if (fig$type == "alpha") NULL else suppressWarnings(statistic(fig, sub))
    estimate <- if (fig$type == "alpha") alpha_in(sub$pweights, sub$variables)
                else as.numeric(coef(s))
    if (fig$type == "sd") estimate <- sqrt(estimate)
    se <- sqrt(replicate_variance(replicate_figures(fig, sub), estimate, sub))
    if (!fig$type %in% c("alpha", "sd")) {
        stopifnot(all.equal(se, suppressWarnings(as.numeric(SE(s))), tolerance = 1e-9))
    }
    list(estimate = estimate, se = se)
}

# What varies over the replicates, and the same in the whole sample: the figure, or for a quantile the
# share at or below it over the density that its interval implies (see quantile_influence).
replicate_part <- function(fig, design, rows, options) {
    fig <- with_rules(fig, design, rows, options)
    sub <- valid_design(design, fig, rows)
    e <- plain_estimate(fig, sub)
    if (fig$type != "quantile") {
        return(list(estimate = e$estimate, whole = e$estimate, figures = replicate_figures(fig, sub)))
    }
    slope <- if (isTRUE(e$se == 0)) 0 else -e$se / e$share_se
    sub$variables$.y <- as.numeric(sub$variables$.y <= e$estimate)
    shares <- replicate_figures(list(type = "mean"), sub)
    list(estimate = e$estimate, whole = slope * e$share, figures = slope * shares)
}

# Contract: of columns as R's degf() of the subset, the rank of its weights less one; of replicates
# that were made, those of the design. Standardised weights are of a higher rank, but no more units.
replicate_df <- function(rule, fig, design, rows) {
    fig$shares <- NULL
    sampled <- design$sampled
    if (is.null(sampled)) {
        return(degf(if (rule == "design") design else valid_design(design, fig, rows)))
    }
    degrees_of_freedom(rule, sampled, valid_design(sampled, fig, rows))
}
