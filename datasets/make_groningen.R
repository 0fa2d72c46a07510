# SPDX-License-Identifier: GPL-3.0-or-later
#
# Makes the SYNTHETIC registers and survey behind the published figures of Groningen, the budget of
# 2018 (4.1.1) and the accounts of 2018 (4.1.2), and checks them:
#
#     Rscript datasets/make_groningen.R         (from the root of the repository)

source("datasets/synthetic.R")
begin(20180101)

districts <- c("Centrum", "Oud-West", "Oud-Zuid", "Oude Wijken", "Zuidwest", "Lewenborg",
               "Beijum", "Hoogkerk")

# ---- budget: submissions to the innovation workshops ----------------------------------------------

supported <- 22 # in 2016; those of 2017 are still to be judged

make_submissions <- function(year, n, decisions) {
    themes <- c("groen", "ontmoeten", "zorg", "energie", "cultuur")
    frame <- data.frame(jaar = year, wijk = sample(districts, n, replace = TRUE),
                        thema = sample(themes, n, replace = TRUE, prob = c(4, 3, 2, 2, 1)),
                        besluit = sample(decisions),
                        bedrag = 250 * sample(2:40, n, replace = TRUE))
    frame[order(frame$wijk, frame$thema), ]
}

make_ateliers <- function() {
    rbind(make_submissions(2016, 57, rep(1:2, c(supported, 57 - supported))),
          make_submissions(2017, 64, rep(no_answer, 64)))
}

# ---- accounts: volunteers of Humanitas, and informal care in the country ---------------------------

volunteers <- 3204 # in 2018; 2017 was not counted

make_volunteers <- function() {
    activities <- c("maatjes", "thuisadministratie", "gezinsondersteuning", "taal", "rouw")
    frame <- expand.grid(activiteit = activities, wijk = districts, kwartaal = 1:4,
                         jaar = 2017:2018, stringsAsFactors = FALSE)[4:1]
    counted <- frame$jaar == 2018
    frame$aantal[counted] <- apportion(volunteers, rgamma(sum(counted), shape = 3))
    frame
}

# "One in three gives informal care to some degree": 33 percent of those of 16 and older.
netherlands <- list(
    districts = c(Noord = 1.4e6, Oost = 3.0e6, West = 6.8e6, Zuid = 3.1e6),
    cohesion = c(0.10, 0.15, -0.10, 0.05),
    sexes = c(man = 0.49, vrouw = 0.51),
    ages = c("16-34" = 0.30, "35-49" = 0.23, "50-64" = 0.25, "65+" = 0.22),
    response = c("16-34" = 0.70, "35-49" = 0.95, "50-64" = 1.20, "65+" = 1.25),
    old = c("16-34" = -0.25, "35-49" = 0.00, "50-64" = 0.35, "65+" = 0.10))
some_care <- 33

make_care <- function(n) {
    frame <- draw_people(netherlands, n)
    w <- post_stratify(frame, netherlands)
    eta <- disposition(frame, netherlands)
    answers <- lose_some(graded(eta, 0.3, c(0.10, some_care / 100 - 0.10, 1 - some_care / 100)), 0.03)
    frame$mantelzorg <- settle_percent(answers, w, 1:2, 3, 2, inside(some_care, 0), near = 0.02)
    frame$weging <- w
    setNames(frame, sub("wijk", "landsdeel", names(frame)))
}

write_plain(make_ateliers(), "datasets/groningen-begroting/innovatie-ateliers.csv")
write_plain(make_volunteers(), "datasets/groningen-rekening/humanitas.csv")
write_plain(make_care(1250), "datasets/groningen-rekening/mantelzorg-2018.csv")

ateliers <- read.csv("datasets/groningen-begroting/innovatie-ateliers.csv")
humanitas <- read.csv("datasets/groningen-rekening/humanitas.csv")
care <- read.csv("datasets/groningen-rekening/mantelzorg-2018.csv")
check_figure("4.1.1", 2016, sum(ateliers$jaar == 2016 & ateliers$besluit == 1), supported, 0)
stopifnot(ateliers$besluit[ateliers$jaar == 2017] == no_answer)
check_figure("4.1.2", 2018, sum(humanitas$aantal, na.rm = TRUE), volunteers, 0)
stopifnot(is.na(humanitas$aantal[humanitas$jaar == 2017]))
check_figure("4.1.2, text", 2018,
             weighted_percent(care$mantelzorg %in% 1:2, care$mantelzorg %in% 1:3, care$weging),
             some_care, 0)
check_weights("mantelzorg", care$weging)
