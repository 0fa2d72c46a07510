/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "help.h"

#include <stdio.h>
#include <string.h>

/* Columns: the right side, the help of options, choices and their help. */
enum { WIDTH = 80, COLUMN = 26, CHOICE = 10, CHOICE_HELP = 22, ASKED = 4 };

/* Adds words between column `indent` and the right side; the line stands at column `at` already. */
static void add_wrapped(peil_text *out, const char *words, size_t indent, size_t at) {
    if (at + 1 >= indent) {
        peil_text_add(out, "\n");
        at = 0;
    }
    peil_text_add_format(out, "%*s", (int)(indent - at), "");
    at = indent;
    while (*words) {
        const size_t n = strcspn(words, " ");
        if (at > indent && at + 1 + n > WIDTH) {
            peil_text_add_format(out, "\n%*s", (int)indent, "");
            at = indent;
        } else if (at > indent) {
            peil_text_add(out, " ");
            at++;
        }
        peil_text_add_bytes(out, words, n);
        at += n;
        words += n + (words[n] == ' ');
    }
    peil_text_add(out, "\n");
}

/* What stands for the value: its name, or the choices themselves when they are few. */
static void add_argument(peil_text *out, const cli_option *option) {
    if (option->argument) peil_text_add_format(out, " %s", option->argument);
    if (option->argument || !option->choices) return;
    for (size_t i = 0; option->choices(i).name; i++) {
        peil_text_add_format(out, "%s%s", i ? "|" : " ", option->choices(i).name);
    }
}

static void add_choices(peil_text *out, const cli_option *option) {
    for (size_t i = 0; option->choices(i).name; i++) {
        const cli_choice choice = option->choices(i);
        char help[256];
        snprintf(help, sizeof help, "%s%s", choice.help ? choice.help : "",
                 i || option->no_default ? "" : " (unless given)");
        peil_text_add_format(out, "%*s%s", CHOICE, "", choice.name);
        if (help[0])
            add_wrapped(out, help, CHOICE_HELP, CHOICE + strlen(choice.name));
        else
            peil_text_add(out, "\n");
    }
}

static void add_option(peil_text *out, const cli_option *option) {
    const size_t before = out->length;
    if (option->letter) {
        peil_text_add_format(out, "  -%c, --%s", option->letter, option->name);
    } else {
        peil_text_add_format(out, "      --%s", option->name);
    }
    add_argument(out, option);
    add_wrapped(out, option->help, COLUMN, out->length - before);
    if (option->choices && option->argument) add_choices(out, option);
}

void cli_help_option(const cli_option *option, peil_text *out) {
    peil_text_add_format(out, "--%s", option->name);
    if (!option->choices) add_argument(out, option);
    peil_text_add(out, ":\n");
    add_wrapped(out, option->help, ASKED, 0);
    if (option->choices) add_choices(out, option);
    if (option->more) option->more(out);
}

/* What stands behind the command. */
static const char *words_of(const cli_command *command) {
    return command->names ? command->names : command->files ? command->files : "FILE...";
}

static void add_usage(peil_text *out, const cli_command *command) {
    peil_text_add_format(out, "Usage: peil %s %s", command->name, words_of(command));
    for (const cli_group *const *group = command->groups; *group; group++) {
        for (const cli_option *option = (*group)->options; option->name; option++) {
            if (!option->required) continue;
            if (option->letter) {
                peil_text_add_format(out, " -%c %s", option->letter, option->argument);
            } else {
                peil_text_add_format(out, " --%s %s", option->name, option->argument);
            }
        }
    }
    peil_text_add(out, " [OPTION...]\n");
}

void cli_help_command(const cli_command *command, peil_text *out) {
    peil_text_add_format(out, "peil %s: %s\n\nExamples:\n%s\n", command->name, command->help,
                         command->examples);
    add_usage(out, command);
    if (strstr(words_of(command), "FILE")) {
        peil_text_add(
            out,
            "\nFILE is SPSS, Stata or SAS data, or text such as csv with names in the first\n"
            "row, gzipped or not; several files are read as one; - is standard input.\n");
    }
    if (command->about) {
        peil_text_add(out, "\n");
        command->about(out);
    }
    for (const cli_group *const *group = command->groups; *group; group++) {
        peil_text_add_format(out, "\n%s:\n", (*group)->title);
        const cli_option *option = (*group)->options;
        for (; option->name; option++) add_option(out, option);
    }
}

static void add_commands(bool is_of_team, peil_text *out) {
    peil_text_add(out, "\nCommands:\n");
    for (const cli_command *const *command = cli_commands; *command; command++) {
        if (is_of_team && !(*command)->takes_team) continue;
        peil_text_add_format(out, "  %-10s%s\n", (*command)->name, (*command)->help);
    }
}

void cli_help_team(peil_text *out) {
    peil_text_add(out,
                  "peil-mpi: commands of peil, by several processes that read the data together\n"
                  "\n"
                  "Usage: mpirun -n N peil-mpi COMMAND FILE... [OPTION...]\n");
    add_commands(true, out);
    peil_text_add(
        out,
        "\nOptions, output and exit status are those of peil: see 'peil COMMAND --help'.\n"
        "The other commands are peil's alone.\n");
}

void cli_help_peil(bool is_full, peil_text *out) {
    if (is_full) peil_text_add(out, "peil: survey figures with honest margins, from microdata\n\n");
    peil_text_add(out, "Usage: peil COMMAND FILE... [OPTION...]\n");
    add_commands(false, out);
    if (!is_full) {
        peil_text_add(out, "\nSee 'peil COMMAND --help' for examples and options.\n");
        return;
    }
    peil_text_add(out, "\nExamples:\n");
    for (const cli_command *const *command = cli_commands; *command; command++) {
        const char *examples = (*command)->examples, *end = strstr(examples, "\n\n");
        peil_text_add_bytes(out, examples, end ? (size_t)(end - examples) + 1 : strlen(examples));
        if (command[1]) peil_text_add(out, "\n");
    }
    peil_text_add(out,
                  "\nOptions:\n"
                  "  peil COMMAND --help, peil help COMMAND   examples and options of a command\n"
                  "  peil help --OPTION                       what an option takes\n"
                  "  peil --version                           the version\n"
                  "\nExit status: 0 done; 1 verify, or run --replay, found a difference; 2 wrong\n"
                  "usage; 3 data refused; 4 reading, writing or memory failed. Figures go to\n"
                  "standard output or --output, messages to standard error.\n");
}
