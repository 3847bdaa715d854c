// SPDX-License-Identifier: MIT
#include "harness/differ/judge.h"

#include <csignal>
#include <cstring>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "harness/differ/judge_effects.h"
#include "harness/executor/this_process.h"
#include "harness/scenario/print.h"

namespace msyncspec {
namespace {

std::string KindOf(const Step& step) {
  const std::string text = Print(step);
  return text.substr(0, text.find(' '));
}

void AppendMarks(const Mapping& mapping, std::string& text) {
  if (mapping.Has(kSealed)) absl::StrAppend(&text, ", sealed");
  if (mapping.Has(kNotForked)) absl::StrAppend(&text, ", not for a child");
  if (mapping.Has(kUserfault)) absl::StrAppend(&text, ", with a userfaultfd");
  if (mapping.Has(kDroppable)) absl::StrAppend(&text, ", droppable");
}

// One mapping's page as a person reads it, for both sides of a comparison of layouts.
std::string DescribePage(std::span<const Mapping> mappings, Address page) {
  for (const Mapping& mapping : mappings) {
    if (mapping.end <= page) continue;
    if (mapping.begin > page) break;
    std::string text = mapping.sharing == Sharing::kPrivate  ? "private"
                       : mapping.sharing == Sharing::kShared ? "shared"
                                                             : "shared, read-only file";
    absl::StrAppend(&text, ", ", Allows(mapping.access, Access::kRead) ? "r" : "-",
                    Allows(mapping.access, Access::kWrite) ? "w" : "-");
    if (mapping.locked()) absl::StrAppend(&text, ", locked");
    if (mapping.growth == Growth::kGrowsDown) absl::StrAppend(&text, ", grows down");
    AppendMarks(mapping, text);
    if (mapping.sharing == Sharing::kShared) {
      absl::StrAppendFormat(&text, ", offset 0x%x",
                            (mapping.offset + (page - mapping.begin)).count);
    }
    return text;
  }
  return "unmapped";
}

class Judging {
 public:
  Judging(const AnnotatedScenario& annotated, const Profile& profile,
          const Observation& observation)
      : scenario_(annotated.scenario),
        observation_(observation),
        prediction_(PredictScenario(scenario_, profile, observation.surroundings)) {
    judgement_.disagreements = CompareWithAuthor(annotated, profile);
  }

  Judgement Run() {
    if (!prediction_.unmodelled.empty()) {
      judgement_.verdict =
          judgement_.disagreements.empty() ? Verdict::kUnsupported : Verdict::kDisagree;
      judgement_.reason = absl::StrCat("not modelled: ", prediction_.unmodelled);
      return judgement_;
    }
    size_t compared = 0;
    while (compared < scenario_.actions.size() && CompareAction(compared)) ++compared;
    const bool ended_well = observation_.signal == 0 && !observation_.hung;
    for (const Disagreement& effect : CompareEffects(scenario_, prediction_, observation_.effects,
                                                     observation_.surroundings.machine.page_size,
                                                     compared, judgement_.effects)) {
      judgement_.disagreements.push_back(effect);
    }
    if (judgement_.disagreements.empty() && ended_well) CompareLayout();
    if (compared == scenario_.actions.size() && !ended_well) {
      // Behind the last action, where nothing was left to do but to look.
      Add(observation_.hung ? Subject::kHang : Subject::kCrash, compared - 1, "", "its end",
          Ending());
    }
    judgement_.verdict = judgement_.disagreements.empty() ? Verdict::kAgree : Verdict::kDisagree;
    judgement_.disturbed = judgement_.verdict == Verdict::kDisagree && ended_well &&
                           WasDisturbed(scenario_, observation_.effects);
    if (judgement_.verdict == Verdict::kAgree && judgement_.calls == 0 && judgement_.beyond > 0) {
      judgement_.verdict = Verdict::kUnsupported;
      judgement_.reason = kUnknownBeyondArena;
    }
    return judgement_;
  }

 private:
  // Returns whether what follows can still be compared.
  bool CompareAction(size_t i) {
    using State = ActionObservation::State;
    const ActionObservation& observed = observation_.actions[i];
    if (observed.state == State::kNotReached) {
      // Killed between two actions, or before the first.
      Add(observation_.hung ? Subject::kHang : Subject::kCrash, i, "", "the next action", Ending());
      return false;
    }
    const Step* step = std::get_if<Step>(&scenario_.actions[i]);
    if (observed.state == State::kBegun) {
      Add(observation_.hung ? Subject::kHang : Subject::kCrash, i, RuleOf(i),
          step != nullptr ? ErrnoName(prediction_.actions[i].step.result) : PredictedAnswer(i),
          Ending());
      return false;
    }
    if (observed.state == State::kNotPerformed) return true;
    if (step != nullptr) {
      const StepPrediction& predicted = prediction_.actions[i].step;
      const Errno expected = predicted.result;
      if (observed.waited != predicted.waits) {
        Add(Subject::kEffect, i, KindOf(*step),
            predicted.waits ? "it waits for the call" : "it does not wait",
            observed.waited ? "it waits for the call" : "it does not wait");
      }
      if (observed.answer == expected) return true;
      Add(Subject::kStep, i, KindOf(*step), ErrnoName(expected), ErrnoName(observed.answer));
      return false;
    }
    CompareCall(i, observed.answer);
    return true;
  }

  void CompareCall(size_t i, Errno observed) {
    const Prediction& prediction = prediction_.actions[i].call.prediction;
    if (prediction.walked && ReachesTheUnknown(std::get<SymbolicCall>(scenario_.actions[i]))) {
      ++judgement_.beyond;
      return;
    }
    ++judgement_.calls;
    judgement_.walked += prediction.walked;
    if (prediction.outcomes.Allow(observed)) return;
    Add(Subject::kCall, i, RuleOf(i), PredictedAnswer(i), ErrnoName(observed));
  }

  bool ReachesTheUnknown(const SymbolicCall& call) const {
    Surroundings as_called = observation_.surroundings;
    as_called.machine = MachineOf(as_called.machine, call.caller);
    const Call registers = Resolve(call, observation_.surroundings.machine, as_called.arena);
    return DependsOnUnknown(as_called, as_called.machine.Receive(registers));
  }

  void CompareLayout() {
    if (observation_.view->source() != KernelView::Source::kSmaps) return;
    const Surroundings& around = observation_.surroundings;
    const AddressRange arena = {
        around.arena,
        around.arena + Bytes{static_cast<uint64_t>(kArenaPages) * around.machine.page_size.count}};
    const std::optional<Address> page = FirstDifference(
        prediction_.final_layout, observation_.view->mappings(), arena, around.machine.page_size);
    if (!page.has_value()) return;
    const size_t last = scenario_.actions.size() - 1;
    Add(Subject::kLayout, last, "",
        absl::StrFormat("p%d: %s", (*page - arena.begin).count / around.machine.page_size.count,
                        DescribePage(prediction_.final_layout, *page)),
        DescribePage(observation_.view->mappings(), *page));
  }

  std::string PredictedAnswer(size_t i) const {
    return Text(prediction_.actions[i].call.prediction.outcomes);
  }

  std::string RuleOf(size_t i) const {
    if (const Step* step = std::get_if<Step>(&scenario_.actions[i]); step != nullptr) {
      return KindOf(*step);
    }
    return std::string(prediction_.actions[i].call.prediction.rule->id);
  }

  std::string Ending() const {
    if (observation_.hung) return "does not come back";
    if (observation_.signal == 0) return "the process ends";
    return absl::StrFormat("killed by signal %d (%s)", observation_.signal,
                           strsignal(observation_.signal));
  }

  void Add(Subject subject, size_t action, std::string rule, std::string expected,
           std::string observed) {
    judgement_.disagreements.push_back({.subject = subject,
                                        .action = action,
                                        .rule = std::move(rule),
                                        .expected = std::move(expected),
                                        .observed = std::move(observed)});
  }

  const Scenario& scenario_;
  const Observation& observation_;
  const ScenarioPrediction prediction_;
  Judgement judgement_;
};

}  // namespace

std::vector<Disagreement> CompareWithAuthor(const AnnotatedScenario& annotated,
                                            const Profile& profile) {
  // What an author expects of a profile does not depend on this process or its kernel.
  const Surroundings bare = BareSurroundings();
  const ScenarioPrediction told = PredictScenario(annotated.scenario, profile, bare);
  std::vector<Disagreement> disagreements;
  for (const ExpectationMismatch& mismatch :
       CompareExpectations(annotated, profile, told, bare.machine.page_size)) {
    Disagreement disagreement = {.subject = Subject::kExpectation,
                                 .action = mismatch.action,
                                 .expected = mismatch.expected,
                                 .observed = mismatch.predicted};
    const Rule* rule = mismatch.action < told.actions.size()
                           ? told.actions[mismatch.action].call.prediction.rule
                           : nullptr;
    if (rule != nullptr) disagreement.rule = std::string(rule->id);
    disagreements.push_back(disagreement);
  }
  return disagreements;
}

Judgement Judge(const AnnotatedScenario& annotated, const Profile& profile,
                const Observation& observation) {
  return Judging(annotated, profile, observation).Run();
}

}  // namespace msyncspec
