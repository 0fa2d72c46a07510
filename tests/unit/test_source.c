/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The bytes of inputs: gzip that is whole, and every way in which it can be damaged. */
#include "read/source.h"

#include <sys/wait.h>
#include <zlib.h>

#include "support/testing.h"

enum { CONTENT = 10000, ROOM = 1 << 19 };

typedef struct stored {
    size_t length;
    unsigned char bytes[ROOM];
} stored;

static const size_t block_sizes[] = {1, 2, 7, 4096, 0};

/* Digits and line ends that no compressor makes very small. */
static void make_content(char content[CONTENT]) {
    uint64_t state = 16;
    for (size_t i = 0; i < CONTENT; i++)
        content[i] = i % 8 == 7 ? '\n' : (char)('0' + random_below(&state, 10));
}

static void append(stored *out, const void *bytes, size_t length) {
    cr_assert_leq(out->length + length, ROOM);
    memcpy(out->bytes + out->length, bytes, length);
    out->length += length;
}

static void append_member(stored *out, const void *bytes, size_t length, gz_header *header) {
    z_stream z = {0};
    cr_assert_eq(deflateInit2(&z, 9, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY), Z_OK);
    if (header) cr_assert_eq(deflateSetHeader(&z, header), Z_OK);
    z.next_in = (Bytef *)(uintptr_t)bytes;
    z.avail_in = (uInt)length;
    z.next_out = out->bytes + out->length;
    z.avail_out = (uInt)(ROOM - out->length);
    cr_assert_eq(deflate(&z, Z_FINISH), Z_STREAM_END);
    out->length = ROOM - z.avail_out;
    deflateEnd(&z);
}

/* ---- the matrix ---- */

typedef struct damage {
    const char *name;
    const char *members; /* o: the content, e: an empty member, n: one with a file name, x: one
                            with other fields, z: zeros */
    int cut;             /* bytes cut from the end; negative: what is left of the beginning */
    size_t flip;         /* a bit is flipped so many bytes from the end; 0: none */
    size_t flip_front;   /* the byte from the front that is set to `front`; 0: none */
    unsigned char front;
    const char *tail; /* appended */
    size_t tail_length;
    const char *more;  /* members behind the tail */
    const char *fault; /* NULL: whole */
} damage;

#define TAIL(text) text, sizeof text - 1
#define NO_TAIL NULL, 0
#define DAMAGED "gzip: the compressed data are damaged"
#define CUT "gzip: the file is cut short"
#define OTHER "gzip: other bytes follow the compressed data"
#define NO_GZIP "is named .gz but is no gzip file"

static const damage matrix[] = {
    {"one member", "o", 0, 0, 0, 0, NO_TAIL, "", NULL},
    {"two members", "oo", 0, 0, 0, 0, NO_TAIL, "", NULL},
    {"an empty member first", "eo", 0, 0, 0, 0, NO_TAIL, "", NULL},
    {"an empty member last", "oe", 0, 0, 0, 0, NO_TAIL, "", NULL},
    {"an empty member alone", "e", 0, 0, 0, 0, NO_TAIL, "", NULL},
    {"empty members only", "eee", 0, 0, 0, 0, NO_TAIL, "", NULL},
    {"a name and a comment", "n", 0, 0, 0, 0, NO_TAIL, "", NULL},
    {"an extra field and a checksum of the header", "xon", 0, 0, 0, 0, NO_TAIL, "x", NULL},
    {"another checksum of the header", "x", 0, 0, 19, 0xFF, NO_TAIL, "", DAMAGED},
    {"many members", "oeonoeo", 0, 0, 0, 0, NO_TAIL, "", NULL},
    {"zeros, a thousand to one", "z", 0, 0, 0, 0, NO_TAIL, "", NULL},
    {"padded with zeros", "o", 0, 0, 0, 0, TAIL("\0\0\0\0\0\0\0\0\0\0"), "", NULL},
    {"padded with one zero", "o", 0, 0, 0, 0, TAIL("\0"), "", NULL},
    {"half of it", "o", CONTENT / 4, 0, 0, 0, NO_TAIL, "", CUT},
    {"the last byte cut", "o", 1, 0, 0, 0, NO_TAIL, "", CUT},
    {"half of the trailer cut", "o", 4, 0, 0, 0, NO_TAIL, "", CUT},
    {"the trailer cut", "o", 8, 0, 0, 0, NO_TAIL, "", CUT},
    {"the last byte of the data cut", "o", 9, 0, 0, 0, NO_TAIL, "", CUT},
    {"two bytes of the header", "o", -2, 0, 0, 0, NO_TAIL, "", CUT},
    {"three bytes of the header", "o", -3, 0, 0, 0, NO_TAIL, "", CUT},
    {"four bytes of the header", "o", -4, 0, 0, 0, NO_TAIL, "", CUT},
    {"five bytes of the header", "o", -5, 0, 0, 0, NO_TAIL, "", CUT},
    {"the header alone", "o", -10, 0, 0, 0, NO_TAIL, "", CUT},
    {"the second member cut", "oo", 5, 0, 0, 0, NO_TAIL, "", CUT},
    {"length flipped", "o", 0, 1, 0, 0, NO_TAIL, "", DAMAGED},
    {"low byte of the length flipped", "o", 0, 4, 0, 0, NO_TAIL, "", DAMAGED},
    {"checksum flipped", "o", 0, 5, 0, 0, NO_TAIL, "", DAMAGED},
    {"high byte of the checksum flipped", "o", 0, 8, 0, 0, NO_TAIL, "", DAMAGED},
    {"data flipped", "o", 0, 500, 0, 0, NO_TAIL, "", DAMAGED},
    {"checksum of the first of two flipped", "e", 0, 5, 0, 0, NO_TAIL, "o", DAMAGED},
    {"checksum of the second flipped", "oo", 0, 5, 0, 0, NO_TAIL, "", DAMAGED},
    {"another method", "o", 0, 0, 2, 7, NO_TAIL, "", DAMAGED},
    {"reserved flags", "o", 0, 0, 3, 0xE0, NO_TAIL, "", DAMAGED},
    {"text behind it", "o", 0, 0, 0, 0, TAIL("and so on\n"), "", OTHER},
    {"one byte of text behind it", "o", 0, 0, 0, 0, TAIL("x"), "", ""},
    {"text, then a member", "o", 0, 0, 0, 0, TAIL("text"), "o", OTHER},
    {"one byte of a next member", "o", 0, 0, 0, 0, TAIL("\x1f"), "", CUT},
    {"two bytes of a next member", "o", 0, 0, 0, 0, TAIL("\x1f\x8b"), "", CUT},
    {"zeros, then text", "o", 0, 0, 0, 0, TAIL("\0\0\0x"), "", OTHER},
    {"zeros, then a member", "o", 0, 0, 0, 0, TAIL("\0\0\0"), "o", OTHER},
    {"one byte, of gzip", "", 0, 0, 0, 0, TAIL("\x1f"), "", NO_GZIP},
    {"nothing", "", 0, 0, 0, 0, NO_TAIL, "", NO_GZIP},
    {"plain text", "", 0, 0, 0, 0, TAIL("a,b\n1,2\n"), "", NO_GZIP},
    {"zstd", "", 0, 0, 0, 0, TAIL("\x28\xb5\x2f\xfd\x24\0\1\0\0"), "", NO_GZIP},
    {"text before a member", "", 0, 0, 0, 0, TAIL("text"), "o", NO_GZIP},
};

/* Appends members to the stored bytes, and what they hold to `whole`. */
static void append_members(const char *members, stored *out, stored *whole) {
    static char content[CONTENT], zeros[40 * CONTENT];
    make_content(content);
    gz_header header = {.name = (Bytef *)(uintptr_t) "data.csv",
                        .comment = (Bytef *)(uintptr_t) "of a test"};
    gz_header more = {.extra = (Bytef *)(uintptr_t) "ex\2\0ab", .extra_len = 6, .hcrc = 1};
    for (; *members; members++) {
        const char *bytes = *members == 'z' ? zeros : content;
        const size_t length = *members == 'e' ? 0 : *members == 'z' ? sizeof zeros : CONTENT;
        append_member(out, bytes, length,
                      *members == 'n'   ? &header
                      : *members == 'x' ? &more
                                        : NULL);
        append(whole, bytes, length);
    }
}

static void make_damage(const damage *d, stored *out, stored *whole) {
    out->length = whole->length = 0;
    append_members(d->members, out, whole);
    if (d->cut > 0) out->length -= (size_t)d->cut;
    if (d->cut < 0) out->length = (size_t)-d->cut;
    if (d->flip) out->bytes[out->length - d->flip] ^= 0x10;
    if (d->flip_front) out->bytes[d->flip_front] = d->front;
    if (d->tail_length) append(out, d->tail, d->tail_length);
    append_members(d->more, out, whole);
}

/* Reads to the end; false in *whole when other bytes come than were stored. */
static peil_status read_all(const char *path, size_t block, const stored *wanted, bool *whole,
                            peil_fault *fault) {
    peil_source *source = NULL;
    peil_status status = peil_source_open(path, block, false, &source, fault);
    size_t at = 0, length = 1;
    const char *bytes;
    *whole = true;
    while (status == PEIL_OK && length) {
        status = peil_source_next(source, &bytes, &length, fault);
        if (status != PEIL_OK || !length) break;
        if (at + length > wanted->length || memcmp(bytes, wanted->bytes + at, length) != 0)
            *whole = false;
        if (block && length > block && length > 2) *whole = false;
        at += length;
    }
    if (at != wanted->length) *whole = false;
    peil_source_free(source);
    return status;
}

static void check_damage(const damage *d, const char *path, const stored *whole) {
    for (size_t b = 0; b < COUNT(block_sizes); b++) {
        peil_fault fault = {0};
        bool is_whole;
        const peil_status status = read_all(path, block_sizes[b], whole, &is_whole, &fault);
        HOLDS(status == (d->fault ? PEIL_EDATA : PEIL_OK), "%s, block %zu: %d %s", d->name,
              block_sizes[b], status, fault.message);
        HOLDS(d->fault || is_whole, "%s, block %zu: other bytes", d->name, block_sizes[b]);
        HOLDS(!d->fault || !d->fault[0] || !strcmp(fault.message, d->fault), "%s, block %zu: %s",
              d->name, block_sizes[b], fault.message);
    }
}

Test(source, gzip_is_whole_or_refused) {
    static stored bytes, whole;
    for (size_t i = 0; i < COUNT(matrix); i++) {
        make_damage(&matrix[i], &bytes, &whole);
        const scratch file = scratch_make("data.csv.gz", bytes.bytes, bytes.length);
        check_damage(&matrix[i], file.path, &whole);
        scratch_remove(&file);
    }
}

/* The status of `gzip -t`, or -1 where there is no gzip. */
static int gzip_test(const char *path) {
    char command[400];
    snprintf(command, sizeof command, "gzip -t '%s' 2>/dev/null", path);
    const int status = system(command);
    return WIFEXITED(status) && WEXITSTATUS(status) != 127 ? WEXITSTATUS(status) : -1;
}

Test(source, agrees_with_gzip) {
    static stored bytes, whole;
    for (size_t i = 0; i < COUNT(matrix); i++) {
        make_damage(&matrix[i], &bytes, &whole);
        const scratch file = scratch_make("data.csv.gz", bytes.bytes, bytes.length);
        const int status = gzip_test(file.path);
        scratch_remove(&file);
        if (status < 0) cr_skip_test("no gzip to compare with");
        cr_expect_eq(status == 0, matrix[i].fault == NULL, "%s: gzip says %d", matrix[i].name,
                     status);
    }
}

/* ---- names and content ---- */

Test(source, content_tells_gzip_by_any_name) {
    static stored bytes, whole;
    make_damage(&matrix[1], &bytes, &whole);
    const scratch file = scratch_make("data.csv", bytes.bytes, bytes.length);
    check_damage(&matrix[1], file.path, &whole);
    scratch_remove(&file);
}

Test(source, plain_bytes_stay_as_they_are) {
    static const struct {
        const char *bytes;
        size_t length;
    } cases[] = {{TAIL("")},        {TAIL("a")},        {TAIL("\x1f")},      {TAIL("\x1f\x8c")},
                 {TAIL("a,b\n\0")}, {TAIL("\x8b\x1f")}, {TAIL("a,b\n1,2\n")}};
    static stored whole;
    const damage none = {.name = "plain"};
    for (size_t i = 0; i < COUNT(cases); i++) {
        const scratch file = scratch_make("data.csv", cases[i].bytes, cases[i].length);
        whole.length = 0;
        append(&whole, cases[i].bytes, cases[i].length);
        check_damage(&none, file.path, &whole);
        scratch_remove(&file);
    }
}

Test(source, large_plain_file_in_blocks) {
    static stored whole;
    uint64_t state = 17;
    for (whole.length = 0; whole.length < 300001; whole.length++)
        whole.bytes[whole.length] = (unsigned char)random_below(&state, 256);
    whole.bytes[0] = 'x';
    const scratch file = scratch_make("data", whole.bytes, whole.length);
    check_damage(&(damage){.name = "large"}, file.path, &whole);
    scratch_remove(&file);
}

Test(source, what_cannot_be_read) {
    static const char *const names[] = {"/nowhere/at/all.csv", "/", "", "/nowhere/at/all.csv.gz"};
    for (size_t i = 0; i < COUNT(names); i++) {
        static stored nothing;
        peil_fault fault = {0};
        bool whole;
        cr_expect_eq(read_all(names[i], 0, &nothing, &whole, &fault), PEIL_ESYSTEM, "\"%s\"",
                     names[i]);
        cr_expect_eq(strncmp(fault.message, "cannot be ", 10), 0, "%s", fault.message);
    }
}

/* ---- hashes and positions ---- */

/* Reads to the end and takes the hash. */
static void hash_of(const char *path, size_t block, bool hash, char hex[65]) {
    peil_source *source = NULL;
    const char *bytes;
    size_t length = 1;
    cr_assert_eq(peil_source_open(path, block, hash, &source, NULL), PEIL_OK);
    const uint64_t size = peil_source_size(source);
    while (length) cr_assert_eq(peil_source_next(source, &bytes, &length, NULL), PEIL_OK);
    cr_expect_eq(peil_source_position(source), size);
    peil_source_sha256(source, hex);
    peil_source_free(source);
}

Test(source, sha256_of_known_texts) {
    static const struct {
        const char *text, *hex;
        size_t times;
    } cases[] = {
        {"", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855", 1},
        {"abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad", 1},
        {"a", "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0", 1000000},
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        const size_t n = strlen(cases[i].text);
        char *bytes = malloc(n * cases[i].times + 1), hex[65];
        cr_assert_not_null(bytes);
        for (size_t k = 0; k < cases[i].times; k++) memcpy(bytes + k * n, cases[i].text, n);
        const scratch file = scratch_make("data", bytes, n * cases[i].times);
        for (size_t b = i < 2 ? 0 : 3; b < COUNT(block_sizes); b++) {
            hash_of(file.path, block_sizes[b], true, hex);
            cr_expect_str_eq(hex, cases[i].hex);
        }
        hash_of(file.path, 0, false, hex);
        cr_expect_str_eq(hex, "");
        scratch_remove(&file);
        free(bytes);
    }
}

/* Of gzip the stored bytes are hashed, padding and all: whatever the blocks, the same. */
Test(source, sha256_of_gzip_is_that_of_the_file) {
    static stored bytes, whole;
    for (size_t i = 0; i < COUNT(matrix) && !matrix[i].fault; i++) {
        char hex[65], command[400], wanted[65] = "";
        make_damage(&matrix[i], &bytes, &whole);
        const scratch file = scratch_make("data.csv.gz", bytes.bytes, bytes.length);
        snprintf(command, sizeof command, "sha256sum '%s' 2>/dev/null", file.path);
        FILE *tool = popen(command, "r");
        const bool known = tool && fscanf(tool, "%64s", wanted) == 1;
        if (tool) pclose(tool);
        for (size_t b = 0; b < COUNT(block_sizes); b++) {
            hash_of(file.path, block_sizes[b], true, hex);
            HOLDS(!known || !strcmp(hex, wanted), "%s, block %zu", matrix[i].name, block_sizes[b]);
        }
        scratch_remove(&file);
        if (!known) cr_skip_test("no sha256sum to compare with");
    }
}

/* ---- some of the bytes ---- */

/* Wherever the source stands; and the hash is that of the whole file. */
static void expect_range(peil_source *source, const char *content, size_t begin, size_t end) {
    const char *bytes;
    size_t length = 1, at = begin;
    cr_assert_eq(peil_source_range(source, begin, end, NULL), PEIL_OK);
    cr_expect_eq(peil_source_size(source), end - begin);
    while (length) {
        cr_assert_eq(peil_source_next(source, &bytes, &length, NULL), PEIL_OK);
        HOLDS(memcmp(bytes, content + at, length) == 0, "at %zu", at);
        at += length;
        HOLDS(peil_source_position(source) == at - begin, "at %zu", at);
    }
    cr_expect_eq(at, end);
}

Test(source, ranges) {
    static const size_t ranges[][2] = {
        {0, CONTENT}, {0, 0}, {1, 2}, {CONTENT / 2, CONTENT}, {7, CONTENT / 2}, {CONTENT, CONTENT}};
    static char content[CONTENT];
    char wanted[65], hex[65];
    make_content(content);
    const scratch file = scratch_make("data", content, CONTENT);
    hash_of(file.path, 0, true, wanted);
    for (size_t b = 0; b < COUNT(block_sizes); b++)
        for (size_t r = 0; r < COUNT(ranges); r++) {
            peil_source *source = NULL;
            const char *bytes;
            size_t length;
            cr_assert_eq(peil_source_open(file.path, block_sizes[b], true, &source, NULL), PEIL_OK);
            cr_assert_eq(peil_source_peek(source, 600 * r, &bytes, &length, NULL), PEIL_OK);
            expect_range(source, content, ranges[r][0], ranges[r][1]);
            peil_source_sha256(source, hex);
            cr_expect_str_eq(hex, "");
            cr_assert_eq(peil_source_hash_whole(source, NULL), PEIL_OK);
            peil_source_sha256(source, hex);
            cr_expect_str_eq(hex, wanted);
            peil_source_free(source);
        }
    scratch_remove(&file);
}

Test(source, bytes_at_any_place) {
    static char content[CONTENT + 50];
    char some[100];
    size_t length;
    peil_source *source = NULL;
    make_content(content);
    const scratch file = scratch_make("data", content, CONTENT);
    cr_assert_eq(peil_source_open(file.path, 7, false, &source, NULL), PEIL_OK);
    for (size_t at = 0; at < CONTENT + 50; at += 25) {
        const size_t left = at < CONTENT ? CONTENT - at : 0;
        cr_assert_eq(peil_source_read_at(source, at, sizeof some, some, &length, NULL), PEIL_OK);
        cr_expect_eq(length, left < sizeof some ? left : sizeof some);
        cr_expect(memcmp(some, content + at, length) == 0);
    }
    peil_source_free(source);
    scratch_remove(&file);
}

/* ---- looking ahead, and all of it as a file ---- */

/* What was looked at comes again, in blocks of the size that was asked for. */
Test(source, what_was_looked_at_comes_again) {
    static const size_t wanted[] = {0, 1, 100, 512, CONTENT - 1, CONTENT, 10 * CONTENT};
    static char content[CONTENT];
    make_content(content);
    const scratch file = scratch_make("data", content, CONTENT);
    for (size_t b = 0; b < COUNT(block_sizes); b++)
        for (size_t w = 0; w < COUNT(wanted); w++) {
            peil_source *source = NULL;
            const char *bytes;
            size_t length, at = 0;
            cr_assert_eq(peil_source_open(file.path, block_sizes[b], false, &source, NULL),
                         PEIL_OK);
            for (int again = 0; again < 2; again++) {
                cr_assert_eq(peil_source_peek(source, wanted[w], &bytes, &length, NULL), PEIL_OK);
                cr_expect_geq(length, wanted[w] < CONTENT ? wanted[w] : CONTENT);
                if (length) cr_expect(memcmp(bytes, content, length) == 0);
            }
            do {
                cr_assert_eq(peil_source_next(source, &bytes, &length, NULL), PEIL_OK);
                HOLDS(memcmp(bytes, content + at, length) == 0, "at %zu", at);
                HOLDS(!block_sizes[b] || length <= 2 || length <= block_sizes[b], "%zu", length);
                at += length;
            } while (length);
            cr_expect_eq(at, CONTENT);
            peil_source_free(source);
        }
    scratch_remove(&file);
}

/* How the bytes reach the program. */
typedef enum way { BY_NAME, AS_INPUT, BY_PIPE } way;

static void expect_file(const stored *in, const char *wanted, size_t length, way how, bool hash,
                        const char *name) {
    const scratch stored_file = scratch_make("data", in->bytes, in->length);
    static char content[2 * CONTENT];
    int file, ends[2] = {-1, -1};
    uint64_t size;
    char hex[65], wanted_hex[65];
    peil_source *source = NULL;
    FILE *input = how == BY_NAME ? NULL : fopen(stored_file.path, "rb");
    const pid_t writer = how == BY_PIPE && pipe(ends) == 0 ? fork() : 0;
    if (how == BY_PIPE && writer == 0) {
        const bool is_written = write(ends[1], in->bytes, in->length) == (ssize_t)in->length;
        _exit(is_written ? 0 : 1);
    }
    if (how == BY_PIPE) close(ends[1]);
    if (input) cr_assert_geq(dup2(how == BY_PIPE ? ends[0] : fileno(input), STDIN_FILENO), 0);
    const char *const path = how == BY_NAME ? stored_file.path : "-";
    const char *head;
    size_t looked;
    cr_assert_eq(peil_source_open(path, 100, hash, &source, NULL), PEIL_OK);
    cr_assert_eq(peil_source_peek(source, 20, &head, &looked, NULL), PEIL_OK);
    cr_assert_eq(peil_source_next(source, &head, &looked, NULL), PEIL_OK); /* of what was seen */
    cr_assert_eq(peil_source_file(source, &file, &size, NULL), PEIL_OK, "%s", name);
    cr_expect_eq(size, length, "%s", name);
    cr_expect_eq(pread(file, content, sizeof content, 0), (ssize_t)length, "%s", name);
    cr_expect(memcmp(content, wanted, length) == 0, "%s", name);
    peil_source_sha256(source, hex);
    hash_of(stored_file.path, 0, hash, wanted_hex);
    cr_expect_str_eq(hex, wanted_hex, "%s", name);
    peil_source_free(source);
    if (input) fclose(input);
    if (how == BY_PIPE) close(ends[0]);
    if (writer > 0) waitpid(writer, NULL, 0);
    scratch_remove(&stored_file);
}

Test(source, all_of_it_as_a_file) {
    static stored plain, packed;
    static char content[CONTENT];
    static const char *const names[] = {"by name", "as input", "by pipe"};
    make_content(content);
    append(&plain, content, CONTENT);
    append_member(&packed, content, CONTENT, NULL);
    for (way how = BY_NAME; how <= BY_PIPE; how++)
        for (int hash = 0; hash < 2; hash++) {
            expect_file(&plain, content, CONTENT, how, hash, names[how]);
            expect_file(&packed, content, CONTENT, how, hash, names[how]);
        }
}

/* Input that somebody has read the begin of is what is left. */
Test(source, rest_of_an_input_as_a_file) {
    static char content[CONTENT], rest[CONTENT];
    make_content(content);
    const scratch stored_file = scratch_make("data", content, CONTENT);
    FILE *input = fopen(stored_file.path, "rb");
    peil_source *source = NULL;
    int file;
    uint64_t size;
    cr_assert_geq(dup2(fileno(input), STDIN_FILENO), 0);
    cr_assert_eq(lseek(STDIN_FILENO, 1000, SEEK_SET), 1000);
    cr_assert_eq(peil_source_open("-", 0, false, &source, NULL), PEIL_OK);
    cr_assert_eq(peil_source_file(source, &file, &size, NULL), PEIL_OK);
    cr_expect_eq(size, CONTENT - 1000);
    cr_expect_eq(pread(file, rest, CONTENT, 0), CONTENT - 1000);
    cr_expect(memcmp(rest, content + 1000, CONTENT - 1000) == 0);
    peil_source_free(source);
    fclose(input);
    scratch_remove(&stored_file);
}

/* A damaged input is refused before there is a file of it. */
Test(source, damaged_input_is_no_file) {
    static stored bytes, whole;
    for (size_t i = 0; i < COUNT(matrix); i++) {
        const bool is_gzip = matrix[i].members[0] || matrix[i].more[0];
        peil_source *source = NULL;
        peil_fault fault = {0};
        int file;
        uint64_t size;
        make_damage(&matrix[i], &bytes, &whole);
        const scratch stored_file = scratch_make("data.gz", bytes.bytes, bytes.length);
        peil_status status = peil_source_open(stored_file.path, 0, false, &source, &fault);
        if (status == PEIL_OK) status = peil_source_file(source, &file, &size, &fault);
        cr_expect_eq(status, matrix[i].fault ? PEIL_EDATA : PEIL_OK, "%s: %s", matrix[i].name,
                     fault.message);
        if (status == PEIL_OK && is_gzip) cr_expect_eq(size, whole.length, "%s", matrix[i].name);
        peil_source_free(source);
        scratch_remove(&stored_file);
    }
}

/* With a limit no block is taken once the text is over it. */
Test(source, blocks_that_are_left_as_a_text) {
    static char content[CONTENT];
    make_content(content);
    const scratch file = scratch_make("data", content, CONTENT);
    static const size_t most[] = {SIZE_MAX, CONTENT, CONTENT / 2, 0};
    for (size_t m = 0; m < COUNT(most); m++) {
        peil_source *source = NULL;
        peil_text text = {0};
        const char *bytes;
        size_t first;
        cr_assert_eq(peil_source_open(file.path, 7, false, &source, NULL), PEIL_OK);
        cr_assert_eq(peil_source_next(source, &bytes, &first, NULL), PEIL_OK);
        cr_assert_eq(peil_source_text(source, most[m], &text, NULL), PEIL_OK);
        const size_t all = CONTENT - first;
        HOLDS(most[m] < all ? text.length > most[m] && text.length <= most[m] + 7
                            : text.length == all,
              "%zu of at most %zu", text.length, most[m]);
        cr_expect(memcmp(text.bytes, content + first, text.length) == 0);
        peil_text_clear(&text);
        peil_source_free(source);
    }
    scratch_remove(&file);
}
