/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A team whose processes are the ranks of MPI. */
#ifndef PEIL_CLI_MPI_TRANSPORT_H
#define PEIL_CLI_MPI_TRANSPORT_H

#include "report/team.h"

typedef struct mpi_transport {
    size_t done;    /* ranks heard by rank 0; of another rank, whether it has sent */
    bool is_broken; /* something was sent or heard in part */
} mpi_transport;

/* All processes of this run; MPI is initialised. The transport is borrowed. */
peil_status mpi_transport_team(mpi_transport *transport, peil_team *team,
                               peil_fault *fault) PEIL_CHECKED;

/* Sends nothing where nothing was sent, and hears who was not heard, so that no rank waits for
 * another one that stopped before. */
peil_status mpi_transport_finish(const peil_team *team, peil_fault *fault) PEIL_CHECKED;

#endif
