/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/state_parts.h"

#include <ctype.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/array.h"
#include "core/digest.h"
#include "read/encoding.h"

#define PARTS_MOST 1000000
#define FILE_LEAST 74 /* bytes that a file takes in a state */
#define RECORDS_MOST (UINT64_C(1) << 53)

/* ---- making ---- */

static bool read_count(const char **word, uint32_t *count) {
    uint64_t number = 0;
    if (!isdigit((unsigned char)**word)) return false;
    for (; isdigit((unsigned char)**word) && number <= PARTS_MOST; ++*word)
        number = 10 * number + (uint64_t)(**word - '0');
    *count = (uint32_t)number;
    return number > 0 && number <= PARTS_MOST;
}

peil_status peil_part_number(const char *word, uint32_t *k, uint32_t *n, peil_fault *fault) {
    const char *at = word;
    *k = *n = 0;
    if (!word) return PEIL_OK;
    const bool is_pair = read_count(&at, k) && *at++ == '/' && read_count(&at, n) && !*at;
    if (is_pair && *k <= *n) return PEIL_OK;
    return peil_fail(fault, PEIL_EUSAGE,
                     "--part is k/n, such as 3/10: the third of ten parts (at most %d)",
                     PARTS_MOST);
}

peil_status peil_state_parts_add(peil_state_parts *parts, size_t nfiles, peil_state_part **part,
                                 peil_fault *fault) {
    peil_state_part made = {0};
    PEIL_TRY(peil_array_reserve(&parts->parts, &parts->capacity, parts->n + 1, sizeof *parts->parts,
                                fault));
    PEIL_TRY(peil_array_make(&made.files, nfiles, sizeof *made.files, fault));
    made.nfiles = nfiles;
    made.first = (uint32_t)parts->nfiles;
    parts->nfiles += nfiles;
    parts->parts[parts->n] = made;
    *part = &parts->parts[parts->n++];
    return PEIL_OK;
}

static void clear_part(peil_state_part *part) {
    for (size_t i = 0; i < part->nfiles; i++) peil_input_clear(&part->files[i].input);
    for (size_t i = 0; i < part->nvariables; i++) peil_variable_clear(&part->variables[i]);
    free(part->files);
    free(part->variables);
}

void peil_state_parts_clear(peil_state_parts *parts) {
    for (size_t i = 0; i < parts->n; i++) clear_part(&parts->parts[i]);
    free(parts->parts);
    free(parts->names);
    *parts = (peil_state_parts){0};
}

/* ---- variables ---- */

/* What is known of areas does not come from the files, and is the same for all. */
static bool is_of_file(const peil_batch_column *column) {
    return column->origin != PEIL_AREAS;
}

peil_status peil_state_part_describe(peil_state_part *part, const peil_batch *batch,
                                     peil_fault *fault) {
    PEIL_TRY(peil_array_make(&part->variables, batch->ncolumns, sizeof *part->variables, fault));
    part->nvariables = batch->ncolumns;
    for (size_t c = 0; c < batch->ncolumns; c++)
        if (is_of_file(&batch->columns[c]))
            PEIL_TRY(peil_variable_copy(&batch->columns[c].about, &part->variables[c], fault));
    return PEIL_OK;
}

static peil_status agree(const peil_state_part *part, peil_batch *batch, peil_fault *fault) {
    for (size_t c = 0; c < batch->ncolumns; c++) {
        peil_variable *about = &batch->columns[c].about;
        if (!is_of_file(&batch->columns[c])) continue;
        PEIL_TRY(about->name ? peil_variable_agree(about, &part->variables[c], fault)
                             : peil_variable_copy(&part->variables[c], about, fault));
    }
    return PEIL_OK;
}

peil_status peil_state_parts_agree(const peil_state_parts *parts, peil_batch *batch,
                                   peil_fault *fault) {
    for (size_t c = 0; c < batch->ncolumns; c++)
        if (is_of_file(&batch->columns[c])) peil_variable_clear(&batch->columns[c].about);
    for (size_t i = 0; i < parts->n; i++) {
        const peil_state_part *part = &parts->parts[i];
        const peil_status status = agree(part, batch, fault);
        if (status == PEIL_EDATA && fault && part->nfiles)
            snprintf(fault->file, sizeof fault->file, "%s", part->files[0].input.name);
        if (status != PEIL_OK) return status;
    }
    return PEIL_OK;
}

/* ---- order ---- */

static int compare_files(const peil_part_file *a, const peil_part_file *b) {
    const int order = strcmp(a->input.name, b->input.name);
    return order ? order : strcmp(a->input.sha256, b->input.sha256);
}

static int in_order(const void *a, const void *b) {
    const peil_state_part *x = a, *y = b;
    if (x->number != y->number) return x->number < y->number ? -1 : 1;
    for (size_t i = 0; i < x->nfiles && i < y->nfiles; i++) {
        const int order = compare_files(&x->files[i], &y->files[i]);
        if (order) return order;
    }
    return (x->nfiles > y->nfiles) - (x->nfiles < y->nfiles);
}

static peil_status list_files(peil_state_parts *parts, peil_fault *fault) {
    const char **names = NULL;
    PEIL_TRY(peil_array_make(&names, parts->nfiles, sizeof *names, fault));
    for (size_t i = 0, file = 0; i < parts->n; i++)
        for (size_t k = 0; k < parts->parts[i].nfiles; k++)
            names[file++] = parts->parts[i].files[k].input.name;
    free(parts->names);
    parts->names = names;
    return PEIL_OK;
}

/* Sorts; the old numbers of files become the new ones. */
static void renumber(peil_state_parts *parts, const peil_renumbering *numbers) {
    uint32_t file = 0;
    qsort(parts->parts, parts->n, sizeof *parts->parts, in_order);
    for (size_t i = 0; i < parts->n; i++) {
        peil_state_part *part = &parts->parts[i];
        uint32_t *to = part->is_new ? numbers->from : numbers->into;
        for (size_t k = 0; k < part->nfiles; k++) to[part->first + k] = file + (uint32_t)k;
        part->first = file;
        part->is_new = false;
        file += (uint32_t)part->nfiles;
    }
}

/* ---- joining ---- */

/* Two files without a record have the same bytes by chance; two others are one that counts twice.
 */
static bool is_same(const peil_input *a, const peil_input *b) {
    return a->records && strcmp(a->sha256, b->sha256) == 0;
}

peil_status peil_state_part_check(const peil_state_part *part, peil_fault *fault) {
    for (size_t i = 0; i < part->nfiles; i++)
        for (size_t k = 0; k < i; k++) {
            const peil_input *input = &part->files[i].input, *other = &part->files[k].input;
            if (!is_same(input, other)) continue;
            peil_fail(fault, PEIL_EDATA, "has the same data as %.200s and would count twice",
                      other->name);
            if (fault) snprintf(fault->file, sizeof fault->file, "%s", input->name);
            return PEIL_EDATA;
        }
    return PEIL_OK;
}

static peil_status check_file(const peil_state_parts *parts, const peil_input *added,
                              peil_fault *fault) {
    for (size_t i = 0; i < parts->n; i++)
        for (size_t k = 0; k < parts->parts[i].nfiles; k++) {
            const peil_input *input = &parts->parts[i].files[k].input;
            if (is_same(added, input))
                return peil_fail(fault, PEIL_EDATA,
                                 "has the data of %.200s, which are there already (%.200s)",
                                 added->name, input->name);
        }
    return PEIL_OK;
}

static peil_status check_number(const peil_state_parts *parts, const peil_state_part *added,
                                peil_fault *fault) {
    for (size_t i = 0; i < parts->n && added->number; i++)
        if (parts->parts[i].number == added->number)
            return peil_fail(fault, PEIL_EDATA,
                             "is part %" PRIu32 " of %" PRIu32 ", which is there already",
                             added->number, parts->of);
    return PEIL_OK;
}

static peil_status check_of(const peil_state_parts *into, const peil_state_parts *from,
                            peil_fault *fault) {
    if (into->n == 0 || into->of == from->of) return PEIL_OK;
    if (from->of == 0)
        return peil_fail(fault, PEIL_EDATA, "is no numbered part, and the states before it are");
    if (into->of == 0)
        return peil_fail(fault, PEIL_EDATA,
                         "is a part of %" PRIu32 ", and the states before it have no numbers",
                         from->of);
    return peil_fail(fault, PEIL_EDATA,
                     "is a part of %" PRIu32 ", and the states before it of %" PRIu32, from->of,
                     into->of);
}

static peil_status check(const peil_state_parts *into, const peil_state_parts *from,
                         peil_fault *fault) {
    PEIL_TRY(check_of(into, from, fault));
    for (size_t i = 0; i < from->n; i++) {
        const peil_state_part *part = &from->parts[i];
        PEIL_TRY(check_number(into, part, fault));
        for (size_t k = 0; k < part->nfiles; k++)
            PEIL_TRY(check_file(into, &part->files[k].input, fault));
    }
    return PEIL_OK;
}

/* So many that no count of rows, nor the sum of two, is too large for 64 bits. */
static bool have_too_many(const peil_state_parts *parts) {
    uint64_t left = RECORDS_MOST;
    for (size_t i = 0; i < parts->n; i++)
        for (size_t k = 0; k < parts->parts[i].nfiles; k++) {
            const uint64_t records = parts->parts[i].files[k].input.records;
            if (records > left) return true;
            left -= records;
        }
    return false;
}

static void move_parts(peil_state_parts *into, peil_state_parts *from) {
    for (size_t i = 0; i < from->n; i++) {
        from->parts[i].is_new = true;
        into->parts[into->n++] = from->parts[i];
    }
    into->of = from->of;
    into->nfiles += from->nfiles;
    from->n = 0;
    peil_state_parts_clear(from);
}

peil_status peil_state_parts_join(peil_state_parts *into, peil_state_parts *from,
                                  peil_renumbering *out, peil_fault *fault) {
    *out = (peil_renumbering){0};
    PEIL_TRY(check(into, from, fault));
    PEIL_TRY(peil_array_make(&out->into, into->nfiles, sizeof *out->into, fault));
    PEIL_TRY(peil_array_make(&out->from, from->nfiles, sizeof *out->from, fault));
    PEIL_TRY(peil_array_reserve(&into->parts, &into->capacity, into->n + from->n,
                                sizeof *into->parts, fault));
    move_parts(into, from);
    renumber(into, out);
    if (have_too_many(into)) return peil_fail(fault, PEIL_EDATA, "has too many records");
    return list_files(into, fault);
}

uint64_t peil_state_parts_sample(const peil_state_parts *parts) {
    uint64_t rows = 0;
    for (size_t i = 0; i < parts->n; i++)
        for (size_t k = 0; k < parts->parts[i].nfiles; k++)
            rows += parts->parts[i].files[k].input.sample;
    return rows;
}

static bool have_records(const peil_state_parts *parts) {
    for (size_t i = 0; i < parts->n; i++)
        for (size_t k = 0; k < parts->parts[i].nfiles; k++)
            if (parts->parts[i].files[k].input.records) return true;
    return false;
}

/* Parts stand in the order of their numbers, and no number stands there twice. */
static peil_status check_missing(const peil_state_parts *parts, peil_fault *fault) {
    const size_t missing = parts->of ? parts->of - parts->n : 0;
    uint32_t first = 1;
    while (first <= parts->n && parts->parts[first - 1].number == first) first++;
    if (missing == 0) return PEIL_OK;
    if (missing == 1)
        return peil_fail(fault, PEIL_EDATA, "part %" PRIu32 " of %" PRIu32 " is missing", first,
                         parts->of);
    return peil_fail(fault, PEIL_EDATA,
                     "%zu of %" PRIu32 " parts are missing; part %" PRIu32 " is the first", missing,
                     parts->of, first);
}

peil_status peil_state_parts_check_whole(const peil_state_parts *parts, peil_fault *fault) {
    PEIL_TRY(check_missing(parts, fault));
    return have_records(parts) ? PEIL_OK : peil_fail(fault, PEIL_EDATA, "no part has any row");
}

/* ---- in a state file ---- */

/* A file beside the data, if there is one. */
static void save_source(const char *name, const char *sha256, peil_text *out) {
    peil_pack_string(out, name ? name : "");
    peil_pack_string(out, sha256);
}

static void save_file(const peil_part_file *file, peil_text *out) {
    const peil_input *input = &file->input;
    peil_pack_string(out, input->name);
    peil_pack_string(out, input->sha256);
    peil_pack_u64(out, input->records);
    peil_pack_u64(out, input->sample);
    peil_pack_string(out, input->encoding ? input->encoding : "");
    peil_pack_byte(out, input->encoding_is_guess);
    save_source(input->schema, input->schema_sha256, out);
    save_source(input->hierarchy, input->hierarchy_sha256, out);
    peil_pack_byte(out, file->has_names);
}

void peil_state_parts_save(const peil_state_parts *parts, peil_text *out) {
    peil_pack_u32(out, parts->of);
    peil_pack_u64(out, parts->n);
    for (size_t i = 0; i < parts->n; i++) {
        const peil_state_part *part = &parts->parts[i];
        peil_pack_u32(out, part->number);
        peil_pack_byte(out, part->has_labels);
        peil_pack_u64(out, part->nfiles);
        for (size_t k = 0; k < part->nfiles; k++) save_file(&part->files[k], out);
        for (size_t c = 0; c < part->nvariables; c++) peil_variable_save(&part->variables[c], out);
    }
}

/* A string of at most `size` - 1 bytes. */
static peil_status load_short(char *to, size_t size, peil_unpacking *in, peil_fault *fault) {
    char *text = NULL;
    PEIL_TRY(peil_unpack_string(in, &text, fault));
    peil_unpack_claim(in, strlen(text) < size);
    snprintf(to, size, "%s", text);
    free(text);
    return PEIL_OK;
}

static peil_status load_source(char **name, char sha256[PEIL_DIGEST_TEXT], peil_unpacking *in,
                               peil_fault *fault) {
    PEIL_TRY(peil_unpack_string(in, name, fault));
    if (!(*name)[0]) {
        free(*name);
        *name = NULL;
    }
    return load_short(sha256, PEIL_DIGEST_TEXT, in, fault);
}

static peil_status load_encoding(peil_input *input, peil_unpacking *in, peil_fault *fault) {
    char name[64];
    PEIL_TRY(load_short(name, sizeof name, in, fault));
    input->encoding = name[0] ? peil_encoding_find(name) : NULL;
    input->encoding_is_guess = peil_unpack_byte(in, 2);
    peil_unpack_claim(in, input->encoding || (!name[0] && !input->encoding_is_guess));
    return PEIL_OK;
}

static peil_status load_file(peil_part_file *file, peil_unpacking *in, peil_fault *fault) {
    peil_input *input = &file->input;
    PEIL_TRY(peil_unpack_string(in, &input->name, fault));
    PEIL_TRY(load_short(input->sha256, sizeof input->sha256, in, fault));
    input->records = peil_unpack_u64(in);
    input->sample = peil_unpack_most(in, input->records);
    PEIL_TRY(load_encoding(input, in, fault));
    PEIL_TRY(load_source(&input->schema, input->schema_sha256, in, fault));
    PEIL_TRY(load_source(&input->hierarchy, input->hierarchy_sha256, in, fault));
    file->has_names = peil_unpack_byte(in, 2);
    return peil_unpack_verdict(in, fault);
}

static peil_status load_variables(peil_state_part *part, const peil_batch *batch,
                                  peil_unpacking *in, peil_fault *fault) {
    PEIL_TRY(peil_array_make(&part->variables, batch->ncolumns, sizeof *part->variables, fault));
    for (size_t c = 0; c < batch->ncolumns; c++) {
        const char *name = batch->columns[c].name;
        peil_variable *variable = &part->variables[part->nvariables++];
        PEIL_TRY(peil_variable_name(variable, name, strlen(name), fault));
        PEIL_TRY(peil_variable_load(variable, in, fault));
    }
    return PEIL_OK;
}

/* As they stand in order, equal numbers stand together. */
static bool numbers_differ(const peil_state_parts *parts) {
    for (size_t i = 1; i < parts->n && parts->of; i++)
        if (parts->parts[i].number <= parts->parts[i - 1].number) return false;
    return true;
}

static peil_status load_part(peil_state_parts *parts, const peil_batch *batch, peil_unpacking *in,
                             peil_fault *fault) {
    peil_state_part *part;
    const uint32_t number = peil_unpack_u32(in);
    const bool has_labels = peil_unpack_byte(in, 2);
    const size_t nfiles = peil_unpack_count(in, FILE_LEAST);
    peil_unpack_claim(in, nfiles > 0);
    peil_unpack_claim(in, parts->of ? number > 0 && number <= parts->of : number == 0);
    PEIL_TRY(peil_unpack_verdict(in, fault));
    PEIL_TRY(peil_state_parts_add(parts, nfiles, &part, fault));
    part->number = number;
    part->has_labels = has_labels;
    for (size_t k = 0; k < nfiles; k++) PEIL_TRY(load_file(&part->files[k], in, fault));
    return load_variables(part, batch, in, fault);
}

peil_status peil_state_parts_load(peil_state_parts *parts, const peil_batch *batch,
                                  peil_unpacking *in, peil_fault *fault) {
    parts->of = peil_unpack_u32(in);
    const size_t n = peil_unpack_count(in, FILE_LEAST);
    peil_unpack_claim(in, parts->of <= PARTS_MOST && n > 0);
    for (size_t i = 0; i < n && !in->failed; i++) PEIL_TRY(load_part(parts, batch, in, fault));
    peil_unpack_claim(in, numbers_differ(parts) && !have_too_many(parts));
    return peil_unpack_verdict(in, fault);
}
