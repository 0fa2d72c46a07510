/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "choices.h"

#include <string.h>

#include "calibrate/distance.h"
#include "estimate/replication.h"
#include "infer/adjust.h"
#include "infer/interval.h"
#include "infer/reliability.h"
#include "infer/rule.h"
#include "plan/preset.h"
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
    const peil_test_rule *row = peil_test_rules[i];
    return row ? (cli_choice){row->name, row->help} : end;
}

cli_choice cli_choice_lonely_psu(size_t i) {
    static const cli_choice ways[] = {{"fail", "refuse the data"},
                                      {"certainty", "the stratum adds nothing to the variance"},
                                      {"adjust", "centre the unit at the mean of all units"},
                                      {"average", "give the stratum the mean of the others"},
                                      {NULL, NULL}};
    return ways[i];
}

cli_choice cli_choice_replication(size_t i) {
    const peil_replication *row = peil_replications[i];
    return row ? (cli_choice){row->name, row->help} : end;
}

cli_choice cli_choice_centre(size_t i) {
    static const cli_choice centres[] = {{"mean", NULL}, {"estimate", NULL}, {NULL, NULL}};
    return centres[i];
}

cli_choice cli_choice_df(size_t i) {
    static const cli_choice ways[] = {
        {"subset",
         "units minus strata among the respondents of the cell; of replicate weights in the data "
         "their rank less one (R)"},
        {"strata", "all units of the strata that have such a respondent (Stata)"},
        {"design", "the same of the whole sample (SAS)"},
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

cli_choice cli_choice_decimal(size_t i) {
    static const cli_choice marks[] = {{"comma", NULL}, {"point", NULL}, {NULL, NULL}};
    return marks[i];
}

cli_choice cli_choice_preset(size_t i) {
    return (cli_choice){peil_presets[i].name, peil_presets[i].help};
}

cli_choice cli_choice_reliability(size_t i) {
    const peil_reliability *row = peil_reliabilities[i];
    return row ? (cli_choice){row->name, row->help} : end;
}

static bool is_choice(const char *name, const char *word) {
    const char *equals = strchr(name, '=');
    return equals ? strncmp(name, word, (size_t)(equals - name) + 1) == 0 : strcmp(name, word) == 0;
}

bool cli_choice_has(cli_choice (*choices)(size_t), const char *word) {
    size_t i = 0;
    while (choices(i).name && !is_choice(choices(i).name, word)) i++;
    return choices(i).name != NULL;
}
