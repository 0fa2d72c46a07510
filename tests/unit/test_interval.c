/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The interval methods against R's survey package and against their formulas in R, and the rules
 * that hold for all of them. */
#include "infer/interval.h"

#include <float.h>

#include "expected.h"

/* Bounds of a figure as the tables name methods: "mean" is for figures that are no share. */
static peil_bounds bounds_by(const char *name, peil_figure figure, double level) {
    if (strcmp(name, "mean") == 0) return peil_interval_mean(figure, level);
    const peil_interval *method = peil_interval_find(name);
    cr_assert(method, "no method %s", name);
    return peil_interval_proportion(method, figure, level);
}

/* Relative difference of a bound. The low bound of wilson as R writes it, and of wald by nature, is
 * the difference of two larger numbers, none smaller than half the high bound: there, what is
 * within the rounding of these is the same. Below the normal doubles R says 2^-1024 for 0. */
static double bound_difference(const char *name, double actual, double wanted, double high) {
    if (wanted < DBL_MIN && wanted > 0) wanted = 0;
    const bool is_subtracted = strcmp(name, "wilson") == 0 || strcmp(name, "wald") == 0;
    if (is_subtracted && fabs(actual - wanted) <= 4 * DBL_EPSILON * fabs(high)) return 0;
    return relative_difference(actual, wanted);
}

Test(interval, as_r) {
    expected table = expected_open("intervals.csv");
    double worst = 0;
    while (expected_next(&table, 9)) {
        const char *name = table.cell[0];
        const peil_figure figure = {.value = expected_number(&table, 2),
                                    .se = expected_number(&table, 3),
                                    .n = expected_number(&table, 4),
                                    .df = expected_number(&table, 5)};
        const peil_bounds bounds = bounds_by(name, figure, expected_number(&table, 6));
        const double low = expected_number(&table, 7), high = expected_number(&table, 8);
        const double difference = fmax(bound_difference(name, bounds.low, low, high),
                                       bound_difference(name, bounds.high, high, high));
        cr_expect(difference < 1e-12, "row %zu, %s: [%.17g, %.17g], not [%.17g, %.17g] (%.2g)",
                  table.row, name, bounds.low, bounds.high, low, high, difference);
        worst = fmax(worst, difference);
    }
    cr_assert_gt(table.row, 800);
    cr_log_info("worst: %.2g", worst);
}

static size_t reference_cases(const char *name) {
    expected table = expected_open("intervals.csv");
    size_t n = 0;
    while (expected_next(&table, 9)) n += strcmp(table.cell[0], name) == 0;
    return n;
}

Test(interval, every_row_has_reference_cases) {
    for (size_t i = 0; peil_intervals[i]; i++) {
        cr_expect_gt(reference_cases(peil_intervals[i]->name), 50, "%s", peil_intervals[i]->name);
        cr_expect(peil_intervals[i]->help && *peil_intervals[i]->help);
    }
}

Test(interval, find) {
    cr_expect_str_eq(peil_intervals[0]->name, "logit");
    for (size_t i = 0; peil_intervals[i]; i++)
        cr_expect_eq(peil_interval_find(peil_intervals[i]->name), peil_intervals[i]);
    cr_expect_null(peil_interval_find("kg_nchs"));
    cr_expect_null(peil_interval_find(""));
    cr_expect_null(peil_interval_find("Logit"));
}

Test(interval, no_interval) {
    static const struct {
        const char *why;
        peil_figure figure;
        double level;
    } cases[] = {
        {"df 0", {0.3, 0.1, 20, 0}, 0.95},           {"df 0 at the boundary", {0, 0, 20, 0}, 0.95},
        {"df negative", {0.3, 0.1, 20, -1}, 0.95},   {"df missing", {0.3, 0.1, 20, NAN}, 0.95},
        {"value missing", {NAN, 0.1, 20, 19}, 0.95}, {"se missing", {0.3, NAN, 20, 19}, 0.95},
        {"se negative", {0.3, -0.1, 20, 19}, 0.95},  {"se infinite", {0.3, INFINITY, 20, 19}, 0.95},
        {"level 0", {0.3, 0.1, 20, 19}, 0},          {"level 1", {0.3, 0.1, 20, 19}, 1},
        {"level missing", {0.3, 0.1, 20, 19}, NAN},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        for (size_t j = 0; peil_intervals[j]; j++) {
            const peil_bounds bounds =
                peil_interval_proportion(peil_intervals[j], cases[i].figure, cases[i].level);
            cr_expect(isnan(bounds.low) && isnan(bounds.high), "%s, %s", peil_intervals[j]->name,
                      cases[i].why);
        }
        const peil_bounds bounds = peil_interval_mean(cases[i].figure, cases[i].level);
        cr_expect(isnan(bounds.low) && isnan(bounds.high), "mean, %s", cases[i].why);
    }
}

/* Where every stratum of a later stage is lonely, `average` has no strata to take a mean of. */
Test(interval, boundary_needs_no_se) {
    for (size_t j = 0; peil_intervals[j]; j++) {
        const peil_figure none = {0, NAN, 20, 19}, known = {0, 0, 20, 19};
        const peil_bounds bounds = peil_interval_proportion(peil_intervals[j], none, 0.95);
        cr_expect_eq(bounds.low, 0);
        cr_expect_eq(bounds.high, peil_interval_proportion(peil_intervals[j], known, 0.95).high);
    }
}

Test(interval, outside_0_to_1_is_no_share) {
    for (size_t j = 0; peil_intervals[j]; j++) {
        const peil_figure below = {-0.01, 0.1, 20, 19}, above = {1.01, 0.1, 20, 19};
        cr_expect(isnan(peil_interval_proportion(peil_intervals[j], below, 0.95).low));
        cr_expect(isnan(peil_interval_proportion(peil_intervals[j], above, 0.95).high));
    }
}

Test(interval, nobody_and_everybody) {
    for (size_t j = 0; peil_intervals[j]; j++) {
        const peil_figure nobody = {.value = 0, .se = 0, .n = 30, .df = 12};
        const peil_figure everybody = {.value = 1, .se = 0, .n = 30, .df = 12};
        const peil_bounds none = peil_interval_proportion(peil_intervals[j], nobody, 0.95);
        const peil_bounds all = peil_interval_proportion(peil_intervals[j], everybody, 0.95);
        cr_expect_eq(none.low, 0);
        cr_expect_float_eq(none.high, 0.11570330832, 1e-10);
        cr_expect_eq(all.high, 1);
        cr_expect_float_eq(all.low, 1 - none.high, 1e-15);
        const peil_figure empty = {.value = 0, .se = 0, .n = 0, .df = 12};
        cr_expect(isnan(peil_interval_proportion(peil_intervals[j], empty, 0.95).high));
    }
}

Test(interval, se_of_0_is_the_value_twice) {
    const peil_figure figure = {.value = 0.3, .se = 0, .n = 30, .df = 12};
    for (size_t j = 0; peil_intervals[j]; j++) {
        const peil_bounds bounds = peil_interval_proportion(peil_intervals[j], figure, 0.95);
        cr_expect(bounds.low == 0.3 && bounds.high == 0.3, "%s", peil_intervals[j]->name);
    }
    const peil_bounds bounds = peil_interval_mean(figure, 0.95);
    cr_expect(bounds.low == 0.3 && bounds.high == 0.3);
}

/* One respondent has no t on n - 1 df; methods that do not look at n do not mind. */
Test(interval, one_respondent) {
    static const char *const by_n[] = {"beta", "kg-nchs", "jeffreys"};
    static const char *const not_by_n[] = {"logit", "wald", "wilson", "arcsine"};
    static const double n[] = {1, 0.5, 0, NAN};
    for (size_t i = 0; i < sizeof n / sizeof n[0]; i++) {
        const peil_figure figure = {.value = 0.4, .se = 0.1, .n = n[i], .df = 3};
        for (size_t j = 0; j < 3; j++) {
            const peil_bounds bounds = bounds_by(by_n[j], figure, 0.95);
            cr_expect(isnan(bounds.low) && isnan(bounds.high), "%s, n %g", by_n[j], n[i]);
        }
        for (size_t j = 0; j < 4; j++)
            cr_expect(isfinite(bounds_by(not_by_n[j], figure, 0.95).low), "%s", not_by_n[j]);
    }
}

static void check_sound(const peil_interval *method, peil_figure figure) {
    const peil_bounds bounds = peil_interval_proportion(method, figure, 0.95);
    const peil_bounds wider = peil_interval_proportion(method, figure, 0.99);
    const char *name = method->name;
    cr_expect(bounds.low <= figure.value && figure.value <= bounds.high, "%s: %g not in [%g, %g]",
              name, figure.value, bounds.low, bounds.high);
    cr_expect(wider.low <= bounds.low && bounds.high <= wider.high, "%s: 99%% within 95%%", name);
    if (strcmp(name, "wald") != 0) cr_expect(bounds.low >= 0 && bounds.high <= 1, "%s", name);
    figure.value = 1 - figure.value;
    const peil_bounds mirrored = peil_interval_proportion(method, figure, 0.95);
    cr_expect(fabs(mirrored.low - (1 - bounds.high)) < 1e-12, "%s: no mirror image", name);
    cr_expect(fabs(mirrored.high - (1 - bounds.low)) < 1e-12, "%s: no mirror image", name);
}

/* The bounds lie around the value, in 0..1 but for wald, widen with the level, and those of "no"
 * mirror those of "yes". Standard errors from far too small to far too large. */
Test(interval, sound) {
    static const double values[] = {1e-5, 0.02, 0.25, 0.5};
    static const double ratios[] = {1e-5, 0.05, 0.5, 1, 2};
    for (size_t j = 0; peil_intervals[j]; j++)
        for (size_t i = 0; i < 4; i++)
            for (size_t k = 0; k < 5; k++) {
                const peil_figure figure = {values[i], values[i] * ratios[k], 100, 12};
                /* Shrinking towards one half is what jeffreys is for: the value may fall out. */
                if (strcmp(peil_intervals[j]->name, "jeffreys") == 0 && ratios[k] > 0.5) continue;
                check_sound(peil_intervals[j], figure);
            }
}
