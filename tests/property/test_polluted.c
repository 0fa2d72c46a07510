/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A file that something happened to gives the figures of the clean one, or is refused; never other
 * figures, but where nobody could see it. */
#include "polluted/kinds.h"

#include "support/figures.h"

/* ---- the figures of the clean files ---- */

enum { MEASURES = 3 };

typedef struct figures {
    double estimate[MEASURES][AREAS];
    int n[AREAS];
} figures;

/* mean(cijfer), percent(doet = 1) and mean(inkomen) by area, weighted; sums are whole numbers. */
static figures make_figures(void) {
    figures out = {0};
    long weights[AREAS] = {0}, sums[MEASURES][AREAS] = {{0}};
    for (int i = 0; i < ROWS; i++) {
        const int a = area_of(i);
        out.n[a]++;
        weights[a] += weight_of(i);
        sums[0][a] += (long)weight_of(i) * mark_of(i);
        sums[1][a] += does(i) == 1 ? 100L * weight_of(i) : 0;
        sums[2][a] += (long)weight_of(i) * income_of(i);
    }
    for (int a = 0; a < AREAS; a++) {
        out.estimate[0][a] = (double)sums[0][a] / 10 / (double)weights[a];
        out.estimate[1][a] = (double)sums[1][a] / (double)weights[a];
        out.estimate[2][a] = (double)sums[2][a] / (double)weights[a];
    }
    return out;
}

static int find_area(const char *name) {
    int a = 0;
    while (a < AREAS && strcmp(areas[a], name) != 0) a++;
    return a;
}

static bool is_exact(const peil_report *report) {
    const figures clean = make_figures();
    if (report->nrows != MEASURES * AREAS) return false;
    for (size_t row = 0; row < report->nrows; row++) {
        const size_t m = row / AREAS;
        const int a = find_area(word_of_cell(report, row, "wijk"));
        if (a == AREAS || figure_of(report, row, "n") != clean.n[a]) return false;
        if (!is_near(figure_of(report, row, "estimate"), clean.estimate[m][a], 1e-13)) return false;
    }
    return true;
}

/* ---- the collection ---- */

typedef enum outcome { EXACT, REFUSED, WRONG, OUTCOMES } outcome;

static outcome outcome_of(const char *path, size_t block, peil_fault *fault) {
    const char *const files[] = {path};
    const peil_request request = {
        .files = {1, files},
        .measures = WORDS("mean(cijfer)", "percent(doet = 1)", "mean(inkomen)"),
        .weight = "weging",
        .by = WORDS("wijk"),
        .block_bytes = block};
    peil_report report = {0};
    *fault = (peil_fault){0};
    const peil_status status = peil_run_table(&request, &report, fault);
    const outcome found = status == PEIL_EDATA                     ? REFUSED
                          : status == PEIL_OK && is_exact(&report) ? EXACT
                                                                   : WRONG;
    peil_report_clear(&report);
    return found;
}

static bool is_right(verdict v, outcome found) {
    return v == UNSEEN || (v == HARMLESS ? found == EXACT : found == REFUSED);
}

static outcome try_file(const kind *k, const polluted *p, size_t block) {
    static const char *const outcomes[] = {"exact", "refused", "silently wrong"};
    const scratch file = scratch_make("data.csv", p->text.bytes, p->text.length);
    peil_fault fault;
    const outcome found = outcome_of(file.path, block, &fault);
    HOLDS(is_right(p->verdict, found),
          "%s, %s, variant %zu, block %zu: %s (record %" PRIu64 ", %s)", k->name, p->form->name,
          p->variant, block, outcomes[found], fault.record, fault.message);
    scratch_remove(&file);
    return found;
}

Test(polluted, exact_or_refused) {
    size_t counts[3][OUTCOMES] = {{0}}, files = 0;
    for (const kind *k = kinds; k < kinds + KINDS; k++)
        for (size_t i = 0; i < FORMS * k->variants; i++) {
            static polluted p;
            if (!pollute(k, i / FORMS, &forms[i % FORMS], &p)) continue;
            const outcome found = try_file(k, &p, 0);
            HOLDS(p.text.length > 10000 || try_file(k, &p, 7) == found, "%s: block 7 differs",
                  k->name);
            counts[p.verdict][found]++;
            files++;
            peil_text_clear(&p.text);
        }
    cr_expect_geq(files, 300);
    for (int v = 0; v < 3; v++)
        cr_log_info("%s: %zu exact, %zu refused, %zu wrong\n",
                    (const char *const[]){"harmless", "harmful", "unseen"}[v], counts[v][EXACT],
                    counts[v][REFUSED], counts[v][WRONG]);
}

Test(polluted, clean_files_are_exact) {
    for (size_t f = 0; f < FORMS; f++) {
        static polluted p;
        p = (polluted){.form = &forms[f], .verdict = HARMLESS};
        sheet_make(&forms[f], &p.sheet);
        write_out(&p);
        try_file(&(kind){.name = "clean"}, &p, 0);
        peil_text_clear(&p.text);
    }
}
