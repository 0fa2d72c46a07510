/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Any bytes as the schema of a file of four variables. It is refused, or what it says is what its
 * tree says when that is written as JSON again. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/text.h"
#include "read/schema.h"

static const char *const names[] = {"q5", "wijk", "dag", "weging"};

enum { NVARIABLES = sizeof names / sizeof *names };

/* ---- JSON again ---- */

static void add_tree(const peil_json *json, const peil_json_value *value, peil_text *out) {
    static const char *const words[] = {"null", "false", "true"};
    if (value->kind <= PEIL_JSON_TRUE) {
        peil_text_add(out, words[value->kind]);
    } else if (value->kind == PEIL_JSON_NUMBER) {
        peil_text_add(out, peil_json_text(json, value));
    } else if (value->kind == PEIL_JSON_STRING) {
        peil_json_add_string(out, peil_json_text(json, value));
    } else {
        const bool is_object = value->kind == PEIL_JSON_OBJECT;
        const peil_json_value *item = peil_json_first(json, value);
        peil_text_add(out, is_object ? "{" : "[");
        for (; item; item = peil_json_next(json, item)) {
            if (is_object) {
                peil_json_add_string(out, peil_json_name(json, item));
                peil_text_add(out, ":");
            }
            add_tree(json, item, out);
            if (item->next) peil_text_add(out, ",");
        }
        peil_text_add(out, is_object ? "}" : "]");
    }
}

/* ---- what a schema says ---- */

static void add_variable(const peil_variable *v, peil_text *out) {
    char text[PEIL_DECIMAL_TEXT];
    peil_text_add_format(out, "%s (%s) %d %c%c:", v->name, v->label ? v->label : "", v->type,
                         v->decimal_mark ? v->decimal_mark : '_',
                         v->group_mark ? v->group_mark : '_');
    for (size_t i = 0; i < v->nlabels; i++)
        peil_text_add_format(out, " %s=%s", v->labels[i].value, v->labels[i].text);
    for (size_t i = 0; i < v->nabsences; i++) {
        if (!v->absences[i].text) peil_decimal_write(v->absences[i].low, text);
        peil_text_add_format(out, " -%s", v->absences[i].text ? v->absences[i].text : text);
    }
    peil_text_add(out, "\n");
}

/* A few values that break some rules. */
static peil_status check_values(peil_schema *schema, const peil_header *header, peil_use use,
                                peil_fault *fault) {
    static const char *const values[] = {"", "1", "ja", "2015-03-01", "2.5", "9", "01"};
    enum { ROWS = sizeof values / sizeof *values };
    peil_batch batch = {0};
    size_t column[NVARIABLES];
    for (size_t i = 0; i < NVARIABLES; i++)
        PEIL_TRY(peil_batch_want(&batch, names[i], use, &column[i], fault));
    PEIL_TRY(peil_batch_allocate(&batch, ROWS, fault));
    for (size_t i = 0; i < NVARIABLES; i++) {
        peil_batch_column *c = &batch.columns[i];
        PEIL_TRY(peil_variable_copy(&header->variables[i], &c->about, fault));
        for (size_t row = 0; row < ROWS; row++) {
            uint32_t code;
            const size_t length = strlen(values[row]);
            PEIL_TRY(peil_dictionary_code(&c->dictionary, values[row], length, &code, fault));
            if (use == PEIL_AS_CODES)
                c->codes[row] = code;
            else if (!peil_decimal_read(values[row], length, &c->decimals[row]))
                c->decimals[row] = (peil_decimal){code, PEIL_NO_NUMBER};
        }
    }
    batch.rows = ROWS;
    batch.first_record = 1;
    const peil_status status = peil_schema_check(schema, column, &batch, fault);
    if (status == PEIL_EDATA && (batch.rows >= ROWS || fault->record != batch.rows + 1)) abort();
    peil_batch_clear(&batch);
    return status;
}

/* The header as the schema leaves it, and what it says of the values. */
static peil_text say(const char *bytes, size_t length, peil_text *again) {
    peil_text out = {0};
    peil_fault fault = {0};
    peil_header header = {0};
    peil_schema *schema = NULL;
    for (size_t i = 0; i < NVARIABLES; i++)
        if (peil_header_add(&header, names[i], strlen(names[i]), NULL, &fault) != PEIL_OK) abort();
    peil_status status = peil_schema_read("schema", bytes, length, &schema, &fault);
    if (status == PEIL_OK && again) add_tree(&schema->json, schema->table, again);
    if (status == PEIL_OK) status = peil_schema_apply(schema, &header, &fault);
    for (size_t i = 0; i < NVARIABLES; i++) add_variable(&header.variables[i], &out);
    for (int use = PEIL_AS_NUMBERS; use <= PEIL_AS_CODES && status == PEIL_OK; use++) {
        const peil_status checked = check_values(schema, &header, (peil_use)use, &fault);
        peil_text_add_format(&out, "%d %s %s\n", checked, fault.variable, fault.message);
    }
    if (status != PEIL_OK && !fault.message[0]) abort();
    peil_text_add_format(&out, "%d", status);
    for (size_t i = 0; i < NVARIABLES; i++) peil_variable_clear(&header.variables[i]);
    free(header.variables);
    peil_schema_free(schema);
    return out;
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length);

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length) {
    peil_text again = {0};
    peil_text said = say((const char *)bytes, length, &again);
    if (again.length) {
        peil_text repeated = say(again.bytes, again.length, NULL);
        if (said.length != repeated.length || memcmp(said.bytes, repeated.bytes, said.length)) {
            fprintf(stderr, "said\n%s\nand, written again,\n%s\n", said.bytes, repeated.bytes);
            abort();
        }
        peil_text_clear(&repeated);
    }
    peil_text_clear(&again);
    peil_text_clear(&said);
    return 0;
}
