# SPDX-License-Identifier: GPL-3.0-or-later
#
# Makes the SYNTHETIC microdata and registers behind the published figures of the Gebiedsplan 2025
# Stedelijk of Farent, 's-Hertogenbosch, and checks them:
#
#     Rscript datasets/make_farent.R            (from the root of the repository)

source("datasets/synthetic.R")
begin(20250101)

# Rounded, invented numbers of inhabitants of 18 and older by part of the city.
city <- list(
    districts = c("Binnenstad" = 11900, "Zuidoost" = 18300, "Graafsepoort" = 9200,
                  "Muntel-Vliert" = 7500, "Empel" = 5300, "Noord" = 20000, "Maaspoort" = 14100,
                  "West" = 15600, "Engelen" = 4800, "Rosmalen" = 24150),
    cohesion = c(-0.10, -0.05, -0.20, 0.00, 0.20, -0.25, 0.05, -0.15, 0.25, 0.20),
    sexes = c(man = 0.49, vrouw = 0.51),
    ages = c("18-34" = 0.28, "35-49" = 0.25, "50-64" = 0.24, "65+" = 0.23),
    response = c("18-34" = 0.65, "35-49" = 0.95, "50-64" = 1.20, "65+" = 1.30),
    old = c("18-34" = -0.25, "35-49" = 0.05, "50-64" = 0.15, "65+" = 0.15))

# ---- the survey ----------------------------------------------------------------------------------

# Points of the codes, shares that come near the figure, and the published figure. The first code is
# what goes with a happy disposition.
scores <- list(
    contacten = list(points = c(100, 50, 0), shares = c(70, 23, 7), figure = 81.8),
    eenzaam = list(points = c(0, 25, 50, 75, 100), shares = c(42, 27, 27, 3, 1), figure = 24.1),
    rondkomen = list(points = c(0, 50, 100), shares = c(77, 18, 5), figure = 13.7),
    verantwoordelijk = list(points = c(100, 50, 0), shares = c(56, 35, 9), figure = 73.8))
lonely <- c("2022" = 4, "2024" = 4) # percent, always or mostly; published of 2022

# Shares of the marks 1 to 10.
marks <- list(
    cijfer_contact = list(shares = c(1, 1, 2, 4, 8, 19, 31, 24, 7, 3), figure = 6.9),
    cijfer_gezond = list(shares = c(1, 1, 1, 2, 4, 9, 25, 37, 14, 6), figure = 7.6),
    cijfer_gelukkig = list(shares = c(1, 1, 1, 2, 4, 9, 24, 38, 15, 5), figure = 7.6))
no_mark <- 99 # 9 is a mark

statements <- list(kent = c(5, 15, 26, 40, 14), prettig = c(20, 55, 18, 5, 2),
                   gezellig = c(10, 32, 36, 16, 6), thuis = c(19, 46, 22, 9, 4))
cohesion_score <- c("2022" = 6.2, "2024" = 6.3)

percentages <- c(hulp = 75, actief = 31, mantelzorg = 13)
volunteers <- 45000   # 36 percent of those who answered
volunteer_share <- 36
stays_active <- 74    # percent of volunteers, of 2024
culture <- 11         # percent of volunteers, of 2022

ask_score <- function(name, eta, w, year, drift) {
    about <- scores[[name]]
    answers <- lose_some(graded(eta, 0.4, about$shares / 100), runif(1, 0.01, 0.04))
    figure <- inside(about$figure, 1) + drift
    if (name != "eenzaam") return(settle_points(answers, w, about$points, figure, near = 0.004))
    answers <- settle_percent(answers, w, 4:5, 3, 4, inside(lonely[[year]], 0), near = 0.03)
    settle_points(answers, w, about$points, figure, near = 0.004, movable = 1:3)
}

ask_mark <- function(name, eta, w) {
    answers <- lose_some(graded(-eta, 0.4, marks[[name]]$shares / 100), runif(1, 0.01, 0.04), no_mark)
    settle_points(answers, w, 1:10, inside(marks[[name]]$figure, 1), near = 0.003)
}

ask_percent <- function(eta, w, percent) {
    answers <- lose_some(yes_no(eta, 0.3, percent), runif(1, 0.02, 0.05))
    settle_percent(answers, w, 1, 2, 1, percent, near = 0.03)
}

# A question to some only; the others have no answer at all.
ask_some <- function(asked, eta, w, percent) {
    answers <- rep(NA_integer_, length(asked))
    answers[asked] <- lose_some(yes_no(eta[asked], 0.2, percent), 0.03)
    settle_percent(answers, w, 1, 2, 1, inside(percent, 0), near = 0.03)
}

# Moves the total of a yes by single answers, then by the pair of a yes and a no that fits best.
settle_total <- function(answers, w, target) {
    off <- function() sum(w[answers == 1]) - target
    while (abs(off()) > 30) {
        who <- one_of(which(answers == if (off() < 0) 2 else 1))
        answers[who] <- if (off() < 0) 1L else 2L
    }
    yes <- which(answers == 1)
    no <- which(answers == 2)
    miss <- abs(outer(-w[yes], w[no], `+`) + off())
    best <- arrayInd(which.min(miss), dim(miss))
    answers[yes[best[1]]] <- 2L
    answers[no[best[2]]] <- 1L
    answers
}

# What stands in no table of the plan lies a little off the figures of 2024.
make_people <- function(year, n, drift) {
    frame <- cbind(jaar = year, draw_people(city, n))
    w <- frame$weging <- post_stratify(frame, city)
    eta <- disposition(frame, city)
    year <- as.character(year)
    for (name in names(scores)) frame[[name]] <- ask_score(name, eta, w, year, drift)
    for (name in names(percentages)) {
        frame[[name]] <- ask_percent(eta, w, inside(percentages[[name]], 0) + drift)
    }
    frame <- settle_scale(ask_items(frame, eta, statements), cohesion_score[[year]])
    answers <- lose_some(yes_no(eta, 0.3, volunteer_share), 0.044)
    frame$vrijwilliger <- settle_total(answers, w, volunteers + 400 * drift)
    volunteer <- frame$vrijwilliger == 1
    asked <- year == "2024"
    frame$blijft <- if (asked) ask_some(volunteer, eta, w, stays_active) else NA
    frame$cultuur <- if (asked) NA else ask_some(volunteer, eta, w, culture)
    for (name in names(marks)) frame[[name]] <- if (asked) ask_mark(name, eta, w) else NA
    frame$weging <- w
    frame <- frame[c(setdiff(names(frame), "weging"), "weging")]
    setNames(frame, sub("wijk", "stadsdeel", names(frame)))
}

# ---- the registers -------------------------------------------------------------------------------

inhabitants <- 160755
by_origin <- 160757 # the other number that the plan gives
age_shares <- c("0-3" = 4.3, "4-11" = 8.1, "12-17" = 6.2, "18-24" = 8.2, "25-39" = 21.6,
                "40-54" = 18.7, "55-64" = 13.6, "65-74" = 10.6, "75-84" = 6.8, "85+" = 1.9)
age_shares_2022 <- c(4.5, 8.4, 6.3, 8.3, 21.3, 19.2, 13.3, 10.3, 6.5, 1.9)
age_published <- c(4, 8, 6, 8, 22, 19, 14, 11, 7, 2) # 101 together
origin_shares <- c(Nederland = 86.2, "overig Europa" = 5.2, "buiten Europa" = 8.6)
tenure_shares <- c(koop = 54.6, "sociale huur" = 33.2, "overige huur" = 12.2)
income_shares <- c("laag,ja" = 2.1, "laag,nee" = 1.8, "overig,ja" = 4.2, "overig,nee" = 91.9)

# Numbers by part of the city (times `cells` within it) for each class, which sum to its share.
spread <- function(total, shares, cells = 1) {
    size <- rep(city$districts, each = cells)
    by_class <- apportion(total, shares)
    as.vector(vapply(by_class, function(n) apportion(n, size * rgamma(length(size), 25)), size))
}

parts <- names(city$districts)

make_population <- function(year, total, shares) {
    frame <- expand.grid(jaar = year, geslacht = names(city$sexes), stadsdeel = parts,
                         leeftijd = names(age_shares))
    frame$aantal <- spread(total, shares, 2)
    frame[c("jaar", "stadsdeel", "geslacht", "leeftijd", "aantal")]
}

# A name and classes with a comma in them are two columns in the file.
make_register <- function(name, total, shares) {
    frame <- expand.grid(stadsdeel = parts, class = names(shares))
    frame$aantal <- spread(total, shares)
    setNames(frame, c("stadsdeel", name, "aantal"))
}

# ---- the check -----------------------------------------------------------------------------------

check_percent <- function(code, year, answers, yes, valid, w, published) {
    check_figure(code, year, weighted_percent(answers %in% yes, answers %in% valid, w), published, 0)
}

check_survey <- function(frame, year) {
    for (name in names(scores)) {
        computed <- weighted_points(frame[[name]], frame$weging, scores[[name]]$points)
        check_figure(name, year, computed, scores[[name]]$figure, 1)
    }
    for (name in names(marks)) {
        check_figure(name, year, weighted_points(frame[[name]], frame$weging, 1:10),
                     marks[[name]]$figure, 1)
    }
    for (name in names(percentages)) {
        check_percent(name, year, frame[[name]], 1, 1:2, frame$weging, percentages[[name]])
    }
    check_figure("cohesie", year, mean_score(frame, 3), cohesion_score[[year]], 1)
    check_percent("vrijwilliger", year, frame$vrijwilliger, 1, 1:2, frame$weging, volunteer_share)
    check_figure("vrijwilligers", year, sum(frame$weging[frame$vrijwilliger == 1]), volunteers, 0)
    check_percent("blijft", year, frame$blijft, 1, 1:2, frame$weging, stays_active)
}

check_register <- function(frame, class, of, published) {
    check_percent(paste(class, of[1]), "2024", frame[[class]], of, unique(frame[[class]]),
                  frame$aantal, published)
}

survey <- rbind(make_people(2022, 1480, -1.2), make_people(2024, 1760, 0))
write_plain(survey, "datasets/farent/buurtenquete.csv")
write_plain(rbind(make_population(2022, 157412, age_shares_2022),
                  make_population(2024, inhabitants, age_shares)),
            "datasets/farent/bevolking.csv")
write_plain(make_register("herkomst", by_origin, origin_shares), "datasets/farent/herkomst-2024.csv")
write_plain(make_register("eigendom", 76910, tenure_shares), "datasets/farent/woningen-2024.csv")
write_plain(make_register("inkomen,bijstand", 77430, income_shares),
            "datasets/farent/huishoudens-2024.csv")

survey <- read.csv("datasets/farent/buurtenquete.csv")
earlier <- survey[survey$jaar == 2022, ]
check_survey(survey[survey$jaar == 2024, ], "2024")
check_percent("eenzaam", "2022", earlier$eenzaam, 4:5, 1:5, earlier$weging, lonely[["2022"]])
check_percent("cultuur", "2022", earlier$cultuur, 1, 1:2, earlier$weging, culture)
for (year in c(2022, 2024)) check_weights(year, survey$weging[survey$jaar == year])

population <- read.csv("datasets/farent/bevolking.csv")
population <- population[population$jaar == 2024, ]
stopifnot(sum(population$aantal) == inhabitants)
for (i in seq_along(age_shares)) {
    check_register(population, "leeftijd", names(age_shares)[i], age_published[i])
}
origin <- read.csv("datasets/farent/herkomst-2024.csv")
stopifnot(sum(origin$aantal) == by_origin)
check_register(origin, "herkomst", c("overig Europa", "buiten Europa"), 14)
check_register(origin, "herkomst", "buiten Europa", 9)
check_register(read.csv("datasets/farent/woningen-2024.csv"), "eigendom", "sociale huur", 33)
households <- read.csv("datasets/farent/huishoudens-2024.csv")
check_register(households, "inkomen", "laag", 4)
check_register(households, "bijstand", "ja", 6)
