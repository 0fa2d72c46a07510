/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/state_request.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/array.h"
#include "plan/request_keys.h"
#include "read/source.h"

/* ---- saving ---- */

static void save_pair(const char *name, const char *value, peil_text *out) {
    peil_pack_string(out, name);
    peil_pack_string(out, value);
}

/* The variable alone: each file has its own value of it, and its figures hold that. */
static void save_period(const char *word, peil_text *out) {
    char variable[256];
    snprintf(variable, sizeof variable, "%.*s", (int)strcspn(word, "="), word);
    const bool only_values = !strchr(word, '=') && isdigit((unsigned char)word[0]);
    save_pair("period", only_values ? "period" : variable, out);
}

static void save_number(const char *name, double number, peil_text *out) {
    char text[PEIL_DECIMAL_TEXT];
    if (!(number > 0)) return;
    peil_double_write(number, text);
    save_pair(name, text, out);
}

static void save_words(const char *name, const peil_words *words, peil_text *out) {
    for (size_t i = 0; i < words->n; i++) save_pair(name, words->word[i], out);
}

static void save_word(const char *name, const char *word, peil_text *out) {
    if (!word) return;
    if (strcmp(name, "period") == 0)
        save_period(word, out);
    else
        save_pair(name, word, out);
}

void peil_request_save(const peil_request *request, peil_text *out) {
    for (const peil_request_key *key = peil_request_keys; key->name; key++) {
        const void *field = peil_request_field(request, key);
        switch (key->kind) {
            case PEIL_KEY_WORD:
                save_word(key->name, *(const char *const *)field, out);
                break;
            case PEIL_KEY_WORDS:
                save_words(key->name, field, out);
                break;
            case PEIL_KEY_FLAG:
                if (*(const bool *)field) save_pair(key->name, "yes", out);
                break;
            case PEIL_KEY_NUMBER:
                save_number(key->name, *(const double *)field, out);
                break;
            case PEIL_KEY_WHOLE:
                save_number(key->name, *(const int *)field, out);
                break;
        }
    }
    peil_pack_string(out, ""); /* no more names */
}

/* ---- files beside the data ---- */

peil_status peil_request_check_files(const peil_request *request, peil_fault *fault) {
    for (size_t i = 0; i < request->targets.n; i++)
        PEIL_TRY(peil_source_check_again(request->targets.word[i], fault));
    return request->hierarchy ? peil_source_check_again(request->hierarchy, fault) : PEIL_OK;
}

/* ---- loading ---- */

static peil_status load_pair(peil_saved_request *saved, peil_unpacking *in, bool *is_last,
                             peil_fault *fault) {
    const size_t n = saved->n;
    PEIL_TRY(
        peil_array_extend(&saved->names, &saved->names_capacity, n + 1, sizeof(char *), fault));
    PEIL_TRY(
        peil_array_extend(&saved->values, &saved->values_capacity, n + 1, sizeof(char *), fault));
    PEIL_TRY(peil_unpack_string(in, &saved->names[n], fault));
    *is_last = !saved->names[n][0];
    if (*is_last) {
        free(saved->names[n]);
        saved->names[n] = NULL;
        return PEIL_OK;
    }
    saved->n++; /* owns the name from here on */
    return peil_unpack_string(in, &saved->values[n], fault);
}

/* A number within the key's limits. */
static bool read_number(const peil_request_key *key, const char *text, double *number) {
    char *end = NULL;
    *number = strtod(text, &end);
    return end != text && !*end && *number >= key->low && *number <= key->high;
}

/* Values of one option stand together. */
static bool add_word(peil_words *words, char *const *value) {
    const char *const *word = (const char *const *)value;
    if (words->n == 0) words->word = word;
    return word == words->word + words->n++;
}

/* Whether the value of a pair can be that of its key, and no other was given. */
static bool set_field(peil_saved_request *saved, const peil_request_key *key, size_t pair) {
    void *field = (char *)&saved->request + key->offset;
    const char *value = saved->values[pair];
    double number = 0;
    bool holds = true;
    switch (key->kind) {
        case PEIL_KEY_WORD:
            holds = !*(const char **)field;
            *(const char **)field = value;
            break;
        case PEIL_KEY_WORDS:
            holds = add_word(field, &saved->values[pair]);
            break;
        case PEIL_KEY_FLAG:
            *(bool *)field = true;
            break;
        case PEIL_KEY_NUMBER:
            holds = read_number(key, value, &number);
            *(double *)field = number;
            break;
        case PEIL_KEY_WHOLE:
            holds = read_number(key, value, &number);
            if (holds) *(int *)field = (int)number;
            break;
    }
    return holds;
}

peil_status peil_request_load(peil_saved_request *saved, peil_unpacking *in, peil_fault *fault) {
    bool is_last = false;
    while (!is_last && !in->failed) PEIL_TRY(load_pair(saved, in, &is_last, fault));
    PEIL_TRY(peil_unpack_verdict(in, fault));
    for (size_t i = 0; i < saved->n; i++) { /* only now the list of values stays where it is */
        const peil_request_key *key = peil_request_key_find(saved->names[i]);
        if (!key)
            return peil_fail(fault, PEIL_EDATA, "was made with --%.100s, which this peil lacks",
                             saved->names[i]);
        peil_unpack_claim(in, set_field(saved, key, i));
    }
    return peil_unpack_verdict(in, fault);
}

void peil_saved_request_clear(peil_saved_request *saved) {
    for (size_t i = 0; i < saved->n; i++) {
        free(saved->names[i]);
        free(saved->values[i]);
    }
    free(saved->names);
    free(saved->values);
    *saved = (peil_saved_request){0};
}

/* Keys are saved in the order of their table: of two that differ, the earlier one is more here. */
const char *peil_saved_request_difference(const peil_saved_request *a,
                                          const peil_saved_request *b) {
    size_t i = 0;
    while (i < a->n && i < b->n && strcmp(a->names[i], b->names[i]) == 0 &&
           strcmp(a->values[i], b->values[i]) == 0)
        i++;
    if (i == a->n && i == b->n) return NULL;
    if (i == a->n) return b->names[i];
    if (i == b->n) return a->names[i];
    const bool is_of_b = peil_request_key_find(b->names[i]) < peil_request_key_find(a->names[i]);
    return is_of_b ? b->names[i] : a->names[i];
}
