# SPDX-License-Identifier: GPL-3.0-or-later
#
# Reads a case as the contract describes it: arguments, data, conditions, design and measures.
# Sourced by make_reference.R.

# ---- arguments -----------------------------------------------------------------------------------

# Splits as a shell does, with single quotes only: split at them, every second piece is quoted.
split_words <- function(line) {
    pieces <- strsplit(line, "'", fixed = TRUE)[[1]]
    quoted <- seq_along(pieces) %% 2 == 0
    pieces[!quoted] <- gsub("[ \t]+", "\n", pieces[!quoted])
    words <- strsplit(paste(pieces, collapse = ""), "\n", fixed = TRUE)[[1]]
    words[words != ""]
}

flags <- c("--margins", "--include-missing")

read_options <- function(words) {
    files <- seq_len(match(TRUE, startsWith(words, "-")) - 1)[-1]
    options <- list(command = words[1], files = words[files])
    i <- max(files) + 1
    while (i <= length(words)) {
        key <- if (words[i] == "-m") "measure" else sub("^--", "", words[i])
        if (words[i] %in% flags) {
            options[[key]] <- TRUE
            i <- i + 1
        } else {
            options[[key]] <- c(options[[key]], words[i + 1])
            i <- i + 2
        }
    }
    options
}

names_of <- function(text) trimws(strsplit(text, ",", fixed = TRUE)[[1]])

option <- function(options, key, otherwise) {
    if (is.null(options[[key]])) otherwise else options[[key]]
}

# ---- data ----------------------------------------------------------------------------------------

read_text <- function(file) {
    shared <- file.path("datasets", file)
    path <- if (file.exists(file)) file
            else if (file.exists(shared)) shared
            else file.path(folder, "data", file)
    read.csv(path, colClasses = "character", check.names = FALSE, na.strings = "")
}

# Several files are read as one.
read_texts <- function(files) do.call(rbind, lapply(files, read_text))

# A respondent without a weight may have weight 0.
fill_weight <- function(text, options) {
    if (option(options, "missing-weight", "fail") == "zero") {
        text[[options$weight]][is.na(text[[options$weight]])] <- "0"
    }
    text
}

numbers <- function(frame) {
    as.data.frame(lapply(frame, type.convert, as.is = TRUE, na.strings = ""), optional = TRUE)
}

drop_codes <- function(frame, variables, codes) {
    for (v in variables) frame[[v]][frame[[v]] %in% codes] <- NA
    frame
}

# Missing codes: 'q1,q2: 8 9' holds in any role, bare '9 NA' only where a measure reads a variable.
apply_missing <- function(frame, declared, bare) {
    for (text in declared) {
        named <- grepl(":", text, fixed = TRUE)
        if (named == bare) next
        codes <- strsplit(trimws(sub("^[^:]*:", "", text)), " +")[[1]]
        variables <- if (named) names_of(sub(":.*", "", text)) else names(frame)
        frame <- drop_codes(frame, variables, codes)
    }
    frame
}

# Areas under the codes of a hierarchy, whatever prefix and zeros they have in the data, and the larger
# areas around them.
bare <- function(code) sub("^0+(.)", "\\1", sub("^(BU|WK|GM|GG|PV|LD|CR)", "", code))

levels_of <- function(hierarchy) {
    grep("_(naam|name|label)$", names(hierarchy), invert = TRUE, value = TRUE)
}

with_areas <- function(text, hierarchy) {
    known <- intersect(levels_of(hierarchy), names(text))[1]
    at <- match(bare(text[[known]]), bare(hierarchy[[known]]))
    stopifnot(!is.na(at))
    levels <- levels_of(hierarchy)
    for (level in levels[seq_along(levels) >= match(known, levels)]) {
        text[[level]] <- hierarchy[[level]][at]
    }
    text
}

# `any` is read by --by, --where and the design, `measured` by measures.
read_case <- function(options) {
    text <- apply_missing(read_texts(options$files), options$missing, bare = FALSE)
    text <- fill_weight(text, options)
    if (!is.null(options$hierarchy)) text <- with_areas(text, read_text(options$hierarchy))
    if (!is.null(options$sample)) text <- text[holds(options$sample, numbers(text)), ]
    any <- numbers(text)
    list(text = text, any = any,
         measured = numbers(apply_missing(text, options$missing, bare = TRUE)))
}

# ---- conditions ----------------------------------------------------------------------------------

condition <- function(text) {
    text <- gsub("<>", "!=", text, fixed = TRUE)
    text <- gsub("([^<>!=])=", "\\1==", text)
    text <- gsub("\\bin *\\(", "%in% c(", text)
    text <- gsub("\\band\\b", "\\&", text)
    text <- gsub("\\bor\\b", "|", text)
    text <- gsub("\\bnot *\\(", "!(", text)
    parse(text = text)[[1]]
}

# TRUE, FALSE, or NA where missing answers leave it open, by R's own rules (FALSE & NA is FALSE).
# Contract: R's %in% is never NA; `in` on a missing answer is as open as `=` is.
truth <- function(text, frame) {
    within <- function(x, set) ifelse(is.na(x), NA, x %in% set)
    eval(condition(text), frame, list2env(list("%in%" = within), parent = baseenv()))
}

# ---- standard population -------------------------------------------------------------------------

# VAR: VALUE = SHARE, ...
read_standard <- function(text) {
    pairs <- regmatches(text, gregexpr('("[^"]*"|[^ :,="]+) *= *[0-9.]+', text))[[1]]
    shares <- setNames(as.numeric(sub(".*= *", "", pairs)), gsub('"| *=[^=]*$', "", pairs))
    list(variable = trimws(sub(":.*", "", text)), shares = shares)
}

# Who is in no class has no valid answer.
standardised <- function(fig, options, text) {
    if (is.null(options$standardise)) return(fig)
    standard <- read_standard(options$standardise)
    fig$shares <- standard$shares
    fig$class <- factor(text[[standard$variable]], names(standard$shares))
    fig$y[is.na(fig$class)] <- NA
    fig
}

# A condition on a missing answer is not met.
holds <- function(text, frame) {
    met <- truth(text, frame)
    met & !is.na(met)
}

# ---- design --------------------------------------------------------------------------------------

as_formula <- function(terms) {
    if (length(terms)) as.formula(paste("~", paste(terms, collapse = "+"))) else NULL
}

# Each --strata is one stage; variables within it are crossed.
stratum_columns <- function(frame, strata) {
    columns <- lapply(strata, function(s) do.call(paste, c(frame[names_of(s)], sep = "/")))
    names(columns) <- sprintf(".stratum%d", seq_along(strata))
    columns
}

make_design <- function(frame, options) {
    strata <- stratum_columns(frame, options$strata)
    frame[names(strata)] <- strata
    frame$.one <- 1
    backquote <- function(text) sprintf("`%s`", names_of(text))
    ids <- if (is.null(options$cluster)) "1" else backquote(options$cluster)
    fpc <- if (is.null(options$fpc)) NULL else backquote(options$fpc)
    weight <- backquote(option(options, "weight", ".one"))
    if (!is.null(options$repweights)) return(replicate_columns(frame, options))
    design <- svydesign(ids = as_formula(ids), strata = as_formula(names(strata)),
                        fpc = as_formula(fpc), weights = as_formula(weight), data = frame,
                        nest = length(strata) > 0)
    if (is.null(options$replication)) design else replicates_of(design, options)
}

weights_of <- function(design) {
    unname(if (is_replicated(design)) design$pweights else 1 / design$prob)
}

# ---- measures ------------------------------------------------------------------------------------

# A figure: type mean, total, ratio, sd or count; y and x with NA for no valid answer; percent for
# percentages, where estimates are times 100; the category and all answers of percent(VAR).
figure <- function(type, y, x = NULL, percent = FALSE, category = "", answers = y) {
    list(type = type, y = as.numeric(y), x = x, percent = percent, category = category,
         answers = answers)
}

body_of <- function(text) sub("\\)$", "", sub("^[a-z]+ *\\(", "", text))

# Valid is whoever's answers decide the condition, as svymean(na.rm = TRUE) of it has it.
indicator <- function(text, frame) as.numeric(truth(text, frame))

is_name <- function(text, frame) text %in% names(frame)

sorted_values <- function(text) {
    values <- unique(text[!is.na(text)])
    as_numbers <- suppressWarnings(as.numeric(values))
    if (anyNA(as_numbers)) sort(values, method = "radix") else values[order(as_numbers)]
}

percent_figures <- function(body, frame) {
    if (!is_name(body, frame)) {
        return(list(figure("mean", indicator(body, frame), percent = TRUE)))
    }
    answers <- as.character(frame[[body]])
    lapply(sorted_values(answers), function(value) {
        figure("mean", answers == value, percent = TRUE, category = value, answers = answers)
    })
}

# index(q: 1 = 0, 2 = 50)
index_values <- function(body, frame) {
    answers <- as.character(frame[[trimws(sub(":.*", "", body))]])
    pairs <- strsplit(names_of(sub("^[^:]*:", "", body)), " *= *")
    codes <- setNames(as.numeric(sapply(pairs, `[`, 2)), sapply(pairs, `[`, 1))
    unname(codes[answers])
}

ratio_figure <- function(body, frame) {
    terms <- trimws(strsplit(body, "/", fixed = TRUE)[[1]])
    y <- frame[[terms[1]]]
    x <- frame[[terms[2]]]
    figure("ratio", ifelse(is.na(x), NA, y), ifelse(is.na(y), NA, x))
}

total_figure <- function(body, frame) {
    figure("total", if (is_name(body, frame)) frame[[body]]
                    else if (holds_scale(body)) score_indicator(scale_inside(body), frame)
                    else indicator(body, frame))
}

# A number of respondents: a variable, or a score.
numbers_of <- function(body, frame) {
    if (holds_scale(body)) scale_values(scale_inside(body)$body, frame) else frame[[body]]
}

# x, 0.9; hf7    or, of the median:    x; hf7
quantile_figure <- function(body, frame, share = NULL) {
    what <- if (holds_scale(body)) sub("\\)[^)]*$", ")", body) else sub("[,;].*", "", body)
    behind <- substring(body, nchar(what) + 1)
    fig <- figure("quantile", numbers_of(trimws(what), frame))
    fig$share <- if (is.null(share)) as.numeric(sub(";.*", "", sub("^ *,", "", behind))) else share
    fig$rule <- if (grepl(";", behind)) trimws(sub(".*;", "", behind)) else "math"
    fig
}

figures_of <- function(text, frame) {
    body <- body_of(text)
    switch(sub(" *\\(.*", "", text),
           percent = if (holds_scale(body)) percent_scale_figures(body, frame)
                     else percent_figures(body, frame),
           mean = list(figure("mean", numbers_of(body, frame))),
           median = list(quantile_figure(body, frame, 0.5)),
           quantile = list(quantile_figure(body, frame)),
           sd = list(figure("sd", numbers_of(body, frame))),
           total = list(total_figure(body, frame)),
           count = list(figure("count", rep(1, nrow(frame)))),
           ratio = list(ratio_figure(body, frame)),
           index = list(figure("mean", index_values(body, frame))),
           scale = list(figure("mean", scale_values(body, frame))),
           alpha = list(alpha_figure(body, frame)),
           stop("measure ", text))
}

named <- paste0("^[A-Za-z0-9_.]+ *: *(?=(percent|mean|median|quantile|sd|total|count|ratio|index|",
                "scale|alpha) *\\()")

measure_name <- function(text) {
    if (grepl(named, text, perl = TRUE)) sub(" *:.*", "", text) else NA
}

measure_text <- function(text) sub(named, "", text, perl = TRUE)
