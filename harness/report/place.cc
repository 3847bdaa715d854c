// SPDX-License-Identifier: MIT
#include "harness/report/place.h"

#include <array>

namespace msyncspec {
namespace {

// Which file follows a step of that kind.
struct StepModel {
  absl::string_view kind;
  absl::string_view file;
};

constexpr std::array kStepModels = {
    StepModel{"map", "harness/scenario/layout_map.cc"},
    StepModel{"unmap", "harness/scenario/layout_cut.cc"},
    StepModel{"protect", "harness/scenario/layout_marks.cc"},
    StepModel{"lock", "harness/scenario/layout_lock.cc"},
    StepModel{"lock-on-fault", "harness/scenario/layout_lock.cc"},
    StepModel{"unlock", "harness/scenario/layout_lock.cc"},
    StepModel{"lock-all", "harness/scenario/layout_lock.cc"},
    StepModel{"unlock-all", "harness/scenario/layout_lock.cc"},
    StepModel{"remap", "harness/scenario/layout_remap.cc"},
    StepModel{"write", "harness/scenario/layout_store.cc"},
    StepModel{"advise", "harness/scenario/layout_advise.cc"},
    StepModel{"fork", "harness/scenario/layout_fork.cc"},
};

bool IsOfMsync(Subject subject) { return subject == Subject::kCall || subject == Subject::kEffect; }

}  // namespace

Place PlaceOf(const Finding& finding) {
  const Disagreement& what = finding.disagreement;
  if (IsOfMsync(what.subject) || finding.file.empty()) {
    for (const RulePlace& place : RulePlaces()) {
      if (place.id == what.rule) return {std::string(place.file), place.line};
    }
  }
  if (!finding.file.empty()) return {finding.file, finding.line};
  for (const StepModel& model : kStepModels) {
    if (model.kind == what.rule) return {std::string(model.file), 1};
  }
  return {"harness/scenario/layout.cc", 1};
}

}  // namespace msyncspec
