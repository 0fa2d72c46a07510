# shellcheck shell=sh disable=SC2154 # data, peil, big: of bench
# SPDX-License-Identifier: GPL-3.0-or-later
# How time and memory grow, each with one thing alone: rows, measures, areas, replicate weights, clusters.

# grown NAME FILE MEASURES [OPTION...]: that many percentages; a row of the table.
grown() {
    name=$1 file=$2 wanted=$3
    shift 3
    case $file in wide*) width=3 ;; *) width=2 ;; esac
    eval "set -- \"\$@\" $(measures $width "$wanted")"
    repeat 3 timed "$name" "$peil" table "$data/$file" -f csv --no-progress --weight weging --missing 9 "$@"
    row "$name" "$(seconds_of "$name")" "$(peak "$name")"
}

grow_rows() {
    for rows in 100000 1000000 $([ "$big" = no ] || echo 10000000); do
        make_file "rows-$rows.csv" "$rows"
        grown "rows: $(thousands "$rows")" "rows-$rows.csv" 8 --by gemeente,jaar --strata stratum
    done
}

grow_measures() {
    for wanted in 1 10 100; do
        grown "measures: $wanted" wide.csv $wanted --by gebied100 --strata stratum
    done
}

grow_areas() {
    for areas in 10 100 1000; do
        grown "areas: $(thousands $areas)" wide.csv 10 --by gebied$areas --strata stratum
    done
}

grow_replicates() {
    grown 'replicate weights: 0' replicates.csv 10 --by gebied
    grown 'replicate weights: 80' replicates.csv 10 --by gebied --repweights 'rep*' --replication fay=0.5
}

grow_clusters() {
    for clusters in 10000 100000; do
        make_file "rows-$clusters.csv" $clusters
        grown "clusters: $(thousands $clusters), a row each" "rows-$clusters.csv" 8 --by gemeente,jaar --cluster id
    done
}

show_growth() {
    make_file wide.csv wide
    make_file replicates.csv replicates

    title 'Growth'
    cat <<TEXT
Percentages with intervals, all threads. Rows: eight percentages in 14 areas x 4 years, 39 columns. Measures: in 100 areas; areas: ten
percentages; both a million rows of 250 columns. Replicate weights: ten percentages in 50 areas, a million rows. Clusters: as rows.

TEXT
    head_of 'best of 3' 'best, s' 'peak MB'
    grow_rows
    grow_measures
    grow_areas
    grow_replicates
    grow_clusters
    [ "$big" = no ] || echo "$(peak 'rows: 10,000,000') $(peak 'rows: 1,000,000')" |
        awk '{ printf "\nTen million rows take %.2f times the memory of one million.\n", $1 / $2 }'
}
