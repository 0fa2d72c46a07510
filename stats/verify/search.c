/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "verify/search.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "core/array.h"

enum { GIVEN_FOR_A_MISS = 8 };

/* A trial with what is changed beside it. */
typedef struct candidate {
    size_t trial;
    size_t nlooks;
    const peil_change *looks[2];
    const peil_change *rounding; /* NULL: halves away from 0 */
} candidate;

/* ---- trials ---- */

static peil_status list_changes(const peil_situation *s, peil_aspect first, peil_aspect last,
                                peil_changes_list *out, peil_fault *fault) {
    for (const peil_convention *const *c = peil_conventions; *c; c++)
        if ((*c)->aspect >= first && (*c)->aspect <= last) PEIL_TRY((*c)->list(s, *c, out, fault));
    return PEIL_OK;
}

/* A change that makes nothing of the language is none. */
static peil_status apply(const peil_situation *s, peil_trial *trial, const peil_change *change,
                         bool *is_possible, peil_fault *fault) {
    peil_fault found = {0};
    const peil_status status = change->convention->apply(s, change, &trial->draft, &found);
    trial->changes[trial->nchanges++] = *change;
    if (status == PEIL_ESYSTEM && fault) *fault = found;
    *is_possible = *is_possible && status == PEIL_OK;
    return status == PEIL_ESYSTEM ? status : PEIL_OK;
}

/* A trial that is not possible keeps its place, without a measure. */
static peil_status add_trial(const peil_search *search, peil_words by, const peil_change *a,
                             const peil_change *b, peil_trials *trials, peil_fault *fault) {
    const peil_situation *s = &search->situation;
    peil_trial made = {.indicator = s->indicator, .draft = *s->draft, .by = by};
    bool is_possible = true;
    if (a) PEIL_TRY(apply(s, &made, a, &is_possible, fault));
    if (b && is_possible) PEIL_TRY(apply(s, &made, b, &is_possible, fault));
    if (!is_possible) made.draft.measure = NULL;
    return peil_trials_add(trials, &made, fault);
}

peil_status peil_search_begin(peil_search *search, peil_words by, peil_trials *trials,
                              peil_fault *fault) {
    PEIL_TRY(list_changes(&search->situation, 0, PEIL_ASPECT_CELL - 1, &search->asked, fault));
    PEIL_TRY(
        peil_array_make(&search->is_missed, search->nfigures, sizeof *search->is_missed, fault));
    search->first = trials->n;
    PEIL_TRY(add_trial(search, by, NULL, NULL, trials, fault));
    for (size_t i = 0; i < search->asked.n; i++)
        PEIL_TRY(add_trial(search, by, &search->asked.list[i], NULL, trials, fault));
    return PEIL_OK;
}

/* What the data refuse alone they refuse in a pair. */
static bool is_computed(const peil_search *search, const peil_trials *trials, size_t asked) {
    return trials->list[search->first + 1 + asked].study != NULL;
}

peil_status peil_search_add_pairs(peil_search *search, peil_trials *trials, peil_fault *fault) {
    const peil_changes_list *asked = &search->asked;
    search->first_pair = trials->n;
    for (size_t i = 0; i < asked->n; i++)
        for (size_t k = i + 1; k < asked->n; k++) {
            const peil_words by = trials->list[search->first].by;
            if (asked->list[i].convention->aspect == asked->list[k].convention->aspect) continue;
            if (!is_computed(search, trials, i) || !is_computed(search, trials, k)) continue;
            PEIL_TRY(add_trial(search, by, &asked->list[i], &asked->list[k], trials, fault));
        }
    search->npairs = trials->n - search->first_pair;
    return PEIL_OK;
}

/* ---- one candidate ---- */

/* The figure that a candidate has for a published one; false where it changes nothing of it. */
static peil_status compute(const peil_search *search, const candidate *c, peil_trials *trials,
                           const peil_published *figure, double *value, peil_fault *fault) {
    const peil_situation *s = &search->situation;
    peil_published p = *figure;
    *value = (double)NAN;
    for (size_t i = 0; i < c->nlooks; i++)
        if (!c->looks[i]->convention->look(s, c->looks[i], &p)) return PEIL_OK;
    return peil_trial_value(s->monitor, &trials->list[c->trial], &p, value, fault);
}

static bool rounds(const peil_convention *rounding, const peil_statement *published, double x) {
    return rounding ? rounding->rounds(published, x) : peil_rounds_away(published, x);
}

static const peil_convention *rounding_of(const candidate *c) {
    return c->rounding ? c->rounding->convention : NULL;
}

static peil_status remember(peil_search *search, const candidate *c, double value,
                            peil_fault *fault) {
    if (search->situation.nwrong != 1) return PEIL_OK;
    PEIL_TRY(peil_array_reserve(&search->values, &search->tried_capacity, search->ntried + 1,
                                sizeof *search->values, fault));
    search->values[search->ntried++] = (peil_tried){value, rounding_of(c)};
    return PEIL_OK;
}

/* Marks the wrong figures that it does not give; stops when these are too many. */
static peil_status find_misses(peil_search *search, const candidate *c, peil_trials *trials,
                               bool *is_missed, size_t *misses, peil_fault *fault) {
    bool is_first = search->may_miss == 0; /* else it has been tried before */
    *misses = 0;
    for (size_t i = 0; *misses <= search->may_miss && i < search->nfigures; i++) {
        double value;
        if (!search->is_wrong[i]) continue;
        PEIL_TRY(compute(search, c, trials, &search->figures[i], &value, fault));
        if (is_first && !isnan(value)) {
            search->tried++;
            PEIL_TRY(remember(search, c, value, fault));
        }
        is_first = false;
        is_missed[i] =
            isnan(value) || !rounds(rounding_of(c), &search->figures[i].statement, value);
        *misses += is_missed[i];
    }
    return PEIL_OK;
}

static peil_status count_exact(const peil_search *search, const candidate *c, peil_trials *trials,
                               size_t *n, peil_fault *fault) {
    *n = 0;
    for (size_t i = 0; i < search->nfigures; i++) {
        double value;
        if (!search->is_exact[i]) continue;
        PEIL_TRY(compute(search, c, trials, &search->figures[i], &value, fault));
        *n += !isnan(value) && rounds(rounding_of(c), &search->figures[i].statement, value);
    }
    return PEIL_OK;
}

/* Behind those that agree with as many exact figures. */
static peil_status insert(peil_search *search, const peil_explanation *added, peil_fault *fault) {
    PEIL_TRY(peil_array_reserve(&search->found, &search->found_capacity, search->nfound + 1,
                                sizeof *search->found, fault));
    size_t at = search->nfound++;
    for (; at > 0 && search->found[at - 1].agrees < added->agrees; at--)
        search->found[at] = search->found[at - 1];
    search->found[at] = *added;
    return PEIL_OK;
}

static peil_status keep(peil_search *search, const candidate *c, size_t misses, peil_trials *trials,
                        peil_fault *fault) {
    const peil_trial *trial = &trials->list[c->trial];
    peil_explanation e = {.nchanges = trial->nchanges, .misses = misses};
    memcpy(e.changes, trial->changes, sizeof e.changes);
    for (size_t i = 0; i < c->nlooks; i++) e.changes[e.nchanges++] = *c->looks[i];
    if (c->rounding) e.changes[e.nchanges++] = *c->rounding;
    PEIL_TRY(count_exact(search, c, trials, &e.agrees, fault));
    return insert(search, &e, fault);
}

/* One that misses fewer figures takes the place of those before; of those that miss as many others,
 * the first stays. */
static peil_status try_candidate(peil_search *search, const candidate *c, peil_trials *trials,
                                 peil_fault *fault) {
    const size_t bytes = search->nfigures * sizeof *search->is_missed;
    const size_t most = search->nfound ? search->found[0].misses : search->may_miss;
    bool *is_missed = NULL;
    size_t misses;
    PEIL_TRY(peil_array_make(&is_missed, search->nfigures, sizeof *is_missed, fault));
    peil_status status = find_misses(search, c, trials, is_missed, &misses, fault);
    if (status == PEIL_OK && misses < most) search->nfound = 0;
    const bool is_same = search->nfound == 0 || !memcmp(search->is_missed, is_missed, bytes);
    if (status == PEIL_OK && misses <= most && is_same) {
        memcpy(search->is_missed, is_missed, bytes);
        status = keep(search, c, misses, trials, fault);
    }
    free(is_missed);
    return status;
}

/* ---- all candidates ---- */

static peil_status try_rounded(peil_search *search, candidate c, peil_trials *trials,
                               peil_fault *fault) {
    for (size_t i = 0; i < search->rounds.n; i++) {
        c.rounding = &search->rounds.list[i];
        PEIL_TRY(try_candidate(search, &c, trials, fault));
    }
    return PEIL_OK;
}

static peil_status try_looks(peil_search *search, size_t trial, peil_trials *trials,
                             peil_fault *fault) {
    for (size_t i = 0; i < search->looks.n; i++) {
        const candidate c = {.trial = trial, .nlooks = 1, .looks = {&search->looks.list[i]}};
        PEIL_TRY(try_candidate(search, &c, trials, fault));
    }
    return PEIL_OK;
}

static peil_status try_singles(peil_search *search, peil_trials *trials, peil_fault *fault) {
    for (size_t i = 0; i < search->asked.n; i++)
        PEIL_TRY(
            try_candidate(search, &(candidate){.trial = search->first + 1 + i}, trials, fault));
    PEIL_TRY(try_looks(search, search->first, trials, fault));
    return try_rounded(search, (candidate){.trial = search->first}, trials, fault);
}

peil_status peil_search_singles(peil_search *search, peil_trials *trials, peil_fault *fault) {
    const peil_situation *s = &search->situation;
    PEIL_TRY(list_changes(s, PEIL_ASPECT_CELL, PEIL_ASPECT_ROUNDING - 1, &search->looks, fault));
    PEIL_TRY(list_changes(s, PEIL_ASPECT_ROUNDING, PEIL_ASPECT_ROUNDING, &search->rounds, fault));
    return try_singles(search, trials, fault);
}

peil_status peil_search_most(peil_search *search, peil_trials *trials, peil_fault *fault) {
    search->may_miss = search->situation.nwrong / (GIVEN_FOR_A_MISS + 1);
    return search->may_miss ? try_singles(search, trials, fault) : PEIL_OK;
}

/* Another period and another group, or one of them rounded otherwise. */
static peil_status try_pairs_of_looks(peil_search *search, peil_trials *trials, peil_fault *fault) {
    const peil_change *looks = search->looks.list;
    for (size_t i = 0; i < search->looks.n; i++) {
        candidate c = {.trial = search->first, .nlooks = 1, .looks = {&looks[i]}};
        PEIL_TRY(try_rounded(search, c, trials, fault));
        c.nlooks = 2;
        for (size_t k = i + 1; k < search->looks.n; k++) {
            if (looks[i].convention->aspect == looks[k].convention->aspect) continue;
            c.looks[1] = &looks[k];
            PEIL_TRY(try_candidate(search, &c, trials, fault));
        }
    }
    return PEIL_OK;
}

peil_status peil_search_pairs(peil_search *search, peil_trials *trials, peil_fault *fault) {
    for (size_t i = 0; i < search->npairs; i++)
        PEIL_TRY(
            try_candidate(search, &(candidate){.trial = search->first_pair + i}, trials, fault));
    for (size_t i = 0; i < search->asked.n; i++) {
        const candidate c = {.trial = search->first + 1 + i};
        PEIL_TRY(try_rounded(search, c, trials, fault));
        PEIL_TRY(try_looks(search, c.trial, trials, fault));
    }
    return try_pairs_of_looks(search, trials, fault);
}

size_t peil_search_missed(const peil_search *search) {
    return search->nfound ? search->found[0].misses : 0;
}

bool peil_search_misses(const peil_search *search, size_t figure) {
    return search->nfound && search->is_missed[figure];
}

/* ---- chance ---- */

static const peil_published *single(const peil_search *search) {
    for (size_t i = 0; i < search->nfigures; i++)
        if (search->is_wrong[i]) return &search->figures[i];
    return NULL;
}

static bool is_explained(const peil_search *search, const peil_statement *published) {
    for (size_t i = 0; i < search->ntried; i++)
        if (rounds(search->values[i].rounding, published, search->values[i].value)) return true;
    return false;
}

size_t peil_search_neighbours(const peil_search *search, size_t *of) {
    size_t n = 0;
    *of = 0;
    if (search->situation.nwrong != 1) return 0;
    for (int64_t away = -10; away <= 10; away++) {
        peil_statement near = single(search)->statement;
        const peil_decimal step =
            peil_decimal_of((double)peil_decimal_real((peil_decimal){away, near.decimals}));
        if (away == 0 || !peil_decimal_add(near.value, step, &near.value)) continue;
        ++*of;
        n += is_explained(search, &near);
    }
    return n;
}

void peil_search_clear(peil_search *search) {
    free(search->is_missed);
    free(search->asked.list);
    free(search->looks.list);
    free(search->rounds.list);
    free(search->values);
    free(search->found);
    *search = (peil_search){0};
}
