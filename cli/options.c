/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "options.h"

#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "choices.h"
#include "command.h"
#include "core/text.h"
#include "suggest.h"

/* The words still to be read. */
typedef struct words {
    const cli_command *command;
    char **next; /* ends in NULL */
    cli_settings *settings;
    peil_fault *fault;
} words;

static void *place(cli_settings *settings, const cli_option *option) {
    return (char *)settings + option->offset;
}

/* The command's option of that name (n letters of it) or letter, or NULL. */
static const cli_option *find(const cli_command *command, const char *name, size_t n, char letter) {
    for (const cli_group *const *group = command->groups; *group; group++) {
        for (const cli_option *option = (*group)->options; option->name; option++) {
            if (letter && option->letter == letter) return option;
            if (name && strlen(option->name) == n && !memcmp(option->name, name, n)) return option;
        }
    }
    return NULL;
}

/* The option that a whole word names, "--name..." or "-n...", or NULL. */
static const cli_option *find_word(const cli_command *command, const char *word) {
    if (word[0] != '-' || word[1] == '\0') return NULL;
    if (word[1] != '-') return find(command, NULL, 0, word[1]);
    return find(command, word + 2, strcspn(word + 2, "="), 0);
}

/* The option that `name` is probably meant to be, or NULL. */
static const char *suggest_option(const cli_command *command, const char *name) {
    cli_names names = {0};
    for (const cli_group *const *group = command->groups; *group; group++) {
        const cli_option *option = (*group)->options;
        for (; option->name; option++) cli_names_add(&names, option->name);
    }
    return cli_suggest(name, &names);
}

/* Lists the commands that have the option this word names. */
static void list_owners(const char *word, peil_text *out) {
    for (const cli_command *const *command = cli_commands; *command; command++) {
        if (!find_word(*command, word)) continue;
        peil_text_add_format(out, "%s%s", out->length ? ", " : "", (*command)->name);
    }
}

static peil_status refuse_for_others(const words *w, const char *name, peil_text *owners) {
    peil_fail(w->fault, PEIL_EUSAGE, "%s has no option %s; these have: %s", w->command->name, name,
              owners->failed ? "others" : owners->bytes);
    peil_text_clear(owners);
    return PEIL_EUSAGE;
}

enum { GUESS_BYTES = 66 };

/* What is probably meant, with its hyphens, or nothing: "-by" and "--m" have one too few or many.
 */
static void guess_option(const cli_command *command, const char *word, char guess[GUESS_BYTES]) {
    const bool is_long = word[1] == '-';
    const size_t n = strcspn(word, "=") - 1 - is_long;
    const char *name = word + 1 + is_long;
    char typed[GUESS_BYTES - 2];
    snprintf(typed, sizeof typed, "%.*s", (int)n, name);
    const char *nearest = is_long ? suggest_option(command, typed) : NULL;
    guess[0] = '\0';
    if (is_long && n == 1 && find(command, NULL, 0, *name)) {
        snprintf(guess, GUESS_BYTES, "-%c", *name);
    } else if (!is_long && find(command, name, n, 0)) {
        snprintf(guess, GUESS_BYTES, "--%s", typed);
    } else if (nearest) {
        snprintf(guess, GUESS_BYTES, "--%s", nearest);
    }
}

static peil_status refuse_option(const words *w, const char *word) {
    const char *command = w->command->name;
    char name[64], guess[GUESS_BYTES]; /* as typed, without its value; as meant */
    peil_text owners = {0};
    list_owners(word, &owners);
    guess_option(w->command, word, guess);
    const bool is_whole = word[1] == '-' || guess[0];
    snprintf(name, sizeof name, "%.*s", is_whole ? (int)strcspn(word, "=") : 2, word);
    if (owners.length) return refuse_for_others(w, name, &owners);
    if (guess[0]) {
        return peil_fail(w->fault, PEIL_EUSAGE, "%s has no option %s; did you mean %s?", command,
                         name, guess);
    }
    return peil_fail(w->fault, PEIL_EUSAGE, "%s has no option %s; see 'peil %s --help'", command,
                     name, command);
}

static peil_status refuse_choice(const words *w, const cli_option *option, const char *word) {
    cli_names names = {0};
    peil_text all = {0};
    for (size_t i = 0; option->choices(i).name; i++) {
        cli_names_add(&names, option->choices(i).name);
        peil_text_add_format(&all, "%s%s", i ? ", " : "", option->choices(i).name);
    }
    const char *suggestion = cli_suggest(word, &names);
    if (suggestion) {
        peil_fail(w->fault, PEIL_EUSAGE, "--%s has no '%.100s'; did you mean %s?", option->name,
                  word, suggestion);
    } else {
        peil_fail(w->fault, PEIL_EUSAGE, "--%s has no '%.100s'; it is one of %s", option->name,
                  word, all.failed ? "others" : all.bytes);
    }
    peil_text_clear(&all);
    return PEIL_EUSAGE;
}

static peil_status set_word(const words *w, const cli_option *option, const char *word) {
    const char **at = place(w->settings, option);
    if (*at) return peil_fail(w->fault, PEIL_EUSAGE, "--%s is given twice", option->name);
    if (option->choices && !cli_choice_has(option->choices, word)) {
        return refuse_choice(w, option, word);
    }
    *at = word;
    return PEIL_OK;
}

static peil_status append(peil_words *list, const char *word, peil_fault *fault) {
    const char **grown = realloc((void *)list->word, (list->n + 1) * sizeof *grown);
    if (!grown) return peil_fail_memory(fault);
    grown[list->n] = word;
    *list = (peil_words){list->n + 1, grown};
    return PEIL_OK;
}

/* A number in plain digits: no hexadecimal, no infinity, no spaces. */
static bool read_number(const char *word, bool is_whole, double *number) {
    if (word[strspn(word, is_whole ? "0123456789" : "0123456789.")]) return false;
    char *end = NULL;
    *number = strtod(word, &end);
    return end != word && *end == '\0';
}

static bool is_percentage(const cli_option *option) {
    return option->argument && strcmp(option->argument, "PERCENT") == 0;
}

static bool is_in_range(const cli_option *option, double number) {
    if (option->kind == CLI_WHOLE) return number >= option->low && number <= option->high;
    return number > option->low && number < option->high;
}

/* What is probably meant: "95%", "97,5" and, of a percentage, 0.95 are slips. */
static bool guess_number(const cli_option *option, const char *word, double *guess) {
    char plain[32];
    const size_t length = strlen(word);
    if (length >= sizeof plain) return false;
    memcpy(plain, word, length + 1);
    if (length > 1 && plain[length - 1] == '%') plain[length - 1] = '\0';
    char *comma = strchr(plain, ',');
    if (comma) *comma = '.';
    if (!read_number(plain, option->kind == CLI_WHOLE, guess)) return false;
    if (is_percentage(option) && *guess < 1) *guess *= 100;
    return is_in_range(option, *guess);
}

static peil_status refuse_number(const words *w, const cli_option *option, const char *word) {
    char range[64], meant[64] = "";
    double guess;
    if (is_percentage(option)) {
        snprintf(range, sizeof range, "percentage above %.0f and below %.0f, such as 95",
                 option->low, option->high);
    } else if (option->kind == CLI_NUMBER) {
        snprintf(range, sizeof range, "number above %.0f and below %.0f", option->low,
                 option->high);
    } else if (option->high >= INT_MAX) {
        snprintf(range, sizeof range, "whole number, %.0f or more", option->low);
    } else {
        snprintf(range, sizeof range, "whole number, %.0f to %.0f", option->low, option->high);
    }
    if (guess_number(option, word, &guess))
        snprintf(meant, sizeof meant, "; did you mean %.10g?", guess);
    return peil_fail(w->fault, PEIL_EUSAGE, "--%s is a %s, not '%.100s'%s", option->name, range,
                     word, meant);
}

static peil_status set_number(const words *w, const cli_option *option, const char *word) {
    const bool is_whole = option->kind == CLI_WHOLE;
    double number;
    if (!read_number(word, is_whole, &number) || !is_in_range(option, number))
        return refuse_number(w, option, word);
    if (is_whole) {
        *(int *)place(w->settings, option) = (int)number;
    } else {
        *(double *)place(w->settings, option) = number;
    }
    return PEIL_OK;
}

/* "help" in place of a value asks what the values are, but a variable may have that name. */
static bool asks(const cli_option *option, const char *word) {
    const bool is_name = !option->choices && (strncmp(option->argument, "VAR", 3) == 0 ||
                                              strcmp(option->argument, "NAME") == 0);
    return !is_name && strcmp(word, "help") == 0;
}

static peil_status set(const words *w, const cli_option *option, const char *word) {
    /* Mostly a script's variable that was never set: an answer would be to another question. */
    if (!word[0]) return peil_fail(w->fault, PEIL_EUSAGE, "--%s is empty", option->name);
    if (asks(option, word)) {
        w->settings->asked = option;
        return PEIL_OK;
    }
    switch (option->kind) {
        case CLI_WORD:
            return set_word(w, option, word);
        case CLI_WORDS:
            return append(place(w->settings, option), word, w->fault);
        case CLI_WHOLE:
        case CLI_NUMBER:
            return set_number(w, option, word);
        case CLI_FLAG:
            break;
    }
    return PEIL_OK;
}

/* The value of an option that has none attached is the next word, but not when that is an option:
 * then the value was forgotten. */
static peil_status take_value(words *w, const cli_option *option, const char **value) {
    const char *next = *w->next;
    if (!next || find_word(w->command, next) || strcmp(next, "--") == 0) {
        return peil_fail(w->fault, PEIL_EUSAGE, "--%s needs a value%s%s", option->name,
                         next ? ", not the option " : "", next ? next : "");
    }
    *value = next;
    w->next++;
    return PEIL_OK;
}

static peil_status read_option(words *w, const char *word) {
    const bool is_long = word[1] == '-';
    const cli_option *option = find_word(w->command, word);
    if (!option) return refuse_option(w, word);
    const char *equals = is_long ? strchr(word, '=') : NULL;
    const char *attached = is_long ? (equals ? equals + 1 : NULL) : (word[2] ? word + 2 : NULL);
    if (option->kind == CLI_FLAG) {
        if (attached) {
            return peil_fail(w->fault, PEIL_EUSAGE, "--%s takes no value", option->name);
        }
        *(bool *)place(w->settings, option) = true;
        return PEIL_OK;
    }
    if (!attached) PEIL_TRY(take_value(w, option, &attached));
    return set(w, option, attached);
}

static bool is_given(cli_settings *settings, const cli_option *option) {
    const void *at = place(settings, option);
    if (option->kind == CLI_WORD) return *(const char *const *)at != NULL;
    return option->kind != CLI_WORDS || ((const peil_words *)at)->n > 0;
}

static peil_status check_required(const words *w) {
    const char *command = w->command->name;
    if (w->settings->help || w->settings->asked) return PEIL_OK;
    if (!w->command->names && !w->settings->request.files.n) {
        return peil_fail(w->fault, PEIL_EUSAGE, "%s needs %s; see 'peil %s --help'", command,
                         w->command->files ? w->command->files : "a FILE", command);
    }
    for (const cli_group *const *group = w->command->groups; *group; group++) {
        for (const cli_option *option = (*group)->options; option->name; option++) {
            if (!option->required || is_given(w->settings, option)) continue;
            return peil_fail(w->fault, PEIL_EUSAGE, "%s needs --%s %s; see 'peil %s --help'",
                             command, option->name, option->argument, command);
        }
    }
    return PEIL_OK;
}

/* A condition that the shell cut up: --where q5 = 1. */
static peil_status refuse_mark(const words *w, const char *word) {
    return peil_fail(
        w->fault, PEIL_EUSAGE,
        "%.2s stands apart: a condition or a measure is one word for the shell when it "
        "is quoted, as in --where 'q5 = 1'",
        word);
}

static bool is_mark(const char *word) {
    const size_t length = strlen(word);
    return length >= 1 && length <= 2 && strspn(word, "=<>!") == length;
}

/* Help is wanted most when the rest of the line is not yet right. */
static bool asks_help(char **argv) {
    for (; *argv && strcmp(*argv, "--") != 0; argv++) {
        if (strcmp(*argv, "--help") == 0 || strcmp(*argv, "-h") == 0) return true;
    }
    return false;
}

peil_status cli_options_read(const cli_command *command, int argc, char **argv,
                             cli_settings *settings, peil_fault *fault) {
    *settings = (cli_settings){.decimals = -1, .help = argc > 0 && asks_help(argv)};
    if (settings->help) return PEIL_OK;
    words w = {command, argv, settings, fault};
    peil_words *others = command->names ? &settings->request.names : &settings->request.files;
    bool only_files = false;
    while (*w.next) {
        const char *word = *w.next++;
        if (!only_files && strcmp(word, "--") == 0) {
            only_files = true;
        } else if (!only_files && word[0] == '-' && word[1]) {
            PEIL_TRY(read_option(&w, word));
        } else if (!only_files && is_mark(word)) {
            return refuse_mark(&w, word);
        } else {
            PEIL_TRY(append(others, word, fault));
        }
    }
    return check_required(&w);
}

void cli_options_clear(const cli_command *command, cli_settings *settings) {
    for (const cli_group *const *group = command->groups; *group; group++) {
        for (const cli_option *option = (*group)->options; option->name; option++) {
            if (option->kind != CLI_WORDS) continue;
            free((void *)((peil_words *)place(settings, option))->word);
        }
    }
    free((void *)settings->request.files.word);
    free((void *)settings->request.names.word);
    *settings = (cli_settings){0};
}
