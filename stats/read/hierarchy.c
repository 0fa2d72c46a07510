/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "read/hierarchy.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/array.h"

/* ---- codes ---- */

/* What is left of a code without its prefix and leading zeros; other texts stay as they are. */
typedef struct area_key {
    const char *prefix; /* two letters, or NULL */
    bool is_number;
    const char *text;
} area_key;

/* Those of Statistics Netherlands and of the health services. */
static bool has_prefix(const char *code) {
    static const char *const prefixes[] = {"BU", "WK", "GM", "GG", "PV", "LD", "CR", NULL};
    for (size_t i = 0; prefixes[i]; i++)
        if (toupper((unsigned char)code[0]) == prefixes[i][0] &&
            toupper((unsigned char)code[1]) == prefixes[i][1])
            return true;
    return false;
}

static area_key key_of(const char *code) {
    const bool is_prefixed = code[0] && has_prefix(code);
    const char *digits = code + (is_prefixed ? 2 : 0);
    if (!*digits || digits[strspn(digits, "0123456789")]) return (area_key){NULL, false, code};
    while (digits[0] == '0' && digits[1]) digits++;
    return (area_key){is_prefixed ? code : NULL, true, digits};
}

static int compare_keys(area_key a, area_key b) {
    if (a.is_number != b.is_number) return a.is_number ? -1 : 1;
    return strcmp(a.text, b.text);
}

static bool agree(area_key a, area_key b) {
    if (compare_keys(a, b) != 0) return false;
    return !a.prefix || !b.prefix ||
           (toupper((unsigned char)a.prefix[0]) == toupper((unsigned char)b.prefix[0]) &&
            toupper((unsigned char)a.prefix[1]) == toupper((unsigned char)b.prefix[1]));
}

bool peil_area_is(const char *a, const char *b) {
    return agree(key_of(a), key_of(b));
}

/* ---- looking around ---- */

static const peil_batch_column *codes_of(const peil_hierarchy *h, size_t level) {
    return &h->batch.columns[h->levels[level].column];
}

const char *peil_hierarchy_level_name(const peil_hierarchy *h, size_t level) {
    return codes_of(h, level)->name;
}

size_t peil_hierarchy_find_level(const peil_hierarchy *h, const char *name) {
    size_t level = 0;
    while (level < h->nlevels && strcmp(peil_hierarchy_level_name(h, level), name) != 0) level++;
    return level;
}

uint32_t peil_hierarchy_count(const peil_hierarchy *h, size_t level) {
    return (uint32_t)codes_of(h, level)->dictionary.count - 1;
}

const char *peil_hierarchy_code(const peil_hierarchy *h, size_t level, uint32_t area) {
    return peil_dictionary_text(&codes_of(h, level)->dictionary, area);
}

const char *peil_hierarchy_name(const peil_hierarchy *h, size_t level, uint32_t area) {
    const peil_hierarchy_level *l = &h->levels[level];
    if (l->names == PEIL_NO_NAMES || l->name[area] == PEIL_MISSING_CODE) return NULL;
    return peil_dictionary_text(&h->batch.columns[l->names].dictionary, l->name[area]);
}

uint32_t peil_hierarchy_find(const peil_hierarchy *h, size_t level, const char *code) {
    const area_key wanted = key_of(code);
    const uint32_t *order = h->levels[level].order;
    size_t low = 0, high = peil_hierarchy_count(h, level);
    while (low < high) {
        const size_t middle = low + (high - low) / 2;
        const area_key key = key_of(peil_hierarchy_code(h, level, order[middle]));
        const int side = compare_keys(key, wanted);
        if (side == 0) return agree(key, wanted) ? order[middle] : 0;
        if (side < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return 0;
}

uint32_t peil_hierarchy_climb(const peil_hierarchy *h, size_t level, uint32_t area, size_t above) {
    for (; level < above; level++) area = h->levels[level].parent[area];
    return area;
}

bool peil_hierarchy_gives(const peil_hierarchy *h, const peil_header *header, size_t level) {
    size_t place;
    for (size_t l = 0; l <= level && l < h->nlevels; l++)
        if (peil_header_find(header, peil_hierarchy_level_name(h, l), "", &place, NULL) == PEIL_OK)
            return true;
    return false;
}

/* ---- columns ---- */

/* The level whose names a variable holds: one before it. PEIL_NO_NAMES: it is a level itself. */
static size_t level_named_by(const peil_hierarchy *h, const char *variable) {
    static const char *const ends[] = {"_naam", "_name", "_label"};
    for (size_t level = 0; level < h->nlevels; level++) {
        const char *name = peil_hierarchy_level_name(h, level);
        const size_t n = strlen(name);
        if (strncmp(variable, name, n) != 0) continue;
        for (size_t i = 0; i < sizeof ends / sizeof *ends; i++)
            if (strcmp(variable + n, ends[i]) == 0) return level;
    }
    return PEIL_NO_NAMES;
}

static peil_status find_columns(peil_hierarchy *h, const peil_header *header, peil_fault *fault) {
    PEIL_TRY(peil_array_make(&h->levels, header->nvariables, sizeof *h->levels, fault));
    for (size_t i = 0; i < header->nvariables; i++) {
        size_t column;
        const char *name = header->variables[i].name;
        const size_t named = level_named_by(h, name);
        PEIL_TRY(peil_batch_want(&h->batch, name, PEIL_AS_CODES, &column, fault));
        if (named == PEIL_NO_NAMES)
            h->levels[h->nlevels++] =
                (peil_hierarchy_level){.column = column, .names = PEIL_NO_NAMES};
        else
            h->levels[named].names = column;
        h->has_names = h->has_names || named != PEIL_NO_NAMES;
    }
    return PEIL_OK;
}

/* ---- rows ---- */

static peil_status refuse_two(const peil_hierarchy *h, size_t row, const char *variable,
                              const char *area, const char *what, const peil_dictionary *texts,
                              const uint32_t found[2], peil_fault *fault) {
    return peil_refuse(fault, h->batch.first_record + row, variable, "%s %s %s and %s", area, what,
                       peil_dictionary_text(texts, found[0]),
                       peil_dictionary_text(texts, found[1]));
}

static peil_status take_parent(peil_hierarchy *h, size_t level, size_t row, uint32_t area,
                               peil_fault *fault) {
    if (level + 1 == h->nlevels) return PEIL_OK;
    const peil_batch_column *above = codes_of(h, level + 1);
    uint32_t *parent = &h->levels[level].parent[area];
    const uint32_t found[] = {*parent, above->codes[row]};
    if (*parent && found[1] && found[0] != found[1])
        return refuse_two(h, row, codes_of(h, level)->name, peil_hierarchy_code(h, level, area),
                          "lies in", &above->dictionary, found, fault);
    *parent = found[1];
    return PEIL_OK;
}

static peil_status take_name(peil_hierarchy *h, size_t level, size_t row, uint32_t area,
                             peil_fault *fault) {
    const peil_hierarchy_level *l = &h->levels[level];
    if (l->names == PEIL_NO_NAMES) return PEIL_OK;
    const peil_batch_column *names = &h->batch.columns[l->names];
    const uint32_t found[] = {l->name[area], names->codes[row]};
    if (found[0] && found[1] && found[0] != found[1])
        return refuse_two(h, row, codes_of(h, level)->name, peil_hierarchy_code(h, level, area),
                          "is called", &names->dictionary, found, fault);
    if (found[1]) l->name[area] = found[1];
    return PEIL_OK;
}

static peil_status make_room(peil_hierarchy *h, peil_fault *fault) {
    for (size_t i = 0; i < h->nlevels; i++) {
        peil_hierarchy_level *l = &h->levels[i];
        const size_t n = codes_of(h, i)->dictionary.count;
        PEIL_TRY(peil_array_extend(&l->parent, &l->capacity, n, sizeof *l->parent, fault));
        PEIL_TRY(peil_array_extend(&l->name, &l->names_capacity, n, sizeof *l->name, fault));
    }
    return PEIL_OK;
}

static peil_status take_batch(peil_hierarchy *h, peil_fault *fault) {
    PEIL_TRY(make_room(h, fault));
    for (size_t row = 0; row < h->batch.rows; row++)
        for (size_t level = 0; level < h->nlevels; level++) {
            const uint32_t area = codes_of(h, level)->codes[row];
            if (area == PEIL_MISSING_CODE)
                return peil_refuse(fault, h->batch.first_record + row,
                                   peil_hierarchy_level_name(h, level), "an area has no code");
            PEIL_TRY(take_parent(h, level, row, area, fault));
            PEIL_TRY(take_name(h, level, row, area, fault));
        }
    return PEIL_OK;
}

/* A fault of the reader comes behind the rows before it. */
static peil_status take_rows(peil_hierarchy *h, peil_reader *reader, peil_fault *fault) {
    while (true) {
        peil_fault later = {0};
        const peil_status status = peil_reader_next(reader, &h->batch, &later);
        if (status != PEIL_ESYSTEM && h->batch.rows) PEIL_TRY(take_batch(h, fault));
        if (status != PEIL_OK && fault) *fault = later;
        if (status != PEIL_OK || h->batch.rows == 0) return status;
    }
}

/* ---- order ---- */

typedef struct sorted_area {
    area_key key;
    uint32_t area;
} sorted_area;

static int by_key(const void *a, const void *b) {
    return compare_keys(((const sorted_area *)a)->key, ((const sorted_area *)b)->key);
}

static peil_status order_level(peil_hierarchy *h, size_t level, peil_fault *fault) {
    const uint32_t n = peil_hierarchy_count(h, level);
    sorted_area *sorted = NULL;
    peil_status status = peil_array_make(&h->levels[level].order, n, sizeof(uint32_t), fault);
    if (status == PEIL_OK) status = peil_array_make(&sorted, n, sizeof *sorted, fault);
    for (uint32_t i = 0; status == PEIL_OK && i < n; i++)
        sorted[i] = (sorted_area){key_of(peil_hierarchy_code(h, level, i + 1)), i + 1};
    if (status == PEIL_OK) qsort(sorted, n, sizeof *sorted, by_key);
    for (uint32_t i = 0; status == PEIL_OK && i < n; i++) {
        h->levels[level].order[i] = sorted[i].area;
        if (i && by_key(&sorted[i - 1], &sorted[i]) == 0)
            status = peil_refuse(fault, 0, peil_hierarchy_level_name(h, level),
                                 "%s and %s are one code but for their padding",
                                 peil_hierarchy_code(h, level, sorted[i - 1].area),
                                 peil_hierarchy_code(h, level, sorted[i].area));
    }
    free(sorted);
    return status;
}

/* ---- the whole ---- */

static peil_status fill(peil_hierarchy *h, peil_reader *reader, peil_fault *fault) {
    PEIL_TRY(find_columns(h, peil_reader_header(reader), fault));
    PEIL_TRY(peil_batch_allocate(&h->batch, 0, fault));
    PEIL_TRY(peil_reader_bind(reader, &h->batch, fault));
    PEIL_TRY(take_rows(h, reader, fault));
    for (size_t level = 0; level < h->nlevels; level++) PEIL_TRY(order_level(h, level, fault));
    peil_source_sha256(peil_reader_source(reader), h->sha256);
    return PEIL_OK;
}

peil_status peil_hierarchy_read(const char *file, peil_hierarchy *out, peil_fault *fault) {
    const peil_reading reading = {.hash = true};
    peil_reader *reader = NULL;
    *out = (peil_hierarchy){0};
    PEIL_TRY(peil_string_copy(file, strlen(file), &out->file, fault));
    peil_status status = peil_reader_open(file, &reading, &reader, fault);
    if (status == PEIL_OK) status = fill(out, reader, fault);
    if (status != PEIL_OK && fault && !fault->file[0])
        snprintf(fault->file, sizeof fault->file, "%s", file);
    if (status != PEIL_OK && fault && fault->record) fault->row = fault->record + 1;
    peil_reader_free(reader);
    return status;
}

void peil_hierarchy_clear(peil_hierarchy *h) {
    for (size_t i = 0; h->levels && i < h->nlevels; i++) {
        free(h->levels[i].parent);
        free(h->levels[i].name);
        free(h->levels[i].order);
    }
    free(h->levels);
    free(h->file);
    peil_batch_clear(&h->batch);
    *h = (peil_hierarchy){0};
}
