/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plan/score.h"

peil_real peil_question_value(const peil_question *question, peil_number answer) {
    const peil_measure *m = question->measure;
    const peil_real sum = peil_decimal_real(answer.a);
    if (m->form != PEIL_FORM_SCALE) return sum;
    const peil_real items = peil_decimal_real(answer.b);
    const peil_real low = peil_decimal_real(m->item_low), high = peil_decimal_real(m->item_high);
    const peil_real from = peil_decimal_real(m->score_low), to = peil_decimal_real(m->score_high);
    /* One division, so that a score that is a whole number comes out as one. */
    return from + (sum - items * low) * (to - from) / (items * (high - low));
}
