/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The solver of calibration: what it ends in, and what it says where there is no end. */
#include "calibrate/fit.h"
#include "calibrate/solve.h"

#include <math.h>

#include "support/testing.h"

enum { MOST = 64 };

static const peil_limits none = {-INFINITY, INFINITY};

/* A small problem, and its solution. */
typedef struct trial {
    peil_auxiliaries x;
    peil_real weight[MOST], target[MOST];
    peil_limits limits;
    peil_calibration_solution solution;
} trial;

/* Patterns of `margins` margins: places[p * margins + m] is the column. */
static trial trial_make(size_t npatterns, size_t nmargins, size_t ncolumns, const uint32_t *columns,
                        const double *weights, const double *targets) {
    trial t = {.limits = none};
    cr_assert_eq(peil_auxiliaries_make(npatterns, nmargins, ncolumns, &t.x, NULL), PEIL_OK);
    for (size_t i = 0; i < npatterns * nmargins; i++) {
        t.x.column[i] = columns[i];
        t.x.value[i] = 1;
    }
    for (size_t p = 0; p < npatterns; p++) t.weight[p] = (peil_real)weights[p];
    for (size_t c = 0; c < ncolumns; c++) t.target[c] = (peil_real)targets[c];
    return t;
}

static const peil_calibration_solution *trial_solve(trial *t, const char *distance) {
    const peil_calibration_problem problem = {.x = &t->x,
                                              .distance = peil_distance_find(distance),
                                              .limits = t->limits,
                                              .nunits = t->x.npatterns,
                                              .weight = t->weight,
                                              .target = t->target};
    peil_calibration_solution_clear(&t->solution);
    cr_assert_eq(peil_calibration_solve(&problem, &t->solution, NULL), PEIL_OK);
    return &t->solution;
}

static void trial_clear(trial *t) {
    peil_auxiliaries_clear(&t->x);
    peil_calibration_solution_clear(&t->solution);
}

static bool is_near(peil_real a, double b, double tolerance) {
    return fabs((double)a - b) <= tolerance * fabs(b);
}

/* ---- distances ---- */

Test(calibrate, distances_have_their_slope) {
    const peil_limits limits = {(peil_real)0.25, 4};
    for (size_t i = 0; peil_distances[i]; i++) {
        const peil_distance *d = peil_distances[i];
        const peil_real step = (peil_real)1e-8;
        HOLDS(is_near(d->g(0, limits), 1, 1e-30), "%s", d->name);
        HOLDS(is_near(d->slope(1, limits), 1, 1e-30), "%s", d->name);
        for (double u = -0.7; u < 0.8; u += 0.2) {
            const peil_real at = (peil_real)u, g = d->g(at, limits);
            const peil_real rise = d->g(at + step, limits) - d->g(at - step, limits);
            HOLDS(is_near(rise / (2 * step), (double)d->slope(g, limits), 1e-14), "%s at %g",
                  d->name, u);
        }
        cr_expect_eq(peil_distance_find(d->name), d);
        cr_expect(d->help && *d->help);
    }
    cr_expect_null(peil_distance_find("Rake"));
}

Test(calibrate, logit_stays_between_its_limits) {
    const peil_distance *logit = peil_distance_find("logit");
    const peil_limits limits = {(peil_real)0.5, 3};
    for (double u = -1000; u <= 1000; u += 125) {
        const peil_real g = logit->g((peil_real)u, limits);
        HOLDS(g >= limits.low && g <= limits.high, "%g", u);
    }
    const double e = exp(2.5); /* A = 2.5 / (0.5 * 2) */
    cr_expect(is_near(logit->g(1, limits), (0.5 * 2 + 3 * 0.5 * e) / (2 + 0.5 * e), 1e-15));
}

/* ---- one margin ---- */

Test(calibrate, one_margin_gives_target_over_start) {
    const uint32_t columns[] = {0, 1, 2, 1};
    const double weights[] = {10, 4, 0.5, 6}, targets[] = {25, 5, 8};
    const double g[] = {2.5, 0.5, 16, 0.5};
    trial t = trial_make(4, 1, 3, columns, weights, targets);
    t.limits = (peil_limits){(peil_real)0.1, 20};
    for (size_t i = 0; peil_distances[i]; i++) {
        const peil_calibration_solution *s = trial_solve(&t, peil_distances[i]->name);
        cr_expect(s->is_met, "%s", peil_distances[i]->name);
        for (size_t p = 0; p < 4; p++)
            HOLDS(is_near(s->g[p], g[p], 1e-20), "%s: %zu: %.17g", peil_distances[i]->name, p,
                  (double)s->g[p]);
        for (size_t c = 0; c < 3; c++) HOLDS(is_near(s->achieved[c], targets[c], 1e-20), "%zu", c);
    }
    trial_clear(&t);
}

Test(calibrate, nothing_to_do) {
    const uint32_t columns[] = {0, 1};
    const double weights[] = {3, 7};
    trial t = trial_make(2, 1, 2, columns, weights, weights);
    const peil_calibration_solution *s = trial_solve(&t, "rake");
    cr_expect(s->is_met && s->g[0] == 1 && s->g[1] == 1);
    cr_expect_eq(s->iterations, 0);
    trial_clear(&t);
}

/* ---- two margins, crossed fully: columns 0..2 and 3..4 ---- */

static const uint32_t two[] = {0, 3, 0, 4, 1, 3, 1, 4, 2, 3, 2, 4};
static const double two_weights[] = {12, 30, 25, 8, 3, 22};
static const double two_targets[] = {50, 35, 25, 60, 50};

/* Iterative proportional fitting as Deming and Stephan (1940) have it. */
static void fit_proportionally(double *w) {
    for (int round = 0; round < 2000; round++)
        for (uint32_t c = 0; c < 5; c++) {
            double sum = 0;
            for (size_t p = 0; p < 6; p++)
                if (two[2 * p] == c || two[2 * p + 1] == c) sum += w[p];
            for (size_t p = 0; p < 6; p++)
                if (two[2 * p] == c || two[2 * p + 1] == c) w[p] *= two_targets[c] / sum;
        }
}

Test(calibrate, rake_ends_where_proportional_fitting_does) {
    double w[6];
    memcpy(w, two_weights, sizeof w);
    fit_proportionally(w);
    trial t = trial_make(6, 2, 5, two, two_weights, two_targets);
    const peil_calibration_solution *s = trial_solve(&t, "rake");
    cr_expect(s->is_met);
    for (size_t p = 0; p < 6; p++)
        HOLDS(is_near(s->g[p] * t.weight[p], w[p], 1e-14), "%zu: %.17g, %.17g", p,
              (double)(s->g[p] * t.weight[p]), w[p]);
    trial_clear(&t);
}

/* From far away, and in any unit. */
Test(calibrate, rake_from_far) {
    trial t = trial_make(6, 2, 5, two, two_weights, two_targets);
    peil_real near[6];
    memcpy(near, trial_solve(&t, "rake")->g, sizeof near);
    for (int power = -12; power <= 12; power += 4) {
        for (size_t p = 0; p < 6; p++)
            t.weight[p] = (peil_real)two_weights[p] * peil_real_pow10(power);
        const peil_calibration_solution *s = trial_solve(&t, "rake");
        cr_expect(s->is_met, "10^%d", power);
        for (size_t p = 0; p < 6; p++)
            HOLDS(is_near(s->g[p] * peil_real_pow10(power), (double)near[p], 1e-15), "10^%d: %zu",
                  power, p);
    }
    trial_clear(&t);
}

/* g is 1 + a + b by categories: the normal equations hold, and g has that form. */
Test(calibrate, linear_is_linear) {
    trial t = trial_make(6, 2, 5, two, two_weights, two_targets);
    const peil_calibration_solution *s = trial_solve(&t, "linear");
    cr_expect(s->is_met);
    const peil_real step = s->g[1] - s->g[0];
    for (size_t p = 2; p < 6; p += 2)
        HOLDS(is_near(s->g[p + 1] - s->g[p], (double)step, 1e-25), "%zu", p);
    trial_clear(&t);
}

/* The margin a third time, and a constant: nothing new, and the same g. */
Test(calibrate, collinear_margins) {
    static const char *const names[] = {"linear", "rake"};
    uint32_t columns[24];
    double targets[9];
    for (size_t p = 0; p < 6; p++) {
        memcpy(&columns[4 * p], &two[2 * p], 2 * sizeof *columns);
        columns[4 * p + 2] = two[2 * p] + 5;
        columns[4 * p + 3] = 8;
    }
    memcpy(targets, two_targets, sizeof two_targets);
    memcpy(targets + 5, two_targets, 3 * sizeof *targets);
    targets[8] = 110;
    for (size_t i = 0; i < COUNT(names); i++) {
        trial plain = trial_make(6, 2, 5, two, two_weights, two_targets);
        trial more = trial_make(6, 4, 9, columns, two_weights, targets);
        const peil_calibration_solution *a = trial_solve(&plain, names[i]);
        const peil_calibration_solution *b = trial_solve(&more, names[i]);
        cr_expect(b->is_met, "%s", names[i]);
        for (size_t p = 0; p < 6; p++)
            HOLDS(is_near(b->g[p], (double)a->g[p], 1e-15), "%s: %zu", names[i], p);
        trial_clear(&plain);
        trial_clear(&more);
    }
}

/* A total of money beside people, in any unit. */
Test(calibrate, numbers_in_any_unit) {
    static const double value[] = {1.5, 2, 0, 7, -3, 4};
    uint32_t columns[18];
    double targets[6];
    peil_real first[6] = {0};
    for (size_t p = 0; p < 6; p++) {
        memcpy(&columns[3 * p], &two[2 * p], 2 * sizeof *columns);
        columns[3 * p + 2] = 5;
    }
    memcpy(targets, two_targets, sizeof two_targets);
    for (int power = 0; power <= 9; power += 3) {
        targets[5] = 220 * pow(10, power);
        trial t = trial_make(6, 3, 6, columns, two_weights, targets);
        for (size_t p = 0; p < 6; p++)
            t.x.value[3 * p + 2] = (peil_real)value[p] * peil_real_pow10(power);
        const peil_calibration_solution *s = trial_solve(&t, "rake");
        cr_expect(s->is_met, "10^%d", power);
        cr_expect(is_near(s->achieved[5], targets[5], 1e-20));
        for (size_t p = 0; p < 6; p++)
            HOLDS(power == 0 || is_near(s->g[p], (double)first[p], 1e-15), "10^%d: %zu", power, p);
        if (power == 0) memcpy(first, s->g, sizeof first);
        trial_clear(&t);
    }
}

/* ---- limits ---- */

/* A limit that is hit: that g lies on it, the others on one line of lambda, the targets are met. */
Test(calibrate, limits_are_hit) {
    static const char *const names[] = {"linear", "rake"};
    for (size_t i = 0; i < COUNT(names); i++) {
        trial t = trial_make(6, 2, 5, two, two_weights, two_targets);
        const peil_calibration_solution *s = trial_solve(&t, names[i]);
        peil_real most = 0;
        for (size_t p = 0; p < 6; p++) most = s->g[p] > most ? s->g[p] : most;
        t.limits.high = most - (peil_real)0.02;
        s = trial_solve(&t, names[i]);
        size_t hit = 0;
        cr_expect(s->is_met, "%s", names[i]);
        for (size_t p = 0; p < 6; p++) {
            HOLDS(s->g[p] <= t.limits.high, "%s: %zu", names[i], p);
            hit += s->g[p] == t.limits.high;
        }
        cr_expect(hit >= 1 && hit < 4, "%s: %zu", names[i], hit);
        for (size_t c = 0; c < 5; c++)
            HOLDS(is_near(s->achieved[c], two_targets[c], 1e-20), "%s: %zu", names[i], c);
        trial_clear(&t);
    }
}

/* Limits by unit: a pattern in two halves, one of which may move little. */
Test(calibrate, limits_by_unit) {
    const uint32_t columns[] = {0, 1}, pattern[] = {0, 0, 1};
    const double weights[] = {0, 0}, targets[] = {30, 10};
    const peil_real halves[] = {10, 10, 10};
    const peil_limits limits[] = {{0, (peil_real)1.2}, {0, 4}, {0, 4}};
    trial t = trial_make(2, 1, 2, columns, weights, targets);
    const peil_calibration_problem problem = {.x = &t.x,
                                              .distance = peil_distance_find("linear"),
                                              .limits = none,
                                              .nunits = 3,
                                              .pattern = pattern,
                                              .weight = halves,
                                              .unit_limits = limits,
                                              .target = t.target};
    cr_assert_eq(peil_calibration_solve(&problem, &t.solution, NULL), PEIL_OK);
    cr_expect(t.solution.is_met);
    cr_expect(is_near(t.solution.g[0], 1.2, 1e-15));
    cr_expect(is_near(t.solution.g[1], 1.8, 1e-15));
    cr_expect(is_near(t.solution.g[2], 1, 1e-15));
    trial_clear(&t);
}

/* ---- no solution ---- */

Test(calibrate, limits_that_leave_no_room) {
    static const char *const names[] = {"linear", "rake", "logit"};
    const uint32_t columns[] = {0, 1};
    const double weights[] = {10, 10}, targets[] = {30, 10};
    for (size_t i = 0; i < COUNT(names); i++) {
        trial t = trial_make(2, 1, 2, columns, weights, targets);
        t.limits = (peil_limits){(peil_real)0.5, 2};
        const peil_calibration_solution *s = trial_solve(&t, names[i]);
        cr_expect_not(s->is_met, "%s", names[i]);
        cr_expect_eq(s->worst, 0, "%s", names[i]);
        cr_expect(is_near(s->achieved[0], 20, 1e-6), "%s: %g", names[i], (double)s->achieved[0]);
        cr_expect(is_near(s->deviation, 1.0 / 3, 1e-6), "%s", names[i]);
        trial_clear(&t);
    }
}

/* The same people in two margins, with other targets. */
Test(calibrate, margins_that_contradict_each_other) {
    static const char *const names[] = {"linear", "rake"};
    const uint32_t columns[] = {0, 2, 1, 3};
    const double weights[] = {10, 10}, targets[] = {12, 8, 11, 9};
    for (size_t i = 0; i < COUNT(names); i++) {
        trial t = trial_make(2, 2, 4, columns, weights, targets);
        const peil_calibration_solution *s = trial_solve(&t, names[i]);
        cr_expect_not(s->is_met, "%s", names[i]);
        cr_expect(s->deviation > (peil_real)0.01 && s->deviation < (peil_real)0.2, "%s", names[i]);
        cr_expect(s->iterations < 300, "%s", names[i]);
        trial_clear(&t);
    }
}

/* A cell that rake can only bring near 0: 0 of 2 x 2 is empty, and the margins ask for more. */
Test(calibrate, a_solution_that_is_never_reached) {
    const uint32_t columns[] = {0, 3, 1, 2, 1, 3};
    const double weights[] = {10, 10, 10}, targets[] = {5, 10, 10, 5};
    trial t = trial_make(3, 2, 4, columns, weights, targets);
    cr_expect_not(trial_solve(&t, "rake")->is_met);
    const peil_calibration_solution *s = trial_solve(&t, "linear");
    cr_expect(s->is_met);
    cr_expect(s->g[2] < (peil_real)1e-20 && s->g[2] > -(peil_real)1e-20);
    trial_clear(&t);
}

/* ---- many patterns ---- */

/* In another order of patterns the same weights, to the last digit of a double. */
Test(calibrate, order_of_patterns) {
    enum { PATTERNS = 60 };
    uint64_t state = 7;
    uint32_t columns[2 * PATTERNS], turned[2 * PATTERNS];
    double weights[PATTERNS], back[PATTERNS], targets[13] = {0};
    for (size_t p = 0; p < PATTERNS; p++) {
        columns[2 * p] = (uint32_t)(p % 6);
        columns[2 * p + 1] = 6 + (uint32_t)(p % 7);
        weights[p] = (double)(1 + random_below(&state, 1000)) / 100;
        const double moved = weights[p] * (0.7 + (double)random_below(&state, 600) / 1000);
        for (size_t m = 0; m < 2; m++) targets[columns[2 * p + m]] += round(moved * 1000);
    }
    for (size_t p = 0; p < PATTERNS; p++) {
        memcpy(&turned[2 * p], &columns[2 * (PATTERNS - 1 - p)], 2 * sizeof *turned);
        back[p] = weights[PATTERNS - 1 - p];
    }
    trial a = trial_make(PATTERNS, 2, 13, columns, weights, targets);
    trial b = trial_make(PATTERNS, 2, 13, turned, back, targets);
    trial_solve(&a, "rake");
    trial_solve(&b, "rake");
    cr_assert(a.solution.is_met && b.solution.is_met);
    for (size_t p = 0; p < PATTERNS; p++)
        HOLDS((double)a.solution.g[p] == (double)b.solution.g[PATTERNS - 1 - p], "%zu", p);
    trial_clear(&a);
    trial_clear(&b);
}

/* ---- regression ---- */

/* A column is fitted by itself, and nothing where it is not. */
Test(calibrate, fit_of_a_column) {
    trial t = trial_make(6, 2, 5, two, two_weights, two_targets);
    peil_real total[6], fitted[6];
    peil_fit fit;
    peil_fit_room room;
    cr_assert_eq(peil_fit_make(&t.x, t.weight, &fit, NULL), PEIL_OK);
    cr_assert_eq(peil_fit_room_make(&fit, &room, NULL), PEIL_OK);
    for (uint32_t c = 0; c < 5; c++) {
        for (size_t p = 0; p < 6; p++)
            total[p] = two[2 * p] == c || two[2 * p + 1] == c ? t.weight[p] : 0;
        peil_fit_apply(&fit, &room, total, fitted);
        for (size_t p = 0; p < 6; p++)
            if (total[p] > 0)
                HOLDS(is_near(fitted[p], 1, 1e-25), "%" PRIu32 ", %zu", c, p);
            else
                HOLDS(fitted[p] == 0, "%" PRIu32 ", %zu: %g", c, p, (double)fitted[p]);
    }
    peil_fit_room_clear(&room);
    peil_fit_clear(&fit);
    trial_clear(&t);
}

/* What follows from the auxiliaries is fitted whole; what is fitted leaves nothing behind. */
Test(calibrate, fit) {
    trial t = trial_make(6, 2, 5, two, two_weights, two_targets);
    peil_real total[6], fitted[6];
    peil_fit fit;
    peil_fit_room room;
    cr_assert_eq(peil_fit_make(&t.x, t.weight, &fit, NULL), PEIL_OK);
    cr_assert_eq(peil_fit_room_make(&fit, &room, NULL), PEIL_OK);
    for (size_t p = 0; p < 6; p++) total[p] = t.weight[p] * (9 + 5 * two[2 * p] - two[2 * p + 1]);
    peil_fit_apply(&fit, &room, total, fitted);
    for (size_t p = 0; p < 6; p++)
        HOLDS(is_near(fitted[p] * t.weight[p], (double)total[p], 1e-25), "%zu", p);
    total[0] += 40;
    total[3] -= 7;
    peil_fit_apply(&fit, &room, total, fitted);
    for (uint32_t c = 0; c < 5; c++) {
        peil_real left = 0;
        for (size_t p = 0; p < 6; p++)
            if (two[2 * p] == c || two[2 * p + 1] == c) left += total[p] - t.weight[p] * fitted[p];
        HOLDS(fabs((double)left) < 1e-25, "%" PRIu32 ": %g", c, (double)left);
    }
    peil_fit_room_clear(&room);
    peil_fit_clear(&fit);
    trial_clear(&t);
}
