/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "program.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "command.h"
#include "help.h"
#include "job.h"
#include "message.h"
#include "output.h"
#include "suggest.h"

/* In the order in which they are mostly used. */
#define COMMANDS(COMMAND) \
    COMMAND(describe)     \
    COMMAND(table)        \
    COMMAND(compare)      \
    COMMAND(run)          \
    COMMAND(verify)       \
    COMMAND(weight)       \
    COMMAND(scales)       \
    COMMAND(tally)        \
    COMMAND(merge)
#define DECLARE(name) extern const cli_command cli_command_##name;
COMMANDS(DECLARE)
#define ADDRESS(name) &cli_command_##name,
const cli_command *const cli_commands[] = {COMMANDS(ADDRESS) NULL};

static const cli_command *find(const char *name) {
    const cli_command *const *command = cli_commands;
    while (*command && strcmp((*command)->name, name) != 0) command++;
    return *command;
}

/* What people try first, with and without the dashes. */
static const char *const help_words[] = {"--help", "help", "-h"};
static const char *const version_words[] = {"--version", "version", "-V"};

static bool is_one_of(const char *const words[3], const char *word) {
    for (size_t i = 0; i < 3; i++)
        if (strcmp(words[i], word) == 0) return true;
    return false;
}

static int refuse_command(const char *name) {
    cli_names names = {0};
    for (size_t i = 0; cli_commands[i]; i++) cli_names_add(&names, cli_commands[i]->name);
    for (size_t i = 0; i < sizeof help_words / sizeof *help_words; i++) {
        cli_names_add(&names, help_words[i]);
        cli_names_add(&names, version_words[i]);
    }
    const char *suggestion = cli_suggest(name, &names);
    peil_fault fault;
    if (access(name, F_OK) == 0) {
        peil_fail(&fault, PEIL_EUSAGE,
                  "'%.100s' is a file and no command; 'peil describe FILE' tells what is in it",
                  name);
    } else if (suggestion) {
        peil_fail(&fault, PEIL_EUSAGE, "there is no command '%.100s'; did you mean '%s'?", name,
                  suggestion);
    } else {
        peil_fail(&fault, PEIL_EUSAGE, "there is no command '%.100s'; see 'peil --help'", name);
    }
    return cli_message_fault(&fault);
}

/* Writes text to standard output and releases it. */
static int print(peil_text *text) {
    peil_fault fault = {0};
    const peil_status status = cli_output_write(NULL, text, &fault);
    peil_text_clear(text);
    return status == PEIL_OK ? 0 : cli_message_fault(&fault);
}

/* The words that an option takes. */
static int list(const cli_option *option) {
    peil_text text = {0};
    cli_help_option(option, &text);
    return print(&text);
}

typedef struct option_list {
    const cli_option *option[128]; /* more than there are */
    size_t n;
} option_list;

static void add_option(const cli_option *option, option_list *list) {
    size_t i = 0;
    while (i < list->n && list->option[i] != option) i++;
    if (i == list->n && i < sizeof list->option / sizeof *list->option)
        list->option[list->n++] = option;
}

/* Those of all commands, each once: commands share groups. */
static void list_options(option_list *list) {
    *list = (option_list){0};
    for (const cli_command *const *command = cli_commands; *command; command++)
        for (const cli_group *const *group = (*command)->groups; *group; group++)
            for (const cli_option *option = (*group)->options; option->name; option++)
                add_option(option, list);
}

/* The option of that name, with or without dashes, or letter, of the first command that has it; or
 * NULL. */
static const cli_option *find_option(const char *word) {
    const char *name = word + strspn(word, "-");
    const char letter = name == word + 1 && name[0] && !name[1] ? *name : '\0';
    option_list all;
    list_options(&all);
    for (size_t i = 0; i < all.n; i++) {
        if (strcmp(all.option[i]->name, name) == 0) return all.option[i];
        if (letter && all.option[i]->letter == letter) return all.option[i];
    }
    return NULL;
}

static int refuse_option(const char *word) {
    option_list all;
    cli_names names = {0};
    peil_fault fault;
    list_options(&all);
    for (size_t i = 0; i < all.n; i++) cli_names_add(&names, all.option[i]->name);
    const char *suggestion = cli_suggest(word + strspn(word, "-"), &names);
    if (suggestion) {
        peil_fail(&fault, PEIL_EUSAGE, "there is no option '%.100s'; did you mean '--%s'?", word,
                  suggestion);
    } else {
        peil_fail(&fault, PEIL_EUSAGE, "there is no option '%.100s'; see 'peil COMMAND --help'",
                  word);
    }
    return cli_message_fault(&fault);
}

/* Help about one command or option, or about all of the program when `name` is NULL. */
static int help(const char *name, const struct peil_team *team) {
    const cli_command *command = name ? find(name) : NULL;
    const cli_option *option = name && !command ? find_option(name) : NULL;
    if (option) return list(option);
    if (name && !command) return name[0] == '-' ? refuse_option(name) : refuse_command(name);
    peil_text text = {0};
    if (command) {
        cli_help_command(command, &text);
    } else if (team) {
        cli_help_team(&text);
    } else {
        cli_help_peil(true, &text);
    }
    return print(&text);
}

static int version(void) {
    peil_text text = {0};
    peil_text_add(&text, "peil " PEIL_VERSION "\n");
    return print(&text);
}

static int usage(const struct peil_team *team) {
    peil_text text = {0};
    if (team)
        cli_help_team(&text);
    else
        cli_help_peil(false, &text);
    fputs(text.failed ? "peil: out of memory\n" : text.bytes, stderr);
    peil_text_clear(&text);
    return PEIL_EUSAGE;
}

static int run(const cli_command *command, int argc, char **argv, const struct peil_team *team) {
    cli_settings settings;
    peil_fault fault = {0};
    int status = (int)cli_options_read(command, argc, argv, &settings, &fault);
    if (status != PEIL_OK) {
        cli_message_fault(&fault);
    } else {
        settings.request.team = team;
        status = settings.help    ? help(command->name, team)
                 : settings.asked ? list(settings.asked)
                                  : cli_job(command, &settings);
    }
    cli_options_clear(command, &settings);
    return status;
}

/* Help on the command that the next word names. What is itself about peil gives all, and so does
 * whatever stands behind --help. */
static int help_on(const char *asked, const char *word, const struct peil_team *team) {
    const bool is_all = !word || is_one_of(help_words, word) || is_one_of(version_words, word);
    return help(is_all || (asked[0] == '-' && !find(word)) ? NULL : word, team);
}

/* The data of other commands are read more than once, or are no rows. */
static int refuse_team(const cli_command *command) {
    peil_fault fault;
    peil_fail(&fault, PEIL_EUSAGE, "%s is not for several processes; 'peil %s' does it",
              command->name, command->name);
    return cli_message_fault(&fault);
}

int cli_program(int argc, char **argv, const struct peil_team *team) {
    cli_output_prepare();
    if (argc < 2) return usage(team);
    const char *name = argv[1];
    if (is_one_of(help_words, name)) return help_on(name, argv[2], team);
    if (is_one_of(version_words, name)) return version();
    const cli_command *command = find(name);
    if (!command) return refuse_command(name);
    if (team && !command->takes_team) return refuse_team(command);
    return run(command, argc - 2, argv + 2, team);
}
