/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Corrections for multiple comparisons over a whole publication: 20 questions in 340 municipalities
 * x 2 years, where nothing changed, and where one municipality in ten did. What is significant by
 * chance is what theory says: of single tests 5 percent; by Holm (1979) in 5 percent of
 * publications anything; by Benjamini and Hochberg (1995) 5 percent, times the share where nothing
 * changed, of all that is declared. Bounds leave four standard deviations of chance. */
#include "core/rng.h"
#include "support/figures.h"

enum { AREAS = 340, CHANGED = 34, QUESTIONS = 20, TESTS = AREAS * QUESTIONS, PERSONS = 60 };
enum { PUBLICATIONS = 8 };

#define MARKS(i) "mean(q" #i ")", "mean(q1" #i ")"
static const peil_words measures = WORDS(MARKS(0), MARKS(1), MARKS(2), MARKS(3), MARKS(4), MARKS(5),
                                         MARKS(6), MARKS(7), MARKS(8), MARKS(9));

static void add_person(peil_rng *rng, unsigned area, unsigned year, unsigned change,
                       peil_text *out) {
    peil_text_add_format(out, "%u,%u,%u", area, year, 1 + (unsigned)peil_rng_below(rng, 2));
    for (size_t q = 0; q < QUESTIONS; q++)
        peil_text_add_format(out, ",%u", change + 1 + (unsigned)peil_rng_below(rng, 10));
    peil_text_add(out, "\n");
}

/* Marks of 1 to 10; in the second year 2 more in so many municipalities. */
static peil_text make_data(unsigned seed, unsigned changed) {
    peil_text out = {0};
    peil_text_add(&out, "area,year,w");
    for (unsigned q = 0; q < QUESTIONS; q++)
        peil_text_add_format(&out, q < 10 ? ",q%u" : ",q1%u", q % 10);
    peil_text_add(&out, "\n");
    for (unsigned area = 0; area < AREAS; area++)
        for (unsigned year = 0; year < 2; year++) {
            peil_rng rng = peil_rng_make(seed, area, year);
            for (size_t i = 0; i < PERSONS; i++)
                add_person(&rng, area, year, year && area < changed ? 2 : 0, &out);
        }
    return out;
}

typedef struct findings {
    size_t by_chance, all; /* declared significant: where nothing changed, and anywhere */
} findings;

static findings find(const peil_text *data, const char *adjust, unsigned changed) {
    const peil_request request = {.measures = measures,
                                  .by = WORDS("area"),
                                  .over = "year",
                                  .weight = "w",
                                  .strata = WORDS("year,area"),
                                  .adjust = adjust};
    peil_report report = report_on(peil_run_compare, request, data->bytes);
    findings found = {0, 0};
    cr_assert_eq(report.nrows, TESTS);
    for (size_t row = 0; row < report.nrows; row++) {
        const bool declared = figure_of(&report, row, "significant") > 0;
        const unsigned area = (unsigned)atoi(word_of_cell(&report, row, "area"));
        found.all += declared;
        found.by_chance += declared && area >= changed;
    }
    peil_report_clear(&report);
    return found;
}

Test(null, where_nothing_changed) {
    size_t single = 0, holm = 0, bh = 0;
    for (unsigned seed = 1; seed <= PUBLICATIONS; seed++) {
        peil_text data = make_data(seed, 0);
        single += find(&data, "none", 0).all;
        holm += find(&data, "holm", 0).all > 0;
        bh += find(&data, "bh", 0).all > 0;
        peil_text_clear(&data);
    }
    const double share = (double)single / (PUBLICATIONS * TESTS);
    cr_expect(share > 0.0463 && share < 0.0537, "single tests: %g", share);
    cr_expect_leq(holm, 3, "holm: %zu of %d publications", holm, PUBLICATIONS);
    cr_expect_leq(bh, 3, "bh: %zu of %d publications", bh, PUBLICATIONS);
}

Test(null, where_some_changed) {
    double wrong = 0;
    size_t holm = 0;
    for (unsigned seed = 101; seed <= 100 + PUBLICATIONS; seed++) {
        peil_text data = make_data(seed, CHANGED);
        const findings bh = find(&data, "bh", CHANGED), strict = find(&data, "holm", CHANGED);
        wrong += (double)bh.by_chance / (double)bh.all / PUBLICATIONS;
        holm += strict.by_chance > 0;
        cr_expect_gt(bh.all, strict.all);
        cr_expect_gt(strict.all, CHANGED * QUESTIONS / 10, "holm found %zu", strict.all);
        peil_text_clear(&data);
    }
    const double wanted = 0.05 * (AREAS - CHANGED) / AREAS;
    cr_expect(fabs(wrong - wanted) < 0.013, "bh: %g of what is declared, not %g", wrong, wanted);
    cr_expect_leq(holm, 3, "holm: %zu of %d publications", holm, PUBLICATIONS);
}
