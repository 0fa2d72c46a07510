/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "read/read_stat_pack.h"

static void begin_block(peil_stat_pack *pack) {
    const peil_stat_layout *layout = pack->layout;
    pack->room = peil_wall_room(pack->child);
    pack->head = (peil_stat_block){0};
    pack->cells = pack->room + sizeof pack->head;
    pack->text = pack->cells + 8 * layout->ncolumns * layout->rows;
}

void peil_stat_pack_begin(const peil_stat_layout *layout, peil_wall_child *child,
                          peil_stat_pack *out) {
    *out = (peil_stat_pack){.layout = layout, .child = child};
    begin_block(out);
}

static void send_block(peil_stat_pack *pack, uint64_t position) {
    const peil_stat_layout *layout = pack->layout;
    pack->head.position = position;
    memcpy(pack->room, &pack->head, sizeof pack->head);
    peil_wall_send(pack->child,
                   peil_stat_block_bytes(layout) - layout->text_bytes + pack->head.text_bytes);
}

static unsigned char *cell_of(const peil_stat_pack *pack, size_t column, size_t row) {
    return pack->cells + 8 * (column * pack->layout->rows + row);
}

/* Hands over the rows before the one being filled, and begins the next block with its values. What
 * was sent can still be read. */
static bool carry_row(peil_stat_pack *pack) {
    const peil_stat_pack before = *pack;
    const size_t row = pack->head.rows;
    if (row == 0) return false;
    send_block(pack, pack->head.position);
    begin_block(pack);
    pack->head.position = before.head.position;
    for (size_t i = 0; i < pack->column; i++) {
        peil_stat_place place;
        memcpy(&place, cell_of(&before, i, row), sizeof place);
        if (pack->layout->is_text[i]) {
            memcpy(pack->text + pack->head.text_bytes, before.text + place.offset, place.length);
            place.offset = pack->head.text_bytes;
            pack->head.text_bytes += place.length;
        }
        memcpy(cell_of(pack, i, 0), &place, sizeof place);
    }
    return true;
}

bool peil_stat_pack_text(peil_stat_pack *pack, const char *text, size_t length) {
    const size_t room = pack->layout->text_bytes;
    if (length > room - pack->head.text_bytes &&
        (!carry_row(pack) || length > room - pack->head.text_bytes))
        return false;
    const peil_stat_place place = {pack->head.text_bytes, (uint32_t)length};
    if (length) memcpy(pack->text + place.offset, text, length);
    memcpy(cell_of(pack, pack->column++, pack->head.rows), &place, sizeof place);
    pack->head.text_bytes += (uint32_t)length;
    return true;
}

void peil_stat_pack_row(peil_stat_pack *pack, uint64_t position) {
    pack->column = 0;
    pack->head.position = position;
    if (++pack->head.rows < pack->layout->rows) return;
    send_block(pack, position);
    begin_block(pack);
}

void peil_stat_pack_end(peil_stat_pack *pack, peil_stat_fault fault, uint64_t position) {
    pack->head.fault = fault;
    pack->head.is_last = 1;
    send_block(pack, position);
}
