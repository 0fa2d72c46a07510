/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Whatever a file holds, any number of threads says of it what one says: the same figures, or the
 * same refusal of the same record. */
#include "odd_files.h"

/* Returns whether the files are refused. */
static bool hold(const char *const *paths, size_t n, size_t which, size_t block, int threads) {
    const odd_reading alone = {.threads = 1}, together = {.block = block, .threads = threads};
    char *wanted = odd_say(paths, n, which, alone), *said = odd_say(paths, n, which, together);
    const bool is_refused = strncmp(wanted, "refused", 7) == 0;
    HOLDS(!strcmp(said, wanted), "request %zu, blocks of %zu, %d threads say\n%.300s\nnot\n%.300s",
          which, block, threads, said, wanted);
    free(wanted);
    free(said);
    return is_refused;
}

Test(threads, say_what_one_says) {
    enum { FILES = 1200 };
    uint64_t random = 4711;
    peil_text text = {0};
    size_t refused = 0;
    for (int i = 0; i < FILES; i++) {
        odd_file(&text, &random);
        const scratch file = scratch_make("data.csv", text.bytes, text.length);
        refused += hold((const char *const[]){file.path}, 1, (size_t)i % COUNT(odd_requests),
                        1 + random_below(&random, 400), 2 + (int)random_below(&random, 7));
        scratch_remove(&file);
    }
    cr_expect(refused > FILES / 5 && refused < FILES / 5 * 4, "%zu were refused", refused);
    peil_text_clear(&text);
}

/* Some files at once; of those that are refused it is the first. */
Test(threads, say_the_same_of_several_files) {
    enum { TIMES = 300, FILES = 5 };
    uint64_t random = 815;
    peil_text text = {0};
    size_t refused = 0;
    for (int i = 0; i < TIMES; i++) {
        scratch files[FILES];
        const char *paths[FILES];
        const size_t n = 2 + random_below(&random, FILES - 1);
        for (size_t k = 0; k < n; k++) {
            odd_file(&text, &random);
            files[k] = scratch_make("data.csv", text.bytes, text.length);
            paths[k] = files[k].path;
        }
        refused += hold(paths, n, (size_t)i % COUNT(odd_requests), i % 2 ? 300 : 0,
                        2 + (int)random_below(&random, 7));
        for (size_t k = 0; k < n; k++) scratch_remove(&files[k]);
    }
    cr_expect(refused > TIMES / 5 && refused < TIMES, "%zu were refused", refused);
    peil_text_clear(&text);
}
