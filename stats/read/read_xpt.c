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
#define PREFIX (sizeof MEMBER - 1)

/* Notes on the records: how many data sets begin, where the rows of the first do; and the first
 * bytes of a record that is not whole. */
enum { AT, NMEMBERS, ROWS_AT, KEPT };

static void take_prefix(uint64_t *notes, const unsigned char *prefix) {
    if (memcmp(prefix, MEMBER, PREFIX) == 0) notes[NMEMBERS]++;
    if (!notes[ROWS_AT] && memcmp(prefix, ROWS, sizeof ROWS - 1) == 0)
        notes[ROWS_AT] = notes[AT] - notes[AT] % RECORD + RECORD;
}

static void watch_records(uint64_t *notes, const unsigned char *bytes, size_t length) {
    unsigned char *kept = (unsigned char *)&notes[KEPT];
    size_t i = 0;
    while (i < length) {
        const size_t in_record = (size_t)(notes[AT] % RECORD);
        size_t n = length - i;
        if (in_record < PREFIX) {
            if (n > PREFIX - in_record) n = PREFIX - in_record;
            memcpy(kept + in_record, bytes + i, n);
            if (in_record + n == PREFIX) take_prefix(notes, kept);
        } else if (n > RECORD - in_record) {
            n = RECORD - in_record;
        }
        i += n;
        notes[AT] += n;
    }
}

static peil_stat_fault survey(peil_stat_file *file, peil_stat_facts *facts) {
    (void)facts;
    file->watch = watch_records;
    return file->size % RECORD ? PEIL_STAT_CUT : PEIL_STAT_NONE;
}

/* What is behind the last whole row fills up the last record. */
static peil_stat_fault finish(peil_stat_file *file, uint64_t row_bytes) {
    unsigned char rest[RECORD];
    peil_stat_read_rest(file);
    const uint64_t from = file->notes[ROWS_AT];
    if (file->notes[NMEMBERS] > 1) return PEIL_STAT_SEVERAL;
    if (from == 0 || from > file->size || row_bytes == 0) return PEIL_STAT_DAMAGED;
    const uint64_t left = (file->size - from) % row_bytes;
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
    .free = peil_stat_free,
};
