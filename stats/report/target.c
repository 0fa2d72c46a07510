/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/target.h"

#include <math.h>
#include <string.h>

#include "core/number.h"

/* Values that meet a target: low <= x < high. */
typedef struct peil_target_set {
    double low, high;
} target_set;

static peil_relation relation_of(const peil_stated *target, peil_better better) {
    const peil_relation relation = target->statement.relation;
    if (relation != PEIL_IS || better == PEIL_BETTER_UNSAID) return relation;
    return better == PEIL_BETTER_HIGHER ? PEIL_AT_LEAST : PEIL_AT_MOST;
}

/* Half of one in the last decimal that is shown; of about a round number, in its last digit that is
 * not 0. */
static peil_real half_unit(const peil_statement *s) {
    const bool is_round = s->relation == PEIL_ABOUT && s->decimals == 0 && s->value.scale < 0;
    return peil_decimal_real((peil_decimal){5, (is_round ? s->value.scale : s->decimals) + 1});
}

static target_set set_of(const peil_statement *s, peil_relation relation) {
    const peil_real value = peil_decimal_real(s->value), half = half_unit(s);
    const double below = (double)(value - half), above = (double)(value + half);
    switch (relation) {
        case PEIL_ABOVE:
            return (target_set){above, (double)INFINITY};
        case PEIL_AT_LEAST:
            return (target_set){below, (double)INFINITY};
        case PEIL_BELOW:
            return (target_set){-(double)INFINITY, below};
        case PEIL_AT_MOST:
            return (target_set){-(double)INFINITY, above};
        case PEIL_BETWEEN:
            return (target_set){below, (double)(peil_decimal_real(s->high) + half)};
        case PEIL_IS:
        case PEIL_ABOUT:
        case PEIL_UNMEASURED:
            break;
    }
    return (target_set){below, above};
}

static bool is_in(target_set set, double x) {
    return x >= set.low && x < set.high;
}

static peil_judgement judge_interval(target_set set, bool is_bare, peil_measured m) {
    if (m.bounds.high < set.low || m.bounds.low >= set.high) return PEIL_NOT_MET;
    if (is_bare) return is_in(set, m.value) ? PEIL_MET : PEIL_NOT_DISTINGUISHABLE;
    return is_in(set, m.bounds.low) && is_in(set, m.bounds.high) ? PEIL_MET
                                                                 : PEIL_NOT_DISTINGUISHABLE;
}

/* ---- the reason ---- */

/* With one decimal more than the target shows, so that a figure near it can be told from it; a
 * count needs none. */
static void add_number(peil_text *out, const peil_statement *s, double x, peil_language language) {
    const bool is_whole = x == nearbyint(x);
    peil_number_add(out, x, is_whole ? s->decimals : s->decimals + 1, language);
    if (s->is_percent) peil_text_add(out, "%");
}

static void add_bounds(peil_text *out, const peil_statement *s, peil_bounds bounds,
                       peil_language language) {
    add_number(out, s, bounds.low, language);
    peil_text_add(out, language == PEIL_DUTCH ? " tot " : " to ");
    add_number(out, s, bounds.high, language);
}

static const char *const without_interval[][2] = {
    [PEIL_MET] = {"the figure (%s) meets %s", "het cijfer (%s) voldoet aan %s"},
    [PEIL_NOT_MET] = {"the figure (%s) does not meet %s", "het cijfer (%s) voldoet niet aan %s"},
    [PEIL_NOT_DISTINGUISHABLE] = {"the figure (%s) has no interval to hold against %s",
                                  "het cijfer (%s) heeft geen interval om naast %s te leggen"},
};

static const char *const with_interval[][2] = {
    [PEIL_MET] = {"the whole interval (%s) meets %s", "het hele interval (%s) voldoet aan %s"},
    [PEIL_NOT_MET] = {"the whole interval (%s) lies outside %s",
                      "het hele interval (%s) ligt buiten %s"},
    [PEIL_NOT_DISTINGUISHABLE] = {"the interval (%s) holds values that meet %s and values that do "
                                  "not",
                                  "het interval (%s) bevat waarden die aan %s voldoen en waarden "
                                  "die dat niet doen"},
};

static void explain(peil_judgement judgement, const peil_stated *target, peil_measured measured,
                    bool by_figure, peil_language language, peil_text *reason) {
    peil_text shown = {0};
    if (by_figure)
        add_number(&shown, &target->statement, measured.value, language);
    else
        add_bounds(&shown, &target->statement, measured.bounds, language);
    const char *sentence = (by_figure ? without_interval : with_interval)[judgement][language];
    const char *place = strstr(sentence, "%s"), *second = strstr(place + 2, "%s");
    peil_text_add_bytes(reason, sentence, (size_t)(place - sentence));
    peil_text_add(reason, shown.failed ? "" : shown.bytes);
    peil_text_add_bytes(reason, place + 2, (size_t)(second - place - 2));
    peil_text_add(reason, target->text);
    peil_text_add(reason, second + 2);
    reason->failed = reason->failed || shown.failed;
    peil_text_clear(&shown);
}

peil_judgement peil_target_judge(const peil_stated *target, peil_better better,
                                 peil_measured measured, peil_language language,
                                 peil_text *reason) {
    const peil_relation relation = relation_of(target, better);
    if (relation == PEIL_UNMEASURED || isnan(measured.value)) return PEIL_NOT_JUDGED;
    const target_set set = set_of(&target->statement, relation);
    const bool is_bare = relation == PEIL_IS || relation == PEIL_ABOUT;
    const bool has_interval =
        !measured.is_register && !isnan(measured.bounds.low) && !isnan(measured.bounds.high);
    const peil_judgement judgement = has_interval ? judge_interval(set, is_bare, measured)
                                     : !measured.is_register      ? PEIL_NOT_DISTINGUISHABLE
                                     : is_in(set, measured.value) ? PEIL_MET
                                                                  : PEIL_NOT_MET;
    const bool by_figure = !has_interval || (is_bare && judgement == PEIL_MET);
    explain(judgement, target, measured, by_figure, language, reason);
    return judgement;
}

const char *peil_judgement_word(peil_judgement judgement) {
    static const char *const words[] = {"", "met", "not-met", "not-distinguishable"};
    return words[judgement];
}
