# SPDX-License-Identifier: GPL-3.0-or-later
# Small files as R's users write them, and what is in them: Rscript make_files.R
# haven (Debian's r-cran-haven 2.5.1) writes SPSS, Stata and SAS files through ReadStat; foreign writes
# Stata files by itself. Each file data/NAME has its content in data/NAME.txt: a line of names, a line
# a row, fields between bars; then lines "VARIABLE: label", "VARIABLE = value: label" and
# "VARIABLE - value", a value that is no answer.
library(haven)
library(foreign)

folder <- file.path(dirname(sub("--file=", "", grep("--file=", commandArgs(), value = TRUE))), "data")
unlink(folder, recursive = TRUE)
dir.create(folder)

# Values as text, by hand, beside the same as R has them.
text <- list(
  nr = c("1", "2", "3", "4"),
  weging = c("0.1", "12.345678", "1e-07", "250000"),
  vraag = c("1", "2", "9", ""),
  naam = c("Anna", "Zo\u00eb", "", "0363"),
  dag = c("2015-03-01", "1959-12-31", "2024-02-29", ""),
  moment = c("2015-03-01T12:34:56", "1970-01-01T00:00:00", "", "2000-01-01T23:59:59")
)
survey <- data.frame(
  nr = 1:4,
  weging = c(0.1, 12.345678, 1e-7, 250000),
  vraag = c(1, 2, 9, NA),
  naam = c("Anna", "Zo\u00eb", "", "0363"),
  dag = as.Date(c("2015-03-01", "1959-12-31", "2024-02-29", NA)),
  stringsAsFactors = FALSE
)
survey$moment <- as.POSIXct(c("2015-03-01 12:34:56", "1970-01-01 00:00:00", NA, "2000-01-01 23:59:59"), tz = "UTC")
attr(survey$weging, "label") <- "weegfactor"
answers <- c(ja = 1, nee = 2, "weet niet" = 9)

rows <- function(columns) do.call(paste, c(columns, sep = "|"))

describe <- function(name, columns, notes) {
  writeLines(c(paste(names(columns), collapse = "|"), rows(columns), notes), file.path(folder, paste0(name, ".txt")),
    useBytes = TRUE)
}

labels_of <- function(variable, values) paste0(variable, " = ", values, ": ", names(values))

# SPSS: 9 and the numbers from 97 are declared to be no answers.
spss <- survey
spss$vraag <- labelled_spss(spss$vraag, answers, na_values = 9, na_range = c(97, Inf), label = "Bent u tevreden?")
notes <- c("weging: weegfactor", "vraag: Bent u tevreden?", labels_of("vraag", answers), "vraag - 9", "vraag - 98")
for (compress in c("byte", "none", "zsav")) {
  name <- paste0("haven-", compress, if (compress == "zsav") ".zsav" else ".sav")
  write_sav(spss, file.path(folder, name), compress = compress)
  describe(name, text, notes)
}

# Stata: 9 is .a, with a label.
stata <- survey
stata$vraag[stata$vraag %in% 9] <- tagged_na("a")
stata$vraag <- labelled(stata$vraag, c(ja = 1, nee = 2, "weet niet" = tagged_na("a")), label = "Bent u tevreden?")
tagged <- text
tagged$vraag[3] <- ".a"
notes <- c("weging: weegfactor", "vraag: Bent u tevreden?", "vraag = 1: ja", "vraag = 2: nee", "vraag = .a: weet niet",
  "vraag - .a")
for (version in c(8, 10, 12, 13, 14, 15)) {
  name <- paste0("haven-", version, ".dta")
  write_dta(stata, file.path(folder, name), version = version)
  describe(name, tagged, notes)
}

# SAS has no labels of values in its data.
sas <- survey
sas$vraag[sas$vraag %in% 9] <- tagged_na("A")
notes <- c("weging: weegfactor", "vraag - .a")
for (version in c(5, 8)) {
  name <- paste0("haven-", version, ".xpt")
  write_xpt(sas, file.path(folder, name), version = version, name = "SURVEY")
  describe(name, tagged, notes)
}
suppressWarnings(write_sas(sas, file.path(folder, "haven.sas7bdat")))
describe("haven.sas7bdat", tagged, notes)

# foreign has a writer of Stata files of its own. It writes dates as plain days, a missing factor as .z since
# Stata 8, and labels that ReadStat does not find in a file of Stata 6.
plain <- data.frame(nr = survey$nr, weging = survey$weging, naam = c("Anna", "Zoe", "Jan", "0363"), dag = survey$dag)
plain$vraag <- factor(c("ja", "nee", "weet niet", NA), levels = names(answers))
attr(plain, "var.labels") <- c("", "weegfactor", "", "", "Bent u tevreden?")
for (version in c(6, 7, 8, 10)) {
  name <- paste0("foreign-", version, ".dta")
  write.dta(plain, file.path(folder, name), version = version, convert.factors = "labels")
  missing <- if (version < 8) "" else ".z"
  columns <- list(nr = text$nr, weging = text$weging, naam = plain$naam, dag = c("20148", "-1", "23435", ""),
    vraag = c("1", "2", "3", missing))
  notes <- c("weging: weegfactor", "vraag: Bent u tevreden?",
    if (version > 6) labels_of("vraag", c(ja = 1, nee = 2, "weet niet" = 3)), if (version > 7) "vraag - .z")
  describe(name, columns, notes)
}
