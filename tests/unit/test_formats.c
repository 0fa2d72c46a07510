/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Files that R's packages wrote, in formats/data: their content is what formats/make_files.R says.
 */
#include <dirent.h>

#include "support/reading.h"

#define FOLDER PEIL_TESTS_DIR "/formats/data"

enum { WHOLE = 4096 };

static void read_expected(const char *name, char *out) {
    char path[512];
    snprintf(path, sizeof path, "%s/%s.txt", FOLDER, name);
    FILE *in = fopen(path, "r");
    cr_assert(in, "%s is not there", path);
    const size_t length = fread(out, 1, WHOLE - 1, in);
    out[length] = '\0';
    fclose(in);
}

/* The lines of make_files.R. A range is known by one of its numbers. */
static void add_notes(const peil_header *header, peil_text *out) {
    for (size_t i = 0; i < header->nvariables; i++)
        if (header->variables[i].label)
            peil_text_add_format(out, "%s: %s\n", header->variables[i].name,
                                 header->variables[i].label);
    for (size_t i = 0; i < header->nvariables; i++) {
        const peil_variable *v = &header->variables[i];
        for (size_t k = 0; k < v->nlabels; k++)
            peil_text_add_format(out, "%s = %s: %s\n", v->name, v->labels[k].value,
                                 v->labels[k].text);
        if (peil_variable_lacks_number(v, (peil_decimal){9, 0}))
            peil_text_add_format(out, "%s - 9\n", v->name);
        if (peil_variable_lacks_number(v, (peil_decimal){98, 0}))
            peil_text_add_format(out, "%s - 98\n", v->name);
    }
}

static void add_rows(peil_reader *reader, peil_batch *batch, peil_text *out, const char *name) {
    peil_fault fault;
    do {
        const peil_status status = peil_reader_next(reader, batch, &fault);
        cr_assert_eq(status, PEIL_OK, "%s: %s", name, fault.message);
        for (size_t row = 0; row < batch->rows; row++)
            for (size_t i = 0; i < batch->ncolumns; i++) {
                const peil_batch_column *c = &batch->columns[i];
                peil_text_add(out, peil_dictionary_text(&c->dictionary, c->codes[row]));
                peil_text_add(out, i + 1 < batch->ncolumns ? "|" : "\n");
            }
    } while (batch->rows);
}

/* Tags are declared as they are met. */
static void add_tags(const peil_batch *batch, peil_text *out) {
    for (size_t i = 0; i < batch->ncolumns; i++)
        for (char tag = 'a'; tag <= 'z'; tag++) {
            const char text[3] = {'.', tag, '\0'};
            if (peil_variable_lacks_text(&batch->columns[i].about, text))
                peil_text_add_format(out, "%s - %s\n", batch->columns[i].name, text);
        }
}

static void say(const char *name, peil_text *out) {
    static const peil_reading how;
    char path[512];
    peil_reader *reader = NULL;
    peil_batch batch = {0};
    peil_fault fault;
    size_t column;
    snprintf(path, sizeof path, "%s/%s", FOLDER, name);
    cr_assert_eq(peil_reader_open(path, &how, &reader, &fault), PEIL_OK, "%s: %s", name,
                 fault.message);
    const peil_header *header = peil_reader_header(reader);
    for (size_t i = 0; i < header->nvariables; i++) {
        peil_text_add_format(out, "%s%s", i ? "|" : "", header->variables[i].name);
        cr_assert_eq(
            peil_batch_want(&batch, header->variables[i].name, PEIL_AS_CODES, &column, NULL),
            PEIL_OK);
    }
    peil_text_add(out, "\n");
    cr_assert_eq(peil_batch_allocate(&batch, 0, NULL), PEIL_OK);
    cr_assert_eq(peil_reader_bind(reader, &batch, NULL), PEIL_OK);
    add_rows(reader, &batch, out, name);
    add_notes(header, out);
    add_tags(&batch, out);
    peil_batch_clear(&batch);
    peil_reader_free(reader);
}

Test(formats, files_of_r_packages) {
    char expected[WHOLE];
    size_t n = 0;
    DIR *folder = opendir(FOLDER);
    cr_assert(folder, "%s is not there", FOLDER);
    for (const struct dirent *entry; (entry = readdir(folder));) {
        peil_text said = {0};
        if (entry->d_name[0] == '.' || strstr(entry->d_name, ".txt")) continue;
        read_expected(entry->d_name, expected);
        say(entry->d_name, &said);
        cr_expect_str_eq(said.bytes, expected, "%s", entry->d_name);
        peil_text_clear(&said);
        n++;
    }
    closedir(folder);
    cr_expect_geq(n, 16);
}
