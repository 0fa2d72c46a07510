/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Mental health and control over one's life, of adults. */
#include "scale/scale.h"

PEIL_KEY(always, 1, 5, 4, 3, 2, 1);

static const peil_scale_item kessler[] = {
    {"vermoeid", "Hoe vaak voelde u zich erg vermoeid zonder duidelijke reden?", &always},
    {"zenuwachtig", "Hoe vaak voelde u zich zenuwachtig?", &always},
    {"niet tot rust", "Hoe vaak was u zo zenuwachtig dat u niet tot rust kon komen?", &always},
    {"hopeloos", "Hoe vaak voelde u zich hopeloos?", &always},
    {"rusteloos", "Hoe vaak voelde u zich rusteloos of ongedurig?", &always},
    {"niet stilzitten", "Hoe vaak voelde u zich zo rusteloos dat u niet meer stil kon zitten?",
     &always},
    {"somber", "Hoe vaak voelde u zich somber of depressief?", &always},
    {"alles veel moeite", "Hoe vaak had u het gevoel dat alles veel moeite kostte?", &always},
    {"niet op te vrolijken",
     "Hoe vaak voelde u zich zo somber dat niets hielp om u op te vrolijken?", &always},
    {"waardeloos", "Hoe vaak vond u zichzelf afkeurenswaardig, minderwaardig of waardeloos?",
     &always},
};
static const peil_class of_kessler[] = {{"geen of laag risico", 10, 15, false, false},
                                        {"matig risico", 16, 29, false, false},
                                        {"hoog risico", 30, 50, false, false}};

const peil_scale peil_scale_k10 = {
    .name = "k10",
    .title = "Risico op angststoornis of depressie, Kessler (K10)",
    .answers = "1 = altijd, 2 = meestal, 3 = soms, 4 = af en toe, 5 = nooit",
    PEIL_ITEMS(kessler),
    .counting = PEIL_SCORE_MEAN,
    .points_low = 1,
    .points_high = 5,
    .score_low = 10,
    .score_high = 50,
    .min_valid = 8,
    .imputes = true,
    PEIL_CLASSES(of_kessler),
    .source = "CBS, Risico op angststoornis of depressie onder jongvolwassenen (2021/26)",
    .remark = {"the published source does not say whether the mean is weighted: here it is that of "
               "all respondents of the sample who answered the item, each counting once; nor where "
               "a score with a missing item falls between two classes (15 to 16, 29 to 30): here "
               "in none of them",
               "de gepubliceerde bron zegt niet of het gemiddelde gewogen is: hier is het dat van "
               "alle respondenten van de steekproef die het item beantwoordden, ieder telt "
               "\xC3\xA9\xC3\xA9n keer; en ook niet waar een score met een ontbrekend item valt "
               "die tussen twee klassen ligt (15 tot 16, 29 tot 30): hier in geen van beide"},
};

PEIL_KEY(negative, 1, 0, 1, 2, 3, 4, 5);
PEIL_KEY(positive, 1, 5, 4, 3, 2, 1, 0);

static const peil_scale_item mhi[] = {
    {"zenuwachtig", "Voelde u zich erg zenuwachtig?", &negative},
    {"in de put", "Zat u zo erg in de put dat niets u kon opvrolijken?", &negative},
    {"kalm en rustig", "Voelde u zich kalm en rustig?", &positive},
    {"neerslachtig", "Voelde u zich neerslachtig en somber?", &negative},
    {"gelukkig", "Voelde u zich gelukkig?", &positive},
};

#define MHI                                                                               \
    .answers = "1 = voortdurend, 2 = meestal, 3 = vaak, 4 = soms, 5 = zelden, 6 = nooit", \
    PEIL_ITEMS(mhi), .counting = PEIL_SCORE_MEAN, .points_high = 5, .score_high = 100,    \
    .min_valid = 5,                                                                       \
    .remark = {                                                                           \
        "higher is better; the published source does not say what a missing answer "      \
        "does: all five are needed; nor does it give the codes of the file",              \
        "hoger is beter; de gepubliceerde bron zegt niet wat een ontbrekend antwoord "    \
        "doet: alle vijf zijn nodig; de codes van het bestand geeft zij evenmin"}

static const peil_class below_60[] = {{"psychisch ongezond", 0, 60, false, true},
                                      {"psychisch gezond", 60, 100, false, false}};
static const peil_class to_60[] = {{"psychisch ongezond", 0, 60, false, false},
                                   {"psychisch gezond", 60, 100, true, false}};
static const peil_class to_76[] = {{"angst- of depressiegevoelens", 0, 76, false, false},
                                   {"geen angst- of depressiegevoelens", 76, 100, true, false}};

const peil_scale peil_scale_mhi5 = {
    .name = "mhi5",
    .title = "Psychische gezondheid (MHI-5), CBS Gezondheidsenqu\xC3\xAAte tot 2024",
    MHI,
    PEIL_CLASSES(below_60),
    .source = "CBS, Psychische gezondheid (2021/09)",
};

const peil_scale peil_scale_mhi5_gm = {
    .name = "mhi5_gm",
    .title = "Psychische gezondheid (MHI-5), Gezondheidsmonitors",
    MHI,
    PEIL_CLASSES(to_60),
    .source = "vzinfo.nl/mentale-gezondheid/verantwoording/methoden",
};

const peil_scale peil_scale_mhi5_2024 = {
    .name = "mhi5_2024",
    .title = "Angst- of depressiegevoelens (MHI-5), vanaf 2024",
    MHI,
    PEIL_CLASSES(to_76),
    .source = "RIVM, Monitor mentale gezondheid (2024)",
};

PEIL_KEY(disagreeing, 1, 1, 2, 3, 4, 5);
PEIL_KEY(agreeing, 1, 5, 4, 3, 2, 1);

static const peil_scale_item control[] = {
    {"weinig controle", "Ik heb weinig controle over de dingen die me overkomen", &disagreeing},
    {"problemen niet oplossen", "Sommige van mijn problemen kan ik met geen mogelijkheid oplossen",
     &disagreeing},
    {"weinig te veranderen",
     "Er is weinig dat ik kan doen om belangrijke dingen in mijn leven te veranderen",
     &disagreeing},
    {"vaak hopeloos", "Ik voel me vaak hopeloos bij het omgaan met de problemen van het leven",
     &disagreeing},
    {"speelbal", "Soms voel ik dat ik een speelbal van het leven ben", &disagreeing},
    {"hangt van mezelf af",
     "Wat er in de toekomst met me gebeurt hangt voor het grootste deel van mezelf af", &agreeing},
    {"kan ongeveer alles", "Ik kan ongeveer alles als ik mijn zinnen er op heb gezet", &agreeing},
};
static const peil_class of_control[] = {{"onvoldoende regie", 7, 19, false, false},
                                        {"matig of veel regie", 20, 35, false, false}};

const peil_scale peil_scale_mastery = {
    .name = "mastery",
    .title = "Regie over het eigen leven (mastery)",
    .answers =
        "1 = helemaal mee eens, 2 = mee eens, 3 = niet mee eens, niet mee oneens, 4 = niet "
        "mee eens, 5 = helemaal mee oneens",
    PEIL_ITEMS(control),
    .counting = PEIL_SCORE_MEAN,
    .points_low = 1,
    .points_high = 5,
    .score_low = 7,
    .score_high = 35,
    .min_valid = 7,
    PEIL_CLASSES(of_control),
    .source = "RIVM, Voldoende regie over het eigen leven (rivm.nl/media/smap/regie.html)",
    .remark = {"the published source does not say that the two positive statements are reversed, "
               "as they must be for a high score to mean much control; nor what a missing answer "
               "does: all seven are needed",
               "de gepubliceerde bron zegt niet dat de twee positieve stellingen omgekeerd worden, "
               "wat moet om een hoge score veel regie te laten betekenen; en ook niet wat een "
               "ontbrekend antwoord doet: alle zeven zijn nodig"},
};
