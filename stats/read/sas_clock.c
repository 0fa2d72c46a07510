/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "read/sas_clock.h"

#include <stddef.h>

/* Formats of dates and of moments; TIME., HHMM. and the like are of neither. See "Dates, Times, and
 * Intervals" in SAS's Language Reference. */
const peil_clock *peil_sas_clock(const char *format) {
    static const peil_clock day = {PEIL_DAY_1960, 0, false}, moment = {PEIL_DAY_1960, 1, true};
    static const peil_clock_format formats[] = {
        {"DATE", &day},        {"DDMMYY", &day},     {"DDMMYYB", &day},     {"DDMMYYC", &day},
        {"DDMMYYD", &day},     {"DDMMYYN", &day},    {"DDMMYYP", &day},     {"DDMMYYS", &day},
        {"MMDDYY", &day},      {"MMDDYYB", &day},    {"MMDDYYC", &day},     {"MMDDYYD", &day},
        {"MMDDYYN", &day},     {"MMDDYYP", &day},    {"MMDDYYS", &day},     {"YYMMDD", &day},
        {"YYMMDDB", &day},     {"YYMMDDC", &day},    {"YYMMDDD", &day},     {"YYMMDDN", &day},
        {"YYMMDDP", &day},     {"YYMMDDS", &day},    {"MONYY", &day},       {"MMYY", &day},
        {"YYMM", &day},        {"YYMON", &day},      {"YYQ", &day},         {"JULIAN", &day},
        {"WEEKDATE", &day},    {"WEEKDATX", &day},   {"WORDDATE", &day},    {"WORDDATX", &day},
        {"E8601DA", &day},     {"B8601DA", &day},    {"IS8601DA", &day},    {"NLDATE", &day},
        {"EURDFDD", &day},     {"EURDFDE", &day},    {"MINGUO", &day},      {"DATETIME", &moment},
        {"DTDATE", &moment},   {"DTMONYY", &moment}, {"DTWKDATX", &moment}, {"DTYYQC", &moment},
        {"E8601DT", &moment},  {"B8601DT", &moment}, {"IS8601DT", &moment}, {"E8601DN", &moment},
        {"DATEAMPM", &moment}, {"MDYAMPM", &moment}, {"NLDATM", &moment},   {"EURDFDT", &moment},
        {NULL, NULL}};
    return peil_clock_find(formats, format);
}
