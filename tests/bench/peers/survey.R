# SPDX-License-Identifier: GPL-3.0-or-later
# The same eight percentages by area and year with R survey: Rscript bench.R FILE
suppressMessages(library(survey))
file <- commandArgs(TRUE)[1]
questions <- sprintf("vraag%02d", 1:8)
columns <- c("jaar", "gemeente", "stratum", "weging", questions)
data <- if (requireNamespace("data.table", quietly = TRUE)) {
    as.data.frame(data.table::fread(file, select = columns))
} else {
    read.csv(file)[columns]
}
for (question in questions) {
    answer <- data[[question]]
    data[[question]] <- ifelse(answer == 9, NA, as.numeric(answer == 1))
}
design <- svydesign(ids = ~1, strata = ~stratum, weights = ~weging, data = data)
for (question in questions) {
    figures <- svyby(as.formula(paste0("~", question)), ~gemeente + jaar, design, svyciprop,
                     vartype = "ci", na.rm = TRUE)
    print(figures[1, ], digits = 17)
}
