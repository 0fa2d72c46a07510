/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What may be asked of the terminal, if there is one. */
#ifndef PEIL_CLI_TERMINAL_H
#define PEIL_CLI_TERMINAL_H

#include <stdbool.h>
#include <stddef.h>

/* The descriptor is a terminal that understands escape sequences. */
bool cli_terminal_obeys(int descriptor);

/* The same, and nobody asked for no colour (https://no-color.org). */
bool cli_terminal_colours(int descriptor);

/* Columns of the terminal or, where it is none or does not tell, those of the variable COLUMNS of
 * the environment; 0 without. */
size_t cli_terminal_width(int descriptor);

#endif
