/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plan/request_keys.h"

#include <limits.h>
#include <string.h>

#define AT(member) offsetof(peil_request, member)

/* In the order in which a report tells them. */
const peil_request_key peil_request_keys[] = {
    {"preset", PEIL_KEY_WORD, AT(preset), NULL, 0, 0},
    {"name", PEIL_KEY_WORDS, AT(names), NULL, 0, 0},
    {"measure", PEIL_KEY_WORDS, AT(measures), NULL, 0, 0},
    {"by", PEIL_KEY_WORDS, AT(by), NULL, 0, 0},
    {"over", PEIL_KEY_WORD, AT(over), NULL, 0, 0},
    {"against", PEIL_KEY_WORD, AT(against), NULL, 0, 0},
    {"rule", PEIL_KEY_WORD, AT(rule), NULL, 0, 0},
    {"adjust", PEIL_KEY_WORD, AT(adjust), NULL, 0, 0},
    {"hierarchy", PEIL_KEY_WORD, AT(hierarchy), NULL, 0, 0},
    {"standardise", PEIL_KEY_WORD, AT(standardise), NULL, 0, 0},
    {"margins", PEIL_KEY_FLAG, AT(margins), NULL, 0, 0},
    {"where", PEIL_KEY_WORD, AT(where), NULL, 0, 0},
    {"sample", PEIL_KEY_WORD, AT(sample), NULL, 0, 0},
    {"weight", PEIL_KEY_WORD, AT(weight), NULL, 0, 0},
    {"missing-weight", PEIL_KEY_WORD, AT(missing_weight), NULL, 0, 0},
    {"targets", PEIL_KEY_WORDS, AT(targets), NULL, 0, 0},
    {"calibrate", PEIL_KEY_WORD, AT(calibrate), NULL, 0, 0},
    {"bounds", PEIL_KEY_WORD, AT(bounds), NULL, 0, 0},
    {"population", PEIL_KEY_WORD, AT(population), NULL, 0, 0},
    {"trim", PEIL_KEY_WORD, AT(trim), NULL, 0, 0},
    {"id", PEIL_KEY_WORD, AT(id), NULL, 0, 0},
    {"new-weight", PEIL_KEY_WORD, AT(new_weight), NULL, 0, 0},
    {"strata", PEIL_KEY_WORDS, AT(strata), NULL, 0, 0},
    {"cluster", PEIL_KEY_WORD, AT(cluster), NULL, 0, 0},
    {"fpc", PEIL_KEY_WORD, AT(fpc), NULL, 0, 0},
    {"lonely-psu", PEIL_KEY_WORD, AT(lonely_psu), "fail", 0, 0},
    {"repweights", PEIL_KEY_WORD, AT(repweights), NULL, 0, 0},
    {"replication", PEIL_KEY_WORD, AT(replication), NULL, 0, 0},
    {"replicate-centre", PEIL_KEY_WORD, AT(replicate_centre), NULL, 0, 0},
    {"scale", PEIL_KEY_NUMBER, AT(scale), NULL, 1e-9, 1e9},
    {"rscales", PEIL_KEY_WORD, AT(rscales), NULL, 0, 0},
    {"replicates", PEIL_KEY_WHOLE, AT(replicates), NULL, 2, 100000},
    {"seed", PEIL_KEY_WHOLE, AT(seed), NULL, 1, INT_MAX},
    {"df", PEIL_KEY_WORD, AT(df), "subset", 0, 0},
    {"missing", PEIL_KEY_WORDS, AT(missing), NULL, 0, 0},
    {"include-missing", PEIL_KEY_FLAG, AT(include_missing), NULL, 0, 0},
    {"period", PEIL_KEY_WORD, AT(period), NULL, 0, 0},
    {"delimiter", PEIL_KEY_WORD, AT(delimiter), NULL, 0, 0},
    {"decimal", PEIL_KEY_WORD, AT(decimal), NULL, 0, 0},
    {"encoding", PEIL_KEY_WORD, AT(encoding), NULL, 0, 0},
    {"no-header", PEIL_KEY_FLAG, AT(no_header), NULL, 0, 0},
    {"published", PEIL_KEY_WORDS, AT(published), NULL, 0, 0},
    {"explain", PEIL_KEY_FLAG, AT(explain), NULL, 0, 0},
    {"level", PEIL_KEY_NUMBER, AT(level), "95", 1, 99.999},
    {"ci", PEIL_KEY_WORD, AT(interval), "logit", 0, 0},
    {"simultaneous", PEIL_KEY_FLAG, AT(simultaneous), NULL, 0, 0},
    {"min-n", PEIL_KEY_WHOLE, AT(min_n), NULL, 1, 1000000},
    {"reliability", PEIL_KEY_WORD, AT(reliability), NULL, 0, 0},
    {NULL, PEIL_KEY_WORD, 0, NULL, 0, 0},
};

const peil_request_key *peil_request_key_find(const char *name) {
    const peil_request_key *key = peil_request_keys;
    while (key->name && strcmp(key->name, name) != 0) key++;
    return key->name ? key : NULL;
}

bool peil_request_key_is_given(const peil_request *request, const peil_request_key *key) {
    const void *field = peil_request_field(request, key);
    if (key->kind == PEIL_KEY_WORDS) return ((const peil_words *)field)->n > 0;
    if (key->kind == PEIL_KEY_FLAG) return *(const bool *)field;
    if (key->kind == PEIL_KEY_NUMBER) return *(const double *)field > 0;
    if (key->kind == PEIL_KEY_WHOLE) return *(const int *)field > 0;
    return *(const char *const *)field != NULL;
}
