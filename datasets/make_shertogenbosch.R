# SPDX-License-Identifier: GPL-3.0-or-later
#
# Makes the SYNTHETIC microdata behind the published figures of 's-Hertogenbosch, programme
# "Vrijwillige inzet, informele zorg en omgaan met elkaar", and checks them:
#
#     Rscript datasets/make_shertogenbosch.R    (from the root of the repository)

source("datasets/synthetic.R")
begin(20170101)

# Rounded, invented numbers of inhabitants of 18 and older by part of the city.
city <- list(
    districts = c("Binnenstad" = 11600, "Zuidoost" = 17800, "Graafsepoort" = 8900,
                  "Muntel-Vliert" = 7300, "Empel" = 5200, "Noord" = 19400, "Maaspoort" = 13700,
                  "West" = 15100, "Engelen" = 4600, "Rosmalen" = 23400),
    cohesion = c(-0.10, -0.05, -0.20, 0.00, 0.20, -0.25, 0.05, -0.15, 0.25, 0.20),
    sexes = c(man = 0.49, vrouw = 0.51),
    ages = c("18-34" = 0.27, "35-49" = 0.27, "50-64" = 0.26, "65+" = 0.20),
    response = c("18-34" = 0.65, "35-49" = 0.95, "50-64" = 1.20, "65+" = 1.30),
    old = c("18-34" = -0.25, "35-49" = 0.05, "50-64" = 0.15, "65+" = 0.15))

published <- c(vrijwilliger = 34, mantelzorg = 22, belast = 13, gediscrimineerd = 9)
target <- vapply(published, inside, 0, decimals = 0)

# 1 = niet ... 4 = belastend, 5 = zeer belastend; asked of those who give care, else empty.
ask_burden <- function(care, eta, w) {
    asked <- care == 1
    burden <- rep(NA_integer_, length(care))
    burden[asked] <- lose_some(graded(-eta[asked], 0.2, c(22, 38, 27, 9, 4) / 100), 0.03)
    settle_percent(burden, w, 4:5, 3, 4, target[["belast"]], near = 0.03)
}

make_welfare <- function(n) {
    frame <- draw_people(city, n)
    w <- post_stratify(frame, city)
    eta <- disposition(frame, city)
    for (question in c("vrijwilliger", "mantelzorg")) {
        answers <- lose_some(yes_no(eta, 0.3, published[[question]]), runif(1, 0.02, 0.05))
        frame[[question]] <- settle_percent(answers, w, 1, 2, 1, target[[question]], near = 0.02)
    }
    frame$belasting <- ask_burden(frame$mantelzorg, eta, w)
    frame$inwoners <- unname(city$districts[frame$wijk])
    frame$weging <- w
    setNames(frame, sub("wijk", "stadsdeel", names(frame)))
}

# gediscrimineerd: 1 = nee, nooit, 2 = ja, een enkele keer, 3 = ja, regelmatig. cijfer: a mark of the
# neighbourhood, where 9 is a mark and 99 is no answer.
make_liveability <- function(n) {
    frame <- draw_people(city, n)
    w <- post_stratify(frame, city)
    eta <- disposition(frame, city)
    answers <- lose_some(graded(eta, 0.25, c(91, 7, 2) / 100), 0.04)
    frame$gediscrimineerd <- settle_percent(answers, w, 2:3, 1, 2, target[["gediscrimineerd"]],
                                            near = 0.02)
    marks <- graded(-eta, 0.5, c(1, 1, 1, 2, 4, 11, 28, 34, 13, 5) / 100) # of 1 to 10
    frame$cijfer <- lose_some(marks, 0.02, 99)
    frame$weging <- w
    setNames(frame, sub("wijk", "stadsdeel", names(frame)))
}

write_plain(make_welfare(2240), "datasets/shertogenbosch/sport-en-welzijn.csv")
write_plain(make_liveability(1860), "datasets/shertogenbosch/leefbaarheid.csv")

welfare <- read.csv("datasets/shertogenbosch/sport-en-welzijn.csv")
liveability <- read.csv("datasets/shertogenbosch/leefbaarheid.csv")
check_percent <- function(frame, question, yes, valid, name) {
    answers <- frame[[question]]
    check_figure(name, "", weighted_percent(answers %in% yes, answers %in% valid, frame$weging),
                 published[[name]], 0)
}
check_percent(welfare, "vrijwilliger", 1, 1:2, "vrijwilliger")
check_percent(welfare, "mantelzorg", 1, 1:2, "mantelzorg")
check_percent(welfare[welfare$mantelzorg == 1, ], "belasting", 4:5, 1:5, "belast")
check_percent(liveability, "gediscrimineerd", 2:3, 1:3, "gediscrimineerd")
check_weights("sport-en-welzijn", welfare$weging)
check_weights("leefbaarheid", liveability$weging)
