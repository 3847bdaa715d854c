// SPDX-License-Identifier: MIT
#include "harness/scenario/scenario.h"

#include <algorithm>
#include <cstdlib>

#include "absl/strings/str_cat.h"

namespace msyncspec {
namespace {

bool IsStepLength(const Length& length) {
  return length.base == LengthBase::kZero && length.pages >= 0 &&
         std::abs(length.bytes) <= kMaxStepBytes && (length.pages > 0 || length.bytes >= 0);
}

// Whether [at, at + length) lies in the arena whatever the page size; a partial page counts whole.
bool StaysInArena(const Position& at, const Length& length) {
  if (at.anchor != Anchor::kArena || at.pages < 0 || at.pages >= kArenaPages) return false;
  if (at.bytes < 0 || at.bytes > kMaxStepBytes) return false;
  if (!IsStepLength(length) || length.pages > kArenaPages) return false;
  const int64_t partial = (at.bytes > 0 ? 1 : 0) + (length.bytes > 0 ? 1 : 0);
  return at.pages + length.pages + partial <= kArenaPages;
}

absl::Status OutsideArena() {
  return absl::InvalidArgumentError(absl::StrCat("a range within the arena, p0 to p",
                                                 kArenaPages - 1, ", with less than ",
                                                 kMaxStepBytes + 1, " bytes beside whole pages"));
}

// Whether the step keeps to what makes up the file: pages, or larger units.
absl::Status ValidateUnits(const Step& step, const BackingFacts& facts) {
  const int64_t unit = facts.unit_pages;
  if (unit == 1) return absl::OkStatus();
  const bool whole = step.at.bytes == 0 && step.length.bytes == 0;
  if (whole && step.at.pages % unit == 0 && step.length.pages % unit == 0) return absl::OkStatus();
  return absl::InvalidArgumentError(absl::StrCat("multiples of ", unit, " pages: ", facts.name,
                                                 " is mapped in no smaller parts"));
}

absl::Status ValidateWhole(const Step& step, const File& file) {
  if (FactsOf(file.backing).map_place != MapPlace::kWhole) return absl::OkStatus();
  const Access access = WholeAccess(file);
  if (step.length == Length{.pages = file.pages} && step.options == 0 && step.access == access) {
    return absl::OkStatus();
  }
  return absl::InvalidArgumentError(absl::StrCat("all ", file.pages, " pages, ",
                                                 FactsOf(file.backing).name,
                                                 " is attached whole, as rw (r if readonly) and "
                                                 "without options"));
}

bool IsDeclared(FileId file, const std::vector<File>& files) {
  return file >= 0 && static_cast<size_t>(file) < files.size();
}

absl::Status Undeclared() { return absl::InvalidArgumentError("a file that is declared above"); }

int CountForks(const Scenario& scenario) {
  return static_cast<int>(
      std::count_if(scenario.actions.begin(), scenario.actions.end(), [](const Action& action) {
        const Step* step = std::get_if<Step>(&action);
        return step != nullptr && step->kind == StepKind::kFork;
      }));
}

// Steps of another thread belong to a call that waits for a server, of which there is one.
absl::Status ValidateMeanwhile(const Scenario& scenario) {
  if (!HasMeanwhile(scenario)) return absl::OkStatus();
  if (CountForks(scenario) > 0) {
    return absl::InvalidArgumentError("`fork` or `meanwhile`: a child has no second thread");
  }
  bool open = false;
  int last = 0;
  for (const Action& action : scenario.actions) {
    const Step* step = std::get_if<Step>(&action);
    const bool meanwhile = step != nullptr && !step->moment.InTurn();
    if (open && step != nullptr && (!meanwhile || step->moment.number() < last)) {
      return absl::InvalidArgumentError(
          "after a step with `meanwhile`: the call that it concerns, or a later step of that kind");
    }
    open = meanwhile;
    last = meanwhile ? step->moment.number() : 0;
  }
  if (open) return absl::InvalidArgumentError("a call after a step with `meanwhile`");
  return absl::OkStatus();
}

absl::Status ValidateMap(const Step& step, const std::vector<File>& files) {
  const bool droppable = (step.options & kMapDroppable) != 0;
  if (droppable && (step.file != kNoFile || step.sharing == MapSharing::kShared)) {
    return absl::InvalidArgumentError("`droppable` on private anonymous memory alone");
  }
  if (step.file == kNoFile) return absl::OkStatus();
  if (!IsDeclared(step.file, files)) return Undeclared();
  const File& file = files[static_cast<size_t>(step.file)];
  const BackingFacts& facts = FactsOf(file.backing);
  if (step.file_page < 0 || step.file_page > kMaxFilePages) {
    return absl::InvalidArgumentError(absl::StrCat("an offset of 0 to ", kMaxFilePages, " pages"));
  }
  if (facts.privately == Privately::kIsRefused && step.sharing == MapSharing::kPrivate) {
    return absl::InvalidArgumentError(absl::StrCat("shared: ", facts.name, " has no private form"));
  }
  if (facts.privately == Privately::kIsTheOnlyWay && step.sharing == MapSharing::kShared) {
    return absl::InvalidArgumentError(absl::StrCat("private: ", facts.name, " has no shared form"));
  }
  if (facts.map_place != MapPlace::kAnywhere && step.file_page != 0) {
    return absl::InvalidArgumentError(
        absl::StrCat("offset 0: ", facts.name, " is mapped from its start"));
  }
  const bool past_end = step.file_page + step.length.pages > file.pages || step.length.bytes > 0;
  if (facts.past_the_end == PastTheEnd::kCannotBeMapped && past_end) {
    return absl::InvalidArgumentError(
        absl::StrCat("whole pages of the file: ", facts.name, " cannot be mapped past its end"));
  }
  if (absl::Status status = ValidateUnits(step, facts); !status.ok()) return status;
  return ValidateWhole(step, file);
}

}  // namespace

Machine MachineOf(const Machine& machine, Caller caller) {
  Machine seen = machine;
  if (caller == Caller::kCompat32) seen.argument_bits = std::min(seen.argument_bits, 32);
  return seen;
}

Call Resolve(const SymbolicCall& call, const Machine& machine, Address arena) {
  const Machine seen = MachineOf(machine, call.caller);
  const Address addr = Resolve(call.addr, seen, arena);
  return {.addr = addr, .length = Resolve(call.length, seen, addr), .flags = call.flags};
}

bool HasMeanwhile(const Scenario& scenario) {
  return std::any_of(scenario.actions.begin(), scenario.actions.end(), [](const Action& action) {
    const Step* step = std::get_if<Step>(&action);
    return step != nullptr && !step->moment.InTurn();
  });
}

bool HasAnyMoment(const Scenario& scenario) {
  return std::any_of(scenario.actions.begin(), scenario.actions.end(), [](const Action& action) {
    const Step* step = std::get_if<Step>(&action);
    return step != nullptr && step->moment.IsAny();
  });
}

std::vector<Scenario> Interleavings(const Scenario& scenario, int fsyncs) {
  std::vector<Scenario> all;
  // Just before the call, while it waits each time, and, as there is no such wait, just after it.
  for (int at = 0; at <= fsyncs + 1; ++at) {
    Scenario one = scenario;
    bool any = false;
    for (Action& action : one.actions) {
      Step* step = std::get_if<Step>(&action);
      if (step == nullptr || !step->moment.IsAny()) continue;
      any = true;
      step->moment = at == 0 ? Moment() : Moment::During(std::min(at, Moment::kMaxFsync));
    }
    all.push_back(std::move(one));
    if (!any) break;
  }
  return all;
}

absl::Status Validate(const Step& step, const std::vector<File>& files) {
  switch (step.kind) {
    case StepKind::kLockAll:
    case StepKind::kUnlockAll:
    case StepKind::kFork:
      return absl::OkStatus();
    case StepKind::kSignal:
      if (!step.moment.InTurn()) return absl::OkStatus();
      return absl::InvalidArgumentError("`meanwhile` before `signal`: else nothing waits for it");
    case StepKind::kReopen:
      if (!IsDeclared(step.file, files)) return Undeclared();
      if (files[static_cast<size_t>(step.file)].origin == Origin::kReopened) {
        return absl::OkStatus();
      }
      return absl::InvalidArgumentError("a file that is declared with `open`");
    case StepKind::kTruncate:
      if (!IsDeclared(step.file, files)) return Undeclared();
      if (!IsStepLength(step.length) || step.length.pages > kMaxFilePages) {
        return absl::InvalidArgumentError(absl::StrCat("a size of 0 to ", kMaxFilePages, " pages"));
      }
      return absl::OkStatus();
    case StepKind::kRemap:
      if (!StaysInArena(step.at, step.new_length)) return OutsideArena();
      if (step.moves && !StaysInArena(step.to, step.new_length)) return OutsideArena();
      if (step.keeps && !step.moves) return absl::InvalidArgumentError("`to=` before `keep`");
      break;
    default:
      break;
  }
  if (!StaysInArena(step.at, step.length)) return OutsideArena();
  return step.kind == StepKind::kMap ? ValidateMap(step, files) : absl::OkStatus();
}

absl::Status Validate(const Scenario& scenario) {
  if (scenario.files.size() > kMaxFiles) {
    return absl::InvalidArgumentError(absl::StrCat("at most ", kMaxFiles, " files"));
  }
  if (scenario.actions.size() > kMaxActions) {
    return absl::InvalidArgumentError(absl::StrCat("at most ", kMaxActions, " steps and calls"));
  }
  for (size_t i = 0; i < scenario.files.size(); ++i) {
    const std::span<const File> above = std::span(scenario.files).first(i);
    if (absl::Status status = Validate(scenario.files[i], above); !status.ok()) return status;
  }
  size_t calls = 0;
  for (const Action& action : scenario.actions) {
    const Step* step = std::get_if<Step>(&action);
    if (step == nullptr) {
      ++calls;
    } else if (absl::Status status = Validate(*step, scenario.files); !status.ok()) {
      return status;
    }
  }
  if (CountForks(scenario) > kMaxForks) return absl::InvalidArgumentError("one `fork` at most");
  if (calls == 0) return absl::InvalidArgumentError("at least one call");
  return ValidateMeanwhile(scenario);
}

}  // namespace msyncspec
