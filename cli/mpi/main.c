/* SPDX-License-Identifier: GPL-3.0-or-later */
/* peil-mpi: peil table and peil compare with the ranks of MPI, which read the data together. Rank 0
 * has the last word, and the only one. */
#include <fcntl.h>
#include <mpi.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "message.h"
#include "program.h"
#include "transport.h"

/* All ranks meet the same fault of a request, and one should say so. */
static void be_silent(void) {
    const int nowhere = open("/dev/null", O_WRONLY);
    if (nowhere < 0) return;
    dup2(nowhere, STDOUT_FILENO);
    dup2(nowhere, STDERR_FILENO);
    close(nowhere);
}

/* Where all ranks are on this machine, as mpirun says, Open MPI need not look for networks: that
 * takes longer than a million rows. What the user chose stands. */
static void skip_networks(void) {
    const char *all = getenv("OMPI_COMM_WORLD_SIZE"), *here = getenv("OMPI_COMM_WORLD_LOCAL_SIZE");
    if (!all || !here || strcmp(all, here) != 0) return;
    setenv("OMPI_MCA_pml", "ob1", 0);
    setenv("OMPI_MCA_btl", "self,vader", 0);
}

/* The others may wait for this rank: no one can go on. */
static void give_up(const peil_fault *fault) {
    cli_message_fault(fault);
    MPI_Abort(MPI_COMM_WORLD, PEIL_ESYSTEM);
}

int main(int argc, char **argv) {
    peil_fault fault = {0};
    mpi_transport transport;
    peil_team team;
    skip_networks();
    if (MPI_Init(&argc, &argv) != MPI_SUCCESS) return PEIL_ESYSTEM;
    if (mpi_transport_team(&transport, &team, &fault) != PEIL_OK) give_up(&fault);
    if (team.rank > 0) be_silent();
    const int status = cli_program(argc, argv, &team);
    if (mpi_transport_finish(&team, &fault) != PEIL_OK) give_up(&fault);
    MPI_Finalize();
    return team.rank > 0 ? 0 : status;
}
