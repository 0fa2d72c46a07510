/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The wall: what a child hands over arrives, what it must not do ends it, and nothing of it is left
 * behind, however it ends. */
#include "read/wall.h"

#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <time.h>

#include "support/leftovers.h"

enum { BLOCK = 4096, MANY = 1000 };

/* ---- children ---- */

/* Numbers its blocks, each a byte longer than the one before. */
static void count_up(peil_wall_child *child, int file, const void *context) {
    (void)file;
    const uint32_t n = *(const uint32_t *)context;
    for (uint32_t i = 0; i < n; i++) {
        unsigned char *room = peil_wall_room(child);
        memset(room, (int)(i % 251), BLOCK);
        peil_wall_send(child, 1 + i % BLOCK);
    }
}

static void give_up(peil_wall_child *child, int file, const void *context) {
    (void)child;
    (void)file;
    (void)context;
}

static void hand_over_file(peil_wall_child *child, int file, const void *context) {
    (void)context;
    ssize_t n;
    for (off_t at = 0; (n = pread(file, peil_wall_room(child), BLOCK, at)) > 0; at += n)
        peil_wall_send(child, (size_t)n);
}

static volatile int zero;

static void send_one(peil_wall_child *child) {
    peil_wall_room(child)[0] = 1;
    peil_wall_send(child, 1);
}

#define CHILD(name, ...)                                                       \
    static void name(peil_wall_child *child, int file, const void *context) {  \
        (void)file;                                                            \
        (void)context;                                                         \
        send_one(child);                                                       \
        __VA_ARGS__;                                                           \
        if (zero) return; /* else nothing: what follows must not be reached */ \
        peil_wall_room(child)[0] = 2;                                          \
        peil_wall_send(child, 1);                                              \
    }

static char *volatile nowhere;
static volatile uint64_t turns;

CHILD(write_nowhere, *nowhere = 1)
CHILD(abort_itself, abort())
CHILD(leave_early, _exit(0))
CHILD(read_in_vain, peil_wall_cannot_read())
CHILD(turn_for_ever, while (!zero) turns++)
CHILD(open_file, open("/etc/passwd", O_RDONLY))
CHILD(make_file, open("/tmp/peil-wall-was-here", O_CREAT | O_WRONLY, 0600))
CHILD(connect_out, socket(AF_INET, SOCK_STREAM, 0))
CHILD(start_another, fork())
CHILD(become_another, execl("/bin/true", "true", (char *)NULL))
CHILD(stop_parent, kill(getppid(), SIGKILL))
CHILD(run_data, mmap(NULL, BLOCK, PROT_READ | PROT_EXEC, MAP_PRIVATE | 0x20, -1, 0))
CHILD(read_other, if (read(0, (char[1]){0}, 1) < 1) _exit(9))
CHILD(write_other, if (write(2, "x", 1) < 1) _exit(9))
CHILD(sleep_long, nanosleep(&(struct timespec){.tv_sec = 1000}, NULL))

static void send_too_much(peil_wall_child *child, int file, const void *context) {
    (void)file;
    (void)context;
    peil_wall_room(child);
    peil_wall_send(child, BLOCK + 1);
}

/* Whether the environment and the other descriptors are gone. */
static void look_around(peil_wall_child *child, int file, const void *context) {
    (void)file;
    (void)context;
    struct tm parts;
    const time_t noon = 43200;
    localtime_r(&noon, &parts);
    unsigned char *room = peil_wall_room(child);
    room[0] = (unsigned char)parts.tm_hour;
    room[1] = getenv("HOME") != NULL;
    peil_wall_send(child, 2);
}

/* ---- the parent ---- */

static peil_wall_job job_of(void (*work)(peil_wall_child *, int, const void *),
                            const void *context) {
    return (peil_wall_job){.file = -1,
                           .block_bytes = BLOCK,
                           .memory_bytes = (uint64_t)1 << 28,
                           .cpu_seconds = 1,
                           .silent_seconds = 20,
                           .work = work,
                           .context = context};
}

static int open_nothing(void) {
    const int file = open("/dev/null", O_RDONLY | O_CLOEXEC);
    cr_assert_geq(file, 0);
    return file;
}

/* Blocks until the end or a refusal. */
static peil_status run(peil_wall_job job, size_t *blocks, peil_fault *fault) {
    const unsigned char *block;
    size_t length = 1;
    peil_wall *wall = NULL;
    const int file = job.file < 0 ? open_nothing() : job.file;
    job.file = file;
    peil_status status = peil_wall_open(&job, &wall, fault);
    for (*blocks = 0; status == PEIL_OK && length; *blocks += length != 0)
        status = peil_wall_next(wall, &block, &length, fault);
    if (status == PEIL_OK)
        status = peil_wall_next(wall, &block, &length, fault); /* still the end */
    cr_expect_eq(length, 0);
    peil_wall_free(wall);
    close(file);
    return status;
}

Test(wall, blocks_arrive_in_order) {
    const uint32_t n = MANY;
    const unsigned char *block;
    size_t length;
    peil_wall *wall = NULL;
    peil_wall_job job = job_of(count_up, &n);
    job.file = open_nothing();
    cr_assert_eq(peil_wall_open(&job, &wall, NULL), PEIL_OK);
    for (uint32_t i = 0; i < n; i++) {
        cr_assert_eq(peil_wall_next(wall, &block, &length, NULL), PEIL_OK);
        HOLDS(length == 1 + i % BLOCK, "block %u has %zu bytes", i, length);
        HOLDS(block[0] == i % 251 && block[length - 1] == i % 251, "block %u has others' bytes", i);
    }
    cr_assert_eq(peil_wall_next(wall, &block, &length, NULL), PEIL_OK);
    cr_expect_eq(length, 0);
    peil_wall_free(wall);
    close(job.file);
}

Test(wall, child_without_blocks) {
    size_t blocks;
    cr_expect_eq(run(job_of(give_up, NULL), &blocks, NULL), PEIL_OK);
    cr_expect_eq(blocks, 0);
}

Test(wall, the_file_is_read) {
    char bytes[3 * BLOCK + 100];
    for (size_t i = 0; i < sizeof bytes; i++) bytes[i] = (char)(i % 127);
    const scratch file = scratch_make("some.bin", bytes, sizeof bytes);
    peil_wall_job job = job_of(hand_over_file, NULL);
    job.file = open(file.path, O_RDONLY | O_CLOEXEC);
    size_t blocks;
    cr_expect_eq(run(job, &blocks, NULL), PEIL_OK);
    cr_expect_eq(blocks, 4);
    scratch_remove(&file);
}

static const struct {
    const char *name;
    void (*work)(peil_wall_child *, int, const void *);
    const char *fault;
} forbidden[] = {
    {"writing to nowhere", write_nowhere, "breaks off"},
    {"abort", abort_itself, "breaks off"},
    {"leaving before the end", leave_early, "breaks off"},
    {"a loop without end", turn_for_ever, "does not end"},
    {"opening a file", open_file, "breaks off"},
    {"making a file", make_file, "breaks off"},
    {"a connection to elsewhere", connect_out, "breaks off"},
    {"another process", start_another, "breaks off"},
    {"another program", become_another, "breaks off"},
    {"a signal to the parent", stop_parent, "breaks off"},
    {"data as code", run_data, "breaks off"},
    {"reading elsewhere", read_other, "breaks off"},
    {"writing elsewhere", write_other, "breaks off"},
    {"sleeping", sleep_long, "breaks off"},
    {"a block that is too long", send_too_much, "does not answer"},
};

Test(wall, what_is_forbidden_ends_it) {
    const leftovers before = count_leftovers();
    for (size_t i = 0; i < COUNT(forbidden); i++) {
        size_t blocks;
        peil_fault fault = {0};
        cr_expect_eq(run(job_of(forbidden[i].work, NULL), &blocks, &fault), PEIL_EDATA, "%s: %zu",
                     forbidden[i].name, blocks);
        cr_expect(strstr(fault.message, forbidden[i].fault), "%s: %s", forbidden[i].name,
                  fault.message);
        cr_expect_leq(blocks, 1, "%s", forbidden[i].name);
        expect_nothing_left(before, forbidden[i].name);
    }
    cr_expect_neq(access("/tmp/peil-wall-was-here", F_OK), 0);
}

Test(wall, file_that_the_system_does_not_give) {
    const leftovers before = count_leftovers();
    size_t blocks;
    peil_fault fault = {0};
    cr_expect_eq(run(job_of(read_in_vain, NULL), &blocks, &fault), PEIL_ESYSTEM);
    cr_expect(strstr(fault.message, "cannot be read"), "%s", fault.message);
    expect_nothing_left(before, "a file that cannot be read");
}

Test(wall, child_knows_no_surroundings) {
    const unsigned char *block;
    size_t length;
    peil_wall *wall = NULL;
    peil_wall_job job = job_of(look_around, NULL);
    job.file = open_nothing();
    setenv("TZ", "America/New_York", 1);
    setenv("HOME", "/home/somebody", 1);
    cr_assert_eq(peil_wall_open(&job, &wall, NULL), PEIL_OK);
    cr_assert_eq(peil_wall_next(wall, &block, &length, NULL), PEIL_OK);
    cr_expect_eq(block[0], 12, "its hour is %d", block[0]);
    cr_expect_eq(block[1], 0, "it sees the environment");
    peil_wall_free(wall);
    close(job.file);
}

static const struct {
    int signal;
    peil_status status;
    const char *fault;
} signals[] = {{SIGKILL, PEIL_ESYSTEM, "was killed"},
               {SIGSEGV, PEIL_EDATA, "breaks off"},
               {SIGTERM, PEIL_ESYSTEM, "was killed"},
               {SIGSTOP, PEIL_EDATA, "does not answer"}};

Test(wall, child_is_stopped_half_way) {
    const leftovers before = count_leftovers();
    for (size_t i = 0; i < COUNT(signals); i++) {
        const uint32_t n = MANY;
        const unsigned char *block;
        size_t length = 1;
        peil_wall *wall = NULL;
        peil_fault fault = {0};
        peil_wall_job job = job_of(count_up, &n);
        job.silent_seconds = 2;
        job.file = open_nothing();
        cr_assert_eq(peil_wall_open(&job, &wall, NULL), PEIL_OK);
        cr_assert_eq(peil_wall_next(wall, &block, &length, NULL), PEIL_OK);
        const pid_t child = find_child();
        if (child) cr_expect_eq(kill(child, signals[i].signal), 0);
        peil_status status = PEIL_OK;
        while (child && status == PEIL_OK && length)
            status = peil_wall_next(wall, &block, &length, &fault);
        if (child) cr_expect_eq(status, signals[i].status, "signal %d", signals[i].signal);
        if (child) cr_expect(strstr(fault.message, signals[i].fault), "%s", fault.message);
        if (child) cr_expect_neq(peil_wall_next(wall, &block, &length, &fault), PEIL_OK);
        peil_wall_free(wall);
        close(job.file);
        expect_nothing_left(before, "a signal");
    }
}

#if defined(__has_feature)
#define HAS_FEATURE(name) __has_feature(name)
#else
#define HAS_FEATURE(name) 0
#endif
#if !defined(__SANITIZE_ADDRESS__) && !HAS_FEATURE(address_sanitizer)
/* Says 1 when the last of many allocations failed. */
static void take_memory(peil_wall_child *child, int file, const void *context) {
    (void)file;
    (void)context;
    const void *taken = child;
    for (int i = 0; i < 64 && taken; i++) taken = malloc((size_t)1 << 24);
    peil_wall_room(child)[0] = taken == NULL;
    peil_wall_send(child, 1);
}

Test(wall, memory_is_bounded) {
    const unsigned char *block;
    size_t length;
    peil_wall *wall = NULL;
    peil_wall_job job = job_of(take_memory, NULL);
    job.file = open_nothing();
    cr_assert_eq(peil_wall_open(&job, &wall, NULL), PEIL_OK);
    cr_assert_eq(peil_wall_next(wall, &block, &length, NULL), PEIL_OK);
    cr_expect_eq(block[0], 1, "a gigabyte was to be had");
    peil_wall_free(wall);
    close(job.file);
}
#endif

Test(wall, freed_half_way) {
    const leftovers before = count_leftovers();
    const uint32_t n = MANY;
    for (uint32_t taken = 0; taken < 20; taken++) {
        const unsigned char *block;
        size_t length;
        peil_wall *wall = NULL;
        peil_wall_job job = job_of(taken % 2 ? count_up : turn_for_ever, &n);
        job.file = open_nothing();
        cr_assert_eq(peil_wall_open(&job, &wall, NULL), PEIL_OK);
        for (uint32_t i = 0; i < (taken % 2 ? taken : taken > 0); i++)
            cr_assert_eq(peil_wall_next(wall, &block, &length, NULL), PEIL_OK);
        peil_wall_free(wall);
        close(job.file);
    }
    expect_nothing_left(before, "freed half-way");
}

/* A program may leave its children to the system, or to a handler of its own. */
static void collect(int signal) {
    (void)signal;
    while (waitpid(-1, NULL, WNOHANG) > 0) continue;
}

Test(wall, program_that_collects_its_children) {
    void (*const handlers[])(int) = {SIG_IGN, collect};
    for (size_t i = 0; i < COUNT(handlers); i++) {
        const uint32_t n = MANY;
        size_t blocks;
        peil_fault fault = {0};
        sigaction(SIGCHLD, &(struct sigaction){.sa_handler = handlers[i]}, NULL);
        cr_expect_eq(run(job_of(count_up, &n), &blocks, &fault), PEIL_OK, "%s", fault.message);
        cr_expect_eq(blocks, MANY);
        cr_expect_eq(run(job_of(write_nowhere, NULL), &blocks, &fault), PEIL_EDATA);
        cr_expect(strstr(fault.message, "breaks off"), "%s", fault.message);
    }
}

static void *keep_forking(void *context) {
    while (!*(volatile bool *)context) {
        const pid_t child = fork();
        if (child == 0) {
            nanosleep(&(struct timespec){.tv_nsec = 20000000}, NULL);
            _exit(0);
        }
        if (child > 0) waitpid(child, NULL, 0);
    }
    return NULL;
}

static void *run_many(void *context) {
    const uint32_t n = MANY;
    for (int i = 0; i < 10; i++) {
        size_t blocks;
        const bool fails = i % 2;
        const peil_status status = run(job_of(fails ? write_nowhere : count_up, &n), &blocks, NULL);
        if (status != (fails ? PEIL_EDATA : PEIL_OK) || blocks != (fails ? 1 : MANY))
            *(bool *)context = false;
    }
    return NULL;
}

/* Other threads start processes, which hold what was open at that moment for a while. */
Test(wall, program_of_several_threads) {
    pthread_t others[2], readers[3];
    bool stop = false, is_right[COUNT(readers)] = {true, true, true};
    for (size_t i = 0; i < COUNT(others); i++)
        cr_assert_eq(pthread_create(&others[i], NULL, keep_forking, &stop), 0);
    for (size_t i = 0; i < COUNT(readers); i++)
        cr_assert_eq(pthread_create(&readers[i], NULL, run_many, &is_right[i]), 0);
    for (size_t i = 0; i < COUNT(readers); i++) {
        pthread_join(readers[i], NULL);
        cr_expect(is_right[i], "reader %zu", i);
    }
    *(volatile bool *)&stop = true;
    for (size_t i = 0; i < COUNT(others); i++) pthread_join(others[i], NULL);
}

/* More than the C library keeps before it gives memory back. */
static void take_and_free(peil_wall_child *child, int file, const void *context) {
    enum { PIECES = 40000 };
    static void *volatile piece[PIECES];
    (void)file;
    (void)context;
    for (size_t i = 0; i < PIECES; i++) piece[i] = malloc(1000);
    for (size_t i = 0; i < PIECES; i++) free(piece[i]);
    send_one(child);
}

static void *run_taking(void *context) {
    size_t blocks;
    *(peil_status *)context = run(job_of(take_and_free, NULL), &blocks, NULL);
    return NULL;
}

/* The memory of a thread that is not the first comes from elsewhere, and goes back otherwise. */
Test(wall, child_of_another_thread_frees_memory) {
    pthread_t thread;
    peil_status status = PEIL_ESYSTEM;
    cr_assert_eq(pthread_create(&thread, NULL, run_taking, &status), 0);
    pthread_join(thread, NULL);
    cr_expect_eq(status, PEIL_OK);
}

/* Signals that interrupt the waiting do no harm. */
static void nothing(int signal) {
    (void)signal;
}

Test(wall, signals_while_waiting) {
    sigaction(SIGALRM, &(struct sigaction){.sa_handler = nothing}, NULL);
    timer_t timer;
    const struct itimerspec often = {{.tv_nsec = 100000}, {.tv_nsec = 100000}};
    cr_assert_eq(timer_create(CLOCK_MONOTONIC, NULL, &timer), 0);
    cr_assert_eq(timer_settime(timer, 0, &often, NULL), 0);
    const uint32_t n = MANY;
    size_t blocks;
    peil_fault fault = {0};
    cr_expect_eq(run(job_of(count_up, &n), &blocks, &fault), PEIL_OK, "%s", fault.message);
    cr_expect_eq(blocks, MANY);
    cr_expect_eq(run(job_of(turn_for_ever, NULL), &blocks, &fault), PEIL_EDATA);
    timer_delete(timer);
}
