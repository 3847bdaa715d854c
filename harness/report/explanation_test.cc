// SPDX-License-Identifier: MIT
#include "harness/report/explanation.h"

#include <gmock/gmock.h>

#include <csignal>

#include "harness/scenario/parse.h"
#include "harness/scenario/predict_scenario.h"
#include "model/profiles/profiles.h"

namespace msyncspec {
namespace {

using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;

constexpr char kLocked[] =
    "file f0 memfd 2p\n"
    "map p0 1p shared rw f0@0\n"
    "lock p0 1p\n"
    "call addr=p0 len=1p flags=MS_INVALIDATE\n";

std::string Explained(const char* text, const Observation* observation) {
  return ExplanationText(Parse(text).value().scenario, *FindProfile("linux-6.18"), observation);
}

TEST(ExplanationText, SaysOfAScenarioThatWasNotRunWhatIsPredicted) {
  const std::string text = Explained(kLocked, nullptr);
  EXPECT_THAT(text, StartsWith("file       f0 is memfd 2p: memfd_create(2)\n"
                               "step       map p0 1p shared rw f0@0\n"
                               "step       lock p0 1p\n"
                               "\n"
                               "call addr=p0 len=1p flags=MS_INVALIDATE\n"));
  EXPECT_THAT(text, HasSubstr("predicted  EBUSY by mapping.locked, synced none\n"));
  EXPECT_THAT(text, Not(HasSubstr("observed")));
}

TEST(ExplanationText, AddsWhatWasObserved) {
  using State = ActionObservation::State;
  const Observation observation = {.surroundings = BareSurroundings(),
                                   .actions = {{State::kDone, Errno::kOk},
                                               {State::kDone, Errno::kEPERM},
                                               {State::kNotReached, Errno::kOk}}};
  const std::string text = Explained(kLocked, &observation);
  EXPECT_THAT(text, HasSubstr("step       lock p0 1p   observed EPERM\n"));
  EXPECT_THAT(text, HasSubstr("observed   nothing: not reached\n"));
}

TEST(ExplanationText, SaysWhichStoreIsNotPerformed) {
  EXPECT_THAT(Explained("write p0 1p\ncall addr=p0 len=0 flags=0\n", nullptr),
              StartsWith("step       write p0 1p   would raise SIGSEGV: not performed\n"));
}

}  // namespace
}  // namespace msyncspec
