/* SPDX-License-Identifier: GPL-3.0-or-later */
/* SPSS's portable files: lines of 80 characters, numbers to the base 30, a Z behind the last row.
 * ReadStat translates the text by the file's own table. */
#include <string.h>

#include "read/read_stat.h"

static peil_stat_fault survey(peil_stat_file *file, peil_stat_facts *facts) {
    (void)file;
    strcpy(facts->encoding, "UTF-8"); /* of what ReadStat makes of it */
    return PEIL_STAT_NONE;
}

/* The last line is filled up with Z. */
static peil_stat_fault finish(peil_stat_file *file, uint64_t row_bytes) {
    char bytes[256];
    (void)row_bytes;
    while (file->at < file->size) {
        const uint64_t left = file->size - file->at;
        const size_t n = left < sizeof bytes ? (size_t)left : sizeof bytes;
        if (!peil_stat_read_at(file, file->at, bytes, n)) return PEIL_STAT_CUT;
        for (size_t i = 0; i < n; i++)
            if (!memchr("Z \r\n\x1A", bytes[i], 5)) return PEIL_STAT_BEHIND;
        file->at += n;
    }
    return PEIL_STAT_NONE;
}

static const peil_clock *find_clock(const char *format) {
    return peil_stat_sav.clock(format);
}

static const peil_stat_kind kind = {
    .parse = readstat_parse_por, .survey = survey, .finish = finish, .clock = find_clock};

/* Five lines of 40 characters say what it is, then come a table of 256 and this mark; the ends of
 * lines come in addition. */
static bool detect(const char *head, size_t length) {
    static const char mark[] = "SPSSPORT";
    for (size_t at = 456; at + 8 <= length && at <= 456 + 16; at++)
        if (memcmp(head + at, mark, 8) == 0) return true;
    return false;
}

static peil_status open(peil_source *source, const char *head, size_t length,
                        const peil_reading *reading, void **state, peil_header *header,
                        peil_fault *fault) {
    (void)head;
    (void)length;
    return peil_stat_open(&kind, source, reading, state, header, fault);
}

const peil_format peil_format_por = {
    .name = "por",
    .help = "SPSS portable: .por",
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
