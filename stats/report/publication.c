/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/publication.h"

#include <stdlib.h>
#include <string.h>

#include "core/array.h"
#include "core/text.h"

#define MARGIN_BY_MOST 10 /* 2^n margins */

/* ---- words that live as long as the monitor ---- */

static peil_status keep(peil_monitor *monitor, peil_text *text, const char **out,
                        peil_fault *fault) {
    char *copy = NULL;
    peil_status status = text->failed ? peil_fail_memory(fault) : PEIL_OK;
    if (status == PEIL_OK) status = peil_monitor_own(monitor, &copy, text->length + 1, 1, fault);
    if (status == PEIL_OK) memcpy(copy, text->bytes, text->length);
    peil_text_clear(text);
    *out = copy;
    return status;
}

/* ---- breakdowns ---- */

/* The period goes before the variables of every breakdown. */
typedef struct by_words {
    peil_monitor *monitor;
    const char **words;
    size_t n;
} by_words;

static peil_status add_word(by_words *by, const char *rest, peil_fault *fault) {
    peil_text word = {0};
    if (by->monitor->period) peil_text_add_format(&word, "`%s`", by->monitor->period);
    if (word.length && rest[0]) peil_text_add(&word, ",");
    peil_text_add(&word, rest);
    return keep(by->monitor, &word, &by->words[by->n++], fault);
}

static size_t count_bits(unsigned bits) {
    size_t n = 0;
    for (; bits; bits &= bits - 1) n++;
    return n;
}

static peil_status add_chosen(by_words *by, const peil_names *names, unsigned chosen,
                              peil_fault *fault) {
    peil_text rest = {0};
    for (size_t i = 0; i < names->n; i++)
        if (chosen >> (names->n - 1 - i) & 1)
            peil_text_add_format(&rest, "%s`%s`", rest.length ? "," : "", names->names[i]);
    const peil_status status =
        rest.failed ? peil_fail_memory(fault) : add_word(by, rest.bytes, fault);
    peil_text_clear(&rest);
    return status;
}

/* The margins of a breakdown within the period, larger ones first. */
static peil_status add_margins(by_words *by, const char *word, peil_fault *fault) {
    peil_names names = {0};
    peil_status status = peil_names_split(word, "by", &names, fault);
    if (status == PEIL_OK && names.n > MARGIN_BY_MOST)
        status = peil_fail(fault, PEIL_EUSAGE, "margins take at most %d variables in a breakdown",
                           MARGIN_BY_MOST);
    for (size_t size = names.n; status == PEIL_OK && size-- > 1;)
        for (unsigned chosen = (1u << names.n) - 1; status == PEIL_OK && chosen-- > 1;)
            if (count_bits(chosen) == size) status = add_chosen(by, &names, chosen, fault);
    peil_names_clear(&names);
    return status;
}

/* The total, each breakdown, and its margins behind it. */
static peil_status make_by(peil_monitor *monitor, peil_words breakdowns, peil_request *request,
                           peil_fault *fault) {
    by_words by = {.monitor = monitor};
    const size_t most = 1 + breakdowns.n * (monitor->margins ? 1u << MARGIN_BY_MOST : 1);
    request->total = !monitor->period;
    request->margins = monitor->margins && !monitor->period;
    PEIL_TRY(peil_monitor_own(monitor, &by.words, most, sizeof *by.words, fault));
    if (monitor->period) PEIL_TRY(add_word(&by, "", fault));
    for (size_t i = 0; i < breakdowns.n; i++) {
        PEIL_TRY(add_word(&by, breakdowns.word[i], fault));
        if (monitor->margins && monitor->period)
            PEIL_TRY(add_margins(&by, breakdowns.word[i], fault));
    }
    request->by = (peil_words){by.n, by.words};
    return PEIL_OK;
}

/* ---- requests ---- */

/* Both conditions, where there are two. */
static peil_status join_conditions(peil_monitor *monitor, const char *a, const char *b,
                                   const char **out, peil_fault *fault) {
    peil_text both = {0};
    *out = a ? a : b;
    if (!a || !b) return PEIL_OK;
    peil_text_add_format(&both, "(%s) and (%s)", a, b);
    return keep(monitor, &both, out, fault);
}

/* The year in a file's name is the period, where the file has no such variable. */
peil_request peil_publication_source(const peil_publication *publication, size_t data) {
    const peil_monitor *monitor = publication->monitor;
    const peil_request *base = publication->base;
    peil_request made = monitor->data[data].request;
    made.language = base->language;
    made.hash_inputs = base->hash_inputs;
    made.block_bytes = base->block_bytes;
    made.batch_rows = base->batch_rows;
    made.threads = base->threads;
    made.progress = base->progress;
    made.progress_context = base->progress_context;
    made.level = monitor->compare.level;
    if (!made.period) made.period = monitor->period;
    if (monitor->data[data].is_register) made.lonely_psu = "certainty"; /* nobody was drawn */
    return made;
}

peil_status peil_publication_indicator(const peil_publication *publication, size_t indicator,
                                       peil_request *out, peil_fault *fault) {
    peil_monitor *monitor = publication->monitor;
    const peil_indicator *about = &monitor->indicators[indicator];
    const char **measure = NULL;
    *out = peil_publication_source(publication, about->data);
    PEIL_TRY(peil_monitor_own(monitor, &measure, 1, sizeof *measure, fault));
    *measure = about->measure;
    out->measures = (peil_words){1, measure};
    if (about->weight) out->weight = about->weight;
    PEIL_TRY(join_conditions(monitor, out->where, about->where, &out->where, fault));
    return make_by(monitor, about->has_by ? about->by : monitor->breakdowns, out, fault);
}

/* ---- studies ---- */

static bool is_same_word(const char *a, const char *b) {
    return a && b ? strcmp(a, b) == 0 : a == b;
}

static bool is_same_words(peil_words a, peil_words b) {
    bool is_same = a.n == b.n;
    for (size_t i = 0; is_same && i < a.n; i++) is_same = is_same_word(a.word[i], b.word[i]);
    return is_same;
}

bool peil_publication_is_same_study(const peil_request *a, const peil_request *b) {
    return is_same_word(a->weight, b->weight) && is_same_word(a->where, b->where) &&
           is_same_words(a->missing, b->missing) && is_same_words(a->by, b->by) &&
           a->include_missing == b->include_missing;
}

/* Adds the indicator's measure to the study that has room for it, or makes one. */
static peil_status seat(peil_publication *p, size_t i, peil_fault *fault) {
    const size_t data = p->monitor->indicators[i].data;
    peil_request *requests = p->requests[data], made;
    size_t s = 0;
    PEIL_TRY(peil_publication_indicator(p, i, &made, fault));
    while (s < p->nrequests[data] && !peil_publication_is_same_study(&requests[s], &made)) s++;
    if (s == p->nrequests[data]) {
        const char **words = NULL; /* room for every indicator there may be */
        PEIL_TRY(
            peil_monitor_own(p->monitor, &words, p->monitor->nindicators, sizeof *words, fault));
        requests[p->nrequests[data]++] = made;
        requests[s].measures = (peil_words){0, words};
    }
    peil_words *measures = &requests[s].measures;
    ((const char **)(uintptr_t)measures->word)[measures->n] = made.measures.word[0];
    p->seats[i] = (peil_seat){s, measures->n++};
    return PEIL_OK;
}

peil_status peil_publication_make(peil_publication *p, peil_fault *fault) {
    const peil_monitor *m = p->monitor;
    PEIL_TRY(peil_array_make(&p->seats, m->nindicators, sizeof *p->seats, fault));
    PEIL_TRY(peil_array_make(&p->nrequests, m->ndata, sizeof *p->nrequests, fault));
    PEIL_TRY(peil_array_make(&p->requests, m->ndata, sizeof *p->requests, fault));
    PEIL_TRY(peil_array_make(&p->passes, m->ndata, sizeof *p->passes, fault));
    for (size_t d = 0; d < m->ndata; d++)
        PEIL_TRY(peil_array_make(&p->requests[d], m->nindicators, sizeof **p->requests, fault));
    for (size_t i = 0; i < m->nindicators; i++) PEIL_TRY(seat(p, i, fault));
    return PEIL_OK;
}

/* Data that no indicator uses are not read. */
peil_status peil_publication_read(peil_publication *p, peil_report *report, peil_fault *fault) {
    for (size_t d = 0; d < p->monitor->ndata; d++)
        if (p->nrequests[d])
            PEIL_TRY(peil_pass_run(p->requests[d], p->nrequests[d], &p->passes[d], report, fault));
    return PEIL_OK;
}

void peil_publication_clear(peil_publication *p) {
    for (size_t d = 0; d < p->monitor->ndata; d++) {
        if (p->passes) peil_pass_clear(&p->passes[d]);
        if (p->requests) free(p->requests[d]);
    }
    free(p->passes);
    free(p->requests);
    free(p->nrequests);
    free(p->seats);
    *p = (peil_publication){0};
}
