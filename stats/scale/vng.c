/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Scale scores of the VNG Burgerpeiling (Waarstaatjegemeente) that are made of answers as they
 * stand in its data format; items go by their variables' names. Not here: the scores that need
 * derived variables (bereidheid, maatschappelijke inzet), the lowest of several items (eigen
 * kracht) or other scores (welzijn, vitaliteit). The R version takes the mean of whatever is
 * answered; the SPSS version needs all items of two scales, which are named apart. */
#include "scale/scale.h"

#define VERSION_R "VNG Realisatie, Burgerpeiling, R/SRC/ss_recode.R (github.com/VNG-Realisatie)"
#define VERSION_SPSS                                                     \
    "VNG Realisatie, Burgerpeiling, scales_indicators_spss_version.zip " \
    "(github.com/VNG-Realisatie)"
#define OF_TEN .counting = PEIL_SCORE_MEAN, .score_high = 10
#define FIVE_POINTS OF_TEN, .points_high = 4
#define AGREEMENT "de codes van het dataformat, 1 (het gunstigst) tot 5"

PEIL_KEY(five, 1, 4, 3, 2, 1, 0);

static const peil_scale_item bonds[] = {{"wl02_0", NULL, &five}, {"wl02_1", NULL, &five},
                                        {"wl02_2", NULL, &five}, {"wl03_0", NULL, &five},
                                        {"wl03_1", NULL, &five}, {"wl03_2", NULL, &five}};

#define EARLIER_EN "an earlier version of the syntax has wl02_0, wl02_1, wl03_0 and wl03_1 alone"
#define EARLIER_NL "een eerdere versie van de syntax heeft alleen wl02_0, wl02_1, wl03_0 en wl03_1"

const peil_scale peil_scale_vng_verbondenheid = {
    .name = "vng_verbondenheid",
    .title = "Verbondenheid met de buurt, Burgerpeiling",
    .answers = AGREEMENT,
    PEIL_ITEMS(bonds),
    FIVE_POINTS,
    .min_valid = 1,
    .source = VERSION_R,
    .remark = {EARLIER_EN, EARLIER_NL},
};

const peil_scale peil_scale_vng_verbondenheid_spss = {
    .name = "vng_verbondenheid_spss",
    .title = "Verbondenheid met de buurt, Burgerpeiling, SPSS-versie",
    .answers = AGREEMENT,
    PEIL_ITEMS(bonds),
    FIVE_POINTS,
    .min_valid = 6,
    .source = VERSION_SPSS,
};

PEIL_KEY(intensity, 1, 4, 3, 0);

static const peil_scale_item together[] = {{"wl03_1", NULL, &five},
                                           {"wl12_0", NULL, &five},
                                           {"wl13", NULL, &intensity},
                                           {"zw06_1", NULL, &intensity},
                                           {"zw10_1", NULL, &intensity}};

const peil_scale peil_scale_vng_samenredzaamheid = {
    .name = "vng_samenredzaamheid",
    .title = "Samenredzaamheid van de buurt, Burgerpeiling",
    PEIL_ITEMS(together),
    FIVE_POINTS,
    .min_valid = 1,
    .source = VERSION_R,
};

PEIL_KEY(safe, 1, 8, 6, 4, 2, 0);
PEIL_KEY(nuisance, 1, 0, 2, 4, 6, 8);
PEIL_KEY(unsafe, 1, 0, 2, 4, 6);

static const peil_scale_item safety[] = {
    {"wl04", NULL, &safe}, {"wl05", NULL, &nuisance}, {"wl06", NULL, &unsafe}};

const peil_scale peil_scale_vng_veiligheid = {
    .name = "vng_veiligheid",
    .title = "Sociale veiligheid, Burgerpeiling",
    PEIL_ITEMS(safety),
    OF_TEN,
    .points_high = 8,
    .min_valid = 1,
    .source = VERSION_R,
    .remark = {"wl06 has at most 6 of the 8 points, so that the score ends at 9.17 for who answers "
               "all three",
               "wl06 heeft hoogstens 6 van de 8 punten, zodat de score eindigt bij 9,17 voor wie "
               "alle drie beantwoordt"},
};

static const peil_scale_item surroundings[] = {{"wl07_0", NULL, &five},
                                               {"wl07_1", NULL, &five},
                                               {"wl08_0", NULL, &five},
                                               {"wl08_1", NULL, &five},
                                               {"vz01_0", NULL, &five}};

const peil_scale peil_scale_vng_leefomgeving = {
    .name = "vng_leefomgeving",
    .title = "Fysieke leefomgevingskwaliteit, Burgerpeiling",
    .answers = AGREEMENT,
    PEIL_ITEMS(surroundings),
    FIVE_POINTS,
    .min_valid = 1,
    .source = VERSION_R,
};

static const peil_scale_item services[] = {{"vz01_0", NULL, &five}, {"vz03_0", NULL, &five},
                                           {"vz03_1", NULL, &five}, {"vz03_2", NULL, &five},
                                           {"vz03_3", NULL, &five}, {"vz03_4", NULL, &five},
                                           {"vz03_5", NULL, &five}, {"vz03_6", NULL, &five}};

const peil_scale peil_scale_vng_voorzieningen = {
    .name = "vng_voorzieningen",
    .title = "Voorzieningenniveau, Burgerpeiling",
    .answers = AGREEMENT,
    PEIL_ITEMS(services),
    FIVE_POINTS,
    .min_valid = 1,
    .source = VERSION_R,
};

PEIL_KEY(six_steps, 1, 0, 1, 2, 3, 4, 5);
PEIL_KEY(work, 1, 4, 3, 5, 0, 2, 2, 2, 2, 2, 2);
PEIL_KEY(hindrance, 1, 5, 4, 2, 0);

static const peil_scale_item status[] = {{"ch03", NULL, &six_steps},
                                         {"ch06", NULL, &six_steps},
                                         {"ch04", NULL, &work},
                                         {"zw01_4", NULL, &hindrance}};

const peil_scale peil_scale_vng_ses = {
    .name = "vng_ses",
    .title = "Sociaal-economische status, Burgerpeiling",
    PEIL_ITEMS(status),
    OF_TEN,
    .points_high = 5,
    .min_valid = 1,
    .source = VERSION_R,
};

PEIL_KEY(enough, 1, 10, 5, 0);
PEIL_KEY(lonely, 1, 10, 8, 6, 0);

static const peil_scale_item relations[] = {
    {"zw03", NULL, &enough}, {"zw04", NULL, &lonely}, {"zw01_5", NULL, &hindrance}};

const peil_scale peil_scale_vng_relaties = {
    .name = "vng_relaties",
    .title = "Sociale relaties, Burgerpeiling",
    PEIL_ITEMS(relations),
    OF_TEN,
    .points_high = 10,
    .min_valid = 1,
    .source = VERSION_R,
    .remark = {"zw01_5 has at most 5 of the 10 points, so that the score ends at 8.33 for who "
               "answers all three",
               "zw01_5 heeft hoogstens 5 van de 10 punten, zodat de score eindigt bij 8,33 voor "
               "wie alle drie beantwoordt"},
};

static const peil_scale_item net[] = {{"zw10_0", NULL, &enough}, {"zw10_1", NULL, &enough}};

const peil_scale peil_scale_vng_vangnet = {
    .name = "vng_vangnet",
    .title = "Sociaal vangnet, Burgerpeiling",
    PEIL_ITEMS(net),
    OF_TEN,
    .points_high = 10,
    .min_valid = 1,
    .source = VERSION_R,
};

static const peil_scale_item strength[] = {{"zw19_0", NULL, &five},
                                           {"zw19_1", NULL, &five},
                                           {"zw19_2", NULL, &five},
                                           {"zw19_3", NULL, &five},
                                           {"zw19_4", NULL, &five}};

const peil_scale peil_scale_vng_veerkracht = {
    .name = "vng_veerkracht",
    .title = "Sociale veerkracht, Burgerpeiling",
    .answers = AGREEMENT,
    PEIL_ITEMS(strength),
    FIVE_POINTS,
    .min_valid = 1,
    .source = VERSION_R,
};

const peil_scale peil_scale_vng_veerkracht_spss = {
    .name = "vng_veerkracht_spss",
    .title = "Sociale veerkracht, Burgerpeiling, SPSS-versie",
    .answers = AGREEMENT,
    PEIL_ITEMS(strength),
    FIVE_POINTS,
    .min_valid = 5,
    .source = VERSION_SPSS,
};

PEIL_KEY(confidence, 1, 10, 8, 6, 4, 2);

static const peil_scale_item trust[] = {{"bo01", NULL, &confidence}};

const peil_scale peil_scale_vng_vertrouwen = {
    .name = "vng_vertrouwen",
    .title = "Vertrouwen in de gemeente, Burgerpeiling",
    PEIL_ITEMS(trust),
    OF_TEN,
    .points_high = 10,
    .min_valid = 1,
    .source = VERSION_R,
    .remark = {"the lowest answer has 2 points", "het laagste antwoord heeft 2 punten"},
};

static const peil_scale_item municipality[] = {{"bo02_0", NULL, &five}, {"bo02_1", NULL, &five},
                                               {"bo02_2", NULL, &five}, {"bo03_0", NULL, &five},
                                               {"bo03_1", NULL, &five}, {"wl12_0", NULL, &five},
                                               {"wl12_2", NULL, &five}};

const peil_scale peil_scale_vng_betrouwbaar = {
    .name = "vng_betrouwbaar",
    .title = "Betrokken, oplossingsgerichte en betrouwbare gemeente, Burgerpeiling",
    .answers = AGREEMENT,
    PEIL_ITEMS(municipality),
    FIVE_POINTS,
    .min_valid = 1,
    .source = VERSION_R,
};

static const peil_scale_item host[] = {{"mm01_0", NULL, &five}, {"mm01_1", NULL, &five},
                                       {"mm01_2", NULL, &five}, {"mm01_3", NULL, &five},
                                       {"mm01_4", NULL, &five}, {"mm02_0", NULL, &five}};

const peil_scale peil_scale_vng_hostmanship = {
    .name = "vng_hostmanship",
    .title = "Hostmanship, Burgerpeiling",
    .answers = AGREEMENT,
    PEIL_ITEMS(host),
    FIVE_POINTS,
    .min_valid = 1,
    .source = VERSION_R,
};
