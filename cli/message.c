/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "message.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "core/text.h"
#include "write/glyph.h"

/* Adds the message with its line ends: a measure that does not parse is shown over a line that
 * points at the place, both indented. Any other line end came with somebody's words. */
static void add_lines(peil_text *out, const char *message) {
    char line[sizeof((peil_fault *)0)->message];
    const char *end;
    while ((end = strstr(message, "\n  "))) {
        memcpy(line, message, (size_t)(end - message));
        line[end - message] = '\0';
        peil_glyph_add_visible(out, line);
        peil_text_add(out, "\n");
        message = end + 1;
    }
    peil_glyph_add_visible(out, message);
}

/* One write for the whole message, so that messages of several processes do not mix. */
static void say(peil_text *text) {
    peil_text_add(text, "\n");
    if (text->failed) {
        fputs("peil: out of memory\n", stderr);
    } else {
        fwrite(text->bytes, 1, text->length, stderr);
    }
    peil_text_clear(text);
}

int cli_message_fault(const peil_fault *fault) {
    if (!fault->message[0]) return (int)fault->status;
    peil_text text = {0};
    peil_text_add(&text, "peil: ");
    if (fault->file[0]) {
        peil_glyph_add_visible(&text, strcmp(fault->file, "-") ? fault->file : "standard input");
        peil_text_add(&text, ": ");
    }
    if (fault->line) peil_text_add_format(&text, "line %" PRIu64 ": ", fault->line);
    if (fault->record) peil_text_add_format(&text, "record %" PRIu64, fault->record);
    if (fault->row) peil_text_add_format(&text, " (row %" PRIu64 " with the header)", fault->row);
    if (fault->record) peil_text_add(&text, ": ");
    if (fault->variable[0]) {
        peil_text_add(&text, "variable ");
        peil_glyph_add_visible(&text, fault->variable);
        peil_text_add(&text, ": ");
    }
    if (fault->status == PEIL_EUSAGE) {
        add_lines(&text, fault->message);
    } else {
        peil_glyph_add_visible(&text, fault->message);
    }
    say(&text);
    return (int)fault->status;
}

void cli_message_note(const char *note) {
    peil_text text = {0};
    peil_text_add(&text, "peil: note: ");
    peil_glyph_add_visible(&text, note);
    say(&text);
}
