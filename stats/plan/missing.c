/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Names and codes as lists of words. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/array.h"
#include "plan/plan.h"

static bool is_space(char c) {
    return c == ' ' || c == '\t';
}

/* The end of the name that begins here: one of the two marks or the end, outside backquotes. */
static const char *name_end(const char *text, char mark, char other) {
    bool quoted = false;
    for (; *text && (quoted || (*text != mark && *text != other)); text++)
        if (*text == '`') quoted = !quoted;
    return text;
}

/* What stands between backquotes is the name itself; two of them inside are one. */
static void unquote(char *name) {
    const size_t length = strlen(name);
    if (length < 2 || name[0] != '`' || name[length - 1] != '`') return;
    char *to = name;
    for (const char *from = name + 1; from < name + length - 1; from++) {
        *to++ = *from;
        if (*from == '`' && from[1] == '`') from++;
    }
    *to = '\0';
}

/* Adds the text between `from` and `to`, spaces around it and backquotes off. */
static peil_status add_name(const char *from, const char *to, peil_names *out, peil_fault *fault) {
    while (from < to && is_space(*from)) from++;
    while (to > from && is_space(to[-1])) to--;
    PEIL_TRY(
        peil_array_reserve(&out->names, &out->capacity, out->n + 1, sizeof *out->names, fault));
    PEIL_TRY(peil_string_copy(from, (size_t)(to - from), &out->names[out->n], fault));
    unquote(out->names[out->n++]);
    return PEIL_OK;
}

peil_status peil_names_cut(const char *text, char mark, peil_names *out, peil_fault *fault) {
    while (true) {
        const char *end = name_end(text, mark, mark);
        PEIL_TRY(add_name(text, end, out, fault));
        if (!*end) return PEIL_OK;
        text = end + 1;
    }
}

peil_status peil_names_split(const char *text, const char *option, peil_names *out,
                             peil_fault *fault) {
    PEIL_TRY(peil_names_cut(text, ',', out, fault));
    for (size_t i = 0; i < out->n; i++)
        if (!out->names[i][0])
            return peil_fail(fault, PEIL_EUSAGE,
                             i > 0 && i + 1 == out->n
                                 ? "%s: a variable is missing behind the last comma; no space "
                                   "stands there, or quotes around all"
                                 : "%s: a variable is missing between the commas",
                             option);
    return PEIL_OK;
}

void peil_names_clear(peil_names *names) {
    for (size_t i = 0; i < names->n; i++) free(names->names[i]);
    free(names->names);
    *names = (peil_names){0};
}

/* A code is a number, or text, between double quotes if it has spaces. */
static peil_status add_code(peil_missing_codes *codes, const char *from, size_t length, bool quoted,
                            peil_fault *fault) {
    PEIL_TRY(peil_array_reserve(&codes->codes, &codes->capacity, codes->n + 1, sizeof *codes->codes,
                                fault));
    peil_literal *literal = &codes->codes[codes->n];
    *literal = (peil_literal){0};
    literal->is_text = quoted || !peil_decimal_read(from, length, &literal->number);
    PEIL_TRY(peil_string_copy(from, length, &literal->text, fault));
    codes->n++;
    return PEIL_OK;
}

/* A mark that a code without quotes does not have: codes and variables have another one there. */
static bool has_mark(const char *code, size_t length) {
    const char last = code[length - 1];
    return memchr(code, ',', length) || memchr(code, '=', length) || last == ';' || last == ':';
}

static peil_status add_codes(peil_missing_codes *codes, const char *text, peil_fault *fault) {
    while (true) {
        while (is_space(*text)) text++;
        if (!*text) break;
        const bool quoted = *text == '"';
        text += quoted;
        const char *end = text;
        while (*end && (quoted ? *end != '"' : !is_space(*end))) end++;
        if (quoted && !*end)
            return peil_fail(fault, PEIL_EUSAGE, "--missing: a quote is not closed");
        const size_t length = (size_t)(end - text);
        if (!quoted && has_mark(text, length))
            return peil_fail(fault, PEIL_EUSAGE,
                             "--missing: codes stand apart by spaces, '8 9'; variables before a "
                             "colon, 'q1,q2: 8 9', and others in a --missing of their own; a code "
                             "with a comma or = between double quotes");
        PEIL_TRY(add_code(codes, text, length, quoted, fault));
        text = end + quoted;
    }
    if (codes->n == 0) return peil_fail(fault, PEIL_EUSAGE, "--missing: there is no code");
    return PEIL_OK;
}

static peil_status add_missing(peil_plan *plan, const char *variable, const char *codes,
                               peil_fault *fault) {
    PEIL_TRY(peil_array_reserve(&plan->missing, &plan->missing_capacity, plan->nmissing + 1,
                                sizeof *plan->missing, fault));
    peil_missing_codes *missing = &plan->missing[plan->nmissing++];
    *missing = (peil_missing_codes){0};
    if (variable) PEIL_TRY(peil_string_copy(variable, strlen(variable), &missing->variable, fault));
    return add_codes(missing, codes, fault);
}

peil_status peil_plan_missing(peil_plan *plan, const char *text, peil_fault *fault) {
    const char *colon = text;
    while (*(colon = name_end(colon, ',', ':')) == ',') colon++;
    if (!*colon) return add_missing(plan, NULL, text, fault);
    char *list = NULL;
    peil_names names = {0};
    peil_status status = peil_string_copy(text, (size_t)(colon - text), &list, fault);
    if (status == PEIL_OK) status = peil_names_split(list, "--missing", &names, fault);
    for (size_t i = 0; i < names.n && status == PEIL_OK; i++)
        status = add_missing(plan, names.names[i], colon + 1, fault);
    free(list);
    peil_names_clear(&names);
    return status;
}
