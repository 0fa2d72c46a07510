/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Writes the collection of polluted files, to look at them or to try them on another program:
 *   make FOLDER
 * The list goes to standard output: file, kind, whether it is harmless, why. The figures of the
 * clean files are those of make_figures in ../property/test_polluted.c. */
#include "polluted/kinds.h"

static const char *const verdicts[] = {"harmless", "harmful", "unseen"};

static bool write_file(const char *folder, const kind *k, const polluted *p) {
    char path[1024];
    snprintf(path, sizeof path, "%s/%s-%s-%zu.csv", folder, k->name, p->form->name, p->variant);
    FILE *file = fopen(path, "wb");
    if (!file) return false;
    const bool is_written = fwrite(p->text.bytes, 1, p->text.length, file) == p->text.length;
    printf("%s,%s,%s,\"%s\"\n", path, k->name, verdicts[p->verdict], k->why);
    return fclose(file) == 0 && is_written;
}

int main(int argc, char **argv) {
    if (argc != 2) return 2;
    puts("file,kind,verdict,why");
    for (const kind *k = kinds; k < kinds + KINDS; k++)
        for (size_t i = 0; i < FORMS * k->variants; i++) {
            static polluted p;
            if (!pollute(k, i / FORMS, &forms[i % FORMS], &p)) continue;
            const bool is_written = write_file(argv[1], k, &p);
            peil_text_clear(&p.text);
            if (!is_written) return 1;
        }
    return fflush(stdout) == 0 ? 0 : 1;
}
