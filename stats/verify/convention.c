/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "verify/convention.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "core/array.h"
#include "estimate/figure.h"

#define CONVENTIONS(ROW)        \
    ROW(unweighted)             \
    ROW(other_weight)           \
    ROW(missing_in_denominator) \
    ROW(dont_know)              \
    ROW(not_applicable)         \
    ROW(left_out)               \
    ROW(everybody)              \
    ROW(other_domain)           \
    ROW(other_value)            \
    ROW(percent_of_cases)       \
    ROW(min_one)                \
    ROW(min_all)                \
    ROW(item_mean)              \
    ROW(reversed)               \
    ROW(not_reversed)           \
    ROW(none_reversed)          \
    ROW(all_reversed)           \
    ROW(other_period)           \
    ROW(period_before)          \
    ROW(period_after)           \
    ROW(other_group)            \
    ROW(all_groups)             \
    ROW(one_group)              \
    ROW(truncated)              \
    ROW(half_even)

#define DECLARE(name) extern const peil_convention peil_convention_##name;
CONVENTIONS(DECLARE)

#define ADDRESS(name) &peil_convention_##name,
const peil_convention *const peil_conventions[] = {CONVENTIONS(ADDRESS) NULL};

/* ---- for the rows ---- */

const char *peil_convention_word(const peil_situation *s, peil_status *status, peil_fault *fault,
                                 const char *format, ...) {
    char *made = NULL;
    va_list arguments;
    va_start(arguments, format);
    const int length = vsnprintf(NULL, 0, format, arguments);
    va_end(arguments);
    if (*status != PEIL_OK || length < 0) return "";
    *status = peil_monitor_own(s->monitor, &made, (size_t)length + 1, 1, fault);
    if (*status != PEIL_OK) return "";
    va_start(arguments, format);
    vsnprintf(made, (size_t)length + 1, format, arguments);
    va_end(arguments);
    return made;
}

peil_status peil_changes_list_add(peil_changes_list *list, const peil_convention *convention,
                                  const char *detail, const char *text, size_t item,
                                  peil_fault *fault) {
    PEIL_TRY(
        peil_array_reserve(&list->list, &list->capacity, list->n + 1, sizeof *list->list, fault));
    list->list[list->n++] = (peil_change){convention, detail, text, item};
    return PEIL_OK;
}

static peil_status keep_measure(const peil_situation *s, const peil_measure *measure,
                                peil_draft *draft, peil_fault *fault) {
    peil_text text = {0};
    peil_measure_print(measure, &text);
    peil_status status = text.failed ? peil_fail_memory(fault) : PEIL_OK;
    draft->measure =
        peil_convention_word(s, &status, fault, "%s", status == PEIL_OK ? text.bytes : "");
    peil_text_clear(&text);
    return status;
}

peil_status peil_draft_edit(const peil_situation *s, const peil_change *change, peil_edit *edit,
                            peil_draft *draft, peil_fault *fault) {
    peil_kinds kinds;
    peil_measure measure = {0};
    kinds.n = peil_estimator_kinds(&kinds.kinds);
    peil_status status = peil_measure_parse(draft->measure, kinds, &measure, fault);
    if (status == PEIL_OK) {
        edit(&measure, change);
        status = keep_measure(s, &measure, draft, fault);
    }
    peil_measure_clear(&measure);
    return status;
}

peil_status peil_draft_narrow(const peil_situation *s, const char *where, peil_draft *draft,
                              peil_fault *fault) {
    peil_status status = PEIL_OK;
    if (!draft->where)
        draft->where = where;
    else if (where)
        draft->where =
            peil_convention_word(s, &status, fault, "(%s) and (%s)", draft->where, where);
    return status;
}
