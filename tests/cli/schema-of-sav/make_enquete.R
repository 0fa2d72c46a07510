# SPDX-License-Identifier: GPL-3.0-or-later
# A synthetic survey as SPSS has it (labels, user-missing values one by one and as a range, dates,
# text with labels, decimals) and the same rows as csv: Rscript make_enquete.R, in this folder.
library(haven)
set.seed(7)
n <- 60
pick <- function(values, p = NULL) sample(values, n, replace = TRUE, prob = p)
d <- data.frame(nr = 1:n)
d$wijk <- labelled(as.numeric(pick(1:3)), c("Centrum" = 1, "Noord" = 2, "Zuid" = 3, "Niet bezet" = 4),
                   "Wijk waarin u woont")
d$q1 <- labelled_spss(as.numeric(pick(c(1, 2, 8, 9, NA), c(4, 3, 1, 1, 1))),
                      c("ja" = 1, "nee" = 2, "weet niet" = 8, "geen antwoord" = 9),
                      na_values = c(9, -1), label = "Doet u vrijwilligerswerk?")
d$cijfer <- labelled_spss(as.numeric(pick(c(4:10, 97, 98))), c("zeer goed" = 10, "geen mening" = 98),
                          na_range = c(90, Inf), label = "Rapportcijfer voor de buurt")
d$soort <- labelled(pick(c("z", "a", "k")), c("zelf" = "z", "anders" = "a"), "Soort gesprek")
d$weging <- round(runif(n, 0.2, 3), 3) / 2
attr(d$weging, "label") <- "Weegfactor"
d$datum <- as.Date("2015-03-01") + pick(0:40)
write_sav(d, "enquete.sav")

# The value as it is, also one that is declared missing.
as_plain <- function(x) if (inherits(x, "Date")) x else as.vector(unclass(x))

text <- function(x) {
  x <- as_plain(x)
  values <- if (inherits(x, "Date")) as.character(x) else vapply(x, format, "", digits = 15)
  ifelse(is.na(x), "", values)
}
write.csv(as.data.frame(lapply(d, text)), "enquete.csv", row.names = FALSE, quote = FALSE)
