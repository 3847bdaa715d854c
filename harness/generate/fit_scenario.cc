// SPDX-License-Identifier: MIT
#include "harness/generate/fit_scenario.h"

#include <algorithm>

#include "harness/generate/random_scenario.h"
#include "harness/generate/served_scenario.h"
#include "harness/scenario/binary_repair.h"

namespace msyncspec {
namespace {

constexpr std::array kRandomSteps = {StepKind::kMap,   StepKind::kUnmap,       StepKind::kProtect,
                                     StepKind::kLock,  StepKind::kLockOnFault, StepKind::kUnlock,
                                     StepKind::kRemap, StepKind::kWrite,       StepKind::kTruncate,
                                     StepKind::kAdvise};
constexpr std::array kServedSteps = {StepKind::kMap,  StepKind::kUnmap,  StepKind::kProtect,
                                     StepKind::kLock, StepKind::kUnlock, StepKind::kWrite};

// Returns the place of the file in the habitat that is most like `file`.
size_t MostLike(std::span<const File> files, const File& file) {
  for (size_t i = 0; i < files.size(); ++i) {
    if (files[i].backing == file.backing && files[i].descriptor == file.descriptor) return i;
  }
  return (2 * static_cast<size_t>(file.backing) + static_cast<size_t>(file.descriptor)) %
         files.size();
}

class Fitter {
 public:
  Fitter(const Habitat& habitat, FittedScenario& fitted) : habitat_(habitat), fitted_(fitted) {}

  void FitFiles(const std::vector<File>& files) {
    if (habitat_.declares_all) {
      for (size_t i = 0; i < habitat_.files.size(); ++i) Declare(i);
    }
    for (size_t i = 0; i < files.size(); ++i) {
      places_[i] = habitat_.declares_all ? static_cast<FileId>(i % habitat_.files.size())
                                         : PlaceOf(MostLike(habitat_.files, files[i]));
    }
  }

  void FitAction(const Action& action) {
    const Step* step = std::get_if<Step>(&action);
    if (step == nullptr) {
      SymbolicCall call = std::get<SymbolicCall>(action);
      call.caller = Caller::kNative;
      fitted_.scenario.actions.push_back(call);
    } else {
      FitStep(*step);
    }
  }

 private:
  void Declare(size_t choice) {
    std::vector<File>& files = fitted_.scenario.files;
    fitted_.choice[files.size()] = choice;
    files.push_back(habitat_.files[choice]);
  }

  // Two files that become the same are one.
  FileId PlaceOf(size_t choice) {
    const size_t count = fitted_.scenario.files.size();
    for (size_t i = 0; i < count; ++i) {
      if (fitted_.choice[i] == choice) return static_cast<FileId>(i);
    }
    Declare(choice);
    return static_cast<FileId>(count);
  }

  void FitStep(Step step) {
    const auto& kinds = habitat_.steps;
    if (std::find(kinds.begin(), kinds.end(), step.kind) == kinds.end()) return;
    step.moment = {};
    step.at.pages %= habitat_.pages;
    step.to.pages %= habitat_.pages;
    step.length.pages = std::min(step.length.pages, habitat_.pages);
    step.new_length.pages = std::min(step.new_length.pages, habitat_.pages);
    if (step.file != kNoFile) step.file = places_[static_cast<size_t>(step.file)];
    if (RepairStep(step, fitted_.scenario.files)) fitted_.scenario.actions.push_back(step);
  }

  const Habitat& habitat_;
  FittedScenario& fitted_;
  std::array<FileId, kMaxFiles> places_{};
};

}  // namespace

const Habitat& RandomHabitat() {
  static const Habitat kHabitat = {
      .files = CommonRandomFiles(), .steps = kRandomSteps, .pages = kRandomPages};
  return kHabitat;
}

const Habitat& ServedHabitat() {
  static const Habitat kHabitat = {.files = ServedScenarioFiles(),
                                   .declares_all = true,
                                   .steps = kServedSteps,
                                   .pages = ServedScenarioFiles()[0].pages};
  return kHabitat;
}

FittedScenario Fit(const Habitat& habitat, const Scenario& scenario) {
  FittedScenario fitted;
  fitted.scenario.files.reserve(kMaxFiles);
  fitted.scenario.actions.reserve(scenario.actions.size());
  Fitter fitter(habitat, fitted);
  fitter.FitFiles(scenario.files);
  for (const Action& action : scenario.actions) fitter.FitAction(action);
  return fitted;
}

}  // namespace msyncspec
