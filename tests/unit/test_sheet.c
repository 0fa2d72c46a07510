/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Small tables as people save them. */
#include "read/sheet.h"

#include "support/testing.h"

static peil_sheet read_text(const char *text, size_t length) {
    const scratch file = scratch_make("sheet.csv", text, length);
    peil_sheet sheet = {0};
    peil_fault fault = {0};
    cr_assert_eq(peil_sheet_read(file.path, &sheet, &fault), PEIL_OK, "%s", fault.message);
    scratch_remove(&file);
    return sheet;
}

static void expect_cells(const char *text, size_t length, const char *const *cells, size_t rows,
                         size_t columns) {
    peil_sheet sheet = read_text(text, length);
    cr_assert_eq(sheet.nrows, rows);
    cr_assert_eq(sheet.ncolumns, columns);
    for (size_t i = 0; i < rows * columns; i++)
        cr_expect_str_eq(peil_sheet_cell(&sheet, i / columns, i % columns), cells[i]);
    peil_sheet_clear(&sheet);
}

Test(sheet, cells_are_as_they_were_typed) {
    static const char *const cells[] = {"a", "b", "6,0", "1.234,50"};
    static const char *const texts[] = {"a;b\n6,0;1.234,50\n",
                                        "a;b\r\n6,0;1.234,50",
                                        " a ; b\n6,0 ;\t1.234,50\n",
                                        "\"a\",b\n\"6,0\",\"1.234,50\"\n",
                                        "\357\273\277a\tb\n6,0\t1.234,50\n",
                                        "\na;b\n;\n6,0;1.234,50\n;\n\n"};
    for (size_t i = 0; i < COUNT(texts); i++) expect_cells(texts[i], strlen(texts[i]), cells, 2, 2);
}

Test(sheet, every_row_knows_its_line) {
    const char *text = "a,b\n\n1,2\n\"x\ny\",3\n,\n4,5";
    peil_sheet sheet = read_text(text, strlen(text));
    static const size_t lines[] = {1, 3, 5, 7};
    cr_assert_eq(sheet.nrows, COUNT(lines));
    for (size_t i = 0; i < COUNT(lines); i++) cr_expect_eq(sheet.lines[i], lines[i], "row %zu", i);
    cr_expect_str_eq(peil_sheet_cell(&sheet, 2, 0), "x\ny");
    peil_sheet_clear(&sheet);
}

Test(sheet, text_of_windows) {
    static const char *const cells[] = {"a", "b", "\xC2\xB1 3", "caf\xC3\xA9"};
    const char *text = "a;b\n\xB1 3;caf\xE9\n";
    expect_cells(text, strlen(text), cells, 2, 2);
}

Test(sheet, what_is_no_table_is_refused_by_its_line) {
    static const struct {
        const char *text;
        size_t length, line;
    } cases[] = {{"", 0, 0},           {"\n\n", 2, 0},         {"a,b\n1\n", 6, 2},
                 {"a\n1,2\n", 6, 2},   {"a,b\n1,\"2\n", 9, 2}, {"a,b\n1,2\"x\n", 10, 2},
                 {"a,b\n1,\0\n", 8, 2}};
    for (size_t i = 0; i < COUNT(cases); i++) {
        const scratch file = scratch_make("sheet.csv", cases[i].text, cases[i].length);
        peil_sheet sheet = {0};
        peil_fault fault = {0};
        cr_expect_eq(peil_sheet_read(file.path, &sheet, &fault), PEIL_EDATA, "case %zu", i);
        cr_expect_eq(fault.line, cases[i].line, "case %zu: line %d", i, (int)fault.line);
        cr_expect_str_eq(fault.file, file.path);
        peil_sheet_clear(&sheet);
        scratch_remove(&file);
    }
}
