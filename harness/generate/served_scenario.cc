// SPDX-License-Identifier: MIT
#include "harness/generate/served_scenario.h"

#include <algorithm>
#include <array>

#include "harness/generate/random_source.h"

namespace msyncspec {
namespace {

constexpr int64_t kPages = 16;  // of the arena that these scenarios use, and of each file
constexpr uint64_t kMaxMaps = 4;
constexpr uint64_t kMaxCalls = 4;
constexpr uint64_t kMaxChanges = 3;  // before each call
constexpr uint64_t kLongest = 6;     // pages of most ranges

constexpr Access kReadWrite = Access::kRead | Access::kWrite;

constexpr auto kFiles = std::to_array<File>({
    {.backing = Backing::kFuse, .pages = kPages},
    {.backing = Backing::kFuse, .pages = kPages, .origin = Origin::kReopened, .of = 0},
    {.backing = Backing::kFuse,
     .pages = kPages,
     .descriptor = Descriptor::kReadOnly,
     .origin = Origin::kReopened,
     .of = 0},
    {.backing = Backing::kFuse, .pages = kPages},
});

class Maker {
 public:
  Maker(uint64_t seed, uint64_t index, Scenario& scenario)
      : source_(seed, index), scenario_(scenario) {}

  void Make() {
    scenario_.files.assign(kFiles.begin(), kFiles.end());
    scenario_.actions.clear();
    for (uint64_t maps = 1 + source_.Below(kMaxMaps); maps > 0; --maps) Add(MakeMap());
    for (uint64_t calls = 1 + source_.Below(kMaxCalls); calls > 0; --calls) {
      for (uint64_t changes = source_.Below(kMaxChanges + 1); changes > 0; --changes) {
        Add(MakeChange());
      }
      scenario_.actions.push_back(MakeCall());
    }
  }

 private:
  void Add(const Step& step) { scenario_.actions.push_back(step); }

  Step Somewhere(StepKind kind) {
    Step step = {.kind = kind};
    step.at.pages = static_cast<int64_t>(source_.Below(kPages));
    const int64_t longest = source_.OneIn(4) ? kPages : static_cast<int64_t>(kLongest);
    step.length.pages = 1 + static_cast<int64_t>(source_.Below(
                                static_cast<uint64_t>(std::min(longest, kPages - step.at.pages))));
    return step;
  }

  Step MakeMap() {
    Step step = Somewhere(StepKind::kMap);
    step.access = source_.OneIn(8) ? Access::kRead : kReadWrite;
    step.sharing = source_.OneIn(6) ? MapSharing::kPrivate : MapSharing::kShared;
    if (source_.OneIn(16)) step.options |= kMapLocked;
    if (source_.OneIn(8)) return step;
    // Half of them are the first file at a fixed place, so that neighbours continue one another.
    step.file = source_.OneIn(2) ? FileId{0} : static_cast<FileId>(source_.Below(kFiles.size()));
    step.file_page = source_.OneIn(2) ? step.at.pages
                                      : static_cast<int64_t>(source_.Below(
                                            static_cast<uint64_t>(kPages - step.length.pages + 1)));
    const bool read_only =
        kFiles[static_cast<size_t>(step.file)].descriptor == Descriptor::kReadOnly;
    if (read_only && step.sharing == MapSharing::kShared) step.access = Access::kRead;
    return step;
  }

  // Stores come most often: they are what there is to be written.
  Step MakeChange() {
    switch (source_.Below(16)) {
      case 0:
        return Somewhere(StepKind::kUnmap);
      case 1:
        return Somewhere(StepKind::kLock);
      case 2:
        return Somewhere(StepKind::kUnlock);
      case 3: {
        Step protect = Somewhere(StepKind::kProtect);
        protect.access = source_.OneIn(3) ? Access::kRead : kReadWrite;
        return protect;
      }
      case 4:
        return MakeMap();
      default:
        return MakeStore();
    }
  }

  // Mostly one page, so that few of them fault in a hole.
  Step MakeStore() {
    Step store = Somewhere(StepKind::kWrite);
    if (!source_.OneIn(4)) store.length.pages = 1;
    return store;
  }

  SymbolicCall MakeCall() {
    const Step range = Somewhere(StepKind::kUnmap);
    SymbolicCall call = {.addr = range.at, .length = range.length};
    // All flags; those that do something twice as often.
    constexpr std::array<uint64_t, 12> kFlags = {0, 1, 2, 3, 4, 5, 6, 7, 4, 4, 4, 6};
    call.flags = SyncFlags(kFlags[source_.Below(kFlags.size())]);
    if (source_.OneIn(3)) call.addr = {}, call.length = {.pages = kPages};
    return call;
  }

  RandomSource source_;
  Scenario& scenario_;
};

}  // namespace

std::span<const File> ServedScenarioFiles() { return kFiles; }

void MakeServedScenario(uint64_t seed, uint64_t index, Scenario& scenario) {
  Maker(seed, index, scenario).Make();
}

}  // namespace msyncspec
