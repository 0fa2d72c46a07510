/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Loneliness: the scales of De Jong Gierveld and the older one of CBS. The numbers before the items
 * are those of the manual. */
#include "scale/scale.h"

#define MANUAL                                                                           \
    "De Jong Gierveld en Van Tilburg, Manual of the Loneliness Scale (1999, bijgewerkt " \
    "2022), home.fsw.vu.nl/tg.van.tilburg"
#define THREE "1 = nee, 2 = min of meer, 3 = ja"

/* "More or less" is as unfavourable as the far end. */
PEIL_KEY(lacking, 1, 0, 1, 1);
PEIL_KEY(having, 1, 1, 1, 0);

/* 1 */
#define CONFIDANT                                                                      \
    {                                                                                  \
        "dagelijkse probleempjes",                                                     \
            "Er is altijd wel iemand in mijn omgeving bij wie ik met mijn dagelijkse " \
            "probleempjes "                                                            \
            "terecht kan",                                                             \
            &having                                                                    \
    }
/* 2 */
#define FRIEND \
    { "goede vriend", "Ik mis een echt goede vriend of vriendin", &lacking }
/* 3 */
#define EMPTINESS \
    { "leegte", "Ik ervaar een leegte om me heen", &lacking }
/* 4 */
#define FALL_BACK                                                                                \
    {                                                                                            \
        "terugvallen", "Er zijn genoeg mensen op wie ik in geval van narigheid kan terugvallen", \
            &having                                                                              \
    }
/* 5 */
#define COMPANY \
    { "gezelligheid", "Ik mis gezelligheid om me heen", &lacking }
/* 6 */
#define CIRCLE \
    { "kring te beperkt", "Ik vind mijn kring van kennissen te beperkt", &lacking }
/* 7 */
#define TRUST \
    { "vertrouwen", "Ik heb veel mensen op wie ik volledig kan vertrouwen", &having }
/* 8 */
#define CLOSE \
    { "nauw verbonden", "Er zijn voldoende mensen met wie ik me nauw verbonden voel", &having }
/* 9 */
#define PEOPLE \
    { "mensen missen", "Ik mis mensen om me heen", &lacking }
/* 10 */
#define REJECTED \
    { "in de steek", "Vaak voel ik me in de steek gelaten", &lacking }
/* 11 */
#define FRIENDS                                                                                  \
    {                                                                                            \
        "bij vrienden terecht",                                                                  \
            "Wanneer ik daar behoefte aan heb, kan ik altijd bij mijn vrienden terecht", &having \
    }

static const peil_scale_item eleven[] = {CONFIDANT, FRIEND, EMPTINESS, FALL_BACK, COMPANY, CIRCLE,
                                         TRUST,     CLOSE,  PEOPLE,    REJECTED,  FRIENDS};
static const peil_class of_eleven[] = {{"niet eenzaam", 0, 2, false, false},
                                       {"matig eenzaam", 3, 8, false, false},
                                       {"ernstig eenzaam", 9, 10, false, false},
                                       {"zeer ernstig eenzaam", 11, 11, false, false}};

const peil_scale peil_scale_djg11 = {
    .name = "djg11",
    .title = "Eenzaamheid, De Jong Gierveld, 11 items",
    .answers = THREE,
    PEIL_ITEMS(eleven),
    .counting = PEIL_SCORE_COUNT,
    .points_high = 1,
    .score_high = 11,
    .min_valid = 10,
    PEIL_CLASSES(of_eleven),
    .source = MANUAL "; klassen: rivm.nl/media/eenzaamheid/verantwoording",
    .remark = {"that one item may be missing is the manual's rule as its syntax for 6 items has "
               "it; the part on 11 items was not seen; where a file has 1 = ja, put a minus before "
               "every item",
               "dat er een item mag ontbreken is de regel van het handboek zoals de syntax voor 6 "
               "items die geeft; het deel over 11 items is niet gezien; heeft een bestand 1 = ja, "
               "zet dan een min voor elk item"},
};

static const peil_scale_item emotional[] = {FRIEND, EMPTINESS, COMPANY, CIRCLE, PEOPLE, REJECTED};

#define TWO_CUTS_EN(name)                                                             \
    "published cut-offs differ: lonely from 2 (rivm.nl/media/eenzaamheid) or from 3 " \
    "(vzinfo.nl), so ask percent(scale(" name                                         \
    ": ...) >= 2) or 3; that no item may be missing "                                 \
    "is the manual's rule for the short subscales"
#define TWO_CUTS_NL(name)                                                                    \
    "gepubliceerde afkappunten verschillen: eenzaam vanaf 2 (rivm.nl/media/eenzaamheid) of " \
    "vanaf 3 (vzinfo.nl); vraag dus percent(scale(" name                                     \
    ": ...) >= 2) of 3; dat geen item "                                                      \
    "mag ontbreken is de regel van het handboek voor de korte deelschalen"

const peil_scale peil_scale_djg11_emotioneel = {
    .name = "djg11_emotioneel",
    .title = "Emotionele eenzaamheid, De Jong Gierveld, 6 van de 11 items",
    .answers = THREE,
    PEIL_ITEMS(emotional),
    .counting = PEIL_SCORE_COUNT,
    .points_high = 1,
    .score_high = 6,
    .min_valid = 6,
    .source = MANUAL,
    .remark = {TWO_CUTS_EN("djg11_emotioneel"), TWO_CUTS_NL("djg11_emotioneel")},
};

static const peil_scale_item social[] = {CONFIDANT, FALL_BACK, TRUST, CLOSE, FRIENDS};

const peil_scale peil_scale_djg11_sociaal = {
    .name = "djg11_sociaal",
    .title = "Sociale eenzaamheid, De Jong Gierveld, 5 van de 11 items",
    .answers = THREE,
    PEIL_ITEMS(social),
    .counting = PEIL_SCORE_COUNT,
    .points_high = 1,
    .score_high = 5,
    .min_valid = 5,
    .source = MANUAL,
    .remark = {TWO_CUTS_EN("djg11_sociaal"), TWO_CUTS_NL("djg11_sociaal")},
};

/* In the order in which the manual and CBS put them. */
static const peil_scale_item six[] = {EMPTINESS, FALL_BACK, TRUST, PEOPLE, CLOSE, REJECTED};
static const peil_class of_six[] = {{"niet eenzaam", 0, 1, false, false},
                                    {"matig eenzaam", 2, 4, false, false},
                                    {"sterk eenzaam", 5, 6, false, false}};

const peil_scale peil_scale_djg6 = {
    .name = "djg6",
    .title = "Eenzaamheid, De Jong Gierveld, 6 items",
    .answers = THREE,
    PEIL_ITEMS(six),
    .counting = PEIL_SCORE_COUNT,
    .points_high = 1,
    .score_high = 6,
    .min_valid = 5,
    PEIL_CLASSES(of_six),
    .source = MANUAL,
    .remark = {"where a file has 1 = ja, put a minus before every item",
               "heeft een bestand 1 = ja, zet dan een min voor elk item"},
};

static const peil_scale_item emotional_three[] = {EMPTINESS, PEOPLE, REJECTED};
static const peil_class of_three[] = {{"niet eenzaam", 0, 0, false, false},
                                      {"eenzaam", 1, 3, false, false}};

#define THREE_CUTS_EN "the classes are those of the manual; CBS (2023/51) has 0, 1 and 2, 3"
#define THREE_CUTS_NL "de klassen zijn die van het handboek; CBS (2023/51) heeft 0, 1 en 2, 3"

const peil_scale peil_scale_djg6_emotioneel = {
    .name = "djg6_emotioneel",
    .title = "Emotionele eenzaamheid, De Jong Gierveld, 3 van de 6 items",
    .answers = THREE,
    PEIL_ITEMS(emotional_three),
    .counting = PEIL_SCORE_COUNT,
    .points_high = 1,
    .score_high = 3,
    .min_valid = 3,
    PEIL_CLASSES(of_three),
    .source = MANUAL,
    .remark = {THREE_CUTS_EN, THREE_CUTS_NL},
};

static const peil_scale_item social_three[] = {FALL_BACK, TRUST, CLOSE};

const peil_scale peil_scale_djg6_sociaal = {
    .name = "djg6_sociaal",
    .title = "Sociale eenzaamheid, De Jong Gierveld, 3 van de 6 items",
    .answers = THREE,
    PEIL_ITEMS(social_three),
    .counting = PEIL_SCORE_COUNT,
    .points_high = 1,
    .score_high = 3,
    .min_valid = 3,
    PEIL_CLASSES(of_three),
    .source = MANUAL,
    .remark = {THREE_CUTS_EN, THREE_CUTS_NL},
};

PEIL_KEY(present, 1, 0, 1, 2);
PEIL_KEY(absent, 1, 2, 1, 0);

static const peil_scale_item ucla[] = {
    {"goed praten", "Er zijn mensen met wie ik goed kan praten", &present},
    {"ge\xC3\xAFsoleerd", "Ik voel me van andere mensen ge\xC3\xAFsoleerd", &absent},
    {"terecht kunnen", "Er zijn mensen bij wie ik terecht kan", &present},
    {"begrijpen", "Er zijn mensen die me echt begrijpen", &present},
    {"groep vrienden", "Ik maak deel uit van een groep vrienden", &present},
    {"oppervlakkig", "Mijn sociale contacten zijn oppervlakkig", &absent},
};
static const peil_class of_ucla[] = {{"niet eenzaam", 0, 0, false, false},
                                     {"een beetje eenzaam", 1, 6, false, false},
                                     {"eenzaam", 7, 12, false, false}};

const peil_scale peil_scale_ucla6 = {
    .name = "ucla6",
    .title = "Eenzaamheid, CBS tot 2019, 6 items naar de UCLA-schaal",
    .answers = "1 = ja, 2 = soms, 3 = nee",
    PEIL_ITEMS(ucla),
    .counting = PEIL_SCORE_MEAN,
    .points_high = 2,
    .score_high = 12,
    .min_valid = 6,
    PEIL_CLASSES(of_ucla),
    .source = "CBS, Een half miljoen mensen voelt zich eenzaam (2015/39)",
    .remark = {"the published source does not say what a missing answer does: all six are needed; "
               "nor does it give the codes of the file",
               "de gepubliceerde bron zegt niet wat een ontbrekend antwoord doet: alle zes zijn "
               "nodig; de codes van het bestand geeft zij evenmin"},
};
