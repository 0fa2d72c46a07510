# SPDX-License-Identifier: GPL-3.0-or-later
#
# Small synthetic data for the reference cases; make_reference.R sources this file. Seeded: the same
# bytes each time. Every set is made to hold one difficulty, named at its function.

reset_seed <- function() {
    set.seed(424242, kind = "Mersenne-Twister", normal.kind = "Inversion",
             sample.kind = "Rejection")
}

write_data <- function(frame, name) {
    path <- file.path("tests/reference/data", name)
    file <- file(path, "wb")
    write.table(frame, file, sep = ",", quote = FALSE, row.names = FALSE, na = "", eol = "\n")
    close(file)
}

draw_weights <- function(n) round(rgamma(n, 6, 6) * 40 + 1, 3)

draw_codes <- function(n, codes, odds = rep(1, length(codes))) {
    sample(codes, n, replace = TRUE, prob = odds)
}

# Strata b and e have one PSU; e is absent for sex 2.
lonely <- function() {
    psus <- data.frame(stratum = c("a", "a", "a", "b", "c", "c", "d", "d", "d", "e"), psu = 1:10)
    frame <- psus[rep(1:10, c(6, 4, 7, 5, 6, 8, 5, 7, 6, 4)), ]
    n <- nrow(frame)
    frame$weight <- draw_weights(n)
    frame$sex <- ifelse(frame$stratum == "e", 1, draw_codes(n, 1:2))
    frame$q <- draw_codes(n, 1:3, c(5, 3, 2))
    frame$y <- round(rnorm(n, 50 + frame$psu, 12), 2)
    frame$x <- round(rgamma(n, 4, 0.1), 1)
    frame
}

# The lonely PSU of stratum b is its whole population: its fraction is 1, so it is not lonely.
lonely_certain <- function() {
    frame <- lonely()
    frame <- frame[frame$stratum != "e", ]
    frame$size <- c(a = 30, b = 1, c = 20, d = 24)[frame$stratum]
    frame
}

# The first school of apistrat in a stratum of its own.
lonely_school <- function() {
    frame <- read.csv("datasets/apistrat/apistrat.csv", colClasses = "character")
    frame$stratum <- c("alone", frame$stype[-1])
    frame[c("stratum", "api00", "enroll", "meals", "pw")]
}

# Three strata, schools in them, classes in schools; population sizes and fractions of both stages;
# at the second stage two kinds of classes are strata, with population sizes of their own.
two_stages <- function() {
    schools <- data.frame(region = rep(c("north", "south", "west"), c(4, 3, 5)), school = 1:12)
    schools$schools <- c(north = 16, south = 12, west = 40)[schools$region]
    frame <- schools[rep(1:12, c(4, 5, 6, 4, 6, 5, 4, 7, 4, 6, 5, 4)), ]
    frame$class <- ave(frame$school, frame$school, FUN = seq_along)
    frame$kind <- ifelse(frame$class %% 2 == 1, "odd", "even")
    drawn <- ave(frame$school, frame$school, FUN = length)
    frame$classes <- drawn + 3 + frame$school %% 4
    frame$kind_classes <- ave(frame$school, frame$school, frame$kind, FUN = length) + 4
    first <- ave(frame$school, frame$region, FUN = function(s) length(unique(s)))
    frame$f1 <- first / frame$schools
    frame$f2 <- ifelse(frame$school %% 2 == 0, 0.5, 0.25)
    frame <- frame[rep(seq_len(nrow(frame)), each = 3), ]
    n <- nrow(frame)
    frame$weight <- round(frame$schools / 4 * frame$classes / 5 * runif(n, 0.8, 1.25), 4)
    frame$q <- draw_codes(n, 1:4, 4:1)
    frame$y <- round(rnorm(n, 6 + frame$school / 12, 1.5), 1)
    frame$hours <- draw_codes(n, 0:8)
    frame
}

# Missing answers: empty fields, the codes 8 and 9, text NA; by and design variables are complete.
missing <- function() {
    n <- 240
    frame <- data.frame(stratum = rep(1:4, each = 60), psu = rep(1:24, each = 10),
                        weight = draw_weights(n), area = draw_codes(n, c("x", "y", "z")))
    frame$q <- draw_codes(n, c(1, 2, 3, 9), c(4, 3, 2, 1))
    frame$mark <- draw_codes(n, c(3:10, NA), c(1, 1, 2, 4, 6, 4, 2, 1, 3))
    for (item in c("i1", "i2", "i3", "i4")) {
        frame[[item]] <- draw_codes(n, c(1:5, 8, 9), c(2, 4, 4, 3, 2, 2, 1))
    }
    frame$paid <- draw_codes(n, c(0, 10, 12.5, 40, NA))
    frame$due <- draw_codes(n, c(20, 25, 62.5, "NA"))
    frame
}

# Zero weights: spread over strata, a whole PSU, and a whole stratum.
zeros <- function() {
    n <- 120
    frame <- data.frame(stratum = rep(1:4, each = 30), psu = rep(1:12, each = 10),
                        weight = draw_weights(n), area = draw_codes(n, 1:2))
    frame$weight[runif(n) < 0.15 | frame$psu == 5 | frame$stratum == 4] <- 0
    frame$q <- draw_codes(n, 1:3)
    frame$y <- round(rnorm(n, 30, 8), 1)
    frame$x <- round(rgamma(n, 5, 0.1), 1)
    frame
}

# A panel: people take part in one to three years, so years share PSUs; the person is the PSU.
panel <- function() {
    people <- data.frame(person = 1:220, area = rep(c("centre", "east", "south", "west"), 55))
    people$trait <- rnorm(220)
    waves <- lapply(c(2019, 2021, 2023), function(year) {
        frame <- people[runif(220) < 0.6, ]
        n <- nrow(frame)
        frame$year <- year
        frame$weight <- draw_weights(n)
        shift <- (year - 2019) / 10
        frame$helps <- ifelse(frame$trait + rnorm(n) / 2 + shift > 0.3, 1, 2)
        frame$mark <- pmin(10, pmax(1, round(7 + frame$trait + shift + rnorm(n))))
        frame$hours <- round(pmax(0, rnorm(n, 4 + frame$trait, 2)), 1)
        frame$asked <- frame$hours + round(runif(n, 0.5, 4), 1)
        frame
    })
    frame <- do.call(rbind, waves)
    frame[setdiff(names(frame), "trait")]
}

# Towns in regions, schools as PSUs within towns, two years that share towns but not schools.
areas <- function() {
    towns <- data.frame(region = rep(c("noord", "zuid"), c(3, 4)), town = 1:7)
    schools <- towns[rep(1:7, each = 8), ]
    schools$school <- seq_len(nrow(schools))
    schools$year <- rep(c(2020, 2024), each = 4, length.out = nrow(schools))
    frame <- schools[rep(seq_len(nrow(schools)), each = 6), ]
    n <- nrow(frame)
    frame$weight <- draw_weights(n)
    frame$sport <- draw_codes(n, 1:2, c(6, 4))
    frame$lonely <- draw_codes(n, 1:3, c(6, 3, 1))
    frame$mark <- draw_codes(n, c(4:9, NA), c(1, 2, 5, 6, 3, 1, 1))
    frame
}

# The schools of `areas` in towns in provinces, under codes as Statistics Netherlands writes them.
school_areas <- function() {
    schools <- unique(areas()[c("school", "town")])
    data.frame(school = sprintf("BU%08d", schools$school),
               school_naam = paste("School", schools$school),
               town = sprintf("GM%04d", schools$town),
               province = ifelse(schools$town %in% c(1, 2, 5), "PV20", "PV21"))
}

# A stratum whose members all weigh 0 is still one of the strata that a lonely one is averaged over.
lonely_zero <- function() {
    data.frame(stratum = c("a", "a", "a", "b", "c", "c"), weight = c(1, 1, 2, 1, 0, 0),
               y = c(1, 2, 4, 9, 3, 5))
}

# Answers to questionnaires, with one trait behind the items of each, so that they hang together; no
# answer to some of them, in patterns of one, two and many. a: five points, b: three, c: six, d: games
# (8: not a gamer), e: four, work: no order. 9 is no answer to b.
scales <- function() {
    n <- 320
    frame <- data.frame(stratum = rep(1:4, each = 80), psu = rep(1:20, each = 16),
                        weight = draw_weights(n), area = draw_codes(n, c("x", "y", "z")),
                        year = rep(2019:2020, n / 2))
    items <- function(count, lowest, highest) {
        trait <- rnorm(n)
        answers <- replicate(count, {
            middle <- (lowest + highest) / 2
            pmin(highest, pmax(lowest, round(middle + (trait + rnorm(n)) * (highest - lowest) / 4)))
        })
        answers[matrix(runif(n * count) < rep(c(0.01, 0.03, 0.3), c(180, 100, 40)), n)] <- NA
        answers
    }
    add <- function(letter, answers) {
        colnames(answers) <- paste0(letter, seq_len(ncol(answers)))
        frame <<- cbind(frame, answers)
    }
    add("a", items(10, 1, 5))
    three <- items(11, 1, 3)
    three[is.na(three) & runif(length(three)) < 0.5] <- 9
    add("b", three)
    add("c", items(6, 1, 6))
    games <- items(7, 0, 4)
    games[runif(n) < 0.3, ] <- 8
    add("d", games)
    add("e", items(4, 1, 4))
    frame$work <- draw_codes(n, c(1:10, NA))
    frame
}

# What is hard for quantiles, by group: shares that are exactly reached, equal answers of unequal
# weights, nothing but equal answers, a most given answer at the top, one PSU, one respondent, and
# weights of 0 at both ends.
ranks <- function() {
    groups <- rep(c("even", "tied", "equal", "top", "one", "alone", "zero"),
                  c(40, 60, 12, 30, 9, 1, 28))
    frame <- data.frame(stratum = rep(1:3, 60), psu = rep(1:18, each = 10), group = groups)
    frame <- frame[order(frame$stratum, frame$psu), ]
    n <- nrow(frame)
    frame$weight <- draw_codes(n, 1:9)
    frame$x <- draw_codes(n, 1:9, c(1, 2, 4, 6, 7, 5, 3, 2, 1))
    in_group <- function(name) frame$group == name
    frame$weight[in_group("even")] <- 2
    frame$x[in_group("even")] <- sample(40)
    frame$x[in_group("equal")] <- 7
    frame$x[in_group("top")] <- draw_codes(30, c(1:5), c(1, 1, 2, 3, 12))
    frame$psu[in_group("one")] <- 2
    frame$stratum[in_group("one")] <- 1
    frame$weight[in_group("zero") & frame$x %in% c(1, 2, 8, 9)] <- 0
    frame$wide <- round(rlnorm(n, 3, 1), 2)
    frame
}

# Replicate weights by R survey, as a survey would publish them: whole weights, in so many decimals.
replicate_weights <- function(design, prefix, ...) {
    made <- unclass(weights(as.svrepdesign(design, compress = FALSE, ...), "analysis"))
    colnames(made) <- sprintf("%s%02d", prefix, seq_len(ncol(made)))
    made
}

# Six strata of two units each: half samples (b), half samples after Fay with K = 0.3 (f), all of
# them rounded, and successive differences (s), some of which are 0 or below. Area z is in unit 3
# alone, which half of the half samples lack.
halves <- function() {
    frame <- data.frame(stratum = rep(1:6, each = 14), unit = rep(1:12, each = 7))
    n <- nrow(frame)
    frame$weight <- draw_weights(n)
    frame$area <- ifelse(frame$unit == 3, "z", draw_codes(n, c("x", "y")))
    frame$year <- draw_codes(n, c(2019, 2023))
    frame$q <- draw_codes(n, c(1:3, NA), c(5, 3, 2, 1))
    frame$mark <- draw_codes(n, c(3:10, NA), c(1, 1, 2, 4, 6, 4, 2, 1, 1)) + frame$unit %% 2
    frame$hours <- round(pmax(0, rnorm(n, 4, 2)), 1)
    frame$asked <- frame$hours + round(runif(n, 0.5, 4), 1)
    for (item in c("i1", "i2", "i3")) frame[[item]] <- draw_codes(n, c(1:5, NA), c(2, 4, 4, 3, 2, 1))
    design <- svydesign(~unit, strata = ~stratum, weights = ~weight, data = frame)
    frame <- cbind(frame, round(replicate_weights(design, "b", type = "BRR"), 3),
                   round(replicate_weights(design, "f", type = "Fay", fay.rho = 0.3), 2))
    steps <- c(1, 1 + 2^-1.5, 1 - 2^-1.5)
    s <- sapply(1:16, function(r) round(frame$weight * sample(steps, n, replace = TRUE), 2))
    s[cbind(c(5, 40, 77), c(2, 2, 9))] <- c(-1.5, 0, -0.25)
    colnames(s) <- sprintf("s%02d", 1:16)
    cbind(frame, s)
}

# The schools of two_stages as units: the jackknife in strata of 4, 3 and 5 of them (jn), and a
# bootstrap (bs).
school_replicates <- function() {
    frame <- two_stages()[c("region", "school", "kind", "weight", "q", "y", "hours")]
    design <- svydesign(~school, strata = ~region, weights = ~weight, data = frame)
    cbind(frame, replicate_weights(design, "jn", type = "JKn"),
          replicate_weights(design, "bs", type = "subbootstrap", replicates = 20))
}

# The school districts of apiclus1 as units: the jackknife without strata (jk).
district_replicates <- function() {
    frame <- read.csv("datasets/apiclus1/apiclus1.csv", check.names = FALSE)
    frame <- frame[c("dnum", "stype", "awards", "api00", "enroll", "api.stu", "ell", "pw", "fpc")]
    design <- svydesign(~dnum, weights = ~pw, data = frame)
    cbind(frame, replicate_weights(design, "jk", type = "JK1"))
}

# For tests of a whole question. Answer 6 is given in area 1 alone, 5 not in area 4; in area 5 all
# give answer 2; `rare` has one "yes" outside area 1; strata and PSUs cut through areas; some missing
# answers and weights of 0.
question <- function() {
    n <- 400
    frame <- data.frame(stratum = rep(c("k", "l", "m"), c(120, 160, 120)),
                        psu = rep(1:20, each = 20))
    frame$size <- c(k = 15, l = 40, m = 11)[frame$stratum]
    frame$weight <- draw_weights(n)
    frame$weight[runif(n) < 0.05] <- 0
    frame$area <- draw_codes(n, 1:5, c(5, 5, 4, 3, 2))
    frame$q <- draw_codes(n, c(1:5, 9), c(6, 5, 4, 3, 2, 1))
    frame$q[frame$area == 1 & runif(n) < 0.1] <- 6
    frame$q[frame$area == 4 & frame$q == 5] <- 1
    frame$q[frame$area == 5] <- 2
    frame$rare <- ifelse(frame$area == 1 & runif(n) < 0.1, "yes", "no")
    frame$rare[which(frame$area == 3)[2]] <- "yes"
    frame$helps <- draw_codes(n, c("no", "yes", NA), c(6, 3, 1))
    frame
}

# Five waves, not equally far apart, in which people return; `later` was not asked in the first two
# and `never` in all but the last two.
waves <- function() {
    people <- data.frame(person = 1:260, area = rep(c("a", "b", "c", "d"), 65))
    people$trait <- rnorm(260)
    waves <- lapply(c(2012, 2014, 2017, 2018.5, 2024), function(year) {
        frame <- people[runif(260) < 0.5, ]
        n <- nrow(frame)
        frame$year <- year
        frame$weight <- draw_weights(n)
        u <- (year - 2012) / 12
        frame$helps <- ifelse(frame$trait + rnorm(n) / 2 + u^2 > 0.5, 1, 2)
        frame$mark <- pmin(10, pmax(1, round(6 + frame$trait + u - u^3 + rnorm(n))))
        frame$hours <- round(pmax(0, rnorm(n, 4 + frame$trait + u, 2)), 1)
        frame$later <- if (year < 2017) NA else draw_codes(n, 1:3)
        frame$never <- if (year < 2018) NA else draw_codes(n, 1:2)
        frame
    })
    frame <- do.call(rbind, waves)
    frame[setdiff(names(frame), "trait")]
}

# Targets from the population that the api samples are of.
api_targets <- function() {
    data(api, package = "survey", envir = environment())
    counts <- function(...) {
        table <- as.data.frame(table(...), stringsAsFactors = FALSE)
        parts <- table[-ncol(table)]
        data.frame(margin = paste(names(parts), collapse = ":"),
                   category = do.call(paste, c(unname(parts), sep = ":")), target = table$Freq)
    }
    total <- function(name) {
        data.frame(margin = name, category = NA, target = sum(apipop[[name]]))
    }
    type <- counts(stype = apipop$stype)
    wide <- counts(sch.wide = apipop$sch.wide)
    both <- counts(stype = apipop$stype, awards = apipop$awards)
    percent <- function(rows) {
        transform(rows, target = round(100 * target / sum(target), c(1, 1, 1)))
    }
    list("targets-type" = type, "targets-rake" = rbind(type, wide),
         "targets-crossed" = rbind(both, wide), "targets-both" = both,
         "targets-greg" = rbind(type, total("api99")),
         "targets-number" = rbind(total("api99"), total("meals")),
         "targets-percent" = rbind(percent(type), wide))
}

# Targets some way from what the weights of the synthetic data add up to.
made_up_targets <- function() {
    margin <- function(name, ...) {
        amounts <- c(...)
        data.frame(margin = name, category = names(amounts), target = unname(amounts))
    }
    total <- function(name, amount) data.frame(margin = name, category = NA, target = amount)
    years <- c("2015", "2016", "2017")
    each <- function(name, parts) {
        margin(name, setNames(rep(parts, 3), paste(rep(years, each = length(parts)), names(parts),
                                                   sep = ":")))
    }
    cells <- paste(rep(c(2019, 2021, 2023), each = 4), c("centre", "east", "south", "west"),
                   sep = ":")
    list("targets-missing" = rbind(margin("area", x = 3700, y = 2900, z = 3100),
                                   margin("stratum", "1" = 2300, "2" = 2500, "3" = 2700,
                                          "4" = 2200)),
         "targets-missing-percent" = rbind(margin("area", x = 35, y = 30, z = 35),
                                           margin("stratum", "1" = 25, "2" = 25, "3" = 27.5,
                                                  "4" = 22.5)),
         "targets-scales" = rbind(margin("area", x = 4200, y = 4700, z = 4700),
                                  margin("stratum", "1" = 3400, "2" = 3500, "3" = 3300, "4" = 3400)),
         "targets-zeros" = rbind(margin("area", "1" = 1400, "2" = 1600),
                                 margin("q", "1" = 1100, "2" = 1000, "3" = 900)),
         "targets-stages" = rbind(margin("kind", even = 1100, odd = 1300),
                                  margin("q", "1" = 800, "2" = 850, "3" = 450, "4" = 300)),
         "targets-lonely" = rbind(margin("sex", "1" = 1500, "2" = 1100),
                                  margin("q", "1" = 1150, "2" = 1000, "3" = 450)),
         "targets-areas" = rbind(margin("year:region", "2020:noord" = 3000, "2020:zuid" = 4100,
                                        "2024:noord" = 3100, "2024:zuid" = 4000),
                                 margin("lonely", "1" = 8600, "2" = 4200, "3" = 1400)),
         "targets-panel" = rbind(margin("year:area", setNames(seq(1200, 1420, 20), cells)),
                                 total("asked", 100000)),
         "targets-leiden" = rbind(each("jaar:geslacht", c(man = 50000, vrouw = 52700)),
                                  each("jaar:leeftijdsklasse", c("15-34" = 42000, "35-49" = 22500,
                                                                 "50-64" = 20600, "65+" = 17600))))
}

make_targets <- function() {
    all <- c(api_targets(), made_up_targets())
    for (name in names(all)) write_data(all[[name]], paste0(name, ".csv"))
}

make_data <- function() {
    make_targets()
    makers <- list(lonely = lonely, "lonely-certain" = lonely_certain,
                   "lonely-school" = lonely_school, "two-stages" = two_stages, missing = missing,
                   zeros = zeros, panel = panel, areas = areas,
                   "lonely-zero" = lonely_zero, scales = scales, question = question, waves = waves,
                   ranks = ranks, halves = halves,
                   "school-areas" = school_areas,
                   "school-replicates" = school_replicates,
                   "district-replicates" = district_replicates)
    for (name in names(makers)) {
        reset_seed()
        write_data(makers[[name]](), paste0(name, ".csv"))
    }
}
