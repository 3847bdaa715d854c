// SPDX-License-Identifier: MIT
#include "harness/generate/step_scope.h"

#include "harness/generate/asked_profile.h"

namespace msyncspec {
namespace {

constexpr Access kReadWrite = Access::kRead | Access::kWrite;
constexpr int kShownPages = 6;

// The steps about which kernels differ, each at the places where they do.
std::vector<Step> StepAlphabet() {
  const auto map = [](int page, int pages, Access access) {
    return Step{.kind = StepKind::kMap,
                .at = {.pages = page},
                .length = {.pages = pages},
                .sharing = MapSharing::kPrivate,
                .access = access,
                .file = kNoFile};
  };
  const auto remap = [](int from, int pages, int to, int new_pages) {
    return Step{.kind = StepKind::kRemap,
                .at = {.pages = from},
                .length = {.pages = pages},
                .new_length = {.pages = new_pages},
                .moves = true,
                .to = {.pages = to}};
  };
  const auto at = [](StepKind kind, int page, int pages) {
    return Step{.kind = kind, .at = {.pages = page}, .length = {.pages = pages}};
  };
  std::vector<Step> steps = {map(0, 1, kReadWrite),           map(1, 1, Access::kRead),
                             map(4, 1, kReadWrite),           map(0, 1, Access::kNone),
                             at(StepKind::kLock, 0, 1),       at(StepKind::kLockOnFault, 0, 1),
                             at(StepKind::kLockOnFault, 0, 2)};
  for (const int pages : {1, 2}) {
    for (const int new_pages : {1, 2}) {
      steps.push_back(remap(0, pages, 4, new_pages));
    }
  }
  steps.push_back(remap(0, 2, 1, 2));  // onto itself
  return steps;
}

Scenario Shown(const std::vector<const Step*>& steps) {
  Scenario scenario;
  for (const Step* step : steps) scenario.actions.emplace_back(*step);
  for (int page = 0; page < kShownPages; ++page) {
    const SyncFlags flags(kGenericFlagNumbers.invalidate);  // shows what is mapped, and locked
    scenario.actions.emplace_back(SymbolicCall{{.pages = page}, {.pages = 1}, flags});
  }
  return scenario;
}

void VisitSteps(const std::vector<AskedProfile>& asked, const std::vector<const Step*>& steps,
                absl::FunctionRef<void(const StepCase&)> visit) {
  const Scenario scenario = Shown(steps);
  std::vector<std::vector<StepPrediction>> said(asked.size());
  std::vector<std::vector<Prediction>> predictions(asked.size());
  for (size_t i = 0; i < asked.size(); ++i) {
    asked[i].layout().Reset({});
    for (const Action& action : scenario.actions) {
      if (const Step* step = std::get_if<Step>(&action); step != nullptr) {
        said[i].push_back(asked[i].layout().Apply(*step));
        if (said[i].back().kind == StepPrediction::Kind::kUnmodelled) return;
      } else {
        asked[i].Predict(std::get<SymbolicCall>(action), kNoTag, predictions[i].emplace_back());
      }
    }
  }
  visit({scenario, said, predictions});
}

}  // namespace

void VisitStepScope(std::span<const Profile* const> profiles,
                    absl::FunctionRef<void(const StepCase&)> visit) {
  const std::vector<AskedProfile> asked = Ask(profiles);
  const std::vector<Step> alphabet = StepAlphabet();
  for (const Step& first : alphabet) {
    VisitSteps(asked, {&first}, visit);
    for (const Step& second : alphabet) {
      VisitSteps(asked, {&first, &second}, visit);
      for (const Step& third : alphabet) VisitSteps(asked, {&first, &second, &third}, visit);
    }
  }
}

}  // namespace msyncspec
