/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "read/gzip.h"

#include <isa-l/igzip_lib.h>
#include <stdlib.h>

#include "core/array.h"

enum { FLAGS_AT = 3, RESERVED_FLAGS = 0xE0 };

struct peil_gzip {
    enum { BETWEEN_MEMBERS, IN_MEMBER, IN_PADDING } place;
    bool has_member; /* a whole one */
    size_t seen;     /* of this member, no further than its flags */
    struct inflate_state inflater;
};

peil_status peil_gzip_make(peil_gzip **out, peil_fault *fault) {
    return peil_array_make(out, 1, sizeof **out, fault);
}

void peil_gzip_free(peil_gzip *gzip) {
    free(gzip);
}

bool peil_gzip_is(const unsigned char *bytes, size_t length) {
    return length >= 2 && bytes[0] == 0x1f && bytes[1] == 0x8b;
}

bool peil_gzip_may_end(const peil_gzip *gzip) {
    return gzip->place != IN_MEMBER;
}

static peil_status refuse_more(peil_fault *fault) {
    return peil_fail(fault, PEIL_EDATA, "gzip: other bytes follow the compressed data");
}

/* Behind a member stands another one, or zeros to the end, or nothing. */
static void leave_between(peil_gzip *gzip, const peil_gzip_step *step) {
    if (gzip->has_member && step->bytes[step->used] == 0) {
        gzip->place = IN_PADDING;
        return;
    }
    isal_inflate_init(&gzip->inflater);
    gzip->inflater.crc_flag = ISAL_GZIP;
    gzip->seen = 0;
    gzip->place = IN_MEMBER;
}

static peil_status step_padding(peil_gzip_step *step, peil_fault *fault) {
    for (; step->used < step->length; step->used++)
        if (step->bytes[step->used] != 0) return refuse_more(fault);
    return PEIL_OK;
}

/* Looks at the flags of a member's header, where they pass by: ISA-L takes those that have no
 * meaning yet, gzip does not. */
static bool sees_reserved_flags(peil_gzip *gzip, const uint8_t *bytes, size_t length) {
    const size_t left = FLAGS_AT + 1 - gzip->seen;
    gzip->seen += length < left ? length : left;
    return left && length >= left && bytes[left - 1] & RESERVED_FLAGS;
}

/* What fails at once behind a whole member is none. */
static peil_status refuse(const peil_gzip *gzip, peil_fault *fault) {
    return gzip->has_member && gzip->inflater.total_out == 0
               ? refuse_more(fault)
               : peil_fail(fault, PEIL_EDATA, "gzip: the compressed data are damaged");
}

static peil_status step_member(peil_gzip *gzip, peil_gzip_step *step, peil_fault *fault) {
    struct inflate_state *inflater = &gzip->inflater;
    inflater->next_in = (uint8_t *)(uintptr_t)(step->bytes + step->used);
    inflater->avail_in = (uint32_t)(step->length - step->used);
    inflater->next_out = step->room + step->made;
    inflater->avail_out = (uint32_t)(step->size - step->made);
    if (sees_reserved_flags(gzip, inflater->next_in, inflater->avail_in))
        return refuse(gzip, fault);
    const int result = isal_inflate(inflater);
    step->used = step->length - inflater->avail_in;
    step->made = step->size - inflater->avail_out;
    if (result != ISAL_DECOMP_OK && result != ISAL_END_INPUT) return refuse(gzip, fault);
    if (inflater->block_state != ISAL_BLOCK_FINISH) return PEIL_OK;
    gzip->place = BETWEEN_MEMBERS;
    gzip->has_member = true;
    return PEIL_OK;
}

peil_status peil_gzip_unpack(peil_gzip *gzip, peil_gzip_step *step, peil_fault *fault) {
    if (gzip->place == BETWEEN_MEMBERS && step->used < step->length) leave_between(gzip, step);
    switch (gzip->place) {
        case BETWEEN_MEMBERS:
            return PEIL_OK;
        case IN_PADDING:
            return step_padding(step, fault);
        case IN_MEMBER:
            return step_member(gzip, step, fault);
    }
    return PEIL_OK;
}
