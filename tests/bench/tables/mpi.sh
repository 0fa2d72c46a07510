# shellcheck shell=sh disable=SC2154 # data, peil, big, rounds: of bench
# SPDX-License-Identifier: GPL-3.0-or-later
# The eight percentages by one MPI process and by two, each of one thread.

# start NAME N WORD...: that many ranks.
start() {
    name=$1 count=$2
    shift 2
    timed "$name" mpirun --oversubscribe --allow-run-as-root -n "$count" "$peil-mpi" "$@"
}

# ranks N: as runner of eight_by, which gives the name, peil and its words.
ranks() {
    count=$1 name=$2
    shift 3
    start "$name" "$count" "$@" --threads 1
}

one_rank() {
    ranks 1 "$@"
}

two_ranks() {
    ranks 2 "$@"
}

mpi_turn() {
    eight_by one_rank mpi-1 "$1"
    eight_by two_ranks mpi-2 "$1"
    start mpi-start 2 --version
}

# mpi_row TEXT NAME
mpi_row() {
    row "$1" "$(seconds_of "$2")" "$(printf '%.3f' "$(median "$2")")" "$(ratio "$2" mpi-1)"
}

show_mpi() {
    title 'MPI'
    if ! command -v mpirun >/dev/null || [ ! -x "$peil-mpi" ]; then
        echo 'peil-mpi: not installed'
        return
    fi
    if [ "$big" = yes ]; then rows=10000000; else rows=1000000; fi
    make_file "rows-$rows.csv" "$rows"
    repeat "$rounds" mpi_turn "$data/rows-$rows.csv"
    head_of "$(thousands $rows) rows, best and median of $rounds" 'best, s' 'median, s' 'x one'
    mpi_row '1 process' mpi-1
    mpi_row '2 processes' mpi-2
    mpi_row 'the start of MPI alone, which is in both' mpi-start
    printf '\nTwo processes are %s times as fast as one; %s times in the median.\n' \
        "$(ratio mpi-1 mpi-2)" "$(echo "$(median mpi-1) $(median mpi-2)" | awk '{ printf "%.2f", $1 / $2 }')"
}
