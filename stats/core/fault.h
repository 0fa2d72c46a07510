/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Why something was refused. A fault is owned by the caller, filled once by whoever detects the
 * trouble, and passed up unchanged. Its message never holds a respondent's value. */
#ifndef PEIL_CORE_FAULT_H
#define PEIL_CORE_FAULT_H

#include <stdint.h>

/* The values are the exit statuses of the command line. */
typedef enum peil_status {
    PEIL_OK = 0,
    PEIL_EUSAGE = 2, /* the request is wrong: an option, a measure that does not parse */
    PEIL_EDATA = 3,  /* the data are refused */
    PEIL_ESYSTEM = 4 /* reading, writing or memory failed */
} peil_status;

typedef struct peil_fault {
    peil_status status;
    char file[512];     /* the file, or "" */
    uint64_t record;    /* the data record, 1 for the first after the header; 0 = none */
    uint64_t row;       /* the same row as a spreadsheet counts it; 0 = it is the record */
    char variable[128]; /* the variable, or "" */
    uint64_t line;      /* of a monitor file; 0 = none */
    char message[512];  /* one line, lower case, no full stop */
} peil_fault;

#if defined(__GNUC__)
#define PEIL_PRINTF(text, first) __attribute__((format(printf, text, first)))
#define PEIL_CHECKED __attribute__((warn_unused_result))
#else
#define PEIL_PRINTF(text, first)
#define PEIL_CHECKED
#endif

/* Passes a failure up; for places that hold nothing to release. */
#define PEIL_TRY(call)                              \
    do {                                            \
        const peil_status peil_try_ = (call);       \
        if (peil_try_ != PEIL_OK) return peil_try_; \
    } while (0)

/* Fills `fault` (status and message; file, record and variable stay empty) and returns `status`.
 * `fault` may be NULL. */
peil_status peil_fail(peil_fault *fault, peil_status status, const char *format, ...)
    PEIL_PRINTF(3, 4);

/* The same for data: names the record and the variable ("" for none). */
peil_status peil_refuse(peil_fault *fault, uint64_t record, const char *variable,
                        const char *format, ...) PEIL_PRINTF(4, 5);

/* The one way to say that memory ran out. */
peil_status peil_fail_memory(peil_fault *fault);

#endif
