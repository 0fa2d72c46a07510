/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/dictionary.h"
#include "core/numbers.h"
#include "core/plane.h"
#include "read/variable.h"
#include "support/testing.h"

static peil_unpacking all_of(const peil_text *text) {
    return (peil_unpacking){.bytes = text->bytes, .left = text->length};
}

Test(pack, numbers_have_their_least_byte_first) {
    peil_text text = {0};
    peil_pack_byte(&text, 0xAB);
    peil_pack_u32(&text, 0x01020304);
    peil_pack_u64(&text, 0x1122334455667788);
    peil_pack_decimal(&text, (peil_decimal){-25, 1});
    const char expected[] =
        "\xAB\x04\x03\x02\x01\x88\x77\x66\x55\x44\x33\x22\x11"
        "\xE7\xFF\xFF\xFF\xFF\xFF\xFF\xFF\x01\x00\x00\x00";
    cr_assert_eq(text.length, sizeof expected - 1);
    cr_expect_arr_eq(text.bytes, expected, sizeof expected - 1);
    peil_text_clear(&text);
}

Test(pack, what_is_packed_comes_out) {
    peil_text text = {0};
    char *string = NULL;
    peil_pack_byte(&text, 255);
    peil_pack_u32(&text, UINT32_MAX);
    peil_pack_u64(&text, UINT64_MAX);
    peil_pack_decimal(&text, (peil_decimal){INT64_MAX - 6, -PEIL_SCALE_MOST});
    peil_pack_string(&text, "wijk");
    peil_unpacking in = all_of(&text);
    cr_expect_eq(peil_unpack_byte(&in, 256), 255);
    cr_expect_eq(peil_unpack_u32(&in), UINT32_MAX);
    cr_expect_eq(peil_unpack_u64(&in), UINT64_MAX);
    const peil_decimal number = peil_unpack_decimal(&in);
    cr_expect_eq(number.digits, INT64_MAX - 6);
    cr_expect_eq(number.scale, -PEIL_SCALE_MOST);
    cr_expect_eq(peil_unpack_string(&in, &string, NULL), PEIL_OK);
    cr_expect_str_eq(string, "wijk");
    cr_expect_eq(in.left, 0);
    cr_expect_eq(peil_unpack_verdict(&in, NULL), PEIL_OK);
    free(string);
    peil_text_clear(&text);
}

/* Bytes that say something else than what may stand there. */
Test(pack, what_makes_no_sense_is_refused) {
    static const char ones[16] = "\1\1\1\1\1\1\1\1\1\1\1\1";
    peil_unpacking in = {.bytes = ones, .left = 3};
    peil_fault fault = {0};
    cr_expect_eq(peil_unpack_u32(&in), 0);
    cr_expect_eq(peil_unpack_byte(&in, 256), 0, "after a failure");
    cr_expect_eq(peil_unpack_verdict(&in, &fault), PEIL_EDATA);
    cr_expect_str_eq(fault.message, "its contents do not fit together");
    in = (peil_unpacking){.bytes = ones, .left = sizeof ones};
    cr_expect_eq(peil_unpack_byte(&in, 1), 0);
    cr_expect(in.failed);
    in = (peil_unpacking){.bytes = ones, .left = sizeof ones};
    cr_expect_eq(peil_unpack_below(&in, 0x01010101), 0);
    cr_expect(in.failed);
    in = (peil_unpacking){.bytes = ones, .left = sizeof ones};
    cr_expect_eq(peil_unpack_below(&in, 0x01010102), 0x01010101);
    cr_expect_not(in.failed);
    in = (peil_unpacking){.bytes = ones, .left = sizeof ones};
    cr_expect_eq(peil_unpack_count(&in, 1), 0, "more than there is room for");
    cr_expect(in.failed);
}

Test(pack, a_count_has_bytes_for_each) {
    static const struct {
        size_t left, size, expected;
    } cases[] = {{8, 1, 0}, {11, 1, 3}, {10, 1, 0}, {20, 4, 3}, {19, 4, 0}};
    for (size_t i = 0; i < COUNT(cases); i++) {
        const char bytes[32] = {cases[i].left == 8 ? 0 : 3};
        peil_unpacking in = {.bytes = bytes, .left = cases[i].left};
        cr_expect_eq(peil_unpack_count(&in, cases[i].size), cases[i].expected, "case %zu", i);
        cr_expect_eq(in.failed, cases[i].left != 8 && cases[i].expected == 0, "case %zu", i);
    }
}

Test(pack, decimals_have_one_form) {
    static const peil_decimal wrong[] = {{10, 0},   {0, 1},         {1, 401},
                                         {1, -401}, {INT64_MIN, 0}, {1, INT32_MAX}};
    for (size_t i = 0; i < COUNT(wrong); i++) {
        peil_text text = {0};
        peil_pack_decimal(&text, wrong[i]);
        peil_unpacking in = all_of(&text);
        peil_unpack_decimal(&in);
        cr_expect(in.failed, "case %zu", i);
        peil_text_clear(&text);
    }
}

Test(pack, a_string_has_no_nul) {
    peil_text text = {0};
    char *string = NULL;
    peil_pack_u64(&text, 3);
    peil_text_add_bytes(&text, "a\0b", 3);
    peil_unpacking in = all_of(&text);
    cr_expect_eq(peil_unpack_string(&in, &string, NULL), PEIL_OK);
    cr_expect(in.failed);
    cr_expect_str_eq(string, "");
    free(string);
    peil_text_clear(&text);
}

/* ---- structures ---- */

Test(pack, pairs) {
    peil_pairs pairs = {0}, loaded = {0}, narrow = {0};
    peil_text text = {0};
    uint32_t number;
    for (uint32_t i = 0; i < 100; i++)
        cr_assert_eq(peil_pairs_number(&pairs, i % 7, i * i, &number, NULL), PEIL_OK);
    peil_pairs_save(&pairs, &text);
    peil_unpacking in = all_of(&text);
    cr_expect_eq(peil_pairs_load(&loaded, 7, 99 * 99 + 1, &in, NULL), PEIL_OK);
    cr_assert_eq(loaded.count, pairs.count);
    cr_expect_arr_eq(loaded.keys, pairs.keys, pairs.count * sizeof *pairs.keys);
    cr_assert_eq(peil_pairs_number(&loaded, 99 % 7, 99 * 99, &number, NULL), PEIL_OK);
    cr_expect_eq(number, pairs.count - 1);
    in = all_of(&text);
    cr_expect_eq(peil_pairs_load(&narrow, 6, 99 * 99 + 1, &in, NULL), PEIL_EDATA);
    peil_pairs_clear(&narrow);
    in = all_of(&text);
    cr_expect_eq(peil_pairs_load(&narrow, 7, 99 * 99, &in, NULL), PEIL_EDATA);
    peil_pairs_clear(&narrow);
    memcpy(text.bytes + 16, text.bytes + 8, 8); /* a pair that stands there twice */
    in = all_of(&text);
    cr_expect_eq(peil_pairs_load(&narrow, 7, 99 * 99 + 1, &in, NULL), PEIL_EDATA);
    peil_pairs_clear(&narrow);
    peil_pairs_clear(&loaded);
    peil_pairs_clear(&pairs);
    peil_text_clear(&text);
}

/* Adds numbers to the places 0, 1, ... of a plane. */
static void add(peil_plane *plane, const peil_decimal *values, size_t n, int32_t scale) {
    static const uint32_t places[] = {0, 1, 2, 3};
    peil_addends addends = {0};
    cr_assert_eq(peil_plane_resize(plane, n, NULL), PEIL_OK);
    cr_assert_eq(peil_addends_of(&addends, values, n, scale, NULL), PEIL_OK);
    cr_assert_eq(peil_plane_add(plane, places, &addends, n, NULL), PEIL_OK);
    peil_addends_clear(&addends);
}

static void expect_loaded(peil_plane *plane, peil_plane *loaded) {
    peil_text text = {0};
    peil_plane_save(plane, &text);
    peil_unpacking in = all_of(&text);
    cr_assert_eq(peil_plane_load(loaded, &in, NULL), PEIL_OK);
    cr_expect_eq(in.left, 0);
    cr_assert_eq(loaded->count, plane->count);
    for (size_t i = 0; i < plane->count; i++)
        cr_expect(peil_plane_real(loaded, i) == peil_plane_real(plane, i), "sum %zu", i);
    peil_text_clear(&text);
}

/* Sums at the very end of a word, of both signs, and what is added to them afterwards. */
Test(pack, planes) {
    static const peil_decimal sets[][4] = {
        {{1, 0}, {-1, 0}, {0, 0}, {7, 0}},
        {{INT64_MAX, 0}, {-INT64_MAX, 0}, {INT64_MAX / 2, 0}, {-INT64_MAX / 2 - 1, 0}},
        {{1, -30}, {-1, -30}, {3, 0}, {-3, -40}},
    };
    for (size_t i = 0; i < COUNT(sets); i++) {
        peil_plane plane = {0}, loaded = {0};
        add(&plane, sets[i], 4, 0);
        expect_loaded(&plane, &loaded);
        for (int k = 0; k < 5; k++) {
            add(&plane, sets[i], 4, 0);
            add(&loaded, sets[i], 4, 0);
        }
        for (size_t p = 0; p < 4; p++) {
            const peil_real sum = peil_plane_real(&plane, p);
            cr_expect(peil_plane_real(&loaded, p) == sum, "set %zu", i);
            cr_expect_eq(peil_plane_sign(&loaded, p), (sum > 0) - (sum < 0), "set %zu", i);
        }
        peil_plane_clear(&loaded);
        peil_plane_clear(&plane);
    }
}

/* Each sum of a loaded plane fits just so; three of them do not. */
Test(pack, planes_that_are_merged) {
    static const peil_decimal ends[4] = {{INT64_MAX, 0}, {-INT64_MAX / 2, 0}, {1, -18}, {-1, 0}};
    static const uint32_t places[] = {0, 1, 2, 3};
    peil_plane plane = {0}, loaded = {0}, sum = {0};
    add(&plane, ends, 4, 0);
    expect_loaded(&plane, &loaded);
    cr_assert_eq(peil_plane_resize(&sum, 4, NULL), PEIL_OK);
    for (int k = 0; k < 3; k++)
        cr_assert_eq(peil_plane_merge(&sum, &loaded, places, NULL), PEIL_OK);
    for (size_t p = 0; p < 4; p++)
        cr_expect(peil_plane_real(&sum, p) == 3 * peil_plane_real(&plane, p), "sum %zu", p);
    peil_plane_clear(&sum);
    peil_plane_clear(&loaded);
    peil_plane_clear(&plane);
}

/* Wide words that hold small sums: the bytes are those of the sums alone. */
Test(pack, planes_of_the_same_sums_have_the_same_bytes) {
    static const peil_decimal small[4] = {{5, 0}, {-5, 0}, {1, 0}, {0, 0}}, large[4] = {{1, -40}},
                              less[4] = {{-1, -40}};
    peil_plane plain = {0}, widened = {0};
    peil_text one = {0}, other = {0};
    add(&plain, small, 4, 0);
    add(&widened, small, 4, 0);
    add(&widened, large, 4, 0);
    add(&widened, less, 4, 0);
    cr_assert_gt(widened.width, plain.width);
    peil_plane_save(&plain, &one);
    peil_plane_save(&widened, &other);
    cr_assert_eq(one.length, other.length);
    cr_expect_arr_eq(one.bytes, other.bytes, one.length);
    peil_text_clear(&one);
    peil_text_clear(&other);
    peil_plane_clear(&plain);
    peil_plane_clear(&widened);
}

Test(pack, a_plane_of_more_sums_than_bytes) {
    static const struct {
        uint64_t count;
        uint32_t lanes, width;
    } wrong[] = {{3, 1, 1},   {2, 2, 1},          {2, 1, 2},         {1, 1, 0},
                 {0, 1, 241}, {UINT64_MAX, 1, 1}, {2, UINT32_MAX, 1}};
    for (size_t i = 0; i < COUNT(wrong); i++) {
        peil_text text = {0};
        peil_plane plane = {0};
        peil_pack_u64(&text, wrong[i].count);
        peil_pack_u32(&text, wrong[i].lanes);
        peil_pack_u32(&text, wrong[i].width);
        peil_pack_u64(&text, 1);
        peil_pack_u64(&text, 2);
        peil_unpacking in = all_of(&text);
        cr_expect_eq(peil_plane_load(&plane, &in, NULL), PEIL_EDATA, "case %zu", i);
        peil_plane_clear(&plane);
        peil_text_clear(&text);
    }
}

static uint32_t code_of(peil_dictionary *d, const char *text) {
    uint32_t code;
    cr_assert_eq(peil_dictionary_code(d, text, strlen(text), &code, NULL), PEIL_OK);
    return code;
}

Test(pack, dictionaries) {
    peil_dictionary d = {0}, loaded = {0};
    peil_text text = {0};
    uint32_t code;
    code_of(&d, "");
    code_of(&loaded, "");
    const uint32_t one = code_of(&d, "1.0"), name = code_of(&d, "caf\xC3\xA9");
    cr_assert_eq(peil_dictionary_code_text(&d, "1,5", 3, &code, NULL), PEIL_OK);
    peil_dictionary_save(&d, &text);
    peil_unpacking in = all_of(&text);
    cr_assert_eq(peil_dictionary_load(&loaded, &in, NULL), PEIL_OK);
    cr_expect_eq(loaded.count, d.count);
    cr_expect_eq(code_of(&loaded, "+1"), one);
    cr_expect_eq(code_of(&loaded, "caf\xC3\xA9"), name);
    cr_expect(loaded.values[code].stays_text);
    cr_expect_not(loaded.values[one].stays_text);
    peil_dictionary_clear(&loaded);
    peil_dictionary_clear(&d);
    peil_text_clear(&text);
}

Test(pack, a_dictionary_with_a_value_twice) {
    peil_dictionary loaded = {0};
    peil_text text = {0};
    code_of(&loaded, "");
    peil_pack_u64(&text, 2);
    for (int i = 0; i < 2; i++) {
        peil_pack_byte(&text, 0);
        peil_pack_string(&text, i ? "1.0" : "1");
    }
    peil_unpacking in = all_of(&text);
    cr_expect_eq(peil_dictionary_load(&loaded, &in, NULL), PEIL_EDATA);
    peil_dictionary_clear(&loaded);
    peil_text_clear(&text);
}

Test(pack, variables) {
    static const peil_decimal low = {9, 0};
    peil_variable v = {0}, loaded = {0};
    peil_text text = {0}, again = {0};
    v.type = PEIL_TYPE_NUMBER;
    v.decimal_mark = ',';
    cr_assert_eq(peil_variable_describe(&v, "Tevreden?", 9, NULL), PEIL_OK);
    cr_assert_eq(peil_variable_add_label(&v, "1", 1, "ja", 2, NULL), PEIL_OK);
    cr_assert_eq(peil_variable_add_label(&v, "n", 1, "nee", 3, NULL), PEIL_OK);
    cr_assert_eq(peil_variable_add_absence(&v, "NA", 2, NULL), PEIL_OK);
    cr_assert_eq(peil_variable_add_range(&v, &low, NULL, NULL), PEIL_OK);
    peil_variable_save(&v, &text);
    peil_unpacking in = all_of(&text);
    cr_assert_eq(peil_variable_load(&loaded, &in, NULL), PEIL_OK);
    cr_expect_eq(in.left, 0);
    cr_expect_eq(loaded.type, PEIL_TYPE_NUMBER);
    cr_expect_eq(loaded.decimal_mark, ',');
    cr_expect_str_eq(loaded.label, "Tevreden?");
    cr_expect_str_eq(peil_variable_label_of(&loaded, "n"), "nee");
    cr_expect(peil_variable_lacks_text(&loaded, "NA"));
    cr_expect(peil_variable_lacks_number(&loaded, (peil_decimal){1, -3}));
    cr_expect_not(peil_variable_lacks_number(&loaded, (peil_decimal){8, 0}));
    peil_variable_save(&loaded, &again);
    cr_assert_eq(again.length, text.length);
    cr_expect_arr_eq(again.bytes, text.bytes, text.length);
    peil_variable_clear(&v);
    peil_variable_clear(&loaded);
    peil_text_clear(&text);
    peil_text_clear(&again);
}
