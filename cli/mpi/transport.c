/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "transport.h"

#include <mpi.h>
#include <stdlib.h>

#include "core/array.h"

/* MPI counts bytes in an int. */
#define MESSAGE_BYTES ((size_t)1 << 30)

static peil_status check(int result, peil_fault *fault) {
    if (result == MPI_SUCCESS) return PEIL_OK;
    char text[MPI_MAX_ERROR_STRING] = "";
    int length;
    MPI_Error_string(result, text, &length);
    return peil_fail(fault, PEIL_ESYSTEM, "MPI failed: %.400s", text);
}

static int next_length(size_t left) {
    return (int)(left < MESSAGE_BYTES ? left : MESSAGE_BYTES);
}

static peil_status send_messages(const peil_text *bytes, peil_fault *fault) {
    const unsigned long long length = bytes->length;
    PEIL_TRY(check(MPI_Send(&length, 1, MPI_UNSIGNED_LONG_LONG, 0, 0, MPI_COMM_WORLD), fault));
    for (size_t at = 0; at < length; at += MESSAGE_BYTES)
        PEIL_TRY(check(
            MPI_Send(bytes->bytes + at, next_length(length - at), MPI_BYTE, 0, 0, MPI_COMM_WORLD),
            fault));
    return PEIL_OK;
}

static peil_status send_bytes(void *context, const peil_text *bytes, peil_fault *fault) {
    mpi_transport *transport = context;
    transport->done = 1;
    const peil_status status = send_messages(bytes, fault);
    transport->is_broken = status != PEIL_OK;
    return status;
}

static peil_status receive_messages(size_t from, char *buffer, size_t length, peil_text *out,
                                    peil_fault *fault) {
    while (length) {
        const int n = next_length(length);
        PEIL_TRY(check(
            MPI_Recv(buffer, n, MPI_BYTE, (int)from, 0, MPI_COMM_WORLD, MPI_STATUS_IGNORE), fault));
        peil_text_add_bytes(out, buffer, (size_t)n);
        length -= (size_t)n;
    }
    return out->failed ? peil_fail_memory(fault) : PEIL_OK;
}

static peil_status receive_all(size_t from, peil_text *out, peil_fault *fault) {
    unsigned long long length;
    char *buffer = NULL;
    PEIL_TRY(check(MPI_Recv(&length, 1, MPI_UNSIGNED_LONG_LONG, (int)from, 0, MPI_COMM_WORLD,
                            MPI_STATUS_IGNORE),
                   fault));
    PEIL_TRY(peil_array_make(&buffer, (size_t)next_length(length), 1, fault));
    const peil_status status = receive_messages(from, buffer, length, out, fault);
    free(buffer);
    return status;
}

static peil_status receive_bytes(void *context, size_t from, peil_text *out, peil_fault *fault) {
    mpi_transport *transport = context;
    transport->done = from;
    const peil_status status = receive_all(from, out, fault);
    transport->is_broken = status != PEIL_OK;
    return status;
}

peil_status mpi_transport_team(mpi_transport *transport, peil_team *team, peil_fault *fault) {
    int rank, size;
    *transport = (mpi_transport){0};
    PEIL_TRY(check(MPI_Comm_set_errhandler(MPI_COMM_WORLD, MPI_ERRORS_RETURN), fault));
    PEIL_TRY(check(MPI_Comm_rank(MPI_COMM_WORLD, &rank), fault));
    PEIL_TRY(check(MPI_Comm_size(MPI_COMM_WORLD, &size), fault));
    *team = (peil_team){.rank = (size_t)rank,
                        .size = (size_t)size,
                        .context = transport,
                        .send = send_bytes,
                        .receive = receive_bytes};
    return PEIL_OK;
}

peil_status mpi_transport_finish(const peil_team *team, peil_fault *fault) {
    mpi_transport *transport = team->context;
    const peil_text nothing = {0};
    if (transport->is_broken)
        return peil_fail(fault, PEIL_ESYSTEM, "what the ranks have found cannot be put together");
    if (team->rank > 0) return transport->done ? PEIL_OK : send_bytes(transport, &nothing, fault);
    while (transport->done + 1 < team->size) {
        peil_text unused = {0};
        const peil_status status = receive_bytes(transport, transport->done + 1, &unused, fault);
        peil_text_clear(&unused);
        PEIL_TRY(status);
    }
    return PEIL_OK;
}
