# SPDX-License-Identifier: GPL-3.0-or-later
# The level that each of n intervals must have for all to hold together, where figures in a group
# have one correlation rho and groups are independent: then P(max |Z| <= c) is one integral for each
# group. Writes bands.csv in the folder expected beside this script:
#     Rscript make_bands.R
script <- sub("^--file=", "", grep("^--file=", commandArgs(FALSE), value = TRUE))
folder <- file.path(if (length(script)) dirname(script) else ".", "expected")

# Z_i = sqrt(rho) X + sqrt(1 - rho) E_i, integrated over X.
inside <- function(c, n, rho) {
    if (n == 0) return(1)
    if (rho == 0) return((2 * pnorm(c) - 1)^n)
    given <- function(x) {
        m <- sqrt(rho) * x
        s <- sqrt(1 - rho)
        dnorm(x) * (pnorm((c - m) / s) - pnorm((-c - m) / s))^n
    }
    integrate(given, -Inf, Inf, rel.tol = 1e-12, subdivisions = 2000)$value
}
band <- function(n, rho, alone, level) {
    gap <- function(c) inside(c, n, rho) * (2 * pnorm(c) - 1)^alone - level
    c <- uniroot(gap, c(.5, 8), tol = 1e-13)$root
    1 - 2 * pnorm(-c)
}

cases <- rbind(expand.grid(n = c(1, 2, 5, 20, 340), rho = c(0, .1, .5, .95), alone = 0,
                           level = c(.9, .95, .99)),
               data.frame(n = c(3, 8), rho = c(.3, .8), alone = c(5, 100), level = .95))
cases$each <- mapply(band, cases$n, cases$rho, cases$alone, cases$level)
cases[] <- lapply(cases, function(x) sprintf("%.17g", x))
write.table(cases, file.path(folder, "bands.csv"), sep = ",", quote = FALSE, row.names = FALSE)
