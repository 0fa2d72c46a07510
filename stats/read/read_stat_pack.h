/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The child's side: values, row after row, packed into blocks as read_stat_message.h has them, each
 * of which is sent when it is full. */
#ifndef PEIL_READ_READ_STAT_PACK_H
#define PEIL_READ_READ_STAT_PACK_H

#include "read/read_stat_message.h"

typedef struct peil_stat_pack {
    const peil_stat_layout *layout;
    peil_wall_child *child;
    peil_stat_block head;
    size_t column;                      /* the next of the row being filled */
    unsigned char *room, *cells, *text; /* of the block being filled */
} peil_stat_pack;

void peil_stat_pack_begin(const peil_stat_layout *layout, peil_wall_child *child,
                          peil_stat_pack *out);

/* The next value of the row, by the kind of its column. A text is refused (false) when a block has
 * no room for the texts of this row. */
bool peil_stat_pack_text(peil_stat_pack *pack, const char *text, size_t length);

static inline void peil_stat_pack_number(peil_stat_pack *pack, uint64_t bits) {
    const size_t place = pack->column++ * pack->layout->rows + pack->head.rows;
    memcpy(pack->cells + 8 * place, &bits, sizeof bits);
}

/* Behind the last value of a row. `position`: in the file. */
void peil_stat_pack_row(peil_stat_pack *pack, uint64_t position);

/* Behind the last row, with what went wrong there. */
void peil_stat_pack_end(peil_stat_pack *pack, peil_stat_fault fault, uint64_t position);

#endif
