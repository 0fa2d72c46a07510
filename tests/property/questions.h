/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Questions to people.h's survey that together use all there is. */
#ifndef PEIL_TESTS_QUESTIONS_H
#define PEIL_TESTS_QUESTIONS_H

#include "people.h"

/* Requests that together use every kind of figure and design. */
typedef struct question {
    const char *name;
    command *run;
    peil_request request;
} question;

#define EVERYTHING                                                                                \
    WORDS("percent(q)", "percent(q in (1, 2))", "total(q >= 4)", "mean(y)", "sd(y)", "total(y)",  \
          "count()", "ratio(y / z)", "index(q: 1 = 0, 2 = 25, 3 = 50, 4 = 75, 5 = 100)",          \
          "s: scale(q, -q; 1..5 -> 0..10; min 1)",                                                \
          "i: scale(q, y, -z; 0..20 -> 0..100; min 1; impute mean)",                              \
          "sd(scale(q, -q; 1..5; count 1 2; min 2))",                                             \
          "percent(scale(weerbaarheid: q, q, q, q, q))",                                          \
          "total(scale(q, z; 0..20 -> 0..10; min 2) >= 4.5)", "alpha(q, -z; 0..20)", "median(y)", \
          "quantile(y, 0.25; school)", "quantile(z, 0.9; hf3)", "quantile(z, 0.1; hf5)",          \
          "quantile(q, 0.6; hf7)", "median(scale(q, z; 0..20 -> 0..10; min 1); hf6)")

#define QUESTIONS                                                                                  \
    {"plain", peil_run_table, {.measures = EVERYTHING, .missing = WORDS("9")}},                    \
        {"strata",                                                                                 \
         peil_run_table,                                                                           \
         {.measures = EVERYTHING,                                                                  \
          .missing = WORDS("9"),                                                                   \
          .weight = "w",                                                                           \
          .strata = WORDS("h"),                                                                    \
          .by = WORDS("g,j", "j"),                                                                 \
          .margins = true}},                                                                       \
        {"clusters",                                                                               \
         peil_run_table,                                                                           \
         {.measures = EVERYTHING,                                                                  \
          .missing = WORDS("q: 9"),                                                                \
          .weight = "w",                                                                           \
          .strata = WORDS("h"),                                                                    \
          .cluster = "c",                                                                          \
          .by = WORDS("g", "j"),                                                                   \
          .interval = "beta"}},                                                                    \
        {"stages",                                                                                 \
         peil_run_table,                                                                           \
         {.measures = EVERYTHING,                                                                  \
          .missing = WORDS("9"),                                                                   \
          .weight = "w",                                                                           \
          .strata = WORDS("h"),                                                                    \
          .cluster = "c,i",                                                                        \
          .fpc = "f,F",                                                                            \
          .where = "z > 3 and g <> \"zuid\"",                                                      \
          .lonely_psu = "adjust",                                                                  \
          .by = WORDS("j,g")}},                                                                    \
        {"sample",                                                                                 \
         peil_run_table,                                                                           \
         {.measures = WORDS("percent(q)", "mean(y)", "sd(z)"),                                     \
          .sample = "not j = 2015",                                                                \
          .include_missing = true,                                                                 \
          .weight = "w",                                                                           \
          .lonely_psu = "average",                                                                 \
          .interval = "wilson",                                                                    \
          .strata = WORDS("h,c"),                                                                  \
          .by = WORDS("g")}},                                                                      \
        {"weights",                                                                                \
         peil_run_weight,                                                                          \
         {.weight = "w",                                                                           \
          .targets = WORDS(PEOPLE_TARGETS),                                                        \
          .calibrate = "logit",                                                                    \
          .bounds = "0.4,2.5"}},                                                                   \
        {"weights trimmed",                                                                        \
         peil_run_weight,                                                                          \
         {.weight = "w", .targets = WORDS(PEOPLE_TARGETS), .trim = "0.3,5"}},                      \
        {"calibrated",                                                                             \
         peil_run_table,                                                                           \
         {.measures = EVERYTHING,                                                                  \
          .missing = WORDS("9"),                                                                   \
          .weight = "w",                                                                           \
          .strata = WORDS("h"),                                                                    \
          .where = "z > 3",                                                                        \
          .targets = WORDS(PEOPLE_TARGETS),                                                        \
          .by = WORDS("g", "j")}},                                                                 \
        {"questions calibrated",                                                                   \
         peil_run_compare,                                                                         \
         {.measures = WORDS("percent(q)", "percent(g)"),                                           \
          .missing = WORDS("9"),                                                                   \
          .over = "j",                                                                             \
          .rule = "wald",                                                                          \
          .weight = "w",                                                                           \
          .strata = WORDS("h"),                                                                    \
          .targets = WORDS(PEOPLE_TARGETS)}},                                                      \
        {"years calibrated",                                                                       \
         peil_run_compare,                                                                         \
         {.measures = WORDS("percent(q)", "mean(y)", "median(y)"),                                 \
          .missing = WORDS("9"),                                                                   \
          .over = "j",                                                                             \
          .weight = "w",                                                                           \
          .strata = WORDS("h"),                                                                    \
          .cluster = "c",                                                                          \
          .targets = WORDS(PEOPLE_TARGETS),                                                        \
          .calibrate = "linear"}},                                                                 \
        {"years",                                                                                  \
         peil_run_compare,                                                                         \
         {.measures = WORDS("percent(q = 1)", "mean(y)", "percent(q)", "alpha(q, z; 1..20)",       \
                            "median(y; hf8)"),                                                     \
          .missing = WORDS("9"),                                                                   \
          .over = "j",                                                                             \
          .weight = "w",                                                                           \
          .strata = WORDS("h"),                                                                    \
          .cluster = "c",                                                                          \
          .by = WORDS("g"),                                                                        \
          .adjust = "holm"}},                                                                      \
        {"questions",                                                                              \
         peil_run_compare,                                                                         \
         {.measures = WORDS("percent(q)", "percent(q = 1)", "percent(g)"),                         \
          .missing = WORDS("9"),                                                                   \
          .over = "j",                                                                             \
          .rule = "rao-scott",                                                                     \
          .weight = "w",                                                                           \
          .strata = WORDS("h"),                                                                    \
          .cluster = "c"}},                                                                        \
        {"trends",                                                                                 \
         peil_run_compare,                                                                         \
         {.measures = WORDS("percent(q)", "mean(y)", "sd(y)"),                                     \
          .over = "j",                                                                             \
          .against = "quadratic",                                                                  \
          .weight = "w",                                                                           \
          .strata = WORDS("h")}},                                                                  \
        {"replicates",                                                                             \
         peil_run_table,                                                                           \
         {.measures = EVERYTHING,                                                                  \
          .missing = WORDS("9"),                                                                   \
          .weight = "w",                                                                           \
          .repweights = PEOPLE_REPLICATES,                                                         \
          .replication = "bootstrap",                                                              \
          .where = "z > 3",                                                                        \
          .by = WORDS("g,j", "j"),                                                                 \
          .margins = true}},                                                                       \
        {"replicates compared",                                                                    \
         peil_run_compare,                                                                         \
         {.measures = WORDS("percent(q = 1)", "mean(y)", "ratio(y / z)", "median(y)"),             \
          .missing = WORDS("9"),                                                                   \
          .over = "j",                                                                             \
          .weight = "w",                                                                           \
          .repweights = PEOPLE_REPLICATES,                                                         \
          .replication = "jkn",                                                                    \
          .rscales = "1,.5,.25,1,.5,.25,1",                                                        \
          .replicate_centre = "estimate",                                                          \
          .df = "design"}},                                                                        \
        {"jackknife",                                                                              \
         peil_run_table,                                                                           \
         {.measures = EVERYTHING,                                                                  \
          .missing = WORDS("9"),                                                                   \
          .weight = "w",                                                                           \
          .strata = WORDS("h"),                                                                    \
          .cluster = "c",                                                                          \
          .replication = "jkn",                                                                    \
          .by = WORDS("g", "j")}},                                                                 \
        {"replicates of questions",                                                                \
         peil_run_compare,                                                                         \
         {.measures = WORDS("percent(q)", "percent(g)"),                                           \
          .missing = WORDS("9"),                                                                   \
          .over = "j",                                                                             \
          .rule = "rao-scott",                                                                     \
          .weight = "w",                                                                           \
          .repweights = PEOPLE_REPLICATES,                                                         \
          .replication = "bootstrap"}},                                                            \
        {"bootstrap",                                                                              \
         peil_run_compare,                                                                         \
         {.measures = WORDS("percent(q)", "sd(y)", "median(y)"),                                   \
          .missing = WORDS("9"),                                                                   \
          .over = "g",                                                                             \
          .against = "rest",                                                                       \
          .weight = "w",                                                                           \
          .strata = WORDS("h"),                                                                    \
          .cluster = "c",                                                                          \
          .replication = "bootstrap",                                                              \
          .replicates = 30,                                                                        \
          .seed = 7}},                                                                             \
    {                                                                                              \
        "rest", peil_run_compare, {                                                                \
            .measures = WORDS("percent(q = 1)", "sd(y)", "median(y)"), .missing = WORDS("9"),      \
            .over = "g", .against = "rest", .weight = "w", .rule = "overlap", .strata = WORDS("h") \
        }                                                                                          \
    }

/* The line in which two texts first differ. */
static inline const char *first_difference(const char *a, const char *b) {
    const char *line = a;
    for (; *a && *a == *b; a++, b++)
        if (*a == '\n') line = a + 1;
    return line;
}

#endif
