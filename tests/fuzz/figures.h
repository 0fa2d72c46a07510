/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Figures of a few people for whatever is asked: a refusal says why, and however the input is cut
 * into blocks and shared out, the same is said. */
#ifndef PEIL_TESTS_FUZZ_FIGURES_H
#define PEIL_TESTS_FUZZ_FIGURES_H

#include "fuzz/memory_file.h" /* first: it asks for memfd_create */

#include "core/text.h"
#include "report/run.h"
#include "write/write.h"

/* A list of words for a request. */
#define FIGURES_WORDS(...)                                                                   \
    (peil_words) {                                                                           \
        sizeof((const char *const[]){__VA_ARGS__}) / sizeof(char *), (const char *const[]) { \
            __VA_ARGS__                                                                      \
        }                                                                                    \
    }

typedef peil_status figures_run(const peil_request *request, peil_report *report,
                                peil_fault *fault);

/* The people, as a file that stays. */
static inline const char *figures_people(void) {
    static const char people[] =
        "h,c,f,w,q,y,g,j,r1,r2,age,wijk\n"
        "1,1,9,1.5,1,3,a,2019,1,2,1,WK01\n"
        "1,1,9,0.25,2,4.5,\"b c\",2020,1,0.5,2,WK01\n"
        "1,2,9,1,1,9,a,2019,0,1,1,WK02\n"
        "1,2,9,2,,7,a,2020,3,0,2,WK03\n"
        "2,1,8,2,9,1,,2020,2,2,1,WK02\n"
        "2,2,8,0,2,,a,2019,0,0,2,WK01\n"
        "2,2,8,3,1,5,\"b c\",2020,1,1,1,WK04\n";
    static memory_file file;
    if (!file.path[0]) file = memory_file_of(people, sizeof people - 1);
    return file.path;
}

static inline void figures_add_fault(const peil_fault *fault, peil_text *out) {
    if (!fault->message[0]) abort();
    peil_text_add_format(out, "%d %s %llu %s %llu %s\n", fault->status, fault->file,
                         (unsigned long long)fault->record, fault->variable,
                         (unsigned long long)fault->line, fault->message);
}

/* In every format, for people who want it otherwise than they do unless asked. */
static inline void figures_write(const peil_report *report) {
    const peil_style style = {PEIL_DUTCH, -1, 40, true};
    for (size_t i = 0; peil_writers[i]; i++) {
        peil_text out = {0};
        peil_writers[i]->write(report, &style, &out);
        peil_text_clear(&out);
    }
}

/* The figures as JSON, or why there are none; `in_all`: in every format too. */
static inline peil_text figures_say(figures_run *run, const peil_request *request, bool in_all) {
    peil_text out = {0};
    peil_report report = {0};
    peil_fault fault = {0};
    const peil_status status = run(request, &report, &fault);
    if (status == PEIL_OK)
        peil_writer_find("json")->write(&report, &(peil_style){0}, &out);
    else if (report.faults.n == 0)
        figures_add_fault(&fault, &out);
    if (status == PEIL_OK && in_all) figures_write(&report);
    for (size_t i = 0; i < report.faults.n; i++) figures_add_fault(&report.faults.list[i], &out);
    peil_report_clear(&report);
    return out;
}

static inline void figures_compare(const peil_text *wanted, const peil_text *said) {
    if (said->length == wanted->length && memcmp(said->bytes, wanted->bytes, said->length) == 0)
        return;
    fprintf(stderr, "once\n%s\nand then\n%s\n", wanted->bytes, said->bytes);
    abort();
}

/* What is said in one go, which the caller clears; by small blocks it must be the same. */
static inline peil_text figures_check(figures_run *run, peil_request request) {
    request.threads = 1;
    peil_text wanted = figures_say(run, &request, true);
    request.threads = 2;
    request.block_bytes = 37;
    request.batch_rows = 2;
    peil_text said = figures_say(run, &request, false);
    figures_compare(&wanted, &said);
    peil_text_clear(&said);
    return wanted;
}

#endif
