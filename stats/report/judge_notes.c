/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the tests of whole questions are, and where there are none. */
#include "report/judge.h"

peil_status peil_note_counts(peil_report *report, peil_language language, const peil_counted *notes,
                             size_t n, size_t all, peil_fault *fault) {
    const bool is_dutch = language == PEIL_DUTCH;
    for (size_t i = 0; i < n; i++)
        if (notes[i].n)
            PEIL_TRY(peil_report_note(report, fault, "%s: %zu %s %zu",
                                      is_dutch ? notes[i].dutch : notes[i].english, notes[i].n,
                                      is_dutch ? "van de" : "of", all));
    return PEIL_OK;
}

void peil_questions_count(peil_questions *questions, const peil_tableau *t,
                          const peil_verdict *verdict) {
    const peil_gap *gap = &verdict->gap;
    questions->n++;
    questions->untested += gap->untested;
    questions->unchosen += !gap->untested && gap->unchosen;
    questions->zero += !gap->untested && gap->zero;
    questions->is_shared = questions->is_shared || t->ncategories > 1;
}

void peil_questions_add(peil_questions *questions, const peil_questions *others) {
    questions->n += others->n;
    questions->untested += others->untested;
    questions->unchosen += others->unchosen;
    questions->zero += others->zero;
    questions->is_shared = questions->is_shared || others->is_shared;
}

peil_status peil_questions_note(const peil_questions *questions, peil_report *report,
                                peil_language language, peil_fault *fault) {
    const peil_counted notes[] = {
        {questions->unchosen, "tests that leave out an answer that nobody in either group gave",
         "toetsen die een antwoord weglaten dat in beide groepen niemand gaf"},
        {questions->zero, "tests that are rough, as nobody in one group gave some answer",
         "toetsen die grof zijn, doordat een antwoord in een van de groepen door niemand is "
         "gegeven"},
        {questions->untested,
         "comparisons without a test (nobody in a group, one answer in all, no spread, or too few "
         "units)",
         "vergelijkingen zonder toets (niemand in een groep, maar \xC3\xA9\xC3\xA9n antwoord, geen "
         "spreiding, of te weinig eenheden)"}};
    if (questions->is_shared)
        PEIL_TRY(peil_report_note(
            report, fault, "%s",
            language == PEIL_DUTCH
                ? "p toetst alle antwoorden op een vraag samen: in al haar rijen staat dezelfde p, "
                  "die als \xC3\xA9\xC3\xA9n toets telt"
                : "p tests all answers to a question together: all of its rows have the same p, "
                  "which counts as one test"));
    return peil_note_counts(report, language, notes, sizeof notes / sizeof *notes, questions->n,
                            fault);
}
