/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plan/score.h"

/* sum over n items whose mean is mapped; one division, so that a score that is a whole number comes
 * out as one. */
static peil_real mapped(const peil_rule *rule, peil_real sum, peil_real n) {
    const peil_real low = peil_decimal_real(rule->item_low);
    const peil_real high = peil_decimal_real(rule->item_high);
    const peil_real from = peil_decimal_real(rule->score_low);
    const peil_real to = peil_decimal_real(rule->score_high);
    return from + (sum - n * low) * (to - from) / (n * (high - low));
}

/* The means of the items whose bits are set; false when nobody answered one of them. */
static bool add_means(const peil_real *means, uint64_t missing, peil_real *sum) {
    for (size_t item = 0; missing >> item; item++) {
        if (!(missing >> item & 1)) continue;
        if (means[item] != means[item]) return false;
        *sum += means[item];
    }
    return true;
}

bool peil_question_value(const peil_question *question, const peil_real *means, peil_number answer,
                         peil_real *value) {
    const peil_measure *m = question->measure;
    *value = peil_decimal_real(answer.a);
    if (!(m->form & PEIL_FORMS_OF_SCALE)) return true;
    if (answer.b.digits < 0) return false; /* PEIL_NO_SCORE */
    if (m->rule.counting == PEIL_SCORE_COUNT) return true;
    const uint64_t missing = (uint64_t)peil_decimal_int(answer.b);
    const size_t valid = m->nvariables - (m->rule.imputes ? 0 : missing);
    if (m->rule.imputes && !add_means(means, missing, value)) return false;
    *value = mapped(&m->rule, *value, (peil_real)valid);
    return true;
}

/* A whole number that a word holds. */
static bool is_whole(peil_decimal number) {
    for (; number.scale < 0; number.scale++) {
        if (number.digits > INT64_MAX / 10 || number.digits < -INT64_MAX / 10) return false;
        number.digits *= 10;
    }
    return number.scale == 0;
}

static size_t count_bits(uint64_t bits) {
    size_t n = 0;
    for (; bits; bits &= bits - 1) n++;
    return n;
}

bool peil_question_takes(const peil_question *question, peil_number answer) {
    const peil_measure *m = question->measure;
    if (m->form == PEIL_FORM_ITEMS) return is_whole(answer.a) && is_whole(answer.b);
    if (!(m->form & PEIL_FORMS_OF_SCALE) || answer.b.digits < 0) return true;
    if (!is_whole(answer.b)) return false;
    const uint64_t missing = (uint64_t)peil_decimal_int(answer.b);
    if (m->rule.imputes && missing >> m->nvariables) return false; /* at most PEIL_IMPUTED_MOST */
    const uint64_t n = m->rule.imputes ? count_bits(missing) : missing;
    return n <= m->nvariables - m->rule.min_valid;
}

static int compare(peil_real a, peil_real b) {
    const peil_real less = peil_real_less(a, b);
    return (less > 0) - (less < 0);
}

bool peil_score_meets(const peil_condition *test, peil_real score) {
    if (test->node == PEIL_COMPARE)
        return peil_operator_holds(test->op,
                                   compare(score, peil_decimal_real(test->literals[0].number)));
    for (size_t i = 0; i < test->nliterals; i++)
        if (compare(score, peil_decimal_real(test->literals[i].number)) == 0) return true;
    return false;
}

size_t peil_score_class(const peil_scale *scale, peil_real score) {
    size_t i = 0;
    for (; i < scale->nclasses; i++) {
        const peil_class *class = &scale->classes[i];
        const int low = compare(score, (peil_real) class->low);
        const int high = compare(score, (peil_real) class->high);
        if ((class->above ? low > 0 : low >= 0) && (class->below ? high < 0 : high <= 0)) break;
    }
    return i;
}
