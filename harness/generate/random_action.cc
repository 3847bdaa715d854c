// SPDX-License-Identifier: MIT
#include "harness/generate/random_action.h"

#include <algorithm>
#include <array>

#include "harness/generate/random_scenario.h"

namespace msyncspec {
namespace {

constexpr int64_t kPages = kRandomPages;
constexpr uint64_t kShort = 4;  // pages of most ranges that end nowhere in particular

// Kinds by how often they come: what makes layouts first, rarities last.
constexpr std::array kCommonKinds = {StepKind::kMap,     StepKind::kMap,         StepKind::kMap,
                                     StepKind::kMap,     StepKind::kLock,        StepKind::kUnmap,
                                     StepKind::kProtect, StepKind::kWrite,       StepKind::kLock,
                                     StepKind::kRemap,   StepKind::kLockOnFault, StepKind::kUnlock};

bool HasRange(StepKind kind) {
  return kind != StepKind::kLockAll && kind != StepKind::kUnlockAll &&
         kind != StepKind::kTruncate && kind != StepKind::kReopen && kind != StepKind::kSignal &&
         kind != StepKind::kFork;
}

}  // namespace

// A page of the arena: mostly one at which a step's range begins or ends.
int64_t RandomAction::Place() {
  if (scenario_.actions.empty() || source_.OneIn(4)) {
    return static_cast<int64_t>(source_.Below(kPages));
  }
  const Action& other = scenario_.actions[source_.Below(scenario_.actions.size())];
  const Step* step = std::get_if<Step>(&other);
  if (step == nullptr || !HasRange(step->kind)) return static_cast<int64_t>(source_.Below(kShort));
  return step->at.pages + (source_.OneIn(2) ? step->length.pages : 0);
}

Length RandomAction::NewLength(int64_t begin) {
  const int64_t end = Place();
  if (end > begin && !source_.OneIn(3)) return {.pages = end - begin};
  return {.pages = 1 + static_cast<int64_t>(source_.Below(kShort))};
}

void RandomAction::NewRange(Step& step) {
  step.at = {.pages = std::min(Place(), kPages)};
  step.length = NewLength(step.at.pages);
  if (source_.OneIn(32)) step.at.bytes = static_cast<int64_t>(source_.Below(kMaxStepBytes + 1));
  if (source_.OneIn(32)) step.length.bytes = static_cast<int64_t>(source_.Below(kMaxStepBytes + 1));
}

FileId RandomAction::NewFile() {
  if (scenario_.files.empty() || source_.OneIn(3)) return kNoFile;
  return static_cast<FileId>(source_.Below(scenario_.files.size()));
}

void RandomAction::NewAccess(Step& step) {
  constexpr Access kReadWrite = Access::kRead | Access::kWrite;
  constexpr std::array kChoices = {kReadWrite,    kReadWrite,    Access::kRead,
                                   Access::kRead, Access::kNone, Access::kWrite};
  step.access = kChoices[source_.Below(kChoices.size())];
}

void RandomAction::NewMap(Step& step) {
  step.sharing = source_.OneIn(2) ? MapSharing::kShared : MapSharing::kPrivate;
  step.file = NewFile();
  const bool follows = source_.OneIn(2);  // its place, so that neighbours continue one another
  if (step.file != kNoFile) {
    step.file_page = follows ? step.at.pages : static_cast<int64_t>(source_.Below(kShort));
  }
  if (source_.OneIn(8)) step.options = static_cast<uint8_t>(source_.Below(kMapOptions));
}

Step RandomAction::NewStep() {
  Step step = {.kind = kCommonKinds[source_.Below(kCommonKinds.size())]};
  if (source_.OneIn(8)) step.kind = static_cast<StepKind>(source_.Below(kStepKinds));
  if (HasRange(step.kind)) NewRange(step);
  if (step.kind == StepKind::kMap || step.kind == StepKind::kProtect) NewAccess(step);
  if (step.kind == StepKind::kMap) NewMap(step);
  if (step.kind == StepKind::kLockAll) step.options = static_cast<uint8_t>(source_.Below(8));
  if (step.kind == StepKind::kAdvise) step.advice = static_cast<Advice>(source_.Below(kAdvices));
  if (step.kind == StepKind::kTruncate || step.kind == StepKind::kReopen) {
    step.file = static_cast<FileId>(source_.Below(kMaxFiles));
  }
  if (step.kind == StepKind::kTruncate) step.length = {.pages = Place()};
  if (step.kind == StepKind::kRemap) {
    step.new_length = source_.OneIn(2) ? step.length : NewLength(step.at.pages);
    step.moves = source_.OneIn(2);
    if (step.moves) step.to = {.pages = Place()};
    if (step.moves) step.keeps = source_.OneIn(8);
  }
  return step;
}

// A length at which something turns: a power of two and its neighbours, the largest, all to the
// last page.
Length RandomAction::TurningLength() {
  const int64_t pages = static_cast<int64_t>(source_.Below(5)) - 2;
  const int64_t bytes = source_.OneIn(2) ? 0 : static_cast<int64_t>(source_.Below(3)) - 1;
  if (source_.OneIn(3)) {
    return {.base = static_cast<LengthBase>(source_.Below(3)), .pages = pages, .bytes = bytes};
  }
  const auto power = static_cast<int64_t>(uint64_t{1} << (12 + source_.Below(52)));
  return {.pages = pages, .bytes = power + bytes};
}

Position RandomAction::TurningAddress() {
  const int64_t pages = static_cast<int64_t>(source_.Below(5)) - 2;
  const int64_t bytes = source_.OneIn(2) ? 0 : static_cast<int64_t>(source_.Below(3)) - 1;
  switch (source_.Below(4)) {
    case 0:
      return {.anchor = Anchor::kLastPage, .pages = pages, .bytes = bytes};
    case 1:
      return {.anchor = Anchor::kZero, .pages = pages, .bytes = bytes};
    case 2:
      return {.anchor = Anchor::kZero,
              .pages = pages,
              .bytes = static_cast<int64_t>(uint64_t{1} << source_.Below(64))};
    default:
      return {.pages = Place(), .bytes = static_cast<int64_t>(source_.Below(kMaxStepBytes + 1))};
  }
}

SyncFlags RandomAction::NewFlags() {
  if (source_.OneIn(8)) return SyncFlags(uint64_t{1} << source_.Below(64) | source_.Below(8));
  return SyncFlags(source_.Below(8));
}

SymbolicCall RandomAction::NewCall() {
  SymbolicCall call;
  call.addr.pages = Place();
  call.length = NewLength(call.addr.pages);
  call.flags = NewFlags();
  if (source_.OneIn(8)) call.length = TurningLength();
  if (source_.OneIn(16)) call.addr = TurningAddress();
  return call;
}

// A number near by, its half or its double, or any.
int64_t RandomAction::Nudged(int64_t number, int64_t high) {
  switch (source_.Below(4)) {
    case 0:
      return std::clamp<int64_t>(number + 1, 0, high);
    case 1:
      return std::clamp<int64_t>(number - 1, 0, high);
    case 2:
      return std::clamp<int64_t>(source_.OneIn(2) ? number / 2 : number * 2, 0, high);
    default:
      return static_cast<int64_t>(source_.Below(static_cast<uint64_t>(high) + 1));
  }
}

void RandomAction::Change(Step& step) {
  const Step anew = NewStep();
  switch (source_.Below(10)) {
    case 0:
      step.at.pages = Nudged(step.at.pages, kPages);
      break;
    case 1:
      step.length.pages = Nudged(step.length.pages, kPages);
      break;
    case 2:
      step.at = {.pages = Place()};
      break;
    case 3:
      NewAccess(step);
      if (step.kind != StepKind::kMap && step.kind != StepKind::kProtect) step.access = {};
      break;
    case 4:
      if (step.kind == StepKind::kMap) NewMap(step);
      break;
    case 5:
      if (step.kind == StepKind::kMap) step.options ^= uint8_t(1u << source_.Below(4));
      break;
    case 6:
      if (step.kind == StepKind::kMap) step.file_page = Nudged(step.file_page, kMaxFilePages);
      break;
    case 7:
      if (HasRange(step.kind)) step.length = NewLength(step.at.pages);
      break;
    case 8:
      step.moment = Moment::FromNumber(static_cast<int>(source_.Below(Moment::kNumbers)));
      break;
    default:
      step = anew;
  }
}

void RandomAction::Change(SymbolicCall& call) {
  switch (source_.Below(8)) {
    case 0:
      call.addr = {.pages = Place()};
      break;
    case 1:
      call.addr = TurningAddress();
      break;
    case 2:
      call.length = NewLength(call.addr.pages);
      break;
    case 3:
      call.length = TurningLength();
      break;
    case 4:
      call.flags = SyncFlags(call.flags.word() ^ (uint64_t{1} << source_.Below(3)));
      break;
    case 5:
      call.length.pages += static_cast<int64_t>(source_.Below(5)) - 2;
      break;
    case 6:
      call.addr.pages += static_cast<int64_t>(source_.Below(5)) - 2;
      break;
    default:
      call.flags = NewFlags();
  }
}

}  // namespace msyncspec
