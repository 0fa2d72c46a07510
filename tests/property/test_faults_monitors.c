/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Monitors and their published figures while memory runs out. */
#include "failing.h"

#include "verify/verify.h"

/* A monitor of two studies with all it can declare. */
static void fail_monitor(const char *name, const char *compare) {
    person people[PEOPLE];
    people_make(55, people, PEOPLE);
    const scratch file = FILE_OF(PEOPLE);
    peil_text text = {0};
    peil_text_add_format(
        &text,
        "peil: 1\nlanguage: en\nperiod: j\nbreakdowns: [[g]]\nmargins: true\n"
        "data: {a: {files: [%s], weight: w, missing: {\"*\": [9, NA]}, breaks: [2016]}}\n"
        "indicators:\n"
        "  - {code: A, title: t, measure: percent(q = 1), target: \">=40%%\", baseline: 2015}\n"
        "  - {code: B, measure: mean(y), where: z = 1 or z = 2, by: [], published: \"5,0\"}\n"
        "  - {code: C, measure: percent(q), by: []}\n"
        "compare: %s\ndisclosure: {min-n: 2}\n",
        file.path, compare);
    const scratch monitor = scratch_text("monitor.yaml", text.bytes);
    fail_each(name, peil_run_monitor, (peil_request){0}, monitor.path);
    scratch_remove(&monitor);
    scratch_remove(&file);
    peil_text_clear(&text);
}

Test(faults, monitor) {
    fail_monitor("monitor", "{adjust: holm}");
}

Test(faults, monitor_questions) {
    fail_monitor("monitor of questions", "{rule: rao-scott, adjust: holm}");
}

Test(faults, monitor_rest) {
    fail_monitor("monitor of rests", "{against: rest, adjust: bh}");
}

/* Published figures of a monitor and of a file, and of a file alone. */
Test(faults, verify) {
    person people[PEOPLE];
    people_make(56, people, PEOPLE);
    const scratch file = FILE_OF(PEOPLE),
                  figures =
                      scratch_text("figures.csv", "code;j;g;value\nB;2015;a;5,0\nB;2015;;4\n");
    peil_text text = {0};
    peil_text_add_format(&text,
                         "peil: 1\nperiod: j\nbreakdowns: [[g]]\npublished: %s\n"
                         "data: {a: {files: [%s], weight: w, missing: {\"*\": [9, NA]}}}\n"
                         "indicators:\n"
                         "  - {code: A, measure: percent(q = 1), published: {2015: [40%%, 41%%]}}\n"
                         "  - {code: B, measure: mean(y), where: z = 1 or z = 2}\n",
                         figures.path, file.path);
    const scratch monitor = scratch_text("monitor.yaml", text.bytes);
    fail_each("verify", peil_run_verify, (peil_request){0}, monitor.path);
    fail_each("verify data", peil_run_verify,
              (peil_request){.measures = WORDS("B: mean(y)"),
                             .by = WORDS("g"),
                             .missing = WORDS("9 NA"),
                             .period = "j",
                             .published = WORDS(figures.path)},
              file.path);
    scratch_remove(&monitor);
    scratch_remove(&figures);
    scratch_remove(&file);
    peil_text_clear(&text);
}

/* A figure that no single convention gives, so that pairs are tried. */
Test(faults, explain) {
    const scratch file = scratch_text("people.csv", "q,w\n1,1.5\n2,2\n1,0.5\n");
    peil_text text = {0};
    peil_text_add_format(&text,
                         "peil: 1\ndata: {a: {files: %s, weight: w}}\n"
                         "indicators: [{code: A, measure: percent(q = 1), published: 97%%}]\n",
                         file.path);
    const scratch monitor = scratch_text("monitor.yaml", text.bytes);
    fail_each("explain", peil_run_verify, (peil_request){.explain = true}, monitor.path);
    scratch_remove(&monitor);
    scratch_remove(&file);
    peil_text_clear(&text);
}
