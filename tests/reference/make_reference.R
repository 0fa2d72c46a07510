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
source("tests/reference/replicates.R")
source("tests/reference/compare.R")
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

level_of <- function(options) as.numeric(option(options, "level", "95")) / 100

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

# --include-missing: of all respondents, of whom those without an answer did not choose it.
asked_figures <- function(text, data, options) {
    lapply(figures_of(measure_text(text), data$measured), function(fig) {
        if (isTRUE(options[["include-missing"]]) && fig$percent) fig$y[is.na(fig$y)] <- 0
        standardised(fig, options, data$text)
    })
}

case_table <- function(options, data, design) {
    met <- met_by_all(options, data$any)
    cells <- all_cells(options, data$text, met)
    rows <- list()
    for (text in options$measure) for (fig in asked_figures(text, data, options)) {
        for (i in seq_len(nrow(cells))) {
            cell <- cells[i, , drop = FALSE]
            values <- table_values(fig, design, met & in_cell(cell, data$text), options)
            key <- c(measure = measure_name(text), category = fig$category, unlist(cell))
            rows[[length(rows) + 1]] <- c(key, values)
        }
    }
    as.data.frame(do.call(rbind, rows))
}

# Columns that are no keys.
value_columns <- c(table_columns, "reference_estimate", "difference", "statistic", "p",
                   "p_adjusted", "significant", "start", "target", "achieved", "weight")

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

# Cells that are standardised one by one are those of one call over them, with missing answers.
check_standard <- function() {
    frame <- read.csv("datasets/nhanes/nhanes.csv")
    design <- svydesign(~SDMVPSU, strata = ~SDMVSTRA, weights = ~WTMEC2YR, nest = TRUE,
                        data = frame)
    classes <- c("(0,19]", "(19,39]", "(39,59]", "(59,Inf]")
    design$variables$agecat <- factor(design$variables$agecat, classes)
    over <- svystandardize(design, by = ~agecat, over = ~race,
                           population = c(55901, 77670, 72816, 45364), excluding.missing = ~HI_CHOL)
    by <- svyby(~HI_CHOL, ~race, over, svymean, na.rm = TRUE, deff = "replace")
    found <- read.csv(file.path(expected, "standard-nhanes.csv"))
    stopifnot(all.equal(100 * by$HI_CHOL, found$estimate, tolerance = 1e-12),
              all.equal(100 * by$se, found$se, tolerance = 1e-12),
              all.equal(by$DEff.HI_CHOL, found$deff, tolerance = 1e-12))
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
        check_standard()
    }
    cat(length(chosen), "cases\n")
}

if (!exists("as_library")) main(commandArgs(trailingOnly = TRUE))
