/* SPDX-License-Identifier: GPL-3.0-or-later */
/* SAS's transport files, versions 5 and 8: records of 80 bytes, the last filled up with spaces.
 * They do not say how many rows they hold. The format is described in SAS's technical note TS-140.
 */
#include <string.h>

#include "read/read_stat.h"
#include "read/sas_clock.h"

#define RECORD ((size_t)80)
#define MEMBER "HEADER RECORD*******MEMB"
#define ROWS "HEADER RECORD*******OBS"

static bool begins(const unsigned char *record, const char *mark) {
    return memcmp(record, mark, strlen(mark)) == 0;
}

/* ReadStat takes a second data set for rows of the first. */
static peil_stat_fault survey(peil_stat_file *file, peil_stat_facts *facts) {
    unsigned char records[800 * RECORD];
    size_t nmembers = 0, n;
    (void)facts;
    if (file->size % RECORD) return PEIL_STAT_CUT;
    for (uint64_t at = 0; at < file->size; at += n) {
        n = file->size - at < sizeof records ? (size_t)(file->size - at) : sizeof records;
        if (!peil_stat_read_at(file, at, records, n)) return PEIL_STAT_CUT;
        for (size_t i = 0; i < n; i += RECORD) {
            if (records[i] != MEMBER[0]) continue;
            nmembers += begins(records + i, MEMBER);
            if (!file->rows_at && begins(records + i, ROWS)) file->rows_at = at + i + RECORD;
        }
    }
    return nmembers > 1 ? PEIL_STAT_SEVERAL : PEIL_STAT_NONE;
}

/* What is behind the last whole row fills up the last record. */
static peil_stat_fault finish(peil_stat_file *file, uint64_t row_bytes) {
    unsigned char rest[RECORD];
    if (file->rows_at == 0 || row_bytes == 0) return PEIL_STAT_DAMAGED;
    const uint64_t left = (file->size - file->rows_at) % row_bytes;
    if (left >= RECORD) return PEIL_STAT_CUT;
    if (!peil_stat_read_at(file, file->size - left, rest, (size_t)left)) return PEIL_STAT_CUT;
    for (size_t i = 0; i < left; i++)
        if (rest[i] != ' ') return PEIL_STAT_CUT;
    return PEIL_STAT_NONE;
}

static const peil_stat_kind kind = {.parse = readstat_parse_xport,
                                    .survey = survey,
                                    .has_short_numbers = true,
                                    .finish = finish,
                                    .clock = peil_sas_clock};

static bool detect(const char *head, size_t length) {
    static const char mark[] = "HEADER RECORD*******LIB";
    return length >= RECORD && memcmp(head, mark, sizeof mark - 1) == 0;
}

static peil_status open(peil_source *source, const char *head, size_t length,
                        const peil_reading *reading, void **state, peil_header *header,
                        peil_fault *fault) {
    (void)head;
    (void)length;
    return peil_stat_open(&kind, source, reading, state, header, fault);
}

const peil_format peil_format_xpt = {
    .name = "xpt",
    .help = "SAS transport: .xpt",
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
