/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The fastest yardstick: memchr for the line ends of one file: bare_lines FILE */
#include <stdio.h>
#include <string.h>

int main(int argc, char **argv) {
    static char block[256 * 1024];
    FILE *file = argc == 2 ? fopen(argv[1], "rb") : NULL;
    if (!file) return 2;
    unsigned long lines = 0;
    size_t n;
    while ((n = fread(block, 1, sizeof block, file)) > 0) {
        const char *at = block, *end = block + n;
        while ((at = memchr(at, '\n', (size_t)(end - at)))) lines++, at++;
    }
    const int failed = ferror(file);
    fclose(file);
    printf("%lu lines\n", lines);
    return failed ? 1 : 0;
}
