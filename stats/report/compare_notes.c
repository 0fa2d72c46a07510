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

/* A note on some of all, in both languages; nothing when there are none. */
typedef struct counted {
    size_t n;
    const char *english, *dutch;
} counted;

static peil_status note_counts(const peil_comparison *c, const counted *notes, size_t n, size_t all,
                               peil_fault *fault) {
    for (size_t i = 0; i < n; i++)
        if (notes[i].n)
            PEIL_TRY(peil_report_note(c->report, fault, "%s: %zu %s %zu",
                                      is_dutch(c) ? notes[i].dutch : notes[i].english, notes[i].n,
                                      is_dutch(c) ? "van de" : "of", all));
    return PEIL_OK;
}

static peil_status note_questions(const peil_comparison *c, peil_fault *fault) {
    const counted notes[] = {
        {c->unchosen, "tests that leave out an answer that nobody in either group gave",
         "toetsen die een antwoord weglaten dat in beide groepen niemand gaf"},
        {c->zero, "tests that are rough, as nobody in one group gave some answer",
         "toetsen die grof zijn, doordat in een van de groepen niemand een antwoord gaf"},
        {c->untested,
         "comparisons without a test (nobody in a group, one answer in all, no spread, or too few "
         "units)",
         "vergelijkingen zonder toets (niemand in een groep, maar \xC3\xA9\xC3\xA9n antwoord, geen "
         "spreiding, of te weinig eenheden)"}};
    if (c->is_shared)
        PEIL_TRY(peil_report_note(
            c->report, fault, "%s",
            is_dutch(c) ? "p toetst alle antwoorden op een vraag samen: in al haar rijen staat "
                          "dezelfde p, die als \xC3\xA9\xC3\xA9n toets telt"
                        : "p tests all answers to a question together: all of its rows have the "
                          "same p, which counts as one test"));
    return note_counts(c, notes, sizeof notes / sizeof *notes, c->ntests, fault);
}

static peil_status note_trends(const peil_comparison *c, peil_fault *fault) {
    const counted notes[] = {
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
        : is_dutch(c)         ? "; quadratic en cubic: de co\xC3\xAB"
                                "ffici\xC3\xABnt van het kwadraat en de "
                                "derde macht van de tijd, die van 0 tot 1 loopt"
                      : "; quadratic and cubic: the coefficient of the square and the cube of the "
                        "time, which goes from 0 to 1"));
    return note_counts(c, notes, sizeof notes / sizeof *notes, c->report->nrows, fault);
}

static peil_status note_adjustment(const peil_comparison *c, peil_fault *fault) {
    size_t tests = 0;
    for (size_t i = 0; i < c->ntests; i++)
        if (!isnan(c->p[i])) tests++;
    return peil_report_note(
        c->report, fault,
        is_dutch(c) ? "p is gecorrigeerd (%s) voor %zu toetsen en bepaalt wat significant is; de "
                      "intervallen zijn niet gecorrigeerd"
                    : "p is adjusted (%s) for %zu tests and decides what is significant; the "
                      "intervals are not adjusted",
        c->adjustment->name, tests);
}

static peil_status note_replicates(const peil_comparison *c, peil_fault *fault) {
    const counted note = {
        c->lacking,
        "differences that do not exist in every replicate, whose standard errors leave these out",
        "verschillen die niet in elk replicaat bestaan, en waarvan de standaardfout die weglaat"};
    return note_counts(c, &note, 1, c->report->nrows, fault);
}

/* The interval of the difference may leave 0 out where those of the figures overlap. */
static peil_status note_overlap(const peil_comparison *c, peil_fault *fault) {
    return peil_report_note(
        c->report, fault,
        is_dutch(c) ? "significant naar de regel %s: of de intervallen van de twee cijfers elkaar "
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
        return peil_report_note(c->report, fault,
                                is_dutch(c) ? "%s heeft te weinig waarden om te vergelijken"
                                            : "%s has too few values to compare",
                                c->study->request->over);
    if (c->hidden) PEIL_TRY(note_hidden(c, fault));
    if (c->trend) PEIL_TRY(note_trends(c, fault));
    if (c->rule->basis == PEIL_BASIS_TABLE) PEIL_TRY(note_questions(c, fault));
    if (c->rule->basis == PEIL_BASIS_INTERVALS) PEIL_TRY(note_overlap(c, fault));
    if (strcmp(c->adjustment->name, "none") != 0) PEIL_TRY(note_adjustment(c, fault));
    PEIL_TRY(peil_standard_note_lacking(c->study->request->language, c->lacking_class, c->report,
                                        fault));
    return note_replicates(c, fault);
}
