/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Runs a command with its output thrown away; prints wall seconds and peak memory in MB:
 *   run COMMAND [WORD...] */
#include <fcntl.h>
#include <stdio.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static double now(void) {
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static void become(char **command) {
    const int nothing = open("/dev/null", O_WRONLY);
    if (nothing >= 0 && dup2(nothing, STDOUT_FILENO) >= 0) execvp(command[0], command);
    _exit(127);
}

int main(int argc, char **argv) {
    if (argc < 2) return 2;
    const double start = now();
    const pid_t child = fork();
    if (child == 0) become(argv + 1);
    int status = 1;
    if (child < 0 || waitpid(child, &status, 0) < 0) return 1;
    const double seconds = now() - start;
    struct rusage usage;
    if (getrusage(RUSAGE_CHILDREN, &usage) != 0) return 1;
    if (!WIFEXITED(status) || WEXITSTATUS(status) != 0) {
        fprintf(stderr, "run: %s failed\n", argv[1]);
        return 1;
    }
    printf("%.3f %.1f\n", seconds, (double)usage.ru_maxrss / 1024);
    return 0;
}
