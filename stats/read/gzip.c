/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "read/gzip.h"

#include <isa-l/igzip_lib.h>
#include <stdlib.h>

#include "core/array.h"

enum { RESERVED_FLAGS = 0xE0 };

struct peil_gzip {
    enum { BETWEEN_MEMBERS, IN_HEADER, IN_MEMBER, IN_PADDING } place;
    bool has_member; /* a whole one */
    struct isal_gzip_header header;
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
    return gzip->place == BETWEEN_MEMBERS || gzip->place == IN_PADDING;
}

static peil_status refuse_more(peil_fault *fault) {
    return peil_fail(fault, PEIL_EDATA, "gzip: other bytes follow the compressed data");
}

static peil_status refuse_damage(peil_fault *fault) {
    return peil_fail(fault, PEIL_EDATA, "gzip: the compressed data are damaged");
}

/* Behind a member stands another one, or zeros to the end, or nothing. */
static void leave_between(peil_gzip *gzip, const peil_gzip_step *step) {
    if (gzip->has_member && step->bytes[step->used] == 0) {
        gzip->place = IN_PADDING;
        return;
    }
    isal_inflate_init(&gzip->inflater);
    gzip->inflater.crc_flag = ISAL_GZIP_NO_HDR_VER;
    isal_gzip_header_init(&gzip->header);
    gzip->place = IN_HEADER;
}

static peil_status step_padding(peil_gzip_step *step, peil_fault *fault) {
    for (; step->used < step->length; step->used++)
        if (step->bytes[step->used] != 0) return refuse_more(fault);
    return PEIL_OK;
}

static void give_bytes(peil_gzip *gzip, const peil_gzip_step *step) {
    gzip->inflater.next_in = (uint8_t *)(uintptr_t)(step->bytes + step->used);
    gzip->inflater.avail_in = (uint32_t)(step->length - step->used);
}

/* A header may come in pieces. What is none, behind a whole member, is something else. */
static peil_status step_header(peil_gzip *gzip, peil_gzip_step *step, peil_fault *fault) {
    give_bytes(gzip, step);
    const int result = isal_read_gzip_header(&gzip->inflater, &gzip->header);
    step->used = step->length - gzip->inflater.avail_in;
    if (result == ISAL_END_INPUT) return PEIL_OK;
    gzip->place = IN_MEMBER;
    if (result == ISAL_DECOMP_OK && !(gzip->header.flags & RESERVED_FLAGS)) return PEIL_OK;
    return gzip->has_member ? refuse_more(fault) : refuse_damage(fault);
}

static peil_status step_member(peil_gzip *gzip, peil_gzip_step *step, peil_fault *fault) {
    struct inflate_state *inflater = &gzip->inflater;
    give_bytes(gzip, step);
    inflater->next_out = step->room + step->made;
    inflater->avail_out = (uint32_t)(step->size - step->made);
    const int result = isal_inflate(inflater);
    step->used = step->length - inflater->avail_in;
    step->made = step->size - inflater->avail_out;
    if (result != ISAL_DECOMP_OK) return refuse_damage(fault);
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
        case IN_HEADER:
            return step_header(gzip, step, fault);
        case IN_PADDING:
            return step_padding(step, fault);
        case IN_MEMBER:
            return step_member(gzip, step, fault);
    }
    return PEIL_OK;
}
