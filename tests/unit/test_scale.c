/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The table of shipped scales holds together; points, patterns and classes. */
#include "scale/scale.h"

#include <math.h>

#include "estimate/figure.h"
#include "plan/pattern.h"
#include "plan/rule.h"
#include "plan/score.h"
#include "support/testing.h"

/* ---- rows ---- */

static bool is_name(const char *name) {
    return name[0] && strspn(name, "abcdefghijklmnopqrstuvwxyz0123456789_") == strlen(name);
}

static void check_row(const peil_scale *s) {
    cr_expect(is_name(s->name), "%s", s->name);
    cr_expect_eq(peil_scale_find(s->name), s, "%s: another row has its name", s->name);
    cr_expect(s->title && s->title[0] && s->source && s->source[0], "%s", s->name);
    cr_expect_eq(!s->remark[0], !s->remark[1], "%s: a remark in one language", s->name);
    cr_expect(s->nitems > 0 && s->items, "%s", s->name);
    cr_expect(s->min_valid >= 1 && s->min_valid <= s->nitems, "%s", s->name);
    cr_expect(s->points_low < s->points_high && s->score_low < s->score_high, "%s", s->name);
    cr_expect(s->counting == PEIL_SCORE_MEAN || !s->imputes, "%s", s->name);
    cr_expect(!s->imputes || s->nitems <= PEIL_IMPUTED_MOST, "%s", s->name);
}

static void check_items(const peil_scale *s) {
    int lowest = s->points_high, highest = s->points_low;
    for (size_t i = 0; i < s->nitems; i++) {
        const peil_key *key = s->items[i].key;
        cr_expect(s->items[i].label && s->items[i].label[0], "%s %zu", s->name, i);
        for (size_t k = 0; k < key->n; k++) {
            if (key->points[k] == PEIL_NO_CODE) continue;
            if (key->points[k] < lowest) lowest = key->points[k];
            if (key->points[k] > highest) highest = key->points[k];
        }
        cr_expect(key->points[0] != PEIL_NO_CODE && key->points[key->n - 1] != PEIL_NO_CODE);
    }
    cr_expect_geq(lowest, s->points_low, "%s", s->name);
    cr_expect_eq(highest, s->points_high, "%s", s->name);
    if (s->counting != PEIL_SCORE_COUNT) return;
    cr_expect(lowest == 0 && highest == 1 && s->score_low == 0, "%s", s->name);
    cr_expect_eq(s->score_high, (int)s->nitems, "%s", s->name);
}

static void check_classes(const peil_scale *s) {
    for (size_t i = 0; i < s->nclasses; i++) {
        const peil_class *c = &s->classes[i];
        cr_expect(c->name && c->name[0], "%s", s->name);
        cr_expect(c->low <= c->high, "%s: %s", s->name, c->name);
        if (i == 0) continue;
        const peil_class *before = &s->classes[i - 1];
        const bool is_apart =
            before->high < c->low || (before->high == c->low && (before->below || c->above));
        cr_expect(is_apart, "%s: %s", s->name, c->name);
    }
    if (s->nclasses == 0) return;
    cr_expect_eq(s->classes[0].low, s->score_low, "%s", s->name);
    cr_expect_eq(s->classes[s->nclasses - 1].high, s->score_high, "%s", s->name);
}

Test(scale, rows_hold_together) {
    for (size_t i = 0; peil_scales[i]; i++) {
        check_row(peil_scales[i]);
        check_items(peil_scales[i]);
        check_classes(peil_scales[i]);
    }
}

/* Of every scale a pattern of answers fits, so that alpha can be asked of it. */
Test(scale, patterns_of_every_scale_fit) {
    for (size_t i = 0; peil_scales[i]; i++) {
        const peil_rule rule = {.item_low = peil_decimal_whole(peil_scales[i]->points_low),
                                .item_high = peil_decimal_whole(peil_scales[i]->points_high)};
        cr_expect(peil_pattern_fits(peil_pattern_of(&rule, peil_scales[i]->nitems)), "%s",
                  peil_scales[i]->name);
    }
}

Test(scale, names_are_suggested) {
    cr_expect_str_eq(peil_scale_nearest("djg5"), "djg6");
    cr_expect_str_eq(peil_scale_nearest("cohesi"), "cohesie");
    cr_expect_null(peil_scale_nearest("somethingelse"));
    cr_expect_null(peil_scale_find("djg"));
}

/* ---- keys ---- */

PEIL_KEY(rising, 1, 0, 1, 1);
PEIL_KEY(falling, 0, 2, 1, 0);
PEIL_KEY(bent, 1, 4, 3, 5);
PEIL_KEY(level, 1, 1, 1);
PEIL_KEY(holed, 0, 0, 1, PEIL_NO_CODE, 2);

Test(scale, keys_give_points) {
    static const struct {
        const peil_key *key;
        int code, points;
    } cases[] = {{&rising, 1, 0},
                 {&rising, 3, 1},
                 {&rising, 0, PEIL_NO_CODE},
                 {&rising, -1, PEIL_NO_CODE},
                 {&rising, 4, PEIL_NO_CODE},
                 {&falling, 0, 2},
                 {&holed, 1, 1},
                 {&holed, 2, PEIL_NO_CODE},
                 {&holed, 3, 2}};
    for (size_t i = 0; i < COUNT(cases); i++)
        cr_expect_eq(peil_key_points(cases[i].key, cases[i].code), cases[i].points, "case %zu", i);
}

Test(scale, keys_with_an_order_reverse) {
    cr_expect(peil_key_reverses(&rising));
    cr_expect(peil_key_reverses(&falling));
    cr_expect_not(peil_key_reverses(&bent));
    cr_expect_not(peil_key_reverses(&level));
    cr_expect_not(peil_key_reverses(&holed));
}

/* ---- answers to points ---- */

static peil_measure parsed(const char *text) {
    peil_kinds kinds;
    peil_measure measure = {0};
    peil_fault fault = {0};
    kinds.n = peil_estimator_kinds(&kinds.kinds);
    cr_assert_eq(peil_measure_parse(text, kinds, &measure, &fault), PEIL_OK, "%s", fault.message);
    return measure;
}

static peil_decimal number(const char *text) {
    peil_decimal x;
    cr_assert(peil_decimal_read(text, strlen(text), &x));
    return x;
}

Test(scale, answers_count_for_points) {
    static const struct {
        const char *measure, *answer, *points; /* NULL: no answer that it takes */
    } cases[] = {
        {"scale(a; 1..5 -> 0..10)", "2.5", "2.5"},   {"scale(a; 1..5 -> 0..10)", "5.1", NULL},
        {"scale(a; 1..5 -> 0..10)", "0.9", NULL},    {"scale(-a; 1..5 -> 0..10)", "2.5", "3.5"},
        {"scale(-a; -2..10 -> 0..10)", "10", "-2"},  {"scale(a; 1..3; count 2 3)", "1", "0"},
        {"scale(a; 1..3; count 2 3)", "3", "1"},     {"scale(-a; 1..3; count 2 3)", "3", "0"},
        {"scale(-a; 1..3; count 2 3)", "1", "1"},    {"scale(a; 1..3; count 2 3)", "4", NULL},
        {"scale(a; 0..20; count 10 20)", "10", "1"}, {"scale(vng_vertrouwen: a)", "1", "10"},
        {"scale(vng_vertrouwen: a)", "5", "2"},      {"scale(vng_vertrouwen: -a)", "5", "10"},
        {"scale(vng_vertrouwen: a)", "6", NULL},     {"scale(vng_vertrouwen: -a)", "6", NULL},
        {"scale(vng_vertrouwen: a)", "0", NULL},     {"scale(vng_vertrouwen: a)", "1.5", NULL},
        {"scale(vng_vertrouwen: a)", "0.1", NULL},   {"scale(vng_vertrouwen: a)", "1e30", NULL},
        {"scale(vng_vertrouwen: a)", "-1e9", NULL},
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        peil_measure m = parsed(cases[i].measure);
        peil_decimal points;
        const bool takes = peil_rule_takes(&m, 0, number(cases[i].answer));
        cr_expect_eq(takes, cases[i].points != NULL, "case %zu", i);
        if (takes && cases[i].points) {
            cr_expect(peil_rule_points(&m, 0, number(cases[i].answer), &points));
            cr_expect(peil_decimal_equal(points, number(cases[i].points)), "case %zu", i);
        }
        peil_measure_clear(&m);
    }
}

Test(scale, a_code_of_ten_is_one) {
    peil_measure m = parsed("scale(vng_ses: a, b, c, d)");
    peil_decimal points;
    cr_expect(peil_rule_takes(&m, 2, number("10")));
    cr_expect(peil_rule_points(&m, 2, number("10"), &points));
    cr_expect_eq(points.digits, 2);
    cr_expect_not(peil_rule_takes(&m, 2, number("100")));
    peil_measure_clear(&m);
}

Test(scale, too_many_decimals_are_no_points) {
    peil_measure m = parsed("scale(-a; 0..10000000000 -> 0..10)");
    peil_decimal points;
    cr_expect_not(peil_rule_points(&m, 0, number("1e-15"), &points));
    peil_measure_clear(&m);
}

/* ---- patterns ---- */

Test(scale, patterns_read_back) {
    static const struct {
        const char *low, *high;
        size_t nitems;
        bool fits;
    } cases[] = {
        {"0", "1", 2, true},        {"1", "5", 32, true},
        {"1", "5", 33, false},      {"-2", "2", 11, true},
        {"0", "9", 32, true},       {"0", "10", 32, true},
        {"0", "10", 33, false},     {"10", "999", 10, true},
        {"10", "999", 11, false},   {"1", "100", 16, true},
        {"1", "100", 17, false},    {"0", "1000", 2, false},
        {"0", "5000", 2, false},    {"0", "1e30", 2, false},
        {"1e17", "2e17", 2, false}, {"9999999999999989e3", "9999999999999989e3", 2, false}};
    uint64_t state = 4;
    for (size_t i = 0; i < COUNT(cases); i++) {
        const peil_rule rule = {.item_low = number(cases[i].low),
                                .item_high = number(cases[i].high)};
        const peil_pattern_shape shape = peil_pattern_of(&rule, cases[i].nitems);
        cr_expect_eq(peil_pattern_fits(shape), cases[i].fits, "case %zu", i);
        if (!peil_pattern_fits(shape)) continue;
        for (size_t round = 0; round < 50; round++) {
            int64_t written[PEIL_PATTERN_MOST];
            peil_real read[PEIL_PATTERN_MOST];
            peil_pattern pattern = {0, 0};
            for (size_t item = 0; item < cases[i].nitems; item++) {
                const uint64_t digit =
                    round ? random_below(&state, (uint64_t)shape.radix) : (uint64_t)shape.radix - 1;
                written[item] = shape.low + (int64_t)digit;
                peil_pattern_add(shape, item, peil_decimal_whole(written[item]), &pattern);
            }
            peil_pattern_points(shape, pattern, read);
            for (size_t item = 0; item < cases[i].nitems; item++)
                HOLDS(read[item] == (peil_real)written[item], "case %zu, item %zu", i, item);
        }
    }
}

/* ---- scores ---- */

static bool score_of(const peil_measure *m, const peil_real *means, const char *sum,
                     int64_t missing, peil_real *score) {
    const peil_question question = {.measure = m};
    return peil_question_value(&question, means,
                               (peil_number){number(sum), peil_decimal_whole(missing)}, score);
}

Test(scale, sums_become_scores) {
    static const struct {
        const char *measure, *sum;
        int64_t missing;
        double score;
    } cases[] = {
        {"scale(a, b, c, d; 1..5 -> 0..10; min 2)", "12", 0, 5},
        {"scale(a, b, c, d; 1..5 -> 0..10; min 2)", "8", 1, 25 / 6.},
        {"scale(a, b, c, d; 1..5 -> 0..10; min 2)", "10", 2, 10},
        {"scale(a, b; 0..4 -> -5..5)", "3", 0, -1.25},
        {"scale(a, b, c; 1..3; count 3; min 2)", "2", 1, 2},
        {"scale(mhi5: a, b, c, d, e)", "15", 0, 60},
        {"scale(who5: a, b, c, d, e)", "7", 2, 35 / 3.},
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        peil_measure m = parsed(cases[i].measure);
        peil_real score;
        cr_expect(score_of(&m, NULL, cases[i].sum, cases[i].missing, &score));
        cr_expect_eq((double)score, cases[i].score, "case %zu: %.17g", i, (double)score);
        cr_expect_not(score_of(&m, NULL, "0", PEIL_NO_SCORE, &score));
        peil_measure_clear(&m);
    }
}

/* Bits of missing items: 5 is the first and the third. */
Test(scale, missing_items_get_their_means) {
    peil_measure m = parsed("scale(a, b, c; 0..10 -> 0..10; min 1; impute mean)");
    const peil_real means[] = {1, 2, 7}, unknown[] = {1, 2, (peil_real)NAN};
    peil_real score;
    cr_expect(score_of(&m, means, "4", 5, &score) && score == 4);
    cr_expect(score_of(&m, means, "13", 2, &score) && score == 5);
    cr_expect(score_of(&m, means, "9", 0, &score) && score == 3);
    cr_expect(score_of(&m, unknown, "5", 3, &score) && (double)score == 8 / 3.);
    cr_expect_not(score_of(&m, unknown, "5", 4, &score));
    peil_measure_clear(&m);
}

static bool takes(const peil_measure *m, int64_t missing) {
    const peil_question question = {.measure = m};
    return peil_question_takes(&question, (peil_number){number("4"), peil_decimal_whole(missing)});
}

/* What a state may hold: as many items as a score needs are there, or there is no score. */
Test(scale, answers_lack_no_more_items_than_they_may) {
    peil_measure counted = parsed("scale(a, b, c, d; 1..5 -> 0..10; min 2)");
    peil_measure marked = parsed("scale(a, b, c; 0..10 -> 0..10; min 2; impute mean)");
    cr_expect(takes(&counted, PEIL_NO_SCORE) && takes(&counted, 0) && takes(&counted, 2));
    cr_expect_not(takes(&counted, 3));
    cr_expect_not(takes(&counted, 4), "no item is left to divide by");
    cr_expect(takes(&marked, PEIL_NO_SCORE) && takes(&marked, 0) && takes(&marked, 4));
    cr_expect_not(takes(&marked, 5));
    cr_expect_not(takes(&marked, 8), "there is no fourth item");
    peil_measure_clear(&counted);
    peil_measure_clear(&marked);
}

Test(scale, scores_are_compared_but_for_rounding) {
    const peil_real score = 10 + (peil_real)2e-33; /* the next number after 10, or so */
    cr_assert(score > 10);
    static const struct {
        const char *test;
        bool holds;
    } cases[] = {{"= 10", true},       {"<> 10", false},     {"< 10", false},
                 {"<= 10", true},      {"> 10", false},      {">= 10", true},
                 {"> 9.999999", true}, {"in (1, 10)", true}, {"in (1)", false}};
    for (size_t i = 0; i < COUNT(cases); i++) {
        char text[80];
        snprintf(text, sizeof text, "percent(scale(a; 1..5 -> 0..10) %s)", cases[i].test);
        peil_measure m = parsed(text);
        cr_expect_eq(peil_score_meets(m.condition, score), cases[i].holds, "%s", cases[i].test);
        peil_measure_clear(&m);
    }
}

Test(scale, scores_lie_in_classes) {
    static const struct {
        const char *scale;
        double score;
        const char *class; /* NULL: in none */
    } cases[] = {{"djg6", 1, "niet eenzaam"},
                 {"djg6", 2, "matig eenzaam"},
                 {"djg6", 6, "sterk eenzaam"},
                 {"mhi5", 59.5, "psychisch ongezond"},
                 {"mhi5", 60, "psychisch gezond"},
                 {"mhi5_gm", 60, "psychisch ongezond"},
                 {"mhi5_gm", 60.5, "psychisch gezond"},
                 {"mhi5_2024", 76, "angst- of depressiegevoelens"},
                 {"mhi5_2024", 80, "geen angst- of depressiegevoelens"},
                 {"weerbaarheid", 3, "onvoldoende weerbaar"},
                 {"weerbaarheid", 3.2, "voldoende weerbaar"},
                 {"who5", 12, "laag emotioneel welbevinden"},
                 {"who5", 12.5, NULL},
                 {"who5", 13, "matig tot hoog emotioneel welbevinden"},
                 {"k10", 15.5, NULL},
                 {"k10", 50, "hoog risico"}};
    static const peil_class apart[] = {{"low", 0, 3, false, true}, {"high", 3, 5, true, false}};
    const peil_scale own = {PEIL_CLASSES(apart)};
    cr_expect_eq(peil_score_class(&own, (peil_real)2.9), 0);
    cr_expect_eq(peil_score_class(&own, 3), 2);
    cr_expect_eq(peil_score_class(&own, (peil_real)3.1), 1);
    for (size_t i = 0; i < COUNT(cases); i++) {
        const peil_scale *scale = peil_scale_find(cases[i].scale);
        const size_t class = peil_score_class(scale, (peil_real)cases[i].score);
        if (cases[i].class)
            cr_expect_str_eq(scale->classes[class].name, cases[i].class, "case %zu", i);
        else
            cr_expect_eq(class, scale->nclasses, "case %zu", i);
    }
}
