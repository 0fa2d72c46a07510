/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Areas in areas: codes with any padding, and what they lie in. */
#include "read/hierarchy.h"
#include "support/figures.h"

#define AREAS                                         \
    "buurt;buurt_naam;wijk;gemeente;gemeente_name\n"  \
    "BU05460101;Pieterswijk;WK054601;GM0546;Leiden\n" \
    "BU05460102;Academiewijk;WK054601;GM0546;\n"      \
    "BU05460201;Noord;WK054602;GM0546;Leiden\n"       \
    "BU05370101;;WK053701;GM0537;Katwijk\n"

Test(hierarchy, codes_match_whatever_their_padding) {
    static const struct {
        const char *a, *b;
        bool is_same;
    } cases[] = {
        {"GM0546", "GM0546", true},
        {"GM0546", "GM546", true},
        {"GM0546", "0546", true},
        {"GM0546", "546", true},
        {"546", "0546", true},
        {"gm0546", "546", true},
        {"BU05460101", "5460101", true},
        {"GM0546", "WK0546", false},
        {"GM0546", "5460", false},
        {"GM0546", "546.0", false},
        {"GM0546", "-546", false},
        {"0", "00", true},
        {"GM0000", "0", true},
        {"GM", "GM", true},
        {"GM", "", false},
        {"Noord", "Noord", true},
        {"Noord", "noord", false},
        {"A12", "12", false},
        {"G", "G", true},
        {"GM0546 ", "546", false},
        {"", "0", false},
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        cr_expect_eq(peil_area_is(cases[i].a, cases[i].b), cases[i].is_same, "%s %s", cases[i].a,
                     cases[i].b);
        cr_expect_eq(peil_area_is(cases[i].b, cases[i].a), cases[i].is_same, "%s %s", cases[i].b,
                     cases[i].a);
    }
}

static peil_status read_text(const char *text, peil_hierarchy *out, peil_fault *fault) {
    const scratch file = scratch_text("areas.csv", text);
    const peil_status status = peil_hierarchy_read(file.path, out, fault);
    scratch_remove(&file);
    return status;
}

Test(hierarchy, knows_levels_names_and_what_areas_lie_in) {
    peil_hierarchy h;
    cr_assert_eq(read_text(AREAS, &h, NULL), PEIL_OK);
    cr_assert_eq(h.nlevels, 3);
    cr_expect(h.has_names);
    cr_expect_eq(strlen(h.sha256), 64);
    cr_expect_str_eq(peil_hierarchy_level_name(&h, 1), "wijk");
    cr_expect_eq(peil_hierarchy_find_level(&h, "gemeente"), 2);
    cr_expect_eq(peil_hierarchy_find_level(&h, "buurt_naam"), 3);
    cr_expect_eq(peil_hierarchy_count(&h, 0), 4);
    cr_expect_eq(peil_hierarchy_count(&h, 2), 2);
    const uint32_t area = peil_hierarchy_find(&h, 0, "5460102");
    cr_assert_neq(area, 0);
    cr_expect_str_eq(peil_hierarchy_code(&h, 0, area), "BU05460102");
    cr_expect_str_eq(peil_hierarchy_name(&h, 0, area), "Academiewijk");
    const uint32_t town = peil_hierarchy_climb(&h, 0, area, 2);
    cr_expect_str_eq(peil_hierarchy_code(&h, 2, town), "GM0546");
    cr_expect_str_eq(peil_hierarchy_name(&h, 2, town), "Leiden");
    cr_expect_eq(peil_hierarchy_climb(&h, 0, area, 0), area);
    cr_expect_null(peil_hierarchy_name(&h, 0, peil_hierarchy_find(&h, 0, "BU5370101")));
    cr_expect_null(peil_hierarchy_name(&h, 1, 1));
    cr_expect_eq(peil_hierarchy_find(&h, 0, "BU05460103"), 0);
    cr_expect_eq(peil_hierarchy_find(&h, 0, "GM5460102"), 0);
    cr_expect_eq(peil_hierarchy_find(&h, 0, ""), 0);
    peil_hierarchy_clear(&h);
}

Test(hierarchy, refuses_what_cannot_be) {
    static const struct {
        const char *text;
        uint64_t record;
        const char *variable, *message;
    } cases[] = {
        {"a,b\n1,x\n2,x\n1,y\n", 3, "a", "1 lies in x and y"},
        {"a,b\n,x\n", 1, "a", "an area has no code"},
        {"a,b\n1,\n", 1, "b", "an area has no code"},
        {"a,a_naam\n1,x\n1,y\n", 2, "a", "1 is called x and y"},
        {"a,b\n1,x\n01,x\n", 0, "a", "one code but for their padding"},
        {"a,b\n1,GM0546\n2,546\n", 0, "b", "one code but for their padding"},
        {"a,b\n1,GM0546\n2,GG0546\n", 0, "b", "one code but for their padding"},
        {"a,b\n", 0, "", "no rows"},
        {"gemeente,wijk\nGM0546,WK054601\nGM0546,WK054602\n", 2, "gemeente", "GM0546 lies in"},
        {"a,b\n1,x,3\n", 1, "", ""},
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        peil_hierarchy h;
        peil_fault fault = {0};
        cr_expect_eq(read_text(cases[i].text, &h, &fault), PEIL_EDATA, "%s", cases[i].text);
        cr_expect_eq(fault.record, cases[i].record, "%s", cases[i].text);
        cr_expect_str_eq(fault.variable, cases[i].variable, "%s", cases[i].text);
        cr_expect(strstr(fault.message, cases[i].message), "%s: %s", cases[i].text, fault.message);
        cr_expect(strstr(fault.file, "areas.csv"));
        peil_hierarchy_clear(&h);
    }
}

/* ---- in figures ---- */

/* The csv of a table on two files, with the hierarchy at hand; the caller frees. */
static char *table_of(const char *first, const char *second, peil_request request) {
    const scratch areas = scratch_text("areas.csv", AREAS);
    const scratch files[] = {scratch_text("one.csv", first),
                             scratch_text("two.csv", second ? second : first)};
    const char *const paths[] = {files[0].path, files[1].path};
    request.files = (peil_words){second ? 2 : 1, paths};
    request.hierarchy = areas.path;
    char *output = output_of(request.over ? peil_run_compare : peil_run_table, &request);
    scratch_remove(&areas);
    scratch_remove(&files[0]);
    scratch_remove(&files[1]);
    return output;
}

static void expect_same(const char *what, char *a, char *b) {
    cr_expect(strncmp(a, "refused", 7) != 0, "%s: %s", what, a);
    cr_expect_str_eq(a, b, "%s", what);
    free(a);
    free(b);
}

#define PADDED "y,buurt\n1,5460101\n2,BU5460101\n3,05460102\n5,5460201\n8,bu05370101\n9,5370101\n"
#define WHOLE                                                                           \
    "y,buurt\n1,BU05460101\n2,BU05460101\n3,BU05460102\n5,BU05460201\n8,BU05370101\n9," \
    "BU05370101\n"

Test(hierarchy, spellings_make_no_difference) {
    const peil_request requests[] = {
        {.measures = WORDS("mean(y)", "count()", "percent(wijk)"),
         .by = WORDS("buurt", "wijk", "gemeente", "gemeente,wijk"),
         .margins = true},
        {.measures = WORDS("mean(y)"), .where = "gemeente = 546", .by = WORDS("buurt")},
        {.measures = WORDS("mean(y)"),
         .strata = WORDS("gemeente"),
         .cluster = "wijk",
         .lonely_psu = "certainty"},
        {.measures = WORDS("mean(y)"), .over = "buurt,wijk", .against = "rest"},
    };
    for (size_t i = 0; i < COUNT(requests); i++) {
        peil_request request = requests[i];
        request.batch_rows = 4;
        expect_same("padding", table_of(PADDED, NULL, request), table_of(WHOLE, NULL, request));
        expect_same("two files", table_of(PADDED, WHOLE, request),
                    table_of(WHOLE, PADDED, request));
    }
}

/* The order of the hierarchy, not that of the codes. */
Test(hierarchy, gives_each_level_its_rows) {
    char *output = table_of(
        PADDED, NULL,
        (peil_request){.measures = WORDS("total(y)"), .by = WORDS("buurt", "wijk", "gemeente")});
    static const char *const rows[] = {"BU05460101,Pieterswijk,,,,,3,",
                                       "BU05460102,Academiewijk,,,,,3,",
                                       "BU05460201,Noord,,,,,5,",
                                       "BU05370101,,,,,,17,",
                                       ",,WK054601,,,,6,",
                                       ",,WK054602,,,,5,",
                                       ",,WK053701,,,,17,",
                                       ",,,,GM0546,Leiden,11,",
                                       ",,,,GM0537,Katwijk,17,"};
    const char *at = output;
    for (size_t i = 0; i < COUNT(rows); i++) {
        const char *found = strstr(at, rows[i]);
        cr_expect(found, "%s in %s", rows[i], output);
        if (found) at = found;
    }
    free(output);
}

/* Three wijken in two gemeenten: three rows, not six; the years of an empty one are there. */
Test(hierarchy, areas_outside_others_have_no_row) {
    char *output =
        table_of("y,buurt,jaar\n1,5460101,2015\n2,5460201,2017\n3,5370101,2015\n", NULL,
                 (peil_request){.measures = WORDS("count()"), .by = WORDS("gemeente,wijk,jaar")});
    size_t lines = 0;
    for (const char *at = output; *at; at++) lines += *at == '\n';
    cr_expect_eq(lines, 1 + 3 * 2, "%s", output);
    cr_expect_null(strstr(output, "GM0546,Leiden,WK053701"), "%s", output);
    cr_expect(strstr(output, "GM0537,Katwijk,WK053701,,2017,"), "%s", output);
    free(output);
}

Test(hierarchy, conditions_take_codes_and_names) {
    static const struct {
        const char *where;
        const char *total; /* NULL: refused */
    } cases[] = {
        {"gemeente = 546", ",11,"},
        {"gemeente = \"GM0546\"", ",11,"},
        {"gemeente = \"0546\"", ",11,"},
        {"gemeente = \"Leiden\"", ",11,"},
        {"wijk in (54601, \"WK053701\")", ",23,"},
        {"gemeente <> 546", ",17,"},
        {"gemeente = 547", NULL},
        {"gemeente = \"Leidne\"", NULL},
        {"gemeente >= 500", NULL},
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        char *output = table_of(
            PADDED, NULL, (peil_request){.measures = WORDS("total(y)"), .where = cases[i].where});
        if (cases[i].total)
            cr_expect(strstr(output, cases[i].total), "%s: %s", cases[i].where, output);
        else
            cr_expect(strncmp(output, "refused: ", 9) == 0, "%s: %s", cases[i].where, output);
        free(output);
    }
}

Test(hierarchy, data_that_say_otherwise_are_refused) {
    static const struct {
        const char *data, *wanted;
    } cases[] = {
        {"y,buurt\n1,5460101\n2,5460199\n", "refused: 3 2 buurt the hierarchy has no such area"},
        {"y,buurt\n1,5460101\n2,WK05460101\n", "refused: 3 2 buurt the hierarchy has no such area"},
        {"y,gemeente\n1,546\n2,999\n", "refused: 3 2 gemeente the hierarchy has no such area"},
        {"y,buurt,gemeente\n1,5460101,546\n2,5460101,537\n",
         "refused: 3 2 gemeente the hierarchy has the smaller area in another one"},
        {"y,plaats\n1,546\n", "refused: 3 0  has no variable gemeente"},
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        char *output =
            table_of(cases[i].data, NULL,
                     (peil_request){.measures = WORDS("mean(y)"), .by = WORDS("gemeente")});
        cr_expect(strncmp(output, cases[i].wanted, strlen(cases[i].wanted)) == 0, "%s: %s",
                  cases[i].data, output);
        free(output);
    }
}

/* Who has no buurt is in a gemeente when the data say so; declared codes are no area. */
Test(hierarchy, one_of_several_variables_is_enough) {
    char *output =
        table_of("y,buurt,gemeente\n1,5460101,\n2,,546\n4,99,0537\n8,,\n16,5370101,537\n", NULL,
                 (peil_request){.measures = WORDS("total(y)"),
                                .missing = WORDS("buurt: 99"),
                                .by = WORDS("gemeente", "buurt")});
    cr_expect(strstr(output, "GM0546,Leiden,,,3,"), "%s", output);
    cr_expect(strstr(output, "GM0537,Katwijk,,,20,"), "%s", output);
    cr_expect(strstr(output, ",,BU05460101,Pieterswijk,1,"), "%s", output);
    free(output);
}

Test(hierarchy, over_takes_levels_one_above_the_other) {
    static const char *const wrong[] = {"wijk,buurt", "buurt,gemeente", "buurt,y"};
    for (size_t i = 0; i < COUNT(wrong); i++) {
        char *output = table_of(
            PADDED, NULL,
            (peil_request){.measures = WORDS("mean(y)"), .over = wrong[i], .against = "rest"});
        cr_expect(strncmp(output, "refused: 2 ", 11) == 0, "%s: %s", wrong[i], output);
        free(output);
    }
}
