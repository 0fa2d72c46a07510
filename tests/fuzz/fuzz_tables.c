/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Any bytes as a table beside the data, or as the data. The first one tells which: p, published
 * figures; e, the same, explained; h, areas in areas; t, targets that figures are calibrated to; w,
 * the same for weights; d, data that are described. */
#include "fuzz/figures.h"
#include "verify/verify.h"

static void check(figures_run *run, const peil_request *request) {
    peil_text said = figures_check(run, *request);
    peil_text_clear(&said);
}

static void check_table(char kind, const char *path) {
    const char *people = figures_people();
    peil_request request = {.files = FIGURES_WORDS(people), .weight = "w"};
    const peil_words table = FIGURES_WORDS(path);
    if (kind == 'p' || kind == 'e') {
        request.measures = FIGURES_WORDS("A: percent(q = 1)", "B: mean(y)");
        request.by = FIGURES_WORDS("g,age");
        request.period = "j";
        request.published = table;
        request.explain = kind == 'e';
        check(peil_run_verify, &request);
    } else if (kind == 'h') {
        request.measures = FIGURES_WORDS("count()");
        request.by = FIGURES_WORDS("wijk", "gemeente");
        request.margins = true;
        request.hierarchy = path;
        check(peil_run_table, &request);
    } else if (kind == 't') {
        request.measures = FIGURES_WORDS("mean(y)");
        request.strata = FIGURES_WORDS("h");
        request.lonely_psu = "adjust";
        request.targets = table;
        check(peil_run_table, &request);
    } else if (kind == 'w') {
        request.targets = table;
        request.calibrate = "linear";
        request.keep_weights = true;
        check(peil_run_weight, &request);
    } else if (kind == 'd') {
        request = (peil_request){.files = table};
        check(peil_run_describe, &request);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length);

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length) {
    if (length == 0) return 0;
    const memory_file table = memory_file_of(bytes + 1, length - 1);
    check_table((char)bytes[0], table.path);
    memory_file_close(&table);
    return 0;
}
