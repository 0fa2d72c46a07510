/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Shuts the calling process off from the system, for good. */
#ifndef PEIL_READ_SANDBOX_H
#define PEIL_READ_SANDBOX_H

#include <stdbool.h>
#include <stdint.h>
#include <sys/types.h>

typedef struct peil_sandbox {
    int file;              /* may be read */
    int connection;        /* may be read and written; everything else is closed */
    pid_t parent;          /* the process ends with it */
    uint64_t memory_bytes; /* beside what is in use */
    unsigned cpu_seconds;
} peil_sandbox;

/* For a process of one thread, just forked. What it tries beyond computing, taking memory and the
 * two descriptors kills it. False when the system cannot do that: then the process must end. */
bool peil_sandbox_enter(const peil_sandbox *sandbox);

#endif
