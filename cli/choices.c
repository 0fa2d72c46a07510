/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "choices.h"

#include <string.h>

#include "calibrate/distance.h"
#include "infer/compare.h"
#include "infer/interval.h"
#include "write/write.h"

static const cli_choice end = {NULL, NULL};

cli_choice cli_choice_interval(size_t i) {
    const peil_interval *row = peil_intervals[i];
    return row ? (cli_choice){row->name, row->help} : end;
}

cli_choice cli_choice_adjustment(size_t i) {
    const peil_adjustment *row = peil_adjustments[i];
    return row ? (cli_choice){row->name, row->help} : end;
}

cli_choice cli_choice_distance(size_t i) {
    const peil_distance *row = peil_distances[i];
    return row ? (cli_choice){row->name, row->help} : end;
}

cli_choice cli_choice_format(size_t i) {
    const peil_writer *row = peil_writers[i];
    return row ? (cli_choice){row->name, row->help} : end;
}

cli_choice cli_choice_rule(size_t i) {
    static const cli_choice rules[] = {
        {"t", "t test of the difference, with its design-based standard error"},
        {"overlap", "significant when the two intervals do not overlap; stricter than a test"},
        {NULL, NULL}};
    return rules[i];
}

cli_choice cli_choice_lonely_psu(size_t i) {
    static const cli_choice ways[] = {{"fail", "refuse the data"},
                                      {"certainty", "the stratum adds nothing to the variance"},
                                      {"adjust", "centre the unit at the mean of all units"},
                                      {"average", "give the stratum the mean of the others"},
                                      {NULL, NULL}};
    return ways[i];
}

cli_choice cli_choice_df(size_t i) {
    static const cli_choice ways[] = {
        {"subset", "units minus strata among the respondents of the cell (R)"},
        {"strata", "all units of the strata that have such a respondent (Stata)"},
        {"design", "all units of the design (SAS)"},
        {NULL, NULL}};
    return ways[i];
}

cli_choice cli_choice_missing_weight(size_t i) {
    static const cli_choice ways[] = {{"fail", NULL}, {"zero", NULL}, {NULL, NULL}};
    return ways[i];
}

cli_choice cli_choice_language(size_t i) {
    static const cli_choice languages[] = {{"en", NULL}, {"nl", NULL}, {NULL, NULL}};
    return languages[i];
}

bool cli_choice_has(cli_choice (*choices)(size_t), const char *word) {
    size_t i = 0;
    while (choices(i).name && strcmp(choices(i).name, word) != 0) i++;
    return choices(i).name != NULL;
}
