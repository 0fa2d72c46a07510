/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which rows of three fields the scan takes, and which it leaves to libcsv. */
#include "read/csv_scan.h"
#include "support/testing.h"

/* A quoted field that is longer than the bytes that are looked at together. */
#define LONG "\"a, b, c, d, e, f, g, h, i, j, k, l, m, n, o, p, q, r, s, t, u, v, w, x, y, z\""

static const struct {
    const char *text, *fields; /* of the rows that are taken, each with a bar behind it */
} pieces[] = {
    {"1,2,3\n4,5,6\n", "1|2|3|4|5|6|"},
    {"1,2,3\n4,5,6", "1|2|3|"},
    {"1,2,3\r\n,,\r\n4", "1|2|3||||"},
    {"1,2,\r\n,2,3\n", "1|2|||2|3|"},
    {" 1 , a b ,\t\n", "1|a b||"},
    {"\"1\",\"a,b\",\"\"\r\n", "1|a,b||"},
    {"1,\" a\nb \",3\n", "1| a\nb |3|"},
    {"1," LONG ",3\n4," LONG ",6\n7",
     "1|a, b, c, d, e, f, g, h, i, j, k, l, m, n, o, p, q, r, s, "
     "t, u, v, w, x, y, z|3|4|a, b, c, d, e, f, g, h, i, j, k, l, "
     "m, n, o, p, q, r, s, t, u, v, w, x, y, z|6|"},
    {"", ""},
    {"1,2,3", ""},
    {"1,2\n3,4,5,6\n", ""},
    {"1,2,3\n\n4,5,6\n", ""},
    {"1,2,3\n4,5\n", "1|2|3|"}, /* as far as is known */
    {"1,2\r,3\n", ""},
    {"1,2,3\r4,5,6\n", ""},
    {"1,2,\"\r\"\n", ""},
    {"1,2,\"a\"\"b\"\n", ""},
    {"1,2,a\"\n", ""},
    {"1, \"2\",3\n", ""},
    {"1,\"2\" ,3\n", ""},
    {"1,\"2,3\n", ""},
};

static void take(const peil_csv_scan *scan, size_t rows, char *out) {
    for (size_t i = 0; i < 3 * rows; i++) {
        size_t length;
        const char *text = peil_csv_scan_field(scan, i / 3, i % 3, &length);
        memcpy(out, text, length);
        out += length;
        *out++ = '|';
    }
    *out = '\0';
}

Test(csv_scan, takes_plain_rows_and_leaves_the_others) {
    peil_csv_scan scan;
    char fields[1000];
    cr_assert_eq(peil_csv_scan_make(',', '"', 3, &scan, NULL), PEIL_OK);
    for (size_t i = 0; i < COUNT(pieces); i++) {
        const char *text = pieces[i].text;
        const size_t rows = peil_csv_scan_find(&scan, text, strlen(text), 9);
        take(&scan, rows, fields);
        HOLDS(strcmp(fields, pieces[i].fields) == 0, "%s gives %s", text, fields);
    }
    peil_csv_scan_clear(&scan);
}

Test(csv_scan, takes_no_more_rows_than_there_is_room_for) {
    static const char text[] = "1,2,3\n4,5,6\n7,8,9\n";
    peil_csv_scan scan;
    cr_assert_eq(peil_csv_scan_make(',', '"', 3, &scan, NULL), PEIL_OK);
    cr_expect_eq(peil_csv_scan_find(&scan, text, sizeof text - 1, 2), 2);
    cr_expect_eq(peil_csv_scan_length(&scan, 2), 12);
    cr_expect_eq(peil_csv_scan_find(&scan, text, sizeof text, 9), 0, "a NUL is no text");
    peil_csv_scan_clear(&scan);
}
