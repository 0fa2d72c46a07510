/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Runs a fuzz target over every file of a folder, as a plain test: TARGET FOLDER */
#include <dirent.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length);

enum { LONGEST = 1 << 22 };

static int run(const char *path) {
    uint8_t *bytes = malloc(LONGEST);
    FILE *file = fopen(path, "rb");
    if (!file || !bytes) {
        fprintf(stderr, "%s: cannot be read\n", path);
        if (file) fclose(file);
        free(bytes);
        return 1;
    }
    const size_t length = fread(bytes, 1, LONGEST, file);
    fclose(file);
    uint8_t *exact = malloc(length ? length : 1); /* so that a sanitizer sees the end */
    if (exact) memcpy(exact, bytes, length);
    free(bytes);
    if (exact) LLVMFuzzerTestOneInput(exact, length);
    free(exact);
    return exact ? 0 : 1;
}

int main(int argc, char **argv) {
    DIR *folder = argc == 2 ? opendir(argv[1]) : NULL;
    const struct dirent *entry;
    char path[4096];
    int failed = 0, n = 0;
    if (!folder) {
        fprintf(stderr, "%s: no folder of seeds\n", argc == 2 ? argv[1] : "seeds");
        return 2;
    }
    while ((entry = readdir(folder))) {
        if (entry->d_name[0] == '.') continue;
        snprintf(path, sizeof path, "%s/%s", argv[1], entry->d_name);
        failed += run(path);
        n++;
    }
    closedir(folder);
    printf("%d seeds\n", n);
    return failed || n == 0;
}
