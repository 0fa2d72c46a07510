/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A command's options as rows in a table. The parser, the usage line and the help read the same
 * rows, so that they cannot drift apart. To add an option: one row (see settings.c). */
#ifndef PEIL_CLI_OPTIONS_H
#define PEIL_CLI_OPTIONS_H

#include <stdbool.h>
#include <stddef.h>

#include "core/fault.h"
#include "core/text.h"
#include "plan/request.h"

/* All that a command line can say. */
typedef struct cli_settings {
    peil_request request;                   /* the words that the library reads */
    const char *format, *output, *language; /* NULL: not given */
    const char *save;                       /* file of weights; NULL: not given */
    int decimals;                           /* -1: not given */
    bool no_progress, help;
    const struct cli_option *asked; /* "help" was given as its value: what it takes is asked for */
} cli_settings;

/* One of the words that an option takes. */
typedef struct cli_choice {
    const char *name; /* NULL ends a list */
    const char *help; /* one line, or NULL */
} cli_choice;

typedef enum cli_kind {
    CLI_FLAG,   /* bool */
    CLI_WORD,   /* const char * */
    CLI_WORDS,  /* peil_words; the option can be repeated */
    CLI_WHOLE,  /* int from low to high; low - 1 when not given */
    CLI_NUMBER, /* double between low and high; 0 when not given */
} cli_kind;

typedef struct cli_option {
    const char *name;     /* Mandatory. Without the dashes; NULL ends a group. */
    char letter;          /* Optional. The short name. */
    cli_kind kind;        /* Mandatory. */
    size_t offset;        /* Mandatory. Where in cli_settings the value goes. */
    const char *argument; /* How help calls the value; NULL: a flag, or the choices.
                             "VAR..." and "NAME" are names of the user's, "help" too. */
    const char *help;     /* Mandatory. */
    cli_choice (*choices)(
        size_t i);                /* Optional, for CLI_WORD. The words it takes, default first. */
    void (*more)(peil_text *out); /* Optional. What '--OPTION help' adds to the help. */
    bool no_default;              /* None of the choices holds unless given. */
    double low, high;             /* For numbers. */
    bool required;                /* The command does not work without. */
} cli_option;

typedef struct cli_group {
    const char *title;
    const cli_option *options; /* ends with a row without a name */
} cli_group;

struct cli_command;

/* Reads the words after the command's name. Words are borrowed from `argv`. */
peil_status cli_options_read(const struct cli_command *command, int argc, char **argv,
                             cli_settings *settings, peil_fault *fault) PEIL_CHECKED;

/* Releases what cli_options_read made; a zeroed struct is fine. */
void cli_options_clear(const struct cli_command *command, cli_settings *settings);

#endif
