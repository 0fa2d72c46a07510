/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Any text as a measure and as a condition. What parses is printed in its one form, which parses
 * to itself. */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/text.h"
#include "estimate/figure.h"
#include "plan/expression.h"

static void differ(const char *text, const char *once, const char *again) {
    fprintf(stderr, "%s\nis printed as\n%s\nand that as\n%s\n", text, once, again);
    abort();
}

/* The canonical text; false when it does not parse. */
static bool print_measure(const char *text, peil_kinds kinds, peil_text *out) {
    peil_measure measure = {0};
    peil_fault fault = {0};
    const peil_status status = peil_measure_parse(text, kinds, &measure, &fault);
    if (status == PEIL_OK) peil_measure_print(&measure, out);
    if (status != PEIL_OK && !fault.message[0]) abort();
    peil_measure_clear(&measure);
    return status == PEIL_OK;
}

static bool print_condition(const char *text, peil_text *out) {
    peil_condition *condition = NULL;
    peil_fault fault = {0};
    const peil_status status = peil_condition_parse(text, &condition, &fault);
    if (status == PEIL_OK) peil_condition_print(condition, out);
    if (status != PEIL_OK && !fault.message[0]) abort();
    peil_condition_free(condition);
    return status == PEIL_OK;
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length);

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length) {
    peil_kinds kinds;
    kinds.n = peil_estimator_kinds(&kinds.kinds);
    peil_text text = {0}, once = {0}, again = {0};
    peil_text_add_bytes(&text, (const char *)bytes, length);
    peil_text_add_bytes(&text, "", 1);
    if (print_measure(text.bytes, kinds, &once) &&
        (!print_measure(once.bytes, kinds, &again) || strcmp(once.bytes, again.bytes) != 0))
        differ(text.bytes, once.bytes, again.bytes ? again.bytes : "nothing");
    peil_text_clear(&once);
    peil_text_clear(&again);
    if (print_condition(text.bytes, &once) &&
        (!print_condition(once.bytes, &again) || strcmp(once.bytes, again.bytes) != 0))
        differ(text.bytes, once.bytes, again.bytes ? again.bytes : "nothing");
    peil_text_clear(&once);
    peil_text_clear(&again);
    peil_text_clear(&text);
    return 0;
}
