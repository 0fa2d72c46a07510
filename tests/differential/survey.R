# SPDX-License-Identifier: GPL-3.0-or-later
#
# Draws a small survey. Sourced by differential.R.

chance <- function(p) runif(1) < p
one_of <- function(...) sample(c(...), 1)

# Units of the first stage in strata, of these sizes; one stratum may have a single unit.
draw_units <- function(sizes, may_be_lonely) {
    strata <- if (length(sizes) == 1 || chance(0.75)) one_of(2:7) else 1
    sizes <- sizes[sample(length(sizes), strata, replace = TRUE)]
    if (may_be_lonely && chance(0.2)) sizes[1] <- 1
    data.frame(stratum = rep(seq_len(strata), sizes), psu = seq_len(sum(sizes)))
}

# `kind` is a stratum of the second stage: households of two kinds in every unit.
draw_persons <- function(units) {
    persons <- units[rep(seq_len(nrow(units)), sample(1:12, nrow(units), replace = TRUE)), ]
    persons$household <- sample(1:4, nrow(persons), replace = TRUE)
    persons$kind <- ifelse(persons$household %% 2 == 0, "even", "odd")
    persons$id <- sample(nrow(persons))
    persons
}

count_distinct <- function(x, within) {
    counts <- tapply(x, within, function(values) length(unique(values)))
    as.vector(counts[as.character(within)])
}

# A number that is one for all of a group.
shared <- function(group, values) {
    names <- unique(group)
    sample(values, length(names), replace = TRUE)[match(group, names)]
}

# Population sizes of the stages, as large as the sample at least, and the same as fractions.
add_sizes <- function(frame) {
    sampled <- count_distinct(frame$psu, frame$stratum)
    inside <- count_distinct(frame$household, frame$psu)
    of_kind <- paste(frame$psu, frame$kind)
    frame$psus <- sampled + shared(frame$stratum, 0:20)
    frame$households <- inside + shared(frame$psu, 0:9)
    frame$kind_households <- count_distinct(frame$household, of_kind) + shared(of_kind, 0:9)
    frame$f1 <- round(sampled / frame$psus, 6)
    frame$f2 <- round(inside / frame$households, 6)
    frame
}

some_missing <- function(x, share) replace(x, runif(length(x)) < share, NA)

draw_weights <- function(n) {
    w <- round(rgamma(n, 4, 4) * one_of(1, 30, 1000) + 0.01, one_of(0, 2, 5))
    w[w == 0] <- 1
    if (chance(0.2)) w[sample(n, 1 + n %/% 10)] <- 0
    w
}

draw_items <- function(n) {
    liking <- rnorm(n)
    item <- function() {
        some_missing(pmin(5, pmax(1, round(3 + liking + rnorm(n)))), one_of(0, 0.1))
    }
    data.frame(i1 = item(), i2 = 6 - item(), i3 = item())
}

draw_answers <- function(frame) {
    n <- nrow(frame)
    frame$w <- draw_weights(n)
    frame$v <- some_missing(frame$w, 0.1)
    frame$g <- sample(c("a", "b", "c"), n, replace = TRUE, prob = c(5, 3, one_of(0.2, 2)))
    frame$jaar <- sample(c(2015, 2017, 2019), n, replace = TRUE)
    frame$q <- some_missing(sample(1:4, n, replace = TRUE, prob = c(6, 4, 3, one_of(0.1, 2))), 0.1)
    frame$k <- some_missing(sample(1:4, n, replace = TRUE), 0.2)
    frame$r <- sample(c("ja", "nee"), n, replace = TRUE)
    frame$x <- some_missing(round(rnorm(n, 50 + frame$psu, 12), one_of(0, 1, 3)), one_of(0, 0.15))
    frame$y <- round(rgamma(n, 4, 0.1) + 1, 2)
    frame$buurt <- one_code(areas$buurt, frame$id)
    cbind(frame, draw_items(n))
}

# ---- areas ---------------------------------------------------------------------------------------

# The data have the smallest, by numbers alone.
areas <- data.frame(buurt = sprintf("BU%04d", 1:7), wijk = sprintf("WK%02d", c(1, 1, 2, 2, 2, 3, 4)),
                    gemeente = sprintf("GM%02d", c(1, 1, 1, 1, 1, 2, 2)))

one_code <- function(codes, k) as.integer(sub("[A-Z]+", "", codes[1 + k %% length(codes)]))

# ---- replicate weights ---------------------------------------------------------------------------

# Each unit is left out once, and `size` less one others make up for it.
left_out <- function(same, size) {
    ifelse(diag(nrow(same)) == 1, 0, ifelse(same, size / (size - 1), 1))
}

# So many that n / (n - 1) has few decimals.
random_groups <- function(n) {
    groups <- max(intersect(c(2, 3, 5, 6, 9, 11, 17, 21, 26, 41), seq_len(n)))
    left_out(matrix(TRUE, groups, groups), groups)[sample(rep_len(seq_len(groups), n)), ]
}

# What each unit counts for in each replicate: units by replicates. Any such table is good for a
# comparison; balance is not asked for.
unit_factors <- function(type, units) {
    n <- nrow(units)
    of_choice <- function(values) {
        replicates <- one_of(4:24)
        matrix(sample(values, n * replicates, replace = TRUE), n)
    }
    kind <- sub("=.*", "", type)
    k <- if (kind == "fay") as.numeric(sub(".*=", "", type)) else 0
    switch(kind,
           brr = , fay = of_choice(c(k, 2 - k)),
           sdr = , acs = of_choice(c(1, 1.7071, 0.2929)),
           jk1 = random_groups(n),
           jkn = left_out(outer(units$stratum, units$stratum, "=="),
                          count_distinct(units$psu, units$stratum)),
           bootstrap = rmultinom(one_of(10:40), n - 1, rep(1, n)) * n / (n - 1))
}

# Whole weights in columns rep1, rep2, ...; none may be 0 for everybody. Factors of four decimals, so
# that weights are exact products: what is proportional stays so, and no rank or standard error hangs
# on the last decimal.
add_replicates <- function(frame, type) {
    units <- frame[!duplicated(frame$psu), c("psu", "stratum")]
    factors <- unit_factors(type, units)[match(frame$psu, units$psu), , drop = FALSE]
    weights <- round(frame$w * round(factors, 4), 9)
    empty <- colSums(abs(weights)) == 0
    weights[, empty] <- frame$w
    colnames(weights) <- paste0("rep", seq_len(ncol(weights)))
    cbind(frame, weights)
}

# ---- targets -------------------------------------------------------------------------------------

# A margin of the population not far from the sample's: its categories add up to `size`.
draw_margin <- function(frame, name, size) {
    values <- do.call(paste, c(unname(frame[strsplit(name, ":")[[1]]]), sep = ":"))
    weights <- tapply(frame$w, values, sum)
    amounts <- weights * runif(length(weights), 0.85, 1.15)
    amounts <- round(size * amounts / sum(amounts), 2)
    amounts[1] <- round(size - sum(amounts[-1]), 2)
    data.frame(margin = name, category = names(weights), target = as.vector(amounts))
}

draw_targets <- function(frame, margins) {
    size <- round(sum(frame$w) * runif(1, 0.9, 1.3), 2)
    drawn <- lapply(margins, function(name) {
        if (name != "y") return(draw_margin(frame, name, size))
        total <- sum(frame$w * frame$y) / sum(frame$w) * size * runif(1, 0.95, 1.05)
        data.frame(margin = "y", category = NA, target = round(total, 1))
    })
    do.call(rbind, drawn)
}

# ---- the whole -----------------------------------------------------------------------------------

# `sampling` is drawn with the request (draw_sampling): what the survey must have.
draw_survey <- function(sampling) {
    units <- draw_units(sampling$sizes, sampling$may_be_lonely)
    frame <- draw_answers(add_sizes(draw_persons(units)))
    if (is.null(sampling$columns)) frame else add_replicates(frame, sampling$columns)
}

write_rows <- function(frame, path) {
    write.table(frame, path, sep = ",", quote = FALSE, row.names = FALSE, na = "")
    path
}

write_targets <- function(frame, folder, margins) {
    path <- file.path(folder, "targets.csv")
    unlink(path)
    if (is.null(margins)) NULL else write_rows(draw_targets(frame, margins), path)
}

write_areas <- function(folder) write_rows(areas, file.path(folder, "areas.csv"))

# One file, or the rows over two, the second with its columns the other way round.
write_survey <- function(frame, folder, two_files) {
    paths <- file.path(folder, c("one.csv", "two.csv"))
    unlink(paths)
    n <- nrow(frame)
    if (!two_files || n == 1) return(write_rows(frame, paths[1]))
    first <- seq_len(n) %in% sample(n, (n + 1) %/% 2)
    c(write_rows(frame[first, ], paths[1]), write_rows(rev(frame[!first, ]), paths[2]))
}
