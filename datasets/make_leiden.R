# SPDX-License-Identifier: GPL-3.0-or-later
#
# Makes the SYNTHETIC microdata behind the published Leiden figures of 9A1, and checks them:
#
#     Rscript datasets/make_leiden.R            (from the root of the repository)
#
# No respondent exists. Answers are drawn from a model (district, age, sex, a common disposition),
# then a few are moved one step, seeded, until every weighted figure lies well inside the interval
# that rounds to the published one. The check at the end uses R's survey package.

suppressMessages(library(survey))
set.seed(20190101, kind = "Mersenne-Twister", normal.kind = "Inversion", sample.kind = "Rejection")

# Rounded, invented numbers of inhabitants of 15 and older by district.
districts <- c("Binnenstad-Noord" = 10400, "Binnenstad-Zuid" = 9600, "Boerhaavedistrict" = 9100,
               "Bos- en Gasthuisdistrict" = 13200, "Leiden-Noord" = 12700,
               "Merenwijkdistrict" = 11800, "Morsdistrict" = 9300, "Roodenburgerdistrict" = 12100,
               "Stationsdistrict" = 4600, "Stevenshofdistrict" = 9900)
cohesion <- c(-0.10, -0.05, 0.05, -0.15, -0.25, 0.10, 0.00, 0.20, -0.35, 0.20)
sexes <- c(man = 0.49, vrouw = 0.51)
ages <- c("15-34" = 0.41, "35-49" = 0.22, "50-64" = 0.20, "65+" = 0.17)
response <- c("15-34" = 0.65, "35-49" = 0.95, "50-64" = 1.30, "65+" = 1.40)

items <- c("kent", "prettig", "gezellig", "thuis")
no_answer <- 9

published_scale <- c("2015" = 5.7, "2016" = 5.9, "2017" = 5.8)
published_gezellig <- c("2015" = 32, "2016" = 35, "2017" = 34)
published_stad <- list(
    vrijwilliger = c("2013" = 32, "2015" = 32, "2017" = 32),
    terugvallen = c("2015" = 67, "2017" = 68),
    buurthulp = c("2015" = 48, "2017" = 49),
    mantelzorg = c("2013" = 20, "2015" = 17, "2017" = 18))

# ---- respondents ---------------------------------------------------------------------------------

# Who answers: small districts get relatively more, the young answer less often, women more.
draw_people <- function(year, n) {
    equal <- 0.3 / length(districts) + 0.7 * districts / sum(districts)
    wijk <- sample(names(districts), n, replace = TRUE, prob = equal)
    geslacht <- sample(names(sexes), n, replace = TRUE, prob = sexes * c(0.9, 1.1))
    leeftijdsklasse <- sample(names(ages), n, replace = TRUE, prob = ages * response)
    frame <- data.frame(jaar = year, wijk, geslacht, leeftijdsklasse)
    frame[order(match(wijk, names(districts)), runif(n)), ]
}

# Weights as after post-stratification by district, sex and age, with a household factor inside.
post_stratify <- function(frame) {
    cell <- interaction(frame$wijk, frame$geslacht, frame$leeftijdsklasse)
    target <- districts[frame$wijk] * sexes[frame$geslacht] * ages[frame$leeftijdsklasse]
    household <- rgamma(nrow(frame), shape = 16, rate = 16)
    sum_in_cell <- ave(household, cell, FUN = sum)
    round(unname(target * household / sum_in_cell), 4)
}

disposition <- function(frame) {
    old <- c("15-34" = -0.30, "35-49" = 0.10, "50-64" = 0.15, "65+" = 0.25)
    cohesion[match(frame$wijk, names(districts))] + old[frame$leeftijdsklasse] +
        0.05 * (frame$geslacht == "vrouw") + rnorm(nrow(frame))
}

lose_some <- function(answers, share) {
    answers[runif(length(answers)) < share] <- no_answer
    answers
}

# ---- answers -------------------------------------------------------------------------------------

# A five-point answer: 1 = helemaal mee eens ... 5 = helemaal mee oneens; shares per answer.
agreement <- function(eta, loading, shares) {
    latent <- loading * eta + sqrt(1 - loading^2) * rnorm(length(eta))
    5L - findInterval(latent, quantile(latent, cumsum(rev(shares))[-5]))
}

# "kent" says that people hardly know each other: there, disagreement is cohesion.
ask_items <- function(frame, eta) {
    shares <- list(kent = c(5, 17, 28, 36, 14), prettig = c(17, 52, 22, 7, 2),
                   gezellig = c(6, 27, 37, 22, 8), thuis = c(15, 43, 25, 12, 5))
    loading <- c(kent = -0.60, prettig = 0.75, gezellig = 0.80, thuis = 0.75)
    for (item in items) frame[[item]] <- agreement(eta, loading[[item]], shares[[item]] / 100)
    for (item in items) frame[[item]] <- lose_some(frame[[item]], runif(1, 0.02, 0.06))
    frame
}

# A yes or no question: 1 = ja, 2 = nee.
yes_no <- function(eta, loading, percent) {
    latent <- loading * eta + sqrt(1 - loading^2) * rnorm(length(eta))
    ifelse(latent > qnorm(1 - percent / 100, mean(latent), sd(latent)), 1L, 2L)
}

ask_question <- function(frame, eta, question, year) {
    percent <- published_stad[[question]][as.character(year)]
    if (is.na(percent)) return(rep(NA_integer_, nrow(frame)))
    loading <- c(vrijwilliger = 0.3, terugvallen = 0.5, buurthulp = 0.4, mantelzorg = 0.2)
    lose_some(yes_no(eta, loading[[question]], percent), runif(1, 0.02, 0.06))
}

# ---- the published figures, by construction ------------------------------------------------------

weighted_percent <- function(yes, valid, w) 100 * sum(w[yes & valid]) / sum(w[valid])

# Moves single answers `from` to `to` (or back) until the percentage lies within 0.1 of the target.
settle_percent <- function(answers, w, yes, from, to, target) {
    repeat {
        off <- weighted_percent(answers %in% yes, answers %in% 1:5, w) - target
        if (abs(off) < 0.1) return(answers)
        source <- which(answers == if (off < 0) from else to)
        who <- source[sample.int(length(source), 1)]
        answers[who] <- if (off < 0) to else from
    }
}

scale_score <- function(frame, least) {
    reversed <- cbind(frame$kent, 6 - frame$prettig, 6 - frame$gezellig, 6 - frame$thuis)
    reversed[frame[items] == no_answer] <- NA
    score <- (rowMeans(reversed, na.rm = TRUE) - 1) / 4 * 10
    ifelse(rowSums(!is.na(reversed)) >= least, score, NA)
}

mean_score <- function(frame, least) {
    score <- scale_score(frame, least)
    sum(frame$weging * score, na.rm = TRUE) / sum(frame$weging[!is.na(score)])
}

# One answer one step towards more (1) or less (-1) cohesion; "gezellig" is settled already.
move_answer <- function(frame, movable, direction) {
    item <- sample(c("kent", "prettig", "thuis"), 1)
    step <- if (item == "kent") direction else -direction
    source <- which(movable & (frame[[item]] + step) %in% 1:5 & frame[[item]] != no_answer)
    who <- source[sample.int(length(source), 1)]
    frame[[item]][who] <- frame[[item]][who] + step
    frame
}

# Moves single answers until the mean score lies within 0.02 of the target, both where four items
# are asked for (complete respondents count) and where three are (all but few do).
settle_scale <- function(frame, target) {
    answered <- rowSums(frame[items] != no_answer)
    repeat {
        off <- c(mean_score(frame, 4), mean_score(frame, 3)) - target
        if (all(abs(off) < 0.02)) return(frame)
        rule <- which(abs(off) >= 0.02)[1]
        frame <- move_answer(frame, answered == 5 - rule, -sign(off[rule]))
    }
}

make_veiligheid <- function(year, n) {
    frame <- draw_people(year, n)
    w <- post_stratify(frame)
    frame <- ask_items(frame, disposition(frame))
    frame$weging <- w
    target <- published_gezellig[[as.character(year)]]
    frame$gezellig <- settle_percent(frame$gezellig, w, 1:2, 3, 2, target)
    settle_scale(frame, published_scale[[as.character(year)]])
}

make_stad <- function(year, n) {
    frame <- draw_people(year, n)
    w <- post_stratify(frame)
    eta <- disposition(frame)
    for (question in names(published_stad)) {
        answers <- ask_question(frame, eta, question, year)
        target <- published_stad[[question]][as.character(year)]
        if (!is.na(target)) answers <- settle_percent(answers, w, 1, 2, 1, target)
        frame[[question]] <- answers
    }
    frame$weging <- w
    frame
}

write_plain <- function(frame, path) {
    frame$weging <- sprintf("%.15g", frame$weging)
    file <- file(path, "wb")
    write.table(frame, file, sep = ",", quote = FALSE, row.names = FALSE, na = "", eol = "\n")
    close(file)
}

# ---- the check -----------------------------------------------------------------------------------

figure <- function(year, design, formula, scale = 1) {
    m <- svymean(formula, subset(design, jaar == year), na.rm = TRUE)
    c(scale * coef(m), scale * SE(m))
}

check_row <- function(code, year, found, published, decimals) {
    edge <- 0.5 * 10^-decimals - abs(found[1] - published)
    shown <- formatC(published, format = "f", digits = decimals)
    cat(sprintf("%-7s %d  published %4s  computed %8.4f  se %.4f  from the edge %.4f\n",
                code, year, shown, found[1], found[2], edge))
    stopifnot(edge > 0.2 * 10^-decimals)
}

check_veiligheid <- function(path) {
    frame <- read.csv(path)
    valid <- frame$gezellig != no_answer
    frame$gezellig_eens <- ifelse(valid, as.numeric(frame$gezellig %in% 1:2), NA)
    frame$schaal <- scale_score(frame, 3)
    frame$schaal_min4 <- scale_score(frame, 4)
    design <- svydesign(ids = ~1, strata = ~interaction(jaar, wijk), weights = ~weging,
                        data = frame)
    for (year in 2015:2017) {
        key <- as.character(year)
        check_row("9A1.a", year, figure(year, design, ~schaal), published_scale[[key]], 1)
        check_row("  min 4", year, figure(year, design, ~schaal_min4), published_scale[[key]], 1)
        check_row("9A1.b", year, figure(year, design, ~gezellig_eens, 100),
                  published_gezellig[[key]], 0)
    }
    report_weights(frame)
}

check_stad <- function(path) {
    frame <- read.csv(path)
    codes <- c(vrijwilliger = "9A1.c", terugvallen = "9A1.d", buurthulp = "9A1.e",
               mantelzorg = "9A1.f")
    for (question in names(codes)) {
        answer <- frame[[question]]
        frame$yes <- ifelse(answer %in% 1:2, as.numeric(answer == 1), NA)
        design <- svydesign(ids = ~1, strata = ~jaar, weights = ~weging, data = frame)
        for (year in names(published_stad[[question]])) {
            check_row(codes[[question]], as.integer(year), figure(year, design, ~yes, 100),
                      published_stad[[question]][[year]], 0)
        }
    }
    report_weights(frame)
}

report_weights <- function(frame) {
    for (year in unique(frame$jaar)) {
        w <- frame$weging[frame$jaar == year]
        cat(sprintf("%d: %d respondents, weights %.1f to %.1f, sum %.0f, cv %.2f\n",
                    year, length(w), min(w), max(w), sum(w), sd(w) / mean(w)))
    }
}

stack <- function(years, sizes, make) do.call(rbind, Map(make, years, sizes))

dir.create("datasets/leiden", showWarnings = FALSE)
write_plain(stack(2015:2017, c(1480, 1525, 1450), make_veiligheid),
            "datasets/leiden/veiligheidsmonitor.csv")
write_plain(stack(c(2013, 2015, 2017), c(1720, 1890, 2310), make_stad),
            "datasets/leiden/stadsenquete.csv")
check_veiligheid("datasets/leiden/veiligheidsmonitor.csv")
check_stad("datasets/leiden/stadsenquete.csv")
