/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Stata's files. Those of Stata 13 and later (releases 117 to 119) are marked like XML and end with
 * a mark; earlier ones end where they end. The format is described in "help dta" of Stata. */
#include <string.h>

#include "read/read_stat.h"

#define FIRST_MARK "<stata_dta><header><release>"
#define LAST_MARK "</stata_dta>"
#define MAP_ENTRIES 14

static bool is_marked(const char *head, size_t length) {
    return length >= sizeof FIRST_MARK - 1 && memcmp(head, FIRST_MARK, sizeof FIRST_MARK - 1) == 0;
}

/* Passes over a mark, and `length` bytes of what it marks. */
static bool pass(const peil_stat_file *file, uint64_t *at, const char *mark, uint64_t length) {
    char found[32];
    const size_t n = strlen(mark);
    if (!peil_stat_read_at(file, *at, found, n) || memcmp(found, mark, n) != 0) return false;
    *at += n + length;
    return true;
}

/* The length of a text, in so many bytes, that stands at `at`. */
static bool take_length(const peil_stat_file *file, uint64_t *at, size_t size, bool is_big_endian,
                        uint64_t *length) {
    unsigned char bytes[8];
    if (!peil_stat_read_at(file, *at, bytes, size)) return false;
    *length = peil_stat_number(bytes, size, is_big_endian);
    *at += size;
    return true;
}

/* The map says where each part is: the last mark, and the end of the file. */
static peil_stat_fault check_map(const peil_stat_file *file, int release) {
    uint64_t at = sizeof FIRST_MARK - 1 + 3, length;
    char order[3] = "", last[sizeof LAST_MARK - 1];
    unsigned char map[8 * MAP_ENTRIES];
    if (!pass(file, &at, "</release><byteorder>", 0) ||
        !peil_stat_read_at(file, at, order, sizeof order))
        return PEIL_STAT_DAMAGED;
    const bool is_big_endian = memcmp(order, "MSF", 3) == 0;
    at += sizeof order;
    if (!pass(file, &at, "</byteorder><K>", release == 119 ? 4 : 2) ||
        !pass(file, &at, "</K><N>", release == 117 ? 4 : 8) || !pass(file, &at, "</N><label>", 0) ||
        !take_length(file, &at, release == 117 ? 1 : 2, is_big_endian, &length))
        return PEIL_STAT_DAMAGED;
    at += length;
    if (!pass(file, &at, "</label><timestamp>", 0) ||
        !take_length(file, &at, 1, is_big_endian, &length))
        return PEIL_STAT_DAMAGED;
    at += length;
    if (!pass(file, &at, "</timestamp></header><map>", 0) ||
        !peil_stat_read_at(file, at, map, sizeof map))
        return PEIL_STAT_DAMAGED;
    const uint64_t end = peil_stat_number(map + 8 * (MAP_ENTRIES - 1), 8, is_big_endian);
    if (end > file->size) return PEIL_STAT_CUT;
    if (end < file->size) return PEIL_STAT_BEHIND;
    return peil_stat_read_at(file, end - sizeof last, last, sizeof last) &&
                   memcmp(last, LAST_MARK, sizeof last) == 0
               ? PEIL_STAT_NONE
               : PEIL_STAT_DAMAGED;
}

static peil_stat_fault survey(peil_stat_file *file, peil_stat_facts *facts) {
    char head[sizeof FIRST_MARK - 1 + 3];
    if (!peil_stat_read_at(file, 0, head, sizeof head)) return PEIL_STAT_CUT;
    if (!is_marked(head, sizeof head)) return PEIL_STAT_NONE;
    const char *digits = head + sizeof FIRST_MARK - 1;
    const int release = 100 * (digits[0] - '0') + 10 * (digits[1] - '0') + (digits[2] - '0');
    if (release < 117 || release > 119) return PEIL_STAT_VERSION;
    if (release >= 118) strcpy(facts->encoding, "UTF-8"); /* since Stata 14 */
    return check_map(file, release);
}

/* Files without marks hold sets of labels to their end, each of which begins with its length in 4
 * bytes: where nothing was left when more was asked for, it must have been that. Before release 110
 * ReadStat does not find the sets where they are. */
static peil_stat_fault finish(peil_stat_file *file, uint64_t row_bytes) {
    enum { FIRST_KNOWN = 110, LENGTH = 4 };
    char head[sizeof FIRST_MARK - 1];
    (void)row_bytes;
    if (!peil_stat_read_at(file, 0, head, sizeof head)) return PEIL_STAT_CUT;
    if (is_marked(head, sizeof head) || (unsigned char)head[0] < FIRST_KNOWN) return PEIL_STAT_NONE;
    if (file->was_short || file->missed != LENGTH) return PEIL_STAT_CUT;
    return file->at < file->size ? PEIL_STAT_BEHIND : PEIL_STAT_NONE;
}

/* %td and the older %d are days, %tc milliseconds; weeks, months, quarters, half-years and years
 * (%tw %tm %tq %th %ty) stay numbers, and so does %tC, which counts leap seconds. */
static const peil_clock *find_clock(const char *format) {
    static const peil_clock day = {PEIL_DAY_1960, 0, false}, moment = {PEIL_DAY_1960, 1000, true};
    if (*format++ != '%') return NULL;
    if (*format == '-') format++;
    if (strncmp(format, "td", 2) == 0 || *format == 'd') return &day;
    return strncmp(format, "tc", 2) == 0 ? &moment : NULL;
}

static const peil_stat_kind kind = {.parse = readstat_parse_dta,
                                    .survey = survey,
                                    .tells_records = true,
                                    .finish = finish,
                                    .clock = find_clock};

/* Before the marks: the release, the order of bytes (1 or 2), 1 and a filler. */
static bool detect(const char *head, size_t length) {
    if (is_marked(head, length)) return true;
    const unsigned char release = length >= 4 ? (unsigned char)head[0] : 0;
    return release >= 104 && release <= 115 && (head[1] == 1 || head[1] == 2) && head[2] == 1;
}

static peil_status open(peil_source *source, const char *head, size_t length,
                        const peil_reading *reading, void **state, peil_header *header,
                        peil_fault *fault) {
    (void)head;
    (void)length;
    return peil_stat_open(&kind, source, reading, state, header, fault);
}

const peil_format peil_format_dta = {
    .name = "dta",
    .help = "Stata: .dta",
    .detect = detect,
    .open = open,
    .next = peil_stat_next,
    .position = peil_stat_position,
    .size = peil_stat_size,
    .share = peil_stat_share,
    .stop = peil_stat_stop,
    .join = peil_stat_join,
    .free = peil_stat_free,
};
