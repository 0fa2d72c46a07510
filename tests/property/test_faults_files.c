/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Inputs and states while memory runs out, and files that cannot be read. */
#include "failing.h"

#include <pthread.h>
#include <sys/stat.h>

#include "report/replay.h"
#include "support/stat_files.h"
#include "support/states.h"

/* ---- data ---- */

/* In a child nothing fails: what becomes of it there is the file's fault. */
static void stop_failing(void) {
    memory.counts = false;
}

Test(faults, statistical_files) {
    static made bytes;
    cr_assert_eq(pthread_atfork(NULL, NULL, stop_failing), 0);
    make_stat_file(&made_kinds[1], &bytes);
    scratch file = scratch_make("data.sav", bytes.bytes, bytes.length);
    fail_each("sav", peil_run_table,
              (peil_request){.measures = WORDS("percent(VRAAG)", "mean(GEWICHT)"),
                             .sample = "NAAM <> \"a b\"",
                             .hash_inputs = true},
              file.path);
    scratch_remove(&file);
    make_stat_file(&made_kinds[9], &bytes);
    for (size_t i = 0; i + 1 < bytes.length; i++) /* as before Stata 14 */
        if (bytes.bytes[i] == 0xC3 && bytes.bytes[i + 1] == 0xAB) bytes.bytes[i] = 0xEB;
    file = scratch_make("data.dta", bytes.bytes, bytes.length);
    fail_each("dta", peil_run_table,
              (peil_request){.measures = WORDS("count()"), .by = WORDS("NAAM,DAG")}, file.path);
    scratch_remove(&file);
}

/* A field that outgrows the parser's first buffer. */
Test(faults, a_long_field) {
    peil_text text = {0};
    peil_text_add_format(&text, "q,y\n%05000d,1\nb,2\n", 1);
    const scratch file = scratch_make("data.csv", text.bytes, text.length);
    fail_each("long field", peil_run_table,
              (peil_request){.measures = WORDS("percent(q)", "mean(y)")}, file.path);
    scratch_remove(&file);
    peil_text_clear(&text);
}

/* Other characters, decimal commas, several answers and a first line for Excel. */
Test(faults, a_file_in_another_dialect) {
    const scratch file =
        scratch_text("data.csv", "sep=;\nq;y;a\n1,5;2,25;1,2\n2;12;1,2,3\ncaf\xE9;n.v.t.;1\n");
    static const size_t blocks[] = {0, 5};
    for (size_t i = 0; i < COUNT(blocks); i++)
        fail_each("dialect", peil_run_table,
                  (peil_request){.measures = WORDS("percent(q)", "mean(y)", "percent(a)"),
                                 .missing = WORDS("y: \"n.v.t.\""),
                                 .block_bytes = blocks[i]},
                  file.path);
    fail_each("given", peil_run_table,
              (peil_request){.measures = WORDS("percent(q)", "percent(a)"), .decimal = "point"},
              file.path);
    scratch_remove(&file);
}

/* ---- what is said of data ---- */

Test(faults, describe) {
    person people[PEOPLE];
    people_make(54, people, PEOPLE);
    const scratch file = FILE_OF(PEOPLE);
    fail_each("describe", peil_run_describe, (peil_request){0}, file.path);
    scratch_remove(&file);
}

/* Labels, missing values and rules from a schema, and a schema from them. */
static const char survey_schema[] =
    "{\"fields\": [{\"name\": \"q\", \"title\": \"Tevreden?\", \"type\": \"integer\","
    " \"categories\": [{\"value\": 1, \"label\": \"ja\"}, {\"value\": 2, \"label\": \"weet "
    "niet\"}],"
    " \"missingValues\": [\"\", {\"value\": \"9\", \"label\": \"geen antwoord\"}, \"NA\"]},"
    " {\"name\": \"t\", \"type\": \"string\", \"categories\": [\"a\", \"b\"]},"
    " {\"name\": \"weging\", \"type\": \"number\"}]}";

/* The document as the only cell of a report, so that it is compared. */
static peil_status run_schema(const peil_request *request, peil_report *report, peil_fault *fault) {
    peil_request with = *request;
    peil_cell *cells;
    with.schema = true;
    PEIL_TRY(peil_run_describe(&with, report, fault));
    PEIL_TRY(peil_report_column(report, "schema", fault));
    PEIL_TRY(peil_report_row(report, PEIL_UNIT_NONE, &cells, fault));
    return peil_cell_text(&cells[0], report->document.bytes, false, fault);
}

Test(faults, a_file_with_a_schema) {
    const scratch file = scratch_text("data.csv",
                                      "q,t,weging,stratum,psu,dag\n1,a,0.5,1,1,2015-03-01\n"
                                      "2,b,1.25,1,2,\n9,a,1,2,1,2015-03-02\nNA,,1,2,1,\n");
    char path[512];
    snprintf(path, sizeof path, "%s/data.schema.json", file.folder);
    FILE *out = fopen(path, "wb");
    cr_assert(out && fputs(survey_schema, out) >= 0 && fclose(out) == 0);
    fail_each("table", peil_run_table,
              (peil_request){.measures = WORDS("percent(q)", "mean(q)"),
                             .by = WORDS("t"),
                             .weight = "weging",
                             .hash_inputs = true},
              file.path);
    fail_each("describe", peil_run_describe,
              (peil_request){.weight = "weging", .missing = WORDS("t: b")}, file.path);
    fail_each("schema", run_schema, (peil_request){.batch_rows = 2}, file.path);
    unlink(path);
    snprintf(path, sizeof path, "%s/datapackage.json", file.folder);
    out = fopen(path, "wb");
    cr_assert(out && fprintf(out, "{\"resources\": [{\"path\": \"data.csv\", \"schema\": %s}]}",
                             survey_schema) >= 0);
    fclose(out);
    fail_each("package", peil_run_describe, (peil_request){0}, file.path);
    unlink(path);
    scratch_remove(&file);
}

/* ---- states ---- */

/* The state in hex as the only cell of a report, so that it is compared. */
static peil_status show_document(peil_report *report, peil_fault *fault) {
    peil_cell *cells;
    peil_text hex = {0};
    for (size_t i = 0; i < report->document.length; i++)
        peil_text_add_format(&hex, "%02x", (unsigned)(unsigned char)report->document.bytes[i]);
    peil_status status = hex.failed ? peil_fail_memory(fault) : PEIL_OK;
    if (status == PEIL_OK) status = peil_report_column(report, "state", fault);
    if (status == PEIL_OK) status = peil_report_row(report, PEIL_UNIT_NONE, &cells, fault);
    if (status == PEIL_OK) status = peil_cell_text(&cells[0], hex.bytes, false, fault);
    peil_text_clear(&hex);
    return status;
}

static peil_status run_tally(const peil_request *request, peil_report *report, peil_fault *fault) {
    PEIL_TRY(peil_run_tally(request, report, fault));
    return show_document(report, fault);
}

static peil_status run_partial(const peil_request *request, peil_report *report,
                               peil_fault *fault) {
    peil_request partial = *request;
    partial.partial = true;
    PEIL_TRY(peil_run_merge(&partial, report, fault));
    return show_document(report, fault);
}

static const char people_schema[] =
    "{\"fields\": [{\"name\": \"q\", \"type\": \"integer\", \"title\": \"Vraag\","
    " \"missingValues\": [\"\", \"9\", \"NA\"], \"categories\": [{\"value\": 1, \"label\":"
    " \"ja\"}, {\"value\": 2}, {\"value\": 3}, {\"value\": 4}, {\"value\": 5}]}]}";

static void schema_path(const scratch *file, char path[400]) {
    snprintf(path, 400, "%.300s/data.schema.json", file->folder);
}

/* Two states of a request, which are kept and merged while memory runs out. */
static void fail_states(const char *name, peil_request request, const person *people) {
    scratch states[2];
    const scratch files[] = {people_file(people, 3, (layout){0}),
                             people_file(people + 3, PEOPLE - 3, (layout){0})};
    static const char *paths[2];
    for (size_t i = 0; i < 2; i++) {
        const char *const data[] = {files[i].path};
        char path[400];
        schema_path(&files[i], path);
        write_bytes(path, people_schema, strlen(people_schema));
        request.files = (peil_words){1, data};
        states[i] = scratch_text("part.state", "");
        paths[i] = states[i].path;
        keep_state(peil_run_tally, request, paths[i]);
    }
    fail_each(name, run_tally, request, files[1].path);
    fail_files(name, peil_run_merge, (peil_request){.files = {2, paths}});
    fail_files(name, run_partial, (peil_request){.files = {2, paths}});
    for (size_t i = 0; i < 2; i++) {
        char path[400];
        schema_path(&files[i], path);
        unlink(path);
        scratch_remove(&states[i]);
        scratch_remove(&files[i]);
    }
}

Test(faults, states) {
    person people[PEOPLE];
    people_make(59, people, PEOPLE);
    fail_states("plain",
                (peil_request){.measures = WORDS("percent(q)", "sd(y)", "ratio(y / z)"),
                               .missing = WORDS("9"),
                               .weight = "w",
                               .strata = WORDS("h"),
                               .fpc = "f",
                               .lonely_psu = "adjust",
                               .by = WORDS("g,j"),
                               .margins = true},
                people);
    fail_states("replicates",
                (peil_request){.measures = WORDS("mean(y)",
                                                 "scale(q, y, z; 0..20 -> 0..1; min 1; "
                                                 "impute mean)"),
                               .missing = WORDS("9"),
                               .weight = "w",
                               .repweights = "P,Q,R,S,T,U,V",
                               .replication = "jk1",
                               .over = "g"},
                people);
}

/* ---- results ---- */

/* The request's file is a result; it is held against itself with another figure. */
static peil_status replay(const peil_request *request, peil_report *report, peil_fault *fault) {
    peil_replay r = {0};
    peil_text now = {0};
    bool is_same;
    *report = (peil_report){.command = "replay"};
    peil_status status = peil_replay_read(request->files.word[0], &r, fault);
    if (status == PEIL_OK) status = peil_replay_check(&r, report, &is_same, fault);
    if (status == PEIL_OK) {
        peil_text_add_bytes(&now, r.text.bytes, r.text.length);
        if (now.failed) status = peil_fail_memory(fault);
    }
    if (status == PEIL_OK) now.bytes[now.length - 4] = '2';
    if (status == PEIL_OK) status = peil_replay_compare(&r, &now, report, fault);
    peil_text_clear(&now);
    peil_replay_clear(&r);
    if (status != PEIL_OK) peil_report_clear(report);
    return status;
}

Test(faults, replays) {
    const scratch data = scratch_text("data.csv", "a\n1\n");
    peil_text text = {0};
    peil_text_add(&text,
                  "{\"peil\": 1, \"command\": \"table\", \"provenance\": {\"version\": \"0\", "
                  "\"request\": {\"by\": [\"a\", \"b\"]}, \"inputs\": [");
    for (int i = 0; i < 9; i++)
        peil_text_add_format(&text, "%s{\"file\": \"%s\", \"sha256\": \"0\"}", i ? ", " : "",
                             data.path);
    peil_text_add(&text, "]}, \"rows\": [1]}\n");
    const scratch file = scratch_text("result.json", text.bytes);
    fail_each("replay", replay, (peil_request){0}, file.path);
    peil_text_clear(&text);
    scratch_remove(&file);
    scratch_remove(&data);
}

/* ---- files that cannot be read ---- */

Test(faults, files_that_cannot_be_read) {
    static const char *const paths[] = {"/nowhere/data.csv", "/", "", "/dev/null/x"};
    static command *const commands[] = {peil_run_table, peil_run_compare, peil_run_weight,
                                        peil_run_describe};
    for (size_t i = 0; i < COUNT(paths); i++)
        for (size_t c = 0; c < COUNT(commands); c++) {
            const peil_request request = {.files = {1, &paths[i]},
                                          .measures = WORDS("mean(y)"),
                                          .over = "j",
                                          .targets = WORDS(PEOPLE_TARGETS)};
            peil_report report = {0};
            peil_fault fault = {0};
            cr_expect_eq(commands[c](&request, &report, &fault), PEIL_ESYSTEM, "\"%s\"", paths[i]);
            cr_expect_str_eq(fault.file, paths[i]);
            cr_expect_eq(report.nrows, 0);
        }
}

Test(faults, a_file_without_permission) {
    const scratch file = scratch_text("data.csv", "y\n1\n");
    const char *const files[] = {file.path};
    const peil_request request = {.files = {1, files}, .measures = WORDS("mean(y)")};
    peil_report report = {0};
    peil_fault fault = {0};
    chmod(file.path, 0);
    const bool is_root = access(file.path, R_OK) == 0;
    if (!is_root) cr_expect_eq(peil_run_table(&request, &report, &fault), PEIL_ESYSTEM);
    scratch_remove(&file);
    if (is_root) cr_skip_test("everything may be read here");
}

/* The second file fails: nothing of the first one is shown. */
Test(faults, a_second_file_that_fails) {
    const scratch file = scratch_text("data.csv", "y\n1\n2\n");
    const char *const files[] = {file.path, "/nowhere/data.csv"};
    const peil_request request = {.files = {2, files}, .measures = WORDS("mean(y)")};
    peil_report report = {0};
    peil_fault fault = {0};
    cr_expect_eq(peil_run_table(&request, &report, &fault), PEIL_ESYSTEM);
    cr_expect_str_eq(fault.file, files[1]);
    cr_expect_eq(report.nrows, 0);
    cr_expect_null(report.cells);
    scratch_remove(&file);
}
