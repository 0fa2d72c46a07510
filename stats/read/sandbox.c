/* SPDX-License-Identifier: GPL-3.0-or-later */
#define _GNU_SOURCE /* syscall, environ */
#include "read/sandbox.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/landlock.h>
#include <malloc.h>
#include <seccomp.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

#if defined(__has_feature)
#define HAS_FEATURE(name) __has_feature(name)
#else
#define HAS_FEATURE(name) 0
#endif
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__) ||   \
    HAS_FEATURE(address_sanitizer) || HAS_FEATURE(memory_sanitizer) || \
    HAS_FEATURE(thread_sanitizer)
#define IS_SANITIZED 1 /* shadow memory of terabytes, and system calls of its own */
#else
#define IS_SANITIZED 0
#endif

#ifndef SYS_close_range
#define SYS_close_range 436 /* of Linux 5.9, the same everywhere but on Alpha */
#endif

/* ---- what a child inherits ---- */

/* The program's handlers are not for a child; SIGINT goes to the parent, which ends it. */
static bool reset_signals(void) {
    sigset_t none;
    for (int signal = 1; signal < NSIG; signal++) {
        struct sigaction action = {.sa_handler = SIG_DFL};
        if (signal == SIGPIPE || signal == SIGINT) action.sa_handler = SIG_IGN;
        sigaction(signal, &action, NULL); /* SIGKILL and SIGSTOP have none */
    }
    sigemptyset(&none);
    return sigprocmask(SIG_SETMASK, &none, NULL) == 0;
}

static bool die_with(pid_t parent) {
    return prctl(PR_SET_PDEATHSIG, SIGKILL) == 0 && getppid() == parent;
}

/* The C library looks for the time zone's file when it first needs one, which is then too late.
 * The environment is replaced, not changed: another thread may have been changing it. */
static void fix_time_zone(void) {
    static char zone[] = "TZ=UTC0";
    static char *environment[] = {zone, NULL};
    environ = environment;
    tzset();
}

/* Before it gives back memory of a thread that was not the first, glibc reads a file, once, to see
 * how: so it gives back none, as the process does not live long. */
static void keep_memory(void) {
#ifdef M_TRIM_THRESHOLD
    mallopt(M_TRIM_THRESHOLD, -1);
#endif
}

static void close_between(unsigned first, unsigned last) {
    if (first > last || syscall(SYS_close_range, first, last, 0) == 0) return;
    const long open_max = sysconf(_SC_OPEN_MAX);
    for (unsigned fd = first; fd <= last && fd < (unsigned)open_max; fd++) close((int)fd);
}

static void close_others(int a, int b) {
    const unsigned low = (unsigned)(a < b ? a : b), high = (unsigned)(a < b ? b : a);
    if (low > 0) close_between(0, low - 1);
    close_between(low + 1, high - 1);
    close_between(high + 1, ~0u);
}

/* ---- limits ---- */

static bool limit(__rlimit_resource_t resource, uint64_t soft, uint64_t hard) {
    struct rlimit now;
    if (getrlimit(resource, &now) != 0) return false;
    if (hard > now.rlim_max) hard = now.rlim_max;
    if (soft > hard) soft = hard;
    const struct rlimit wanted = {.rlim_cur = soft, .rlim_max = hard};
    return setrlimit(resource, &wanted) == 0;
}

/* What the process has mapped, most of it shared with its parent; 4 GiB when nobody says. */
static uint64_t bytes_in_use(void) {
    char text[64];
    const int file = open("/proc/self/statm", O_RDONLY | O_CLOEXEC);
    const ssize_t n = file < 0 ? 0 : read(file, text, sizeof text - 1);
    if (file >= 0) close(file);
    text[n < 0 ? 0 : n] = '\0';
    const unsigned long long pages = strtoull(text, NULL, 10);
    return pages ? pages * (uint64_t)sysconf(_SC_PAGESIZE) : (uint64_t)1 << 32;
}

static bool limit_all(const peil_sandbox *sandbox, uint64_t memory) {
    return (IS_SANITIZED || limit(RLIMIT_AS, memory, memory)) &&
           limit(RLIMIT_CPU, sandbox->cpu_seconds, sandbox->cpu_seconds + 1) &&
           limit(RLIMIT_NOFILE, 0, 0) && limit(RLIMIT_FSIZE, 0, 0) && limit(RLIMIT_CORE, 0, 0);
}

/* ---- the file system ---- */

/* Forbids all that Landlock can forbid; no matter if the kernel has no Landlock, as the system
 * calls are forbidden too. The rights of later versions of Landlock are further bits. */
static bool forbid_files(void) {
    static const uint64_t rights[] = {(1u << 13) - 1, (1u << 14) - 1, (1u << 15) - 1,
                                      (1u << 15) - 1, (1u << 16) - 1};
    struct landlock_ruleset_attr attributes = {0};
    const long version =
        syscall(SYS_landlock_create_ruleset, NULL, 0, LANDLOCK_CREATE_RULESET_VERSION);
    if (version < 1) return true;
    attributes.handled_access_fs = rights[version > 5 ? 4 : version - 1];
    const long rules = syscall(SYS_landlock_create_ruleset, &attributes, sizeof attributes, 0);
    if (rules < 0) return false;
    const bool is_done = syscall(SYS_landlock_restrict_self, (int)rules, 0) == 0;
    close((int)rules);
    return is_done;
}

/* ---- system calls ---- */

/* Only system calls of this machine have positive numbers. */
static bool allow(scmp_filter_ctx filter, int call) {
    return call < 0 || seccomp_rule_add(filter, SCMP_ACT_ALLOW, call, 0) == 0;
}

static bool allow_on(scmp_filter_ctx filter, int call, int descriptor) {
    return seccomp_rule_add(filter, SCMP_ACT_ALLOW, call, 1,
                            SCMP_A0(SCMP_CMP_EQ, (scmp_datum_t)descriptor, 0)) == 0;
}

/* Memory that is no file's and no code. */
static bool allow_memory(scmp_filter_ctx filter, int call) {
    return call < 0 || seccomp_rule_add(filter, SCMP_ACT_ALLOW, call, 2,
                                        SCMP_A2(SCMP_CMP_MASKED_EQ, PROT_EXEC, 0),
                                        SCMP_A4(SCMP_CMP_MASKED_EQ, UINT32_MAX, UINT32_MAX)) == 0;
}

static bool allow_computing(scmp_filter_ctx filter) {
    static const int calls[] = {
        SCMP_SYS(brk),           SCMP_SYS(munmap),       SCMP_SYS(mremap),
        SCMP_SYS(madvise),       SCMP_SYS(futex),        SCMP_SYS(exit),
        SCMP_SYS(exit_group),    SCMP_SYS(getrandom),    SCMP_SYS(sysinfo), /* qsort asks */
        SCMP_SYS(clock_gettime), SCMP_SYS(rt_sigreturn), SCMP_SYS(restart_syscall)};
    static const int sanitizers[] = {SCMP_SYS(getpid),       SCMP_SYS(gettid),
                                     SCMP_SYS(sched_yield),  SCMP_SYS(sigaltstack),
                                     SCMP_SYS(rt_sigaction), SCMP_SYS(rt_sigprocmask),
                                     SCMP_SYS(getrlimit),    SCMP_SYS(prlimit64),
                                     SCMP_SYS(readlink),     SCMP_SYS(mprotect)};
    for (size_t i = 0; i < sizeof calls / sizeof *calls; i++)
        if (!allow(filter, calls[i])) return false;
    for (size_t i = 0; IS_SANITIZED && i < sizeof sanitizers / sizeof *sanitizers; i++)
        if (!allow(filter, sanitizers[i])) return false;
    return allow_memory(filter, SCMP_SYS(mmap)) && allow_memory(filter, SCMP_SYS(mmap2));
}

static bool forbid_calls(const peil_sandbox *sandbox) {
    scmp_filter_ctx filter = seccomp_init(SCMP_ACT_KILL_PROCESS);
    const bool is_done = filter && allow_computing(filter) &&
                         seccomp_rule_add(filter, SCMP_ACT_ALLOW, SCMP_SYS(mprotect), 1,
                                          SCMP_A2(SCMP_CMP_MASKED_EQ, PROT_EXEC, 0)) == 0 &&
                         allow_on(filter, SCMP_SYS(pread64), sandbox->file) &&
                         allow_on(filter, SCMP_SYS(read), sandbox->connection) &&
                         allow_on(filter, SCMP_SYS(write), sandbox->connection) &&
                         seccomp_load(filter) == 0;
    seccomp_release(filter);
    return is_done;
}

bool peil_sandbox_enter(const peil_sandbox *sandbox) {
    const uint64_t memory = bytes_in_use() + sandbox->memory_bytes;
    if (!reset_signals() || !die_with(sandbox->parent)) return false;
    fix_time_zone();
    keep_memory();
    close_others(sandbox->file, sandbox->connection);
    return prctl(PR_SET_DUMPABLE, 0) == 0 && prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0 &&
           forbid_files() && limit_all(sandbox, memory) && forbid_calls(sandbox);
}
