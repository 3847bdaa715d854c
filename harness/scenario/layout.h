// SPDX-License-Identifier: MIT
#ifndef MSYNCSPEC_HARNESS_SCENARIO_LAYOUT_H_
#define MSYNCSPEC_HARNESS_SCENARIO_LAYOUT_H_

#include <array>
#include <bitset>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "absl/strings/string_view.h"
#include "harness/scenario/file_states.h"
#include "harness/scenario/kernel_facts.h"
#include "harness/scenario/scenario.h"
#include "model/address_space.h"
#include "model/errno.h"
#include "model/machine.h"
#include "model/profile.h"

namespace msyncspec {

// What a kernel can do beyond what every Linux can. Steps that need more are not modelled.
struct KernelFeatures {
  bool keeping_remap = true;           // MREMAP_DONTUNMAP of private anonymous memory (5.7)
  bool keeping_remap_of_files = true;  // and of anything else (5.13)
  bool guard_pages = true;             // MADV_GUARD_INSTALL in anonymous memory (6.13)
  bool guard_pages_in_files = true;    // and in mappings of files (6.15)
  bool seal = true;                    // mseal (6.10)
  bool userfault = true;               // userfaultfd for faults in user mode (5.11)
  bool droppable = true;               // MAP_DROPPABLE (6.11)
  // How mappings join whose file wants to hear of their ends: kGrows, kGrowsUpwards or kNever.
  Joining closed = Joining::kGrows;
};

// What surrounds a scenario: the machine, the place of the arena, the process's own mappings, and
// its rights to lock memory.
struct Surroundings {
  Machine machine;
  Address arena;
  std::vector<Mapping> ambient;  // the process's own mappings, in order
  bool ambient_known = true;     // false where nothing tells them
  // Where they are not known, because they come and go: whether all that is ever among them is
  // unlocked and can be synced without an error, and all around the arena is unmapped.
  bool ambient_is_plain = false;
  std::optional<Bytes> lock_limit;           // RLIMIT_MEMLOCK, unless the process is above it
  Bytes stack_gap = {uint64_t{256} * 4096};  // kept free below a mapping that grows down
  Bytes stack_limit = {uint64_t{8} << 20};   // RLIMIT_STACK
  KernelFeatures features;                   // what the kernel can do
  KernelFacts kernel;                        // what the kernel says of backings
  // Where each file was mapped before the first step, for those whose maps move it; else empty.
  std::array<AddressRange, kMaxFiles> homes{};
};

// Whether st_mtime and st_ctime of a file move.
enum class TimesMove : uint8_t { kStay, kMove, kUnknown };

// What the model says of a step.
struct StepPrediction {
  enum class Kind : uint8_t {
    kReturns,     // it answers `result`
    kFaults,      // the store would raise `signal`, and is not performed
    kUnmodelled,  // the model does not say; the scenario is unsupported, because of `why`
  };
  Kind kind = Kind::kReturns;
  Errno result = Errno::kOk;
  int signal = 0;
  absl::string_view why;
  bool waits = false;                        // for the answer that a call awaits
  std::array<TimesMove, kMaxFiles> times{};  // for each file with an object of its own
};

// The layout that steps leave, worked out by a model of mmap, munmap, mprotect, mlock, mremap,
// ftruncate, madvise, mseal, userfaultfd, fork and stores, without a kernel. Allocates nothing once
// it has grown.
class Layout {
 public:
  // `surroundings` and `behaviour` outlive the layout.
  Layout(const Surroundings& surroundings, const LayoutBehaviour& behaviour);

  // Goes back to the surroundings alone, with `files` as they are before the first step.
  void Reset(std::span<const File> files);

  // Says what `step`, which is valid for the files, does here, and changes the layout accordingly.
  StepPrediction Apply(const Step& step);

  // Says so of a step that another thread makes while a file server is asked to sync `waiting`.
  StepPrediction ApplyMeanwhile(const Step& step, const SyncedRange& waiting);

  // What a call does to the files: when it syncs `request` and the file itself is yet to answer,
  // and when it has answered.
  void WriteBack(const SyncedRange& request);
  void TakeAnswer(const SyncedRange& request);

  const AddressSpace& space() const { return space_; }
  const FileStates& file_states() const { return states_; }
  // The number of the last store, which is what it leaves in memory; 0 before any.
  uint8_t last_store() const { return stores_; }
  const Surroundings& surroundings() const { return surroundings_; }

 private:
  StepPrediction Change(const Step& step);

  enum class Source : uint8_t { kGoes, kStays };  // what becomes of what mremap has moved

  // layout_map.cc
  StepPrediction Map(const Step& step);
  StepPrediction MapFile(const Step& step, AddressRange range) const;
  Mapping NewMapping(const Step& step, AddressRange range) const;
  StepPrediction Unmap(const Step& step);
  StepPrediction Protect(const Step& step);

  // layout_advise.cc
  StepPrediction Advise(const Step& step);
  StepPrediction AnswerTo(Advice advice, const Mapping& mapping) const;
  StepPrediction AnswerToGuard(const Mapping& mapping) const;
  void Take(Advice advice, AddressRange range);
  size_t GuardIndex(Address page) const;
  bool IsGuard(Address page) const;
  bool AnyGuard(AddressRange range) const;
  void SetGuards(AddressRange range, bool value);

  // layout_marks.cc
  StepPrediction Seal(const Step& step);
  StepPrediction RegisterUserfault(const Step& step);
  StepPrediction AnswerToUserfault(const Mapping& mapping) const;
  bool AnySealed(AddressRange range) const;
  Errno Remove(AddressRange range);

  // layout_fork.cc
  StepPrediction Fork();

  // layout_cut.cc
  bool CanBeCutAt(const Mapping& mapping, Address place) const;
  bool CanBeCutOut(AddressRange range) const;
  bool IsOfLargeUnits(const Mapping& mapping) const;
  bool GrowsAsUsual(const Mapping& mapping) const;
  bool RefusesWriters(const Mapping& mapping) const;
  StepPrediction MapByMoving(const Step& step);

  // layout_lock.cc
  StepPrediction LockRange(const Step& step, Lock lock);
  StepPrediction LockAll(const Step& step);
  StepPrediction UnlockAll();
  AddressRange WithoutDeafEnds(AddressRange range) const;
  Errno Populate(AddressRange range) const;
  bool MayLockAtAll() const;
  bool FitsLockLimit(uint64_t more_bytes) const;
  uint64_t LockedBytes(AddressRange range) const;

  // layout_remap.cc
  StepPrediction Remap(const Step& step);
  StepPrediction RemapInPlace(Address at, Bytes old_length, Bytes new_length);
  StepPrediction RemapTo(Address at, Bytes old_length, Address to, Bytes new_length, Source source);
  StepPrediction RemapSealed(AddressRange source) const;
  StepPrediction WhyNotMoved(AddressRange range, Source source) const;
  StepPrediction MoveSeveral(AddressRange from, Address to, Source source);
  Errno MoveOne(AddressRange from, Address to, Bytes new_length, Source source);
  void Leave(AddressRange from, Source source);

  // layout_store.cc
  StepPrediction Write(const Step& step);
  StepPrediction Truncate(const Step& step);
  StepPrediction Reopen(const Step& step);
  void StoreIn(const Mapping& mapping, Address page, StepPrediction& predicted);
  TimesMove TimesAfterStore(FileId object, uint64_t page) const;
  void WriteBackUnmapped(AddressRange range);
  const Mapping* GrowsDownTo(Address page) const;

  Address At(const Position& position) const;
  Bytes LengthOf(const Length& length) const;
  Bytes PageUp(Bytes length) const { return surroundings_.machine.RoundUpToPages(length); }
  AddressRange WholePages(const Step& step) const;
  Bytes page_size() const { return surroundings_.machine.page_size; }
  const File* FileOf(const Mapping& mapping) const;
  bool IsKernelOwned(const Mapping& mapping) const;
  bool IsPastTheEnd(const Mapping& mapping, Address page) const;
  bool MovesAlone(const Mapping& mapping) const;
  bool IsPrivateZeros(const Mapping& mapping) const;

  const Surroundings& surroundings_;
  const LayoutBehaviour& behaviour_;
  AddressSpace space_;
  std::vector<File> files_;  // as they are before the first step
  FileStates states_;
  std::array<bool, kMaxFiles> moved_{};  // whether a map step has moved the only mapping of it
  bool moved_zeros_ = false;             // whether private memory of /dev/zero has been moved
  bool has_server_ = false;
  bool brings_in_ = false;  // whether a step may have brought pages in before any store
  uint8_t stores_ = 0;
  std::bitset<kArenaPages> guards_;     // the pages of the arena that are guards
  Lock lock_of_new_ = Lock::kUnlocked;  // what mlockall(MCL_FUTURE) has asked for
};

// How Layout's parts write their answers.
inline StepPrediction Returns(Errno result) { return {.result = result}; }
inline StepPrediction Unmodelled(absl::string_view why) {
  return {.kind = StepPrediction::Kind::kUnmodelled, .why = why};
}

// What stands in the way of everything that brings in pages of a userfaultfd.
inline StepPrediction WouldWait() {
  return Unmodelled("would wait for the handler of the userfaultfd");
}
inline constexpr absl::string_view kPartsOfWhatCannotBeCut =
    "what becomes of a part of a mapping that cannot be cut there";

}  // namespace msyncspec

#endif  // MSYNCSPEC_HARNESS_SCENARIO_LAYOUT_H_
