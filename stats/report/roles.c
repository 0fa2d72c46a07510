/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/roles.h"

#include <ctype.h>
#include <inttypes.h>
#include <math.h>
#include <string.h>

#include "core/number.h"
#include "core/text.h"
#include "report/values.h"

/* ---- names ---- */

/* Parts of names. "=w" is a whole word, between signs or digits; "<wt" begins the name, ">wt" ends
 * it; other parts may stand anywhere. GGD monitors: ewGGD, ewCBSGGD, weegfactor1,
 * Standaardisatiefactor_regio, PrimaireEenheid, Stratum_gemeente, GRO. */
static const char *const weights[] = {
    "weeg",  "weging", "gewicht", "weight", "wght", "wgt", "standaardisatiefactor",
    "ewggd", "ewcbs",  "=ew",     "=pw",    "=w",   "<wt", ">wt",
    "<ew_",  NULL};
static const char *const strata[] = {"strat", ">stra", "=stype", "primaireeenheid", "=gro", NULL};
static const char *const clusters[] = {"psu", "cluster", "=dnum", NULL};
static const char *const sizes[] = {"fpc", "popsize", "populatiegrootte", NULL};
static const char *const births[] = {"geb", "birth", "born", NULL};
static const char *const areas[] = {
    "gemeente", ">wijk",       "<wijkn",       "wijkcode",  "wijkcombi", ">buurt",     "<buurtn",
    "provinc",  "buurtcode",   ">regio",       "regiocode", "regionaam", "stadsdeel",  ">gebied",
    "postcode", "gebiedscode", "district",     "=area",     ">region",   "county",     "=state",
    "=pc",      "=pc4",        "municipality", "borough",   "=ggd",      "woonplaats", NULL};

static bool is_letter(char c) {
    return isalpha((unsigned char)c) != 0;
}

/* Whether the part stands at this place, in any case. */
static bool stands_at(const char *name, size_t at, const char *part, size_t length) {
    for (size_t k = 0; k < length; k++)
        if (tolower((unsigned char)name[at + k]) != part[k]) return false;
    return true;
}

static bool has_part(const char *name, const char *part) {
    const char where = strchr("=<>", *part) ? *part++ : '\0';
    const size_t length = strlen(part), all = strlen(name);
    for (size_t at = 0; at + length <= all; at++) {
        if (!stands_at(name, at, part, length)) continue;
        const bool begins = at == 0, ends = at + length == all;
        const bool is_word =
            (begins || !is_letter(name[at - 1])) && (ends || !is_letter(name[at + length]));
        if (where == '\0' || (where == '=' && is_word) || (where == '<' && begins) ||
            (where == '>' && ends))
            return true;
    }
    return false;
}

static bool has_any(const char *name, const char *const *parts) {
    while (*parts && !has_part(name, *parts)) parts++;
    return *parts != NULL;
}

/* ---- values ---- */

static bool is_numeric(const peil_profile *p) {
    const peil_looks looks = peil_profile_looks(p);
    return looks == PEIL_LOOKS_WHOLE || looks == PEIL_LOOKS_NUMBER;
}

static bool lies_between(const peil_profile *p, int64_t low, int64_t high) {
    return peil_decimal_compare(p->low, (peil_decimal){low, 0}) >= 0 &&
           peil_decimal_compare(p->high, (peil_decimal){high, 0}) <= 0;
}

static bool may_be_year(const peil_profile *p) {
    return peil_profile_looks(p) == PEIL_LOOKS_WHOLE && p->distinct <= 60 &&
           lies_between(p, 1900, 2100) && !has_any(p->about.name, births);
}

/* More than one, and on average at least two rows in each. */
static bool may_group(const peil_profile *p) {
    return p->distinct >= 2 && p->distinct <= p->given / 2 && !peil_profile_is_long(p);
}

static bool may_be_size(const peil_profile *p) {
    return is_numeric(p) && p->negative == 0 && p->zeros == 0;
}

/* Kilograms or pounds are called weight as well. */
static bool is_body_weight(const peil_profile *p) {
    const double mean = peil_weighing_of(p).mean;
    return p->zeros == 0 && lies_between(p, 20, 500) && mean >= 40 && mean <= 200;
}

/* Weights that were made to have mean 1 need no name. */
static bool has_mean_of_1(const peil_profile *p) {
    const double mean = peil_weighing_of(p).mean;
    return peil_profile_looks(p) == PEIL_LOOKS_NUMBER && p->distinct > 12 && p->zeros == 0 &&
           mean > 0.9995 && mean < 1.0005;
}

static bool may_be_weight(const peil_profile *p) {
    if (!is_numeric(p) || p->negative || p->zeros == p->numbers) return false;
    if (!isfinite(peil_weighing_of(p).sum)) return false;
    const char *label = p->about.label ? p->about.label : "";
    const bool is_named = has_any(p->about.name, weights) || has_part(label, "weegfactor");
    return is_named ? !is_body_weight(p) : has_mean_of_1(p);
}

/* GM0363, WK036301, BU03630101: codes of Statistics Netherlands. */
static bool is_area_code(const char *text) {
    static const char *const kinds[] = {"GM", "WK", "BU", "GG", "PV", "LD", NULL};
    size_t i = 0;
    while (kinds[i] && strncmp(text, kinds[i], 2) != 0) i++;
    return kinds[i] && text[2] && strspn(text + 2, "0123456789") == strlen(text + 2);
}

static bool has_area_codes(const peil_profile *p) {
    bool any = false;
    for (uint32_t code = 1; code < p->nseen; code++) {
        if (p->seen[code].given == 0) continue;
        if (!is_area_code(peil_profile_text(p, code))) return false;
        any = true;
    }
    return any;
}

static bool may_be_area(const peil_profile *p) {
    return may_group(p) && (has_any(p->about.name, areas) || has_area_codes(p));
}

/* ---- guesses ---- */

peil_guess peil_guess_of(const peil_profile *p) {
    const char *name = p->about.name;
    if (p->given == 0) return PEIL_GUESS_NONE;
    if (may_be_year(p)) return PEIL_GUESS_YEAR;
    if (may_group(p) && has_any(name, strata)) return PEIL_GUESS_STRATA;
    if (p->distinct >= 2 && has_any(name, clusters)) return PEIL_GUESS_CLUSTER;
    if (may_be_size(p) && has_any(name, sizes)) return PEIL_GUESS_FPC;
    if (may_be_weight(p)) return PEIL_GUESS_WEIGHT;
    return may_be_area(p) ? PEIL_GUESS_AREA : PEIL_GUESS_NONE;
}

const char *peil_guess_word(peil_guess guess) {
    static const char *const words[] = {NULL,   "year?",   "strata?", "cluster?",
                                        "fpc?", "weight?", "area?"};
    return words[guess];
}

bool peil_guess_fits_name(peil_guess guess, const char *name) {
    static const char *const *const parts[] = {NULL, NULL, strata, clusters, sizes, weights, areas};
    return parts[guess] && has_any(name, parts[guess]);
}

/* ---- notes ---- */

/* What a note is written with. */
typedef struct notes {
    const peil_profile *profiles;
    const peil_design_guess *design;
    bool is_dutch;
    peil_report *report;
    peil_fault *fault;
} notes;

static peil_status note_weight(const notes *n, const peil_profile *p) {
    const peil_weighing w = peil_weighing_of(p);
    const peil_language language = n->is_dutch ? PEIL_DUTCH : PEIL_ENGLISH;
    peil_text is = {0};
    peil_text_add(&is, n->is_dutch ? "gemiddeld " : "mean ");
    peil_number_add_plain(&is, w.mean, 6, language);
    peil_text_add(&is, n->is_dutch ? ", samen " : ", sum ");
    peil_number_add_plain(&is, w.sum, 10, language);
    peil_text_add(&is, n->is_dutch ? ", deff volgens Kish " : ", Kish's deff ");
    peil_number_add_plain(&is, w.deff, 3, language);
    const peil_status status =
        is.failed ? peil_fail_memory(n->fault)
                  : peil_report_note(n->report, n->fault,
                                     n->is_dutch ? "%s is misschien het gewicht: nooit onder 0, "
                                                   "%s; zo ja: --weight %s"
                                                 : "%s may be the weight: never below 0, %s; if "
                                                   "so: --weight %s",
                                     p->about.name, is.bytes, p->about.name);
    peil_text_clear(&is);
    return status;
}

/* The rows of the smallest stratum and of the largest. */
static peil_status note_strata(const notes *n, const peil_profile *p) {
    uint64_t least = 0, most = 0;
    for (uint32_t code = 1; code < p->nseen; code++) {
        const uint64_t given = p->seen[code].given;
        if (given && (least == 0 || given < least)) least = given;
        if (given > most) most = given;
    }
    return peil_report_note(n->report, n->fault,
                            n->is_dutch
                                ? "%s geeft misschien de strata: %zu waarden, elk in %" PRIu64
                                  " tot %" PRIu64 " records; zo ja: --strata %s"
                                : "%s may be the strata: %zu values, each in %" PRIu64
                                  " to %" PRIu64 " records; if so: --strata %s",
                            p->about.name, p->distinct, least, most, p->about.name);
}

static peil_status note_cluster(const notes *n, const peil_profile *p) {
    const peil_nesting *nesting = &n->design->clusters;
    if (nesting->outers == 0)
        return peil_report_note(n->report, n->fault,
                                n->is_dutch ? "%s is misschien de trekkingseenheid; zo ja: "
                                              "--cluster %s"
                                            : "%s may be the sampled unit; if so: --cluster %s",
                                p->about.name, p->about.name);
    return peil_report_note(
        n->report, n->fault,
        n->is_dutch ? "%s is misschien de trekkingseenheid: %zu in %s, %zu tot %zu per stratum; zo "
                      "ja: --cluster %s"
                    : "%s may be the sampled unit: %zu of them in %s, %zu to %zu in a stratum; if "
                      "so: --cluster %s",
        p->about.name, nesting->pairs.count, n->profiles[n->design->strata].about.name,
        nesting->least, nesting->most, p->about.name);
}

static peil_status note_size(const notes *n, const peil_profile *p) {
    const peil_nesting *nesting = &n->design->sizes;
    const bool is_constant = nesting->outers > 0 && nesting->most == 1;
    if (!is_constant)
        return peil_report_note(n->report, n->fault,
                                n->is_dutch ? "%s is misschien de populatieomvang; zo ja: --fpc %s"
                                            : "%s may be the population size; if so: --fpc %s",
                                p->about.name, p->about.name);
    return peil_report_note(
        n->report, n->fault,
        n->is_dutch ? "%s is misschien de populatieomvang: overal gelijk binnen %s; zo ja: --fpc %s"
                    : "%s may be the population size: the same throughout each %s; if so: --fpc %s",
        p->about.name, n->profiles[n->design->strata].about.name, p->about.name);
}

static peil_status note_guess(const notes *n, size_t place, const char *weight) {
    const peil_profile *p = &n->profiles[place];
    switch (peil_guess_of(p)) {
        case PEIL_GUESS_STRATA:
            return note_strata(n, p);
        case PEIL_GUESS_CLUSTER:
            return note_cluster(n, p);
        case PEIL_GUESS_FPC:
            return note_size(n, p);
        case PEIL_GUESS_WEIGHT:
            return weight ? PEIL_OK : note_weight(n, p);
        case PEIL_GUESS_NONE:
        case PEIL_GUESS_YEAR:
        case PEIL_GUESS_AREA:
            break;
    }
    return PEIL_OK;
}

peil_status peil_guess_note(const peil_profile *profiles, size_t n, const peil_design_guess *design,
                            const char *weight, peil_language language, peil_report *report,
                            peil_fault *fault) {
    const notes all = {profiles, design, language == PEIL_DUTCH, report, fault};
    for (size_t i = 0; i < n; i++) PEIL_TRY(note_guess(&all, i, weight));
    return PEIL_OK;
}
