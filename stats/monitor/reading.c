/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "monitor/reading.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "core/decimal.h"
#include "core/nearest.h"
#include "core/text.h"
#include "plan/request_keys.h"

typedef peil_monitor_reading reading;

#define KEYS_MOST 64

static void watch(reading *r, peil_status status) {
    if (r->status == PEIL_OK) r->status = status;
}

void peil_monitor_refuse(reading *r, size_t line, const char *format, ...) {
    peil_fault made = {.status = PEIL_EDATA, .line = line};
    const int length = r->key[0] ? snprintf(made.message, sizeof made.message, "%s: ", r->key) : 0;
    const size_t begin = (size_t)length < sizeof made.message ? (size_t)length : 0;
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(made.message + begin, sizeof made.message - begin, format, arguments);
    va_end(arguments);
    watch(r, peil_faults_add(r->faults, &made, r->fault));
}

const char *peil_monitor_nearest(const char *word, const char *const *names, size_t n, char *room,
                                 size_t size) {
    const char *nearest = peil_nearest(word, names, n);
    snprintf(room, size, "%s%s%s", nearest ? "; is it " : "", nearest ? nearest : "",
             nearest ? "?" : "");
    return room;
}

void *peil_monitor_room(reading *r, size_t count, size_t size) {
    void *made = NULL;
    if (r->status == PEIL_OK) watch(r, peil_monitor_own(r->out, &made, count, size, r->fault));
    return made;
}

/* Hands a text over to the monitor. */
static const char *keep(reading *r, peil_text *text) {
    if (text->failed) watch(r, peil_fail_memory(r->fault));
    char *copy = text->bytes && !text->failed ? peil_monitor_room(r, text->length + 1, 1) : NULL;
    if (copy) memcpy(copy, text->bytes, text->length + 1);
    peil_text_clear(text);
    return copy ? copy : "";
}

/* ---- mappings by their keys ---- */

static const peil_monitor_key *find_key(const peil_monitor_key *keys, const char *name) {
    while (keys->name && strcmp(keys->name, name) != 0) keys++;
    return keys->name ? keys : NULL;
}

static void refuse_key(reading *r, peil_yaml at, const peil_monitor_key *keys, const char *what) {
    const char *names[KEYS_MOST], *name = peil_yaml_text(at);
    char nearest[96];
    size_t n = 0;
    for (; keys[n].name && n < KEYS_MOST; n++) names[n] = keys[n].name;
    peil_monitor_refuse(r, peil_yaml_line(at), "%s has no key %s%s", what, name,
                        peil_monitor_nearest(name, names, n, nearest, sizeof nearest));
}

static void take_option(reading *r, const char *name, peil_yaml value, peil_request *request);

static void take_key(reading *r, peil_yaml map, size_t i, const peil_monitor_key *keys,
                     const char *what, void *into, peil_request *request) {
    const peil_yaml name = peil_yaml_key(map, i), value = peil_yaml_value(map, i);
    const peil_monitor_key *found = find_key(keys, peil_yaml_text(name));
    const char *around = r->key;
    if (!found) {
        refuse_key(r, name, keys, what);
        return;
    }
    r->key = found->name;
    if (found->take)
        found->take(r, value, into);
    else
        take_option(r, found->name, value, request);
    r->key = around;
}

/* Whether a key has a value: "code:" with nothing behind it has none. */
static bool has_value(peil_yaml map, const char *key) {
    const peil_yaml value = peil_yaml_find(map, key);
    if (!peil_yaml_is_there(value)) return false;
    return peil_yaml_form(value) != PEIL_SCALAR || peil_yaml_text(value)[0];
}

void peil_take_map(reading *r, peil_yaml map, const peil_monitor_key *keys, const char *what,
                   void *into, peil_request *request) {
    if (peil_yaml_form(map) != PEIL_MAP) {
        peil_monitor_refuse(r, peil_yaml_line(map), "%s is a mapping: lines of 'key: value'", what);
        return;
    }
    for (size_t i = 0; i < peil_yaml_count(map); i++)
        take_key(r, map, i, keys, what, into, request);
    for (; keys->name; keys++)
        if (keys->is_required && !has_value(map, keys->name))
            peil_monitor_refuse(r, peil_yaml_line(map), "%s needs the key %s", what, keys->name);
}

/* ---- values ---- */

void peil_take_text(reading *r, peil_yaml value, const char **out) {
    const char *text = peil_yaml_text(value);
    if (!text)
        peil_monitor_refuse(r, peil_yaml_line(value), "a text stands here, no list or mapping");
    else if (text[0])
        *out = text;
}

const char *peil_take_word(reading *r, peil_yaml value) {
    const char *text = "";
    peil_take_text(r, value, &text);
    return text;
}

void peil_take_flag(reading *r, peil_yaml value, bool *out) {
    const char *text = peil_yaml_text(value);
    *out = text && strcmp(text, "true") == 0;
    if (!text || (!*out && strcmp(text, "false") != 0))
        peil_monitor_refuse(r, peil_yaml_line(value), "it is true or false");
}

void peil_take_choice(reading *r, peil_yaml value, const char *const *words, int *out) {
    const char *text = peil_take_word(r, value);
    char nearest[96];
    size_t n = 0;
    while (words[n]) n++;
    for (*out = 0; words[*out]; ++*out)
        if (strcmp(text, words[*out]) == 0) return;
    *out = 0;
    if (text[0])
        peil_monitor_refuse(r, peil_yaml_line(value), "there is no %s here%s", text,
                            peil_monitor_nearest(text, words, n, nearest, sizeof nearest));
}

static void take_number(reading *r, peil_yaml value, double low, double high, double *out) {
    const char *text = peil_yaml_text(value);
    peil_decimal number = {0, 0};
    const bool is_number = text && peil_decimal_read(text, strlen(text), &number);
    *out = (double)peil_decimal_real(number);
    if (is_number && *out >= low && *out <= high) return;
    *out = low;
    peil_monitor_refuse(r, peil_yaml_line(value), "a number from %.15g to %.15g stands here", low,
                        high);
}

void peil_take_whole(reading *r, peil_yaml value, int high, int *out) {
    double number;
    take_number(r, value, 0, high, &number);
    *out = (int)number;
    if ((double)*out < number)
        peil_monitor_refuse(r, peil_yaml_line(value), "a whole number stands here");
}

/* ---- lists of names ---- */

/* A name that the command line would need between backquotes gets them. */
static void add_name(peil_text *out, const char *name) {
    const bool is_plain = name[0] == '`' || !name[strcspn(name, " ,:;()'\"+-*/=<>")];
    peil_text_add_format(out, is_plain ? "%s%s" : "%s`%s`", out->length ? "," : "", name);
}

const char *peil_take_names(reading *r, peil_yaml value) {
    peil_text names = {0};
    if (peil_yaml_form(value) == PEIL_SCALAR) return peil_yaml_text(value);
    for (size_t i = 0; peil_yaml_form(value) == PEIL_LIST && i < peil_yaml_count(value); i++) {
        const peil_yaml item = peil_yaml_value(value, i);
        const char *name = peil_yaml_text(item);
        if (name && name[0])
            add_name(&names, name);
        else
            peil_monitor_refuse(r, peil_yaml_line(item), "the name of a variable stands here");
    }
    if (peil_yaml_form(value) == PEIL_MAP)
        peil_monitor_refuse(r, peil_yaml_line(value), "a list of names stands here");
    return keep(r, &names);
}

peil_words peil_take_words(reading *r, peil_yaml value,
                           const char *(*word)(reading *r, peil_yaml value)) {
    const bool is_list = peil_yaml_form(value) == PEIL_LIST;
    const size_t n = is_list ? peil_yaml_count(value) : 1;
    const char **words = peil_monitor_room(r, n, sizeof *words);
    for (size_t i = 0; words && i < n; i++)
        words[i] = word(r, is_list ? peil_yaml_value(value, i) : value);
    return words ? (peil_words){n, words} : (peil_words){0};
}

/* [jaar, wijk] is one stage; [[jaar, wijk], [klas]] are two. */
static bool is_nested(peil_yaml value) {
    return peil_yaml_form(value) == PEIL_LIST && peil_yaml_count(value) &&
           peil_yaml_form(peil_yaml_value(value, 0)) == PEIL_LIST;
}

static peil_words take_stages(reading *r, peil_yaml value) {
    if (is_nested(value)) return peil_take_words(r, value, peil_take_names);
    const char **one = peil_monitor_room(r, 1, sizeof *one);
    if (!one) return (peil_words){0};
    *one = peil_take_names(r, value);
    return (peil_words){1, one};
}

const char *peil_take_file(reading *r, peil_yaml value) {
    peil_text path = {0};
    const char *name = peil_take_word(r, value);
    const bool is_whole = name[0] == '/' || !r->folder[0];
    if (!name[0] || strcmp(name, "-") == 0) {
        peil_monitor_refuse(r, peil_yaml_line(value), "the name of a file stands here");
        return "";
    }
    peil_text_add_format(&path, "%s%s%s", is_whole ? "" : r->folder, is_whole ? "" : "/", name);
    return keep(r, &path);
}

/* ---- missing codes ---- */

static void add_code(reading *r, peil_text *out, peil_yaml value) {
    const char *code = peil_take_word(r, value);
    const bool is_quoted = code[strcspn(code, " ,=:")];
    peil_text_add_format(out, is_quoted ? " \"%s\"" : " %s", code);
}

/* {"*": [9], "q1,q2": [8, 9]} to the words of --missing. */
static const char *missing_word(reading *r, const char *variables, peil_yaml codes) {
    peil_text word = {0};
    if (strcmp(variables, "*") != 0) peil_text_add_format(&word, "%s:", variables);
    if (peil_yaml_form(codes) != PEIL_LIST) add_code(r, &word, codes);
    for (size_t i = 0; peil_yaml_form(codes) == PEIL_LIST && i < peil_yaml_count(codes); i++)
        add_code(r, &word, peil_yaml_value(codes, i));
    const char *kept = keep(r, &word);
    return kept + (kept[0] == ' ');
}

/* YAML makes {q1: 8, 9} the code 8 and, of 9, a variable without any. */
static bool has_code(reading *r, peil_yaml variables, peil_yaml codes) {
    if (!peil_yaml_is_blank(codes)) return true;
    peil_monitor_refuse(r, peil_yaml_line(variables),
                        "no code stands behind '%.100s'; several are a list, {q1: [8, 9]}",
                        peil_yaml_text(variables));
    return false;
}

static peil_words take_missing(reading *r, peil_yaml value) {
    if (peil_yaml_form(value) != PEIL_MAP) return peil_take_words(r, value, peil_take_word);
    const char **words = peil_monitor_room(r, peil_yaml_count(value), sizeof *words);
    size_t n = 0;
    for (size_t i = 0; words && i < peil_yaml_count(value); i++) {
        const peil_yaml variables = peil_yaml_key(value, i), codes = peil_yaml_value(value, i);
        if (has_code(r, variables, codes))
            words[n++] = missing_word(r, peil_yaml_text(variables), codes);
    }
    return words ? (peil_words){n, words} : (peil_words){0};
}

/* ---- keys that are options of the command line ---- */

static peil_words take_option_words(reading *r, const char *name, peil_yaml value) {
    if (strcmp(name, "missing") == 0) return take_missing(r, value);
    if (strcmp(name, "strata") == 0) return take_stages(r, value);
    return peil_take_words(r, value, peil_take_names);
}

static void take_option(reading *r, const char *name, peil_yaml value, peil_request *request) {
    const peil_request_key *known = peil_request_key_find(name);
    void *field = (char *)request + known->offset;
    switch (known->kind) {
        case PEIL_KEY_FLAG:
            peil_take_flag(r, value, field);
            break;
        case PEIL_KEY_NUMBER:
            take_number(r, value, known->low, known->high, field);
            break;
        case PEIL_KEY_WHOLE:
            peil_take_whole(r, value, (int)known->high, field);
            break;
        case PEIL_KEY_WORDS:
            *(peil_words *)field = take_option_words(r, name, value);
            break;
        case PEIL_KEY_WORD:
            if (peil_yaml_form(value) == PEIL_LIST)
                *(const char **)field = peil_take_names(r, value);
            else
                peil_take_text(r, value, field);
            break;
    }
}

/* ---- statements ---- */

static size_t count_texts(peil_yaml value, bool may_repeat) {
    return may_repeat && peil_yaml_form(value) == PEIL_LIST ? peil_yaml_count(value) : 1;
}

/* YAML makes {2013: 5,7} the figure 5 and, of 7, a period without any; {2013:5.7} is but a name. */
static bool has_figure(reading *r, peil_yaml period, peil_yaml value) {
    if (!peil_yaml_is_blank(value)) return true;
    peil_monitor_refuse(r, peil_yaml_line(period),
                        "no figure stands behind '%.100s'; one with a comma stands between quotes, "
                        "with a space behind the colon, and \"-\" says that there is none",
                        peil_yaml_text(period));
    return false;
}

/* One text for a period, or the texts of several sources. */
static void take_texts(reading *r, peil_yaml value, bool may_repeat, const char *period,
                       peil_stated_list *out) {
    const bool are_several = may_repeat && peil_yaml_form(value) == PEIL_LIST;
    for (size_t i = 0; i < count_texts(value, may_repeat); i++) {
        const peil_yaml text = are_several ? peil_yaml_value(value, i) : value;
        out->list[out->n++] = (peil_stated){
            .period = period, .text = peil_take_word(r, text), .line = peil_yaml_line(text)};
    }
}

peil_stated_list peil_take_stated(reading *r, peil_yaml value, bool may_repeat) {
    const bool is_map = peil_yaml_form(value) == PEIL_MAP;
    peil_stated_list made = {0};
    size_t n = is_map ? 0 : count_texts(value, may_repeat);
    for (size_t i = 0; is_map && i < peil_yaml_count(value); i++)
        n += count_texts(peil_yaml_value(value, i), may_repeat);
    made.list = peil_monitor_room(r, n, sizeof *made.list);
    if (!made.list) return made;
    if (!is_map) take_texts(r, value, may_repeat, NULL, &made);
    for (size_t i = 0; is_map && i < peil_yaml_count(value); i++) {
        const peil_yaml period = peil_yaml_key(value, i), figures = peil_yaml_value(value, i);
        if (has_figure(r, period, figures))
            take_texts(r, figures, may_repeat, peil_yaml_text(period), &made);
    }
    return made;
}
