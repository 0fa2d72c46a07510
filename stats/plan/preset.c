/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plan/preset.h"

#include <stdlib.h>
#include <string.h>

#include "plan/request_keys.h"

const peil_preset peil_presets[] = {
    /* GGData_tabellenboek, R/tbl_maken.R and the defaults of configuratie.xlsx: disjoint strata,
     * survey.lonely.psu certainty, svychisq F on each answer, m the number of distinct p. Its
     * tables have no intervals. */
    {"tabellenboek",
     "GGD tabellenboek: second-order Rao-Scott, Bonferroni, from 10 answers; strata with one "
     "respondent add no variance; no weight is weight 0",
     {{"lonely-psu", "certainty"},
      {"missing-weight", "zero"},
      {"rule", "rao-scott"},
      {"adjust", "bonferroni"},
      {"min-n", "10"}}},
    /* cbs.nl 2018/23: "Verschillen zijn statistisch significant als de verschillen blijven bestaan
     * na verdiscontering van de betrouwbaarheidsmarges"; the published margins of 83021NED and
     * 85845NED are symmetric on the logit scale. */
    {"cbs",
     "Statistics Netherlands: logit margins of 95%; a difference is significant when they do not "
     "overlap",
     {{"ci", "logit"}, {"level", "95"}, {"rule", "overlap"}, {"adjust", "none"}}},
    /* GGD Hart voor Brabant's script: svyciprop xlogit, 95% for gemeente and region and 90% for a
     * wijk; "n<50". */
    {"ggd-hvb",
     "GGD Hart voor Brabant: logit margins; a wijk's of 90% and its gemeente's of 95% do not "
     "overlap; from 50 answers. Two gemeenten: add --rule overlap",
     {{"ci", "logit"}, {"rule", "overlap-90-95"}, {"adjust", "none"}, {"min-n", "50"}}},
    /* Parker et al., Vital Health Stat 2(175), 2017. */
    {"nchs-2017",
     "US National Center for Health Statistics, proportions: Korn-Graubard margins of 95%, and "
     "whether a percentage may be presented",
     {{"ci", "kg-nchs"}, {"level", "95"}, {"reliability", "nchs-2017"}}},
    /* Parker et al., Vital Health Stat 2(200), 2023. */
    {"nchs-2023",
     "the same with their standards for counts of 2023: whether a total(condition) may be "
     "presented, by its margin on the log scale",
     {{"ci", "kg-nchs"}, {"level", "95"}, {"reliability", "nchs-2023"}}},
    {NULL, NULL, {{NULL, NULL}}},
};

const peil_preset *peil_preset_find(const char *name) {
    const peil_preset *preset = peil_presets;
    while (preset->name && strcmp(preset->name, name) != 0) preset++;
    return preset->name ? preset : NULL;
}

/* The words above are right for their keys: a test holds them against each other. */
static void fill(peil_request *request, const peil_preset_option *option) {
    const peil_request_key *key = peil_request_key_find(option->name);
    char *field = (char *)request + key->offset;
    if (key->kind == PEIL_KEY_WORD) {
        if (!*(const char **)field) *(const char **)field = option->word;
    } else if (key->kind == PEIL_KEY_NUMBER) {
        if (*(double *)field == 0) *(double *)field = strtod(option->word, NULL);
    } else if (key->kind == PEIL_KEY_WHOLE) {
        if (*(int *)field == 0) *(int *)field = atoi(option->word);
    }
}

static bool is_of_tests(const char *name) {
    return strcmp(name, "rule") == 0 || strcmp(name, "adjust") == 0;
}

peil_status peil_preset_fill(peil_request *request, bool compares, peil_fault *fault) {
    if (!request->preset) return PEIL_OK;
    const peil_preset *preset = peil_preset_find(request->preset);
    if (!preset) return peil_fail(fault, PEIL_EUSAGE, "--preset does not know %s", request->preset);
    for (const peil_preset_option *option = preset->options; option->name; option++)
        if (compares || !is_of_tests(option->name)) fill(request, option);
    return PEIL_OK;
}
