/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a terminal shows while a long input is read, and that nobody else sees it. */
#define _XOPEN_SOURCE 700
#include <fcntl.h>
#include <sys/wait.h>
#include <time.h>

#include "support/testing.h"

/* A terminal, or a file that is none. */
typedef struct watcher {
    int ours, theirs;
} watcher;

static watcher watch(bool is_terminal) {
    watcher w;
    if (is_terminal) {
        w.ours = posix_openpt(O_RDWR | O_NOCTTY);
        cr_assert(w.ours >= 0 && grantpt(w.ours) == 0 && unlockpt(w.ours) == 0);
        w.theirs = open(ptsname(w.ours), O_RDWR | O_NOCTTY);
    } else {
        int ends[2];
        cr_assert_eq(pipe(ends), 0);
        w.ours = ends[0];
        w.theirs = ends[1];
    }
    cr_assert_geq(w.theirs, 0);
    cr_assert_eq(fcntl(w.ours, F_SETFL, O_NONBLOCK), 0);
    return w;
}

static pid_t start(const char *const *words, int in, int err) {
    const pid_t child = fork();
    if (child != 0) return child;
    const int nowhere = open("/dev/null", O_WRONLY);
    dup2(in, STDIN_FILENO);
    dup2(nowhere, STDOUT_FILENO);
    dup2(err, STDERR_FILENO);
    setenv("TERM", "xterm", 1);
    execv(PEIL_BINARY, (char *const *)(uintptr_t)words);
    _exit(99);
}

/* What standard error was told so far, added to the text. */
static void listen(int ours, char *text, size_t room) {
    const size_t length = strlen(text);
    const ssize_t n = read(ours, text + length, room - length - 1);
    text[length + (n > 0 ? (size_t)n : 0)] = '\0';
}

/* Rows until the word is told; without a word longer than the program is patient. */
static void feed(int out, int ours, const char *word, char *text, size_t room) {
    static const char row[] = "1234567890\n";
    const struct timespec moment = {.tv_nsec = 20000000};
    cr_assert_gt(write(out, "a\n", 2), 0);
    for (int i = 0; word ? i < 3000 && !strstr(text, word) : i < 70; i++) {
        for (int k = 0; k < 5000; k++) cr_assert_gt(write(out, row, strlen(row)), 0);
        nanosleep(&moment, NULL);
        listen(ours, text, room);
    }
}

/* What standard error was told while the rows came in; the caller frees. */
static char *told(bool is_terminal, const char *option, const char *word) {
    const char *words[] = {"peil", "table", "-", "-m", "count()", option, NULL};
    const watcher w = watch(is_terminal);
    enum { ROOM = 1 << 16 };
    int ends[2], status = 0;
    char *text = calloc(1, ROOM);
    cr_assert(text);
    cr_assert_eq(pipe(ends), 0);
    cr_assert_eq(fcntl(ends[1], F_SETFD, FD_CLOEXEC), 0);
    const pid_t child = start(words, ends[0], w.theirs);
    close(ends[0]);
    feed(ends[1], w.ours, word, text, ROOM);
    close(ends[1]);
    cr_assert_eq(waitpid(child, &status, 0), child);
    cr_assert_eq(status, 0);
    for (size_t before = SIZE_MAX; before != strlen(text);) {
        before = strlen(text);
        listen(w.ours, text, ROOM);
    }
    close(w.ours);
    close(w.theirs);
    return text;
}

static void expect_end(const char *text, const char *end) {
    const size_t length = strlen(text), n = strlen(end);
    cr_expect(length >= n && strcmp(text + length - n, end) == 0, "%s", text);
}

Test(progress, a_terminal_is_told_and_left_as_it_was) {
    char *text = told(true, "--lang=en", " rows");
    cr_expect(strstr(text, "\r\033[Kpeil: "), "%s", text);
    cr_expect(strstr(text, " MB read, "), "%s", text);
    cr_expect(strstr(text, " rows"), "%s", text);
    cr_expect_null(strstr(text, "left"), "the end of a pipe is not known: %s", text);
    expect_end(text, "\r\033[K");
    free(text);
}

Test(progress, in_dutch_numbers_are_dutch) {
    char *text = told(true, "--lang=nl", " rijen");
    cr_expect(strstr(text, " MB gelezen, "), "%s", text);
    cr_expect(strstr(text, " rijen"), "%s", text);
    free(text);
}

Test(progress, nobody_else_is_told) {
    char *asked = told(true, "--no-progress", NULL), *file = told(false, "--lang=en", NULL);
    cr_expect_str_empty(asked);
    cr_expect_str_empty(file);
    free(asked);
    free(file);
}
