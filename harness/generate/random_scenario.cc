// SPDX-License-Identifier: MIT
#include "harness/generate/random_scenario.h"

#include <algorithm>
#include <array>

#include "harness/generate/random_source.h"

namespace msyncspec {
namespace {

constexpr int64_t kPages = kRandomPages;
constexpr uint64_t kMaxSteps = 16;
constexpr uint64_t kMinSteps = 3;  // fewer are what the exhaustive scope is for
constexpr uint64_t kMaxCalls = 8;

constexpr Access kReadWrite = Access::kRead | Access::kWrite;

constexpr auto kFiles = std::to_array<File>({
    {.backing = Backing::kMemfd, .pages = kPages},
    {.backing = Backing::kMemfd, .pages = kPages, .descriptor = Descriptor::kReadOnly},
    {.backing = Backing::kTmpfs, .pages = kPages},
    {.backing = Backing::kShm, .pages = 4},
    {.backing = Backing::kDevZero, .pages = kPages},
    {.backing = Backing::kBpfArray, .pages = kPages},
    {.backing = Backing::kSecret, .pages = 16},
    // Chosen more rarely: many kernels do not let a ring be mapped where one likes, and each sync
    // of the others waits for a disk.
    {.backing = Backing::kIoUring, .pages = 16},
    {.backing = Backing::kPerf, .pages = 1},
    {.backing = Backing::kDisk, .pages = kPages},
    {.backing = Backing::kDisk, .pages = kPages, .descriptor = Descriptor::kReadOnly},
    {.backing = Backing::kDeleted, .pages = kPages},
});
constexpr size_t kCommonFiles = 7;  // the first of these
constexpr uint64_t kRareOneIn = 256;

// What is common among steps comes first; the rest of a hundred is maps.
struct StepWeight {
  StepKind kind;
  uint64_t percent;
};
constexpr auto kWeights = std::to_array<StepWeight>({
    {StepKind::kLock, 10},
    {StepKind::kUnmap, 8},
    {StepKind::kProtect, 8},
    {StepKind::kUnlock, 5},
    {StepKind::kWrite, 5},
    {StepKind::kLockOnFault, 4},
    {StepKind::kRemap, 4},
    {StepKind::kTruncate, 3},
    {StepKind::kAdvise, 3},
});
constexpr uint64_t kLockAllOneIn = 512;  // walks and populates the whole process

class Maker {
 public:
  Maker(uint64_t seed, uint64_t index, RandomScenario& random)
      : source_(seed, index), random_(random), scenario_(random.scenario) {}

  void Make() {
    scenario_.files.clear();
    scenario_.actions.clear();
    ChooseFiles();
    const uint64_t steps = kMinSteps + source_.Below(kMaxSteps - kMinSteps + 1);
    for (uint64_t i = 0; i < steps; ++i) scenario_.actions.push_back(MakeStep());
    const uint64_t calls = 1 + source_.Below(kMaxCalls);
    for (uint64_t i = 0; i < calls; ++i) scenario_.actions.push_back(MakeCall());
  }

 private:
  void ChooseFiles() {
    const size_t count = 1 + source_.Below(RandomScenario::kMaxChosen);
    for (size_t i = 0; i < count; ++i) {
      const bool rare = source_.OneIn(kRareOneIn);
      size_t choice = rare ? kCommonFiles + source_.Below(kFiles.size() - kCommonFiles)
                           : source_.Below(kCommonFiles);
      // No two are the same object: what happens to one would happen to the other.
      while (Chosen(choice, i)) choice = (choice + 1) % kFiles.size();
      random_.choice[i] = choice;
      scenario_.files.push_back(kFiles[choice]);
    }
  }

  bool Chosen(size_t choice, size_t before) const {
    return std::find(random_.choice, random_.choice + before, choice) != random_.choice + before;
  }

  StepKind MakeKind() {
    if (source_.OneIn(kLockAllOneIn)) {
      return source_.OneIn(2) ? StepKind::kLockAll : StepKind::kUnlockAll;
    }
    uint64_t roll = source_.Below(100);
    for (const StepWeight& row : kWeights) {
      if (roll < row.percent) return row.kind;
      roll -= row.percent;
    }
    return StepKind::kMap;
  }

  // A range within the pages, mostly short.
  void MakeRange(Position& at, Length& length) {
    at.pages = static_cast<int64_t>(source_.Below(kPages));
    const uint64_t room = static_cast<uint64_t>(kPages - at.pages);
    const uint64_t longest = source_.OneIn(4) ? room : std::min<uint64_t>(room, 8);
    length.pages = 1 + static_cast<int64_t>(source_.Below(longest));
    if (source_.OneIn(16)) length = MakeOddLength(length);
    if (source_.OneIn(32)) at.bytes = 1 + static_cast<int64_t>(source_.Below(kMaxStepBytes));
  }

  Length MakeOddLength(Length length) {
    if (source_.OneIn(4)) return {};
    return {.pages = length.pages - 1,
            .bytes = 1 + static_cast<int64_t>(source_.Below(kMaxStepBytes))};
  }

  Step MakeStep() {
    Step step = {.kind = MakeKind()};
    if (step.kind == StepKind::kLockAll) {
      step.options = static_cast<uint8_t>(source_.Below(8));
      return step;
    }
    if (step.kind == StepKind::kUnlockAll) return step;
    if (step.kind == StepKind::kTruncate) {
      step.file = static_cast<FileId>(source_.Below(scenario_.files.size()));
      step.length.pages = static_cast<int64_t>(source_.Below(kMaxFilePages + 1));
      return step;
    }
    MakeRange(step.at, step.length);
    if (step.kind == StepKind::kProtect) step.access = MakeAccess();
    if (step.kind == StepKind::kRemap) MakeRemap(step);
    if (step.kind == StepKind::kMap) MakeMap(step);
    return step;
  }

  Access MakeAccess() {
    constexpr std::array kChoices = {kReadWrite,    kReadWrite,     kReadWrite,
                                     Access::kRead, Access::kWrite, Access::kNone};
    return kChoices[source_.Below(kChoices.size())];
  }

  void MakeRemap(Step& step) {
    step.moves = source_.OneIn(2);
    step.new_length = step.length;
    if (source_.OneIn(2)) step.new_length.pages = static_cast<int64_t>(source_.Below(12));
    if (step.moves) step.to.pages = static_cast<int64_t>(source_.Below(kPages));
  }

  void MakeMap(Step& step) {
    step.access = MakeAccess();
    if (source_.OneIn(8)) step.options |= kMapLocked;
    if (source_.OneIn(16)) step.options |= kMapPopulate;
    step.sharing = source_.OneIn(3) ? MapSharing::kPrivate : MapSharing::kShared;
    if (source_.OneIn(3)) {
      if (source_.OneIn(8)) step.options |= kMapGrowsDown;
      return;
    }
    step.file = static_cast<FileId>(source_.Below(scenario_.files.size()));
    FitToFile(step, scenario_.files[static_cast<size_t>(step.file)]);
  }

  // Asks of the file only what it can be asked.
  void FitToFile(Step& step, const File& file) {
    const BackingFacts& facts = FactsOf(file.backing);
    const bool read_only = file.descriptor == Descriptor::kReadOnly;
    if (facts.privately == Privately::kIsRefused) step.sharing = MapSharing::kShared;
    // Now and then the refusal of a writable mapping is what is asked for.
    if (read_only && step.sharing == MapSharing::kShared && !source_.OneIn(16)) {
      step.access = Access::kRead;
    }
    if (facts.map_place == MapPlace::kAnywhere) {
      step.file_page = static_cast<int64_t>(source_.Below(static_cast<uint64_t>(file.pages)));
    }
    if (facts.past_the_end == PastTheEnd::kCannotBeMapped) {
      step.length = {.pages = std::min(step.length.pages, file.pages - step.file_page)};
    }
    if (facts.map_place == MapPlace::kWhole) {
      step.at = {.pages = std::min(step.at.pages, kPages - file.pages)};
      step.length = {.pages = file.pages};
      step.options = 0;
      step.access = read_only ? Access::kRead : kReadWrite;
    }
  }

  SymbolicCall MakeCall() {
    SymbolicCall call;
    call.addr.pages = static_cast<int64_t>(source_.Below(kPages + 1));
    const uint64_t longest = source_.OneIn(2) ? kPages + 2 : 8;
    call.length.pages = static_cast<int64_t>(source_.Below(longest));
    if (source_.OneIn(8)) call.length.bytes = static_cast<int64_t>(source_.Below(8192)) - 4096;
    if (source_.OneIn(32)) call.length = MakeExtremeLength();
    if (source_.OneIn(32)) call.addr = MakeExtremeAddress();
    call.flags = MakeFlags();
    return call;
  }

  Length MakeExtremeLength() {
    const auto base = static_cast<LengthBase>(source_.Below(3));
    return {.base = base,
            .pages = static_cast<int64_t>(source_.Below(5)) - 2,
            .bytes = static_cast<int64_t>(source_.Below(5)) - 2};
  }

  Position MakeExtremeAddress() {
    switch (source_.Below(4)) {
      case 0:
        return {.anchor = Anchor::kLastPage};
      case 1:
        return {.anchor = Anchor::kZero};
      case 2:
        return {.pages = static_cast<int64_t>(source_.Below(kPages)),
                .bytes = static_cast<int64_t>(source_.Below(4096))};
      default:
        return {.anchor = Anchor::kZero, .bytes = static_cast<int64_t>(source_.Next() & ~0xfffULL)};
    }
  }

  SyncFlags MakeFlags() {
    // Those that reach the walk, and among them those that do something, are asked more often.
    constexpr std::array<uint64_t, 8> kCommon = {0, 1, 2, 3, 4, 4, 6, 6};
    if (!source_.OneIn(16)) return SyncFlags(kCommon[source_.Below(kCommon.size())]);
    if (source_.OneIn(2)) return SyncFlags(source_.Below(8));
    return SyncFlags(source_.Below(8) | (uint64_t{1} << source_.Below(64)));
  }

  RandomSource source_;
  RandomScenario& random_;
  Scenario& scenario_;
};

}  // namespace

std::span<const File> RandomFiles() { return kFiles; }

std::span<const File> CommonRandomFiles() { return std::span(kFiles).first(kCommonFiles); }

void MakeRandomScenario(uint64_t seed, uint64_t index, RandomScenario& random) {
  Maker(seed, index, random).Make();
}

}  // namespace msyncspec
