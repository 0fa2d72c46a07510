/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/reading.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "plan/plan.h"

static peil_status read_delimiter(const char *word, char *out, peil_fault *fault) {
    if (!word) return PEIL_OK;
    *out = strcmp(word, "tab") == 0 || strcmp(word, "\\t") == 0 ? '\t' : word[0];
    const bool is_one = *out == '\t' || (word[0] && !word[1]);
    if (is_one && !isalnum((unsigned char)*out) && !strchr("\"'\r\n.+- ", *out) && !(*out & 0x80))
        return PEIL_OK;
    return peil_fail(fault, PEIL_EUSAGE, "--delimiter is one character, such as ; or |, or tab");
}

static peil_status read_decimal(const char *word, char *out, peil_fault *fault) {
    if (!word) return PEIL_OK;
    *out = strcmp(word, "comma") == 0 || strcmp(word, ",") == 0   ? ','
           : strcmp(word, "point") == 0 || strcmp(word, ".") == 0 ? '.'
                                                                  : '\0';
    if (*out) return PEIL_OK;
    return peil_fail(fault, PEIL_EUSAGE, "--decimal is comma or point");
}

/* ---- the period ---- */

static bool is_year(const char *text) {
    const bool begins = strncmp(text, "19", 2) == 0 || strncmp(text, "20", 2) == 0;
    return begins && strspn(text, "0123456789") == 4;
}

/* The only year in the name of a file, its folder aside; false when there is none, or several. */
static bool year_of_name(const char *file, char *year, size_t size) {
    const char *slash = strrchr(file, '/'), *name = slash ? slash + 1 : file, *found = NULL;
    bool is_one = true;
    for (const char *at = name; *at; at++) {
        const bool begins = at == name || !isdigit((unsigned char)at[-1]);
        if (!begins || !is_year(at)) continue;
        if (!found) found = at;
        is_one = is_one && strncmp(found, at, 4) == 0;
    }
    if (found) snprintf(year, size, "%.4s", found);
    return found && is_one;
}

/* VAR, VAR=2015,2017 or 2015,2017. */
static peil_status read_period(const peil_request *request, size_t file, peil_file_reading *out,
                               peil_fault *fault) {
    const char *word = request->period;
    if (!word) return PEIL_OK;
    const char *equals = strchr(word, '=');
    const bool only_values = !equals && isdigit((unsigned char)word[0]);
    const size_t length = only_values ? 0 : equals ? (size_t)(equals - word) : strlen(word);
    snprintf(out->period, sizeof out->period, "%.*s", (int)length, word);
    if (only_values) snprintf(out->period, sizeof out->period, "period");
    out->reading.constant_name = out->period;
    out->reading.constant_value = out->value;
    if (!equals && !only_values) {
        if (!year_of_name(request->files.word[file], out->value, sizeof out->value))
            out->reading.constant_value = NULL;
        return PEIL_OK;
    }
    peil_names values = {0};
    peil_status status =
        peil_names_split(only_values ? word : equals + 1, "--period", &values, fault);
    if (status == PEIL_OK && values.n != request->files.n)
        status = peil_fail(fault, PEIL_EUSAGE,
                           "--period gives a value for each file; values: %zu, files: %zu",
                           values.n, request->files.n);
    if (status == PEIL_OK) snprintf(out->value, sizeof out->value, "%s", values.names[file]);
    peil_names_clear(&values);
    return status;
}

peil_status peil_file_reading_make(const peil_request *request, size_t file, peil_file_reading *out,
                                   peil_fault *fault) {
    *out = (peil_file_reading){.reading = {.block_bytes = request->block_bytes,
                                           .hash = request->hash_inputs,
                                           .encoding = request->encoding,
                                           .may_be_empty = request->may_be_empty,
                                           .no_header = request->no_header}};
    PEIL_TRY(read_delimiter(request->delimiter, &out->reading.delimiter, fault));
    PEIL_TRY(read_decimal(request->decimal, &out->reading.decimal, fault));
    return read_period(request, file, out, fault);
}

static bool is_name_of_year(const char *name) {
    static const char *const names[] = {"jaar", "year", "periode", "period", "meetjaar", "meting"};
    size_t i = 0;
    while (i < sizeof names / sizeof *names && strcasecmp(names[i], name) != 0) i++;
    return i < sizeof names / sizeof *names;
}

/* Whether the names of several files tell the year of each. */
static bool names_have_years(const peil_request *request) {
    char year[8];
    size_t n = 0;
    while (n < request->files.n && year_of_name(request->files.word[n], year, sizeof year)) n++;
    return n > 1 && n == request->files.n;
}

peil_status peil_reading_check_year(const peil_request *request, const peil_batch *batch,
                                    const peil_header *header, peil_fault *fault) {
    size_t place;
    for (size_t i = 0; i < batch->ncolumns && !request->period; i++) {
        const char *name = batch->columns[i].name;
        if (!is_name_of_year(name) || !names_have_years(request)) continue;
        if (peil_header_find(header, name, "", &place, NULL) == PEIL_OK) continue;
        return peil_fail(fault, PEIL_EDATA,
                         "has no variable %s; --period %s takes it from the names of the files",
                         name, name);
    }
    return PEIL_OK;
}

void peil_reading_tell(const peil_request *request, const peil_reader *reader, uint64_t rows) {
    if (request->progress)
        request->progress(request->progress_context, rows, peil_reader_position(reader),
                          peil_reader_size(reader));
}

peil_status peil_reading_check_missing(const peil_plan *plan, const peil_header *header,
                                       peil_fault *fault) {
    size_t place;
    for (size_t i = 0; i < plan->nmissing; i++)
        if (plan->missing[i].variable)
            PEIL_TRY(
                peil_header_find(header, plan->missing[i].variable, "--missing: ", &place, fault));
    return PEIL_OK;
}
