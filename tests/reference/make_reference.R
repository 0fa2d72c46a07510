# SPDX-License-Identifier: GPL-3.0-or-later
#
# Computes with R's survey package what peil must print for every case of cases.txt:
#
#     Rscript tests/reference/make_reference.R [NAME...]        (from the root of the repository)
#
# writes tests/reference/expected/cases/NAME.csv, and the small data in tests/reference/data that
# some cases read. Nothing here comes from peil. Point estimates, variances and deff are R's; where
# the contract departs from what R prints, the contract's value is built from R's pieces and a
# comment that begins with "Contract:" says why. A value of `*` is not compared.
#
# The script reads the arguments of a case as the contract describes them, so a new case is a new
# line in cases.txt and a run of this script.

suppressMessages(library(survey))
source("tests/reference/make_data.R")
source("tests/reference/read_request.R")
source("tests/reference/scales.R")
source("tests/reference/estimate.R")
source("tests/reference/calibrate.R")

folder <- "tests/reference"
expected <- file.path(folder, "expected/cases")
not_compared <- "*"

# ---- table ---------------------------------------------------------------------------------------

text17 <- function(value) {
    if (is.character(value)) return(value)
    if (is.finite(value)) sprintf("%.17g", value) else ""
}

in_percent <- function(e, names) {
    for (name in names) if (is.numeric(e[[name]])) e[[name]] <- 100 * e[[name]]
    e
}

table_columns <- c("estimate", "se", "ci_low", "ci_high", "n", "cases", "weighted_n", "n_eff",
                   "deff", "df")

table_values <- function(fig, design, rows, options) {
    e <- estimate_cell(fig, design, rows, options)
    if (!is.null(e$empty)) {
        blank <- c("estimate", "se", "ci_low", "ci_high")
        e[setdiff(table_columns, c(blank, "n"))] <- not_compared
        e[blank] <- ""
    } else {
        e <- add_interval(e, fig, design, rows, options)
        if (fig$percent) e <- in_percent(e, c("estimate", "se", "ci_low", "ci_high"))
        # Contract: whether total(q = 1) shows cases is left open.
        if (!fig$percent) e$cases <- if (fig$type == "total") not_compared else ""
    }
    vapply(e[table_columns], text17, "")
}

# The cells of one breakdown, with its margins: a list of named values, none for a margin.
cells_of <- function(variables, text, met, margins) {
    values <- lapply(text[variables], function(column) sorted_values(column[met]))
    if (margins) values <- lapply(values, c, "")
    grid <- expand.grid(values, stringsAsFactors = FALSE)
    grid
}

in_cell <- function(cell, text) {
    rows <- rep(TRUE, nrow(text))
    for (v in names(cell)) if (cell[[v]] != "") rows <- rows & text[[v]] %in% cell[[v]]
    rows
}

# Every breakdown's cells over the columns of all of them; the grand total stands once.
all_cells <- function(options, text, met, by = options$by) {
    breakdowns <- lapply(by, names_of)
    columns <- unique(unlist(breakdowns))
    grids <- lapply(breakdowns, function(variables) {
        grid <- cells_of(variables, text, met, isTRUE(options$margins))
        grid[setdiff(columns, names(grid))] <- rep("", nrow(grid))
        grid[as.character(columns)]
    })
    if (length(columns)) unique(do.call(rbind, grids)) else data.frame(row.names = 1)
}

met_by_all <- function(options, frame) {
    if (is.null(options$where)) rep(TRUE, nrow(frame)) else holds(options$where, frame)
}

case_table <- function(options, data, design) {
    met <- met_by_all(options, data$any)
    cells <- all_cells(options, data$text, met)
    rows <- list()
    for (text in options$measure) for (fig in figures_of(measure_text(text), data$measured)) {
        for (i in seq_len(nrow(cells))) {
            cell <- cells[i, , drop = FALSE]
            values <- table_values(fig, design, met & in_cell(cell, data$text), options)
            key <- c(measure = measure_name(text), category = fig$category, unlist(cell))
            rows[[length(rows) + 1]] <- c(key, values)
        }
    }
    as.data.frame(do.call(rbind, rows))
}

# ---- compare -------------------------------------------------------------------------------------

# Pairs of values of --over; the reference of `rest` is everybody else in the cell.
pairs_of <- function(values, against) {
    if (against == "previous") return(data.frame(period = values[-1], reference = head(values, -1)))
    if (against == "rest") return(data.frame(period = values, reference = NA))
    base <- if (against == "first") values[1] else against
    data.frame(period = setdiff(values, base), reference = base)
}

either_design <- function(design, fig, one, other) valid_design(design, fig, one | other)

# The estimate of R's own function and the influence must tell the same story.
checked_influence <- function(fig, design, rows) {
    z <- influence_of(fig, design, rows)
    e <- plain_estimate(fig, valid_design(design, fig, rows))
    stopifnot(all.equal(sqrt(variance_of(z, design)), e$se, tolerance = 1e-9))
    list(z = z, estimate = e$estimate)
}

# Contract: df as for the two cells together; svyttest takes one less.
difference <- function(fig, design, one, other, options) {
    level <- as.numeric(option(options, "level", "95")) / 100
    a <- checked_influence(fig, design, one)
    b <- checked_influence(fig, design, other)
    adjust <- option(options, "lonely-psu", "fail") == "adjust"
    z <- a$z - b$z
    members <- (one | other) & !is.na(fig$y)
    se <- sqrt(if (adjust) adjusted_in(z, design, members) else variance_of(z, design))
    se <- structural_zero(se, a$estimate)
    df <- degf(either_design(design, fig, one, other))
    d <- structural_zero(a$estimate - b$estimate, a$estimate)
    t <- qt((1 + level) / 2, df)
    list(estimate = a$estimate, reference_estimate = b$estimate, difference = d, se = se,
         ci_low = d - t * se, ci_high = d + t * se, statistic = if (df > 0) d / se else NA, df = df,
         p = if (isTRUE(se > 0)) 2 * pt(-abs(d / se), df) else NA)
}

# Rule rao-scott: the second-order F of svychisq on period by answer (percent(VAR): all answers).
# Contract: R takes df and N over rows with a missing answer too; they are outside the domain here.
rao_scott <- function(design, answers, one, other) {
    design$variables$.group <- ifelse(one, 1, 2)
    design$variables$.answer <- answers
    sub <- design[which((one | other) & !is.na(answers)), ]
    test <- svychisq(~.group + .answer, sub, statistic = "F")
    list(statistic = as.numeric(test$statistic), df = not_compared, p = as.numeric(test$p.value))
}

compare_values <- function(fig, design, one, other, options) {
    e <- difference(fig, design, one, other, options)
    if (option(options, "rule", "t") == "rao-scott") {
        e[c("statistic", "df", "p")] <- rao_scott(design, fig$answers, one, other)
    }
    if (fig$percent) {
        e <- in_percent(e, c("estimate", "reference_estimate", "difference", "se", "ci_low",
                             "ci_high"))
    }
    e
}

compare_measure <- function(text, options, data, design) {
    met <- met_by_all(options, data$any)
    over <- options$over
    by <- option(options, "by", NULL)
    cells <- all_cells(options, data$text, met, by)
    pairs <- pairs_of(sorted_values(data$text[[over]][met]), option(options, "against", "previous"))
    rows <- list()
    for (fig in figures_of(measure_text(text), data$measured)) for (i in seq_len(nrow(cells))) {
        cell <- cells[i, , drop = FALSE]
        inside <- met & in_cell(cell, data$text)
        for (k in seq_len(nrow(pairs))) {
            one <- inside & data$text[[over]] %in% pairs$period[k]
            other <- inside & (if (is.na(pairs$reference[k])) !one
                               else data$text[[over]] %in% pairs$reference[k])
            weighs <- weights_of(design) > 0 & !is.na(fig$y)
            if (!any(one & weighs) || !any(other & weighs)) next
            key <- c(measure = measure_name(text), category = fig$category, unlist(cell),
                     period = pairs$period[k])
            if (!is.na(pairs$reference[k])) key <- c(key, reference = pairs$reference[k])
            values <- vapply(compare_values(fig, design, one, other, options), text17, "")
            rows[[length(rows) + 1]] <- c(key, values)
        }
    }
    as.data.frame(do.call(rbind, rows))
}

value_columns <- c(table_columns, "reference_estimate", "difference", "statistic", "p",
                   "p_adjusted", "significant", "start", "target", "achieved", "weight")

# One family of tests: the cases with --adjust have one measure.
adjust_all <- function(rows, options) {
    method <- c(bonferroni = "bonferroni", holm = "holm", bh = "BH")[option(options, "adjust", "-")]
    if (is.na(method)) return(rows)
    adjusted <- p.adjust(as.numeric(rows$p), method)
    alpha <- 1 - as.numeric(option(options, "level", "95")) / 100
    rows$p_adjusted <- vapply(adjusted, text17, "")
    rows$significant <- ifelse(is.na(adjusted), "", ifelse(adjusted < alpha, "1", "0"))
    rows
}

case_compare <- function(options, data, design) {
    rows <- lapply(options$measure, compare_measure, options, data, design)
    adjust_all(do.call(rbind, rows), options)
}

# ---- cases ---------------------------------------------------------------------------------------

read_cases <- function(path) {
    lines <- readLines(path)
    lines <- lines[!grepl("^ *(#|$)", lines)]
    bar <- regexpr("|", lines, fixed = TRUE)
    setNames(trimws(substring(lines, bar + 1)), trimws(substring(lines, 1, bar - 1)))
}

field <- function(text) {
    quoted <- grepl("[\",\r\n]", text)
    ifelse(quoted, paste0("\"", gsub("\"", "\"\"", text), "\""), text)
}

# An unnamed measure and an unused category are no keys.
without_empty_keys <- function(rows) {
    unused <- c(if (all(is.na(rows$measure))) "measure", if (all(rows$category == "")) "category")
    rows[setdiff(names(rows), unused)]
}

write_expected <- function(name, rows) {
    rows <- without_empty_keys(rows)
    keys <- rows[setdiff(names(rows), value_columns)]
    stopifnot(nrow(rows) == 1 || !anyDuplicated(keys))
    lines <- do.call(paste, c(unname(lapply(rows, field)), sep = ","))
    file <- file(file.path(expected, paste0(name, ".csv")), "wb")
    writeLines(c(paste(names(rows), collapse = ","), lines), file, sep = "\n")
    close(file)
}

lonely_in_r <- function(options) {
    options(survey.lonely.psu = option(options, "lonely-psu", "fail"))
}

run_case <- function(name, line) {
    options <- read_options(split_words(line))
    data <- read_case(options)
    lonely_in_r(options)
    design <- make_design(data$any, options)
    cases <- list(table = case_table, compare = case_compare, weight = case_weight)
    if (options$command != "weight") design <- calibrate_design(design, options, data$text)
    rows <- cases[[options$command]](options, data, design)
    write_expected(name, rows)
    cat(sprintf("%-32s %3d rows\n", name, nrow(rows)))
}

# A figure known from elsewhere, so that the script itself is held against something.
check_known <- function(name, column, row, value, decimals) {
    rows <- read.csv(file.path(expected, paste0(name, ".csv")))
    stopifnot(abs(rows[[column]][row] - value) <= 0.5 * 10^-decimals)
}

check_all_known <- function() {
    sas <- cbind(c(0.101492, 0.121649, 0.078640, 0.099679),
                 c(0.006246, 0.006604, 0.010385, 0.024666))
    for (race in 1:4) {
        check_known("nhanes-race", "estimate", race, 100 * sas[race, 1], 4)
        check_known("nhanes-race", "se", race, 100 * sas[race, 2], 4)
    }
    check_known("lonely-school-adjust", "se", 1, 117318.59, 2)
}

# svyby(covmat = TRUE) and svycontrast must give the same as the influence values.
check_contrast <- function() {
    frame <- read.csv("datasets/nhanes/nhanes.csv")
    design <- svydesign(~SDMVPSU, strata = ~SDMVSTRA, weights = ~WTMEC2YR, nest = TRUE,
                        data = frame)
    answered <- subset(design, !is.na(HI_CHOL))
    by <- svyby(~HI_CHOL, ~RIAGENDR, answered, svymean, covmat = TRUE)
    r <- svycontrast(by, c(-1, 1))
    found <- read.csv(file.path(expected, "compare-nhanes-sex.csv"))
    stopifnot(all.equal(as.numeric(100 * SE(r)), found$se, tolerance = 1e-9))
}

# rake() fits without the start weights; where these are equal it must give the same.
check_rake <- function() {
    frame <- read.csv("datasets/apiclus1/apiclus1.csv")
    design <- svydesign(~dnum, weights = ~pw, fpc = ~fpc, data = frame)
    targets <- read.csv(file.path(folder, "data/targets-rake.csv"))
    margin <- function(name) {
        mine <- targets[targets$margin == name, ]
        setNames(data.frame(mine$category, mine$target), c(name, "Freq"))
    }
    raked <- rake(design, list(~stype, ~sch.wide), list(margin("stype"), margin("sch.wide")),
                  control = list(maxit = 500, epsilon = 1e-13))
    found <- read.csv(file.path(expected, "calibrate-rake.csv"))
    r <- c(SE(svytotal(~enroll, raked)), SE(svymean(~api00, raked)))
    stopifnot(all.equal(as.numeric(r), found$se[1:2], tolerance = 1e-9))
}

main <- function(wanted) {
    dir.create(file.path(folder, "data"), showWarnings = FALSE)
    dir.create(expected, recursive = TRUE, showWarnings = FALSE)
    make_data()
    cases <- read_cases(file.path(folder, "cases.txt"))
    stopifnot(!anyDuplicated(names(cases)))
    if (length(wanted) == 0) unlink(file.path(expected, "*.csv"))
    chosen <- if (length(wanted)) cases[wanted] else cases
    for (name in names(chosen)) run_case(name, chosen[[name]])
    if (length(wanted) == 0) {
        check_all_known()
        check_contrast()
        check_rake()
    }
    cat(length(chosen), "cases\n")
}

if (!exists("as_library")) main(commandArgs(trailingOnly = TRUE))
