/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/file_note.h"

#include <inttypes.h>
#include <string.h>

#include "core/array.h"
#include "core/text.h"

peil_status peil_input_describe(peil_input *input, const peil_header *header, peil_fault *fault) {
    input->encoding = header->encoding;
    input->encoding_is_guess = header->encoding_is_guess;
    if (!header->schema) return PEIL_OK;
    memcpy(input->schema_sha256, header->schema_sha256, sizeof input->schema_sha256);
    return peil_string_copy(header->schema, strlen(header->schema), &input->schema, fault);
}

peil_status peil_input_take_hierarchy(peil_input *input, const peil_hierarchy *hierarchy,
                                      peil_fault *fault) {
    if (!hierarchy->file) return PEIL_OK;
    memcpy(input->hierarchy_sha256, hierarchy->sha256, sizeof input->hierarchy_sha256);
    return peil_string_copy(hierarchy->file, strlen(hierarchy->file), &input->hierarchy, fault);
}

peil_status peil_note_encoding(const peil_input *input, peil_language language, peil_report *report,
                               peil_fault *fault) {
    if (!input->encoding_is_guess) return PEIL_OK;
    return peil_report_note(
        report, fault,
        language == PEIL_DUTCH
            ? "%s: de codering is geraden: %s, want het bestand noemt er geen en is geen UTF-8; "
              "--encoding geeft een andere"
            : "%s: the encoding is a guess: %s, as the file names none and is no UTF-8; --encoding "
              "gives another",
        input->name, input->encoding);
}

/* ---- describe ---- */

static void add_separator(char delimiter, bool is_dutch, peil_text *out) {
    static const struct {
        char mark;
        const char *word[2]; /* by language */
    } words[] = {{',', {"a comma", "een komma"}},
                 {';', {"a semicolon", "een puntkomma"}},
                 {'\t', {"a tab", "een tab"}}};
    size_t i = 0;
    while (i < sizeof words / sizeof *words && words[i].mark != delimiter) i++;
    peil_text_add(out, is_dutch ? ", gescheiden door " : ", separated by ");
    if (i < sizeof words / sizeof *words)
        peil_text_add(out, words[i].word[is_dutch]);
    else
        peil_text_add_bytes(out, &delimiter, 1);
}

/* What stands in every file goes without saying. */
static void add_marks(const peil_header *header, bool is_dutch, peil_text *out) {
    if (!header->delimiter) return;
    add_separator(header->delimiter, is_dutch, out);
    if (header->quote && header->quote != '"')
        peil_text_add_format(out, is_dutch ? ", aanhalingsteken %c" : ", quotes %c", header->quote);
    if (header->decimal == ',')
        peil_text_add(out, is_dutch ? ", decimale komma" : ", decimal comma");
}

peil_status peil_note_file(const peil_input *input, const peil_header *header,
                           peil_language language, peil_report *report, peil_fault *fault) {
    static const char *const variables[2][2] = {{"variable", "variables"},
                                                {"variabele", "variabelen"}};
    const bool is_dutch = language == PEIL_DUTCH;
    peil_text text = {0};
    peil_text_add_format(&text, "%s: %s", input->name, header->format);
    add_marks(header, is_dutch, &text);
    if (header->encoding) peil_text_add_format(&text, ", %s", header->encoding);
    peil_text_add_format(&text, ", %" PRIu64 " record%s, %zu %s", input->records,
                         input->records == 1 ? "" : "s", header->nvariables,
                         variables[is_dutch][header->nvariables != 1]);
    if (input->schema) peil_text_add_format(&text, ", schema %s", input->schema);
    const peil_status status =
        text.failed ? peil_fail_memory(fault) : peil_report_note(report, fault, "%s", text.bytes);
    peil_text_clear(&text);
    return status == PEIL_OK ? peil_note_encoding(input, language, report, fault) : status;
}
