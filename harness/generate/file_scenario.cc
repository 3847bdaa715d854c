// SPDX-License-Identifier: MIT
#include "harness/generate/file_scenario.h"

#include <algorithm>
#include <array>

#include "harness/generate/random_source.h"

namespace msyncspec {
namespace {

constexpr int64_t kFilePages = 12;
constexpr int64_t kPlaces = 32;  // pages of the arena that are used
constexpr uint64_t kMaxMaps = 4;
constexpr uint64_t kMaxRounds = 3;  // each of stores and a call
constexpr Access kReadWrite = Access::kRead | Access::kWrite;

class Maker {
 public:
  Maker(uint64_t seed, uint64_t index, Backing backing) : source_(seed, index), backing_(backing) {}

  Scenario Make() {
    MakeFiles();
    const uint64_t maps = 2 + source_.Below(kMaxMaps - 1);
    for (uint64_t i = 0; i < maps; ++i) scenario_.actions.push_back(MakeMap());
    const uint64_t rounds = 1 + source_.Below(kMaxRounds);
    for (uint64_t i = 0; i < rounds; ++i) MakeRound();
    return std::move(scenario_);
  }

 private:
  bool IsServed() const { return backing_ == Backing::kFuse; }

  void MakeFiles() {
    scenario_.files.push_back(MakeFile());
    if (source_.OneIn(2)) scenario_.files.push_back(MakeDerived());
    if (source_.OneIn(4)) scenario_.files.push_back(MakeFile());
  }

  File MakeFile() {
    File file = {.backing = backing_, .pages = kFilePages};
    if (!IsServed()) return file;
    if (source_.OneIn(3)) file.cache = ServerCache::kWriteback;
    if (source_.OneIn(4)) file.interrupts = Interrupts::kAnswered;
    if (source_.OneIn(6)) file.fsync = {.error = MakeErrno(), .times = MakeTimes()};
    if (source_.OneIn(4)) {
      file.write = {.error = MakeErrno(), .times = MakeTimes()};
      file.write.begin_page = static_cast<int64_t>(source_.Below(kFilePages));
      file.write.end_page = file.write.begin_page + 1 + static_cast<int64_t>(source_.Below(4));
    }
    return file;
  }

  // Errors that the walk has too, and others.
  Errno MakeErrno() {
    constexpr std::array kChoices = {Errno::kEIO, Errno::kENOSPC, Errno::kENOMEM, Errno::kEBUSY,
                                     Errno::kEINVAL};
    return kChoices[source_.Below(kChoices.size())];
  }
  int MakeTimes() { return static_cast<int>(source_.Below(3)); }

  File MakeDerived() {
    const Origin origin = source_.OneIn(2) ? Origin::kDup : Origin::kReopened;
    File file = DerivedFrom(scenario_.files, 0, origin);
    if (origin == Origin::kReopened && source_.OneIn(3)) file.descriptor = Descriptor::kReadOnly;
    return file;
  }

  Position MakePlace() { return {.pages = static_cast<int64_t>(source_.Below(kPlaces))}; }

  void MakeRange(Step& step, uint64_t longest) {
    step.at = MakePlace();
    const int64_t room = kPlaces - step.at.pages;
    step.length.pages = std::min(room, 1 + static_cast<int64_t>(source_.Below(longest)));
  }

  Step MakeMap() {
    Step step = {.kind = StepKind::kMap, .access = kReadWrite};
    MakeRange(step, 8);
    if (source_.OneIn(6)) return step;
    step.file = static_cast<FileId>(source_.Below(scenario_.files.size()));
    step.sharing = source_.OneIn(5) ? MapSharing::kPrivate : MapSharing::kShared;
    step.file_page = static_cast<int64_t>(source_.Below(kFilePages));
    step.length.pages = std::min(step.length.pages, kFilePages - step.file_page);
    const File& file = scenario_.files[static_cast<size_t>(step.file)];
    const bool read_only = file.descriptor == Descriptor::kReadOnly;
    if (read_only && step.sharing == MapSharing::kShared) step.access = Access::kRead;
    return step;
  }

  Step MakeChange() {
    constexpr std::array kKinds = {StepKind::kLock, StepKind::kUnlock, StepKind::kUnmap,
                                   StepKind::kProtect, StepKind::kMap};
    const StepKind kind = kKinds[source_.Below(kKinds.size())];
    if (kind == StepKind::kMap) return MakeMap();
    Step step = {.kind = kind};
    if (kind == StepKind::kProtect) step.access = source_.OneIn(2) ? kReadWrite : Access::kRead;
    MakeRange(step, 4);
    return step;
  }

  void MakeRound() {
    for (uint64_t i = source_.Below(3); i > 0; --i) {
      Step store = {.kind = StepKind::kWrite};
      // Where nothing is mapped a store faults, and is left out as a whole.
      MakeRange(store, source_.OneIn(2) ? 1 : 4);
      scenario_.actions.push_back(store);
    }
    if (source_.OneIn(3)) scenario_.actions.push_back(MakeChange());
    if (IsServed() && OneConnection() && source_.OneIn(4)) MakeCompany();
    scenario_.actions.push_back(MakeCall());
  }

  // Only where all files have one server can it be made to wait.
  bool OneConnection() const {
    return std::all_of(scenario_.files.begin(), scenario_.files.end(), [&](const File& file) {
      return file.origin != Origin::kNew ||
             ConnectionOf(file) == ConnectionOf(scenario_.files.front());
    });
  }

  void MakeCompany() {
    const int first = 1 + static_cast<int>(source_.Below(2));
    for (int i = 0; i < 2; ++i) {
      Step step = source_.OneIn(4)   ? Step{.kind = StepKind::kSignal}
                  : source_.OneIn(3) ? Step{.kind = StepKind::kWrite}
                                     : MakeChange();
      if (step.kind == StepKind::kWrite) MakeRange(step, 1);
      step.moment = Moment::During(first + i);
      scenario_.actions.push_back(step);
    }
  }

  SymbolicCall MakeCall() {
    constexpr std::array<uint64_t, 8> kFlags = {4, 4, 4, 6, 0, 1, 2, 3};
    SymbolicCall call = {.addr = MakePlace()};
    call.length.pages = static_cast<int64_t>(source_.Below(kPlaces));
    if (source_.OneIn(4)) call.length.bytes = 1;
    call.flags = SyncFlags(kFlags[source_.Below(kFlags.size())]);
    return call;
  }

  RandomSource source_;
  const Backing backing_;
  Scenario scenario_;
};

// FUSE takes errors up to 511; those that Linux itself gives to programs end at 133. Each of the
// latter is answered to writes, with the server's writeback cache and without.
constexpr int kWriteErrors = 133;
constexpr int kErrors = kMaxServerErrno + 2 * kWriteErrors;

File FaultyFile(int error) {
  File file = {.backing = Backing::kFuse, .pages = 4};
  if (error < kMaxServerErrno) {
    file.fsync = {.error = static_cast<Errno>(error + 1), .times = 1};
    return file;
  }
  const int k = error - kMaxServerErrno;
  file.write = {.error = static_cast<Errno>(k % kWriteErrors + 1)};
  if (k >= kWriteErrors) file.cache = ServerCache::kWriteback;
  return file;
}

}  // namespace

Scenario MakeFileScenario(uint64_t seed, uint64_t index, Backing backing) {
  return Maker(seed, index, backing).Make();
}

int CountInjections() {
  return (kErrors + static_cast<int>(kMaxFiles) - 1) / static_cast<int>(kMaxFiles);
}

Scenario MakeInjection(int i) {
  Scenario scenario;
  const int first = i * static_cast<int>(kMaxFiles);
  const int last = std::min(first + static_cast<int>(kMaxFiles), kErrors);
  for (int error = first; error < last; ++error) {
    scenario.files.push_back(FaultyFile(error));
    // A hole, which the error is to hide, and a mapping behind it, which it is to leave alone.
    const int64_t place = 4 * (error - first);
    for (const int64_t page : {0, 2}) {
      const Step map = {.at = {.pages = place + page},
                        .length = {.pages = 1},
                        .sharing = MapSharing::kShared,
                        .access = kReadWrite,
                        .file = static_cast<FileId>(error - first),
                        .file_page = page};
      scenario.actions.push_back(map);
      scenario.actions.push_back(
          Step{.kind = StepKind::kWrite, .at = map.at, .length = map.length});
    }
    const SymbolicCall call = {
        .addr = {.pages = place}, .length = {.pages = 3}, .flags = SyncFlags(4)};
    scenario.actions.push_back(call);
    scenario.actions.push_back(call);
  }
  return scenario;
}

}  // namespace msyncspec
