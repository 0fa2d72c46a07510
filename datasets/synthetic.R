# SPDX-License-Identifier: GPL-3.0-or-later
#
# What the scripts that make SYNTHETIC microdata behind published figures have in common. Base R only.
#
# No respondent exists. People are drawn from an invented population, answers from a model (district,
# age, sex, a common disposition); then single answers are moved, seeded, until every weighted figure
# rounds to the published one. The same script gives the same bytes each time.

no_answer <- 9

begin <- function(seed) {
    set.seed(seed, kind = "Mersenne-Twister", normal.kind = "Inversion", sample.kind = "Rejection")
}

# ---- respondents ---------------------------------------------------------------------------------

# A place is a list: districts (inhabitants by name), cohesion (by district), sexes and ages (shares),
# response (how readily an age class answers), old (the disposition of an age class).

# Who answers: small districts get relatively more, the young answer less often, women more.
draw_people <- function(place, n) {
    districts <- place$districts
    equal <- 0.3 / length(districts) + 0.7 * districts / sum(districts)
    wijk <- sample(names(districts), n, replace = TRUE, prob = equal)
    geslacht <- sample(names(place$sexes), n, replace = TRUE, prob = place$sexes * c(0.9, 1.1))
    leeftijdsklasse <- sample(names(place$ages), n, replace = TRUE,
                              prob = place$ages * place$response)
    frame <- data.frame(wijk, geslacht, leeftijdsklasse)
    frame[order(match(wijk, names(districts)), runif(n)), ]
}

# Weights as after post-stratification by district, sex and age, with a household factor inside.
post_stratify <- function(frame, place) {
    cell <- interaction(frame$wijk, frame$geslacht, frame$leeftijdsklasse)
    target <- place$districts[frame$wijk] * place$sexes[frame$geslacht] *
        place$ages[frame$leeftijdsklasse]
    household <- rgamma(nrow(frame), shape = 16, rate = 16)
    sum_in_cell <- ave(household, cell, FUN = sum)
    round(unname(target * household / sum_in_cell), 4)
}

disposition <- function(frame, place) {
    place$cohesion[match(frame$wijk, names(place$districts))] + place$old[frame$leeftijdsklasse] +
        0.05 * (frame$geslacht == "vrouw") + rnorm(nrow(frame))
}

lose_some <- function(answers, share, code = no_answer) {
    answers[runif(length(answers)) < share] <- code
    answers
}

# ---- answers -------------------------------------------------------------------------------------

mixed <- function(eta, loading) loading * eta + sqrt(1 - loading^2) * rnorm(length(eta))

# An answer of length(shares) codes, the first for those with the most of it; shares per answer.
graded <- function(eta, loading, shares) {
    latent <- mixed(eta, loading)
    highest <- length(shares)
    highest - findInterval(latent, quantile(latent, cumsum(rev(shares))[-highest]))
}

# A yes or no question: 1 = ja, 2 = nee.
yes_no <- function(eta, loading, percent) {
    latent <- mixed(eta, loading)
    ifelse(latent > qnorm(1 - percent / 100, mean(latent), sd(latent)), 1L, 2L)
}

# ---- the published figures, by construction ------------------------------------------------------

# A number that rounds to the published one, somewhere in the middle of those that do.
inside <- function(published, decimals) published + runif(1, -0.35, 0.35) * 10^-decimals

one_of <- function(x) x[sample.int(length(x), 1)]

weighted_percent <- function(yes, valid, w) 100 * sum(w[yes & valid]) / sum(w[valid])

# Moves single answers `from` to `to` (or back) until the percentage lies near the target.
settle_percent <- function(answers, w, yes, from, to, target, near = 0.1, valid = answers %in% 1:5) {
    repeat {
        off <- weighted_percent(answers %in% yes, valid, w) - target
        if (abs(off) < near) return(answers)
        who <- one_of(which(valid & answers == if (off < 0) from else to))
        answers[who] <- if (off < 0) to else from
    }
}

# The mean of the points of codes 1, 2, ...; other codes are no answer.
weighted_points <- function(answers, w, points) {
    valid <- answers %in% seq_along(points)
    sum(w[valid] * points[answers[valid]]) / sum(w[valid])
}

# Moves single answers one code on, among the movable codes, until the mean lies near the target.
settle_points <- function(answers, w, points, target, near, movable = seq_along(points)) {
    rises <- sign(points[movable[2]] - points[movable[1]])
    repeat {
        off <- weighted_points(answers, w, points) - target
        if (abs(off) < near) return(answers)
        step <- as.integer(-sign(off) * rises)
        who <- one_of(which(answers %in% movable & (answers + step) %in% movable))
        answers[who] <- answers[who] + step
    }
}

items <- c("kent", "prettig", "gezellig", "thuis")

# Four statements about the neighbourhood, 1 = helemaal mee eens ... 5 = helemaal mee oneens. "kent"
# says that people hardly know each other: there, disagreement is cohesion.
ask_items <- function(frame, eta, shares) {
    loading <- c(kent = -0.60, prettig = 0.75, gezellig = 0.80, thuis = 0.75)
    for (item in items) frame[[item]] <- graded(eta, loading[[item]], shares[[item]] / 100)
    for (item in items) frame[[item]] <- lose_some(frame[[item]], runif(1, 0.02, 0.06))
    frame
}

# Of 0 to 10, of those who answered at least so many of the four.
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
    who <- one_of(which(movable & (frame[[item]] + step) %in% 1:5 & frame[[item]] != no_answer))
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

# ---- files and the check -------------------------------------------------------------------------

# Whole numbers that sum to `total`, in the ratio of `shares`: the largest remainders are rounded up.
apportion <- function(total, shares) {
    exact <- total * shares / sum(shares)
    extra <- rank(-(exact - floor(exact)), ties.method = "first") <= total - sum(floor(exact))
    floor(exact) + extra
}

write_plain <- function(frame, path) {
    if ("weging" %in% names(frame)) frame$weging <- sprintf("%.15g", frame$weging)
    dir.create(dirname(path), showWarnings = FALSE)
    file <- file(path, "wb")
    write.table(frame, file, sep = ",", quote = FALSE, row.names = FALSE, na = "", eol = "\n")
    close(file)
}

# Prints a figure beside the published one; stops when it is not well inside what rounds to it.
check_figure <- function(code, period, computed, published, decimals) {
    shown <- c(formatC(published, format = "f", digits = decimals),
               formatC(computed, format = "f", digits = decimals + 3))
    cat(sprintf("%-24s %4s  published %9s  computed %s\n", code, period, shown[1], shown[2]))
    stopifnot(abs(computed - published) < 0.45 * 10^-decimals)
}

check_weights <- function(name, w) {
    cat(sprintf("%s: %d respondents, weights %.1f to %.1f, sum %.0f, cv %.2f\n",
                name, length(w), min(w), max(w), sum(w), sd(w) / mean(w)))
}
