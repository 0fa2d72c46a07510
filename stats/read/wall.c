/* SPDX-License-Identifier: GPL-3.0-or-later */
#define _GNU_SOURCE /* MAP_ANONYMOUS */
#include "read/wall.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "core/array.h"
#include "read/sandbox.h"

/* The blocks lie in memory that both sides see, in a ring. The child sends the length of each one
 * that it filled, 0 when it is done; the parent sends a byte for each one that is free again. A
 * side that is gone is seen as the end of the connection. */
#define BLOCKS 8u
#define TICK 200    /* milliseconds between two looks at a silent child */
#define EXIT_OPEN 3 /* the child could not be shut off, and did nothing */
#define EXIT_READ 4 /* the system did not give it the file's bytes */

struct peil_wall {
    pid_t child;    /* 0: gone, and `status` is how */
    int connection; /* -1: closed */
    int status;
    bool knows_status, is_done, holds_block;
    size_t block_bytes;
    unsigned char *ring;
    uint32_t nblocks; /* seen so far */
    unsigned silent_seconds;
};

struct peil_wall_child {
    int connection;
    size_t block_bytes;
    unsigned char *ring;
    uint32_t nblocks, nfree; /* sent so far; not to be waited for */
};

/* ---- the child ---- */

unsigned char *peil_wall_room(peil_wall_child *child) {
    char bytes[BLOCKS];
    while (child->nfree == 0) {
        const ssize_t n = read(child->connection, bytes, sizeof bytes);
        if (n > 0) child->nfree += (uint32_t)n;
        if (n == 0 || (n < 0 && errno != EINTR)) _exit(0); /* nobody listens any more */
    }
    return child->ring + child->nblocks % BLOCKS * child->block_bytes;
}

static void say(const peil_wall_child *child, uint32_t length) {
    ssize_t n;
    do {
        n = write(child->connection, &length, sizeof length);
    } while (n < 0 && errno == EINTR);
    if (n != (ssize_t)sizeof length) _exit(0);
}

void peil_wall_send(peil_wall_child *child, size_t length) {
    say(child, (uint32_t)length);
    child->nblocks++;
    child->nfree--;
}

void peil_wall_cannot_read(void) {
    _exit(EXIT_READ);
}

/* Never returns. */
static void be_child(const peil_wall_job *job, const peil_wall *wall, int connection,
                     pid_t parent) {
    const peil_sandbox sandbox = {job->file, connection, parent, job->memory_bytes,
                                  job->cpu_seconds};
    peil_wall_child child = {connection, job->block_bytes, wall->ring, 0, BLOCKS};
    if (!peil_sandbox_enter(&sandbox)) _exit(EXIT_OPEN);
    job->work(&child, job->file, job->context);
    say(&child, 0);
    _exit(0);
}

/* ---- the parent ---- */

static peil_status start_child(const peil_wall_job *job, peil_wall *wall, peil_fault *fault) {
    int ends[2];
    if (socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, ends) != 0)
        return peil_fail(fault, PEIL_ESYSTEM, "no connection to a child process: %s",
                         strerror(errno));
    const pid_t parent = getpid();
    wall->connection = ends[0];
    wall->child = fork();
    if (wall->child == 0) be_child(job, wall, ends[1], parent);
    const int why = errno;
    close(ends[1]);
    if (wall->child > 0) {
        mprotect(wall->ring, BLOCKS * wall->block_bytes, PROT_READ);
        return PEIL_OK;
    }
    wall->child = 0;
    return peil_fail(fault, PEIL_ESYSTEM, "no child process: %s", strerror(why));
}

static peil_status make_ring(peil_wall *wall, peil_fault *fault) {
    void *ring = mmap(NULL, BLOCKS * wall->block_bytes, PROT_READ | PROT_WRITE,
                      MAP_SHARED | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
    if (ring == MAP_FAILED) return peil_fail_memory(fault);
    wall->ring = ring;
    return PEIL_OK;
}

peil_status peil_wall_open(const peil_wall_job *job, peil_wall **out, peil_fault *fault) {
    peil_wall *wall = NULL;
    if (job->block_bytes == 0 || job->block_bytes > UINT32_MAX / BLOCKS)
        return peil_fail_memory(fault);
    PEIL_TRY(peil_array_make(&wall, 1, sizeof *wall, fault));
    wall->connection = -1;
    wall->block_bytes = job->block_bytes;
    wall->silent_seconds = job->silent_seconds;
    peil_status status = make_ring(wall, fault);
    if (status == PEIL_OK) status = start_child(job, wall, fault);
    if (status == PEIL_OK)
        *out = wall;
    else
        peil_wall_free(wall);
    return status;
}

/* Whether the child has ended, by itself or just now. Its end may have been taken from us, by a
 * program that waits for all its children or for none: then how it ended stays unknown. */
static bool is_gone(peil_wall *wall, int options) {
    pid_t ended;
    if (wall->child == 0) return true;
    do {
        ended = waitpid(wall->child, &wall->status, options);
    } while (ended < 0 && errno == EINTR);
    if (ended == 0) return false;
    wall->knows_status = ended > 0;
    wall->child = 0;
    return true;
}

static void end_child(peil_wall *wall) {
    if (!is_gone(wall, WNOHANG)) {
        kill(wall->child, SIGKILL);
        is_gone(wall, 0);
    }
    if (wall->connection >= 0) close(wall->connection);
    wall->connection = -1;
}

/* By somebody else: by the kernel when memory runs out, or by an administrator. */
static bool was_killed(int status) {
    return WIFSIGNALED(status) && (WTERMSIG(status) == SIGKILL || WTERMSIG(status) == SIGTERM);
}

/* What is said of a child that ended before its work. */
static peil_status say_end(const peil_wall *wall, peil_fault *fault) {
    const int status = wall->knows_status ? wall->status : 0;
    if (WIFEXITED(status) && WEXITSTATUS(status) == EXIT_OPEN)
        return peil_fail(fault, PEIL_ESYSTEM,
                         "the process that reads it cannot be shut off from the system");
    if (WIFEXITED(status) && WEXITSTATUS(status) == EXIT_READ)
        return peil_fail(fault, PEIL_ESYSTEM, "cannot be read: the system refuses some of it");
    if (was_killed(status))
        return peil_fail(fault, PEIL_ESYSTEM,
                         "the process that reads it was killed; did memory run out?");
    if (WIFSIGNALED(status) && WTERMSIG(status) == SIGXCPU)
        return peil_fail(fault, PEIL_EDATA, "the file is damaged: reading it does not end");
    return peil_fail(fault, PEIL_EDATA, "the file is damaged: reading it breaks off");
}

static peil_status refuse_child(peil_wall *wall, peil_fault *fault) {
    end_child(wall);
    return peil_fail(fault, PEIL_EDATA, "the file is damaged: what reads it does not answer");
}

static time_t now(void) {
    struct timespec t = {0};
    clock_gettime(CLOCK_MONOTONIC, &t);
    return t.tv_sec;
}

/* Waits until something can be received. The end of a dead child's connection is not seen while
 * another process, forked at a bad moment, holds it open too: hence the looks. */
static peil_status wait_for_child(peil_wall *wall, peil_fault *fault) {
    const time_t deadline = now() + (time_t)wall->silent_seconds;
    struct pollfd connection = {.fd = wall->connection, .events = POLLIN};
    for (bool was_gone = false;;) {
        const int ready = poll(&connection, 1, was_gone ? 0 : TICK);
        if (ready > 0) return PEIL_OK;
        if (ready < 0 && errno != EINTR)
            return peil_fail(fault, PEIL_ESYSTEM, "cannot wait for a child process: %s",
                             strerror(errno));
        if (was_gone) return say_end(wall, fault);
        was_gone = is_gone(wall, WNOHANG);
        if (!was_gone && now() > deadline) return refuse_child(wall, fault);
    }
}

/* The length of the block that is filled; at the end of the connection, why. A child that ends
 * without having looked for free blocks resets the connection, which says nothing. */
static peil_status receive(peil_wall *wall, uint32_t *length, peil_fault *fault) {
    ssize_t n;
    do {
        PEIL_TRY(wait_for_child(wall, fault));
        n = recv(wall->connection, length, sizeof *length, MSG_DONTWAIT);
    } while (n < 0 && (errno == EINTR || errno == EAGAIN || errno == ECONNRESET));
    if (n == (ssize_t)sizeof *length && *length <= wall->block_bytes) return PEIL_OK;
    if (n > 0) return refuse_child(wall, fault);
    end_child(wall); /* which has closed its side, or is about to */
    return say_end(wall, fault);
}

/* Gives the block back that the caller had; a child that is gone is noticed when receiving. */
static void release(peil_wall *wall) {
    if (wall->holds_block) send(wall->connection, "", 1, MSG_NOSIGNAL | MSG_DONTWAIT);
    wall->holds_block = false;
}

peil_status peil_wall_next(peil_wall *wall, const unsigned char **block, size_t *length,
                           peil_fault *fault) {
    uint32_t filled = 0;
    *length = 0;
    if (wall->is_done) return PEIL_OK;
    if (wall->connection < 0) return say_end(wall, fault);
    release(wall);
    PEIL_TRY(receive(wall, &filled, fault));
    *length = filled;
    if (filled == 0) {
        wall->is_done = true;
        end_child(wall);
        return PEIL_OK;
    }
    *block = wall->ring + wall->nblocks++ % BLOCKS * wall->block_bytes;
    wall->holds_block = true;
    return PEIL_OK;
}

void peil_wall_free(peil_wall *wall) {
    if (!wall) return;
    end_child(wall);
    if (wall->ring) munmap(wall->ring, BLOCKS * wall->block_bytes);
    free(wall);
}
