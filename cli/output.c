/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "output.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "replace.h"

void cli_output_prepare(void) {
    /* Opened the wrong way round: reading from a closed 0 and writing to a closed 1 still fail. */
    static const int ways[] = {O_WRONLY, O_RDONLY, O_RDONLY};
    for (int fd = STDIN_FILENO; fd <= STDERR_FILENO; fd++) {
        if (fcntl(fd, F_GETFD) == -1 && errno == EBADF) (void)!open("/dev/null", ways[fd]);
    }
    signal(SIGPIPE, SIG_IGN);
    signal(SIGXFSZ, SIG_IGN);
}

/* Also when the path is another name of it: /dev/stdout. Replacing that file would leave whoever
 * opened it with the old one. */
bool cli_output_is_stdout(const char *path) {
    struct stat target, out;
    if (!path || strcmp(path, "-") == 0) return true;
    return stat(path, &target) == 0 && fstat(STDOUT_FILENO, &out) == 0 &&
           target.st_dev == out.st_dev && target.st_ino == out.st_ino;
}

static peil_status fail_file(peil_fault *fault, peil_status status, const char *path,
                             const char *why) {
    peil_fail(fault, status, "%s", why);
    snprintf(fault->file, sizeof fault->file, "%s", path);
    return status;
}

peil_status cli_output_check(const char *path, peil_fault *fault) {
    struct stat target;
    if (cli_output_is_stdout(path)) return PEIL_OK;
    if (stat(path, &target) == 0 && S_ISDIR(target.st_mode))
        return fail_file(fault, PEIL_ESYSTEM, path, "cannot write: it is a directory");
    if (stat(path, &target) == 0 && !S_ISREG(target.st_mode)) return PEIL_OK;
    return cli_replace_check(path, fault);
}

peil_status cli_output_check_input(const char *path, const char *option, const char *name,
                                   peil_fault *fault) {
    struct stat target, input;
    char why[128];
    if (!name || cli_output_is_stdout(path)) return PEIL_OK;
    if (stat(path, &target) != 0 || !S_ISREG(target.st_mode)) return PEIL_OK;
    const int failed = strcmp(name, "-") ? stat(name, &input) : fstat(STDIN_FILENO, &input);
    if (failed || input.st_dev != target.st_dev || input.st_ino != target.st_ino) return PEIL_OK;
    snprintf(why, sizeof why, "--%s is one of the inputs and would replace it", option);
    return fail_file(fault, PEIL_EUSAGE, path, why);
}

bool cli_write_all(int fd, const peil_text *text) {
    size_t done = 0;
    while (done < text->length) {
        /* Some systems refuse a write beyond INT_MAX bytes. */
        const size_t left = text->length - done, piece = left < INT_MAX / 2 ? left : INT_MAX / 2;
        const ssize_t n = write(fd, text->bytes + done, piece);
        if (n < 0 && errno == EINTR) continue;
        if (n == 0) errno = EIO;
        if (n <= 0) return false;
        done += (size_t)n;
    }
    return true;
}

/* Devices and pipes cannot be replaced: they are written as they are. */
static peil_status write_device(const char *path, const peil_text *text, peil_fault *fault) {
    const int fd = open(path, O_WRONLY | O_CLOEXEC | O_NOCTTY);
    if (fd < 0) return fail_file(fault, PEIL_ESYSTEM, path, strerror(errno));
    bool is_written = cli_write_all(fd, text);
    const int why = errno;
    if (close(fd) == 0 && is_written) return PEIL_OK;
    return fail_file(fault, PEIL_ESYSTEM, path, strerror(is_written ? errno : why));
}

static peil_status write_stdout(const peil_text *text, peil_fault *fault) {
    /* Some failures (a remote disk, a quota) are told only when the file is closed. */
    if (cli_write_all(STDOUT_FILENO, text) && close(STDOUT_FILENO) == 0) return PEIL_OK;
    /* A reader that has seen enough (head) needs no message. */
    if (errno == EPIPE) return peil_fail(fault, PEIL_ESYSTEM, "%s", "");
    return fail_file(fault, PEIL_ESYSTEM, "standard output", strerror(errno));
}

peil_status cli_output_write(const char *path, const peil_text *text, peil_fault *fault) {
    if (text->failed) return peil_fail_memory(fault);
    if (cli_output_is_stdout(path)) return write_stdout(text, fault);
    struct stat target;
    if (stat(path, &target) == 0 && !S_ISREG(target.st_mode)) {
        return write_device(path, text, fault);
    }
    return cli_replace(path, text, fault);
}
