/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The eleven questions of csv-spectrum (Max Ogden, 2014) put to files of our own, and to the
 * originals where PEIL_CSV_SPECTRUM names the folder that has them. */
#include "support/reading.h"

static const struct {
    const char *name, *text, *content;
} spectrum[] = {
    {"comma in quotes", "naam,adres,plaats\nDe Vries,\"Kade 1, hoog\",Sneek\n",
     "naam|adres|plaats~De Vries|Kade 1, hoog|Sneek"},
    {"empty", "v1,v2,v3\n5,\"\",\"\"\n6,7,8\n", "v1|v2|v3~5||~6|7|8"},
    {"empty, CRLF", "v1,v2,v3\r\n5,\"\",\"\"\r\n6,7,8\r\n", "v1|v2|v3~5||~6|7|8"},
    {"escaped quotes", "nr,zin\n8,\"een \"\"goede\"\" buurt\"\n9,10\n",
     "nr|zin~8|een \"goede\" buurt~9|10"},
    {"json", "nr,vorm\n7,\"{\"\"type\"\": \"\"punt\"\", \"\"plek\"\": [4.9, 52.4]}\"\n",
     "nr|vorm~7|{\"type\": \"punt\", \"plek\": [4.9, 52.4]}"},
    {"newlines", "x,y,z\n7,8,9\n\"boven\nen\nonder\",5,6\n10,11,12\n",
     "x|y|z~7|8|9~boven\nen\nonder|5|6~10|11|12"},
    {"newlines, CRLF", "x,y,z\r\n7,8,9\r\n\"boven\r\nen\r\nonder\",5,6\r\n10,11,12\r\n",
     "x|y|z~7|8|9~boven\r\nen\r\nonder|5|6~10|11|12"},
    {"quotes and newlines", "x,y\n1,\"eerst \n\"\"dan\"\" \nlater\"\n3,4\n",
     "x|y~1|eerst \n\"dan\" \nlater~3|4"},
    {"simple", "x,y,z\n7,8,9\n", "x|y|z~7|8|9"},
    {"simple, CRLF", "x,y,z\r\n7,8,9\r\n", "x|y|z~7|8|9"},
    {"utf8", "x,y,z\n7,8,9\n4,5,\xC4\xB3\xE2\x82\xAC\n", "x|y|z~7|8|9~4|5|\xC4\xB3\xE2\x82\xAC"},
};

Test(csv_spectrum, our_own) {
    cr_assert_eq(COUNT(spectrum), 11);
    for (size_t i = 0; i < COUNT(spectrum); i++)
        for (size_t block = 0; block < 80; block++) {
            reading r = read_bytes(spectrum[i].text, strlen(spectrum[i].text),
                                   (peil_reading){.block_bytes = block}, 2);
            HOLDS(r.status == PEIL_OK && !strcmp(r.content.bytes, spectrum[i].content),
                  "%s, block %zu: %s\nnot %s", spectrum[i].name, block, r.content.bytes,
                  spectrum[i].content);
            peil_text_clear(&r.content);
        }
}

/* ---- the originals ---- */

static const char *const originals[] = {
    "comma_in_quotes",
    "empty",
    "empty_crlf",
    "escaped_quotes",
    "json",
    "newlines",
    "newlines_crlf",
    "quotes_and_newlines",
    "simple",
    "simple_crlf",
    "utf8",
};

/* The next string of a json text, unescaped, into `out`; NULL at the end. */
static const char *next_string(const char *json, char *out) {
    json = strchr(json, '"');
    if (!json) return NULL;
    for (json++; *json != '"'; json++) {
        if (*json == '\\') json++;
        const bool is_escaped = json[-1] == '\\';
        *out++ = is_escaped && *json == 'n' ? '\n' : is_escaped && *json == 'r' ? '\r' : *json;
    }
    *out = '\0';
    return json + 1;
}

/* An array of flat objects as `reading` writes rows. */
static void add_json(const char *json, peil_text *out) {
    char string[512];
    peil_text rows = {0};
    peil_text_add(&rows, "");
    for (bool first = true; *json; json++) {
        if (*json == '{') {
            bool is_name = true, begins = true;
            for (json++; *json != '}'; json++) {
                if (*json != '"') continue;
                json = next_string(json, string);
                peil_text *to = is_name ? out : &rows;
                if (!is_name || first) peil_text_add(to, !begins ? "|" : is_name ? "" : "~");
                if (!is_name || first) peil_text_add(to, string);
                if (!is_name) begins = false;
                is_name = !is_name;
                json--;
            }
            first = false;
        }
    }
    peil_text_add(out, rows.bytes);
    peil_text_clear(&rows);
}

static bool load(const char *path, peil_text *out) {
    FILE *file = fopen(path, "rb");
    char bytes[4096];
    if (!file) return false;
    for (size_t n; (n = fread(bytes, 1, sizeof bytes, file));) peil_text_add_bytes(out, bytes, n);
    return fclose(file) == 0;
}

Test(csv_spectrum, originals) {
    const char *folder = getenv("PEIL_CSV_SPECTRUM");
    if (!folder) cr_skip_test("PEIL_CSV_SPECTRUM names no folder");
    for (size_t i = 0; i < COUNT(originals); i++) {
        char path[1024];
        peil_text json = {0}, wanted = {0};
        snprintf(path, sizeof path, "%s/json/%s.json", folder, originals[i]);
        cr_assert(load(path, &json), "cannot read %s", path);
        add_json(json.bytes, &wanted);
        snprintf(path, sizeof path, "%s/csvs/%s.csv", folder, originals[i]);
        for (size_t block = 0; block < 80; block++) {
            reading r = read_as(path, (peil_reading){.block_bytes = block}, 2);
            HOLDS(r.status == PEIL_OK && !strcmp(r.content.bytes, wanted.bytes),
                  "%s, block %zu: %s\nnot %s", originals[i], block, r.content.bytes, wanted.bytes);
            peil_text_clear(&r.content);
        }
        peil_text_clear(&json);
        peil_text_clear(&wanted);
    }
}
