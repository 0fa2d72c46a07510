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

static const cli_option figures[] = {
    {.name = "measure",
     .letter = 'm',
     .kind = CLI_WORDS,
     .offset = AT(request.measures),
     .argument = "MEASURE",
     .required = true,
     .help = "what to compute, see above; repeat for more; 'NAME: MEASURE' names it"},
    {.name = "by",
     .kind = CLI_WORDS,
     .offset = AT(request.by),
     .argument = "VAR[,VAR...]",
     .help = "a row for each combination of these variables; repeat for several breakdowns"},
    {.name = "margins",
     .kind = CLI_FLAG,
     .offset = AT(request.margins),
     .help = "also the totals over the variables of --by"},
    {.name = "level",
     .kind = CLI_NUMBER,
     .offset = AT(request.level),
     .low = 1, /* 0.95 is a slip for 95 */
     .high = 100,
     .argument = "PERCENT",
     .help = "confidence level, 95 unless given"},
    {.name = "ci",
     .kind = CLI_WORD,
     .offset = AT(request.interval),
     .argument = "METHOD",
     .choices = cli_choice_interval,
     .help = "interval of percentages; other figures: estimate -+ t * se"},
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

static const cli_option calibration[] = {
    TARGETS(false,
            "calibrate the weights to these totals of the population (see 'peil help weight'); "
            "--weight is then the weight before calibration; repeat for more"),
    CALIBRATION, END};

static const cli_option targets[] = {
    TARGETS(true, "totals of the population, see above; repeat for more"), CALIBRATION, END};

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
     .argument = "comma|point",
     .help = "what numbers in text have before their decimals; found out by column unless given"},
    {.name = "encoding",
     .kind = CLI_WORD,
     .offset = AT(request.encoding),
     .argument = "NAME",
     .help = "how text is encoded, such as utf-8, cp1252 or latin1; found out unless given"},
    {.name = "no-header",
     .kind = CLI_FLAG,
     .offset = AT(request.no_header),
     .help = "the first line of text is data; the variables are V1, V2, ..."},
    END};

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
    {.name = "no-progress",
     .kind = CLI_FLAG,
     .offset = AT(no_progress),
     .help = "do not show how far reading is"},
    {.name = "threads",
     .kind = CLI_WHOLE,
     .offset = AT(threads),
     .low = 1,
     .high = INT_MAX,
     .argument = "N",
     .help = "processor threads to use at most; the figures never depend on it"},
    {.name = "help", .letter = 'h', .kind = CLI_FLAG, .offset = AT(help), .help = "show this help"},
    END};

const cli_group cli_figures = {"Figures", figures};
const cli_group cli_respondents = {"Respondents", respondents};
const cli_group cli_counting = {"Respondents", counting};
const cli_group cli_design = {"Sampling design", design};
const cli_group cli_calibration = {"Calibration", calibration};
const cli_group cli_targets = {"Calibration", targets};
const cli_group cli_start = {"Respondents", start};
const cli_group cli_reading = {"Files", reading};
const cli_group cli_output = {"Output", output};

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
        "  percent(scale(...) >= 5), total(scale(...) in (1, 2)), sd(scale(...)).\n");
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
