# SPDX-License-Identifier: GPL-3.0-or-later
#
# Targets and calibrated designs, by R's survey package. Sourced by make_reference.R.

# Targets as a list of margins: name, variables, and amounts named by category ("" for a total).
read_targets <- function(files) {
    rows <- do.call(rbind, lapply(files, read_text))
    lapply(unique(rows$margin), function(margin) {
        mine <- rows[rows$margin == margin, ]
        categories <- ifelse(is.na(mine$category), "", mine$category)
        list(name = margin, variables = strsplit(margin, ":", fixed = TRUE)[[1]],
             amounts = setNames(as.numeric(mine$target), categories))
    })
}

is_total <- function(margin) identical(names(margin$amounts), "")

# Percentages add up to 100; --population says of how many people, or that the weights keep their sum.
to_people <- function(margin, options, weights) {
    given <- options$population
    if (is.null(given) || is_total(margin)) return(margin)
    size <- if (given == "sum") sum(weights) else as.numeric(given)
    if (isTRUE(all.equal(sum(margin$amounts), 100))) {
        margin$amounts <- margin$amounts * size / sum(margin$amounts)
    }
    margin
}

crossed <- function(margin, text) {
    factor(do.call(paste, c(unname(text[margin$variables]), sep = ":")), names(margin$amounts))
}

# The columns of the margins in the design, and the formula and totals that calibrate() wants.
population_of <- function(margins, design, text) {
    totals <- NULL
    terms <- sprintf(".margin%d", seq_along(margins))
    for (i in seq_along(margins)) {
        m <- margins[[i]]
        if (is_total(m)) {
            design$variables[[terms[i]]] <- as.numeric(text[[m$variables]])
            totals <- c(totals, setNames(m$amounts, terms[i]))
        } else {
            design$variables[[terms[i]]] <- crossed(m, text)
            if (!("(Intercept)" %in% names(totals))) {
                totals <- c("(Intercept)" = sum(m$amounts), totals)
            }
            totals <- c(totals, setNames(m$amounts[-1], paste0(terms[i], names(m$amounts)[-1])))
        }
    }
    none <- if ("(Intercept)" %in% names(totals)) NULL else "0"
    list(design = design, formula = as_formula(c(none, terms)), totals = totals)
}

limits_of <- function(text) {
    if (is.null(text)) c(-Inf, Inf) else as.numeric(sub("inf", "Inf", strsplit(text, ",")[[1]]))
}

# Contract: without --weight everybody begins with an equal share of the population.
with_shares <- function(design, margins, options) {
    sizes <- unlist(lapply(margins, function(m) if (!is_total(m)) sum(m$amounts)))
    if (is.null(options$weight) && length(sizes)) {
        design$prob <- design$prob * sum(weights_of(design)) / sizes[1]
    }
    design
}

# Contract: a weight of 0 has no part in the variance; R takes a post-stratum's mean off its rows as if
# the weight were 1.
with_zeros_apart <- function(design) {
    step <- design$postStrata[[1]]
    attr(step, "weights")[attr(step, "weights") == 0] <- 1e-200
    design$postStrata[[1]] <- step
    design
}

calibrate_design <- function(design, options, text) {
    if (is.null(options$targets)) return(design)
    margins <- lapply(read_targets(options$targets), to_people, options, weights_of(design))
    design <- with_shares(design, margins, options)
    method <- option(options, "calibrate", "rake")
    p <- population_of(margins, design, text)
    if (method == "poststratify") {
        freq <- data.frame(.margin1 = names(margins[[1]]$amounts), Freq = margins[[1]]$amounts)
        return(with_zeros_apart(postStratify(p$design, ~.margin1, freq)))
    }
    trimmed <- !is.null(options$trim)
    bounds <- limits_of(if (trimmed) options$trim else options$bounds)
    metric <- c(linear = "linear", rake = "raking", logit = "logit")[[method]]
    done <- calibrate(p$design, p$formula, p$totals, calfun = metric, bounds = bounds,
                      bounds.const = trimmed, epsilon = 1e-13, maxit = 500)
    # R divides by the weight; where that is 0 so is the influence, and anything else will do.
    w <- done$postStrata[[1]]$w
    done$postStrata[[1]]$w <- ifelse(w == 0, 1, w)
    done
}

is_calibrated <- function(design) !is.null(design$postStrata)

# What svyrecvar() does before it looks at strata and units.
residuals_of <- function(z, design) {
    for (step in design$postStrata) {
        if (inherits(step, "greg_calibration")) {
            stopifnot(step$stage == 0)
            z <- qr.resid(step$qr, z / step$w) * step$w
        } else {
            w <- attr(step, "weights")
            start <- attr(step, "oldweights")
            z <- z - w * (ave(z / w * start, step, FUN = sum) / ave(start, step, FUN = sum))
        }
    }
    z
}

# ---- weight --------------------------------------------------------------------------------------

# The weight of each row, with what --id names.
weight_rows <- function(design, options, text) {
    id <- if (is.null(options$id)) list(record = as.character(seq_len(nrow(text))))
          else as.list(text[names_of(options$id)])
    as.data.frame(c(id, list(weight = vapply(weights_of(design), text17, ""))), optional = TRUE)
}

margin_rows <- function(margin, start, end, text) {
    values <- if (is_total(margin)) NULL else crossed(margin, text)
    do.call(rbind, lapply(seq_along(margin$amounts), function(i) {
        category <- names(margin$amounts)[i]
        x <- if (is.null(values)) as.numeric(text[[margin$variables]]) else values == category
        c(item = "margin", margin = margin$name, category = category,
          n = text17(sum(start > 0 & (is.null(values) | x))), start = text17(sum(start * x)),
          target = text17(margin$amounts[[i]]), achieved = text17(sum(end * x)))
    }))
}

spread_rows <- function(start, end) {
    deff <- function(w) length(w) * sum(w^2) / sum(w)^2
    cv <- function(w) sqrt(mean((w - mean(w))^2)) / mean(w)
    kinds <- list(minimum = min, mean = mean, maximum = max, cv = cv, deff = deff)
    rows <- lapply(names(kinds), function(kind) {
        c(item = "weight", margin = "", category = kind, n = "",
          start = text17(structural_zero(kinds[[kind]](start), 1)), target = "",
          achieved = text17(kinds[[kind]](end)))
    })
    g <- lapply(c("minimum", "maximum"), function(kind) {
        c(item = "g", margin = "", category = kind, n = "", start = "", target = "",
          achieved = text17(kinds[[kind]](end / start)))
    })
    do.call(rbind, c(rows, g))
}

case_weight <- function(options, data, design) {
    calibrated <- calibrate_design(design, options, data$text)
    if (!is.null(options$save)) return(weight_rows(calibrated, options, data$text))
    margins <- lapply(read_targets(options$targets), to_people, options, weights_of(design))
    start <- weights_of(with_shares(design, margins, options))
    end <- weights_of(calibrated)
    total <- c(item = "total", margin = "", category = "", n = text17(sum(start > 0)),
               start = text17(sum(start)), target = "", achieved = text17(sum(end)))
    some <- start > 0
    solution <- c(item = "solution", margin = "", category = "iterations", n = "", start = "",
                  target = "", achieved = not_compared)
    rows <- do.call(rbind, lapply(margins, margin_rows, start, end, data$text))
    as.data.frame(rbind(total, rows, spread_rows(start[some], end[some]), solution))
}
