// SPDX-License-Identifier: MIT
#include "harness/generate/fit_scenario.h"

#include <gtest/gtest.h>

#include <string>

#include "harness/generate/random_scenario.h"
#include "harness/generate/random_source.h"
#include "harness/generate/served_scenario.h"
#include "harness/scenario/binary.h"
#include "harness/scenario/parse.h"
#include "harness/scenario/print.h"

namespace msyncspec {
namespace {

std::string Fitted(const Habitat& habitat, const char* text) {
  return Print(Fit(habitat, Parse(text)->scenario).scenario);
}

Scenario FromSeed(uint64_t seed) {
  RandomSource source(seed, 0);
  std::vector<uint8_t> bytes;
  for (int i = 0; i < 300; ++i) bytes.push_back(static_cast<uint8_t>(source.Next()));
  return Decode(bytes);
}

TEST(Fitting, MakesAnyScenarioOneOfTheHabitat) {
  for (const Habitat* habitat : {&RandomHabitat(), &ServedHabitat()}) {
    for (uint64_t seed = 0; seed < 500; ++seed) {
      const FittedScenario fitted = Fit(*habitat, FromSeed(seed));
      EXPECT_TRUE(Validate(fitted.scenario).ok()) << Print(fitted.scenario);
      for (size_t i = 0; i < fitted.scenario.files.size(); ++i) {
        EXPECT_EQ(fitted.scenario.files[i], habitat->files[fitted.choice[i]]);
      }
      EXPECT_EQ(Fit(*habitat, fitted.scenario).scenario, fitted.scenario);
    }
  }
}

TEST(Fitting, LeavesServedScenariosAsTheyAre) {
  for (uint64_t i = 0; i < 500; ++i) {
    Scenario served;
    MakeServedScenario(1, i, served);
    EXPECT_EQ(Fit(ServedHabitat(), served).scenario, served);
  }
}

TEST(Fitting, LeavesOutWhatCannotBeUndone) {
  EXPECT_EQ(Fitted(RandomHabitat(),
                   "map p0 1p private rw anon\n"
                   "lock-all current\n"
                   "seal p0 1p\n"
                   "fork\n"
                   "unlock p0 1p\n"
                   "call addr=p0 len=1p flags=0\n"),
            "map p0 1p private rw anon\n"
            "unlock p0 1p\n"
            "call addr=p0 len=1p flags=0\n");
}

TEST(Fitting, BringsRangesIntoThePages) {
  EXPECT_EQ(Fitted(RandomHabitat(),
                   "map p70 500p private rw anon\n"
                   "call addr=p70 len=500p flags=0\n"),
            "map p6 64p private rw anon\n"
            "call addr=p70 len=500p flags=0\n");
}

TEST(Fitting, TakesTheFileThatIsMostAlike) {
  EXPECT_EQ(Fitted(RandomHabitat(),
                   "file f0 memfd 3p readonly\n"
                   "map p0 1p shared r f0@0\n"
                   "call addr=p0 len=1p flags=0\n"),
            "file f0 memfd 64p readonly\n"
            "map p0 1p shared r f0@0\n"
            "call addr=p0 len=1p flags=0\n");
}

TEST(Fitting, MakesFilesOneThatBecomeTheSame) {
  EXPECT_EQ(Fitted(RandomHabitat(),
                   "file f0 memfd 3p\n"
                   "file f1 tmpfs 2p\n"
                   "file f2 memfd 1p\n"
                   "map p0 1p shared r f2@0\n"
                   "map p1 1p shared r f1@0\n"
                   "call addr=p0 len=2p flags=0\n"),
            "file f0 memfd 64p\n"
            "file f1 tmpfs 64p\n"
            "map p0 1p shared r f0@0\n"
            "map p1 1p shared r f1@0\n"
            "call addr=p0 len=2p flags=0\n");
}

}  // namespace
}  // namespace msyncspec
