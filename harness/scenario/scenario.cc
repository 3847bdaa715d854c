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

absl::Status ValidateMap(const Step& step, const std::vector<File>& files) {
  if (step.file == kNoFile) return absl::OkStatus();
  if (step.file < 0 || static_cast<size_t>(step.file) >= files.size()) {
    return absl::InvalidArgumentError("a file that is declared above");
  }
  const File& file = files[static_cast<size_t>(step.file)];
  const BackingFacts& facts = FactsOf(file.backing);
  if (step.file_page < 0 || step.file_page > kMaxFilePages) {
    return absl::InvalidArgumentError(absl::StrCat("an offset of 0 to ", kMaxFilePages, " pages"));
  }
  if (facts.privately == Privately::kIsRefused && step.sharing == MapSharing::kPrivate) {
    return absl::InvalidArgumentError(absl::StrCat("shared: ", facts.name, " has no private form"));
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
  if (facts.map_place == MapPlace::kWhole) {
    const Access access =
        file.descriptor == Descriptor::kReadOnly ? Access::kRead : Access::kRead | Access::kWrite;
    if (step.length != Length{.pages = file.pages} || step.options != 0 || step.access != access) {
      return absl::InvalidArgumentError(
          absl::StrCat("all ", file.pages, " pages, ", facts.name,
                       " is attached whole, as rw (r if readonly) and without options"));
    }
  }
  return absl::OkStatus();
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

absl::Status Validate(const File& file) {
  const BackingFacts& facts = FactsOf(file.backing);
  if (file.pages < 1 || file.pages > kMaxFilePages) {
    return absl::InvalidArgumentError(absl::StrCat("a size of 1 to ", kMaxFilePages, " pages"));
  }
  if (file.descriptor == Descriptor::kReadOnly && facts.fsync == Fsync::kNone) {
    return absl::InvalidArgumentError(
        absl::StrCat("no `readonly`: ", facts.name, " is always open for writing"));
  }
  if (file.backing == Backing::kPerf && file.pages != 1) {
    return absl::InvalidArgumentError("a size of 1 page: perf without a ring has no more");
  }
  if (static_cast<uint16_t>(file.fsync_error) > kMaxServerErrno) {
    return absl::InvalidArgumentError(
        absl::StrCat("an error up to ", kMaxServerErrno, ": no server can answer more"));
  }
  if (file.fsync_error != Errno::kOk && file.backing != Backing::kFuse) {
    return absl::InvalidArgumentError("`fsync=` on a fuse file: no other can be told its answer");
  }
  return absl::OkStatus();
}

absl::Status Validate(const Step& step, const std::vector<File>& files) {
  switch (step.kind) {
    case StepKind::kLockAll:
    case StepKind::kUnlockAll:
      return absl::OkStatus();
    case StepKind::kTruncate:
      if (step.file < 0 || static_cast<size_t>(step.file) >= files.size()) {
        return absl::InvalidArgumentError("a file that is declared above");
      }
      if (!IsStepLength(step.length) || step.length.pages > kMaxFilePages) {
        return absl::InvalidArgumentError(absl::StrCat("a size of 0 to ", kMaxFilePages, " pages"));
      }
      return absl::OkStatus();
    case StepKind::kRemap:
      if (!StaysInArena(step.at, step.new_length)) return OutsideArena();
      if (step.moves && !StaysInArena(step.to, step.new_length)) return OutsideArena();
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
  for (const File& file : scenario.files) {
    if (absl::Status status = Validate(file); !status.ok()) return status;
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
  if (calls == 0) return absl::InvalidArgumentError("at least one call");
  return absl::OkStatus();
}

}  // namespace msyncspec
