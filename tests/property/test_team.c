/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Whatever a file holds, and wherever its shares begin, ranks that read it together say of it what
 * one process says: the same figures, or the same refusal of the same record. */
#include "odd_files.h"
#include "support/post.h"

/* What rank 0 says; the caller frees. */
static char *say_as_team(const char *const *paths, size_t n, size_t which, size_t ranks,
                         odd_reading how) {
    post p = {0};
    char *said = NULL;
    for (p.rank = ranks; p.rank-- > 0;) {
        const peil_team team = post_team(&p, ranks);
        how.team = &team;
        free(said);
        said = odd_say(paths, n, which, how);
    }
    post_clear(&p);
    return said;
}

/* Returns whether the files are refused. */
static bool hold(const char *const *paths, size_t n, size_t which, size_t ranks, odd_reading how) {
    char *wanted = odd_say(paths, n, which, (odd_reading){.threads = 1});
    char *said = say_as_team(paths, n, which, ranks, how);
    const bool is_refused = strncmp(wanted, "refused", 7) == 0;
    HOLDS(!strcmp(said, wanted),
          "request %zu, blocks of %zu, %d threads, %zu ranks say\n%.300s\nnot\n%.300s", which,
          how.block, how.threads, ranks, said, wanted);
    free(wanted);
    free(said);
    return is_refused;
}

Test(team, says_what_one_process_says) {
    enum { FILES = 1000 };
    uint64_t random = 1848;
    peil_text text = {0};
    size_t refused = 0;
    for (int i = 0; i < FILES; i++) {
        odd_file(&text, &random);
        const scratch file = scratch_make("data.csv", text.bytes, text.length);
        const odd_reading how = {.block = 1 + random_below(&random, 400), .threads = 1 + i % 2};
        refused += hold((const char *const[]){file.path}, 1, (size_t)i % COUNT(odd_requests),
                        2 + random_below(&random, POST_MOST - 1), how);
        scratch_remove(&file);
    }
    cr_expect(refused > FILES / 5 && refused < FILES / 5 * 4, "%zu were refused", refused);
    peil_text_clear(&text);
}

Test(team, says_the_same_of_two_files) {
    enum { TIMES = 200 };
    uint64_t random = 1917;
    peil_text text[2] = {{0}};
    for (int i = 0; i < TIMES; i++) {
        odd_file(&text[0], &random);
        odd_file(&text[1], &random);
        const scratch one = scratch_make("one.csv", text[0].bytes, text[0].length);
        const scratch other = scratch_make("other.csv", text[1].bytes, text[1].length);
        hold((const char *const[]){one.path, other.path}, 2, (size_t)i % COUNT(odd_requests),
             2 + random_below(&random, POST_MOST - 1), (odd_reading){.block = 90, .threads = 1});
        scratch_remove(&one);
        scratch_remove(&other);
    }
    peil_text_clear(&text[0]);
    peil_text_clear(&text[1]);
}
