/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The sampling design that a file's rows add up to. */
#include "report/study.h"

#include "support/figures.h"

/* A study of a file's rows, alone in its pass; the caller clears. */
static void study_text(peil_request request, const char *text, peil_pass *pass) {
    const scratch file = scratch_text("data.csv", text);
    const char *const files[] = {file.path};
    peil_report report = {0};
    peil_fault fault = {0};
    request.files = (peil_words){1, files};
    const peil_status status = peil_pass_run(&request, 1, pass, &report, &fault);
    cr_assert_eq(status, PEIL_OK, "%s", fault.message);
    peil_report_clear(&report);
    scratch_remove(&file);
}

/* The design in words: for each stage its strata as parent:n/fraction*lead; first record of each.
 */
static char *describe(const peil_design *design) {
    peil_text out = {0};
    peil_text_add_format(&out, "%zu leaves", design->nleaves);
    for (size_t s = 0; s < design->nstages; s++) {
        const peil_stage *stage = &design->stages[s];
        peil_text_add_format(&out, "; %zu units in", stage->nunits);
        for (size_t h = 0; h < stage->nstrata; h++)
            peil_text_add_format(&out, " %" PRIu32 ":%" PRIu64 "/%g*%g@%" PRIu64,
                                 stage->strata[h].parent, stage->strata[h].n,
                                 (double)stage->strata[h].fraction, (double)stage->strata[h].lead,
                                 stage->strata[h].first.record);
    }
    return out.bytes;
}

static const struct {
    const char *name, *text;
    peil_request request;
    const char *design;
} cases[] = {
    {"no design", "y\n1\n2\n3\n", {.level = 0}, "1 leaves; 0 units in 0:3/0*1@1"},
    {"strata in the order of their values",
     "h,y\n10,1\n9,1\n10,2\n9,2\n9,5\n",
     {.strata = WORDS("h")},
     "2 leaves; 0 units in 0:3/0*1@2 0:2/0*1@1"},
    {"strata of texts in the order of bytes",
     "h,y\nb,1\nB,1\n10,2\n",
     {.strata = WORDS("h")},
     "3 leaves; 0 units in 0:1/0*1@3 0:1/0*1@2 0:1/0*1@1"},
    {"crossed strata, those that are there",
     "a,b,y\n2,1,1\n1,2,1\n1,1,2\n2,1,5\n",
     {.strata = WORDS("a,b")},
     "3 leaves; 0 units in 0:1/0*1@3 0:1/0*1@2 0:2/0*1@1"},
    {"clusters",
     "h,c,y\n2,1,1\n1,1,1\n1,2,2\n1,1,3\n",
     {.strata = WORDS("h"), .cluster = "c"},
     "3 leaves; 3 units in 0:2/0*1@2 0:1/0*1@1"},
    {"sizes",
     "h,y,N\n1,1,10\n1,1,10\n2,2,4\n",
     {.strata = WORDS("h"), .fpc = "N"},
     "2 leaves; 0 units in 0:2/0.2*1@1 0:1/0.25*1@3"},
    {"fractions",
     "h,y,f\n1,1,.5\n1,1,.5\n2,2,1\n",
     {.strata = WORDS("h"), .fpc = "f"},
     "2 leaves; 0 units in 0:2/0.5*1@1 0:1/1*1@3"},
    {"two stages",
     "c,d,y,N,M\n1,1,1,4,8\n1,2,1,4,8\n2,1,1,4,2\n",
     {.cluster = "c,d", .fpc = "N,M"},
     "3 leaves; 2 units in 0:2/0.5*1@1; 3 units in 0:2/0.25*0.5@1 1:1/0.5*0.5@3"},
    {"strata at both stages",
     "h,c,k,d,y\n1,1,2,1,1\n1,1,1,1,1\n1,2,1,1,1\n2,1,1,1,1\n",
     {.strata = WORDS("h", "k"), .cluster = "c,d"},
     "4 leaves; 3 units in 0:2/0*1@1 0:1/0*1@4; 4 units in 0:1/0*0@2 0:1/0*0@1 1:1/0*0@3 "
     "2:1/0*0@4"},
    {"the domain is not the design",
     "h,y\n1,1\n1,2\n2,3\n2,4\n",
     {.strata = WORDS("h"), .where = "y > 3"},
     "2 leaves; 0 units in 0:2/0*1@1 0:2/0*1@3"},
    {"the sample is",
     "h,y\n1,1\n1,2\n2,3\n2,4\n",
     {.strata = WORDS("h"), .sample = "y > 1"},
     "2 leaves; 0 units in 0:1/0*1@2 0:2/0*1@3"},
    {"a weight of 0 counts",
     "h,w,y\n1,0,1\n1,1,2\n2,0,3\n2,0,4\n",
     {.strata = WORDS("h"), .weight = "w"},
     "2 leaves; 0 units in 0:2/0*1@1 0:2/0*1@3"},
    {"a missing answer counts",
     "h,y\n1,\n1,2\n",
     {.strata = WORDS("h")},
     "1 leaves; 0 units in 0:2/0*1@1"},
};

Test(design, as_the_rows_say) {
    static const size_t batches[] = {2, 3, 0};
    for (size_t i = 0; i < COUNT(cases); i++)
        for (size_t b = 0; b < COUNT(batches); b++) {
            peil_pass pass = {0};
            peil_request request = cases[i].request;
            request.measures = (peil_words)WORDS("mean(y)");
            request.batch_rows = batches[b];
            study_text(request, cases[i].text, &pass);
            char *design = describe(&pass.studies[0].design);
            cr_expect_str_eq(design, cases[i].design, "%s", cases[i].name);
            cr_expect_eq(pass.studies[0].design.has_clusters, request.cluster != NULL);
            cr_expect_eq(pass.studies[0].design.has_fpc, request.fpc != NULL);
            free(design);
            peil_pass_clear(&pass);
        }
}

/* ---- many studies ---- */

/* Each has codes of its own for the rows of a batch, which are fewer then. */
Test(design, of_many_studies) {
    enum { MANY = 300 };
    static peil_request requests[MANY];
    const scratch file = scratch_text("data.csv", "y\n1\n2\n4\n");
    const char *const files[] = {file.path};
    peil_pass pass = {0};
    peil_report report = {0};
    peil_fault fault = {0};
    const peil_request asked = {.measures = WORDS("mean(y)"), .files = {1, files}};
    for (size_t i = 0; i < MANY; i++) requests[i] = asked;
    cr_assert_eq(peil_pass_run(requests, MANY, &pass, &report, &fault), PEIL_OK, "%s",
                 fault.message);
    cr_expect_leq(pass.whole.batch.capacity * MANY, (size_t)1 << 20);
    cr_expect_eq(pass.studies[MANY - 1].design.nleaves, pass.studies[0].design.nleaves);
    peil_report_clear(&report);
    peil_pass_clear(&pass);
    scratch_remove(&file);
}
