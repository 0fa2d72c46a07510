/* SPDX-License-Identifier: GPL-3.0-or-later */
/* SAS's own files: a header, and pages of one size. The labels of values are in a catalog of their
 * own, which is not read. The format is described in Shotwell, "SAS7BDAT Database Binary Format".
 */
#include <string.h>

#include "read/read_stat.h"
#include "read/sas_clock.h"

#define MARK_BYTES 32
#define HEADER_LEAST 288

static const unsigned char mark[MARK_BYTES] = {
    0,    0,    0,    0,    0,    0,    0,    0,    0,    0,    0,    0,    0xC2, 0xEA, 0x81, 0x60,
    0xB3, 0x14, 0x11, 0xCF, 0xBD, 0x92, 0x08, 0x00, 0x09, 0xC7, 0x31, 0x8C, 0x18, 0x1F, 0x10, 0x11};

/* SAS's numbers of encodings; 0: it does not say. */
static const struct {
    unsigned char number;
    const char *name;
} encodings[] = {
    {0, ""},         {20, "UTF-8"},     {28, "US-ASCII"}, {29, "latin1"},  {30, "latin2"},
    {31, "28593"},   {32, "28594"},     {33, "28595"},    {34, "28596"},   {35, "28597"},
    {36, "28598"},   {37, "latin5"},    {39, "874"},      {40, "latin9"},  {41, "437"},
    {42, "850"},     {43, "852"},       {44, "857"},      {45, "858"},     {46, "862"},
    {47, "864"},     {48, "865"},       {49, "866"},      {50, "869"},     {51, "874"},
    {57, "775"},     {58, "737"},       {60, "1250"},     {61, "1251"},    {62, "1252"},
    {63, "1253"},    {64, "1254"},      {65, "1255"},     {66, "1256"},    {67, "1257"},
    {68, "1258"},    {118, "950"},      {123, "big5"},    {125, "euc-cn"}, {126, "936"},
    {134, "euc-jp"}, {136, "macroman"}, {138, "932"},     {140, "euc-kr"}, {141, "949"},
    {205, "gb18030"}};

static const char *name_encoding(unsigned char number) {
    for (size_t i = 0; i < sizeof encodings / sizeof *encodings; i++)
        if (encodings[i].number == number) return encodings[i].name;
    return "?";
}

/* ReadStat hands over deleted rows like any others: they are marked in the kind of their page. */
static peil_stat_fault check_pages(const peil_stat_file *file, uint64_t first, uint64_t page_bytes,
                                   uint64_t npages, size_t at, bool is_big_endian) {
    enum { KIND = 0x0F00, DATA = 0x0100, MIXED = 0x0200, HAS_DELETED = 0x0080 };
    for (uint64_t i = 0; i < npages; i++) {
        unsigned char bytes[2];
        if (!peil_stat_read_at(file, first + i * page_bytes + at, bytes, 2)) return PEIL_STAT_CUT;
        const uint64_t kind = peil_stat_number(bytes, 2, is_big_endian);
        const bool has_rows = (kind & KIND) == DATA || (kind & KIND) == MIXED;
        if (has_rows && kind & HAS_DELETED) return PEIL_STAT_DELETED;
    }
    return PEIL_STAT_NONE;
}

static peil_stat_fault survey(peil_stat_file *file, peil_stat_facts *facts) {
    enum { IS_WIDE = 32, IS_SHIFTED = 35, ORDER = 37, ENCODING = 70, SIZES = 196 };
    unsigned char head[HEADER_LEAST];
    if (!peil_stat_read_at(file, 0, head, sizeof head)) return PEIL_STAT_CUT;
    const bool is_wide = head[IS_WIDE] == '3', is_big_endian = head[ORDER] == 0;
    const unsigned char *sizes = head + SIZES + (head[IS_SHIFTED] == '3' ? 4 : 0);
    const uint64_t header_bytes = peil_stat_number(sizes, 4, is_big_endian);
    const uint64_t page_bytes = peil_stat_number(sizes + 4, 4, is_big_endian);
    const uint64_t npages = peil_stat_number(sizes + 8, is_wide ? 8 : 4, is_big_endian);
    strcpy(facts->encoding, name_encoding(head[ENCODING]));
    if (page_bytes < 64 || header_bytes < HEADER_LEAST) return PEIL_STAT_DAMAGED;
    if (header_bytes > file->size) return PEIL_STAT_CUT;
    const uint64_t bytes = file->size - header_bytes;
    if (bytes / page_bytes < npages) return PEIL_STAT_CUT;
    if (bytes != npages * page_bytes) return PEIL_STAT_BEHIND;
    return check_pages(file, header_bytes, page_bytes, npages, is_wide ? 32 : 16, is_big_endian);
}

static const peil_stat_kind kind = {.parse = readstat_parse_sas7bdat,
                                    .survey = survey,
                                    .tells_records = true,
                                    .has_short_numbers = true,
                                    .clock = peil_sas_clock};

static bool detect(const char *head, size_t length) {
    return length >= MARK_BYTES && memcmp(head, mark, MARK_BYTES) == 0;
}

static peil_status open(peil_source *source, const char *head, size_t length,
                        const peil_reading *reading, void **state, peil_header *header,
                        peil_fault *fault) {
    (void)head;
    (void)length;
    return peil_stat_open(&kind, source, reading, state, header, fault);
}

const peil_format peil_format_sas7bdat = {
    .name = "sas7bdat",
    .help = "SAS: .sas7bdat",
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
