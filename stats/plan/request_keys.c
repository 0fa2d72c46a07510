/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plan/request_keys.h"

#include <string.h>

#define AT(member) offsetof(peil_request, member)

/* In the order in which a report tells them. */
const peil_request_key peil_request_keys[] = {
    {"measure", PEIL_KEY_WORDS, AT(measures), NULL},
    {"by", PEIL_KEY_WORDS, AT(by), NULL},
    {"over", PEIL_KEY_WORD, AT(over), NULL},
    {"against", PEIL_KEY_WORD, AT(against), NULL},
    {"rule", PEIL_KEY_WORD, AT(rule), NULL},
    {"adjust", PEIL_KEY_WORD, AT(adjust), NULL},
    {"margins", PEIL_KEY_FLAG, AT(margins), NULL},
    {"where", PEIL_KEY_WORD, AT(where), NULL},
    {"sample", PEIL_KEY_WORD, AT(sample), NULL},
    {"weight", PEIL_KEY_WORD, AT(weight), NULL},
    {"missing-weight", PEIL_KEY_WORD, AT(missing_weight), NULL},
    {"targets", PEIL_KEY_WORDS, AT(targets), NULL},
    {"calibrate", PEIL_KEY_WORD, AT(calibrate), NULL},
    {"bounds", PEIL_KEY_WORD, AT(bounds), NULL},
    {"population", PEIL_KEY_WORD, AT(population), NULL},
    {"trim", PEIL_KEY_WORD, AT(trim), NULL},
    {"id", PEIL_KEY_WORD, AT(id), NULL},
    {"name", PEIL_KEY_WORD, AT(name), NULL},
    {"strata", PEIL_KEY_WORDS, AT(strata), NULL},
    {"cluster", PEIL_KEY_WORD, AT(cluster), NULL},
    {"fpc", PEIL_KEY_WORD, AT(fpc), NULL},
    {"lonely-psu", PEIL_KEY_WORD, AT(lonely_psu), "fail"},
    {"df", PEIL_KEY_WORD, AT(df), "subset"},
    {"missing", PEIL_KEY_WORDS, AT(missing), NULL},
    {"include-missing", PEIL_KEY_FLAG, AT(include_missing), NULL},
    {"period", PEIL_KEY_WORD, AT(period), NULL},
    {"delimiter", PEIL_KEY_WORD, AT(delimiter), NULL},
    {"decimal", PEIL_KEY_WORD, AT(decimal), NULL},
    {"encoding", PEIL_KEY_WORD, AT(encoding), NULL},
    {"no-header", PEIL_KEY_FLAG, AT(no_header), NULL},
    {"level", PEIL_KEY_NUMBER, AT(level), "95"},
    {"ci", PEIL_KEY_WORD, AT(interval), "logit"},
    {NULL, PEIL_KEY_WORD, 0, NULL},
};

const peil_request_key *peil_request_key_find(const char *name) {
    const peil_request_key *key = peil_request_keys;
    while (key->name && strcmp(key->name, name) != 0) key++;
    return key->name ? key : NULL;
}
