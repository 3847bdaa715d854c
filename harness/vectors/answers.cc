// SPDX-License-Identifier: MIT
#include "harness/vectors/answers.h"

#include <algorithm>

#include "harness/scenario/predict_scenario.h"
#include "model/profiles/profiles.h"

namespace msyncspec {
namespace {

Prediction PredictionOf(const Scenario& scenario, const Profile& profile,
                        const Surroundings& surroundings) {
  return PredictScenario(scenario, profile, surroundings).actions.back().call.prediction;
}

Answer AnswerOf(const Scenario& scenario, const Profile& profile) {
  const Surroundings bare = BareSurroundings();
  const Prediction prediction = PredictionOf(scenario, profile, bare);
  const Bytes page_size = profile.abi.On(bare.machine).page_size;
  return {.profiles = {profile.name},
          .outcomes = prediction.outcomes,
          .rule = std::string(prediction.rule->id),
          .syncs = Expected(prediction.syncs, page_size)};
}

bool SaysTheSame(const Answer& a, const Answer& b) {
  return a.outcomes == b.outcomes && a.rule == b.rule && a.syncs == b.syncs;
}

// A process with a mapping of its own on either side of the arena.
Surroundings Inhabited() {
  Surroundings surroundings = BareSurroundings();
  surroundings.ambient = {{.begin = {0x400000}, .end = {0x401000}},
                          {.begin = {0x70000000}, .end = {0x70010000}}};
  return surroundings;
}

Profile WithPages(Profile profile, uint64_t bytes) {
  profile.abi.page_size = Bytes{bytes};
  return profile;
}

Profile WithBits(Profile profile, int address_bits, int argument_bits) {
  profile.abi.address_bits = address_bits;
  profile.abi.argument_bits = argument_bits;
  return profile;
}

}  // namespace

std::vector<Answer> AnswersOf(const Scenario& scenario, const Profile& first) {
  std::vector<Answer> answers;
  for (const Profile* profile : AllProfiles()) {
    Answer answer = AnswerOf(scenario, *profile);
    const auto same = std::find_if(answers.begin(), answers.end(),
                                   [&](const Answer& each) { return SaysTheSame(each, answer); });
    if (same == answers.end()) {
      answers.push_back(std::move(answer));
    } else {
      same->profiles.push_back(profile->name);
    }
  }
  const Answer own = AnswerOf(scenario, first);
  const auto place = std::find_if(answers.begin(), answers.end(),
                                  [&](const Answer& each) { return SaysTheSame(each, own); });
  if (place == answers.end()) {  // an ABI of an older era: AllProfiles does not list those
    answers.insert(answers.begin(), own);
  } else {
    std::rotate(answers.begin(), place, place + 1);
  }
  return answers;
}

uint8_t ConditionsOf(const Scenario& scenario, const Profile& profile) {
  const Surroundings bare = BareSurroundings();
  const Outcomes said = PredictionOf(scenario, profile, bare).outcomes;
  const auto differs = [&](const Profile& other) {
    return PredictionOf(scenario, other, bare).outcomes != said;
  };
  uint8_t conditions = 0;
  if (PredictionOf(scenario, profile, Inhabited()).outcomes != said) {
    conditions |= kNothingElseMapped;
  }
  if (differs(WithPages(profile, 4 << 10)) || differs(WithPages(profile, 16 << 10)) ||
      differs(WithPages(profile, 64 << 10))) {
    conditions |= kPagesOfItsSize;
  }
  // A 32-bit caller may run on a kernel of either width, and a profile of 32 bits says on which.
  const bool is_wide = profile.abi.On(bare.machine).argument_bits == 64;
  const bool depends =
      is_wide ? differs(WithBits(profile, 32, 32)) || differs(WithBits(profile, 64, 32))
              : differs(WithBits(profile, 64, 64));
  if (depends) conditions |= kRegistersOfItsWidth;
  return conditions;
}

}  // namespace msyncspec
