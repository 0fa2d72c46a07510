/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The language of measures and conditions: its one text for each meaning, and errors that point. */
#include "plan/expression.h"

#include "estimate/figure.h"
#include "support/testing.h"

static peil_kinds all_kinds(void) {
    peil_kinds kinds;
    kinds.n = peil_estimator_kinds(&kinds.kinds);
    return kinds;
}

/* ---- what is understood ---- */

static const struct {
    const char *text, *canonical, *name; /* NULL: the canonical text */
} measures[] = {
    {"percent(q5)", "percent(q5)", NULL},
    {"percent(q5 = 1)", "percent(q5 = 1)", NULL},
    {"  percent ( q5=1 )  ", "percent(q5 = 1)", NULL},
    {"percent(q5=1.0)", "percent(q5 = 1)", NULL},
    {"percent(q5 = -1)", "percent(q5 = -1)", NULL},
    {"percent(q5 = - 1)", "percent(q5 = -1)", NULL},
    {"percent(q5 = 1e3)", "percent(q5 = 1000)", NULL},
    {"percent(q5 = \"01\")", "percent(q5 = \"01\")", NULL},
    {"percent(q5 = \"\")", "percent(q5 = \"\")", NULL},
    {"percent(q5 = \"a \"\"b\"\"\")", "percent(q5 = \"a \"\"b\"\"\")", NULL},
    {"percent(q5 in(1,2))", "percent(q5 in (1, 2))", NULL},
    {"percent(q5 in (\"ja\", 2))", "percent(q5 in (\"ja\", 2))", NULL},
    {"percent(not q5=1)", "percent(not (q5 = 1))", NULL},
    {"percent((q5=1))", "percent(q5 = 1)", NULL},
    {"percent(`in` = 1)", "percent(`in` = 1)", NULL},
    {"mean(cijfer)", "mean(cijfer)", NULL},
    {"mean(`cijfer`)", "mean(cijfer)", NULL},
    {"mean(`rapport cijfer`)", "mean(`rapport cijfer`)", NULL},
    {"mean(`a``b`)", "mean(`a``b`)", NULL},
    {"mean(`2015`)", "mean(`2015`)", NULL},
    {"mean(`1e5`)", "mean(`1e5`)", NULL},
    {"mean(2e)", "mean(2e)", NULL},
    {"mean(`a..b`)", "mean(`a..b`)", NULL},
    {"mean(`and`)", "mean(`and`)", NULL},
    {"mean(And)", "mean(And)", NULL},
    {"mean(`not`)", "mean(`not`)", NULL},
    {"mean(_.$@#)", "mean(_.$@#)", NULL},
    {"mean(v1.2)", "mean(v1.2)", NULL},
    {"mean(caf\xC3\xA9)", "mean(caf\xC3\xA9)", NULL},
    {"sd(x)", "sd(x)", NULL},
    {"median(x)", "median(x)", NULL},
    {"median( x ;school )", "median(x; school)", NULL},
    {"median(x; math)", "median(x)", NULL},
    {"median(x; hf1)", "median(x; hf1)", NULL},
    {"quantile(x,0.90)", "quantile(x, 0.9)", NULL},
    {"quantile(x, 0)", "quantile(x, 0)", NULL},
    {"quantile(x, 1e0)", "quantile(x, 1)", NULL},
    {"quantile(x, - 0)", "quantile(x, 0)", NULL},
    {"quantile(`a b`, 25e-2;hf7)", "quantile(`a b`, 0.25; hf7)", NULL},
    {"p10: quantile(x, 0.1; math)", "quantile(x, 0.1)", "p10"},
    {"quantile(scale(a,-b;1..5->0..10),0.25;hf7)",
     "quantile(scale(a, -b; 1..5 -> 0..10; min 2), 0.25; hf7)", NULL},
    {"total(uren)", "total(uren)", NULL},
    {"total(q5 = 1)", "total(q5 = 1)", NULL},
    {"total(q5 >= 4 and q6 < 2)", "total(q5 >= 4 and q6 < 2)", NULL},
    {"count()", "count()", NULL},
    {"count( )", "count()", NULL},
    {"ratio(a/b)", "ratio(a / b)", NULL},
    {"index(e: 1 = 0, 2 = 50, 3 = 100)", "index(e: 1 = 0, 2 = 50, 3 = 100)", NULL},
    {"index(e:\"ja\"=-1.50,2=0.5e1)", "index(e: \"ja\" = -1.5, 2 = 5)", NULL},
    {"scale(a,-b; 1..5->0..10)", "scale(a, -b; 1..5 -> 0..10; min 2)", NULL},
    {"scale(a, -b, - c; 1..5 -> 0..10; min 2)", "scale(a, -b, -c; 1..5 -> 0..10; min 2)", NULL},
    {"scale(a; -2..2 -> -1.5..1.5; min 1)", "scale(a; -2..2 -> -1.5..1.5; min 1)", NULL},
    {"scale(a,b; 1..5->0..10;impute mean;min 1)", "scale(a, b; 1..5 -> 0..10; min 1; impute mean)",
     NULL},
    {"scale(a,-b; 1..3; count 2 3)", "scale(a, -b; 1..3; count 2 3; min 2)", NULL},
    {"scale(a,b; -1..1; count -1 0.50; min 1)", "scale(a, b; -1..1; count -1 0.5; min 1)", NULL},
    {"scale(djg6:a,b,-c,d,e,f)", "scale(djg6: a, b, -c, d, e, f)", NULL},
    {"scale(djg6: a, b, c, d, e, f; min 5)", "scale(djg6: a, b, c, d, e, f)", NULL},
    {"scale(djg6: a, b, c, d, e, f; min 4)", "scale(djg6: a, b, c, d, e, f; min 4)", NULL},
    {"scale(`djg6`; 1..5 -> 0..10)", "scale(djg6; 1..5 -> 0..10; min 1)", NULL},
    {"percent( scale(djg6: a, b, c, d, e, f) )", "percent(scale(djg6: a, b, c, d, e, f))", NULL},
    {"percent(scale(a; 1..5 -> 0..10)>=5.0)", "percent(scale(a; 1..5 -> 0..10; min 1) >= 5)", NULL},
    {"percent(scale(a; 1..3; count 3) in(0,1))",
     "percent(scale(a; 1..3; count 3; min 1) in (0, 1))", NULL},
    {"total(scale(a; 1..3; count 3) <> 0)", "total(scale(a; 1..3; count 3; min 1) <> 0)", NULL},
    {"mean(scale(a; 1..5 -> 0..10))", "mean(scale(a; 1..5 -> 0..10; min 1))", NULL},
    {"sd(scale(a; 1..5 -> 0..10))", "sd(scale(a; 1..5 -> 0..10; min 1))", NULL},
    {"percent(scale = 1)", "percent(scale = 1)", NULL},
    {"mean(scale)", "mean(scale)", NULL},
    {"alpha(a,-b; 1..5)", "alpha(a, -b; 1..5)", NULL},
    {"alpha(djg6: a, b, c, d, e, f)", "alpha(djg6: a, b, c, d, e, f)", NULL},
    {"naam: percent(q5 = 1)", "percent(q5 = 1)", "naam"},
    {" vast werk :count()", "count()", "vast werk"},
    {"`a:b`: mean(x)", "mean(x)", "`a:b`"},
};

static void check_measure(size_t i) {
    peil_measure measure = {0}, again = {0};
    peil_fault fault = {0};
    cr_expect_eq(peil_measure_parse(measures[i].text, all_kinds(), &measure, &fault), PEIL_OK,
                 "%s: %s", measures[i].text, fault.message);
    if (!measure.text) return;
    cr_expect_str_eq(measure.text, measures[i].canonical);
    cr_expect_str_eq(measure.name, measures[i].name ? measures[i].name : measures[i].canonical);
    cr_expect_eq(peil_measure_parse(measure.text, all_kinds(), &again, &fault), PEIL_OK);
    cr_expect_str_eq(again.text, measure.text);
    peil_measure_clear(&measure);
    peil_measure_clear(&again);
}

Test(expression, measures_have_one_text) {
    for (size_t i = 0; i < COUNT(measures); i++) check_measure(i);
}

static const struct {
    const char *text, *canonical;
} conditions[] = {
    {"a=1", "a = 1"},
    {"a<>1", "a <> 1"},
    {"a<1", "a < 1"},
    {"a<=1", "a <= 1"},
    {"a>1", "a > 1"},
    {"a>=-1.50", "a >= -1.5"},
    {"a=1 and b=2 and c=3", "a = 1 and b = 2 and c = 3"},
    {"a=1 and (b=2 and c=3)", "a = 1 and (b = 2 and c = 3)"},
    {"a=1 or b=2 and c=3", "a = 1 or b = 2 and c = 3"},
    {"(a=1 or b=2) and c=3", "(a = 1 or b = 2) and c = 3"},
    {"a=1 and b=2 or c=3", "a = 1 and b = 2 or c = 3"},
    {"(a=1 and b=2) or c=3", "a = 1 and b = 2 or c = 3"},
    {"a=1 and (b=2 or c=3)", "a = 1 and (b = 2 or c = 3)"},
    {"not a=1 and b=2", "not (a = 1) and b = 2"},
    {"not (a=1 and b=2)", "not (a = 1 and b = 2)"},
    {"not not a=1", "not (not (a = 1))"},
    {"((a=1))or((b=2))", "a = 1 or b = 2"},
    {"a in (1,2,\"x\") or not b in (3)", "a in (1, 2, \"x\") or not (b in (3))"},
    {"\ta\n=\n1 ", "a = 1"},
    {"android = 1 or order = 2 or inn = 3 or nothing = 4",
     "android = 1 or order = 2 or inn = 3 or nothing = 4"},
    {"`or` = 1 or `in` in (1)", "`or` = 1 or `in` in (1)"},
    {"`a \" b` = \"c ` d\"", "`a \" b` = \"c ` d\""},
};

/* The canonical text of a condition, or NULL; the caller frees. */
static char *canonical(const char *text) {
    peil_condition *condition = NULL;
    peil_text out = {0};
    if (peil_condition_parse(text, &condition, NULL) != PEIL_OK) return NULL;
    peil_condition_print(condition, &out);
    peil_condition_free(condition);
    return out.bytes;
}

Test(expression, conditions_have_one_text) {
    for (size_t i = 0; i < COUNT(conditions); i++) {
        char *text = canonical(conditions[i].text);
        cr_expect(text, "%s", conditions[i].text);
        if (!text) continue;
        cr_expect_str_eq(text, conditions[i].canonical);
        char *again = canonical(text);
        cr_expect(again && !strcmp(again, text), "%s does not read back", text);
        free(text);
        free(again);
    }
}

Test(expression, and_binds_before_or) {
    peil_condition *c = NULL;
    cr_assert_eq(peil_condition_parse("a = 1 or b = 2 and not c = 3", &c, NULL), PEIL_OK);
    cr_assert_eq(c->node, PEIL_OR);
    cr_expect_str_eq(c->left->variable, "a");
    cr_assert_eq(c->right->node, PEIL_AND);
    cr_expect_str_eq(c->right->left->variable, "b");
    cr_assert_eq(c->right->right->node, PEIL_NOT);
    cr_expect_str_eq(c->right->right->left->variable, "c");
    peil_condition_free(c);
}

Test(expression, forms_of_measures) {
    static const struct {
        const char *text;
        peil_form form;
    } cases[] = {{"percent(q)", PEIL_FORM_CATEGORIES},
                 {"percent(q = 1)", PEIL_FORM_CONDITION},
                 {"mean(q)", PEIL_FORM_VARIABLE},
                 {"median(q)", PEIL_FORM_VARIABLE},
                 {"quantile(q, 0.1)", PEIL_FORM_VARIABLE},
                 {"median(scale(a; 1..2 -> 0..1))", PEIL_FORM_SCALE},
                 {"total(q)", PEIL_FORM_VARIABLE},
                 {"total(q = 1)", PEIL_FORM_CONDITION},
                 {"total(not q = 1)", PEIL_FORM_CONDITION},
                 {"count()", PEIL_FORM_NOTHING},
                 {"ratio(a / b)", PEIL_FORM_RATIO},
                 {"index(q: 1 = 0)", PEIL_FORM_INDEX},
                 {"scale(a; 1..2 -> 0..1)", PEIL_FORM_SCALE},
                 {"sd(scale(a; 1..2 -> 0..1))", PEIL_FORM_SCALE},
                 {"percent(scale(djg6_sociaal: a, b, c))", PEIL_FORM_CLASSES},
                 {"percent(scale(djg6_sociaal: a, b, c) > 1)", PEIL_FORM_SCORE},
                 {"total(scale(djg6_sociaal: a, b, c) > 1)", PEIL_FORM_SCORE},
                 {"alpha(a, b; 1..2)", PEIL_FORM_ITEMS},
                 {"percent((q = 1))", PEIL_FORM_CONDITION}};
    for (size_t i = 0; i < COUNT(cases); i++) {
        peil_measure measure = {0};
        cr_assert_eq(peil_measure_parse(cases[i].text, all_kinds(), &measure, NULL), PEIL_OK, "%s",
                     cases[i].text);
        cr_expect_eq(measure.form, cases[i].form, "%s", cases[i].text);
        peil_measure_clear(&measure);
    }
}

Test(expression, parts_of_a_scale) {
    peil_measure m = {0};
    cr_assert_eq(
        peil_measure_parse("s: scale(a, -b, c; 1..5 -> -0.5..10; min 2)", all_kinds(), &m, NULL),
        PEIL_OK);
    cr_expect_eq(m.nvariables, 3);
    cr_expect(!m.variables[0].reversed && m.variables[1].reversed && !m.variables[2].reversed);
    cr_expect(m.rule.item_low.digits == 1 && m.rule.item_high.digits == 5);
    cr_expect(m.rule.score_low.digits == -5 && m.rule.score_low.scale == 1);
    cr_expect(m.rule.score_high.digits == 1 && m.rule.score_high.scale == -1);
    cr_expect_eq(m.rule.min_valid, 2);
    peil_measure_clear(&m);
}

/* count() asks nothing: two of them hold the same question, of no letters. */
Test(expression, a_question_of_nothing_is_text) {
    peil_measure measure = {0};
    cr_assert_eq(peil_measure_parse("count()", all_kinds(), &measure, NULL), PEIL_OK);
    cr_assert_not_null(measure.question);
    cr_expect_str_eq(measure.question, "");
    peil_measure_clear(&measure);
}

/* Whatever is done with a score, the question is one. */
Test(expression, figures_of_a_scale_share_its_question) {
    static const char *const texts[] = {
        "scale(a, b; 1..5 -> 0..10)", "n: sd(scale(a, b; 1..5 -> 0..10; min 2))",
        "percent(scale(a,b;1..5->0..10) >= 5)", "total(scale(a, b; 1..5 -> 0..10) in (0, 10))"};
    for (size_t i = 0; i < COUNT(texts); i++) {
        peil_measure m = {0};
        cr_assert_eq(peil_measure_parse(texts[i], all_kinds(), &m, NULL), PEIL_OK, "%s", texts[i]);
        cr_expect_str_eq(m.question, "a, b; 1..5 -> 0..10; min 2");
        peil_measure_clear(&m);
    }
}

Test(expression, min_of_ten_or_more_items) {
    peil_measure m = {0};
    cr_assert_eq(peil_measure_parse("scale(a, b, c, d, e, f, g, h, i, j, k; 0..1 -> 0..1; min 10)",
                                    all_kinds(), &m, NULL),
                 PEIL_OK);
    cr_expect_eq(m.rule.min_valid, 10);
    peil_measure_clear(&m);
}

/* ---- what is refused, and where ---- */

static const struct {
    const char *text, *rest, *what; /* rest: the text from the fault on */
} measure_faults[] = {
    {"", "", "expected a measure here, such as percent(q5 = 1)"},
    {"(q)", "(q)", "expected a measure here, such as percent(q5 = 1)"},
    {"5(q)", "5(q)", "expected a measure here, such as percent(q5 = 1)"},
    {"`mean`(q)", "`mean`(q)", "expected a measure here, such as percent(q5 = 1)"},
    {"maen(q)", "maen(q)",
     "there is no measure maen; is it mean? there are percent, mean, median, quantile, sd, "
     "total, count, ratio, index, scale, alpha"},
    {"Mean(q)", "Mean(q)",
     "there is no measure Mean; is it mean? there are percent, mean, median, quantile, sd, "
     "total, count, ratio, index, scale, alpha"},
    {"frobnicate(q)", "frobnicate(q)",
     "there is no measure frobnicate; there are percent, mean, median, quantile, sd, total, "
     "count, ratio, index, scale, alpha"},
    {"mean", "", "expected ( here"},
    {"mean q", "q", "expected ( here"},
    {"mean(", "", "expected a variable here"},
    {"mean()", ")", "expected a variable here"},
    {"mean(``)", "``)", "expected a variable here"},
    {"mean(5)", "5)", "expected a variable here"},
    {"mean(\"q\")", "\"q\")", "expected a variable here"},
    {"mean(q", "", "expected ) here"},
    {"mean(q = 1)", "= 1)", "expected ) here"},
    {"mean(q r)", "r)", "expected ) here; a name with spaces stands between backquotes"},
    {"mean(q), mean(r)", ", mean(r)", "a second measure has a -m of its own"},
    {"mean(q); mean(r)", "; mean(r)", "a second measure has a -m of its own"},
    {"count(q = 1)", "q = 1)", "expected ) here; how many gave an answer is total(q5 = 1)"},
    {"scale(a, \xE2\x80\x93"
     "b; 1..5)",
     "\xE2\x80\x93"
     "b; 1..5)",
     "a minus is a -"},
    {"mean(q))", ")", "did not expect this here"},
    {"mean(q) x", "x", "did not expect this here"},
    {"mean(q!)", "!)", "not is the word not"},
    {"mean(`q)", "`q)", "this quote is not closed"},
    {"percent(q = \"ja)", "\"ja)", "this quote is not closed"},
    {"percent()", ")", "expected a variable here"},
    {"percent(not)", ")", "expected a variable here"},
    {"percent(q =)", ")", "expected a number here"},
    {"percent(q = ja)", "ja)", "expected a value here; text stands between double quotes"},
    {"percent(q == 1)", "== 1)", "equal is a single ="},
    {"percent(q 1)", "1)", "expected =, <>, <, <=, >, >= or in here"},
    {"percent(q in 1)", "1)", "expected ( here"},
    {"percent(q in ())", "))", "expected a number here"},
    {"percent(q in (1,))", "))", "expected a number here"},
    {"percent(q in (1 2))", "2))", "expected ) here"},
    {"percent(q < \"a\")", "\"a\")", "text has no order here; use = or <>"},
    {"percent(q = 1 and)", ")", "expected a variable here"},
    {"percent(q = 1 xor r = 2)", "xor r = 2)", "expected ) here"},
    {"percent(q = 1e999)", "1e999)", "this number is too large"},
    {"percent(q = -)", ")", "expected a number here"},
    {"percent(q = --1)", "-1)", "expected a number here"},
    {"count(q)", "q)", "expected ) here; how many gave an answer is total(q5 = 1)"},
    {"median()", ")", "expected a variable here"},
    {"median(q, 0.5)", ", 0.5)", "expected ) here"},
    {"median(q = 1)", "= 1)", "expected ) here"},
    {"median(q;)", ")", "expected a rule here, such as ; school"},
    {"median(q; `math`)", "`math`)", "expected a rule here, such as ; school"},
    {"median(q; hf10)", "hf10)",
     "there is no rule hf10; is it hf1? there are math, school, hf1, hf2, hf3, hf4, hf5, hf6, hf7, "
     "hf8, hf9"},
    {"median(q; linear)", "linear)",
     "there is no rule linear; there are math, school, hf1, hf2, hf3, hf4, hf5, hf6, hf7, hf8, "
     "hf9"},
    {"median(q; hf7; hf8)", "; hf8)", "expected ) here"},
    {"mean(q; school)", "; school)", "expected ) here"},
    {"quantile(q)", ")", "expected a share here, such as , 0.9"},
    {"quantile(q; school)", "; school)", "expected a share here, such as , 0.9"},
    {"quantile(q,)", ")", "expected a number here"},
    {"quantile(q, half)", "half)", "expected a number here"},
    {"quantile(q, 90)", "90)", "a share is a number from 0 to 1"},
    {"quantile(q, 1.0000000001)", "1.0000000001)", "a share is a number from 0 to 1"},
    {"quantile(q, -0.1)", "-0.1)", "a share is a number from 0 to 1"},
    {"quantile(q, 0.1, 0.9)", ", 0.9)", "expected ) here"},
    {"ratio(a)", ")", "expected / here"},
    {"ratio(a / )", ")", "expected a variable here"},
    {"ratio(a / b / c)", "/ c)", "expected ) here"},
    {"index(q)", ")", "expected : here"},
    {"index(q: )", ")", "expected a number here"},
    {"index(q: 1)", ")", "expected = here"},
    {"index(q: 1 = )", ")", "expected a number here"},
    {"index(q: 1 = \"a\")", "\"a\")", "expected a number here"},
    {"index(q: 1 = 0, 1.0 = 2)", "1.0 = 2)", "this answer is there already"},
    {"index(q: \"a\" = 0, \"a\" = 2)", "\"a\" = 2)", "this answer is there already"},
    {"scale(a)", ")", "expected the range of the answers here, such as ; 1..5 -> 0..10"},
    {"scale(a; 1..5)", ")", "expected the range of the score here, such as -> 0..10"},
    {"scale(a; 1.5 -> 0..10)", "-> 0..10)", "expected .. here"},
    {"scale(a; 5..1 -> 0..10)", "5..1 -> 0..10)", "a range goes from low to high"},
    {"scale(a; 1..1 -> 0..10)", "1..1 -> 0..10)", "a range goes from low to high"},
    {"scale(a; 1..5 -> 10..0)", "10..0)", "a range goes from low to high"},
    {"scale(a; 1..5 -> 0..10; max 2)", "max 2)", "expected min or impute here"},
    {"scale(a; 1..5 -> 0..10; min 1; min 1)", "min 1)", "expected impute here"},
    {"scale(a; 1..5 -> 0..10; impute mean; max)", "max)", "expected min here"},
    {"scale(a; 1..5 -> 0..10; impute)", ")", "expected mean here"},
    {"scale(a; 1..5 -> 0..10; impute 0)", "0)", "expected mean here"},
    {"scale(a; 1..5 -> 0..10; count 2)", "count 2)", "expected min or impute here"},
    {"scale(a; 1..5; min 1)", "min 1)", "expected count here, or -> before it"},
    {"scale(a; 1..5; count)", ")", "expected a number here"},
    {"scale(a; 1..5; count 6)", "6)", "this lies outside the range of the items"},
    {"scale(a; 1..5; count 2 3 2.0)", "2.0)", "this is counted already"},
    {"scale(a; 1..5; count 2; impute mean)", "mean)", "a missing item adds 0 to a count"},
    {"scale(djg7: a)", "djg7: a)", "there is no scale djg7; is it djg6? 'peil scales' lists them"},
    {"scale(zzzzzzz: a)", "zzzzzzz: a)", "there is no scale zzzzzzz; 'peil scales' lists them"},
    {"scale(djg6_sociaal: a, b)", ")",
     "djg6_sociaal has 3 items, in this order: terugvallen, vertrouwen, nauw verbonden"},
    {"scale(djg6_sociaal: a, b, c, d)", "d)",
     "djg6_sociaal has 3 items, in this order: terugvallen, vertrouwen, nauw verbonden"},
    {"scale(vng_vertrouwen: a, b)", "b)", "vng_vertrouwen has 1 item: bo01"},
    {"scale(gamen6: a, -b, c, d, e, f)", "-b, c, d, e, f)",
     "the codes of minder moeten gamen in gamen6 have no order to reverse"},
    {"scale(djg6_sociaal: a, b, c; impute mean)", "impute mean)", "expected min here"},
    {"scale(djg6_sociaal: a, b, c; min 4)", "4)",
     "min is a whole number from 1 to the number of items"},
    {"scale(djg6_sociaal: a, b, c; 1..5 -> 0..10)", "1..5 -> 0..10)", "expected min here"},
    {"percent(scale(cohesie: a, b, c, d))", "scale(cohesie: a, b, c, d))",
     "this scale has no classes; ask for a score: percent(scale(...) >= 5)"},
    {"percent(scale(a; 1..5 -> 0..10))", "scale(a; 1..5 -> 0..10))",
     "this scale has no classes; ask for a score: percent(scale(...) >= 5)"},
    {"percent(scale(a; 1..5 -> 0..10) = \"ja\")", "= \"ja\")", "a score is compared with numbers"},
    {"percent(scale(a; 1..5 -> 0..10) >= 5 and b = 1)", "and b = 1)", "expected ) here"},
    {"total(scale(djg6_sociaal: a, b, c))", ")", "expected =, <>, <, <=, >, >= or in here"},
    {"sd(scale(a; 1..5 -> 0..10) >= 5)", ">= 5)", "expected ) here"},
    {"alpha(a; 1..5)", ")", "alpha needs at least two items"},
    {"alpha(a, b; 1..5 -> 0..10)", "-> 0..10)", "expected ) here"},
    {"alpha(a, b; 1..4.5)", "1..4.5)", "alpha takes whole numbers"},
    {"alpha(a, b; 1..5; min 2)", "; min 2)", "expected ) here"},
    {"alpha(a, b; 0..5000)", "0..5000)", "these are too many items or values for alpha"},
    {"scale(a; 1..5 -> 0..10; min)", ")", "expected a number here"},
    {"scale(a; 1..5 -> 0..10; min 0)", "0)", "min is a whole number from 1 to the number of items"},
    {"scale(a; 1..5 -> 0..10; min 2)", "2)", "min is a whole number from 1 to the number of items"},
    {"scale(a; 1..5 -> 0..10; min 0.5)", "0.5)",
     "min is a whole number from 1 to the number of items"},
    {"scale(a; 1..5 -> 0..10; min -1)", "-1)",
     "min is a whole number from 1 to the number of items"},
    {"scale(a, --b; 1..5 -> 0..10)", "-b; 1..5 -> 0..10)", "expected a variable here"},
    {"mean(caf\xC3\xA9 x)", "x)", "expected ) here; a name with spaces stands between backquotes"},
};

/* The message that points at `rest` in `text`: columns count characters, not bytes. */
static void pointed(const char *text, const char *rest, const char *what, char *out, size_t size) {
    int column = 0;
    for (const char *c = text; c < text + strlen(text) - strlen(rest); c++)
        column += (*c & 0xC0) != 0x80;
    snprintf(out, size, "%s\n  %s\n  %*s", what, text, column + 1, "^");
}

Test(expression, measure_faults_point) {
    for (size_t i = 0; i < COUNT(measure_faults); i++) {
        peil_measure measure = {0};
        peil_fault fault = {0};
        char wanted[512];
        const peil_status status =
            peil_measure_parse(measure_faults[i].text, all_kinds(), &measure, &fault);
        cr_expect_eq(status, PEIL_EUSAGE, "%s", measure_faults[i].text);
        cr_expect(!measure.text && !measure.name && !measure.variables, "%s",
                  measure_faults[i].text);
        pointed(measure_faults[i].text, measure_faults[i].rest, measure_faults[i].what, wanted,
                sizeof wanted);
        cr_expect_str_eq(fault.message, wanted);
    }
}

#define VALUE_FIRST                                                                              \
    "expected a variable here: it stands in front, as in q5 >= 4, and several values are q5 in " \
    "(1, 2)"

static const struct {
    const char *text, *rest, *what;
} condition_faults[] = {
    {"", "", "expected a variable here"},
    {"a", "", "expected =, <>, <, <=, >, >= or in here"},
    {"a = 1 b = 2", "b = 2", "did not expect this here"},
    {"(a = 1", "", "expected ) here"},
    {"a = 1)", ")", "did not expect this here"},
    {"not", "", "expected a variable here"},
    {"a != 1", "!= 1", "not equal is <>"},
    {"a = 1 && b = 2", "&& b = 2", "and is the word and"},
    {"a = 'x'", "'x'", "text stands between double quotes"},
    {"1 = a", "1 = a", VALUE_FIRST},
    {"a = 1 or 2", "2", VALUE_FIRST},
    {"a = \"x\" or \"y\"", "\"y\"", VALUE_FIRST},
    {"a = 1 en b = 2", "en b = 2", "and is the word and"},
    {"a = 1 AND b = 2", "AND b = 2", "and is the word and, in small letters"},
    {"(a = 1 Of b = 2)", "Of b = 2)", "or is the word or"},
    {"a = 1 Or b = 2", "Or b = 2", "or is the word or, in small letters"},
    {"a IN (1, 2)", "IN (1, 2)", "in is the word in, in small letters"},
    {"a in in (1)", "in (1)", "expected ( here"},
    {"a not in (1, 2)", "not in (1, 2)", "not stands in front, as in not (q5 in (1, 2))"},
    {"NOT (a = 1)", "(a = 1)", "not is the word not, in small letters"},
    {"niet a = 1", "a = 1", "not is the word not, in small letters"},
    {"a is 1", "is 1", "equal is a single ="},
    {"a between 1 and 5", "between 1 and 5", "from 1 to 5 is q5 >= 1 and q5 <= 5"},
    {"a in (1..5)", "..5)", "from 1 to 5 is q5 >= 1 and q5 <= 5"},
    {"a in (1 - 5)", "- 5)", "from 1 to 5 is q5 >= 1 and q5 <= 5"},
    {"a => 4", "=> 4", "at least is >="},
    {"a =< 4", "=< 4", "at most is <="},
    {"a \xE2\x89\xA5 4", "\xE2\x89\xA5 4", "at least is >="},
    {"a \xE2\x89\xA4 4", "\xE2\x89\xA4 4", "at most is <="},
    {"a \xE2\x89\xA0 4", "\xE2\x89\xA0 4", "not equal is <>"},
    {"a = \xE2\x80\x9Cja\xE2\x80\x9D", "\xE2\x80\x9Cja\xE2\x80\x9D",
     "quotes are straight, as in q5 = \"ja\""},
    {"a = \xE2\x80\x98ja\xE2\x80\x99", "\xE2\x80\x98ja\xE2\x80\x99",
     "text stands between double quotes"},
    {"a >= 50%", "%", "a percentage is written without its sign"},
    {"a in (1; 5)", "; 5)", "commas stand between values"},
    {"a = 1,5", ",5", "did not expect this here; decimals stand behind a point, as in 7.5"},
};

Test(expression, condition_faults_point) {
    for (size_t i = 0; i < COUNT(condition_faults); i++) {
        peil_condition *condition = NULL;
        peil_fault fault = {0};
        char wanted[512];
        cr_expect_eq(peil_condition_parse(condition_faults[i].text, &condition, &fault),
                     PEIL_EUSAGE, "%s", condition_faults[i].text);
        cr_expect_null(condition);
        pointed(condition_faults[i].text, condition_faults[i].rest, condition_faults[i].what,
                wanted, sizeof wanted);
        cr_expect_str_eq(fault.message, wanted);
    }
}

Test(expression, an_empty_name_is_refused) {
    peil_measure measure = {0};
    peil_fault fault = {0};
    cr_expect_eq(peil_measure_parse(" : mean(x)", all_kinds(), &measure, &fault), PEIL_EUSAGE);
    cr_expect_str_eq(fault.message, "a measure's name before the colon is empty");
}

/* ---- depth and length ---- */

/* `n` times `open`, then `middle`, then `n` times `close`. */
static char *nested(const char *open, const char *middle, const char *close, size_t n) {
    peil_text text = {0};
    for (size_t i = 0; i < n; i++) peil_text_add(&text, open);
    peil_text_add(&text, middle);
    for (size_t i = 0; i < n; i++) peil_text_add(&text, close);
    return text.bytes;
}

Test(expression, nests_to_a_limit) {
    static const struct {
        const char *open, *close;
        size_t n;
        bool fits;
    } cases[] = {{"(", ")", 100, true},    {"(", ")", 101, false},   {"(", ")", 100000, false},
                 {"not ", "", 100, true},  {"not ", "", 101, false}, {"not ", "", 100000, false},
                 {"not (", ")", 50, true}, {"not (", ")", 51, false}};
    for (size_t i = 0; i < COUNT(cases); i++) {
        char *text = nested(cases[i].open, "a = 1", cases[i].close, cases[i].n);
        peil_condition *condition = NULL;
        peil_fault fault = {0};
        const peil_status status = peil_condition_parse(text, &condition, &fault);
        cr_expect_eq(status, cases[i].fits ? PEIL_OK : PEIL_EUSAGE, "%zu times %s", cases[i].n,
                     cases[i].open);
        if (!cases[i].fits) cr_expect_eq(strncmp(fault.message, "too many parentheses\n", 21), 0);
        peil_condition_free(condition);
        free(text);
    }
}

/* What is printed reads back, whatever `and` and `or` nest. */
Test(expression, random_conditions_read_back) {
    uint64_t state = 15;
    for (size_t i = 0; i < 2000; i++) {
        peil_text text = {0};
        const size_t n = 1 + random_below(&state, 8);
        size_t open = 0;
        for (size_t k = 0; k < n; k++) {
            if (k) peil_text_add(&text, random_below(&state, 2) ? " and " : " or ");
            if (!random_below(&state, 4)) peil_text_add(&text, "not ");
            for (; random_below(&state, 3) == 0; open++) peil_text_add(&text, "(");
            peil_text_add_format(&text, "v%zu = %zu", k, k);
            for (; open && random_below(&state, 3) == 0; open--) peil_text_add(&text, ")");
        }
        for (; open; open--) peil_text_add(&text, ")");
        char *once = canonical(text.bytes), *twice = once ? canonical(once) : NULL;
        HOLDS(once && twice && !strcmp(once, twice), "%s: %s, then %s", text.bytes, once, twice);
        peil_text_clear(&text);
        free(once);
        free(twice);
    }
}

Test(expression, long_texts_are_shown_in_part) {
    char *text = nested("a = 1 and ", "a ! 1", " and b = 2", 200);
    peil_condition *condition = NULL;
    peil_fault fault = {0};
    cr_expect_eq(peil_condition_parse(text, &condition, &fault), PEIL_EUSAGE);
    cr_expect_lt(strlen(fault.message), 300);
    const char *caret = strrchr(fault.message, '\n') + 1, *shown = strchr(fault.message, '\n') + 1;
    cr_expect_eq(shown[strlen(caret) - 1], '!', "%s", fault.message);
    free(text);
}

/* Adds the leaf's variable to a text; fails at `stop`. */
static peil_status note_leaf(peil_condition *leaf, void *context, peil_fault *fault) {
    peil_text_add(context, leaf->variable);
    return strcmp(leaf->variable, "stop") ? PEIL_OK : peil_fail(fault, PEIL_EUSAGE, "stopped");
}

Test(expression, each_visits_left_to_right) {
    static const struct {
        const char *text, *visited;
        peil_status status;
    } cases[] = {{"a = 1 and (b = 1 or not c = 1) and d in (1)", "abcd", PEIL_OK},
                 {"a = 1 and (stop = 1 or b = 1)", "astop", PEIL_EUSAGE}};
    for (size_t i = 0; i < COUNT(cases); i++) {
        peil_condition *c = NULL;
        peil_text visited = {0};
        cr_assert_eq(peil_condition_parse(cases[i].text, &c, NULL), PEIL_OK);
        cr_expect_eq(peil_condition_each(c, note_leaf, &visited, NULL), cases[i].status);
        cr_expect_str_eq(visited.bytes, cases[i].visited);
        peil_condition_free(c);
        peil_text_clear(&visited);
    }
    cr_expect_eq(peil_condition_each(NULL, note_leaf, NULL, NULL), PEIL_OK);
}
