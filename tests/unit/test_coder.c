/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The codes of a batch in which some row is refused: whoever adds them up relies on them all the
 * same, as the refusal is looked at behind that. */
#include "estimate/figure.h"
#include "plan/coder.h"
#include "read/reader.h"

#include "support/testing.h"

/* A request on a small file, as far as its only batch. */
typedef struct coded {
    peil_request request; /* the plan borrows its words */
    peil_plan plan;
    peil_batch batch;
    peil_coder coder;
} coded;

static void code_text(const char *text, peil_request request, coded *out) {
    const scratch file = scratch_text("data.csv", text);
    const peil_reading reading = {0};
    peil_reader *reader;
    peil_kinds kinds;
    kinds.n = peil_estimator_kinds(&kinds.kinds);
    *out = (coded){.request = request};
    cr_assert_eq(peil_plan_make(&out->request, kinds, &out->plan, &out->batch, NULL), PEIL_OK);
    cr_assert_eq(peil_batch_allocate(&out->batch, 16, NULL), PEIL_OK);
    cr_assert_eq(peil_reader_open(file.path, &reading, &reader, NULL), PEIL_OK);
    cr_assert_eq(peil_reader_bind(reader, &out->batch, NULL), PEIL_OK);
    cr_assert_eq(peil_reader_next(reader, &out->batch, NULL), PEIL_OK);
    cr_assert_eq(peil_coder_make(&out->plan, &out->batch, &out->coder, NULL), PEIL_OK);
    cr_assert_eq(peil_coder_code(&out->coder, NULL), PEIL_OK);
    peil_reader_free(reader);
    scratch_remove(&file);
}

static void clear(coded *c) {
    peil_coder_clear(&c->coder);
    peil_batch_clear(&c->batch);
    peil_plan_clear(&c->plan);
}

/* An order is asked of a text; the variable is coded for the sake of the other measure. */
Test(coder, text_in_order_has_no_code_of_its_own) {
    static const char *const measures[] = {"percent(q > 4)", "percent(q = 1)"};
    coded c;
    peil_fault fault = {0};
    code_text("q\n1\n5\nx\n5\n", (peil_request){.measures = {2, measures}}, &c);
    cr_assert_eq(peil_coder_answer(&c.coder, 0, NULL), PEIL_OK);
    cr_assert_eq(peil_coder_verdict(&c.coder, &fault), PEIL_EDATA);
    cr_expect_eq(fault.record, 3);
    const uint32_t ncodes = c.plan.questions[0].shape.ncodes;
    for (size_t i = 0; i < c.coder.codes.rows; i++) {
        const uint32_t code = c.coder.answers.code[i];
        cr_expect(code == PEIL_NONE || code < ncodes, "row %zu: %u", i, (unsigned)code);
    }
    clear(&c);
}
