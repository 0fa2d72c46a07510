/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The words that options take. Methods come from the library's own lists, so that a new method is
 * known here by itself; in every list the first is the default. */
#ifndef PEIL_CLI_CHOICES_H
#define PEIL_CLI_CHOICES_H

#include "options.h"

cli_choice cli_choice_interval(size_t i);
cli_choice cli_choice_adjustment(size_t i);
cli_choice cli_choice_distance(size_t i);
cli_choice cli_choice_format(size_t i);
cli_choice cli_choice_rule(size_t i);
cli_choice cli_choice_lonely_psu(size_t i);
cli_choice cli_choice_df(size_t i);
cli_choice cli_choice_replication(size_t i);
cli_choice cli_choice_centre(size_t i);
cli_choice cli_choice_missing_weight(size_t i);
cli_choice cli_choice_language(size_t i);
cli_choice cli_choice_decimal(size_t i);
cli_choice cli_choice_preset(size_t i);
cli_choice cli_choice_reliability(size_t i);

/* True when `word` is one of the choices; "fay=0.5" is one where "fay=K" is listed. */
bool cli_choice_has(cli_choice (*choices)(size_t), const char *word);

#endif
