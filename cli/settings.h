/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The options that commands share: the same name and meaning in every command. */
#ifndef PEIL_CLI_SETTINGS_H
#define PEIL_CLI_SETTINGS_H

#include "core/text.h"
#include "options.h"

extern const cli_group cli_figures;           /* measures, breakdowns, intervals */
extern const cli_group cli_published;         /* published figures, and what they are of */
extern const cli_group cli_together;          /* intervals of several groups */
extern const cli_group cli_respondents;       /* conditions and missing codes */
extern const cli_group cli_counting;          /* missing codes and the weight only */
extern const cli_group cli_design;            /* weights, strata, clusters */
extern const cli_group cli_replication;       /* replicate weights */
extern const cli_group cli_calibration;       /* targets of the weights, when there are any */
extern const cli_group cli_targets;           /* the same, needed */
extern const cli_group cli_start;             /* who is in the sample, with what start weight */
extern const cli_group cli_reading;           /* how files are read */
extern const cli_group cli_output;            /* format, file, language */
extern const cli_group cli_comparison;        /* over what, and against what */
extern const cli_group cli_comparison_if_any; /* the same, where it need not be one */
extern const cli_group cli_state_output;      /* file of a state, which has one format */

/* The measures that the library knows, and the language of conditions, in short. */
void cli_measures_help(peil_text *out);

/* The language: --lang, else the environment's. */
peil_language cli_settings_language(const cli_settings *settings);

#endif
