/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The language of what people read: notes, headings, number marks. csv and json stay as they are.
 */
#ifndef PEIL_CORE_LANGUAGE_H
#define PEIL_CORE_LANGUAGE_H

typedef enum peil_language { PEIL_ENGLISH, PEIL_DUTCH } peil_language;

#endif
