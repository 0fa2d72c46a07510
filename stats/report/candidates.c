/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/candidates.h"

#include <string.h>

void peil_candidate_add(peil_candidate *out, const peil_variable *about, const char *text,
                        bool is_apart) {
    const char *label = peil_variable_label_of(about, text);
    const bool is_quoted = strpbrk(text, " \t,=:'") != NULL;
    out->name = about->name;
    peil_text_add_format(&out->codes, "%s%s%s%s", out->codes.length ? " " : "",
                         is_quoted ? "\"" : "", text, is_quoted ? "\"" : "");
    peil_text_add_format(&out->shown, "%s%s%s%s", out->shown.length ? ", " : "", text,
                         label ? " " : "", label ? label : "");
    out->is_apart = out->is_apart || is_apart;
}

static bool is_same(const peil_candidate *a, const peil_candidate *b) {
    return a->codes.length == b->codes.length && a->shown.length == b->shown.length &&
           strcmp(a->codes.bytes, b->codes.bytes) == 0 &&
           strcmp(a->shown.bytes, b->shown.bytes) == 0;
}

/* A name as --missing reads it. */
static void add_name(const char *name, peil_text *out) {
    if (!strpbrk(name, " ,:`'\"")) {
        peil_text_add(out, name);
        return;
    }
    peil_text_add(out, "`");
    for (; *name; name++) peil_text_add_format(out, *name == '`' ? "``" : "%c", *name);
    peil_text_add(out, "`");
}

/* Adds the option, as a shell takes it, or the key of a monitor, as YAML does. */
static void add_option(const char *names, const char *codes, bool is_key, peil_text *out) {
    const char *quote = is_key ? "''" : "'\\''";
    peil_text_add(out, is_key ? "missing: '" : "--missing '");
    for (const char *parts[] = {names, ": ", codes}, **part = parts; part < parts + 3; part++)
        for (const char *at = *part; *at; at++)
            peil_text_add_bytes(out, *at == '\'' ? quote : at, *at == '\'' ? strlen(quote) : 1);
    peil_text_add(out, "'");
}

/* One note for all the variables from `first` on that have the same. */
static peil_status note_same(peil_candidate *all, size_t n, size_t first, bool is_dutch,
                             peil_report *report, peil_fault *fault) {
    peil_text names = {0}, option = {0};
    for (size_t i = first; i < n; i++) {
        if (!all[i].codes.length || all[i].is_told || !is_same(&all[first], &all[i])) continue;
        all[i].is_told = true;
        if (names.length) peil_text_add(&names, ", ");
        add_name(all[i].name, &names);
    }
    add_option(names.bytes ? names.bytes : "", all[first].codes.bytes, report->has_keys, &option);
    const char *apart = !all[first].is_apart ? ""
                        : is_dutch           ? " (ver van de andere waarden)"
                                             : " (far from the other values)";
    peil_status status =
        names.failed || option.failed
            ? peil_fail_memory(fault)
            : peil_report_note(
                  report, fault,
                  is_dutch
                      ? "misschien geen antwoord, maar niet opgegeven als ontbrekend: %s%s; zo "
                        "ja: %s"
                      : "perhaps no answer, but not declared missing: %s%s; if so: %s",
                  all[first].shown.bytes, apart, option.bytes);
    peil_text_clear(&names);
    peil_text_clear(&option);
    return status;
}

peil_status peil_candidates_note(peil_candidate *all, size_t n, peil_language language,
                                 peil_report *report, peil_fault *fault) {
    for (size_t i = 0; i < n; i++)
        if (all[i].codes.failed || all[i].shown.failed) return peil_fail_memory(fault);
    for (size_t i = 0; i < n; i++)
        if (all[i].codes.length && !all[i].is_told)
            PEIL_TRY(note_same(all, n, i, language == PEIL_DUTCH, report, fault));
    return PEIL_OK;
}

void peil_candidates_clear(peil_candidate *all, size_t n) {
    for (size_t i = 0; i < n; i++) {
        peil_text_clear(&all[i].codes);
        peil_text_clear(&all[i].shown);
    }
}
