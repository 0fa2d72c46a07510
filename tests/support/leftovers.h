/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a process may leave behind: children, descriptors, shared memory. */
#ifndef PEIL_TESTS_LEFTOVERS_H
#define PEIL_TESTS_LEFTOVERS_H

#include <dirent.h>
#include <sys/wait.h>

#include "support/testing.h"

typedef struct leftovers {
    size_t descriptors, maps;
} leftovers;

static inline size_t count_descriptors(void) {
    size_t n = 0;
    DIR *all = opendir("/proc/self/fd");
    cr_assert(all);
    while (readdir(all)) n++;
    closedir(all);
    return n;
}

static inline size_t count_shared_maps(void) {
    char line[512];
    size_t n = 0;
    FILE *maps = fopen("/proc/self/maps", "r");
    cr_assert(maps);
    while (fgets(line, sizeof line, maps)) n += strstr(line, "/dev/zero") != NULL;
    fclose(maps);
    return n;
}

static inline leftovers count_leftovers(void) {
    return (leftovers){count_descriptors(), count_shared_maps()};
}

static inline void expect_nothing_left(leftovers before, const char *name) {
    const leftovers now = count_leftovers();
    cr_expect_eq(waitpid(-1, NULL, WNOHANG), -1, "%s: a child is left", name);
    cr_expect_eq(now.descriptors, before.descriptors, "%s: a descriptor is left", name);
    cr_expect_eq(now.maps, before.maps, "%s: a mapping is left", name);
}

/* A child of this process; 0 when the system does not tell. */
static inline pid_t find_child(void) {
    char path[64], text[64] = "";
    snprintf(path, sizeof path, "/proc/self/task/%d/children", (int)getpid());
    FILE *children = fopen(path, "r");
    if (!children) return 0;
    if (!fgets(text, sizeof text, children)) text[0] = '\0';
    fclose(children);
    return (pid_t)atoi(text);
}

#endif
