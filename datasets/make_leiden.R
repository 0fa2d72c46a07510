# SPDX-License-Identifier: GPL-3.0-or-later
#
# Makes the SYNTHETIC microdata behind the published Leiden figures of 9A1, and checks them:
#
#     Rscript datasets/make_leiden.R            (from the root of the repository)

source("datasets/synthetic.R")
begin(20190101)

# Rounded, invented numbers of inhabitants of 15 and older by district.
leiden <- list(
    districts = c("Binnenstad-Noord" = 10400, "Binnenstad-Zuid" = 9600, "Boerhaavedistrict" = 9100,
                  "Bos- en Gasthuisdistrict" = 13200, "Leiden-Noord" = 12700,
                  "Merenwijkdistrict" = 11800, "Morsdistrict" = 9300,
                  "Roodenburgerdistrict" = 12100, "Stationsdistrict" = 4600,
                  "Stevenshofdistrict" = 9900),
    cohesion = c(-0.10, -0.05, 0.05, -0.15, -0.25, 0.10, 0.00, 0.20, -0.35, 0.20),
    sexes = c(man = 0.49, vrouw = 0.51),
    ages = c("15-34" = 0.41, "35-49" = 0.22, "50-64" = 0.20, "65+" = 0.17),
    response = c("15-34" = 0.65, "35-49" = 0.95, "50-64" = 1.30, "65+" = 1.40),
    old = c("15-34" = -0.30, "35-49" = 0.10, "50-64" = 0.15, "65+" = 0.25))

shares <- list(kent = c(5, 17, 28, 36, 14), prettig = c(17, 52, 22, 7, 2),
               gezellig = c(6, 27, 37, 22, 8), thuis = c(15, 43, 25, 12, 5))

published_scale <- c("2015" = 5.7, "2016" = 5.9, "2017" = 5.8)
published_gezellig <- c("2015" = 32, "2016" = 35, "2017" = 34)
published_stad <- list(
    vrijwilliger = c("2013" = 32, "2015" = 32, "2017" = 32),
    terugvallen = c("2015" = 67, "2017" = 68),
    buurthulp = c("2015" = 48, "2017" = 49),
    mantelzorg = c("2013" = 20, "2015" = 17, "2017" = 18))

ask_question <- function(frame, eta, question, year) {
    percent <- published_stad[[question]][as.character(year)]
    if (is.na(percent)) return(rep(NA_integer_, nrow(frame)))
    loading <- c(vrijwilliger = 0.3, terugvallen = 0.5, buurthulp = 0.4, mantelzorg = 0.2)
    lose_some(yes_no(eta, loading[[question]], percent), runif(1, 0.02, 0.06))
}

make_veiligheid <- function(year, n) {
    frame <- cbind(jaar = year, draw_people(leiden, n))
    w <- post_stratify(frame, leiden)
    frame <- ask_items(frame, disposition(frame, leiden), shares)
    frame$weging <- w
    target <- published_gezellig[[as.character(year)]]
    frame$gezellig <- settle_percent(frame$gezellig, w, 1:2, 3, 2, target)
    settle_scale(frame, published_scale[[as.character(year)]])
}

make_stad <- function(year, n) {
    frame <- cbind(jaar = year, draw_people(leiden, n))
    w <- post_stratify(frame, leiden)
    eta <- disposition(frame, leiden)
    for (question in names(published_stad)) {
        answers <- ask_question(frame, eta, question, year)
        target <- published_stad[[question]][as.character(year)]
        if (!is.na(target)) answers <- settle_percent(answers, w, 1, 2, 1, target)
        frame[[question]] <- answers
    }
    frame$weging <- w
    frame
}

# ---- the check -----------------------------------------------------------------------------------

check_veiligheid <- function(path) {
    frame <- read.csv(path)
    for (year in 2015:2017) {
        key <- as.character(year)
        of_year <- frame[frame$jaar == year, ]
        agrees <- weighted_percent(of_year$gezellig %in% 1:2, of_year$gezellig != no_answer,
                                   of_year$weging)
        check_figure("9A1.a", year, mean_score(of_year, 3), published_scale[[key]], 1)
        check_figure("9A1.a, min 4", year, mean_score(of_year, 4), published_scale[[key]], 1)
        check_figure("9A1.b", year, agrees, published_gezellig[[key]], 0)
        check_weights(year, of_year$weging)
    }
}

check_stad <- function(path) {
    frame <- read.csv(path)
    codes <- c(vrijwilliger = "9A1.c", terugvallen = "9A1.d", buurthulp = "9A1.e",
               mantelzorg = "9A1.f")
    for (question in names(codes)) {
        for (year in names(published_stad[[question]])) {
            of_year <- frame[frame$jaar == year, ]
            answers <- of_year[[question]]
            check_figure(codes[[question]], year,
                         weighted_percent(answers == 1, answers %in% 1:2, of_year$weging),
                         published_stad[[question]][[year]], 0)
        }
    }
    for (year in c(2013, 2015, 2017)) check_weights(year, frame$weging[frame$jaar == year])
}

stack <- function(years, sizes, make) do.call(rbind, Map(make, years, sizes))

write_plain(stack(2015:2017, c(1480, 1525, 1450), make_veiligheid),
            "datasets/leiden/veiligheidsmonitor.csv")
write_plain(stack(c(2013, 2015, 2017), c(1720, 1890, 2310), make_stad),
            "datasets/leiden/stadsenquete.csv")
check_veiligheid("datasets/leiden/veiligheidsmonitor.csv")
check_stad("datasets/leiden/stadsenquete.csv")
