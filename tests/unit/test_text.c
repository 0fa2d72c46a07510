/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Text that grows. */
#include "core/text.h"

#include "support/testing.h"

Test(text, grows_piece_by_piece) {
    peil_text text = {0};
    for (int i = 0; i < 2000; i++) {
        peil_text_add(&text, "ab");
        peil_text_add_format(&text, "%04d", i);
        peil_text_add_bytes(&text, "\0", 1);
    }
    cr_assert_not(text.failed);
    cr_assert_eq(text.length, 2000 * 7);
    for (int i = 0; i < 2000; i++) {
        char piece[8];
        snprintf(piece, sizeof piece, "ab%04d", i);
        HOLDS(memcmp(text.bytes + 7 * i, piece, 7) == 0, "piece %d", i);
    }
    cr_expect_eq(text.bytes[text.length], '\0');
    peil_text_clear(&text);
    cr_expect_null(text.bytes);
}

Test(text, every_length_of_a_piece) {
    char piece[700];
    memset(piece, 'x', sizeof piece);
    for (size_t length = 0; length < sizeof piece; length++) {
        peil_text text = {0};
        peil_text_add_bytes(&text, piece, length);
        peil_text_add_format(&text, "%.*s", (int)length, piece);
        HOLDS(text.length == 2 * length && strlen(text.bytes) == 2 * length, "%zu", length);
        peil_text_clear(&text);
    }
}

Test(text, nothing_is_a_text) {
    peil_text text = {0};
    peil_text_add(&text, "");
    cr_expect_eq(text.length, 0);
    cr_expect_str_eq(text.bytes, "");
    peil_text_clear(&text);
    peil_text_clear(&text);
}

Test(text, does_nothing_more_after_a_failure) {
    peil_text text = {.failed = true};
    peil_text_add(&text, "a");
    peil_text_add_format(&text, "%d", 1);
    cr_expect_eq(text.length, 0);
    cr_expect_null(text.bytes);
    cr_expect(text.failed);
}
