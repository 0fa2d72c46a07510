# SPDX-License-Identifier: GPL-3.0-or-later
#
# Scores of the shipped scales, each worked out from the text of its rule, and not from peil's table
# of them; Cronbach's alpha. Sourced by make_reference.R. A scale is a function of the answers to its
# items (a matrix, NA where there is none) and the least number of answers, NULL for its own.

gaps <- function(items) rowSums(is.na(items))

# The recode of a published syntax: the value of code 1, 2, ...
recode <- function(answers, values) values[answers]

# "Alle waarden opgeteld en vermenigvuldigd": a sum, unless fewer answers are asked for; then the
# missing points are those of the others on average.
times_sum <- function(points, factor, least) {
    answered <- ncol(points) - gaps(points)
    if (is.null(least)) least <- ncol(points)
    sums <- rowSums(points, na.rm = TRUE) * ncol(points) / answered
    ifelse(answered < least, NA, sums * factor)
}

# mean.n() of SPSS; mean(na.rm = TRUE) is mean.1.
mean_of <- function(points, own, least) {
    if (!is.null(least)) own <- least
    ifelse(ncol(points) - gaps(points) < own, NA, rowMeans(points, na.rm = TRUE))
}

# "Count" of SPSS never counts a missing answer; more than `most` of them and the scale is missing.
count_of <- function(met, most, least) {
    if (!is.null(least)) most <- ncol(met) - least
    ifelse(gaps(met) > most, NA, rowSums(met, na.rm = TRUE))
}

loneliness <- function(lacks, most) function(q, least) {
    met <- q
    for (i in seq_along(lacks)) met[, i] <- q[, i] %in% (if (lacks[i]) 2:3 else 1:2)
    met[is.na(q)] <- NA
    count_of(met, most, least)
}

mhi5 <- function(q, least) {
    points <- cbind(q[, 1] - 1, q[, 2] - 1, 6 - q[, 3], q[, 4] - 1, 6 - q[, 5])
    times_sum(points, 4, least)
}

# Means of items over the whole file, each respondent once.
kessler <- function(q, least) {
    points <- 6 - q
    missing <- gaps(points)
    for (i in seq_len(ncol(points))) {
        points[is.na(points[, i]), i] <- mean(points[, i], na.rm = TRUE)
    }
    if (is.null(least)) least <- 8
    ifelse(missing > 10 - least, NA, rowSums(points))
}

who5 <- function(q, least) {
    raw <- rowSums(6 - q, na.rm = TRUE)
    missing <- gaps(q)
    if (is.null(least)) least <- 3
    ifelse(missing > 5 - least, NA, raw / (5 - missing) * 5)
}

games <- function(own) function(q, least) {
    q[q %in% 8] <- 0
    mean_of(q, own, least)
}

five <- function(q) matrix(recode(c(q), c(4, 3, 2, 1, 0)), nrow(q))
vng_five <- function(own) function(q, least) mean_of(five(q), own, least) * 10 / 4

vng_together <- function(q, least) {
    often <- function(x) recode(x, c(4, 3, 0))
    points <- cbind(five(q[, 1:2]), often(q[, 3]), often(q[, 4]), often(q[, 5]))
    mean_of(points, 1, least) * 10 / 4
}

vng_safety <- function(q, least) {
    points <- cbind(recode(q[, 1], c(8, 6, 4, 2, 0)), recode(q[, 2], c(0, 2, 4, 6, 8)),
                    recode(q[, 3], c(0, 2, 4, 6)))
    mean_of(points, 1, least) * 5 / 4
}

vng_ses <- function(q, least) {
    work <- ifelse(q[, 3] >= 5, 2, c(4, 3, 5, 0)[pmin(q[, 3], 4)])
    points <- cbind(q[, 1] - 1, q[, 2] - 1, work, recode(q[, 4], c(5, 4, 2, 0)))
    mean_of(points, 1, least) * 6 / 3
}

vng_relations <- function(q, least) {
    mean_of(cbind(recode(q[, 1], c(10, 5, 0)), recode(q[, 2], c(10, 8, 6, 0)),
                  recode(q[, 3], c(5, 4, 2, 0))), 1, least)
}

scale_rules <- list(
    cohesie = function(q, least) times_sum(cbind(q[, 1] - 1, 5 - q[, 2:4]), 10 / 16, least),
    verloedering = function(q, least) times_sum(3 - q, 10 / 8, least),
    voorzieningen = function(q, least) times_sum(5 - q, 10 / 20, least),
    djg11 = loneliness(c(FALSE, TRUE, TRUE, FALSE, TRUE, TRUE, FALSE, FALSE, TRUE, TRUE, FALSE), 1),
    djg11_emotioneel = loneliness(rep(TRUE, 6), 0),
    djg11_sociaal = loneliness(rep(FALSE, 5), 0),
    djg6 = loneliness(c(TRUE, FALSE, FALSE, TRUE, FALSE, TRUE), 1),
    djg6_emotioneel = loneliness(rep(TRUE, 3), 0),
    djg6_sociaal = loneliness(rep(FALSE, 3), 0),
    ucla6 = function(q, least) {
        times_sum(cbind(q[, 1] - 1, 3 - q[, 2], q[, 3:5] - 1, 3 - q[, 6]), 1, least)
    },
    k10 = kessler, mhi5 = mhi5, mhi5_gm = mhi5, mhi5_2024 = mhi5,
    mastery = function(q, least) times_sum(cbind(q[, 1:5], 6 - q[, 6:7]), 1, least),
    who5 = who5,
    weerbaarheid = function(q, least) mean_of(6 - q, 3, least),
    gamen6 = games(4), gamen7 = games(5),
    vng_verbondenheid = vng_five(1), vng_verbondenheid_spss = vng_five(6),
    vng_samenredzaamheid = vng_together, vng_veiligheid = vng_safety,
    vng_leefomgeving = vng_five(1), vng_voorzieningen = vng_five(1), vng_ses = vng_ses,
    vng_relaties = vng_relations,
    vng_vangnet = function(q, least) {
        mean_of(cbind(recode(q[, 1], c(10, 5, 0)), recode(q[, 2], c(10, 5, 0))), 1, least)
    },
    vng_veerkracht = vng_five(1), vng_veerkracht_spss = vng_five(5),
    vng_vertrouwen = function(q, least) recode(q[, 1], c(10, 8, 6, 4, 2)),
    vng_betrouwbaar = vng_five(1), vng_hostmanship = vng_five(1))

# The class of a score, NA for one that lies in none.
between <- function(...) {
    ends <- list(...)
    function(score) {
        class <- rep(NA_character_, length(score))
        for (name in names(ends)) {
            class[!is.na(score) & score >= ends[[name]][1] & score <= ends[[name]][2]] <- name
        }
        class
    }
}
either <- function(test, yes, no) function(score) ifelse(test(score), yes, no)

unhealthy <- c("psychisch ongezond", "psychisch gezond")
scale_classes <- list(
    djg11 = between("niet eenzaam" = c(0, 2), "matig eenzaam" = c(3, 8),
                    "ernstig eenzaam" = c(9, 10), "zeer ernstig eenzaam" = c(11, 11)),
    djg6 = between("niet eenzaam" = c(0, 1), "matig eenzaam" = c(2, 4),
                   "sterk eenzaam" = c(5, 6)),
    djg6_emotioneel = between("niet eenzaam" = c(0, 0), "eenzaam" = c(1, 3)),
    djg6_sociaal = between("niet eenzaam" = c(0, 0), "eenzaam" = c(1, 3)),
    ucla6 = between("niet eenzaam" = c(0, 0), "een beetje eenzaam" = c(1, 6), "eenzaam" = c(7, 12)),
    k10 = between("geen of laag risico" = c(10, 15), "matig risico" = c(16, 29),
                  "hoog risico" = c(30, 50)),
    mhi5 = either(function(s) s < 60, unhealthy[1], unhealthy[2]),
    mhi5_gm = either(function(s) s <= 60, unhealthy[1], unhealthy[2]),
    mhi5_2024 = either(function(s) s <= 76, "angst- of depressiegevoelens",
                       "geen angst- of depressiegevoelens"),
    mastery = between("onvoldoende regie" = c(7, 19), "matig of veel regie" = c(20, 35)),
    who5 = between("laag emotioneel welbevinden" = c(0, 12),
                   "matig tot hoog emotioneel welbevinden" = c(13, 25)),
    weerbaarheid = either(function(s) s <= 3, "onvoldoende weerbaar", "voldoende weerbaar"),
    gamen6 = either(function(s) s <= 2, "geen of weinig risico", "wel risico"))

# All classes of a scale, in order: those of every score there may be.
all_classes <- function(name) unique(na.omit(scale_classes[[name]](seq(0, 100, by = 0.25))))

# ---- in the language -----------------------------------------------------------------------------

# The codes of an item run from 1 up to this when a minus turns them round.
codes_end <- c(djg11 = 4, djg11_emotioneel = 4, djg11_sociaal = 4, djg6 = 4, djg6_emotioneel = 4,
               djg6_sociaal = 4, cohesie = 6, k10 = 6, mhi5 = 7)

item_columns <- function(text, frame, ends) {
    sapply(names_of(text), function(item) {
        answers <- frame[[sub("^-", "", item)]]
        if (startsWith(item, "-")) ends - answers else answers
    })
}

is_shipped <- function(body) grepl("^[a-z0-9_]+ *:", body)

# "djg6: a, -b; min 5"
shipped_values <- function(body, frame) {
    name <- sub(" *:.*", "", body)
    parts <- trimws(strsplit(sub("^[^:]*:", "", body), ";", fixed = TRUE)[[1]])
    least <- if (length(parts) > 1) as.numeric(sub("min *", "", parts[2])) else NULL
    scale_rules[[name]](item_columns(parts[1], frame, codes_end[name]), least)
}

# "a, -b, c; 1..5 -> 0..10; min 2; impute mean" or "a, -b, c; 1..3; count 2 3; min 2"
own_values <- function(body, frame) {
    parts <- trimws(strsplit(body, ";", fixed = TRUE)[[1]])
    range <- as.numeric(strsplit(parts[2], " *(\\.\\.|->) *")[[1]])
    least <- as.numeric(sub("min *", "", grep("^min", parts, value = TRUE)))
    items <- item_columns(parts[1], frame, range[1] + range[2])
    count <- grep("^count", parts, value = TRUE)
    if (length(count)) {
        codes <- as.numeric(strsplit(count, " +")[[1]][-1])
        met <- matrix(items %in% codes, nrow(items))
        met[is.na(items)] <- NA
        return(count_of(met, NULL, least))
    }
    valid <- rowSums(!is.na(items))
    if ("impute mean" %in% parts) {
        for (i in seq_len(ncol(items))) {
            items[is.na(items[, i]), i] <- mean(items[, i], na.rm = TRUE)
        }
    }
    score <- rowMeans(items, na.rm = TRUE)
    mapped <- range[3] + (score - range[1]) / (range[2] - range[1]) * (range[4] - range[3])
    ifelse(valid >= least, mapped, NA)
}

scale_values <- function(body, frame) {
    if (is_shipped(body)) shipped_values(body, frame) else own_values(body, frame)
}

# scale(...) inside another measure: its body, and what stands behind it.
scale_inside <- function(body) list(body = sub("^scale *\\(([^)]*)\\).*", "\\1", body),
                                    test = trimws(sub("^scale *\\([^)]*\\)", "", body)))

holds_scale <- function(body) grepl("^scale *\\(", body)

# Equal is equal but for rounding, as 10/3 is.
score_indicator <- function(inside, frame) {
    score <- round(scale_values(inside$body, frame), 9)
    as.numeric(truth(paste("score", inside$test), data.frame(score = score)))
}

class_figures <- function(body, frame) {
    name <- sub(" *:.*", "", body)
    classes <- scale_classes[[name]](round(scale_values(body, frame), 9))
    lapply(all_classes(name), function(class) {
        figure("mean", classes == class, percent = TRUE, category = class, answers = classes)
    })
}

percent_scale_figures <- function(body, frame) {
    inside <- scale_inside(body)
    if (inside$test == "") return(class_figures(inside$body, frame))
    list(figure("mean", score_indicator(inside, frame), percent = TRUE))
}

# ---- alpha ---------------------------------------------------------------------------------------

# The points of the items, as alpha takes them: counted items are 0 or 1.
alpha_items <- function(body, frame) {
    if (!is_shipped(body)) {
        range <- as.numeric(strsplit(trimws(sub(".*;", "", body)), "..", fixed = TRUE)[[1]])
        return(item_columns(sub(";.*", "", body), frame, sum(range)))
    }
    name <- sub(" *:.*", "", body)
    items <- item_columns(sub("^[^:]*:", "", body), frame, codes_end[name])
    switch(name,
           djg6 = {
               lacks <- c(TRUE, FALSE, FALSE, TRUE, FALSE, TRUE)
               points <- sapply(1:6, function(i) items[, i] %in% (if (lacks[i]) 2:3 else 1:2))
               points[is.na(items)] <- NA
               points + 0
           },
           cohesie = cbind(items[, 1] - 1, 5 - items[, 2:4]),
           gamen7 = ifelse(items == 8, 0, items))
}

alpha_figure <- function(body, frame) {
    items <- alpha_items(body, frame)
    fig <- figure("alpha", rowSums(items))
    fig$items <- items
    fig
}

# The value is svycralpha's; the variance by the delta method from that of all variances and
# covariances together, as svyvar has it.
alpha_statistic <- function(fig, sub) {
    k <- ncol(fig$items)
    names <- paste0(".i", seq_len(k))
    formula <- as.formula(paste("~", paste(names, collapse = " + ")))
    v <- svyvar(formula, sub)
    covariances <- matrix(coef(v), k)
    items <- sum(diag(covariances))
    total <- sum(covariances)
    alpha <- k / (k - 1) * (1 - items / total)
    stopifnot(all.equal(alpha, as.numeric(svycralpha(formula, sub)), tolerance = 1e-12))
    gradient <- c(k / (k - 1) * (items / total^2 - diag(k) / total))
    list(estimate = alpha, se = sqrt(c(gradient %*% vcov(v) %*% gradient)))
}

# The influence of each row, to hold the delta method against.
alpha_influence <- function(fig, w) {
    answered <- w > 0
    x <- fig$items[answered, ]
    w1 <- w[answered]
    k <- ncol(x)
    away <- sweep(x, 2, colSums(w1 * x) / sum(w1))
    each <- rowSums(away^2)
    all <- rowSums(away)^2
    a <- sum(w1 * each) / sum(w1)
    b <- sum(w1 * all) / sum(w1)
    z <- numeric(length(w))
    z[answered] <- -w1 * k / (k - 1) / sum(w1) * (each / b - a * all / b^2)
    z
}
