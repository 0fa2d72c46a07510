/* SPDX-License-Identifier: GPL-3.0-or-later */
#define _XOPEN_SOURCE 700 /* realpath */
#include "replace.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

/* What is being replaced. */
typedef struct target {
    const char *path; /* as the user wrote it */
    char *real;       /* without links; owned; ends at the directory's end */
    const char *name; /* in the directory; inside `real` */
    int directory;    /* descriptor */
    mode_t mode;
    bool is_old; /* there is a file already */
    char temporary[64];
} target;

static peil_status fail(const target *t, peil_fault *fault, const char *what) {
    peil_fail(fault, PEIL_ESYSTEM, "%s%s", what, strerror(errno));
    if (fault) snprintf(fault->file, sizeof fault->file, "%s", t->path);
    return PEIL_ESYSTEM;
}

/* The path with links followed: writing to a link writes to what it points at. */
static char *follow(const char *path) {
    struct stat itself;
    if (lstat(path, &itself) == 0) return realpath(path, NULL); /* fails on a link to nothing */
    return strdup(path);
}

static peil_status open_target(target *t, peil_fault *fault) {
    struct stat old;
    t->is_old = stat(t->path, &old) == 0;
    t->mode = t->is_old ? old.st_mode & 07777 : 0666;
    t->real = follow(t->path);
    if (!t->real) return fail(t, fault, "");
    char *slash = strrchr(t->real, '/');
    t->name = slash ? slash + 1 : t->real;
    const char *directory = !slash ? "." : slash == t->real ? "/" : t->real;
    if (slash) *slash = '\0';
    if (!t->name[0]) {
        errno = EISDIR;
        return fail(t, fault, "");
    }
    t->directory = open(directory[0] ? directory : "/", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    return t->directory < 0 ? fail(t, fault, "cannot write in its directory: ") : PEIL_OK;
}

static void close_target(target *t) {
    if (t->directory >= 0) close(t->directory);
    free(t->real);
}

/* Renaming takes the directory's permission alone; a file that is closed to writing stays. */
static peil_status check_access(const target *t, peil_fault *fault) {
    if (faccessat(t->directory, ".", W_OK | X_OK, 0) != 0)
        return fail(t, fault, "cannot write in its directory: ");
    if (t->is_old && faccessat(t->directory, t->name, W_OK, 0) != 0)
        return fail(t, fault, "cannot be replaced: ");
    return PEIL_OK;
}

peil_status cli_replace_check(const char *path, peil_fault *fault) {
    target t = {.path = path, .directory = -1};
    peil_status status = open_target(&t, fault);
    if (status == PEIL_OK) status = check_access(&t, fault);
    close_target(&t);
    return status;
}

static bool is_same_place(const target *a, const target *b) {
    struct stat x, y;
    return fstat(a->directory, &x) == 0 && fstat(b->directory, &y) == 0 && x.st_dev == y.st_dev &&
           x.st_ino == y.st_ino && strcmp(a->name, b->name) == 0;
}

bool cli_replace_is_same(const char *a, const char *b) {
    target x = {.path = a, .directory = -1}, y = {.path = b, .directory = -1};
    const bool is_same = open_target(&x, NULL) == PEIL_OK && open_target(&y, NULL) == PEIL_OK &&
                         is_same_place(&x, &y);
    close_target(&x);
    close_target(&y);
    return is_same;
}

/* A new file in the directory under a name that nobody has; -1 with errno. */
static int create(target *t) {
    const int flags = O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW;
    for (int attempt = 0; attempt < 100; attempt++) {
        struct timespec now = {0};
        clock_gettime(CLOCK_REALTIME, &now);
        snprintf(t->temporary, sizeof t->temporary, ".peil-%ld-%lx-%d", (long)getpid(),
                 (unsigned long)now.tv_nsec, attempt);
        const int fd = openat(t->directory, t->temporary, flags, t->mode & 0666);
        if (fd >= 0 || errno != EEXIST) return fd;
    }
    return -1;
}

/* Some file systems have nothing to flush, and say so. */
static bool flush(int fd) {
    return fsync(fd) == 0 || errno == EINVAL || errno == ENOTSUP;
}

/* Writes and closes the new file; false with errno. */
static bool fill(const target *t, int fd, const peil_text *text) {
    const bool is_good =
        (!t->is_old || fchmod(fd, t->mode) == 0) && cli_write_all(fd, text) && flush(fd);
    const int why = errno;
    const bool is_closed = close(fd) == 0;
    if (!is_good) errno = why;
    return is_good && is_closed;
}

static peil_status replace(target *t, const peil_text *text, peil_fault *fault) {
    const int fd = create(t);
    if (fd < 0) return fail(t, fault, "cannot make a file in its directory: ");
    if (!fill(t, fd, text) || renameat(t->directory, t->temporary, t->directory, t->name) != 0) {
        const int why = errno;
        unlinkat(t->directory, t->temporary, 0);
        errno = why;
        return fail(t, fault, "");
    }
    return flush(t->directory) ? PEIL_OK : fail(t, fault, "written, but perhaps not for good: ");
}

peil_status cli_replace(const char *path, const peil_text *text, peil_fault *fault) {
    /* An interrupt waits the moment this takes, so that no half file stays behind. */
    sigset_t interrupts, before;
    sigemptyset(&interrupts);
    sigaddset(&interrupts, SIGINT);
    sigaddset(&interrupts, SIGTERM);
    sigaddset(&interrupts, SIGHUP);
    sigprocmask(SIG_BLOCK, &interrupts, &before);
    target t = {.path = path, .directory = -1};
    peil_status status = open_target(&t, fault);
    if (status == PEIL_OK) status = replace(&t, text, fault);
    close_target(&t);
    sigprocmask(SIG_SETMASK, &before, NULL);
    return status;
}
