/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "verify/sentence.h"

#include <string.h>

enum {
    TOLD_MOST = 8,      /* explanations in a sentence */
    NAMED_MOST = 4,     /* figures before it */
    MANY_NEIGHBOURS = 5 /* of 20 that would be explained as well: it may be chance */
};

static void add_phrase(const peil_change *change, peil_language language, peil_text *out) {
    const char *phrase = change->convention->phrase[language], *place = strstr(phrase, "%s");
    if (!place) {
        peil_text_add(out, phrase);
        return;
    }
    peil_text_add_bytes(out, phrase, (size_t)(place - phrase));
    peil_text_add(out, change->detail ? change->detail : "");
    peil_text_add(out, place + 2);
}

static void add_explanation(const peil_explanation *e, peil_language language, peil_text *out) {
    for (size_t i = 0; i < e->nchanges; i++) {
        if (i) peil_text_add(out, language == PEIL_DUTCH ? " en " : " and ");
        add_phrase(&e->changes[i], language, out);
    }
}

static void add_found(const peil_search *search, peil_language language, peil_text *out) {
    const bool dutch = language == PEIL_DUTCH;
    const size_t told = search->nfound < TOLD_MOST ? search->nfound : TOLD_MOST;
    for (size_t i = 0; i < told; i++) {
        if (i) peil_text_add(out, dutch ? "; of " : "; or ");
        add_explanation(&search->found[i], language, out);
    }
    if (told < search->nfound)
        peil_text_add_format(out, dutch ? "; of op nog %zu manieren" : "; or in %zu more ways",
                             search->nfound - told);
}

/* How much it says that it was found. */
static void add_evidence(const peil_search *search, peil_language language, peil_text *out) {
    const bool dutch = language == PEIL_DUTCH;
    const size_t given = search->situation.nwrong - peil_search_missed(search), others = given - 1;
    size_t of;
    const size_t near = peil_search_neighbours(search, &of);
    peil_text_add_format(out, dutch ? " (%zu varianten geprobeerd" : " (%zu variants tried",
                         search->tried);
    if (peil_search_missed(search))
        peil_text_add_format(
            out,
            dutch ? "; zo ook %zu van de %zu andere van deze indicator die niet exact zijn"
                  : "; so do %zu of the %zu others of this indicator that are not "
                    "exact",
            others, search->situation.nwrong - 1);
    else if (others)
        peil_text_add_format(out,
                             dutch ? "; zo ook de %zu andere van deze indicator die niet exact zijn"
                                   : "; so do the %zu others of this indicator that are not exact",
                             others);
    if (near >= MANY_NEIGHBOURS)
        peil_text_add_format(out,
                             dutch ? "; dit kan toeval zijn: zo zijn ook %zu van de %zu cijfers "
                                     "ernaast te verklaren"
                                   : "; this may be chance: so do %zu of the %zu figures next to "
                                     "it",
                             near, of);
    peil_text_add(out, ")");
}

static void add_nothing(const peil_search *search, peil_language language, peil_text *out) {
    const bool dutch = language == PEIL_DUTCH;
    peil_text_add_format(out,
                         dutch ? "geen van de %zu geprobeerde varianten geeft "
                               : "none of the %zu variants tried gives ",
                         search->tried);
    if (search->situation.nwrong == 1)
        peil_text_add(out, dutch ? "dit cijfer" : "this figure");
    else
        peil_text_add_format(out,
                             dutch ? "alle %zu cijfers van deze indicator die niet exact zijn"
                                   : "all %zu figures of this indicator that are not exact",
                             search->situation.nwrong);
}

/* A slip, perhaps. */
static void add_missed(const peil_search *search, peil_language language, peil_text *out) {
    peil_text_add_format(
        out,
        language == PEIL_DUTCH
            ? "anders dan de %zu andere van deze indicator die niet exact zijn; die komen uit "
            : "unlike the %zu others of this indicator that are not exact, which "
              "come out ",
        search->situation.nwrong - peil_search_missed(search));
    add_found(search, language, out);
}

void peil_sentence_add(const peil_search *search, bool are_missed, peil_language language,
                       peil_text *out) {
    if (are_missed) {
        add_missed(search, language, out);
    } else if (search->nfound) {
        peil_text_add(out, language == PEIL_DUTCH ? "komt uit " : "comes out ");
        add_found(search, language, out);
        add_evidence(search, language, out);
    } else {
        add_nothing(search, language, out);
    }
}

/* ---- in a section ---- */

static void add_name(const peil_published *p, peil_language language, peil_text *out) {
    if (!p->period && p->nkeys == 0)
        peil_text_add(out, language == PEIL_DUTCH ? "totaal " : "total ");
    if (p->period) peil_text_add_format(out, "%s ", p->period);
    for (size_t k = 0; k < p->nkeys; k++)
        peil_text_add_format(out, "%s %s ", p->keys[k].variable, p->keys[k].value);
    peil_text_add_format(out, "(%s)", p->text);
}

/* "2015 (20%), 2017 (21%)", or how many. */
static void add_names(const peil_search *search, bool are_missed, peil_language language,
                      peil_text *out) {
    const size_t missed = peil_search_missed(search);
    const size_t all = are_missed ? missed : search->situation.nwrong - missed;
    size_t n = 0;
    if (all > NAMED_MOST) {
        peil_text_add_format(out, language == PEIL_DUTCH ? "%zu cijfers" : "%zu figures", all);
        return;
    }
    for (size_t i = 0; i < search->nfigures; i++) {
        if (!search->is_wrong[i] || peil_search_misses(search, i) != are_missed) continue;
        if (n++) peil_text_add(out, ", ");
        add_name(&search->figures[i], language, out);
    }
}

peil_status peil_sentence_tell(const peil_search *search, bool are_missed, const char *sentence,
                               size_t row, peil_report *report, peil_fault *fault) {
    size_t s = report->nsections;
    while (s > 1 && report->sections[s - 1].row > row) s--;
    peil_text *tail = &report->sections[s - 1].tail;
    add_names(search, are_missed, report->language, tail);
    peil_text_add_format(tail, ": %s\n", sentence);
    return tail->failed ? peil_fail_memory(fault) : PEIL_OK;
}

const char *peil_sentence_absent(peil_absent why, peil_language language) {
    static const char *const sentences[][2] = {
        [PEIL_ABSENT_CELL] = {"the data do not have this period or group",
                              "de gegevens hebben deze periode of groep niet"},
        [PEIL_ABSENT_ANSWERS] = {"nobody gave a valid answer", "niemand gaf een geldig antwoord"},
        [PEIL_ABSENT_FIGURE] = {"too few respondents gave a valid answer",
                                "te weinig respondenten gaven een geldig antwoord"}};
    return sentences[why][language];
}
