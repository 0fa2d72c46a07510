/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <sys/stat.h>

#include "core/digest.h"
#include "report/state_file.h"
#include "support/states.h"

static const char survey[] = "id,h,w,q,y\n1,a,1.5,1,3\n2,a,2,2,4.5\n3,b,1,1,9\n4,b,0.5,2,1\n";

#define REQUEST .measures = WORDS("percent(q)", "mean(y)"), .weight = "w", .strata = WORDS("h")

/* A state of some data, and its file. */
static peil_text state_of(peil_request request, const char *text) {
    peil_report report = report_on(peil_run_tally, request, text);
    const peil_text state = report.document;
    report.document = (peil_text){0};
    peil_report_clear(&report);
    return state;
}

static scratch file_of(const char *bytes, size_t length) {
    return scratch_make("one.state", bytes, length);
}

/* How a merge of these files is refused. */
static peil_fault refusal(const scratch *files, size_t n) {
    const char *paths[8];
    peil_report report = {0};
    peil_fault fault = {0};
    for (size_t i = 0; i < n; i++) paths[i] = files[i].path;
    const peil_request request = {.files = {n, paths}};
    const peil_status status = peil_run_merge(&request, &report, &fault);
    cr_expect_neq(status, PEIL_OK);
    cr_expect_eq(report.nrows, 0);
    peil_report_clear(&report);
    return fault;
}

static void expect_refusal(const char *bytes, size_t length, const char *message) {
    const scratch file = file_of(bytes, length);
    const peil_fault fault = refusal(&file, 1);
    cr_expect_eq(fault.status, PEIL_EDATA, "%s", fault.message);
    cr_expect_str_eq(fault.file, file.path);
    cr_expect(strstr(fault.message, message), "%s instead of %s", fault.message, message);
    scratch_remove(&file);
}

/* ---- files that are not whole ---- */

Test(state, a_byte_that_changed_anywhere) {
    static const unsigned char changes[] = {1, 0x20, 0x80, 0xFF};
    peil_text state = state_of((peil_request){REQUEST}, survey);
    for (size_t i = 0; i < state.length; i++) {
        const char kept = state.bytes[i];
        state.bytes[i] = (char)((unsigned char)kept ^ changes[i % COUNT(changes)]);
        const scratch file = file_of(state.bytes, state.length);
        const peil_fault fault = refusal(&file, 1);
        HOLDS(fault.status == PEIL_EDATA && fault.message[0], "byte %zu: %d", i, fault.status);
        scratch_remove(&file);
        state.bytes[i] = kept;
    }
    peil_text_clear(&state);
}

Test(state, a_file_cut_anywhere) {
    peil_text state = state_of((peil_request){REQUEST}, survey);
    for (size_t length = 0; length < state.length; length++) {
        const scratch file = file_of(state.bytes, length);
        const peil_fault fault = refusal(&file, 1);
        HOLDS(fault.status == PEIL_EDATA && fault.message[0], "%zu bytes: %d", length,
              fault.status);
        scratch_remove(&file);
    }
    peil_text_clear(&state);
}

Test(state, faults_by_name) {
    peil_text state = state_of((peil_request){REQUEST}, survey);
    char *order = memchr(strchr(strchr(state.bytes, '\n') + 1, '\n') + 1, '\n', 80);
    cr_assert(order++);
    expect_refusal("a,b\n1,2\n", 8, "is no state that peil tally made");
    expect_refusal(state.bytes, state.length / 2, "is cut short: it has ");
    state.bytes[11] = '2';
    expect_refusal(state.bytes, state.length,
                   "is a state of version 2, and this peil reads version 1");
    state.bytes[11] = '1';
    memcpy(order, "\1\2\3\4", 4);
    expect_refusal(state.bytes, state.length, "has its bytes in another order");
    memcpy(order, "\4\3\2\1", 4);
    state.bytes[state.length - 40] ^= 1;
    expect_refusal(state.bytes, state.length, "its checksum is another");
    state.bytes[state.length - 40] ^= 1;
    peil_text_add(&state, "\n");
    expect_refusal(state.bytes, state.length, "goes on behind its end");
    peil_text_clear(&state);
}

/* Merges a state in which somebody changed a byte, and gave it the right checksum. */
static peil_status merge_altered(const peil_text *state, size_t i, char byte, peil_report *report) {
    const size_t end = state->length - PEIL_DIGEST_BYTES;
    char digest[PEIL_DIGEST_BYTES];
    peil_text altered = {0};
    peil_fault fault = {0};
    peil_text_add_bytes(&altered, state->bytes, end);
    altered.bytes[i] = byte;
    peil_digest(altered.bytes, end, digest);
    peil_text_add_bytes(&altered, digest, sizeof digest);
    const scratch file = file_of(altered.bytes, altered.length);
    const char *const paths[] = {file.path};
    const peil_request request = {.files = {1, paths}, .threads = 1};
    const peil_status status = peil_run_merge(&request, report, &fault);
    HOLDS(status == PEIL_OK || status == PEIL_EDATA, "byte %zu: %d %s", i, status, fault.message);
    scratch_remove(&file);
    peil_text_clear(&altered);
    return status;
}

/* Four rows have four respondents, and no degree of freedom more. */
static void expect_four_rows(const peil_report *report, size_t i) {
    for (size_t row = 0; row < report->nrows; row++) {
        const uint64_t n = cell_of(report, row, "n")->as.count;
        const double df = cell_of(report, row, "df")->as.number;
        HOLDS(n <= 4 && df < 4, "byte %zu: n %" PRIu64 ", df %g", i, n, df);
    }
}

Test(state, contents_that_do_not_fit_together) {
    peil_text state = state_of((peil_request){REQUEST}, survey);
    const size_t end = state.length - PEIL_DIGEST_BYTES;
    size_t refused = 0;
    for (size_t i = 170; i < end; i++) {
        peil_report report = {0};
        refused += merge_altered(&state, i, i % 2 ? 0x3F : (char)0xFF, &report) == PEIL_EDATA;
        expect_four_rows(&report, i);
        peil_report_clear(&report);
    }
    cr_expect_gt(refused, (end - 170) / 2);
    peil_text_clear(&state);
}

/* Cells of a breakdown whose margins nobody has. */
Test(state, contents_that_no_target_is_for) {
    const scratch targets = scratch_text("targets.csv", "margin,category,target\nh,a,7\nh,b,3\n");
    peil_text state = state_of((peil_request){.measures = WORDS("mean(y)"),
                                              .weight = "w",
                                              .by = WORDS("q"),
                                              .targets = WORDS(targets.path)},
                               survey);
    for (size_t i = 170; i < state.length - PEIL_DIGEST_BYTES; i++) {
        peil_report report = {0};
        const peil_status status = merge_altered(&state, i, 0, &report);
        cr_expect(status == PEIL_OK || report.nrows == 0);
        peil_report_clear(&report);
    }
    peil_text_clear(&state);
    scratch_remove(&targets);
}

/* ---- what is judged, and when ---- */

/* A part has one unit of the stratum, the whole has two. */
Test(state, a_part_with_a_lonely_unit) {
    const char *const parts[] = {"h,y\na,1\nb,2\n", "h,y\nb,3\na,4\n"};
    const peil_request request = {.measures = WORDS("mean(y)"), .strata = WORDS("h")};
    scratch files[2];
    const char *paths[2];
    for (size_t i = 0; i < 2; i++) {
        peil_text state = state_of(request, parts[i]);
        files[i] = file_of(state.bytes, state.length);
        paths[i] = files[i].path;
        peil_text_clear(&state);
    }
    const peil_fault fault = refusal(files, 1);
    cr_expect(strstr(fault.message, "lonely") || strstr(fault.message, "one"), "%s", fault.message);
    const peil_request both = {.files = {2, paths}};
    char *merged = output_of(peil_run_merge, &both);
    peil_report whole = report_on(peil_run_table, request, "h,y\na,1\nb,2\nb,3\na,4\n");
    peil_text expected = {0};
    peil_writer_find("csv")->write(&whole, &(peil_style){0}, &expected);
    cr_expect_str_eq(merged, expected.bytes);
    peil_text_clear(&expected);
    peil_report_clear(&whole);
    free(merged);
    for (size_t i = 0; i < 2; i++) scratch_remove(&files[i]);
}

/* ---- a file that is still being written ---- */

static void write_more(void *context, uint64_t rows, uint64_t bytes, uint64_t all) {
    FILE *file = fopen(context, "ab");
    (void)rows;
    (void)bytes;
    (void)all;
    cr_assert(file && fputs("5,b,1,1,1\n", file) >= 0 && fclose(file) == 0);
}

Test(state, data_that_grow_while_they_are_read) {
    static command *const commands[] = {peil_run_tally, peil_run_table};
    for (size_t i = 0; i < COUNT(commands); i++) {
        const scratch file = scratch_text("data.csv", survey);
        const char *const files[] = {file.path};
        peil_request request = {REQUEST, .files = {1, files}};
        request.progress = write_more;
        request.progress_context = (void *)(uintptr_t)file.path;
        peil_report report = {0};
        peil_fault fault = {0};
        cr_expect_eq(commands[i](&request, &report, &fault), PEIL_EDATA);
        cr_expect_str_eq(fault.file, file.path);
        cr_expect_str_eq(fault.message,
                         "was changed while it was read; is it still being written?");
        cr_expect_eq(report.document.length, 0);
        peil_report_clear(&report);
        scratch_remove(&file);
    }
}

/* ---- what stands in it ---- */

/* The same data in another order of rows: the same counts and sums. What tells a row apart, its id,
 * is not asked for and not there. */
Test(state, holds_no_variable_that_was_not_asked_for) {
    peil_text state =
        state_of((peil_request){REQUEST}, "naam,h,w,q,y\nJansen,a,1,1,3\nPietersen,a,1,2,4\n");
    for (size_t i = 0; i + 6 < state.length; i++) {
        HOLDS(memcmp(state.bytes + i, "Jansen", 6) != 0, "a name at %zu", i);
        HOLDS(memcmp(state.bytes + i, "naam", 4) != 0, "a variable at %zu", i);
    }
    cr_expect(strstr(state.bytes, "\nconfidential: "));
    peil_text_clear(&state);
}

/* More rows of the same kind make no larger state. */
Test(state, does_not_grow_with_rows) {
    size_t lengths[2];
    for (size_t i = 0; i < 2; i++) {
        peil_text text = {0};
        peil_text_add(&text, "h,w,q,y\n");
        for (size_t row = 0; row < (i ? 20000u : 200u); row++)
            peil_text_add_format(&text, "%c,%zu.5,%zu,%zu\n", (int)('a' + row % 3), row % 4,
                                 row % 5, row % 9);
        peil_text state = state_of((peil_request){REQUEST}, text.bytes);
        lengths[i] = state.length;
        peil_text_clear(&state);
        peil_text_clear(&text);
    }
    cr_expect_eq(lengths[0], lengths[1]);
}
