/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Results in json made again. */
#include "report/replay.h"
#include "support/figures.h"

#define RESULT(version, inputs, request)                                                        \
    "{\"peil\": 1, \"command\": \"table\", \"rows\": [{\"n\": 5, \"by\": \"a\"}, {\"n\": 6}], " \
    "\"notes\": [], \"provenance\": {\"version\": " version ", \"inputs\": " inputs             \
    ", \"request\": " request "}}"
#define INPUTS "[{\"file\": \"a.csv\", \"sha256\": null}]"

static peil_status read_text(const char *text, peil_replay *replay, peil_fault *fault) {
    const scratch file = scratch_text("result.json", text);
    const peil_status status = peil_replay_read(file.path, replay, fault);
    replay->name = "result.json"; /* the path goes with the file */
    scratch_remove(&file);
    return status;
}

Test(replay, takes_the_words_of_the_request) {
    peil_replay r = {0};
    cr_assert_eq(read_text(RESULT("\"0\"", INPUTS,
                                  "{\"measure\": [\"count()\", \"mean(x)\"], \"by\": \"a,b\", "
                                  "\"weight\": \"w\", \"level\": \"99.5\", \"seed\": \"7\", "
                                  "\"margins\": \"yes\", \"lang\": \"nl\"}"),
                           &r, NULL),
                 PEIL_OK);
    cr_expect_str_eq(r.command, "table");
    cr_assert_eq(r.request.measures.n, 2);
    cr_expect_str_eq(r.request.measures.word[1], "mean(x)");
    cr_assert_eq(r.request.by.n, 1);
    cr_expect_str_eq(r.request.by.word[0], "a,b");
    cr_expect_str_eq(r.request.weight, "w");
    cr_expect_eq(r.request.seed, 7);
    cr_expect(r.request.margins);
    cr_expect(r.request.level > 99.4999 && r.request.level < 99.5001);
    cr_expect_eq(r.request.language, PEIL_DUTCH);
    cr_expect(r.request.language_is_chosen);
    cr_assert_eq(r.request.files.n, 1);
    cr_expect_str_eq(r.request.files.word[0], "a.csv");
    peil_replay_clear(&r);
}

Test(replay, the_file_of_a_monitor_is_the_monitor) {
    peil_replay r = {0};
    cr_assert_eq(
        read_text(RESULT("\"0\"", INPUTS, "{\"monitor\": \"m.yaml\", \"monitor-sha256\": \"0\"}"),
                  &r, NULL),
        PEIL_OK);
    cr_assert_eq(r.request.files.n, 1);
    cr_expect_str_eq(r.request.files.word[0], "m.yaml");
    peil_replay_clear(&r);
}

Test(replay, refuses_what_is_no_result) {
    static const char *const texts[] = {
        "",
        "[]",
        "{}",
        "{\"peil\": 1}",
        "{\"peil\": 1, \"command\": \"table\"}",
        "1",
        RESULT("1", INPUTS, "{}"),
        RESULT("\"0\"", "{}", "{}"),
        RESULT("\"0\"", INPUTS, "[]"),
        RESULT("\"0\"", "[{\"sha256\": null}]", "{}"),
        RESULT("\"0\"", "[1]", "{}"),
        RESULT("\"0\"", INPUTS, "{\"wieght\": \"w\"}"),
        RESULT("\"0\"", INPUTS, "{\"weight\": 1}"),
        RESULT("\"0\"", INPUTS, "{\"weight\": [\"w\"]}"),
        RESULT("\"0\"", INPUTS, "{\"measure\": [1]}"),
        RESULT("\"0\"", INPUTS, "{\"level\": \"high\"}"),
        RESULT("\"0\"", INPUTS, "{\"level\": \"1000\"}"),
        RESULT("\"0\"", INPUTS, "{\"seed\": \"3000000000\"}"),
        RESULT("\"0\"", INPUTS, "{\"replicates\": \"2000000000\"}"),
        RESULT("\"0\"", INPUTS, "{\"replicates\": \"1\"}"),
        RESULT("\"0\"", INPUTS, "{\"lang\": 1}"),
        RESULT("\"0\"", INPUTS, "{}") "x",
    };
    for (size_t i = 0; i < COUNT(texts); i++) {
        peil_replay r = {0};
        peil_fault fault = {0};
        cr_expect_eq(read_text(texts[i], &r, &fault), PEIL_EDATA, "%s", texts[i]);
        cr_expect(fault.message[0] && fault.file[0], "%s", texts[i]);
        peil_replay_clear(&r);
    }
}

/* ---- what differs first ---- */

static void expect_difference(const char *before, const char *now, const char *path,
                              const char *recorded, const char *recomputed) {
    peil_replay r = {0};
    peil_report report = {0};
    bool is_same;
    cr_assert_eq(read_text(before, &r, NULL), PEIL_OK);
    cr_assert_eq(peil_replay_check(&r, &report, &is_same, NULL), PEIL_OK);
    peil_text text = {0};
    peil_text_add(&text, now);
    report.differs = false; /* the version does */
    cr_assert_eq(peil_replay_compare(&r, &text, &report, NULL), PEIL_OK);
    cr_expect_eq(report.differs, path != NULL, "%s", now);
    if (path) {
        const size_t last = report.nrows - 1;
        cr_expect_str_eq(word_of_cell(&report, last, "check"), "difference");
        cr_expect_str_eq(word_of_cell(&report, last, "name"), path);
        cr_expect_str_eq(word_of_cell(&report, last, "recorded"), recorded);
        cr_expect_str_eq(word_of_cell(&report, last, "recomputed"), recomputed);
    }
    peil_text_clear(&text);
    peil_report_clear(&report);
    peil_replay_clear(&r);
}

#define ROWS(rows)                                          \
    "{\"peil\": 1, \"command\": \"table\", \"rows\": " rows \
    ", \"notes\": [], \"provenance\": {"                    \
    "\"version\": \"0\", \"inputs\": [], \"request\": {}}}"

Test(replay, names_what_differs_first) {
    static const struct {
        const char *now, *path, *recorded, *recomputed;
    } cases[] = {
        {ROWS("[{\"n\": 5, \"by\": \"a\"}, {\"n\": 6}]"), NULL, NULL, NULL},
        {ROWS("[{\"n\": 5, \"by\": \"a\"}, {\"n\": 7}]"), ".rows[1].n", "6", "7"},
        {ROWS("[{\"n\": 5.0, \"by\": \"a\"}, {\"n\": 6}]"), ".rows[0].n", "5", "5.0"},
        {ROWS("[{\"n\": 5, \"by\": null}, {\"n\": 6}]"), ".rows[0].by", "a", "null"},
        {ROWS("[{\"n\": 5, \"by\": \"a\"}]"), ".rows[1]", "an object", ""},
        {ROWS("[{\"n\": 5, \"by\": \"a\"}, {\"n\": 6}, 1]"), ".rows[2]", "", "1"},
        {ROWS("[{\"n\": 5, \"bij\": \"a\"}, {\"n\": 6}]"), ".rows[0].by", "a", ""},
        {ROWS("[{\"n\": 5, \"by\": \"a\"}, {\"n\": 6} ]"), "layout", "", ""},
    };
    for (size_t i = 0; i < COUNT(cases); i++)
        expect_difference(cases[0].now, cases[i].now, cases[i].path, cases[i].recorded,
                          cases[i].recomputed);
}

Test(replay, looks_at_every_file) {
    const scratch data = scratch_text("data.csv", "a\n1\n");
    /* sha256sum of these four bytes */
    static const char *const hashes[] = {
        "309b0e45a73d3fc5325e2b6ed0a01ef8b9cde6b05a5633c1f893f970d52bfddc",
        "0000000000000000000000000000000000000000000000000000000000000000"};
    for (size_t i = 0; i < COUNT(hashes); i++) {
        peil_text text = {0};
        peil_replay r = {0};
        peil_report report = {0};
        bool is_same;
        peil_text_add_format(
            &text,
            "{\"peil\": 1, \"command\": \"table\", \"provenance\": {\"version\": "
            "\"" PEIL_VERSION
            "\", \"inputs\": [{\"file\": \"-\", \"sha256\": \"1\", "
            "\"schema\": {\"file\": \"%s\", \"sha256\": \"%s\"}}], \"request\": {}}}",
            data.path, hashes[i]);
        cr_assert_eq(read_text(text.bytes, &r, NULL), PEIL_OK);
        cr_assert_eq(peil_replay_check(&r, &report, &is_same, NULL), PEIL_OK);
        cr_expect_eq(is_same, i == 0);
        cr_expect_eq(report.differs, i == 1);
        peil_report_clear(&report);
        peil_replay_clear(&r);
        peil_text_clear(&text);
    }
    scratch_remove(&data);
}
