# SPDX-License-Identifier: GPL-3.0-or-later
#
# Exports the public data sets of R's survey package as plain csv, one folder each:
#
#     Rscript datasets/make_datasets.R          (from the root of the repository)
#
# Comma, LF, quotes only where a value needs them, an empty field is a missing value, numbers with
# the fewest digits that read back to the same double, categories as text. The README.md of each
# folder is written by hand; the script checks that it names the rows and sha256 of the csv.
# Also runs with a later version of the package: the data have not changed since 4.1-1.

suppressMessages(library(survey))

shipped <- function(set, file = set) {
    env <- new.env()
    data(list = file, package = "survey", envir = env)
    get(set, env)
}

# The shortest of 15, 16, 17 significant digits that reads back to x.
shortest <- function(x) {
    text <- sprintf("%.15g", x)
    for (digits in c("%.16g", "%.17g")) {
        longer <- !is.na(x) & suppressWarnings(as.numeric(text)) != x
        text[longer] <- sprintf(digits, x[longer])
    }
    text
}

field <- function(column) {
    missing <- is.na(column)
    text <- if (is.numeric(column)) shortest(as.vector(column)) else as.character(column)
    quoted <- grepl("[\",\r\n]", text)
    text[quoted] <- paste0("\"", gsub("\"", "\"\"", text[quoted]), "\"")
    text[missing] <- ""
    text
}

write_plain <- function(frame, path) {
    lines <- do.call(paste, c(unname(lapply(frame, field)), sep = ","))
    file <- file(path, "wb")
    writeLines(c(paste(names(frame), collapse = ","), lines), file, sep = "\n", useBytes = TRUE)
    close(file)
}

sha256 <- function(path) {
    sub(" .*", "", system2("sha256sum", shQuote(path), stdout = TRUE))
}

export <- function(set, frame) {
    folder <- file.path("datasets", set)
    path <- file.path(folder, paste0(set, ".csv"))
    readme <- file.path(folder, "README.md")
    dir.create(folder, showWarnings = FALSE)
    write_plain(frame, path)
    sum <- sha256(path)
    cat(sprintf("%-9s %6d rows %8d bytes  %s\n", set, nrow(frame), file.size(path), sum))
    told <- if (file.exists(readme)) paste(readLines(readme), collapse = "\n") else ""
    if (!grepl(sum, told) || !grepl(sprintf("%d rows", nrow(frame)), told)) {
        cat(sprintf("  %s does not hold these rows and this sha256\n", readme))
    }
}

# R finds the weights of this two-stage sample from its population sizes; peil reads them, so one
# column is added: the product of both inverse sampling fractions, 5 of n1 units and 3 of n2 each.
mu284_with_weight <- function() {
    frame <- shipped("mu284")
    data.frame(frame, weight = frame$n1 / 5 * frame$n2 / 3)
}

for (set in c("apisrs", "apistrat", "apiclus1", "apiclus2")) export(set, shipped(set, "api"))
for (set in c("nhanes", "yrbs", "scd", "fpc", "hospital", "crowd")) export(set, shipped(set))
export("mu284", mu284_with_weight())
