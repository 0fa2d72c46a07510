/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Markdown as GitHub reads it: the table for people, its notes, and at the foot where the figures
 * come from. */
#include <string.h>

#include "core/number.h"
#include "write/glyph.h"
#include "write/layout.h"
#include "write/words.h"
#include "write/write.h"

static bool is_letter_or_digit(char c) {
    const unsigned char byte = (unsigned char)c;
    const unsigned char lower = byte | 32;
    return (lower >= 'a' && lower <= 'z') || (byte >= '0' && byte <= '9') || byte >= 0x80;
}

/* Adds visible text so that Markdown shows it as it is. An underscore inside a name is plain. */
static void add_plain(peil_text *out, const char *text) {
    for (const char *at = text; *at; at++) {
        const bool is_inside = at > text && is_letter_or_digit(at[-1]) && is_letter_or_digit(at[1]);
        const bool is_marked = strchr("\\|`*[]<>~&$#", *at) || (*at == '_' && !is_inside);
        if (*at == '\n') {
            peil_text_add(out, " ");
            continue;
        }
        if (is_marked) peil_text_add(out, "\\");
        peil_text_add_bytes(out, at, 1);
    }
}

/* The same for text that is not yet made visible. */
static void add_foreign(peil_text *out, const char *text) {
    peil_text visible = {0};
    peil_glyph_add_visible(&visible, text);
    if (!visible.failed && visible.bytes) add_plain(out, visible.bytes);
    out->failed = out->failed || visible.failed;
    peil_text_clear(&visible);
}

/* The heading and the line under it that makes a table of it. */
static void add_heading(const peil_layout *layout, size_t first, peil_text *out) {
    for (size_t i = 0; i < layout->ncolumns; i++) {
        if (!layout->columns[i].is_shown) continue;
        peil_text_add(out, "| ");
        add_plain(out, peil_layout_heading(layout, first, i));
        peil_text_add(out, " ");
    }
    peil_text_add(out, "|\n");
    for (size_t i = 0; i < layout->ncolumns; i++) {
        if (!layout->columns[i].is_shown) continue;
        peil_text_add(out, layout->columns[i].is_right ? "|---:" : "|---");
    }
    peil_text_add(out, "|\n");
}

static void add_row(const peil_layout *layout, size_t row, peil_text *out) {
    for (size_t i = 0; i < layout->ncolumns; i++) {
        if (!layout->columns[i].is_shown) continue;
        peil_text_add(out, "| ");
        add_plain(out, peil_layout_text(layout, row, i));
        peil_text_add(out, " ");
    }
    peil_text_add(out, "|\n");
}

/* Lines that each end in a line feed, as a list of their own lines. */
static void add_lines(const peil_text *lines, peil_text *out) {
    for (const char *at = lines->length ? lines->bytes : ""; *at; at += strcspn(at, "\n") + 1) {
        peil_text line = {0};
        peil_text_add_bytes(&line, at, strcspn(at, "\n"));
        peil_text_add(out, "- ");
        if (!line.failed) add_foreign(out, line.bytes);
        peil_text_add(out, "\n");
        out->failed = out->failed || line.failed;
        peil_text_clear(&line);
    }
    if (lines->length) peil_text_add(out, "\n");
}

static void add_title(const peil_layout *layout, size_t first, peil_text *out) {
    const peil_section *section = peil_report_section_of(layout->report, first);
    if (!layout->is_grouped) return;
    peil_text_add(out, "### ");
    if (section)
        add_foreign(out, section->title);
    else
        add_plain(out, peil_layout_text(layout, first, 0));
    peil_text_add(out, "\n\n");
    if (section) add_lines(&section->head, out);
}

static void add_groups(peil_layout *layout, peil_text *out) {
    for (size_t first = 0; first < layout->report->nrows;) {
        const size_t end = peil_layout_group(layout, first);
        const peil_section *section = peil_report_section_of(layout->report, first);
        add_title(layout, first, out);
        add_heading(layout, first, out);
        for (size_t row = first; row < end; row++) add_row(layout, row, out);
        peil_text_add(out, "\n");
        if (section) add_lines(&section->tail, out);
        first = end;
    }
}

static void add_notes(const peil_report *report, peil_language language, peil_text *out) {
    for (size_t i = 0; i < report->nnotes; i++) {
        peil_text_add_format(out, "%s: ", peil_word("Note", language));
        add_foreign(out, report->notes[i]);
        peil_text_add(out, "\n\n");
    }
}

/* Whether some record stood outside the sample, so that its size is worth a column. */
static bool is_sampled(const peil_report *report) {
    for (size_t i = 0; i < report->ninputs; i++) {
        if (report->inputs[i].sample != report->inputs[i].records) return true;
    }
    return false;
}

static void add_input(const peil_input *input, bool has_sample, peil_language language,
                      peil_text *out) {
    peil_text_add(out, "| ");
    add_foreign(out, input->name);
    peil_text_add(out, " | ");
    peil_number_add_count(out, input->records, language);
    if (has_sample) {
        peil_text_add(out, " | ");
        peil_number_add_count(out, input->sample, language);
    }
    peil_text_add_format(out, " | %s |\n", input->sha256);
}

static void add_inputs(const peil_report *report, peil_language language, peil_text *out) {
    const bool has_sample = is_sampled(report);
    peil_text_add_format(out, "\n| %s | records |", peil_word("input", language));
    if (has_sample) peil_text_add_format(out, " %s |", peil_word("in the sample", language));
    peil_text_add(out,
                  has_sample ? " sha256 |\n|---|---:|---:|---|\n" : " sha256 |\n|---|---:|---|\n");
    for (size_t i = 0; i < report->ninputs; i++) {
        add_input(&report->inputs[i], has_sample, language, out);
    }
}

/* The indicator or else the measure, and how many rows each filter leaves. */
static void add_count(const peil_counts *counts, peil_language language, peil_text *out) {
    const uint64_t numbers[] = {counts->records, counts->sample, counts->domain, counts->valid};
    const char *indicator = peil_facts_find(&counts->about, "indicator");
    peil_text_add(out, "| ");
    add_foreign(out, indicator ? indicator : peil_facts_find(&counts->about, "measure"));
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++) {
        peil_text_add(out, " | ");
        peil_number_add_count(out, numbers[i], language);
    }
    peil_text_add(out, " |\n");
}

static void add_counts(const peil_report *report, peil_language language, peil_text *out) {
    if (report->ncounts == 0) return;
    peil_text_add_format(out, "\n| %s | records | %s | %s | %s |\n|---|---:|---:|---:|---:|\n",
                         peil_word("figure", language), peil_word("in the sample", language),
                         peil_word("in the domain", language),
                         peil_word("valid answers", language));
    for (size_t i = 0; i < report->ncounts; i++) add_count(&report->counts[i], language, out);
}

/* "- method: weight weging; strata jaar; ..." */
static void add_facts(const char *what, const peil_facts *facts, peil_text *out) {
    if (facts->n == 0) return;
    peil_text_add_format(out, "- %s: ", what);
    for (size_t i = 0; i < facts->n; i++) {
        peil_text_add_format(out, "%s%s ", i ? "; " : "", facts->words[2 * i]);
        add_foreign(out, facts->words[2 * i + 1]);
    }
    peil_text_add(out, "\n");
}

static void add_provenance(const peil_report *report, peil_language language, peil_text *out) {
    peil_text_add(out, "---\n\npeil " PEIL_VERSION "\n");
    if (report->ninputs == 0) return;
    add_inputs(report, language, out);
    add_counts(report, language, out);
    if (report->nmethods || report->request.n) peil_text_add(out, "\n");
    for (size_t i = 0; i < report->nmethods; i++) {
        add_facts(peil_word("method", language), &report->methods[i], out);
    }
    add_facts(peil_word("request", language), &report->request, out);
}

static void render(const peil_report *report, const peil_style *style, peil_text *out) {
    peil_layout layout;
    peil_layout_make(report, style, false, 0, &layout);
    if (report->title) {
        peil_text_add(out, "## ");
        add_foreign(out, report->title);
        peil_text_add(out, "\n\n");
    }
    if (layout.pool.failed) {
        out->failed = true;
    } else if (report->nrows == 0) {
        peil_text_add_format(out, "%s\n\n", peil_word("No results.", style->language));
    } else {
        add_groups(&layout, out);
    }
    add_notes(report, style->language, out);
    add_provenance(report, style->language, out);
    peil_layout_clear(&layout);
}

const peil_writer peil_writer_md = {
    .name = "md",
    .help = "the table for people as Markdown, with provenance",
    .write = render,
    .shows_notes = true,
    .wants_hashes = true,
};
