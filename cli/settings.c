/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "settings.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>

#include "choices.h"
#include "estimate/figure.h"

#define AT(member) offsetof(cli_settings, member)
#define END \
    { 0 }

static void measures(peil_text *out) {
    peil_text_add(out, "\n");
    cli_measures_help(out);
}

#define MEASURE(needed, meaning)                                                             \
    {                                                                                        \
        .name = "measure", .letter = 'm', .kind = CLI_WORDS, .offset = AT(request.measures), \
        .argument = "MEASURE", .required = (needed), .help = (meaning), .more = measures     \
    }

#define BY(meaning)                                                                            \
    {                                                                                          \
        .name = "by", .kind = CLI_WORDS, .offset = AT(request.by), .argument = "VAR[,VAR...]", \
        .help = (meaning)                                                                      \
    }

#define HIERARCHY                                                                       \
    {                                                                                   \
        .name = "hierarchy", .kind = CLI_WORD, .offset = AT(request.hierarchy),         \
        .argument = "FILE",                                                             \
        .help =                                                                         \
            "areas in areas, such as buurt,wijk,gemeente,regio with buurt_naam and so " \
            "on: variables of these names can be used where the data have the "         \
            "smallest; codes match whatever their padding"                              \
    }

/* 0.95 is a slip for 95. */
#define LEVEL                                                                                    \
    {                                                                                            \
        .name = "level", .kind = CLI_NUMBER, .offset = AT(request.level), .low = 1, .high = 100, \
        .argument = "PERCENT", .help = "confidence level, 95 unless given"                       \
    }

#define CI                                                                                    \
    {                                                                                         \
        .name = "ci", .kind = CLI_WORD, .offset = AT(request.interval), .argument = "METHOD", \
        .choices = cli_choice_interval,                                                       \
        .help =                                                                               \
            "interval of percentages; other figures: estimate -+ t * se, quantiles "          \
            "Woodruff's"                                                                      \
    }

#define MIN_N                                                                      \
    {                                                                              \
        .name = "min-n", .kind = CLI_WHOLE, .offset = AT(request.min_n), .low = 1, \
        .high = 1000000, .argument = "N",                                          \
        .help =                                                                    \
            "hide figures of fewer respondents; their rows keep n, with the flag " \
            "small-n"                                                              \
    }

#define PRESET                                                                                \
    {                                                                                         \
        .name = "preset", .kind = CLI_WORD, .offset = AT(request.preset), .argument = "NAME", \
        .choices = cli_choice_preset, .no_default = true,                                     \
        .help = "the rules of a publisher, for all that is not given otherwise:"              \
    }

static const cli_option figures[] = {
    MEASURE(true, "what to compute, see Measures; repeat for more; 'NAME: MEASURE' names it"),
    BY("a row for each combination of these variables; repeat for several breakdowns"),
    {.name = "standardise",
     .kind = CLI_WORD,
     .offset = AT(request.standardise),
     .argument = "SHARES",
     .help = "figures as if every group had the same make-up: 'age: 1 = 0.24, 2 = 0.51, 3 = 0.25' "
             "gives each class its share (percent, mean, index and scale)"},
    {.name = "margins",
     .kind = CLI_FLAG,
     .offset = AT(request.margins),
     .help = "also the totals over the variables of --by"},
    HIERARCHY,
    LEVEL,
    CI,
    MIN_N,
    {.name = "reliability",
     .kind = CLI_WORD,
     .offset = AT(request.reliability),
     .argument = "STANDARD",
     .choices = cli_choice_reliability,
     .no_default = true,
     .help = "flag each figure with what a standard says of it:"},
    PRESET,
    END};

static const cli_option published[] = {
    {.name = "published",
     .kind = CLI_WORDS,
     .offset = AT(request.published),
     .argument = "FILE",
     .help = "published figures, a csv file with a row a figure or a column a period or area; "
             "repeat for more; numbers as in the monitor's language, or --lang"},
    {.name = "explain",
     .kind = CLI_FLAG,
     .offset = AT(request.explain),
     .help = "search the conventions that reports mix up for those that give the published figure"},
    MEASURE(false, "an indicator, when the files are data; its name is the code; repeat for more"),
    BY("variables that figures are published by; repeat for several breakdowns"),
    HIERARCHY,
    LEVEL,
    CI,
    MIN_N,
    PRESET,
    END};

#define MISSING                                                                                   \
    {                                                                                             \
        .name = "missing", .kind = CLI_WORDS, .offset = AT(request.missing), .argument = "CODES", \
        .help =                                                                                   \
            "codes that mean no answer: '9 NA' in every measure, 'q1,q2: 8 9' in these "          \
            "variables; repeat for more"                                                          \
    }

#define SAMPLE                                                                                     \
    {                                                                                              \
        .name = "sample", .kind = CLI_WORD, .offset = AT(request.sample), .argument = "CONDITION", \
        .help = "leave out rows that never belonged to the sample, also from the design"           \
    }

static const cli_option respondents[] = {
    {.name = "where",
     .kind = CLI_WORD,
     .offset = AT(request.where),
     .argument = "CONDITION",
     .help = "figures of these respondents only; the others still count in the design"},
    SAMPLE,
    MISSING,
    {.name = "include-missing",
     .kind = CLI_FLAG,
     .offset = AT(request.include_missing),
     .help = "percentages of all respondents: no answer counts as not chosen"},
    END};

#define WEIGHT                                                                               \
    {                                                                                        \
        .name = "weight", .kind = CLI_WORD, .offset = AT(request.weight), .argument = "VAR", \
        .help = "the weight of each respondent; 1 unless given"                              \
    }

static const cli_option counting[] = {MISSING, WEIGHT, END};

#define MISSING_WEIGHT                                                                       \
    {                                                                                        \
        .name = "missing-weight", .kind = CLI_WORD, .offset = AT(request.missing_weight),    \
        .choices = cli_choice_missing_weight,                                                \
        .help = "a respondent without a weight: refuse the data (unless given), or weight 0" \
    }

static const cli_option start[] = {SAMPLE, MISSING, WEIGHT, MISSING_WEIGHT, END};

static const cli_option design[] = {
    WEIGHT,
    MISSING_WEIGHT,
    {.name = "strata",
     .kind = CLI_WORDS,
     .offset = AT(request.strata),
     .argument = "VAR[,VAR...]",
     .help = "strata of the sample, crossed; repeat for the later stages"},
    {.name = "cluster",
     .kind = CLI_WORD,
     .offset = AT(request.cluster),
     .argument = "VAR[,VAR...]",
     .help = "the sampled units of each stage, first stage first; respondents unless given"},
    {.name = "fpc",
     .kind = CLI_WORD,
     .offset = AT(request.fpc),
     .argument = "VAR[,VAR...]",
     .help = "population sizes of each stage (or sampled fractions, when none exceeds 1)"},
    {.name = "lonely-psu",
     .kind = CLI_WORD,
     .offset = AT(request.lonely_psu),
     .argument = "WAY",
     .choices = cli_choice_lonely_psu,
     .help = "a stratum with a single sampled unit:"},
    {.name = "df",
     .kind = CLI_WORD,
     .offset = AT(request.df),
     .argument = "WAY",
     .choices = cli_choice_df,
     .help = "degrees of freedom of intervals and tests:"},
    END};

static const cli_option replication[] = {
    {.name = "repweights",
     .kind = CLI_WORD,
     .offset = AT(request.repweights),
     .argument = "VAR[,VAR...]",
     .help = "replicate weights in the data, each a whole weight: names, or patterns such as "
             "'rep*' and 'PWGTP?*', where * is any letters and ? one"},
    {.name = "replication",
     .kind = CLI_WORD,
     .offset = AT(request.replication),
     .argument = "METHOD",
     .choices = cli_choice_replication,
     .no_default = true,
     .help = "how the survey made its replicate weights; without --repweights replicates are made "
             "of --strata and --cluster:"},
    {.name = "replicate-centre",
     .kind = CLI_WORD,
     .offset = AT(request.replicate_centre),
     .choices = cli_choice_centre,
     .help = "what the figures of the replicates are held against: their mean (unless given; R "
             "mse = FALSE), or the figure of the whole sample (R mse = TRUE)"},
    {.name = "scale",
     .kind = CLI_NUMBER,
     .offset = AT(request.scale),
     .low = 1e-9,
     .high = 1e9,
     .argument = "NUMBER",
     .help = "the factor of the sum over replicates, where the survey's documentation gives "
             "another than the method has"},
    {.name = "rscales",
     .kind = CLI_WORD,
     .offset = AT(request.rscales),
     .argument = "NUMBER[,NUMBER...]",
     .help = "a factor for each replicate, in the order of the file, or one for all"},
    {.name = "replicates",
     .kind = CLI_WHOLE,
     .offset = AT(request.replicates),
     .low = 1,
     .high = 100000,
     .argument = "N",
     .help = "how many a bootstrap makes, 500 unless given"},
    {.name = "seed",
     .kind = CLI_WHOLE,
     .offset = AT(request.seed),
     .low = 1,
     .high = INT_MAX,
     .argument = "N",
     .help = "begins the draws of a bootstrap, 1 unless given; the same seed gives the same "
             "figures"},
    END};

#define TARGETS(needed, text)                                                                    \
    {                                                                                            \
        .name = "targets", .kind = CLI_WORDS, .offset = AT(request.targets), .argument = "FILE", \
        .required = needed, .help = text                                                         \
    }

#define CALIBRATION                                                                       \
    {.name = "calibrate",                                                                 \
     .kind = CLI_WORD,                                                                    \
     .offset = AT(request.calibrate),                                                     \
     .argument = "METHOD",                                                                \
     .choices = cli_choice_distance,                                                      \
     .help = "how weights are moved to the targets:"},                                    \
        {.name = "bounds",                                                                \
         .kind = CLI_WORD,                                                                \
         .offset = AT(request.bounds),                                                    \
         .argument = "LOW,HIGH",                                                          \
         .help = "what a weight may be multiplied by; inf sets no limit"},                \
    {                                                                                     \
        .name = "population", .kind = CLI_WORD, .offset = AT(request.population),         \
        .argument = "N|sum",                                                              \
        .help =                                                                           \
            "the number of people, where targets are percentages; sum keeps that of the " \
            "start weights"                                                               \
    }

static const cli_option together[] = {
    {.name = "simultaneous",
     .kind = CLI_FLAG,
     .offset = AT(request.simultaneous),
     .help = "intervals that hold for all groups of a breakdown together, wider than one by one: "
             "the sup-t band on the covariances of the design"},
    END};

static const cli_option calibration[] = {
    TARGETS(false,
            "calibrate the weights to these totals of the population (see 'peil help weight'); "
            "--weight is then the weight before calibration; repeat for more"),
    CALIBRATION, END};

static const cli_option targets[] = {
    TARGETS(true, "totals of the population, a csv file: margin,category,target; repeat for more"),
    CALIBRATION, END};

static const cli_option reading[] = {
    {.name = "period",
     .kind = CLI_WORD,
     .offset = AT(request.period),
     .argument = "VAR[=YEAR,...]",
     .help = "a variable that the files lack: the year in each file's name, or one value a file"},
    {.name = "delimiter",
     .kind = CLI_WORD,
     .offset = AT(request.delimiter),
     .argument = "CHAR",
     .help = "what separates the fields of text, or tab; found out unless given"},
    {.name = "decimal",
     .kind = CLI_WORD,
     .offset = AT(request.decimal),
     .choices = cli_choice_decimal,
     .no_default = true,
     .help = "what numbers in text have before their decimals; found out by column unless given"},
    {.name = "encoding",
     .kind = CLI_WORD,
     .offset = AT(request.encoding),
     .argument = "ENCODING",
     .help = "how text is encoded, such as utf-8, cp1252 or latin1; found out unless given"},
    {.name = "no-header",
     .kind = CLI_FLAG,
     .offset = AT(request.no_header),
     .help = "the first line of text is data; the variables are V1, V2, ..."},
    END};

#define COMPARISON(is_required)                                                                 \
    {.name = "over",                                                                            \
     .kind = CLI_WORD,                                                                          \
     .offset = AT(request.over),                                                                \
     .argument = "VAR",                                                                         \
     .required = is_required,                                                                   \
     .help =                                                                                    \
         "the variable whose values are compared, such as the year; of --hierarchy "            \
         "several levels, each against the rest of the area around it"},                        \
        {.name = "against",                                                                     \
         .kind = CLI_WORD,                                                                      \
         .offset = AT(request.against),                                                         \
         .argument = "VALUE",                                                                   \
         .help =                                                                                \
             "compare each value with the previous one (unless given), the first, one "         \
             "VALUE, or the rest: previous, first, VALUE, rest; or test the trend over "        \
             "all values, which are numbers: linear, quadratic, cubic"},                        \
        {.name = "rule",                                                                        \
         .kind = CLI_WORD,                                                                      \
         .offset = AT(request.rule),                                                            \
         .argument = "RULE",                                                                    \
         .choices = cli_choice_rule,                                                            \
         .help = "what makes a difference significant:"},                                       \
    {                                                                                           \
        .name = "adjust", .kind = CLI_WORD, .offset = AT(request.adjust), .argument = "METHOD", \
        .choices = cli_choice_adjustment,                                                       \
        .help = "correction for testing many differences, over the whole run:"                  \
    }

static const cli_option comparison[] = {COMPARISON(true), END};
static const cli_option comparison_if_any[] = {COMPARISON(false), END};

#define RUNNING                                                                   \
    {.name = "no-progress",                                                       \
     .kind = CLI_FLAG,                                                            \
     .offset = AT(no_progress),                                                   \
     .help = "do not show how far reading is"},                                   \
        {.name = "threads",                                                       \
         .kind = CLI_WHOLE,                                                       \
         .offset = AT(request.threads),                                           \
         .low = 1,                                                                \
         .high = INT_MAX,                                                         \
         .argument = "N",                                                         \
         .help =                                                                  \
             "threads to use at most, one a processor unless given; the figures " \
             "never depend on it"},                                               \
    {                                                                             \
        .name = "help", .letter = 'h', .kind = CLI_FLAG, .offset = AT(help),      \
        .help = "show this help"                                                  \
    }

static const cli_option output[] = {
    {.name = "format",
     .letter = 'f',
     .kind = CLI_WORD,
     .offset = AT(format),
     .argument = "FORMAT",
     .choices = cli_choice_format,
     .help = "how to write the figures:"},
    {.name = "output",
     .letter = 'o',
     .kind = CLI_WORD,
     .offset = AT(output),
     .argument = "FILE",
     .help = "write to FILE, which is replaced only when all went well"},
    {.name = "decimals",
     .kind = CLI_WHOLE,
     .offset = AT(decimals),
     .low = 0,
     .high = 15,
     .argument = "N",
     .help = "decimals of estimates in formats for people; csv and json are never rounded"},
    {.name = "lang",
     .kind = CLI_WORD,
     .offset = AT(language),
     .choices = cli_choice_language,
     .help = "language of headings and notes; the environment's (LC_ALL, LANG) unless given; help "
             "and errors are in English"},
    RUNNING,
    END};

static const cli_option state_output[] = {
    {.name = "output",
     .letter = 'o',
     .kind = CLI_WORD,
     .offset = AT(output),
     .argument = "STATE",
     .required = true,
     .help = "write the state to this file, which is replaced only when all went well; - is "
             "standard output"},
    RUNNING,
    END};

const cli_group cli_figures = {"Figures", figures};
const cli_group cli_published = {"Published figures", published};
const cli_group cli_together = {"Groups together", together};
const cli_group cli_respondents = {"Respondents", respondents};
const cli_group cli_counting = {"Respondents", counting};
const cli_group cli_design = {"Sampling design", design};
const cli_group cli_replication = {"Replicate weights", replication};
const cli_group cli_calibration = {"Calibration", calibration};
const cli_group cli_targets = {"Calibration", targets};
const cli_group cli_start = {"Respondents", start};
const cli_group cli_reading = {"Files", reading};
const cli_group cli_output = {"Output", output};
const cli_group cli_comparison = {"Comparison", comparison};
const cli_group cli_comparison_if_any = {"Comparison, if it is one", comparison_if_any};
const cli_group cli_state_output = {"Output", state_output};

/* The rules of the first kind that has them: all kinds of quantiles share them. */
static void add_rules(const peil_kind *const *kinds, size_t n, peil_text *out) {
    size_t i = 0;
    while (i < n && !kinds[i]->rules) i++;
    if (i == n) return;
    peil_text_add(out, "\nRules of quantiles, as in median(x; school):\n");
    for (const peil_kind_rule *const *rule = kinds[i]->rules; *rule; rule++)
        peil_text_add_format(out, "  %-7s %s%s\n", (*rule)->name, (*rule)->help,
                             rule == kinds[i]->rules ? " (unless given)" : "");
    peil_text_add(out,
                  "  The interval is Woodruff's, centred at the share F that is at or below the\n"
                  "  quantile, as in R's svyquantile since survey 4.1; oldsvyquantile centres it\n"
                  "  at the share asked for. n_eff and deff are those of F. Otherwise than in R,\n"
                  "  a share below that of the lowest respondent gives the lowest answer, not the\n"
                  "  second; equal answers share their weight evenly, so that hf4 to hf9 do not\n"
                  "  depend on the order of the rows; and where F is 1 its interval is that of\n"
                  "  every 100 percent, not one of no width.\n");
}

void cli_measures_help(peil_text *out) {
    const peil_kind *const *kinds;
    const size_t n = peil_estimator_kinds(&kinds);
    peil_text_add(out, "Measures:\n");
    for (size_t i = 0; i < n; i++) {
        /* An example, two spaces or more, what it is. */
        const char *help = kinds[i]->help, *gap = strstr(help, "  ");
        const int length = (int)(gap ? (size_t)(gap - help) : strlen(help));
        peil_text_add_format(out, "  %-35.*s %s\n", length, help,
                             gap ? gap + strspn(gap, " ") : "");
    }
    peil_text_add(
        out,
        "  Conditions: q5 = 1   q5 in (1, 2)   q5 >= 4   q5 = \"ja\"   a = 1 and b <> 2\n"
        "  not (q5 = 1). Names with spaces or signs stand between backquotes, text\n"
        "  between double quotes. Where a missing answer leaves a condition open, it\n"
        "  is no valid answer.\n"
        "  Scales: the mean of the items that are answered, if at least 'min' are, from\n"
        "  their range to that of the score. '; impute mean' gives a missing item its\n"
        "  unweighted mean over all rows of the sample; margins take that mean as fixed.\n"
        "  scale(a, -b; 1..3; count 2 3; min 2) counts answers; a missing one adds 0.\n"
        "  scale(djg6: a, b, c, d, e, f) is a shipped scale, see 'peil scales'.\n"
        "  Of scores: percent(scale(...)) the classes of a shipped scale, and\n"
        "  percent(scale(...) >= 5), total(scale(...) in (1, 2)), sd(scale(...)),\n"
        "  median(scale(...)).\n");
    add_rules(kinds, n, out);
}

/* The first of these that is set counts, as everywhere on POSIX. */
static const char *environment_locale(void) {
    static const char *const names[] = {"LC_ALL", "LC_MESSAGES", "LANG"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        const char *value = getenv(names[i]);
        if (value && value[0]) return value;
    }
    return "C";
}

peil_language cli_settings_language(const cli_settings *settings) {
    const char *name = settings->language ? settings->language : environment_locale();
    return strncmp(name, "nl", 2) == 0 ? PEIL_DUTCH : PEIL_ENGLISH;
}
