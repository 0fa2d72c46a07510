/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/replay.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/array.h"
#include "core/decimal.h"
#include "plan/request_keys.h"
#include "read/source.h"
#include "report/stored.h"

#define RESULT_BYTES ((size_t)1 << 30) /* at most */
#define HASH_OF "-sha256"              /* behind the name of a file in the request */

typedef peil_json_value value;

/* ---- reading ---- */

static peil_status refuse(const value *at, const char *what, peil_fault *fault) {
    return peil_fail(fault, PEIL_EDATA, "line %u: %s", (unsigned)(at ? at->line : 1), what);
}

static const value *member(const peil_replay *r, const value *object, const char *name) {
    return object ? peil_json_member(&r->json, object, name) : NULL;
}

static bool is_string(const value *v) {
    return v && v->kind == PEIL_JSON_STRING;
}

static const char *text_of(const peil_replay *r, const value *v) {
    return peil_json_text(&r->json, v);
}

/* A string, or the strings of an array; there are no more words than values. */
static peil_status take_words(peil_replay *r, const value *v, peil_words *out, peil_fault *fault) {
    const bool is_array = v->kind == PEIL_JSON_ARRAY;
    const char **first = &r->words[r->nwords];
    *out = (peil_words){0, first};
    for (const value *at = is_array ? peil_json_first(&r->json, v) : v; at;
         at = is_array ? peil_json_next(&r->json, at) : NULL) {
        if (!is_string(at)) return refuse(at, "a text stands in a request", fault);
        r->words[r->nwords++] = text_of(r, at);
        out->n++;
    }
    return PEIL_OK;
}

static peil_status take_number(const peil_replay *r, const value *v, const peil_request_key *key,
                               void *field, peil_fault *fault) {
    const char *text = is_string(v) ? text_of(r, v) : "";
    peil_decimal number;
    if (!peil_decimal_read(text, strlen(text), &number))
        return refuse(v, "this is no number", fault);
    const double real = (double)peil_decimal_real(number);
    if (!(real >= key->low && real <= key->high)) return refuse(v, "this is no such number", fault);
    if (key->kind == PEIL_KEY_WHOLE)
        *(int *)field = (int)real;
    else
        *(double *)field = real;
    return PEIL_OK;
}

static peil_status take_key(peil_replay *r, const value *v, const peil_request_key *key,
                            peil_fault *fault) {
    void *field = (char *)&r->request + key->offset;
    if (key->kind == PEIL_KEY_WORDS) return take_words(r, v, field, fault);
    if (key->kind == PEIL_KEY_NUMBER || key->kind == PEIL_KEY_WHOLE)
        return take_number(r, v, key, field, fault);
    if (!is_string(v)) return refuse(v, "a text stands in a request", fault);
    if (key->kind == PEIL_KEY_FLAG)
        *(bool *)field = strcmp(text_of(r, v), "yes") == 0;
    else
        *(const char **)field = text_of(r, v);
    return PEIL_OK;
}

static bool is_hash(const char *name) {
    const size_t length = strlen(name), end = strlen(HASH_OF);
    return length > end && strcmp(name + length - end, HASH_OF) == 0;
}

/* A file that goes with the request has its hash beside it. */
static bool has_hash(const peil_replay *r, const value *request, const char *name) {
    char hash[64];
    snprintf(hash, sizeof hash, "%s" HASH_OF, name);
    return member(r, request, hash) != NULL;
}

static peil_status take_member(peil_replay *r, const value *request, const value *v,
                               peil_fault *fault) {
    const char *name = peil_json_name(&r->json, v);
    const peil_request_key *key = peil_request_key_find(name);
    if (key) return take_key(r, v, key, fault);
    if (strcmp(name, "monitor") == 0) return take_words(r, v, &r->request.files, fault);
    if (is_hash(name) || has_hash(r, request, name)) return PEIL_OK;
    if (strcmp(name, "lang") != 0 || !is_string(v))
        return refuse(v, "the request has a word that this version does not know", fault);
    r->request.language = strcmp(text_of(r, v), "nl") == 0 ? PEIL_DUTCH : PEIL_ENGLISH;
    r->request.language_is_chosen = true;
    return PEIL_OK;
}

/* The data are the inputs; those of a monitor are its own. */
static peil_status take_files(peil_replay *r, const value *inputs, peil_fault *fault) {
    const char **first = &r->words[r->nwords];
    size_t n = 0;
    for (const value *at = peil_json_first(&r->json, inputs); at;
         at = peil_json_next(&r->json, at)) {
        const value *file = member(r, at, "file");
        if (!is_string(file)) return refuse(at, "an input has no file", fault);
        r->words[r->nwords++] = text_of(r, file);
        n++;
    }
    if (r->request.files.n == 0) r->request.files = (peil_words){n, first};
    return PEIL_OK;
}

static peil_status take_result(peil_replay *r, peil_fault *fault) {
    const value *root = peil_json_root(&r->json);
    const value *version = member(r, root, "peil"), *command = member(r, root, "command");
    const value *provenance = member(r, root, "provenance");
    const value *inputs = member(r, provenance, "inputs");
    const value *request = member(r, provenance, "request");
    if (!version || version->kind != PEIL_JSON_NUMBER || strcmp(text_of(r, version), "1") != 0 ||
        !is_string(command) || !is_string(member(r, provenance, "version")) || !inputs ||
        inputs->kind != PEIL_JSON_ARRAY || !request || request->kind != PEIL_JSON_OBJECT)
        return refuse(root, "this is no result of peil in json", fault);
    r->command = text_of(r, command);
    PEIL_TRY(peil_array_make(&r->words, r->json.count, sizeof *r->words, fault));
    for (const value *at = peil_json_first(&r->json, request); at;
         at = peil_json_next(&r->json, at))
        PEIL_TRY(take_member(r, request, at, fault));
    return take_files(r, inputs, fault);
}

peil_status peil_replay_read(const char *name, peil_replay *out, peil_fault *fault) {
    char sha256[65];
    *out = (peil_replay){.name = name};
    PEIL_TRY(peil_stored_text(name, RESULT_BYTES, &out->text, sha256, fault));
    peil_status status = peil_json_read_large(out->text.bytes, out->text.length, &out->json, fault);
    if (status == PEIL_OK) status = take_result(out, fault);
    if (status != PEIL_OK && fault) snprintf(fault->file, sizeof fault->file, "%s", name);
    return status;
}

void peil_replay_clear(peil_replay *replay) {
    peil_text_clear(&replay->text);
    peil_json_clear(&replay->json);
    free(replay->words);
    *replay = (peil_replay){0};
}

/* ---- the report ---- */

/* What was recorded and what it is now; NULL: there is none. */
static peil_status add_row(peil_report *report, const char *check, const char *name,
                           const char *recorded, const char *now, bool is_same, peil_fault *fault) {
    const char *const texts[] = {check, name, recorded, now};
    const size_t n = sizeof texts / sizeof *texts;
    peil_cell *cells;
    PEIL_TRY(peil_report_row(report, PEIL_UNIT_NONE, &cells, fault));
    for (size_t i = 0; i < n; i++)
        if (texts[i]) PEIL_TRY(peil_cell_text(&cells[i], texts[i], false, fault));
    peil_cell_count(&cells[n], is_same);
    report->differs = report->differs || !is_same;
    return PEIL_OK;
}

/* ---- the files ---- */

/* Files at hand. */
typedef struct checking {
    const peil_replay *replay;
    peil_report *report;
    bool is_same;
} checking;

static peil_status check_file(checking *c, const value *file, const value *hash,
                              peil_fault *fault) {
    char now[65];
    if (!is_string(file) || !is_string(hash)) return PEIL_OK;
    const char *name = text_of(c->replay, file), *recorded = text_of(c->replay, hash);
    if (strcmp(name, "-") == 0) return PEIL_OK; /* it can be read once */
    PEIL_TRY(peil_source_check_again(name, fault));
    PEIL_TRY(peil_stored_sha256(name, now, fault));
    const bool is_same = strcmp(recorded, now) == 0;
    c->is_same = c->is_same && is_same;
    return add_row(c->report, "input", name, recorded, now, is_same, fault);
}

/* Every object with a file and its hash, however deep: inputs, and the schemas beside them. */
static peil_status check_files(checking *c, const value *v, peil_fault *fault) {
    const peil_json *json = &c->replay->json;
    PEIL_TRY(check_file(c, member(c->replay, v, "file"), member(c->replay, v, "sha256"), fault));
    if (v->kind != PEIL_JSON_ARRAY && v->kind != PEIL_JSON_OBJECT) return PEIL_OK;
    for (const value *at = peil_json_first(json, v); at; at = peil_json_next(json, at))
        PEIL_TRY(check_files(c, at, fault));
    return PEIL_OK;
}

static const value *first_of(const peil_json *json, const value *v) {
    return v && v->kind == PEIL_JSON_ARRAY ? peil_json_first(json, v) : v;
}

static const value *next_of(const peil_json *json, const value *list, const value *v) {
    return list->kind == PEIL_JSON_ARRAY ? peil_json_next(json, v) : NULL;
}

/* One file and its hash, or as many of both. */
static peil_status check_pairs(checking *c, const value *files, const value *hashes,
                               peil_fault *fault) {
    const peil_json *json = &c->replay->json;
    const value *file = first_of(json, files), *hash = first_of(json, hashes);
    while (file && hash) {
        PEIL_TRY(check_file(c, file, hash, fault));
        file = next_of(json, files, file);
        hash = next_of(json, hashes, hash);
    }
    return PEIL_OK;
}

/* The files of the request itself: "monitor" has "monitor-sha256" beside it. */
static peil_status check_request(checking *c, const value *request, peil_fault *fault) {
    const peil_json *json = &c->replay->json;
    for (const value *at = peil_json_first(json, request); at; at = peil_json_next(json, at)) {
        const char *name = peil_json_name(json, at);
        char file[64];
        if (!is_hash(name)) continue;
        snprintf(file, sizeof file, "%.*s", (int)(strlen(name) - strlen(HASH_OF)), name);
        PEIL_TRY(check_pairs(c, member(c->replay, request, file), at, fault));
    }
    return PEIL_OK;
}

static peil_status begin(peil_report *report, peil_fault *fault) {
    static const char *const columns[] = {"check", "name", "recorded", "recomputed", "same"};
    for (size_t i = 0; i < sizeof columns / sizeof *columns; i++)
        PEIL_TRY(peil_report_column(report, columns[i], fault));
    return PEIL_OK;
}

peil_status peil_replay_check(const peil_replay *r, peil_report *report, bool *is_same,
                              peil_fault *fault) {
    checking c = {r, report, true};
    const bool is_dutch = report->language == PEIL_DUTCH;
    const value *provenance = member(r, peil_json_root(&r->json), "provenance");
    const char *version = text_of(r, member(r, provenance, "version"));
    PEIL_TRY(begin(report, fault));
    PEIL_TRY(add_row(report, "version", NULL, version, PEIL_VERSION,
                     strcmp(version, PEIL_VERSION) == 0, fault));
    PEIL_TRY(check_request(&c, member(r, provenance, "request"), fault));
    PEIL_TRY(check_files(&c, member(r, provenance, "inputs"), fault));
    *is_same = c.is_same;
    if (c.is_same) return PEIL_OK;
    return peil_report_note(report, fault,
                            is_dutch ? "invoer is veranderd, dus er is niets opnieuw berekend"
                                     : "inputs changed, so that nothing was computed");
}

/* ---- the bytes ---- */

/* Two results, and how to get to what differs first, as jq writes it. */
typedef struct search {
    const peil_json *a, *b;
    const value *at_a, *at_b; /* NULL: there is none */
    peil_text path;
} search;

static bool is_nested(const value *v) {
    return v->kind == PEIL_JSON_ARRAY || v->kind == PEIL_JSON_OBJECT;
}

static void add_step(search *s, const value *x, const value *y, bool is_array, size_t i) {
    if (is_array)
        peil_text_add_format(&s->path, "[%zu]", i);
    else
        peil_text_add_format(&s->path, ".%s",
                             x ? peil_json_name(s->a, x) : peil_json_name(s->b, y));
}

static bool has_other_name(const search *s, const value *x, const value *y) {
    return x && y && strcmp(peil_json_name(s->a, x), peil_json_name(s->b, y)) != 0;
}

static bool find_difference(search *s, const value *a, const value *b) {
    s->at_a = a;
    s->at_b = b;
    if (!a || !b || a->kind != b->kind) return true;
    if (a->kind == PEIL_JSON_NUMBER || a->kind == PEIL_JSON_STRING)
        return strcmp(peil_json_text(s->a, a), peil_json_text(s->b, b)) != 0;
    if (!is_nested(a)) return false;
    const bool is_array = a->kind == PEIL_JSON_ARRAY;
    const value *x = peil_json_first(s->a, a), *y = peil_json_first(s->b, b);
    for (size_t i = 0; x || y; i++) {
        const size_t length = s->path.length;
        add_step(s, x, y, is_array, i);
        if (!is_array && has_other_name(s, x, y)) y = NULL;
        if (find_difference(s, x, y)) return true;
        s->path.length = length;
        x = peil_json_next(s->a, x);
        y = peil_json_next(s->b, y);
    }
    return false;
}

/* A value in a few words; NULL where there is none. */
static const char *show(const peil_json *json, const value *v) {
    if (!v) return NULL;
    const bool has_text = v->kind == PEIL_JSON_NUMBER || v->kind == PEIL_JSON_STRING;
    return has_text ? peil_json_text(json, v) : peil_json_kind_name(v->kind);
}

/* Results that say the same in other bytes were not written by peil, or changed by hand. */
static peil_status tell_difference(search *s, peil_report *report, peil_fault *fault) {
    const bool found = find_difference(s, peil_json_root(s->a), peil_json_root(s->b));
    const char *path = found ? s->path.bytes : "layout";
    if (s->path.failed) return peil_fail_memory(fault);
    PEIL_TRY(add_row(report, "difference", path, found ? show(s->a, s->at_a) : NULL,
                     found ? show(s->b, s->at_b) : NULL, false, fault));
    const bool is_dutch = report->language == PEIL_DUTCH;
    return peil_report_note(
        report, fault, is_dutch ? "wat het eerst verschilt: %s" : "what differs first: %s", path);
}

static peil_status tell_agreement(peil_report *report, peil_fault *fault) {
    const bool is_dutch = report->language == PEIL_DUTCH;
    return peil_report_note(
        report, fault,
        is_dutch ? "opnieuw berekend: dezelfde bytes" : "made again: the same bytes");
}

peil_status peil_replay_compare(const peil_replay *r, const peil_text *now, peil_report *report,
                                peil_fault *fault) {
    const bool is_same =
        r->text.length == now->length && memcmp(r->text.bytes, now->bytes, now->length) == 0;
    char sizes[2][32];
    snprintf(sizes[0], sizeof sizes[0], "%zu", r->text.length);
    snprintf(sizes[1], sizeof sizes[1], "%zu", now->length);
    PEIL_TRY(add_row(report, "bytes", r->name, sizes[0], sizes[1], is_same, fault));
    if (is_same) return tell_agreement(report, fault);
    peil_json made = {0};
    search s = {.a = &r->json, .b = &made};
    peil_status status = peil_json_read_large(now->bytes, now->length, &made, fault);
    if (status == PEIL_OK) status = tell_difference(&s, report, fault);
    peil_text_clear(&s.path);
    peil_json_clear(&made);
    return status;
}
