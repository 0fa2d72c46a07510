# SPDX-License-Identifier: GPL-3.0-or-later
#
# Draws a request: how the sample was drawn, and what is asked. Sourced by differential.R.

maybe <- function(p, ...) if (chance(p)) c(...) else character()

# ---- the sample ----------------------------------------------------------------------------------

strata_words <- c("--strata", "stratum")
shapes <- list(respondents = NULL, strata = strata_words, clusters = c("--cluster", "psu"),
               both = c(strata_words, "--cluster", "psu"),
               stages = c(strata_words, "--cluster", "psu,household"),
               kinds = c(strata_words, "--strata", "kind", "--cluster", "psu,household"),
               crossed = c("--strata", "stratum,jaar"))

fpc_of <- function(shape) {
    switch(shape, both = one_of("psus", "f1"), stages = one_of("psus,households", "f1,f2"),
           kinds = "psus,kind_households", NULL)
}

draw_weight <- function() {
    if (chance(0.1)) return(c("--weight", "v", "--missing-weight", "zero"))
    maybe(0.9, "--weight", "w")
}

sampled <- function(weight = draw_weight()) {
    shape <- one_of(names(shapes))
    fpc <- fpc_of(shape)
    list(sizes = 2:6, may_be_lonely = TRUE,
         words = c(weight, "--lonely-psu", one_of("certainty", "adjust", "average"),
                   shapes[[shape]], if (!is.null(fpc)) maybe(0.5, "--fpc", fpc)))
}

# The survey's own replicate weights, in columns. Of four units n / (n - 1) would have no end.
in_columns <- function() {
    type <- one_of("brr", "fay=0.5", "fay=0.3", "jk1", "jkn", "bootstrap", "sdr", "acs")
    list(sizes = c(2, 3, 5, 6), may_be_lonely = FALSE, columns = type,
         words = c("--weight", "w", "--repweights", "rep*", "--replication", type,
                   if (type == "jkn") c("--rscales", one_of(0.75, 1, 0.5)),
                   maybe(0.2, "--scale", one_of(0.05, 0.9, 1.5))))
}

# Replicates that are made of the design.
made <- function() {
    type <- one_of("brr", "fay=0.5", "fay=0.2", "jk1", "jkn", "jkn")
    words <- c(maybe(0.9, "--weight", "w"), "--cluster", one_of("psu", if (type == "jk1") "id"),
               if (type != "jk1") strata_words, "--replication", type,
               if (type == "jkn") c("--lonely-psu", "certainty", maybe(0.4, "--fpc", "psus")))
    in_pairs <- grepl("brr|fay", type)
    list(sizes = if (in_pairs) 2 else 2:6, may_be_lonely = !in_pairs, words = words)
}

# A sample whose weights are calibrated to margins of the population.
calibrated <- function() {
    margins <- one_of(list("r", "g", c("r", "jaar"), "r:jaar", c("r", "y"), c("jaar", "g", "r"),
                           "y"))[[1]]
    is_one <- length(margins) == 1 && margins != "y"
    method <- one_of(list(NULL, "rake", "linear", c("linear", "--bounds", "0.3,3"),
                          c("logit", "--bounds", "0.2,5"), if (is_one) "poststratify"))[[1]]
    # From weights of 1 R rescales to a target of a number, and peil does not.
    sampling <- sampled(maybe(if (identical(margins, "y")) 1 else 0.9, "--weight", "w"))
    words <- c("--targets", "targets.csv", if (!is.null(method)) "--calibrate", method)
    replace(sampling, c("words", "margins"), list(c(sampling$words, words), margins))
}

# The words, and what the survey must be like: units in a stratum, columns of replicates, margins of the
# population.
draw_sampling <- function() {
    sampling <- one_of(list(sampled, sampled, in_columns, made, calibrated))[[1]]()
    if ("--replication" %in% sampling$words) {
        sampling$words <- c(sampling$words, maybe(0.4, "--replicate-centre", "estimate"))
    }
    sampling
}

# ---- the question --------------------------------------------------------------------------------

score <- "scale(q, -k; 1..4 -> 0..10; min 1)"

measures <- c("mean(x)", "total(x)", "sd(x)", "ratio(x / y)", "count()", "percent(q)", "mean(y)",
              "percent(q = 1)", "percent(r = \"ja\")", "total(q = 2)", "percent(x >= 55)",
              "index(q: 1 = 0, 2 = 50, 3 = 75, 4 = 100)", "percent(q = 1 and r = \"ja\")",
              "percent(q in (1, 2) or k <> 3)", score, sprintf("percent(%s >= 5)", score),
              sprintf("sd(%s)", score), sprintf("median(%s)", score), "percent(q = 9)",
              "percent(not (q = 9))", "total(y)", "alpha(i1, -i2, i3; 1..5)",
              "scale(i1, -i2, i3; 1..5 -> 0..100; min 2)", "quantile", "quantile", "quantile")

draw_quantile <- function(...) {
    rule <- one_of("math", "school", paste0("hf", 1:9))
    variable <- one_of("x", "y", "q")
    if (chance(0.3)) return(sprintf("median(%s; %s)", variable, rule))
    share <- one_of(0.05, 0.1, 0.25, 0.3, 0.5, 0.6, 0.75, 0.9)
    sprintf("quantile(%s, %s; %s)", variable, share, rule)
}

# Each measure has a name, so that rows can be told apart.
draw_measures <- function(n) {
    texts <- sample(measures, n)
    texts[texts == "quantile"] <- vapply(texts[texts == "quantile"], draw_quantile, "")
    as.vector(rbind("-m", sprintf("m%d: %s", seq_along(texts), texts)))
}

draw_domain <- function() {
    c(maybe(0.25, "--where", one_of("g <> \"c\"", "y > 30", "q in (1, 2) or x > 50", "r = \"ja\"")),
      maybe(0.1, "--sample", "y > 12"), maybe(0.2, "--missing", one_of("q: 4", "3 4", "4")))
}

draw_level <- function() maybe(0.3, "--level", one_of(80, 90, 99))

draw_interval <- function() {
    maybe(0.6, "--ci", one_of("logit", "wald", "wilson", "beta", "kg-nchs", "jeffreys", "arcsine",
                              "likelihood"))
}

draw_table <- function() {
    by <- one_of(list(NULL, "g", "jaar", "g,jaar", "r,g", c("g", "r,jaar")))[[1]]
    c("table", draw_measures(sample(1:3, 1)), as.vector(rbind(rep("--by", length(by)), by)),
      if (length(by)) maybe(0.4, "--margins"), draw_interval(), draw_level(),
      maybe(0.1, "--include-missing"))
}

draw_pairs <- function(measures, over = one_of("jaar", "g"),
                       against = one_of("previous", "first", "rest")) {
    c("compare", measures, "--over", over, "--against", against, maybe(0.4, "--by", "r"),
      maybe(0.2, "--margins"))
}

draw_adjustment <- function() maybe(0.4, "--adjust", one_of("none", "holm", "bonferroni", "bh"))

draw_change <- function() {
    pairs <- one_of(list(draw_pairs(draw_measures(1)),
                         draw_pairs(draw_measures(1), "jaar", "2017"),
                         draw_pairs(draw_measures(1), "g", "b")))[[1]]
    c(pairs, draw_level(), draw_adjustment(), maybe(0.1, "--include-missing"))
}

question_rules <- c("rao-scott", "rao-scott-1", "wald", "adjwald")

draw_test <- function() {
    text <- one_of("percent(q)", "percent(k)", "percent(q = 1)", "percent(q in (1, 2) or x > 50)")
    c(draw_pairs(c("-m", paste("m1:", text))), draw_level(),
      "--rule", one_of(question_rules), draw_adjustment())
}

draw_overlap <- function() {
    rule <- one_of(list(c("overlap", draw_level()), "overlap-90-95"))[[1]]
    c(draw_pairs(draw_measures(1)), "--rule", rule, draw_interval())
}

draw_trend <- function() {
    c(draw_pairs(draw_measures(1), one_of("jaar", "k"), one_of("linear", "quadratic")),
      draw_level(), draw_adjustment())
}

draw_compare <- function() {
    one_of(list(draw_change, draw_change, draw_test, draw_overlap, draw_trend))[[1]]()
}

draw_question <- function() c(if (chance(0.6)) draw_table() else draw_compare(), draw_domain())

# ---- a standard population -----------------------------------------------------------------------

classes <- list(r = c("\"ja\"", "\"nee\""), g = c("\"a\"", "\"b\"", "\"c\""),
                jaar = c(2015, 2017, 2019), k = 1:4)

can_be_standardised <- function(words) {
    texts <- words[which(words == "-m") + 1]
    all(grepl("^m[0-9]+: (percent|mean|index|scale)[(]", texts)) &&
        !any(c("--targets", "--include-missing", question_rules) %in% words)
}

# Classes that are no group or answer themselves; drawn behind all else, so that other requests stay as they were.
# R's "average" counts strata with members of a weight of 0, which svystandardize() does not bear.
draw_standard <- function(words, frame) {
    weights <- if ("v" %in% words) frame$v else frame$w
    if ("average" %in% words && any(weights %in% c(0, NA))) return(NULL)
    if (!can_be_standardised(words) || !chance(0.35)) return(NULL)
    groups <- unlist(strsplit(words[which(words %in% c("--by", "--over")) + 1], ","))
    texts <- paste(words[which(words == "-m") + 1], collapse = " ")
    answers <- Filter(function(name) grepl(paste0("\\b", name, "\\b"), texts), names(classes))
    free <- setdiff(names(classes), c(groups, answers, if ("--missing" %in% words) "k"))
    if (length(free) == 0) return(NULL)
    name <- one_of(free)
    shares <- one_of(0.5, 1, 2.5) * sample(1:9, length(classes[[name]]))
    c("--standardise", paste0(name, ": ", paste(classes[[name]], "=", shares, collapse = ", ")))
}

# ---- areas ---------------------------------------------------------------------------------------

# Larger areas than those of the data: beside the groups of a table, or in place of those that are
# compared. These and weights are drawn behind all else as well.
draw_areas <- function(words, path) {
    against <- words[match("--against", words) + 1]
    if (!chance(0.1) || !against %in% c(NA, "previous", "first", "rest")) return(words)
    words <- c(words, "--hierarchy", path)
    if (words[1] == "table") return(c(words, "--by", one_of("wijk", "gemeente", "r,wijk")))
    takes_several <- against == "rest" && !"--margins" %in% words
    levels <- one_of("buurt", "wijk", "gemeente", if (takes_several) c("buurt,wijk", "wijk,gemeente"))
    replace(words, match("--over", words) + 1, levels)
}

# ---- weights -------------------------------------------------------------------------------------

of_weights <- c("--weight", "--sample", "--targets", "--calibrate", "--bounds")

draw_trim <- function(words, w) {
    is_free <- "--weight" %in% words && !any(c("--bounds", "poststratify") %in% words)
    if (!is_free || chance(0.5)) return(NULL)
    c("--trim", paste(signif(quantile(w[w > 0], c(0.1, 0.9)) * c(0.7, 1.7), 3), collapse = ","))
}

# Weights in place of figures: what became of them, or each.
draw_weight_command <- function(words, w) {
    if (!"--targets" %in% words || !chance(0.25)) return(words)
    at <- which(words %in% of_weights)
    words <- words[sort(c(at, at + 1))]
    c("weight", words, draw_trim(words, w),
      maybe(0.5, "--save", "-", "--id", "id", "-o", "/dev/null"))
}

# ---- the whole -----------------------------------------------------------------------------------

# The tests of svychisq have its degrees of freedom, those of the subset.
draw_df <- function(question, sampling) {
    if (any(question_rules %in% question)) return(NULL)
    maybe(0.3, "--df", one_of("subset", "design", if (is.null(sampling$columns)) "strata"))
}

draw_request <- function(sampling) {
    question <- draw_question()
    c(question, sampling$words, draw_df(question, sampling))
}
