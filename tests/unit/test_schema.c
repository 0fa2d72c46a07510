/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Schemas beside text files. What each property means is in the standard (datapackage.org, Table
 * Schema, version 2); the expected values are read from there by hand. */
#include <sys/stat.h>

#include "read/schema.h"
#include "support/reading.h"

/* ---- schemas against a header ---- */

static peil_header make_header(void) {
    static const char *const names[] = {"id", "q5", "wijk", "w"};
    peil_header header = {0};
    for (size_t i = 0; i < COUNT(names); i++)
        cr_assert_eq(peil_header_add(&header, names[i], strlen(names[i]), NULL, NULL), PEIL_OK);
    return header;
}

static void clear_header(peil_header *header) {
    for (size_t i = 0; i < header->nvariables; i++) peil_variable_clear(&header->variables[i]);
    free(header->variables);
}

static peil_status apply(const char *text, peil_header *header, peil_schema **schema,
                         peil_fault *fault) {
    *schema = NULL;
    *header = make_header();
    const peil_status status = peil_schema_read("x.schema.json", text, strlen(text), schema, fault);
    return status == PEIL_OK ? peil_schema_apply(*schema, header, fault) : status;
}

Test(schema, says_what_a_variable_is) {
    peil_header header;
    peil_schema *schema;
    peil_fault fault = {0};
    cr_assert_eq(apply("{\"fields\": ["
                       "{\"name\": \"wijk\", \"type\": \"string\", \"description\": \"De wijk\"},"
                       "{\"name\": \"q5\", \"title\": \" Tevreden? \", \"description\": \"x\","
                       " \"type\": \"integer\", \"categories\": [{\"value\": 1, \"label\": \"ja\"},"
                       " {\"value\": 2}, {\"value\": \"3\", \"label\": \"wn\"}],"
                       " \"missingValues\": [\"\", {\"value\": \"9\", \"label\": \"ga\"}, \"-\"]},"
                       "{\"name\": \"w\", \"type\": \"number\", \"decimalChar\": \",\","
                       " \"groupChar\": \".\"}]}",
                       &header, &schema, &fault),
                 PEIL_OK, "%s", fault.message);
    const peil_variable *id = &header.variables[0], *q5 = &header.variables[1];
    const peil_variable *wijk = &header.variables[2], *w = &header.variables[3];
    cr_assert(header.has_labels);
    cr_assert_eq(id->type, PEIL_TYPE_UNSAID);
    cr_assert_null(id->label);
    cr_assert_str_eq(wijk->label, "De wijk");
    cr_assert_eq(wijk->type, PEIL_TYPE_TEXT);
    cr_assert_str_eq(q5->label, "Tevreden?");
    cr_assert_eq(q5->type, PEIL_TYPE_NUMBER);
    cr_assert_str_eq(peil_variable_label_of(q5, "1"), "ja");
    cr_assert_null(peil_variable_label_of(q5, "2"));
    cr_assert_str_eq(peil_variable_label_of(q5, "3"), "wn");
    cr_assert_str_eq(peil_variable_label_of(q5, "9"), "ga");
    cr_assert(peil_variable_lacks_number(q5, (peil_decimal){9, 0}));
    cr_assert_not(peil_variable_lacks_number(q5, (peil_decimal){3, 0}));
    cr_assert(peil_variable_lacks_text(q5, "-"));
    cr_assert_eq(w->decimal_mark, ',');
    cr_assert_eq(w->group_mark, '.');
    cr_assert_eq(q5->decimal_mark, '\0');
    peil_schema_free(schema);
    clear_header(&header);
}

/* A field's list takes the place of the schema's, which holds for all other fields. */
Test(schema, missing_values_of_all_fields) {
    peil_header header;
    peil_schema *schema;
    cr_assert_eq(apply("{\"fields\": [{\"name\": \"q5\"}, {\"name\": \"w\", \"missingValues\": "
                       "[\"-1\"]}], \"missingValues\": [\"\", \"NA\", \"99\"]}",
                       &header, &schema, NULL),
                 PEIL_OK);
    const peil_variable *id = &header.variables[0], *q5 = &header.variables[1];
    const peil_variable *w = &header.variables[3];
    cr_assert(peil_variable_lacks_text(q5, "NA"));
    cr_assert(peil_variable_lacks_number(q5, (peil_decimal){99, 0}));
    cr_assert_not(peil_variable_lacks_text(w, "NA"));
    cr_assert(peil_variable_lacks_number(w, (peil_decimal){-1, 0}));
    cr_assert_eq(id->nabsences, 0);
    cr_assert_not(header.has_labels);
    peil_schema_free(schema);
    clear_header(&header);
}

Test(schema, types_of_the_standard) {
    static const struct {
        const char *field;
        peil_type type;
    } cases[] = {
        {"\"type\": \"any\"", PEIL_TYPE_UNSAID},
        {"\"type\": \"string\"", PEIL_TYPE_TEXT},
        {"\"type\": \"number\"", PEIL_TYPE_NUMBER},
        {"\"type\": \"integer\"", PEIL_TYPE_NUMBER},
        {"\"type\": \"boolean\"", PEIL_TYPE_UNSAID},
        {"\"type\": \"year\"", PEIL_TYPE_NUMBER},
        {"\"type\": \"date\"", PEIL_TYPE_DATE},
        {"\"type\": \"datetime\"", PEIL_TYPE_DATE},
        {"\"type\": \"time\"", PEIL_TYPE_TEXT},
        {"\"type\": \"yearmonth\"", PEIL_TYPE_TEXT},
        {"\"type\": \"duration\"", PEIL_TYPE_TEXT},
        {"\"type\": \"geopoint\"", PEIL_TYPE_TEXT},
        {"\"type\": \"list\"", PEIL_TYPE_TEXT},
        {"\"title\": \"a\"", PEIL_TYPE_UNSAID},
        {"\"type\": \"date\", \"format\": \"default\"", PEIL_TYPE_DATE},
        {"\"type\": \"date\", \"format\": \"%d-%m-%Y\"", PEIL_TYPE_TEXT},
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        char text[200];
        peil_header header;
        peil_schema *schema;
        snprintf(text, sizeof text, "{\"fields\": [{\"name\": \"q5\", %s}]}", cases[i].field);
        cr_assert_eq(apply(text, &header, &schema, NULL), PEIL_OK, "%s", text);
        cr_assert_eq(header.variables[1].type, cases[i].type, "%s", cases[i].field);
        peil_schema_free(schema);
        clear_header(&header);
    }
}

Test(schema, what_is_wrong_is_refused_with_its_line) {
    static const struct {
        const char *text, *message;
    } cases[] = {
        {"{\"fields\": [\n{\"name\": \"q6\"}]}", "line 2: the file has no variable q6; is it q5?"},
        {"{\"fields\": [\n{\"name\": \"zzzzz\"}]}", "line 2: the file has no variable zzzzz"},
        {"{\"fields\": [{\"name\": \"q5\",\n\"type\": \"intger\"}]}",
         "line 2: there is no type intger; is it integer?"},
        {"{\"fields\": [{\"name\": \"q5\", \"type\": \"whatever\"}]}", "no type whatever"},
        {"{\"fields\": [{\"name\": \"q5\", \"type\": 1}]}", "\"type\" is a number, not a string"},
        {"{\"fields\": [{\"name\": \"q5\"},\n{\"name\": \"q5\"}]}",
         "line 2: the field q5 stands here twice"},
        {"{\"fields\": [{\"title\": \"q5\"}]}", "a field has no \"name\""},
        {"{\"fields\": [\"q5\"]}", "a field is a string, not an object"},
        {"{\"fields\": {}}", "\"fields\" is an object, not an array"},
        {"{}", "a schema has an array \"fields\""},
        {"[]", "a schema is an object, not an array"},
        {"{\"fields\": [{\"name\": \"q5\", \"title\": null}]}", "\"title\" is null"},
        {"{\"fields\": [{\"name\": \"q5\", \"categories\": [1, 2,\n 1]}]}",
         "the field q5 lists the value 1 twice"},
        {"{\"fields\": [{\"name\": \"q5\", \"categories\": [\"1\", 1.0]}]}",
         "the field q5 lists the value 1 twice"},
        {"{\"fields\": [{\"name\": \"q5\", \"categories\": [{\"value\": 1, \"label\": \"a\"},"
         " {\"value\": 1, \"label\": \"b\"}]}]}",
         "the value 1 has two labels"},
        {"{\"fields\": [{\"name\": \"q5\", \"categories\": [{\"label\": \"a\"}]}]}",
         "an item of \"categories\" has no \"value\""},
        {"{\"fields\": [{\"name\": \"q5\", \"categories\": [true]}]}",
         "a value of \"categories\" is true, not a string or a number"},
        {"{\"fields\": [{\"name\": \"q5\", \"categories\": [{\"value\": 1, \"label\": 2}]}]}",
         "\"label\" is a number"},
        {"{\"fields\": [{\"name\": \"q5\", \"type\": \"integer\", \"categories\": [\"a\"]}]}",
         "the field q5 holds numbers, and its category a is none"},
        {"{\"fields\": [{\"name\": \"q5\", \"missingValues\": \"9\"}]}",
         "\"missingValues\" is a string, not an array"},
        {"{\"fields\": [{\"name\": \"q5\", \"missingValues\": [null]}]}",
         "a value of \"missingValues\" is null"},
        {"{\"fields\": [{\"name\": \"q5\", \"categories\": [{\"value\": 9, \"label\": \"a\"}],"
         " \"missingValues\": [{\"value\": \"9\", \"label\": \"b\"}]}]}",
         "the value 9 has two labels"},
        {"{\"fields\": [{\"name\": \"w\", \"type\": \"number\", \"decimalChar\": \";\"}]}",
         "\"decimalChar\" is one of"},
        {"{\"fields\": [{\"name\": \"w\", \"type\": \"number\", \"groupChar\": \"--\"}]}",
         "\"groupChar\" is one of"},
        {"{\"fields\": [{\"name\": \"w\", \"type\": \"number\", \"groupChar\": \".\"}]}",
         "the same groupChar and decimalChar"},
        {"{\"fields\": [{\"name\": \"w\", \"type\": \"number\", \"bareNumber\": false}]}",
         "bareNumber"},
        {"{\"fields\": [{\"name\": \"w\", \"type\": \"boolean\", \"trueValues\": [\"1\", \"x\"],"
         " \"falseValues\": [\"1\"]}]}",
         "lists the value 1 twice"},
        {"{\"fields\": [{\"name\": \"w\", \"type\": \"boolean\", \"trueValues\": [1]}]}",
         "\"trueValues\" holds a number"},
        {"{\"fieldsMatch\": \"some\", \"fields\": []}", "\"fieldsMatch\" is exact, equal"},
        {"{\"fieldsMatch\": \"equal\", \"fields\": [{\"name\": \"id\"}]}",
         "no field for the variable q5 (\"fieldsMatch\" is equal)"},
        {"{\"fieldsMatch\": \"subset\", \"fields\": [{\"name\": \"id2\"}]}", "is it id?"},
        {"{\"fields\": [}", "line 1: this is no JSON"},
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        peil_header header = {0};
        peil_schema *schema;
        peil_fault fault = {0};
        cr_assert_eq(apply(cases[i].text, &header, &schema, &fault), PEIL_EDATA, "%s",
                     cases[i].text);
        cr_assert(strstr(fault.message, cases[i].message), "%s: %s", cases[i].text, fault.message);
        cr_assert(strncmp(fault.message, "line ", 5) == 0, "%s", fault.message);
        cr_assert_str_eq(fault.file, "x.schema.json");
        peil_schema_free(schema);
        clear_header(&header);
    }
}

Test(schema, fields_and_variables_may_differ_as_said) {
    static const struct {
        const char *match;
        bool has_all, has_other; /* the fields: all variables, and one more */
        peil_status status;
    } cases[] = {
        {"", false, false, PEIL_OK},           {"", true, true, PEIL_EDATA},
        {"exact", true, false, PEIL_OK},       {"exact", false, false, PEIL_EDATA},
        {"equal", true, true, PEIL_EDATA},     {"subset", false, false, PEIL_OK},
        {"subset", false, true, PEIL_EDATA},   {"superset", true, true, PEIL_OK},
        {"superset", false, true, PEIL_EDATA}, {"partial", false, true, PEIL_OK},
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        char text[300];
        peil_header header;
        peil_schema *schema;
        snprintf(text, sizeof text, "{%s%s%s \"fields\": [{\"name\": \"w\"}%s%s]}",
                 *cases[i].match ? "\"fieldsMatch\": \"" : "", cases[i].match,
                 *cases[i].match ? "\"," : "",
                 cases[i].has_all ? ", {\"name\": \"wijk\"}, {\"name\": \"id\"}, {\"name\": \"q5\"}"
                                  : "",
                 cases[i].has_other ? ", {\"name\": \"z\"}" : "");
        cr_assert_eq(apply(text, &header, &schema, NULL), cases[i].status, "%s", text);
        peil_schema_free(schema);
        clear_header(&header);
    }
}

Test(schema, a_list_of_categories_has_an_end) {
    for (int n = PEIL_ALLOWED_MOST; n <= PEIL_ALLOWED_MOST + 1; n++) {
        peil_text text = {0};
        peil_header header;
        peil_schema *schema;
        peil_text_add(&text, "{\"fields\": [{\"name\": \"q5\", \"categories\": [0");
        for (int i = 1; i < n; i++) peil_text_add_format(&text, ",%d", i);
        peil_text_add(&text, "]}]}");
        cr_expect_eq(apply(text.bytes, &header, &schema, NULL),
                     n > PEIL_ALLOWED_MOST ? PEIL_EDATA : PEIL_OK);
        peil_schema_free(schema);
        clear_header(&header);
        peil_text_clear(&text);
    }
}

/* ---- files ---- */

/* Writes a file beside another one. */
static void write_beside(const scratch *file, const char *name, const char *text) {
    char path[512];
    snprintf(path, sizeof path, "%s/%s", file->folder, name);
    FILE *out = fopen(path, "wb");
    cr_assert(out && fputs(text, out) >= 0 && fclose(out) == 0);
}

static void remove_beside(const scratch *file, const char *name) {
    char path[512];
    snprintf(path, sizeof path, "%s/%s", file->folder, name);
    unlink(path);
}

#define SCHEMA_OF(label) "{\"fields\": [{\"name\": \"q\", \"title\": \"" label "\"}]}"

/* The file "q\n1\n", gzipped when its name says so. */
static scratch make_data(const char *name) {
    static const unsigned char gzip[] = {0x1F, 0x8B, 0x08, 0x00, 0x00, 0x00, 0x00, 0x00, 0x02,
                                         0x03, 0x2B, 0xE4, 0x32, 0xE4, 0x02, 0x00, 0x9F, 0x73,
                                         0xD8, 0xD9, 0x04, 0x00, 0x00, 0x00}; /* printf 'q\n1\n' |
                                                                                 gzip -9n */
    return strstr(name, ".gz") ? scratch_make(name, gzip, sizeof gzip)
                               : scratch_text(name, "q\n1\n");
}

/* The label that a file's only variable gets from what stands beside it; "" for none. */
static void finds(const char *file, const char *beside, const char *text, const char *label) {
    const scratch data = make_data(file);
    peil_reader *reader = NULL;
    peil_fault fault = {0};
    write_beside(&data, beside, text);
    cr_assert_eq(peil_reader_open(data.path, &(peil_reading){0}, &reader, &fault), PEIL_OK,
                 "%s: %s", fault.file, fault.message);
    const peil_header *header = peil_reader_header(reader);
    const char *found = header->variables[0].label;
    cr_assert_str_eq(found ? found : "", label, "%s beside %s", beside, file);
    cr_assert_eq(header->schema != NULL, *label != '\0');
    peil_reader_free(reader);
    remove_beside(&data, beside);
    scratch_remove(&data);
}

Test(schema, is_found_beside_its_file) {
    finds("x.csv", "x.schema.json", SCHEMA_OF("a"), "a");
    finds("x.csv", "x.csv.schema.json", SCHEMA_OF("a"), "a");
    finds("x.2015.csv", "x.2015.schema.json", SCHEMA_OF("a"), "a");
    finds("x.csv.gz", "x.schema.json", SCHEMA_OF("a"), "a");
    finds("x.csv.gz", "x.csv.schema.json", SCHEMA_OF("a"), "a");
    finds("x.csv.gz", "x.csv.gz.schema.json", SCHEMA_OF("a"), "a");
    finds("x", "x.schema.json", SCHEMA_OF("a"), "a");
    finds("x.2015.csv", "x.schema.json", SCHEMA_OF("a"), "");
    finds("x.csv", "y.schema.json", SCHEMA_OF("a"), "");
    finds("x.csv", "schema.json", "[", "");
}

#define PACKAGE_OF(path) \
    "{\"resources\": [{\"path\": \"a.csv\"}, {\"path\": " path ", \"schema\": " SCHEMA_OF("a") "}" \
                                                                                               "]" \
                                                                                               "}"

Test(schema, is_found_in_the_data_package) {
    finds("x.csv", "datapackage.json", PACKAGE_OF("\"x.csv\""), "a");
    finds("x.csv", "datapackage.json", PACKAGE_OF("\"./x.csv\""), "a");
    finds("x.csv", "datapackage.json", PACKAGE_OF("[\"y.csv\", \"x.csv\"]"), "a");
    finds("x.csv.gz", "datapackage.json", PACKAGE_OF("\"x.csv\""), "a");
    finds("x.csv", "datapackage.json", PACKAGE_OF("\"y/x.csv\""), "");
    finds("x.csv", "datapackage.json", PACKAGE_OF("\"x.cs\""), "");
    finds("x.csv", "datapackage.json", PACKAGE_OF("\"\""), "");
    finds("x.csv", "datapackage.json", "{\"resources\": [{\"path\": \"x.csv\"}]}", "");
    finds("x.csv", "datapackage.json", "{\"resources\": []}", "");
}

/* The nearest one counts. */
Test(schema, beside_the_file_comes_before_the_package) {
    const scratch data = scratch_text("x.csv", "q\n1\n");
    peil_reader *reader = NULL;
    write_beside(&data, "datapackage.json", PACKAGE_OF("\"x.csv\""));
    write_beside(&data, "x.schema.json", SCHEMA_OF("b"));
    write_beside(&data, "x.csv.schema.json", SCHEMA_OF("c"));
    cr_assert_eq(peil_reader_open(data.path, &(peil_reading){0}, &reader, NULL), PEIL_OK);
    cr_assert_str_eq(peil_reader_header(reader)->variables[0].label, "c");
    peil_reader_free(reader);
    remove_beside(&data, "x.csv.schema.json");
    cr_assert_eq(peil_reader_open(data.path, &(peil_reading){0}, &reader, NULL), PEIL_OK);
    cr_assert_str_eq(peil_reader_header(reader)->variables[0].label, "b");
    peil_reader_free(reader);
    remove_beside(&data, "x.schema.json");
    remove_beside(&data, "datapackage.json");
    scratch_remove(&data);
}

Test(schema, a_package_may_name_the_schema_in_a_file) {
    const scratch data = scratch_text("x.csv", "q\n1\n");
    peil_reader *reader = NULL;
    write_beside(&data, "other.json", SCHEMA_OF("b"));
    write_beside(&data, "datapackage.json",
                 "{\"resources\": [{\"path\": \"x.csv\", \"schema\": \"other.json\"}]}");
    cr_assert_eq(peil_reader_open(data.path, &(peil_reading){0}, &reader, NULL), PEIL_OK);
    cr_assert_str_eq(peil_reader_header(reader)->variables[0].label, "b");
    peil_reader_free(reader);
    remove_beside(&data, "other.json");
    remove_beside(&data, "datapackage.json");
    scratch_remove(&data);
}

/* Opening is refused, naming the file that stands beside. */
static void refuses_beside(const char *beside, const char *text, peil_status status,
                           const char *message) {
    const scratch data = scratch_text("x.csv", "q\n1\n");
    peil_reader *reader = NULL;
    peil_fault fault = {0};
    write_beside(&data, beside, text);
    cr_assert_eq(peil_reader_open(data.path, &(peil_reading){0}, &reader, &fault), status, "%s",
                 text);
    cr_assert(strstr(fault.message, message), "%s", fault.message);
    cr_assert(strstr(fault.file, beside), "%s", fault.file);
    remove_beside(&data, beside);
    scratch_remove(&data);
}

Test(schema, a_package_that_cannot_be_used_is_refused) {
    refuses_beside("datapackage.json", "{", PEIL_EDATA, "line 1: this is no JSON");
    refuses_beside("datapackage.json", "{\"resource\": []}", PEIL_EDATA, "an array \"resources\"");
    refuses_beside("datapackage.json",
                   "{\"resources\": [\n{\"path\": \"x.csv\", \"schema\": \"/etc/x.json\"}]}",
                   PEIL_EDATA, "line 2: the schema is not in this folder");
    refuses_beside("datapackage.json",
                   "{\"resources\": [{\"path\": \"x.csv\", \"schema\": \"../x.json\"}]}",
                   PEIL_EDATA, "the schema is not in this folder");
    refuses_beside("datapackage.json",
                   "{\"resources\": [{\"path\": \"x.csv\", \"schema\": \"http://a/x\"}]}",
                   PEIL_EDATA, "the schema is not in this folder");
    refuses_beside("datapackage.json", "{\"resources\": [{\"path\": \"x.csv\", \"schema\": 1}]}",
                   PEIL_EDATA, "a schema is an object");
    refuses_beside("x.schema.json", "", PEIL_EDATA, "it ends too early");
}

Test(schema, a_folder_of_that_name_is_no_schema) {
    const scratch data = scratch_text("x.csv", "q\n1\n");
    char path[512];
    peil_reader *reader = NULL;
    snprintf(path, sizeof path, "%s/x.schema.json", data.folder);
    cr_assert_eq(mkdir(path, 0700), 0);
    cr_assert_eq(peil_reader_open(data.path, &(peil_reading){0}, &reader, NULL), PEIL_OK);
    cr_assert_null(peil_reader_header(reader)->schema);
    peil_reader_free(reader);
    rmdir(path);
    scratch_remove(&data);
}

/* ---- data that break the schema ---- */

/* Reads one column as codes or as numbers; returns the record that is refused, 0 for none, and
 * checks that the rows before it were handed out. */
static uint64_t refused_record(const char *csv, const char *field, peil_use use, size_t rows,
                               const char *message) {
    char schema[600];
    peil_batch batch = {0};
    peil_reader *reader = NULL;
    peil_fault fault = {0};
    size_t column;
    uint64_t read = 0;
    const scratch data = scratch_text("x.csv", csv);
    snprintf(schema, sizeof schema, "{\"fields\": [{\"name\": \"q\", %s}]}", field);
    write_beside(&data, "x.schema.json", schema);
    cr_assert_eq(peil_reader_open(data.path, &(peil_reading){0}, &reader, &fault), PEIL_OK, "%s",
                 fault.message);
    cr_assert_eq(peil_batch_want(&batch, "q", use, &column, NULL), PEIL_OK);
    cr_assert_eq(peil_batch_allocate(&batch, rows, NULL), PEIL_OK);
    cr_assert_eq(peil_reader_bind(reader, &batch, NULL), PEIL_OK);
    peil_status status;
    do {
        status = peil_reader_next(reader, &batch, &fault);
        read += batch.rows;
    } while (status == PEIL_OK && batch.rows);
    cr_assert(status == PEIL_OK || status == PEIL_EDATA);
    if (status != PEIL_OK) {
        cr_assert_eq(read, fault.record - 1);
        cr_assert_str_eq(fault.variable, "q");
        cr_assert(strstr(fault.message, message), "%s: %s", field, fault.message);
        cr_assert(strstr(fault.file, "x.csv"));
    }
    peil_reader_free(reader);
    peil_batch_clear(&batch);
    remove_beside(&data, "x.schema.json");
    scratch_remove(&data);
    return status == PEIL_OK ? 0 : fault.record;
}

Test(schema, data_that_break_it_are_refused_at_the_record) {
    static const struct {
        const char *csv, *field;
        uint64_t record;
        const char *message;
    } cases[] = {
        {"q,a\n1,1\n2.5,1\n,1\n-3,1\n", "\"type\": \"number\"", 0, ""},
        {"q,a\n1,1\n2,1\nx,1\ny,1\n", "\"type\": \"number\"", 3, "text where"},
        {"q,a\n1,1\nNA,1\n", "\"type\": \"number\", \"missingValues\": [\"NA\"]", 0, ""},
        {"q,a\n1,1\nNA,1\n", "\"type\": \"number\", \"missingValues\": [\"na\"]", 2, "text where"},
        {"q,a\n1,1\n2.0,1\n1e3,1\n", "\"type\": \"integer\"", 0, ""},
        {"q,a\n1,1\n2.5,1\n", "\"type\": \"integer\"", 2, "no whole number"},
        {"q,a\n1,1\n2.5,1\n", "\"type\": \"integer\", \"missingValues\": [\"2.50\"]", 0, ""},
        {"q,a\n2015,1\nx,1\n", "\"type\": \"year\"", 2, "no whole number"},
        {"q,a\n1,1\n2,1\n3,1\n", "\"categories\": [1, 2]", 3, "not among those"},
        {"q,a\n1,1\n2,1\n3,1\n", "\"categories\": [1, 2], \"missingValues\": [\"3\"]", 0, ""},
        {"q,a\n1.0,1\n2,1\n,1\n", "\"type\": \"integer\", \"categories\": [1, 2]", 0, ""},
        {"q,a\na,1\nb,1\nc,1\n", "\"type\": \"string\", \"categories\": [\"b\", \"a\"]", 3,
         "not among those"},
        {"q,a\n1,1\n0,1\n,1\n1,1\n", "\"type\": \"boolean\"", 0, ""},
        {"q,a\n1,1\nfalse,1\ntrue,1\n", "\"type\": \"boolean\"", 3, "a second spelling"},
        {"q,a\nja,1\nnee,1\n1,1\n",
         "\"type\": \"boolean\", \"trueValues\": [\"ja\"], \"falseValues\": [\"nee\"]", 3,
         "not among those"},
        {"q,a\n2015-01-31,1\n2015-02-29,1\n", "\"type\": \"date\"", 2, "no date"},
        {"q,a\n2015-01-31T12:00:00,1\n,1\n", "\"type\": \"datetime\"", 0, ""},
        {"q,a\n31-01-2015,1\n", "\"type\": \"date\", \"format\": \"%d-%m-%Y\"", 0, ""},
        {"q,a\nx,1\n5,1\n", "\"type\": \"string\"", 0, ""},
        {"q,a\nx,1\n5,1\n", "\"type\": \"any\"", 0, ""},
    };
    for (size_t i = 0; i < COUNT(cases); i++)
        for (size_t rows = 4; rows <= 64; rows += 60)
            for (int use = PEIL_AS_NUMBERS; use <= PEIL_AS_CODES; use++)
                cr_assert_eq(refused_record(cases[i].csv, cases[i].field, (peil_use)use, rows,
                                            cases[i].message),
                             cases[i].record, "%s %s", cases[i].csv, cases[i].field);
}

/* As a number, "01" is 1. */
Test(schema, codes_with_zeros_are_text) {
    static const char field[] = "\"type\": \"string\", \"categories\": [\"01\"]";
    const char *csv = "q,a\n01,1\n1,1\n";
    cr_assert_eq(refused_record(csv, field, PEIL_AS_CODES, 0, "not among those"), 2);
    cr_assert_eq(refused_record(csv, field, PEIL_AS_NUMBERS, 0, ""), 0);
    csv = "q,a\n01,1\n2,1\n";
    cr_assert_eq(refused_record(csv, field, PEIL_AS_NUMBERS, 0, "not among those"), 2);
}

/* The first faulty record counts, not the first faulty column; an earlier one than the reader's. */
Test(schema, the_first_faulty_record_is_named) {
    const scratch data = scratch_text("x.csv", "q,p,r\n1,1,1\n1,x,1\n1,1\n");
    write_beside(&data, "x.schema.json",
                 "{\"fields\": [{\"name\": \"q\", \"type\": \"integer\"}, {\"name\": \"p\", "
                 "\"type\": \"integer\"}]}");
    reading r = read_as(data.path, (peil_reading){0}, 0);
    cr_assert_eq(r.status, PEIL_EDATA);
    cr_assert_eq(r.fault.record, 2);
    cr_assert_eq(r.fault.row, 3);
    cr_assert_str_eq(r.fault.variable, "p");
    cr_assert_str_eq(r.content.bytes, "q|p|r~1|1|1");
    peil_text_clear(&r.content);
    write_beside(&data, "x.csv", "q,p,r\n1,1,1\nx,y,1\n1,z,1\n");
    r = read_as(data.path, (peil_reading){0}, 0);
    cr_assert_eq(r.fault.record, 2);
    cr_assert_str_eq(r.fault.variable, "q");
    cr_assert_null(strstr(r.fault.message, "x,"));
    peil_text_clear(&r.content);
    remove_beside(&data, "x.schema.json");
    scratch_remove(&data);
}

Test(schema, its_hash_is_known_when_asked_for) {
    const scratch data = scratch_text("x.csv", "q\n1\n");
    peil_reader *reader = NULL;
    write_beside(&data, "x.schema.json", "{\"fields\": []}");
    cr_assert_eq(peil_reader_open(data.path, &(peil_reading){.hash = true}, &reader, NULL),
                 PEIL_OK);
    /* printf '{"fields": []}' | sha256sum */
    cr_assert_str_eq(peil_reader_header(reader)->schema_sha256,
                     "94b00045f85f303d2d1af03bffc7c0af2c4d7ee5fb7a9eaa8908b6ee3d454b58");
    peil_reader_free(reader);
    remove_beside(&data, "x.schema.json");
    scratch_remove(&data);
}
