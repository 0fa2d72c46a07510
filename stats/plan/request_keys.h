/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The request's fields under the long names of the command line, for whoever reads or shows a
 * request by name. */
#ifndef PEIL_PLAN_REQUEST_KEYS_H
#define PEIL_PLAN_REQUEST_KEYS_H

#include "plan/request.h"

typedef enum peil_key_kind {
    PEIL_KEY_WORD,   /* const char * */
    PEIL_KEY_WORDS,  /* peil_words */
    PEIL_KEY_FLAG,   /* bool */
    PEIL_KEY_NUMBER, /* double; 0: not given */
    PEIL_KEY_WHOLE,  /* int; 0: not given */
} peil_key_kind;

typedef struct peil_request_key {
    const char *name;
    peil_key_kind kind;
    size_t offset;         /* in peil_request */
    const char *otherwise; /* what holds when it is not given; NULL: nothing to tell */
    double low, high;      /* of numbers */
} peil_request_key;

extern const peil_request_key peil_request_keys[]; /* ends with a row without a name */

/* The row of that name, or NULL. */
const peil_request_key *peil_request_key_find(const char *name);

/* Whether the request says anything of it. */
bool peil_request_key_is_given(const peil_request *request, const peil_request_key *key);

/* The field of a request. */
static inline const void *peil_request_field(const peil_request *request,
                                             const peil_request_key *key) {
    return (const char *)request + key->offset;
}

#endif
