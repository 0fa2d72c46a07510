/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/state_file.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "read/source.h"

#define STATE_MAGIC "peil state "
#define STATE_WARNING \
    "confidential: counts and sums of small groups; keep this file as you keep the data\nrequest "
#define BYTE_ORDER 0x01020304u
#define BYTE_ORDER_TURNED 0x04030201u

/* ---- writing ---- */

void peil_state_frame(const peil_text *contents, size_t request, peil_text *out) {
    char digest[PEIL_DIGEST_BYTES], text[PEIL_DIGEST_TEXT];
    if (contents->failed) out->failed = true;
    if (out->failed) return;
    peil_digest_text(contents->bytes, request, text);
    peil_text_add_format(out, STATE_MAGIC "%d\n" STATE_WARNING "%s\n", PEIL_STATE_VERSION, text);
    peil_pack_u32(out, BYTE_ORDER);
    peil_pack_u64(out, contents->length);
    peil_text_add_bytes(out, contents->bytes, contents->length);
    if (out->failed) return;
    peil_digest(out->bytes, out->length, digest);
    peil_text_add_bytes(out, digest, sizeof digest);
}

/* ---- reading ---- */

static bool take_text(peil_unpacking *in, const char *text) {
    const size_t length = strlen(text);
    if (in->left < length || memcmp(in->bytes, text, length) != 0) return false;
    in->bytes += length;
    in->left -= length;
    return true;
}

static peil_status take_magic(peil_unpacking *in, peil_fault *fault) {
    if (take_text(in, STATE_MAGIC)) return PEIL_OK;
    return peil_fail(fault, PEIL_EDATA, "is no state that peil tally made");
}

/* The first line; of another version nothing more can be said. */
static peil_status check_version(peil_unpacking *in, peil_fault *fault) {
    uint64_t version = 0;
    PEIL_TRY(take_magic(in, fault));
    for (; in->left && *in->bytes >= '0' && *in->bytes <= '9' && version < UINT32_MAX;
         in->bytes++, in->left--)
        version = 10 * version + (uint64_t)(*in->bytes - '0');
    if (version == PEIL_STATE_VERSION) return PEIL_OK;
    return peil_fail(fault, PEIL_EDATA,
                     "is a state of version %" PRIu64
                     ", and this peil reads version %d; make it "
                     "anew with this one",
                     version, PEIL_STATE_VERSION);
}

static bool take_digest(peil_unpacking *in, char digest[PEIL_DIGEST_TEXT]) {
    if (in->left < PEIL_DIGEST_TEXT) return false;
    snprintf(digest, PEIL_DIGEST_TEXT, "%.*s", PEIL_DIGEST_TEXT - 1, in->bytes);
    in->bytes += PEIL_DIGEST_TEXT - 1;
    in->left -= PEIL_DIGEST_TEXT - 1;
    return take_text(in, "\n");
}

peil_status peil_state_unframe(peil_state_bytes *file, peil_fault *fault) {
    peil_unpacking *in = &file->contents;
    *in = (peil_unpacking){.bytes = file->bytes.bytes, .left = file->bytes.length};
    PEIL_TRY(check_version(in, fault));
    const bool is_begun = take_text(in, "\n" STATE_WARNING) && take_digest(in, file->request);
    const uint32_t order = peil_unpack_u32(in);
    const uint64_t length = peil_unpack_u64(in);
    if (order == BYTE_ORDER_TURNED)
        return peil_fail(fault, PEIL_EDATA, "has its bytes in another order");
    if (!is_begun || order != BYTE_ORDER)
        return peil_fail(fault, PEIL_EDATA, "is damaged: its first lines are not whole");
    const uint64_t left = in->left < PEIL_DIGEST_BYTES ? 0 : in->left - PEIL_DIGEST_BYTES;
    if (left < length)
        return peil_fail(fault, PEIL_EDATA, "is cut short: it has %" PRIu64 " of %" PRIu64 " bytes",
                         left, length);
    if (left > length) return peil_fail(fault, PEIL_EDATA, "goes on behind its end");
    in->left = length;
    return PEIL_OK;
}

static peil_status check_digest(const peil_text *bytes, peil_fault *fault) {
    char digest[PEIL_DIGEST_BYTES];
    const size_t length = bytes->length - sizeof digest;
    peil_digest(bytes->bytes, length, digest);
    if (memcmp(digest, bytes->bytes + length, sizeof digest) == 0) return PEIL_OK;
    return peil_fail(fault, PEIL_EDATA, "is damaged or altered: its checksum is another");
}

/* Before all of it is read: data may be large, and a device has no end. */
static peil_status check_begin(peil_source *source, peil_fault *fault) {
    const char *bytes;
    peil_unpacking in = {0};
    PEIL_TRY(peil_source_peek(source, strlen(STATE_MAGIC), &bytes, &in.left, fault));
    in.bytes = bytes;
    return take_magic(&in, fault);
}

peil_status peil_state_read(const char *name, peil_state_bytes *out, peil_fault *fault) {
    peil_source *source = NULL;
    *out = (peil_state_bytes){.name = name};
    peil_status status = peil_source_open(name, 0, false, &source, fault);
    if (status == PEIL_OK) status = check_begin(source, fault);
    if (status == PEIL_OK) status = peil_source_text(source, SIZE_MAX, &out->bytes, fault);
    peil_source_free(source);
    if (status == PEIL_OK) status = peil_state_unframe(out, fault);
    if (status == PEIL_OK) status = check_digest(&out->bytes, fault);
    if (status == PEIL_OK) return PEIL_OK;
    peil_state_bytes_clear(out);
    if (fault) snprintf(fault->file, sizeof fault->file, "%s", name);
    return status;
}

void peil_state_bytes_clear(peil_state_bytes *file) {
    peil_text_clear(&file->bytes);
    *file = (peil_state_bytes){0};
}
