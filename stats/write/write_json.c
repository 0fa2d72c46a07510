/* SPDX-License-Identifier: GPL-3.0-or-later */
/* JSON for scripts: one row a line, so that two runs compare well, and where the figures come from.
 * Always valid UTF-8, whatever the input held. */
#include <inttypes.h>
#include <math.h>
#include <string.h>

#include "core/decimal.h"
#include "write/glyph.h"
#include "write/write.h"

/* Adds a character as an escape; those beyond 16 bits as a surrogate pair (RFC 8259, 7). */
static void add_escape(peil_text *out, uint32_t glyph) {
    if (glyph >= PEIL_GLYPH_INVALID) {
        peil_text_add(out, "\\ufffd");
    } else if (glyph > 0xFFFF) {
        const uint32_t rest = glyph - 0x10000;
        peil_text_add_format(out, "\\u%04x\\u%04x", (unsigned)(0xD800 + (rest >> 10)),
                             (unsigned)(0xDC00 + (rest & 0x3FF)));
    } else {
        peil_text_add_format(out, "\\u%04x", (unsigned)glyph);
    }
}

static void add_string(peil_text *out, const char *text) {
    peil_text_add(out, "\"");
    for (const char *at = text; *at;) {
        const char *start = at;
        const uint32_t glyph = peil_glyph_next(&at);
        if (glyph == '"' || glyph == '\\') {
            peil_text_add_format(out, "\\%c", (char)glyph);
        } else if (peil_glyph_is_unsafe(glyph)) {
            add_escape(out, glyph);
        } else {
            peil_text_add_bytes(out, start, (size_t)(at - start));
        }
    }
    peil_text_add(out, "\"");
}

static const char *skip_digits(const char *at) {
    return at + strspn(at, "0123456789");
}

/* Whether a text is a number by JSON's grammar: no leading zeros, a digit on both sides of the
 * point. */
static bool is_number(const char *text) {
    const char *whole = text + (*text == '-'), *at = skip_digits(whole);
    if (at == whole || (*whole == '0' && at > whole + 1)) return false;
    if (*at == '.') {
        const char *decimals = at + 1;
        at = skip_digits(decimals);
        if (at == decimals) return false;
    }
    if (*at == 'e' || *at == 'E') {
        const char *exponent = at + 1;
        exponent += *exponent == '+' || *exponent == '-';
        at = skip_digits(exponent);
        if (at == exponent) return false;
    }
    return *at == '\0';
}

static void add_number(peil_text *out, double x) {
    char digits[PEIL_DECIMAL_TEXT] = "null";
    if (isfinite(x)) peil_double_write(x, digits);
    peil_text_add(out, digits);
}

static void add_code(peil_text *out, const char *text) {
    if (is_number(text)) {
        peil_text_add(out, text);
    } else {
        add_string(out, text);
    }
}

static void add_cell(peil_text *out, const peil_cell *cell) {
    switch (cell->kind) {
        case PEIL_CELL_EMPTY:
            peil_text_add(out, "null");
            break;
        case PEIL_CELL_TEXT:
            add_string(out, cell->as.text);
            break;
        case PEIL_CELL_CODE:
            add_code(out, cell->as.text);
            break;
        case PEIL_CELL_NUMBER:
            add_number(out, cell->as.number);
            break;
        case PEIL_CELL_COUNT:
            peil_text_add_format(out, "%" PRIu64, cell->as.count);
            break;
    }
}

static void add_key(peil_text *out, const char *name) {
    add_string(out, name);
    peil_text_add(out, ": ");
}

static void add_rows(peil_text *out, const peil_report *report) {
    peil_text_add(out, "\"rows\": [");
    for (size_t row = 0; row < report->nrows; row++) {
        peil_text_add(out, row > 0 ? ",\n  {" : "\n  {");
        for (size_t i = 0; i < report->ncolumns; i++) {
            if (report->kinds[i] == PEIL_COLUMN_CAPTION) continue;
            if (i > 0) peil_text_add(out, ", ");
            add_key(out, report->columns[i]);
            add_cell(out, &report->cells[row * report->ncolumns + i]);
        }
        peil_text_add(out, "}");
    }
    peil_text_add(out, report->nrows ? "\n ],\n " : "],\n ");
}

static void add_notes(peil_text *out, const peil_report *report) {
    peil_text_add(out, "\"notes\": [");
    for (size_t i = 0; i < report->nnotes; i++) {
        peil_text_add(out, i > 0 ? ",\n  " : "\n  ");
        add_string(out, report->notes[i]);
    }
    peil_text_add(out, report->nnotes ? "\n ],\n " : "],\n ");
}

static void add_file(peil_text *out, const char *name, const char *sha256) {
    peil_text_add(out, "{\"file\": ");
    add_string(out, name);
    peil_text_add(out, ", \"sha256\": ");
    if (sha256[0]) {
        add_string(out, sha256);
    } else {
        peil_text_add(out, "null");
    }
}

/* A file that an input was read with; NULL: none. */
static void add_beside(peil_text *out, const char *what, const char *name, const char *sha256) {
    if (!name) return;
    peil_text_add_format(out, ", \"%s\": ", what);
    add_file(out, name, sha256);
    peil_text_add(out, "}");
}

static void add_input(peil_text *out, const peil_input *input) {
    add_file(out, input->name, input->sha256);
    peil_text_add_format(out, ", \"records\": %" PRIu64 ", \"sample\": %" PRIu64, input->records,
                         input->sample);
    add_beside(out, "schema", input->schema, input->schema_sha256);
    add_beside(out, "hierarchy", input->hierarchy, input->hierarchy_sha256);
    peil_text_add(out, "}");
}

static void add_inputs(peil_text *out, const peil_report *report) {
    peil_text_add(out, "\"inputs\": [");
    for (size_t i = 0; i < report->ninputs; i++) {
        peil_text_add(out, i > 0 ? ",\n   " : "\n   ");
        add_input(out, &report->inputs[i]);
    }
    peil_text_add(out, report->ninputs ? "\n  ],\n  " : "],\n  ");
}

/* How often the name of pair i occurs from `first` up to `end`. */
static size_t occurrences(const peil_facts *facts, size_t i, size_t first, size_t end) {
    size_t n = 0;
    for (size_t j = first; j < end; j++) {
        n += strcmp(facts->words[2 * i], facts->words[2 * j]) == 0;
    }
    return n;
}

/* The value of pair i, or all values of its name as an array. */
static void add_values(peil_text *out, const peil_facts *facts, size_t i) {
    const bool is_array = occurrences(facts, i, i, facts->n) > 1;
    if (is_array) peil_text_add(out, "[");
    for (size_t j = i; j < facts->n; j++) {
        if (strcmp(facts->words[2 * i], facts->words[2 * j]) != 0) continue;
        if (j > i) peil_text_add(out, ", ");
        add_string(out, facts->words[2 * j + 1]);
    }
    if (is_array) peil_text_add(out, "]");
}

/* The members of an object, without its braces. */
static void add_facts(peil_text *out, const peil_facts *facts) {
    for (size_t i = 0; i < facts->n; i++) {
        if (occurrences(facts, i, 0, i) > 0) continue;
        if (i > 0) peil_text_add(out, ", ");
        add_key(out, facts->words[2 * i]);
        add_values(out, facts, i);
    }
}

static void add_methods(peil_text *out, const peil_report *report) {
    if (report->nmethods == 0) return;
    peil_text_add(out, "\"methods\": [");
    for (size_t i = 0; i < report->nmethods; i++) {
        peil_text_add(out, i > 0 ? ",\n   {" : "\n   {");
        add_facts(out, &report->methods[i]);
        peil_text_add(out, "}");
    }
    peil_text_add(out, "\n  ],\n  ");
}

static void add_counts(peil_text *out, const peil_report *report) {
    if (report->ncounts == 0) return;
    peil_text_add(out, "\"counts\": [");
    for (size_t i = 0; i < report->ncounts; i++) {
        const peil_counts *counts = &report->counts[i];
        peil_text_add(out, i > 0 ? ",\n   {" : "\n   {");
        add_facts(out, &counts->about);
        peil_text_add_format(out,
                             ", \"records\": %" PRIu64 ", \"sample\": %" PRIu64
                             ", \"domain\": %" PRIu64 ", \"valid\": %" PRIu64 "}",
                             counts->records, counts->sample, counts->domain, counts->valid);
    }
    peil_text_add(out, "\n  ],\n  ");
}

static void add_provenance(peil_text *out, const peil_report *report) {
    peil_text_add(out, "\"provenance\": {\"version\": ");
    add_string(out, PEIL_VERSION);
    peil_text_add(out, ",\n  ");
    add_inputs(out, report);
    add_methods(out, report);
    add_counts(out, report);
    peil_text_add(out, "\"request\": {");
    add_facts(out, &report->request);
    peil_text_add(out, "}}}\n");
}

static void render(const peil_report *report, const peil_style *style, peil_text *out) {
    (void)style; /* scripts read it: no language, no rounding */
    peil_text_add(out, "{\"peil\": 1,\n \"command\": ");
    add_string(out, report->command ? report->command : "");
    peil_text_add(out, ",\n ");
    add_rows(out, report);
    add_notes(out, report);
    add_provenance(out, report);
}

const peil_writer peil_writer_json = {
    .name = "json",
    .help = "JSON at full precision, with notes and provenance, for scripts",
    .write = render,
    .shows_notes = true,
    .wants_hashes = true,
};
