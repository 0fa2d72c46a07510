/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Any bytes as a csv file. Blocks and batches of any size must say the same of it as libcsv alone:
 * the same rows, or the same refusal at the same record. */
#include "fuzz/memory_file.h" /* first: it asks for memfd_create */

#include "support/said.h"

/* ---- the oracle ---- */

static void compare(const char *path, const peil_text *wanted, peil_reading how, size_t rows) {
    peil_text said = say(path, how, rows);
    if (said.length != wanted->length || memcmp(said.bytes, wanted->bytes, said.length) != 0) {
        fprintf(stderr, "blocks of %zu, batches of %zu say\n%s\nnot\n%s\n", how.block_bytes, rows,
                said.bytes, wanted->bytes);
        abort();
    }
    peil_text_clear(&said);
}

static void check(const char *path, peil_reading how, size_t length, uint32_t choice) {
    const size_t blocks[] = {length < 300 ? 1 : 61, 2 + choice % 13, 64 + choice % 1000};
    how.by_reference = true;
    peil_text whole = say(path, how, 0);
    how.by_reference = false;
    compare(path, &whole, how, 0);
    for (size_t i = 0; i < sizeof blocks / sizeof *blocks; i++) {
        how.block_bytes = blocks[i];
        compare(path, &whole, how, 2 + (choice >> 8) % 5);
    }
    peil_text_clear(&whole);
}

/* What a user may say of the file, as the bytes happen to choose. */
static peil_reading choose(uint32_t choice) {
    static const char delimiters[] = {0, ',', ';', '\t'}, decimals[] = {0, ',', '.'};
    static const char *const encodings[] = {NULL, "utf-8", "cp1252", "utf-16le"};
    return (peil_reading){.delimiter = delimiters[choice % 4],
                          .decimal = decimals[choice / 4 % 3],
                          .encoding = encodings[choice / 12 % 4],
                          .no_header = choice / 48 % 2};
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length);

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length) {
    uint32_t choice = 2166136261; /* FNV-1a */
    for (size_t i = 0; i < length; i++) choice = (choice ^ bytes[i]) * 16777619;
    const memory_file file = memory_file_of(bytes, length);
    check(file.path, (peil_reading){0}, length, choice);
    check(file.path, choose(choice >> 4), length, choice);
    memory_file_close(&file);
    return 0;
}
