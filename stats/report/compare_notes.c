/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the tests of a run are, and where there are none. */
#include <inttypes.h>
#include <math.h>
#include <string.h>

#include "report/compare.h"
#include "report/standard.h"

static bool is_dutch(const peil_comparison *c) {
    return c->study->request->language == PEIL_DUTCH;
}

static peil_status note_trends(const peil_comparison *c, peil_fault *fault) {
    const peil_counted notes[] = {
        {c->partial_trends, "trends without the figures of some values, where nobody answered",
         "trends zonder de cijfers van sommige waarden, waar niemand antwoordde"},
        {c->short_trends, "rows with too few figures for their trend",
         "rijen met te weinig cijfers voor hun trend"}};
    PEIL_TRY(peil_report_note(
        c->report, fault,
        is_dutch(c) ? "het verschil is de verandering van de eerste tot de laatste waarde van %s "
                      "langs de rechte lijn door alle cijfers%s"
                    : "the difference is the change from the first value of %s to the last along "
                      "the straight line through all figures%s",
        c->study->request->over,
        c->trend->degree == 1 ? ""
        : is_dutch(c)         ? "; kwadratisch en kubisch: de co\xC3\xAB"
                                "ffici\xC3\xABnt van het kwadraat en de "
                                "derde macht van de tijd, die van 0 tot 1 loopt"
                      : "; quadratic and cubic: the coefficient of the square and the cube of the "
                        "time, which goes from 0 to 1"));
    return peil_note_counts(c->report, c->study->request->language, notes,
                            sizeof notes / sizeof *notes, c->report->nrows, fault);
}

static peil_status note_adjustment(const peil_comparison *c, peil_fault *fault) {
    size_t tests = 0;
    for (size_t i = 0; i < c->ntests; i++)
        if (!isnan(c->p[i])) tests++;
    return peil_report_note(
        c->report, fault,
        is_dutch(c) ? "p is gecorrigeerd (%s) voor %zu toets%s en bepaalt wat significant is; de "
                      "intervallen zijn niet gecorrigeerd"
                    : "p is adjusted (%s) for %zu test%s and decides what is significant; the "
                      "intervals are not adjusted",
        c->adjustment->name, tests,
        tests == 1    ? ""
        : is_dutch(c) ? "en"
                      : "s");
}

static peil_status note_replicates(const peil_comparison *c, peil_fault *fault) {
    const peil_counted note = {
        c->lacking,
        "differences that do not exist in every replicate, whose standard errors leave these out",
        "verschillen die niet in elk replicaat bestaan, en waarvan de standaardfout die weglaat"};
    return peil_note_counts(c->report, c->study->request->language, &note, 1, c->report->nrows,
                            fault);
}

/* The interval of the difference may leave 0 out where those of the figures overlap. */
static peil_status note_overlap(const peil_comparison *c, peil_fault *fault) {
    return peil_report_note(
        c->report, fault,
        is_dutch(c)
            ? "significant volgens de regel %s: of de intervallen van de twee cijfers elkaar "
              "niet raken; het interval in de rij is dat van hun verschil"
            : "significant by the rule %s: whether the intervals of the two figures do not "
              "overlap; the interval in the row is that of their difference",
        c->rule->name);
}

static peil_status note_hidden(const peil_comparison *c, peil_fault *fault) {
    return peil_report_note(c->report, fault,
                            is_dutch(c) ? "rijen zonder cijfers, met minder dan %" PRIu64
                                          " antwoorden aan een kant: %zu"
                                        : "rows without figures, with fewer than %" PRIu64
                                          " answers on either side: %zu",
                            c->study->min_n, c->hidden);
}

peil_status peil_compare_notes(const peil_comparison *c, peil_fault *fault) {
    if (c->report->nrows == 0)
        return peil_report_note(
            c->report, fault,
            is_dutch(c)
                ? "niets te vergelijken: %s heeft te weinig waarden, of niemand gaf antwoord"
                : "nothing to compare: %s has too few values, or nobody gave an answer",
            c->study->request->over);
    PEIL_TRY(peil_compare_note_order(c, fault));
    if (c->hidden) PEIL_TRY(note_hidden(c, fault));
    if (c->trend) PEIL_TRY(note_trends(c, fault));
    if (c->rule->basis == PEIL_BASIS_INTERVALS) PEIL_TRY(note_overlap(c, fault));
    PEIL_TRY(peil_questions_note(&c->questions, c->report, c->study->request->language, fault));
    if (strcmp(c->adjustment->name, "none") != 0) PEIL_TRY(note_adjustment(c, fault));
    PEIL_TRY(peil_standard_note_lacking(c->study->request->language, c->lacking_class, c->report,
                                        fault));
    return note_replicates(c, fault);
}
