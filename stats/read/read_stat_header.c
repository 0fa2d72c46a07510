/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The header, from a child's messages. They are taken apart first: what is said of labels may stand
 * before or behind the variables, and the encoding is known when all was seen. */
#include <stdlib.h>

#include "core/array.h"
#include "core/dictionary.h"
#include "read/read_stat_state.h"

/* What a header may hold at most: far beyond any survey, and no more than memory bears. */
#define BYTES_MOST ((size_t)1 << 28)
#define VARIABLES_MOST ((size_t)1 << 20)
#define LABELS_MOST ((size_t)1 << 22)
#define LABEL_BYTES ((size_t)128) /* that a label takes beside its texts */
#define GIVEN_MOST                                                                \
    ((size_t)1 << 28) /* bytes of labels over all variables: many may share a set \
                       */
#define RANGES_MOST 32u

typedef struct slice {
    const char *bytes;
    size_t length;
} slice;

typedef struct value {
    peil_stat_value kind;
    uint64_t bits;
    slice text;
} value;

typedef struct raw_variable {
    bool is_text;
    uint32_t width, nranges;
    slice name, label, format, set;
    size_t ranges; /* the first, among all values of ranges */
} raw_variable;

typedef struct raw_label {
    slice set, text;
    value value;
} raw_label;

/* The messages, and what is found in them. */
typedef struct raw_header {
    peil_text stream;
    size_t at;
    bool is_whole; /* ends as it should */
    uint32_t fault;
    peil_stat_facts facts;
    slice encoding;
    raw_variable *variables;
    size_t nvariables, variables_capacity;
    raw_label *labels;
    size_t nlabels, labels_capacity;
    value *ranges;
    size_t nranges, ranges_capacity;
} raw_header;

static peil_status refuse_size(const char *what, peil_fault *fault) {
    return peil_fail(fault, PEIL_EDATA, "has too many %s to be read", what);
}

/* ---- receiving ---- */

static peil_status receive(peil_wall *wall, peil_text *stream, peil_fault *fault) {
    const unsigned char *block;
    size_t length = 1;
    while (length) {
        PEIL_TRY(peil_wall_next(wall, &block, &length, fault));
        if (stream->length + length > BYTES_MOST) return refuse_size("names and labels", fault);
        if (length) peil_text_add_bytes(stream, (const char *)block, length);
        if (stream->failed) return peil_fail_memory(fault);
    }
    return PEIL_OK;
}

/* ---- taking apart; false: no message that a child sends ---- */

static bool take(raw_header *raw, void *out, size_t length) {
    if (length > raw->stream.length - raw->at) return false;
    memcpy(out, raw->stream.bytes + raw->at, length);
    raw->at += length;
    return true;
}

static bool take_byte(raw_header *raw, unsigned char *out) {
    return take(raw, out, 1);
}

static bool take_count(raw_header *raw, uint32_t *out) {
    return take(raw, out, sizeof *out);
}

static bool take_text(raw_header *raw, slice *out) {
    uint32_t length;
    if (!take_count(raw, &length) || length > raw->stream.length - raw->at) return false;
    *out = (slice){raw->stream.bytes + raw->at, length};
    raw->at += length;
    return true;
}

static bool take_value(raw_header *raw, value *out) {
    unsigned char kind;
    *out = (value){0};
    if (!take_byte(raw, &kind) || kind < PEIL_STAT_NOTHING || kind > PEIL_STAT_TEXT) return false;
    out->kind = (peil_stat_value)kind;
    if (kind == PEIL_STAT_NUMBER) return take(raw, &out->bits, sizeof out->bits);
    return kind == PEIL_STAT_NOTHING || take_text(raw, &out->text);
}

static bool take_facts(raw_header *raw) {
    unsigned char knows_records;
    if (!take_byte(raw, &knows_records) ||
        !take(raw, &raw->facts.records, sizeof raw->facts.records) ||
        !take_text(raw, &raw->encoding))
        return false;
    raw->facts.knows_records = knows_records != 0;
    return true;
}

/* There is room for it. */
static bool take_variable(raw_header *raw, raw_variable *out) {
    unsigned char is_text;
    if (!take_byte(raw, &is_text) || !take_count(raw, &out->width) || !take_text(raw, &out->name) ||
        !take_text(raw, &out->label) || !take_text(raw, &out->format) ||
        !take_text(raw, &out->set) || !take_count(raw, &out->nranges) || out->nranges > RANGES_MOST)
        return false;
    out->is_text = is_text != 0;
    out->ranges = raw->nranges;
    for (uint32_t i = 0; i < 2 * out->nranges; i++)
        if (!take_value(raw, &raw->ranges[raw->nranges++])) return false;
    return true;
}

static bool take_label(raw_header *raw, raw_label *out) {
    return take_text(raw, &out->set) && take_value(raw, &out->value) && take_text(raw, &out->text);
}

static peil_status reserve(raw_header *raw, peil_fault *fault) {
    if (raw->nvariables >= VARIABLES_MOST) return refuse_size("variables", fault);
    if (raw->nlabels >= LABELS_MOST) return refuse_size("labels", fault);
    PEIL_TRY(peil_array_reserve(&raw->variables, &raw->variables_capacity, raw->nvariables + 1,
                                sizeof *raw->variables, fault));
    PEIL_TRY(peil_array_reserve(&raw->ranges, &raw->ranges_capacity, raw->nranges + 2 * RANGES_MOST,
                                sizeof *raw->ranges, fault));
    return peil_array_reserve(&raw->labels, &raw->labels_capacity, raw->nlabels + 1,
                              sizeof *raw->labels, fault);
}

static bool take_record(raw_header *raw, unsigned char record) {
    switch (record) {
        case PEIL_STAT_FACTS:
            return take_facts(raw);
        case PEIL_STAT_VARIABLE:
            return take_variable(raw, &raw->variables[raw->nvariables++]);
        case PEIL_STAT_LABEL:
            return take_label(raw, &raw->labels[raw->nlabels++]);
        case PEIL_STAT_FAILURE:
            raw->is_whole = true;
            return take_count(raw, &raw->fault);
        case PEIL_STAT_END:
            raw->is_whole = true;
            return true;
        default:
            return false;
    }
}

static peil_status take_apart(raw_header *raw, peil_fault *fault) {
    unsigned char record;
    while (!raw->is_whole) {
        PEIL_TRY(reserve(raw, fault));
        if (!take_byte(raw, &record) || !take_record(raw, record))
            return peil_stat_refuse(PEIL_STAT_DAMAGED, fault);
    }
    if (raw->fault != PEIL_STAT_NONE) return peil_stat_refuse(raw->fault, fault);
    return raw->nvariables ? PEIL_OK : peil_fail(fault, PEIL_EDATA, "has no variables");
}

/* ---- encoding ---- */

typedef struct survey {
    bool is_utf8, is_ascii;
} survey;

static void look_at(const slice *text, survey *s) {
    /* Programs cut labels to a length in bytes, so the last character may be half. */
    size_t whole = text->length;
    for (size_t n = 0; n < 3 && whole && (text->bytes[whole - 1] & 0x80); n++) whole--;
    s->is_ascii = s->is_ascii && whole == text->length;
    for (size_t i = 0; s->is_ascii && i < whole; i++) s->is_ascii = !(text->bytes[i] & 0x80);
    for (size_t end = text->length; s->is_utf8; end--) {
        if (peil_text_is_utf8(text->bytes, end)) return;
        if (end == whole) s->is_utf8 = false;
    }
}

static survey look_at_all(const raw_header *raw) {
    survey s = {true, true};
    for (size_t i = 0; i < raw->nvariables; i++) {
        look_at(&raw->variables[i].name, &s);
        look_at(&raw->variables[i].label, &s);
    }
    for (size_t i = 0; i < raw->nlabels; i++) {
        look_at(&raw->labels[i].text, &s);
        if (raw->labels[i].value.kind == PEIL_STAT_TEXT) look_at(&raw->labels[i].value.text, &s);
    }
    for (size_t i = 0; i < raw->nranges; i++)
        if (raw->ranges[i].kind == PEIL_STAT_TEXT) look_at(&raw->ranges[i].text, &s);
    return s;
}

/* What the user says, else what the file says, else UTF-8 when it is that, else what most files
 * without a word of it are in. */
static peil_status find_encoding(peil_stat_state *state, const raw_header *raw, peil_fault *fault) {
    char said[sizeof raw->facts.encoding];
    const char *found, *asked = state->reading->encoding;
    if (asked) {
        found = peil_encoding_find(asked);
        if (found) return peil_stat_set_encoding(state, found, fault);
        return peil_fail(fault, PEIL_EUSAGE, "--encoding does not know %s", asked);
    }
    if (raw->encoding.length >= sizeof said) return peil_stat_refuse(PEIL_STAT_ENCODING, fault);
    memcpy(said, raw->encoding.bytes, raw->encoding.length);
    said[raw->encoding.length] = '\0';
    if (said[0]) {
        found = peil_encoding_find(said);
        return found ? peil_stat_set_encoding(state, found, fault)
                     : peil_stat_refuse(PEIL_STAT_ENCODING, fault);
    }
    const survey s = look_at_all(raw);
    state->may_be_other = s.is_ascii;
    state->header->encoding_is_guess = !s.is_utf8;
    return peil_stat_set_encoding(state, s.is_utf8 ? "UTF-8" : PEIL_STAT_GUESS, fault);
}

/* ---- variables ---- */

typedef struct builder {
    peil_stat_state *state;
    raw_header *raw;
    size_t given; /* bytes of labels so far */
} builder;

static peil_status add_text_value(peil_stat_state *state, const slice *text, const char **out,
                                  size_t *length, peil_fault *fault) {
    return peil_stat_convert(state, text->bytes, text->length, false, out, length, fault);
}

static peil_status add_name(builder *b, const raw_variable *raw, peil_variable **out,
                            peil_fault *fault) {
    const char *text;
    size_t length;
    PEIL_TRY(add_text_value(b->state, &raw->name, &text, &length, fault));
    PEIL_TRY(peil_header_add(b->state->header, text, length, out, fault));
    PEIL_TRY(add_text_value(b->state, &raw->label, &text, &length, fault));
    return peil_variable_describe(*out, text, length, fault);
}

/* A bound of a range of numbers; NULL: none. */
static const peil_decimal *bound(const value *v, peil_decimal *room) {
    const double x = peil_stat_double(v->bits);
    if (!(fabs(x) < 1.7e308)) return NULL; /* SPSS writes LO and HI as the outermost doubles */
    *room = peil_decimal_of(x);
    return room;
}

static bool is_number(const value *v) {
    return v->kind == PEIL_STAT_NUMBER && !isnan(peil_stat_double(v->bits));
}

static bool is_same(const slice *a, const slice *b) {
    return a->length == b->length && memcmp(a->bytes, b->bytes, a->length) == 0;
}

static peil_status add_absence(builder *b, const value *low, const value *high,
                               peil_variable *variable, peil_fault *fault) {
    const char *text;
    size_t length;
    peil_decimal from, to;
    if (low->kind == PEIL_STAT_NOTHING && high->kind == PEIL_STAT_NOTHING) return PEIL_OK;
    if (is_number(low) && is_number(high))
        return peil_variable_add_range(variable, bound(low, &from), bound(high, &to), fault);
    if (low->kind != PEIL_STAT_TEXT || high->kind != PEIL_STAT_TEXT)
        return peil_stat_refuse(PEIL_STAT_DAMAGED, fault);
    if (!is_same(&low->text, &high->text))
        return peil_refuse(fault, 0, variable->name, "has a range of texts that are missing");
    PEIL_TRY(add_text_value(b->state, &low->text, &text, &length, fault));
    return peil_variable_add_absence(variable, text, length, fault);
}

/* The text of a number that has a label; 0: it cannot be a value. */
static size_t write_number(uint64_t bits, const peil_variable *variable, const peil_clock *clock,
                           char text[PEIL_CLOCK_TEXT]) {
    const double x = peil_stat_double(bits);
    if (peil_stat_is_tag(bits)) {
        text[0] = '.';
        text[1] = (char)(bits & 0xFF);
        return 2;
    }
    if (!isfinite(x)) return 0;
    const peil_decimal number = peil_decimal_of(x);
    if (clock && !peil_variable_lacks_number(variable, number))
        return peil_clock_write(x, clock, text);
    return peil_decimal_write(number, text);
}

static peil_status add_label(builder *b, const raw_label *raw, const peil_clock *clock,
                             peil_variable *variable, peil_fault *fault) {
    char number[PEIL_CLOCK_TEXT];
    peil_text kept = {0};
    const char *text = number;
    size_t length = 0;
    if (raw->value.kind == PEIL_STAT_NUMBER)
        length = write_number(raw->value.bits, variable, clock, number);
    if (raw->value.kind == PEIL_STAT_TEXT) {
        PEIL_TRY(add_text_value(b->state, &raw->value.text, &text, &length, fault));
        peil_text_add_bytes(&kept, text, length); /* the label's text comes in its place */
        if (kept.failed) return peil_fail_memory(fault);
        text = kept.bytes;
    }
    const char *label;
    size_t label_length;
    peil_status status = add_text_value(b->state, &raw->text, &label, &label_length, fault);
    if (status == PEIL_OK && length)
        status = peil_variable_add_label(variable, text, length, label, label_length, fault);
    if (status == PEIL_OK && raw->value.kind == PEIL_STAT_NUMBER &&
        peil_stat_is_tag(raw->value.bits))
        status = peil_variable_add_absence(variable, text, length, fault);
    peil_text_clear(&kept);
    return status;
}

static int compare_slices(const slice *a, const slice *b) {
    const size_t shorter = a->length < b->length ? a->length : b->length;
    const int order = memcmp(a->bytes, b->bytes, shorter);
    return order ? order : (a->length > b->length) - (a->length < b->length);
}

/* By set, and in a set as they came. */
static int by_set(const void *a, const void *b) {
    const raw_label *x = a, *y = b;
    const int order = compare_slices(&x->set, &y->set);
    return order ? order : (x->text.bytes > y->text.bytes) - (x->text.bytes < y->text.bytes);
}

static size_t find_set(const raw_header *raw, const slice *set) {
    size_t low = 0, high = raw->nlabels;
    while (low < high) {
        const size_t middle = low + (high - low) / 2;
        if (compare_slices(&raw->labels[middle].set, set) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

static peil_status add_labels(builder *b, const raw_variable *raw, const peil_clock *clock,
                              peil_variable *variable, peil_fault *fault) {
    if (raw->set.length == 0) return PEIL_OK;
    for (size_t i = find_set(b->raw, &raw->set);
         i < b->raw->nlabels && is_same(&b->raw->labels[i].set, &raw->set); i++) {
        const raw_label *label = &b->raw->labels[i];
        b->given += LABEL_BYTES + label->text.length + label->value.text.length;
        if (b->given > GIVEN_MOST) return refuse_size("labels", fault);
        PEIL_TRY(add_label(b, label, clock, variable, fault));
    }
    if (variable->nlabels) b->state->header->has_labels = true;
    return PEIL_OK;
}

static const peil_clock *find_clock(const builder *b, const raw_variable *raw) {
    char format[64];
    if (raw->is_text || raw->format.length >= sizeof format) return NULL;
    memcpy(format, raw->format.bytes, raw->format.length);
    format[raw->format.length] = '\0';
    return b->state->kind->clock(format);
}

static peil_status add_variable(builder *b, size_t i, peil_fault *fault) {
    const raw_variable *raw = &b->raw->variables[i];
    struct peil_stat_known *known = &b->state->known[i];
    peil_variable *variable = NULL;
    known->is_text = raw->is_text;
    known->width = raw->width;
    known->clock = find_clock(b, raw);
    PEIL_TRY(add_name(b, raw, &variable, fault));
    variable->type = raw->is_text   ? PEIL_TYPE_TEXT
                     : known->clock ? PEIL_TYPE_DATE
                                    : PEIL_TYPE_NUMBER;
    for (uint32_t k = 0; k < raw->nranges; k++) {
        const value *range = &b->raw->ranges[raw->ranges + 2 * k];
        PEIL_TRY(add_absence(b, range, range + 1, variable, fault));
    }
    return add_labels(b, raw, known->clock, variable, fault);
}

static peil_status build(peil_stat_state *state, raw_header *raw, peil_fault *fault) {
    builder b = {state, raw, 0};
    PEIL_TRY(find_encoding(state, raw, fault));
    PEIL_TRY(peil_array_make(&state->known, raw->nvariables, sizeof *state->known, fault));
    if (raw->nlabels) qsort(raw->labels, raw->nlabels, sizeof *raw->labels, by_set);
    for (size_t i = 0; i < raw->nvariables; i++) PEIL_TRY(add_variable(&b, i, fault));
    state->nvariables = raw->nvariables;
    state->knows_records = raw->facts.knows_records;
    state->header->records = raw->facts.knows_records ? raw->facts.records : 0;
    return PEIL_OK;
}

peil_status peil_stat_read_header(peil_stat_state *state, peil_fault *fault) {
    raw_header raw = {.encoding = {"", 0}};
    peil_wall *wall = NULL;
    peil_status status = peil_stat_start(state, NULL, &wall, fault);
    if (status == PEIL_OK) status = receive(wall, &raw.stream, fault);
    peil_wall_free(wall);
    if (status == PEIL_OK) status = take_apart(&raw, fault);
    if (status == PEIL_OK) status = build(state, &raw, fault);
    peil_text_clear(&raw.stream);
    free(raw.variables);
    free(raw.labels);
    free(raw.ranges);
    return status;
}
