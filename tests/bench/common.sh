# shellcheck shell=sh disable=SC2154 # here, data, work, peil: of bench
# SPDX-License-Identifier: GPL-3.0-or-later
# What the tables share: data made once, timed runs, and rows of Markdown.

compile() {
    for tool in make_data bare_lines bare_csv bare_zlib bare_readstat make_sav run; do
        libraries=
        case $tool in
            bare_csv) libraries=-lcsv ;;
            bare_zlib) libraries=-lz ;;
            bare_readstat | make_sav) libraries=-lreadstat ;;
        esac
        "${CC:-cc}" -std=c17 -O2 -D_POSIX_C_SOURCE=200809L "$here/$tool.c" -o "$work/$tool" $libraries
    done
}

# is_newer FILE OTHER
is_newer() {
    [ -n "$(find "$1" -newer "$2" 2>/dev/null)" ]
}

# make_file FILE WORD...: makes data once.
make_file() {
    made=$data/$1
    shift
    if is_newer "$made" "$here/make_data.c"; then return; fi
    mkdir -p "$data"
    "$work/make_data" "$@" >"$made.part"
    mv "$made.part" "$made"
}

# make_other FILE COMMAND...: makes a file out of the million rows, once.
make_other() {
    make_file rows-1000000.csv 1000000
    made=$data/$1
    shift
    if is_newer "$made" "$data/rows-1000000.csv"; then return; fi
    "$@" <"$data/rows-1000000.csv" >"$made.part"
    mv "$made.part" "$made"
}

# timed NAME COMMAND...: adds its seconds and MB to the times of NAME; its messages only when it fails.
timed() {
    times=$work/$1.times
    shift
    "$work/run" "$@" >>"$times" 2>"$work/messages" || {
        cat "$work/messages" >&2
        return 1
    }
}

# repeat TIMES COMMAND...: a turn of all that is compared, that many times.
repeat() {
    turns=$1
    shift
    while [ "$turns" -gt 0 ]; do
        "$@"
        turns=$((turns - 1))
    done
}

# best, median and peak: of the times of NAME.
best() {
    sort -n "$work/$1.times" | awk 'NR == 1 { print $1 }'
}

median() {
    sort -n "$work/$1.times" | awk '{ s[NR] = $1 }
        END { print NR % 2 ? s[(NR + 1) / 2] : (s[NR / 2] + s[NR / 2 + 1]) / 2 }'
}

peak() {
    awk '$2 > most { most = $2 } END { print most }' "$work/$1.times"
}

# ratio NAME OTHER: of the best times.
ratio() {
    echo "$(best "$1") $(best "$2")" | awk '{ printf "%.2f", $1 / $2 }'
}

# title TEXT: above a table.
title() {
    printf '\n## %s\n\n' "$1"
}

# head_of NAME COLUMN...
head_of() {
    row "$@"
    shift
    printf '|---|'
    printf '%.0s---:|' "$@"
    echo
}

# row NAME FIGURE...
row() {
    printf '| %-48s |' "$1"
    shift
    for figure in "$@"; do printf ' %9s |' "$figure"; done
    echo
}

# 1000000 as 1,000,000.
thousands() {
    echo "$1" | sed ':next; s/\B[0-9]\{3\}\>/,&/; t next'
}

# megabytes FILE
megabytes() {
    thousands $(($(wc -c <"$1") / 1000000))
}

seconds_of() {
    printf '%.3f' "$(best "$1")"
}

# measures WIDTH N: as many options -m, with question numbers of that width, in the words of a shell.
measures() {
    seq -f "-m 'percent(vraag%0$1g = 1)'" 1 "$2" | tr '\n' ' '
}

# eight_by RUNNER NAME FILE [OPTION...]: the eight percentages.
eight_by() {
    runner=$1 name=$2 rows_file=$3
    shift 3
    eval "set -- $(measures 2 8) \"\$@\""
    "$runner" "$name" "$peil" table "$rows_file" -f csv --no-progress --by gemeente,jaar \
        --weight weging --strata stratum --missing 9 "$@"
}

eight() {
    eight_by timed "$@"
}

machine() {
    awk -F': *' '/^model name/ { printf "%s, ", $2; exit }' /proc/cpuinfo
    awk '/^MemTotal/ { printf "%.0f GB of memory", $2 / 1048576 }' /proc/meminfo
}

show_heading() {
    cat <<TEXT
# Speed

What \`tests/bench/bench${options:+ $options}\` printed on: $(machine), $(nproc) cores; $("$peil" --version), $(date -u +%F).
Seconds are the best of several runs, which take turns with those they are compared with. On another machine, or beside other work,
the seconds are others; the ratios less so.
TEXT
}
