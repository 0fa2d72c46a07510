# SPDX-License-Identifier: GPL-3.0-or-later
#
# Random designs and requests through R's survey package and through peil, side by side:
#
#     Rscript tests/differential/differential.R PEIL [CASES] [SEED] [FOLDER]     (from the root)
#
# Every case draws a small survey (strata, clusters, stages, population sizes, lonely units, weights of
# 0, missing answers, rare answers, replicate weights) and a request, and works it out twice: with the R
# scripts of the reference cases, and by running PEIL. All estimates, standard errors, degrees of
# freedom, bounds, p-values and weights must agree to 1e-9 of their size; where R has no answer peil
# must give the documented one. Prints how many values of each column were compared and the worst
# difference, and exits with 1 when something differed; the data, the request and both answers are then
# in FOLDER. Case k of a seed is always the same: CASES may be 17:17 to see one again.

as_library <- TRUE # make_reference.R then only defines
source("tests/reference/make_reference.R")
for (part in c("survey", "request", "by_survey", "compare", "documented")) {
    source(file.path("tests/differential", paste0(part, ".R")))
}

# ---- a case --------------------------------------------------------------------------------------

draw_case <- function(k, seed, folder) {
    set.seed(1000003 * seed + k)
    sampling <- draw_sampling()
    words <- draw_request(sampling)
    frame <- draw_survey(sampling)
    files <- write_survey(frame, folder, two_files = chance(0.15))
    targets <- write_targets(frame, folder, sampling$margins)
    words[words == "targets.csv"] <- if (is.null(targets)) "" else targets
    words <- c(words, draw_standard(words, frame))
    areas <- write_areas(folder)
    words <- draw_weight_command(draw_areas(words, areas), frame$w)
    list(k = k, words = words, files = files, beside = c(targets, areas))
}

by_peil <- function(peil, words, files) {
    out <- tempfile()
    err <- tempfile()
    status <- suppressWarnings(system2(peil, shQuote(c(append(words, files, 1), "-f", "csv")),
                                       stdout = out, stderr = err))
    if (status != 0) stop(paste(readLines(err), collapse = "\n"))
    read.csv(out, colClasses = "character", check.names = FALSE, na.strings = "\1")
}

work_out <- function(case, peil) {
    case$r <- tryCatch(suppressWarnings(by_survey(case$words, case$files)), error = note_failure)
    case$peil <- tryCatch(by_peil(peil, case$words, case$files), error = conditionMessage)
    case
}

# What both sides can be held to; `wrong` are the differences in words.
judge <- function(case) {
    answers <- c(r = is.data.frame(case$r) && nrow(case$r) > 0, peil = is.data.frame(case$peil))
    case$outcome <- paste(if (answers["r"]) "R answers" else "R stops",
                          if (answers["peil"]) "peil answers" else "peil refuses", sep = ", ")
    if (answers["peil"]) {
        case$documented <- documented(case$peil, case$words)
        broken <- case$documented$broken > 0
        case$wrong <- sprintf("%d rows break: %s", case$documented$broken[broken],
                              case$documented$rule[broken])
    } else if (answers["r"]) case$wrong <- case$peil
    if (all(answers)) {
        case$comparison <- tryCatch(compare_rows(case$r, case$peil), error = conditionMessage)
        case$wrong <- c(case$wrong, if (is.character(case$comparison)) case$comparison
                                    else describe_wrong(case$comparison))
    }
    case
}

# ---- what is left of it --------------------------------------------------------------------------

request_line <- function(case) {
    words <- append(case$words, case$files, 1)
    paths <- words %in% c(case$files, case$beside)
    words[paths] <- basename(words[paths])
    plain <- grepl("^[A-Za-z0-9_.,=:/-]+$", words)
    paste(ifelse(plain, words, shQuote(words)), collapse = " ")
}

# The data, the command line, and what both sides said.
keep_failure <- function(case, seed, folder) {
    folder <- file.path(folder, sprintf("seed-%d-case-%d", seed, case$k))
    dir.create(folder, recursive = TRUE, showWarnings = FALSE)
    file.copy(c(case$files, case$beside), folder, overwrite = TRUE)
    say <- function(name, x) {
        path <- file.path(folder, name)
        if (is.data.frame(x)) write.csv(x, paste0(path, ".csv"), row.names = FALSE)
        else writeLines(as.character(x), paste0(path, ".txt"))
    }
    say("request", paste("peil", request_line(case), "-f csv"))
    say("differences", case$wrong)
    say("by_survey", case$r)
    say("by_peil", case$peil)
    cat(sprintf("case %d differs, see %s\n    peil %s\n", case$k, folder, request_line(case)))
    writeLines(paste("   ", head(case$wrong, 5)))
}

print_result <- function(cases, seed) {
    result <- summary_of(do.call(rbind, Filter(is.data.frame, lapply(cases, `[[`, "comparison"))))
    cat(sprintf("\n%-20s %10s %10s %10s %12s\n", "column", "compared", "to the bit", "peil alone",
                "worst"))
    cat(sprintf("%-20s %10d %10d %10d %12.2g\n", result$column, result$compared, result$equal,
                result$peil_alone, result$worst), sep = "")
    rules <- do.call(rbind, lapply(cases, `[[`, "documented"))
    cat(sprintf("\n%-40s %10s %10s\n", "documented answer", "rows", "broken"))
    for (rule in unique(rules$rule)) {
        of_rule <- rules[rules$rule == rule, ]
        cat(sprintf("%-40s %10d %10d\n", rule, sum(of_rule$rows), sum(of_rule$broken)))
    }
    cat("\n")
    counts <- table(vapply(cases, `[[`, "", "outcome"))
    cat(sprintf("%-30s %6d\n", names(counts), counts), sep = "")
    if (length(r_failures)) {
        cat("\nR stops at:\n")
        counts <- sort(table(substr(gsub("\\s+", " ", r_failures), 1, 80)), decreasing = TRUE)
        cat(sprintf("%6d  %s\n", head(counts, 10), head(names(counts), 10)), sep = "")
    }
    cat(sprintf("\nseed %d: %d cases, %d with differences\n", seed, length(cases),
                sum(vapply(cases, function(case) length(case$wrong) > 0, TRUE))))
}

# ---- the run -------------------------------------------------------------------------------------

run_case_of <- function(k, seed, peil, folder) {
    case <- judge(work_out(draw_case(k, seed, tempdir()), peil))
    if (length(case$wrong)) keep_failure(case, seed, folder)
    case[c("comparison", "documented", "outcome", "wrong")]
}

case_numbers <- function(text) {
    ends <- as.integer(strsplit(text, ":", fixed = TRUE)[[1]])
    if (length(ends) == 1) seq_len(ends) else ends[1]:ends[2]
}

arguments <- commandArgs(trailingOnly = TRUE)
peil <- normalizePath(arguments[1])
cases <- case_numbers(if (length(arguments) > 1) arguments[2] else "1000")
seed <- if (length(arguments) > 2) as.integer(arguments[3]) else 1
folder <- if (length(arguments) > 3) arguments[4] else "build/differential"
results <- lapply(cases, run_case_of, seed, peil, folder)
print_result(results, seed)
if (any(lengths(lapply(results, `[[`, "wrong")) > 0)) quit(status = 1)

# A run in which R stops at every turn shows nothing.
outcomes <- unlist(lapply(results, function(case) {
    if (is.data.frame(case$comparison)) case$comparison$outcome
}))
if (isTRUE(mean(outcomes == "peil alone") > 0.05)) stop("R could not answer enough")
