# SPDX-License-Identifier: GPL-3.0-or-later
#
# Random designs and requests through R's survey package and through peil, side by side:
#
#     Rscript tests/differential/differential.R PEIL [CASES] [SEED]      (from the root of the repository)
#
# Every case draws a small survey (strata, clusters, stages, population sizes, lonely units, weights of
# 0, missing answers, rare answers), a request, and works it out twice: with the R scripts of the reference
# cases, and by running PEIL. All estimates, standard errors, degrees of freedom, bounds and p-values
# must agree to 1e-9 of their size. Prints how many values of each column were compared and the worst
# difference; writes down what differed and exits with 1 when something did. Case k of a seed is always
# the same: `CASES` may be 17:17 to see one again.

as_library <- TRUE # make_reference.R then only defines
source("tests/reference/make_reference.R")

tolerance <- 1e-9

# ---- a survey ------------------------------------------------------------------------------------

chance <- function(p) runif(1) < p
one_of <- function(...) sample(c(...), 1)

# Units of the first stage in strata; sometimes a stratum has one.
draw_units <- function() {
    strata <- if (chance(0.75)) one_of(2:7) else 1
    sizes <- sample(2:6, strata, replace = TRUE)
    if (chance(0.2)) sizes[1] <- 1
    data.frame(stratum = rep(seq_len(strata), sizes), psu = seq_len(sum(sizes)))
}

draw_persons <- function(units) {
    persons <- units[rep(seq_len(nrow(units)), sample(1:12, nrow(units), replace = TRUE)), ]
    persons$household <- sample(1:4, nrow(persons), replace = TRUE)
    persons
}

# Population sizes of the two stages, as large as the sample at least.
add_sizes <- function(frame) {
    drawn <- tapply(frame$psu, frame$stratum, function(x) length(unique(x)))
    sizes <- drawn + sample(0:20, length(drawn), replace = TRUE)
    frame$psus <- as.vector(sizes[as.character(frame$stratum)])
    inside <- tapply(frame$household, frame$psu, function(x) length(unique(x)))
    households <- inside + sample(0:9, length(inside), replace = TRUE)
    frame$households <- as.vector(households[as.character(frame$psu)])
    frame
}

some_missing <- function(x, share) replace(x, runif(length(x)) < share, NA)

draw_answers <- function(frame) {
    n <- nrow(frame)
    frame$w <- round(rgamma(n, 4, 4) * one_of(1, 30, 1000) + 0.01, one_of(0, 2, 5))
    frame$w[frame$w == 0] <- 1
    if (chance(0.2)) frame$w[sample(n, 1 + n %/% 10)] <- 0
    frame$g <- sample(c("a", "b", "c"), n, replace = TRUE, prob = c(5, 3, one_of(0.2, 2)))
    frame$jaar <- sample(c(2015, 2017, 2019), n, replace = TRUE)
    frame$q <- some_missing(sample(1:4, n, replace = TRUE, prob = c(6, 4, 3, one_of(0.1, 2))), 0.1)
    frame$k <- some_missing(sample(1:4, n, replace = TRUE), 0.2)
    frame$r <- sample(c("ja", "nee"), n, replace = TRUE)
    frame$x <- some_missing(round(rnorm(n, 50 + frame$psu, 12), one_of(0, 1, 3)), one_of(0, 0.15))
    frame$y <- round(rgamma(n, 4, 0.1) + 1, 2)
    frame
}

draw_survey <- function() draw_answers(add_sizes(draw_persons(draw_units())))

# ---- a request -----------------------------------------------------------------------------------

maybe <- function(p, ...) if (chance(p)) c(...) else character()

draw_design <- function() {
    shape <- one_of("respondents", "strata", "clusters", "both", "stages")
    words <- c(maybe(0.9, "--weight", "w"), "--lonely-psu", one_of("certainty", "adjust", "average"))
    if (shape %in% c("strata", "both", "stages")) words <- c(words, "--strata", "stratum")
    if (shape %in% c("clusters", "both")) words <- c(words, "--cluster", "psu")
    if (shape == "stages") words <- c(words, "--cluster", "psu,household")
    fpc <- switch(shape, both = "psus", stages = "psus,households", NULL)
    c(words, if (!is.null(fpc)) maybe(0.5, "--fpc", fpc))
}

measures <- c("mean(x)", "total(x)", "sd(x)", "ratio(x / y)", "count()", "percent(q)",
              "percent(q = 1)", "percent(r = \"ja\")", "total(q = 2)", "percent(x >= 55)",
              "index(q: 1 = 0, 2 = 50, 3 = 75, 4 = 100)", "mean(y)",
              "percent(q = 1 and r = \"ja\")", "scale(q, -k; 1..4 -> 0..10; min 1)", "quantile",
              "quantile")

draw_quantile <- function(...) {
    rule <- one_of("math", "school", paste0("hf", 1:9))
    variable <- one_of("x", "y", "q")
    if (chance(0.3)) return(sprintf("median(%s; %s)", variable, rule))
    share <- one_of(0.05, 0.1, 0.25, 0.3, 0.5, 0.6, 0.75, 0.9)
    sprintf("quantile(%s, %s; %s)", variable, share, rule)
}

draw_domain <- function() {
    c(maybe(0.25, "--where", one_of("g <> \"c\"", "y > 30", "q in (1, 2) or x > 50")),
      maybe(0.1, "--sample", "y > 12"), maybe(0.2, "--missing", "q: 4"))
}

# R's own words: each measure has a name, so that rows can be told apart.
draw_measures <- function(n) {
    texts <- sample(measures, n)
    texts[texts == "quantile"] <- vapply(texts[texts == "quantile"], draw_quantile, "")
    as.vector(rbind("-m", sprintf("m%d: %s", seq_along(texts), texts)))
}

draw_table <- function() {
    by <- one_of("", "g", "jaar", "g,jaar", "r,g")
    c("table", draw_measures(sample(1:3, 1)), if (by != "") c("--by", by, maybe(0.4, "--margins")),
      maybe(0.5, "--ci", one_of("logit", "wald", "wilson", "beta", "kg-nchs", "jeffreys", "arcsine",
                                "likelihood")),
      maybe(0.3, "--df", one_of("subset", "strata", "design")), maybe(0.3, "--level", one_of(90, 99)))
}

draw_pairs <- function(measures) {
    c("compare", measures, "--over", one_of("jaar", "g"),
      "--against", one_of("previous", "first", "rest"), maybe(0.4, "--by", "r"))
}

draw_question <- function() {
    text <- one_of("percent(q)", "percent(k)", "percent(q = 1)", "percent(q in (1, 2) or x > 50)")
    c(draw_pairs(c("-m", paste("m1:", text))),
      "--rule", one_of("rao-scott", "rao-scott-1", "wald", "adjwald", "overlap", "overlap-90-95"))
}

draw_trend <- function() {
    c("compare", draw_measures(1), "--over", one_of("jaar", "k"),
      "--against", one_of("linear", "quadratic"), maybe(0.4, "--by", "r"))
}

draw_compare <- function() {
    switch(one_of("t", "question", "trend"),
           t = c(draw_pairs(draw_measures(1)),
                 maybe(0.3, "--adjust", one_of("holm", "bonferroni", "bh"))),
           question = draw_question(), trend = draw_trend())
}

draw_request <- function() {
    c(if (chance(0.7)) draw_table() else draw_compare(), draw_design(), draw_domain())
}

# ---- both sides ----------------------------------------------------------------------------------

by_r <- function(words, path) {
    options <- read_options(append(words, path, 1))
    data <- read_case(options)
    lonely_in_r(options)
    design <- make_design(data$any, options)
    rows <- switch(options$command, table = case_table, compare = case_compare)(options, data, design)
    as.data.frame(rows)
}

by_peil <- function(peil, words, path) {
    out <- tempfile()
    err <- tempfile()
    status <- system2(peil, shQuote(c(append(words, path, 1), "-f", "csv")), stdout = out, stderr = err)
    if (status != 0) stop(paste(readLines(err), collapse = "\n"))
    read.csv(out, colClasses = "character", check.names = FALSE, na.strings = "\1")
}

key_of <- function(rows, keys) {
    rows[is.na(rows)] <- ""
    do.call(paste, c(unname(rows[keys]), sep = "\r"))
}

relative <- function(a, b) if (identical(a, b)) 0 else abs(a - b) / max(abs(a), abs(b))

# A value of each side: the difference, NA where R has none or it is not compared.
compare_value <- function(r, p) {
    if (r == not_compared) return(NA)
    if (r == "" || p == "") return(if (r == p) 0 else if (r == "") NA else Inf)
    relative(as.numeric(r), as.numeric(p))
}

compare_rows <- function(r, p) {
    keys <- setdiff(intersect(names(r), names(p)), value_columns)
    found <- match(key_of(r, keys), key_of(p, keys))
    columns <- intersect(names(r), value_columns)
    if (anyNA(found)) stop("a row of R's is missing")
    sapply(columns, function(column) {
        as.numeric(mapply(compare_value, r[[column]], p[[column]][found]))
    }, simplify = FALSE)
}

# ---- the run -------------------------------------------------------------------------------------

record <- new.env()
record$compared <- list()
record$failures <- character()
record$outcomes <- character()

note_differences <- function(differences, name) {
    for (column in names(differences)) {
        d <- unlist(differences[[column]]) # none: a list
        d <- d[!is.na(d)]
        record$compared[[column]] <- c(record$compared[[column]], d)
        if (any(d > tolerance))
            record$failures <- c(record$failures, sprintf("%s: %s differs by %g", name, column, max(d)))
    }
}

# A request that one side cannot answer is no failure of the other unless the other is peil.
run_one <- function(peil, k, seed) {
    set.seed(1000003 * seed + k)
    frame <- draw_survey()
    words <- draw_request()
    path <- file.path(tempdir(), "survey.csv")
    write.table(frame, path, sep = ",", quote = FALSE, row.names = FALSE, na = "")
    name <- sprintf("case %d: %s", k, paste(words, collapse = " "))
    r <- tryCatch(suppressWarnings(by_r(words, path)), error = conditionMessage)
    p <- tryCatch(by_peil(peil, words, path), error = conditionMessage)
    outcome <- paste(if (is.character(r)) "R fails" else "R answers",
                     if (is.character(p)) "peil refuses" else "peil answers", sep = ", ")
    record$outcomes <- c(record$outcomes, outcome)
    if (is.character(p) && is.data.frame(r))
        record$failures <- c(record$failures, paste0(name, ": ", p))
    if (is.data.frame(r) && is.data.frame(p)) {
        d <- tryCatch(compare_rows(r, p), error = conditionMessage)
        if (is.character(d)) record$failures <- c(record$failures, paste0(name, ": ", d))
        else note_differences(d, name)
    }
}

print_result <- function(cases) {
    print(table(record$outcomes))
    cat(sprintf("\n%-20s %10s %12s\n", "column", "compared", "worst"))
    for (column in names(record$compared)) {
        d <- record$compared[[column]]
        cat(sprintf("%-20s %10d %12.2g\n", column, length(d), if (length(d)) max(d) else 0))
    }
    cat(sprintf("\n%d cases, %d differences\n", length(cases), length(record$failures)))
    writeLines(head(record$failures, 50))
}

arguments <- commandArgs(trailingOnly = TRUE)
peil <- normalizePath(arguments[1])
cases <- if (length(arguments) > 1) eval(parse(text = arguments[2])) else 1000
if (length(cases) == 1 && !grepl(":", arguments[2], fixed = TRUE)) cases <- seq_len(cases)
seed <- if (length(arguments) > 2) as.integer(arguments[3]) else 1
for (k in cases) run_one(peil, k, seed)
print_result(cases)
if (length(record$failures)) quit(status = 1)
