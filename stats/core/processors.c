/* SPDX-License-Identifier: GPL-3.0-or-later */
#define _GNU_SOURCE /* sched_getaffinity */
#include "core/processors.h"

#include <sched.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

static size_t count_affine(void) {
    cpu_set_t set;
    CPU_ZERO(&set);
    if (sched_getaffinity(0, sizeof set, &set) != 0) return 1;
    const int n = CPU_COUNT(&set);
    return n > 1 ? (size_t)n : 1;
}

/* What a cpu.max file says, "200000 100000" or "max 100000", rounded up; 0: no limit, or no file.
 */
static size_t read_limit(const char *path) {
    unsigned long quota = 0, period = 0;
    FILE *file = fopen(path, "re");
    if (!file) return 0;
    const int n = fscanf(file, "%lu %lu", &quota, &period);
    fclose(file);
    return n == 2 && period ? (quota + period - 1) / period : 0;
}

/* The group's own name in the tree of all groups, without a slash at its end; false when it is in
 * none of version 2. */
static bool find_group(char *name, size_t size) {
    char line[4096];
    bool is_found = false;
    FILE *file = fopen("/proc/self/cgroup", "re");
    while (file && !is_found && fgets(line, sizeof line, file)) {
        line[strcspn(line, "\n")] = '\0';
        is_found = strncmp(line, "0::/", 4) == 0 && strlen(line + 3) < size;
        if (is_found) snprintf(name, size, "%s", line + 3);
    }
    if (file) fclose(file);
    return is_found;
}

/* The narrowest limit of the group and of those that it is in. */
static size_t count_allowed(size_t most) {
    char group[2048], path[2200];
    if (!find_group(group, sizeof group)) return most;
    for (char *end = group + strlen(group); end; end = strrchr(group, '/')) {
        *end = '\0';
        snprintf(path, sizeof path, "/sys/fs/cgroup%s/cpu.max", group);
        const size_t limit = read_limit(path);
        if (limit && limit < most) most = limit;
    }
    return most;
}

size_t peil_processors(void) {
    return count_allowed(count_affine());
}
