/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "read/csv_target.h"

#include <string.h>

/* ---- faults ---- */

static peil_status refuse(const peil_csv_target *target, uint64_t record, const char *message,
                          peil_fault *fault) {
    return peil_refuse(fault, record, target->column->name, "%s", message);
}

static peil_status refuse_mark(const peil_csv_target *target, uint64_t record, peil_fault *fault) {
    return refuse(target, record,
                  target->marks.decimal == ','
                      ? "a decimal point where others have a comma; --decimal says which it is"
                      : "a decimal comma where others have a point; --decimal says which it is",
                  fault);
}

bool peil_has_order_mark(const char *text, size_t length) {
    return length >= 3 && memcmp(text, "\xEF\xBB\xBF", 3) == 0;
}

/* What the dictionary said of a value, which has no record there. */
static peil_status check_code(const peil_csv_target *target, uint64_t record, peil_status status,
                              const peil_fault *said, const char *text, size_t length,
                              peil_fault *fault) {
    if (status == PEIL_OK) return PEIL_OK;
    if (status == PEIL_ESYSTEM) return peil_fail_memory(fault);
    return refuse(target, record,
                  peil_text_is_utf8(text, length)
                      ? said->message
                      : "text that is not UTF-8; --encoding cp1252 reads that of Windows",
                  fault);
}

/* ---- codes ---- */

/* Several answers in a value, with commas between them. */
static peil_status take_list(peil_csv_target *target, const char *text, size_t length,
                             uint64_t record, peil_fault *fault) {
    peil_marks *marks = &target->marks;
    if (marks->is_given || !peil_text_is_list(text, length)) return PEIL_OK;
    if (marks->decimal == ',')
        return refuse(target, record,
                      "several answers with commas where others are decimal commas; --decimal "
                      "point makes both text",
                      fault);
    if (!marks->decimal) *marks = (peil_marks){.decimal = '.', .is_given = true};
    return PEIL_OK;
}

/* A value that has no code yet, or whose code takes a search. */
peil_status peil_csv_search_code(peil_csv_target *target, const char *text, size_t length,
                                 uint64_t record, uint32_t *code, peil_fault *fault) {
    peil_dictionary *dictionary = &target->column->dictionary;
    peil_fault said;
    peil_plain plain;
    peil_status status = PEIL_OK;
    if (peil_has_order_mark(text, length))
        return refuse(target, record, "a byte order mark: two files that were put together?",
                      fault);
    const bool is_marked = target->marks.group || peil_text_has_mark(text, length);
    switch (is_marked ? peil_marks_take(&target->marks, text, length, record, &plain)
                      : PEIL_TAKEN_AS_IS) {
        case PEIL_TAKEN_AS_IS:
            if (is_marked) PEIL_TRY(take_list(target, text, length, record, fault));
            status = peil_dictionary_search(dictionary, text, length, code, &said);
            break;
        case PEIL_TAKEN_AS_NUMBER:
            status = peil_dictionary_look_up(dictionary, plain.text, plain.length, code, &said);
            if (status == PEIL_OK) peil_dictionary_remember(dictionary, text, length, *code);
            break;
        case PEIL_TAKEN_AS_TEXT:
            status = peil_dictionary_code_text(dictionary, text, length, code, &said);
            break;
        case PEIL_TAKEN_BY_NONE:
            return refuse_mark(target, record, fault);
    }
    return check_code(target, record, status, &said, text, length, fault);
}

/* ---- numbers ---- */

/* Text in a column of numbers: the dictionary keeps it. */
static peil_status take_text(peil_csv_target *target, const char *text, size_t length,
                             uint64_t record, bool reads_number, peil_decimal *number,
                             peil_fault *fault) {
    peil_dictionary *dictionary = &target->column->dictionary;
    uint32_t code = PEIL_MISSING_CODE;
    peil_fault said;
    peil_status status = PEIL_OK;
    if (reads_number)
        status = peil_dictionary_code_text(dictionary, text, length, &code, &said);
    else if (length)
        status = peil_dictionary_code(dictionary, text, length, &code, &said);
    *number = (peil_decimal){code, PEIL_NO_NUMBER};
    return check_code(target, record, status, &said, text, length, fault);
}

/* What is no whole number of one digit nor in a column of points. */
static peil_status search_number(peil_csv_target *target, const char *text, size_t length,
                                 uint64_t record, bool reads, peil_decimal *number,
                                 peil_fault *fault) {
    peil_marks *marks = &target->marks;
    peil_plain plain;
    switch (peil_marks_take(marks, text, length, record, &plain)) {
        case PEIL_TAKEN_AS_IS:
            if (marks->decimal == '.' && marks->is_certain) target->has_points = true;
            return reads ? PEIL_OK : take_text(target, text, length, record, false, number, fault);
        case PEIL_TAKEN_AS_NUMBER:
            *number = plain.number;
            return PEIL_OK;
        case PEIL_TAKEN_AS_TEXT:
            return take_text(target, text, length, record, true, number, fault);
        case PEIL_TAKEN_BY_NONE:
            return refuse_mark(target, record, fault);
    }
    return PEIL_OK;
}

peil_status peil_csv_take_number(peil_csv_target *target, const char *text, size_t length,
                                 uint64_t record, peil_decimal *number, peil_fault *fault) {
    const bool reads = peil_decimal_read(text, length, number);
    if (reads && (length <= 1 || target->has_points)) return PEIL_OK;
    return search_number(target, text, length, record, reads, number, fault);
}
