/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "read/dialect.h"

#include <stdint.h>
#include <string.h>
#include <strings.h>

/* The separators that are looked for, in the order in which equals are taken: commas also stand in
 * numbers and in sentences. */
static const char separators[] = {'\t', ';', '|', ','};

enum { SEPARATORS = sizeof separators };

/* How often a separator stands in the records of the head. */
typedef struct fit {
    size_t header;                  /* in the first record */
    size_t first;                   /* in the first one behind it */
    size_t like_header, like_first; /* records behind the first with as many */
    size_t records;                 /* behind the first */
} fit;

/* What a byte is: the number of a candidate, or one of these. */
enum { TEXT = SEPARATORS, BLANK, QUOTE, END, CLASSES };

typedef struct survey {
    char candidates[SEPARATORS];
    size_t ncandidates;
    char quote;
    size_t header_end; /* 0: the first record is not whole */
    fit fits[SEPARATORS];
} survey;

static void classify(const survey *s, uint8_t classes[256]) {
    memset(classes, TEXT, 256);
    classes[' '] = classes['\t'] = BLANK;
    classes['\r'] = classes['\n'] = END;
    classes[(unsigned char)s->quote] = QUOTE;
    for (size_t k = 0; k < s->ncandidates; k++)
        classes[(unsigned char)s->candidates[k]] = (uint8_t)k;
}

static void add_record(survey *s, const size_t counts[CLASSES]) {
    for (size_t k = 0; k < s->ncandidates; k++) {
        fit *f = &s->fits[k];
        if (s->header_end == 0) {
            f->header = counts[k];
            continue;
        }
        if (f->records++ == 0) f->first = counts[k];
        f->like_header += counts[k] == f->header;
        f->like_first += counts[k] == f->first;
    }
}

/* Blank lines are no records. */
static void end_record(survey *s, size_t counts[CLASSES], size_t end) {
    size_t something = counts[TEXT] + counts[QUOTE];
    for (size_t k = 0; k < s->ncandidates; k++) something += counts[k];
    if (something) {
        add_record(s, counts);
        if (s->header_end == 0) s->header_end = end;
    }
    memset(counts, 0, CLASSES * sizeof *counts);
}

/* Counts separators outside quotes. In a sound file a quote either opens, closes or is half of a
 * doubled one, so that it is enough to know whether an even number came before. */
static void count(survey *s, const char *text, size_t length, bool is_whole) {
    uint8_t classes[256];
    size_t counts[CLASSES] = {0};
    bool is_quoted = false;
    classify(s, classes);
    for (size_t i = 0; i < length; i++) {
        const uint8_t class = classes[(unsigned char)text[i]];
        if (class == QUOTE)
            is_quoted = !is_quoted;
        else if (is_quoted)
            continue;
        counts[class]++;
        if (class == END) end_record(s, counts, i + 1);
    }
    if (is_whole && !is_quoted) end_record(s, counts, length);
}

/* Fewer records that differ from the header, then more fields in the header. */
static bool is_better(const fit *a, const fit *b) {
    const size_t misfits = a->records - a->like_header, others = b->records - b->like_header;
    if (a->header == 0 || b->header == 0) return a->header > b->header;
    return misfits != others ? misfits < others : a->header > b->header;
}

static const fit *best_of(const survey *s) {
    const fit *best = &s->fits[0];
    for (size_t k = 1; k < s->ncandidates; k++)
        if (is_better(&s->fits[k], best)) best = &s->fits[k];
    return best;
}

static bool fits_all(const fit *f) {
    return f->header && f->like_header == f->records;
}

/* The header is one field. When all other records have several, alike, it is no header of theirs,
 * and their separator tells so. */
static char single_or_headless(const survey *s) {
    for (size_t k = 0; k < s->ncandidates; k++) {
        const fit *f = &s->fits[k];
        if (f->records && f->first && f->like_first == f->records) return s->candidates[k];
    }
    return '\0';
}

static char delimiter_of(const survey *s) {
    const fit *best = best_of(s);
    return best->header ? s->candidates[best - s->fits] : single_or_headless(s);
}

static survey look(const char *text, size_t length, bool is_whole, char delimiter, char quote) {
    survey s = {.ncandidates = delimiter ? 1 : SEPARATORS, .quote = quote};
    memcpy(s.candidates, delimiter ? &delimiter : separators, s.ncandidates);
    count(&s, text, length, is_whole);
    return s;
}

static bool is_line_end(char c) {
    return c == '\r' || c == '\n';
}

static bool is_space(char c) {
    return c == ' ' || c == '\t' || is_line_end(c);
}

static bool is_between(const char *line, size_t length, char quote) {
    while (length && is_space(line[length - 1])) length--;
    while (length && is_space(*line)) line++, length--;
    return length > 1 && line[0] == quote && line[length - 1] == quote;
}

/* Names are words, so that a first line between apostrophes is quoted by them; a record that has
 * the right number of fields only when apostrophes quote is so too. "'s-Gravenhage" is neither. */
static bool quotes_with_apostrophes(const char *text, const survey *with, const survey *without) {
    if (!with->header_end || !fits_all(best_of(with))) return false;
    return is_between(text, with->header_end, '\'') || !fits_all(best_of(without));
}

/* Excel's first line "sep=;" is for the reader, not of the table. 0: there is none. */
static size_t separator_line(const char *head, size_t length, char *delimiter) {
    static const char key[] = "sep=";
    const size_t n = sizeof key - 1;
    if (length < n + 2 || strncasecmp(head, key, n) != 0 || !is_line_end(head[n + 1])) return 0;
    if (!*delimiter) *delimiter = head[n];
    return n + 2 + (length > n + 2 && head[n + 1] == '\r' && head[n + 2] == '\n');
}

peil_dialect peil_dialect_find(const char *head, size_t length, bool is_whole, char delimiter) {
    peil_dialect found = {.quote = '"'};
    found.begin = separator_line(head, length, &delimiter);
    const char *text = length ? head + found.begin : head; /* there may be no bytes at all */
    length -= found.begin;
    survey s = look(text, length, is_whole, delimiter, '"');
    if (length && memchr(text, '\'', length)) {
        const survey other = look(text, length, is_whole, delimiter, '\'');
        if (quotes_with_apostrophes(text, &other, &s)) {
            found.quote = '\'';
            s = other;
        }
    }
    found.header = s.header_end;
    found.delimiter = delimiter ? delimiter : delimiter_of(&s);
    return found;
}
