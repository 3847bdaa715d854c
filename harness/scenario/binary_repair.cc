// SPDX-License-Identifier: MIT
#include "harness/scenario/binary_repair.h"

#include <algorithm>

namespace msyncspec {
namespace {

void DropOption(Step& step, MapOption option) {
  step.options = static_cast<uint8_t>(step.options & ~option);
}

// Brings `value` into its bounds, for fields that only all together can be out of them.
void Bound(int64_t& value, int64_t low, int64_t high) { value = std::clamp(value, low, high); }

void RepairFault(Fault& fault) {
  if (fault.error == Errno::kOk) fault = {};
  if (fault.end_page <= fault.begin_page) fault.end_page = fault.begin_page + 1;
}

void RepairRange(const Position& at, Length& length) {
  const int64_t room = kArenaPages - at.pages - (at.bytes > 0 ? 1 : 0);
  if (room == 0) length = {};
  Bound(length.pages, 0, length.bytes > 0 ? room - 1 : room);
  if (length.pages == 0) Bound(length.bytes, 0, kMaxStepBytes);
}

// Makes `step` show whole units of a file that has larger ones than pages.
void RepairUnits(Step& step, int64_t unit) {
  if (unit == 1) return;
  step.at.bytes = step.length.bytes = 0;
  step.at.pages -= step.at.pages % unit;
  step.length.pages -= step.length.pages % unit;
}

void RepairMap(Step& step, const std::vector<File>& files) {
  if (step.file == kNoFile || files.empty()) {
    step.file = kNoFile;
    step.file_page = 0;
    if (step.sharing == MapSharing::kShared) DropOption(step, kMapDroppable);
    return;
  }
  DropOption(step, kMapDroppable);
  step.file = static_cast<FileId>(static_cast<size_t>(step.file) % files.size());
  Bound(step.file_page, 0, kMaxFilePages);
  const File& file = files[static_cast<size_t>(step.file)];
  const BackingFacts& facts = FactsOf(file.backing);
  if (facts.privately == Privately::kIsRefused) step.sharing = MapSharing::kShared;
  if (facts.privately == Privately::kIsTheOnlyWay) step.sharing = MapSharing::kPrivate;
  if (facts.map_place != MapPlace::kAnywhere) step.file_page = 0;
  RepairUnits(step, facts.unit_pages);
  if (facts.past_the_end == PastTheEnd::kCannotBeMapped) {
    Bound(step.file_page, 0, file.pages);
    Bound(step.length.pages, 0, file.pages - step.file_page);
    Bound(step.length.bytes, step.length.pages > 0 ? -kMaxStepBytes : 0, 0);
  }
  if (facts.map_place == MapPlace::kWhole) {
    step.at.bytes = 0;
    step.at.pages = std::min(step.at.pages, kArenaPages - file.pages);
    step.length = {.pages = file.pages};
    step.options = 0;
    step.access = WholeAccess(file);
  }
}

// Leaves out all forks but the first, and with it what another thread would do.
void KeepOneFork(std::vector<Action>& actions) {
  int forks = 0;
  std::erase_if(actions, [&forks](const Action& action) {
    const Step* step = std::get_if<Step>(&action);
    return step != nullptr && step->kind == StepKind::kFork && ++forks > kMaxForks;
  });
  if (forks == 0) return;
  for (Action& action : actions) {
    if (Step* step = std::get_if<Step>(&action); step != nullptr) step->moment = {};
  }
}

}  // namespace

// Makes `file` one of its own where it cannot come from the one that it names.
void RepairFile(File& file, const std::vector<File>& above) {
  RepairFault(file.fsync);
  RepairFault(file.write);
  file.fsync.begin_page = 0;
  file.fsync.end_page = kMaxFilePages;
  if (file.origin != Origin::kNew) {
    const Descriptor descriptor = file.descriptor;
    file = DerivedFrom(above, file.of, file.origin);
    if (file.origin == Origin::kReopened) file.descriptor = descriptor;
    if (!Validate(file, above).ok()) file = {};
  }
  if (FactsOf(file.backing).fsync == Fsync::kNone) file.descriptor = Descriptor::kReadWrite;
  if (FactsOf(file.backing).opening == Opening::kReadOnlyAlone) {
    file.descriptor = Descriptor::kReadOnly;
  }
  Bound(file.pages, 1, MaxPagesOf(FactsOf(file.backing)));
  if (file.backing == Backing::kPerf) file.pages = 1;
}

// Returns whether `step` can be made valid; one that names a file where there is none cannot.
bool RepairStep(Step& step, const std::vector<File>& files) {
  switch (step.kind) {
    case StepKind::kLockAll:
    case StepKind::kUnlockAll:
    case StepKind::kSignal:
    case StepKind::kFork:
      return true;
    case StepKind::kReopen:
      if (files.empty()) return false;
      step.file = static_cast<FileId>(static_cast<size_t>(step.file) % files.size());
      return files[static_cast<size_t>(step.file)].origin == Origin::kReopened;
    case StepKind::kTruncate:
      if (files.empty()) return false;
      step.file = static_cast<FileId>(static_cast<size_t>(step.file) % files.size());
      Bound(step.length.pages, 0, kMaxFilePages);
      if (step.length.pages == 0) Bound(step.length.bytes, 0, kMaxStepBytes);
      return true;
    case StepKind::kRemap:
      RepairRange(step.at, step.new_length);
      if (step.moves) RepairRange(step.to, step.new_length);
      break;
    default:
      break;
  }
  RepairRange(step.at, step.length);
  if (step.kind == StepKind::kMap) RepairMap(step, files);
  return true;
}

// Puts steps back into their turn that no call waits for, and drops signals that nobody awaits.
void RepairOrder(std::vector<Action>& actions) {
  KeepOneFork(actions);
  int latest = -1;  // the last moment that a step may have here; none but its turn if negative
  for (size_t i = actions.size(); i-- > 0;) {
    Step* step = std::get_if<Step>(&actions[i]);
    if (step == nullptr) {
      latest = Moment::kNumbers - 1;
      continue;
    }
    if (step->moment.number() > latest) step->moment = {};
    latest = step->moment.InTurn() ? -1 : step->moment.number();
    if (step->kind == StepKind::kSignal && step->moment.InTurn()) {
      actions.erase(actions.begin() + static_cast<std::ptrdiff_t>(i));
    }
  }
}

}  // namespace msyncspec
