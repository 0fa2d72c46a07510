/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The yardstick: zlib alone over one gzip file, in blocks: bare_zlib FILE */
#include <stdio.h>
#include <string.h>
#include <zlib.h>

enum { BLOCK = 1 << 18 };

int main(int argc, char **argv) {
    static unsigned char in[BLOCK], out[BLOCK];
    z_stream stream;
    unsigned long long bytes = 0;
    FILE *file = argc == 2 ? fopen(argv[1], "rb") : NULL;
    if (!file) return 2;
    memset(&stream, 0, sizeof stream);
    if (inflateInit2(&stream, 15 + 16) != Z_OK) return 1;
    int status = Z_OK;
    while (status == Z_OK) {
        if (stream.avail_in == 0) {
            stream.next_in = in;
            stream.avail_in = (unsigned)fread(in, 1, BLOCK, file);
        }
        stream.next_out = out;
        stream.avail_out = BLOCK;
        status = inflate(&stream, Z_NO_FLUSH);
        bytes += BLOCK - stream.avail_out;
    }
    inflateEnd(&stream);
    fclose(file);
    printf("%llu\n", bytes);
    return status == Z_STREAM_END ? 0 : 1;
}
