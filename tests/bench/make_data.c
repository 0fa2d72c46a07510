/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Writes survey data for the benchmarks to standard output, the same bytes everywhere:
 *   make_data [ROWS]             39 columns, 14 areas, 4 years; some 100 bytes a row
 *   make_data municipal [ROWS]   20 yes/no questions, 340 municipalities, 2 years
 *   make_data replicates [ROWS]  10 yes/no questions, 50 areas, 80 replicate weights
 *   make_data wide [ROWS]        250 columns: 240 yes/no questions, areas of four sizes */
#include <inttypes.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { YEARS = 4, AREAS = 14, AGES = 4, ITEMS = 12, QUESTIONS = 16, MARKS = 3 };
enum { MUNICIPALITIES = 340, MUNICIPAL_YEARS = 2, MUNICIPAL_QUESTIONS = 20 };
enum { REPLICATES = 80, REPLICATE_AREAS = 50, REPLICATE_QUESTIONS = 10 };
enum { WIDE_CLASSES = 7, WIDE_QUESTIONS = 240 };

/* Draws are a function of (row, column) alone: SplitMix64 (Steele, Lea and Flood 2014) of a
 * counter. So any part of the data can be made again, in any order. */
static uint64_t draw(uint64_t row, uint64_t column) {
    uint64_t z = (row * 64 + column + 1) * UINT64_C(0x9e3779b97f4a7c15);
    z = (z ^ (z >> 30)) * UINT64_C(0xbf58476d1ce4e5b9);
    z = (z ^ (z >> 27)) * UINT64_C(0x94d049bb133111eb);
    return z ^ (z >> 31);
}

/* A whole number from 0 to n - 1. */
static unsigned below(uint64_t bits, unsigned n) {
    return (unsigned)((bits >> 32) * n >> 32);
}

/* 0.1 to 3.1 with 4 to 6 decimals, as post-stratification gives them. */
static void put_weight(uint64_t bits) {
    static const unsigned scales[] = {10000, 100000, 1000000};
    const unsigned digits = 4 + (unsigned)(bits % 3), scale = scales[digits - 4];
    const unsigned value = scale / 10 + below(bits, 3 * scale);
    printf(",%u.%0*u", value / scale, (int)digits, value % scale);
}

/* An answer of 1 to `most`, or `missing` for one in 32; leaning makes low answers likelier. */
static void put_answer(uint64_t bits, unsigned most, unsigned missing, unsigned leaning) {
    const unsigned first = below(bits, most), second = below(bits << 32, most);
    const bool takes_lower = (bits >> 5) % 8 < leaning;
    const unsigned answer = takes_lower && second < first ? second : first;
    printf(",%u", bits % 32 == 0 ? missing : answer + 1);
}

static void put_header(void) {
    printf("id,jaar,gemeente,stratum,weging");
    for (int i = 1; i <= ITEMS; i++) printf(",item%02d", i);
    for (int i = 1; i <= QUESTIONS; i++) printf(",vraag%02d", i);
    for (int i = 1; i <= MARKS; i++) printf(",cijfer%d", i);
    puts(",geslacht,leeftijdsklasse,opleiding");
}

static void put_row(uint64_t row) {
    static const char *const ages[AGES] = {"18-34", "35-49", "50-64", "65+"};
    uint64_t column = 0;
    const unsigned year = below(draw(row, column++), YEARS);
    const unsigned area = below(draw(row, column++), AREAS);
    const unsigned age = below(draw(row, column++), AGES);
    printf("%" PRIu64 ",%u,GM%04u,%u", row + 1, 2013 + 2 * year, 534 + 7 * area,
           1 + (year * AREAS + area) * AGES + age);
    put_weight(draw(row, column++));
    for (int i = 0; i < ITEMS; i++) put_answer(draw(row, column++), 5, 9, 3);
    for (int i = 0; i < QUESTIONS; i++) put_answer(draw(row, column++), 2, 9, (year + area) % 8);
    for (int i = 0; i < MARKS; i++) put_answer(draw(row, column++), 10, 99, 0);
    const uint64_t person = draw(row, column);
    printf(",%s,%s,%u\n", person % 2 ? "man" : "vrouw", ages[age], 1 + below(person, 3));
}

static void put_municipal_header(void) {
    printf("jaar,gemeente,stratum,weging");
    for (int i = 1; i <= MUNICIPAL_QUESTIONS; i++) printf(",vraag%02d", i);
    putchar('\n');
}

static void put_municipal_row(uint64_t row) {
    uint64_t column = 0;
    const unsigned year = below(draw(row, column++), MUNICIPAL_YEARS);
    const unsigned area = below(draw(row, column++), MUNICIPALITIES);
    printf("%u,GM%04u,%u", 2020 + 2 * year, 3 * area + 14, 1 + year * MUNICIPALITIES + area);
    put_weight(draw(row, column++));
    for (unsigned i = 0; i < MUNICIPAL_QUESTIONS; i++) {
        put_answer(draw(row, column++), 2, 9, (area + i * year) % 8);
    }
    putchar('\n');
}

static void put_replicate_header(void) {
    printf("gebied,weging");
    for (int i = 1; i <= REPLICATE_QUESTIONS; i++) printf(",vraag%02d", i);
    for (int i = 1; i <= REPLICATES; i++) printf(",rep%02d", i);
    putchar('\n');
}

/* Half samples after Fay: the weight times 0.5 or 1.5. */
static void put_replicate_row(uint64_t row) {
    uint64_t column = 0;
    const unsigned area = below(draw(row, column++), REPLICATE_AREAS);
    const unsigned weight = 1000 + below(draw(row, column++), 30000);
    const uint64_t halves[] = {draw(row, column++), draw(row, column++)};
    printf("G%02u,%u.%04u", area, weight / 10000, weight % 10000);
    for (unsigned i = 0; i < REPLICATE_QUESTIONS; i++) {
        put_answer(draw(row, column++), 2, 9, (area + i) % 8);
    }
    for (unsigned i = 0; i < REPLICATES; i++) {
        const unsigned half = weight / 2,
                       replicate = half + (halves[i / 64] >> i % 64 & 1) * weight;
        printf(",%u.%04u", replicate / 10000, replicate % 10000);
    }
    putchar('\n');
}

static void put_wide_header(void) {
    printf("id,jaar,gemeente,gebied10,gebied100,gebied1000,geslacht,klas,stratum,weging");
    for (int i = 1; i <= WIDE_QUESTIONS; i++) printf(",vraag%03d", i);
    putchar('\n');
}

/* A row takes the draws of four, as it has more than 64 columns. */
static void put_wide_row(uint64_t row) {
    const uint64_t draws = 4 * row;
    uint64_t column = 0;
    const unsigned year = below(draw(draws, column++), YEARS);
    const unsigned town = below(draw(draws, column++), AREAS);
    const unsigned area = below(draw(draws, column++), 1000);
    const uint64_t person = draw(draws, column++);
    printf("%" PRIu64 ",%u,GM%04u,A%u,B%02u,C%03u", row + 1, 2013 + 2 * year, 534 + 7 * town,
           area % 10, area % 100, area);
    printf(",%s,%u,%u", person % 2 ? "man" : "vrouw", 1 + below(person, WIDE_CLASSES),
           1 + year * AREAS + town);
    put_weight(draw(draws, column++));
    for (unsigned i = 0; i < WIDE_QUESTIONS; i++) {
        put_answer(draw(draws, column++), 2, 9, (town + i) % 8);
    }
    putchar('\n');
}

/* A kind of data, named by the first word, or without. */
static const struct {
    const char *name;
    void (*put_header)(void);
    void (*put_row)(uint64_t row);
} kinds[] = {{"municipal", put_municipal_header, put_municipal_row},
             {"replicates", put_replicate_header, put_replicate_row},
             {"wide", put_wide_header, put_wide_row},
             {NULL, put_header, put_row}};

int main(int argc, char **argv) {
    size_t kind = 0;
    while (kinds[kind].name && (argc < 2 || strcmp(argv[1], kinds[kind].name) != 0)) kind++;
    const int place = kinds[kind].name ? 2 : 1;
    const uint64_t rows = argc > place ? strtoull(argv[place], NULL, 10) : 1000000;
    kinds[kind].put_header();
    for (uint64_t row = 0; row < rows; row++) kinds[kind].put_row(row);
    return fflush(stdout) == 0 && !ferror(stdout) ? 0 : 1;
}
