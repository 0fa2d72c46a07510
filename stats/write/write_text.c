/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Text for people at a terminal: rounded, aligned by what is seen, a measure's rows under its
 * name. Nothing that comes from the data can steer the terminal. */
#include <string.h>

#include "write/cards.h"
#include "write/fold.h"
#include "write/glyph.h"
#include "write/layout.h"
#include "write/words.h"
#include "write/write.h"

static const char bold[] = "\033[1m", dim[] = "\033[2m", normal[] = "\033[0m";

/* What drawing one group needs. */
typedef struct canvas {
    peil_layout *layout;
    peil_text *out;
    bool colour;
    size_t width;      /* of the terminal; 0: none */
    size_t first, end; /* rows of the group */
} canvas;

static void add_spaces(peil_text *out, size_t n) {
    while (n-- > 0) peil_text_add(out, " ");
}

static size_t count_lines(const char *text, size_t width) {
    size_t n = 0;
    for (; *text; n++) text = peil_fold_next(text, peil_fold_length(text, width));
    return n;
}

/* The n-th line of a text, or an empty one; its bytes go to *length. */
static const char *find_line(const char *text, size_t width, size_t n, size_t *length) {
    *length = peil_fold_length(text, width);
    for (; n > 0 && *text; n--) {
        text = peil_fold_next(text, *length);
        *length = peil_fold_length(text, width);
    }
    return text;
}

/* Adds one line of one cell; `pending` holds the spaces that only matter when text follows. */
static void add_piece(peil_text *out, const peil_layout_column *column, const char *piece,
                      size_t length, size_t *pending) {
    const size_t width = peil_glyph_width(piece, length);
    const size_t padding = width < column->width ? column->width - width : 0;
    if (column->is_right) *pending += padding;
    if (length > 0) {
        add_spaces(out, *pending);
        peil_text_add_bytes(out, piece, length);
        *pending = 0;
    }
    if (!column->is_right) *pending += padding;
    *pending += PEIL_LAYOUT_GUTTER;
}

/* What stands in a column of a row; the heading is row `end`. */
static const char *text_of(const canvas *c, size_t row, size_t column) {
    if (row == c->end) return peil_layout_heading(c->layout, c->first, column);
    if (peil_layout_repeats(c->layout, c->first, row, column)) return "";
    return peil_layout_text(c->layout, row, column);
}

static size_t row_height(const canvas *c, size_t row) {
    size_t height = 1;
    for (size_t i = 0; i < c->layout->ncolumns; i++) {
        if (!c->layout->columns[i].is_drawn) continue;
        const size_t lines = count_lines(text_of(c, row, i), c->layout->columns[i].width);
        if (lines > height) height = lines;
    }
    return height;
}

/* Adds line n of a row. Headings stand on the rule under them, other cells begin at the top. */
static void add_line(const canvas *c, size_t row, size_t n, size_t height) {
    size_t pending = 0;
    for (size_t i = 0; i < c->layout->ncolumns; i++) {
        const peil_layout_column *column = &c->layout->columns[i];
        if (!column->is_drawn) continue;
        const char *text = text_of(c, row, i);
        const size_t above = row == c->end ? height - count_lines(text, column->width) : 0;
        size_t length = 0;
        const char *piece = n < above ? "" : find_line(text, column->width, n - above, &length);
        add_piece(c->out, column, piece, length, &pending);
    }
}

static void add_row(const canvas *c, size_t row) {
    const bool is_heading = row == c->end;
    const size_t height = row_height(c, row);
    for (size_t n = 0; n < height; n++) {
        if (c->colour && is_heading) peil_text_add(c->out, dim);
        add_line(c, row, n, height);
        if (c->colour && is_heading) peil_text_add(c->out, normal);
        peil_text_add(c->out, "\n");
    }
}

/* Adds lines that each end in a line feed. */
static void add_lines(const peil_text *lines, size_t width, peil_text *out) {
    for (const char *at = lines->length ? lines->bytes : ""; *at; at += strcspn(at, "\n") + 1) {
        peil_text line = {0}, visible = {0};
        peil_text_add_bytes(&line, at, strcspn(at, "\n"));
        peil_text_add(&line, "");
        if (!line.failed) peil_glyph_add_visible(&visible, line.bytes);
        if (!line.failed && !visible.failed) peil_fold_add(out, visible.bytes, width, 0, 2);
        out->failed = out->failed || line.failed || visible.failed;
        peil_text_clear(&line);
        peil_text_clear(&visible);
    }
}

/* A title may come from a file: what is unsafe in it is made visible. */
static void add_title(const canvas *c) {
    const peil_section *section = peil_report_section_of(c->layout->report, c->first);
    if (!c->layout->is_grouped) return;
    if (c->colour) peil_text_add(c->out, bold);
    if (section)
        peil_glyph_add_visible(c->out, section->title);
    else
        peil_text_add(c->out, peil_layout_text(c->layout, c->first, 0));
    if (c->colour) peil_text_add(c->out, normal);
    peil_text_add(c->out, "\n");
    if (section) add_lines(&section->head, c->width, c->out);
    peil_text_add(c->out, "\n");
}

static void add_tail(const canvas *c) {
    const peil_section *section = peil_report_section_of(c->layout->report, c->first);
    if (!section || !section->tail.length) return;
    peil_text_add(c->out, "\n");
    add_lines(&section->tail, c->width, c->out);
}

static void add_rule(const canvas *c) {
    if (c->colour) peil_text_add(c->out, dim);
    for (size_t i = peil_layout_width(c->layout); i > 0; i--) peil_text_add(c->out, "\xE2\x94\x80");
    if (c->colour) peil_text_add(c->out, normal);
    peil_text_add(c->out, "\n");
}

/* What does not fit beside the rest of a row stands in rows of its own below, under the same keys.
 */
static void add_rows(const canvas *c) {
    for (size_t from = 0; from < c->layout->ncolumns;) {
        if (from > 0) peil_text_add(c->out, "\n");
        from = peil_layout_strip(c->layout, from, c->width);
        add_row(c, c->end);
        add_rule(c);
        for (size_t row = c->first; row < c->end; row++) add_row(c, row);
    }
}

/* Without a terminal, rows of figures stay whole; what has no figures is laid out for a page. */
static size_t strip_width(const peil_report *report, const peil_style *style) {
    const bool has_figures = report->units[0] != PEIL_UNIT_NONE;
    return has_figures ? style->width : peil_fold_width(style->width);
}

static void add_groups(peil_layout *layout, const peil_style *style, peil_text *out) {
    const size_t width = strip_width(layout->report, style);
    for (size_t first = 0; first < layout->report->nrows;) {
        const size_t end = peil_layout_group(layout, first);
        const canvas c = {layout, out, style->colour, width, first, end};
        if (first > 0) peil_text_add(out, "\n\n");
        add_title(&c);
        add_rows(&c);
        add_tail(&c);
        first = end;
    }
}

static void add_note(const char *note, const peil_style *style, peil_text *out) {
    peil_text line = {0};
    peil_text_add(&line, peil_word("Note", style->language));
    peil_text_add(&line, ": ");
    peil_glyph_add_visible(&line, note);
    peil_fold_add(out, line.failed ? "" : line.bytes, style->width, 0, 2);
    out->failed = out->failed || line.failed;
    peil_text_clear(&line);
}

static void add_table(const peil_report *report, const peil_style *style, peil_text *out) {
    peil_layout layout;
    peil_layout_make(report, style, true, peil_fold_width(style->width), &layout);
    if (layout.pool.failed)
        out->failed = true;
    else
        add_groups(&layout, style, out);
    peil_layout_clear(&layout);
}

static void add_report_title(const peil_report *report, const peil_style *style, peil_text *out) {
    if (!report->title) return;
    if (style->colour) peil_text_add(out, bold);
    peil_glyph_add_visible(out, report->title);
    if (style->colour) peil_text_add(out, normal);
    peil_text_add(out, "\n\n\n");
}

static void render(const peil_report *report, const peil_style *style, peil_text *out) {
    add_report_title(report, style, out);
    if (report->nrows == 0) {
        peil_text_add(out, peil_word("No results.", style->language));
        peil_text_add(out, "\n");
    } else if (peil_cards_suit(report)) {
        peil_cards_add(report, style, out);
    } else {
        add_table(report, style, out);
    }
    if (report->nnotes > 0) peil_text_add(out, "\n");
    for (size_t i = 0; i < report->nnotes; i++) add_note(report->notes[i], style, out);
}

const peil_writer peil_writer_text = {
    .name = "text",
    .help = "rounded and aligned, for people",
    .write = render,
    .shows_notes = true,
};
