/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/nonresponse.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "core/array.h"
#include "report/candidates.h"
#include "report/values.h"

/* ---- words ---- */

#define PLAIN_MOST 200 /* a longer label is a sentence, not a reason */

/* The length of what joins two letters into a word: a point, or an apostrophe, which print curls.
 */
static size_t joint(const char *text) {
    if (strncmp(text, "\xE2\x80\x99", 3) == 0) return 3;
    return *text == '.' || *text == '\'' || *text == '`';
}

/* The byte at *text; of a space that does not break, which has two, a space. */
static unsigned char take_byte(const char **text) {
    if (strncmp(*text, "\xC2\xA0", 2) != 0) return (unsigned char)**text;
    ++*text;
    return ' ';
}

/* Letters and digits in lower case, words apart by one space: "n.v.t." is nvt and "don't" dont. */
static void make_plain(const char *text, char plain[PLAIN_MOST]) {
    size_t n = 0;
    for (; *text && n + 1 < PLAIN_MOST; text++) {
        while (joint(text)) text += joint(text);
        const unsigned char c = take_byte(&text);
        if (!c) break;
        if (isalnum(c) || c >= 0x80)
            plain[n++] = (char)tolower(c);
        else if (n > 0 && plain[n - 1] != ' ')
            plain[n++] = ' ';
    }
    while (n > 0 && plain[n - 1] == ' ') n--;
    plain[n] = '\0';
}

/* Whether these words stand in the text, one after the other. */
static bool has_words(const char *text, const char *words) {
    const size_t length = strlen(words);
    for (const char *at = strstr(text, words); at; at = strstr(at + 1, words)) {
        const bool begins = at == text || at[-1] == ' ';
        if (begins && (at[length] == '\0' || at[length] == ' ')) return true;
    }
    return false;
}

/* Anywhere in a label. */
static const char *const phrases[] = {"weet niet",
                                      "weet ik niet",
                                      "weet het niet",
                                      "geen mening",
                                      "geen antwoord",
                                      "geen opgave",
                                      "geen opgaaf",
                                      "niet ingevuld",
                                      "niet beantwoord",
                                      "onbekend",
                                      "nvt",
                                      "niet van toepassing",
                                      "wil niet zeggen",
                                      "zeg ik liever niet",
                                      "wil ik niet zeggen",
                                      "weigert",
                                      "geweigerd",
                                      "weigering",
                                      "ontbreekt",
                                      "ontbrekend",
                                      "niet gevraagd",
                                      "dont know",
                                      "do not know",
                                      "dont remember",
                                      "refused",
                                      "refusal",
                                      "refuse",
                                      "no answer",
                                      "no opinion",
                                      "no response",
                                      "nonresponse",
                                      "not applicable",
                                      "not asked",
                                      "not ascertained",
                                      "not stated",
                                      "not answered",
                                      "prefer not to say",
                                      "prefer not to answer",
                                      "rather not say",
                                      "unknown",
                                      "unsure",
                                      "not sure",
                                      "missing",
                                      "inapplicable",
                                      NULL};

/* The whole label: "na" is also a Dutch word. */
static const char *const labels[] = {"na",    "n a", "nan",  "null",  "dk",
                                     "ref",   "rf",  "inap", "dk na", "dk ref",
                                     "dk nr", "wn",  "ga",   "wn ga", NULL};

bool peil_says_no_answer(const char *text) {
    char plain[PLAIN_MOST];
    size_t i = 0;
    make_plain(text, plain);
    while (phrases[i] && !has_words(plain, phrases[i])) i++;
    if (phrases[i]) return true;
    for (i = 0; labels[i] && strcmp(plain, labels[i]) != 0;) i++;
    return labels[i] || strcmp(text, "-") == 0 || strcmp(text, ".") == 0;
}

/* Behind the highest number that is told apart. */
static const char *const highest[] = {
    "of meer",   "en meer",   "of ouder", "en ouder",  "of langer", "of vaker", "of hoger",
    "en hoger",  "or more",   "and more", "or older",  "and older", "or over",  "and over",
    "or longer", "or higher", "or above", "and above", NULL};

/* Whether a plus stands behind the number. */
static bool has_plus(const char *label, const char *number) {
    const size_t length = strlen(number);
    for (const char *at = strstr(label, number); at; at = strstr(at + 1, number)) {
        const bool begins = at == label || !isdigit((unsigned char)at[-1]);
        if (begins && at[length + strspn(at + length, " ")] == '+') return true;
    }
    return false;
}

bool peil_says_highest(const char *label, const char *number) {
    char plain[PLAIN_MOST];
    size_t i = 0;
    make_plain(label, plain);
    if (has_plus(label, number)) return true;
    while (highest[i] && !has_words(plain, highest[i])) i++;
    return highest[i] && has_words(plain, number);
}

/* ---- numbers apart ---- */

bool peil_is_customary_code(peil_decimal number) {
    static const int64_t customary[] = {7,    8,    9,    66,   77,    88,    96,    97,
                                        98,   99,   777,  888,  997,   998,   999,   7777,
                                        8888, 9997, 9998, 9999, 99997, 99998, 99999, 999999};
    const int64_t size = number.digits < 0 ? -number.digits : number.digits;
    if (number.scale != 0) return false;
    if (number.digits < 0 && size <= 9) return true;
    if (number.digits < 0 && (size == 99996 || size == 99998)) return true; /* Swing */
    for (size_t i = 0; i < sizeof customary / sizeof *customary; i++)
        if (size == customary[i]) return true;
    return false;
}

/* How far such a number must be from the answers below it: 9 from 7, 99 from 89, 999 from 899. */
static int64_t distance_of(int64_t number) {
    int64_t distance = 1;
    while (10 * distance <= number) distance *= 10;
    return distance == 1 ? 2 : distance;
}

/* The numbers of the profile in order, and how many of them at either end are customary codes that
 * lie apart from the rest. */
typedef struct ends {
    size_t low, high;
} ends;

static peil_decimal number_at(const peil_profile *p, const uint32_t *given, size_t i) {
    return p->column->dictionary.values[given[i]].number;
}

/* The codes at the high end: 9 and 8 behind 1 to 5, when 5 is far enough from 8. */
static size_t count_high(const peil_profile *p, const uint32_t *given, size_t n) {
    size_t high = 0;
    while (high < n && peil_is_customary_code(number_at(p, given, n - 1 - high)) &&
           number_at(p, given, n - 1 - high).digits > 0)
        high++;
    for (; high > 0; high--) { /* the lowest of them must be apart from what is left */
        if (n - high < 2) continue;
        const peil_decimal first = number_at(p, given, n - high);
        const peil_decimal nearest = {first.digits - distance_of(first.digits), 0};
        if (peil_decimal_compare(number_at(p, given, n - high - 1), nearest) <= 0) break;
    }
    return high;
}

/* Negative codes, when all that is left is not negative. */
static size_t count_low(const peil_profile *p, const uint32_t *given, size_t n) {
    size_t low = 0;
    while (low < n && number_at(p, given, low).digits < 0) {
        if (!peil_is_customary_code(number_at(p, given, low))) return 0;
        low++;
    }
    return n - low >= 2 ? low : 0;
}

/* Labels tell what codes mean, unless they stand at some codes of what is a number itself. */
static bool labels_tell(const peil_profile *p, const uint32_t *given, size_t n) {
    size_t without = 0;
    for (size_t i = 0; i < n; i++)
        without += peil_variable_label_of(&p->about, peil_profile_text(p, given[i])) == NULL;
    return p->about.nlabels > 0 && without < 2;
}

static ends find_ends(const peil_profile *p, const uint32_t *given, size_t n) {
    if (peil_profile_looks(p) != PEIL_LOOKS_WHOLE || peil_profile_is_long(p) ||
        labels_tell(p, given, n))
        return (ends){0, 0};
    const size_t low = count_low(p, given, n);
    return (ends){low, count_high(p, given + low, n - low)};
}

/* ---- candidates ---- */

static bool says_none(const peil_profile *p, uint32_t code) {
    const char *text = peil_profile_text(p, code);
    const char *label = peil_variable_label_of(&p->about, text);
    if (strchr(text, '"')) return false; /* --missing cannot name it */
    return label ? peil_says_no_answer(label)
                 : !p->column->dictionary.values[code].is_number && peil_says_no_answer(text);
}

static bool is_highest(const peil_profile *p, uint32_t code) {
    const char *text = peil_profile_text(p, code);
    const char *label = peil_variable_label_of(&p->about, text);
    return label && peil_says_highest(label, text);
}

static peil_status find_candidates(const peil_profile *p, peil_candidate *out, peil_fault *fault) {
    uint32_t *order = NULL;
    size_t n = 0;
    out->name = p->about.name;
    PEIL_TRY(peil_values_order(p, &order, fault));
    for (size_t i = 0; i < p->nseen; i++)
        if (p->seen[order[i]].given) order[n++] = order[i];
    const ends apart = find_ends(p, order, n);
    for (size_t i = 0; i < n; i++) {
        const bool is_at_end = i < apart.low || i >= n - apart.high;
        const bool is_apart = is_at_end && !is_highest(p, order[i]);
        if (is_apart || says_none(p, order[i]))
            peil_candidate_add(out, &p->about, peil_profile_text(p, order[i]), is_apart);
    }
    free(order);
    return out->codes.failed || out->shown.failed ? peil_fail_memory(fault) : PEIL_OK;
}

peil_status peil_nonresponse_note(const peil_profile *profiles, size_t n, peil_language language,
                                  peil_report *report, peil_fault *fault) {
    peil_candidate *all = NULL;
    peil_status status = PEIL_OK;
    PEIL_TRY(peil_array_make(&all, n, sizeof *all, fault));
    for (size_t i = 0; i < n && status == PEIL_OK; i++)
        status = find_candidates(&profiles[i], &all[i], fault);
    if (status == PEIL_OK) status = peil_candidates_note(all, n, language, report, fault);
    peil_candidates_clear(all, n);
    free(all);
    return status;
}
