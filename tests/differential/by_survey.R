# SPDX-License-Identifier: GPL-3.0-or-later
#
# A request worked out with R's survey package, by the scripts of the reference cases. Sourced by
# differential.R after them.

failed <- "!" # in place of what R could not work out

r_failures <- character()

note_failure <- function(error) {
    r_failures <<- c(r_failures, conditionMessage(error))
    conditionMessage(error)
}

# R stops at figures that peil answers, such as the standard deviation of one respondent. That ends
# the row, and not the other rows of the request.
guarded <- function(f, columns) {
    force(f)
    function(...) {
        tryCatch(f(...), error = function(e) {
            note_failure(e)
            setNames(rep(failed, length(columns)), columns)
        })
    }
}

table_values <- guarded(table_values, table_columns)
compare_values <- guarded(compare_values, c("estimate", "reference_estimate", "difference", "se",
                                            "ci_low", "ci_high", "statistic", "df", "p"))

# p-values that R lacks are in the family nonetheless.
without_part_of_a_family <- function(rows) {
    judged <- intersect(names(rows), c("p_adjusted", "significant"))
    if (any(rows$p == failed)) rows[judged] <- failed
    rows
}

# svychisq() of a calibrated design has the lonely units of 4.1-1, which "adjust" does not centre.
without_uncentred_tests <- function(rows, options, design) {
    is_own <- is_calibrated(design) && lonely_of(options) == "adjust" &&
        option(options, "rule", "t") %in% names(chi_square_rules)
    tested <- intersect(names(rows), c("statistic", "df", "p", "p_adjusted", "significant"))
    if (is_own) rows[tested] <- not_compared
    rows
}

# Half samples are made of strata and units in the order of their values, here as in peil; R takes
# that of the rows.
in_order_of_units <- function(data) {
    rows <- order(data$any$stratum, data$any$psu)
    lapply(data, function(frame) frame[rows, ])
}

by_survey <- function(words, files) {
    options <- read_options(append(words, files, 1))
    data <- read_case(options)
    if (!is.null(options$replication)) data <- in_order_of_units(data)
    lonely_in_r(options)
    design <- make_design(data$any, options)
    if (options$command == "weight") return(case_weight(options, data, design))
    design <- calibrate_design(design, options, data$text)
    if (options$command == "table") return(case_table(options, data, design))
    rows <- without_part_of_a_family(case_compare(options, data, design))
    without_uncentred_tests(rows, options, design)
}
