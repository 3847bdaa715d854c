// SPDX-License-Identifier: MIT
#include "model/linux_walk.h"

#include <algorithm>

#include "model/walk_rules.h"

namespace msyncspec {
namespace {

using namespace walk_rules;  // the rules are this file's vocabulary

// One walk. `Trace` is called with each step; the one that does nothing costs nothing.
template <typename Trace>
class Walk {
 public:
  Walk(const WalkBehaviour& behaviour, const AddressSpace& space, const AcceptedCall& accepted,
       std::vector<SyncedRange>& syncs, const Trace& trace)
      : behaviour_(behaviour),
        space_(space),
        flags_(accepted.call.flags),
        numbers_(accepted.machine.flags),
        range_(accepted.range),
        syncs_(syncs),
        trace_(trace) {}

  // Returns the answer of the call; deciding_rule() then says why.
  Errno Run() {
    const bool async_only = flags_.word() == numbers_.async;
    Address start = range_.begin;  // all below it has been walked
    Errno remembered = Errno::kOk;
    for (const Mapping& mapping : space_.From(start)) {
      if (start < mapping.begin) {
        if (async_only && behaviour_.async_at_hole == AsyncAtHole::kStops) {
          return Stop(kHoleAsync, {start, std::min(mapping.begin, range_.end)}, behaviour_.hole);
        }
        if (mapping.begin >= range_.end) {
          if (LosesHolesAt(mapping)) return SyncBehind(mapping, {start, range_.end});
          return Stop(kHoleReachesEnd, {start, range_.end}, behaviour_.hole);
        }
        remembered = behaviour_.hole;
        Pass(kHoleRemembered, {start, mapping.begin}, behaviour_.hole);
        start = mapping.begin;
      }
      const AddressRange part = {start, std::min(mapping.end, range_.end)};
      if (flags_.Has(numbers_.invalidate) && mapping.locked() &&
          behaviour_.lock_test == LockTest::kBeforeEachSync) {
        return Stop(kLocked, part, Errno::kEBUSY);
      }
      if (const Errno error = Sync(mapping, part); error != Errno::kOk) return error;
      if (mapping.end >= range_.end) {
        return LosesHolesAt(mapping) ? Forget(remembered, range_) : Finish(remembered);
      }
      start = mapping.end;
    }
    if (behaviour_.faults == LoopFaults::kLosesHoles && start > range_.begin) {
      return Forget(behaviour_.hole, {start, range_.end});
    }
    return Stop(kHoleToTheEnd, {start, range_.end}, behaviour_.hole);
  }

  const Rule* deciding_rule() const { return rule_; }

 private:
  // Syncs the part of `mapping` that lies in the range, if there is anything to sync.
  Errno Sync(const Mapping& mapping, AddressRange part) {
    const bool sync = flags_.Has(numbers_.sync);
    if (!sync && behaviour_.unsynced == UnsyncedEffect::kNothing) return Pass(kNoSync, part);
    if (mapping.sharing == Sharing::kPrivate) return Pass(kPrivate, part);
    if (mapping.sharing == Sharing::kSharedReadOnlyFile) return Pass(kReadOnlyFile, part);
    if (!sync) return MarkDirty(mapping, part);
    if (mapping.file < 0) return Pass(kSynced, part);

    const FileFacts& file = space_.file(mapping.file);
    if (file.fsync == Fsync::kNone) {
      if (behaviour_.no_fsync == Errno::kOk) return Pass(kNoFsync, part);
      return Stop(kNoFsync, part, behaviour_.no_fsync);
    }
    syncs_.push_back(Request(mapping, part, behaviour_.extent));
    syncs_.back().kind = behaviour_.sync;
    syncs_.back().answer = file.fsync_error;
    if (file.fsync_error != Errno::kOk) return Stop(kFsyncError, part, file.fsync_error);
    return Pass(kSynced, part);
  }

  // What calls without MS_SYNC once did for a shared mapping of a file; no error can come of it.
  Errno MarkDirty(const Mapping& mapping, AddressRange part) {
    const bool starts =
        flags_.Has(numbers_.async) && behaviour_.unsynced == UnsyncedEffect::kStartsWriteback;
    if (mapping.file >= 0) {
      syncs_.push_back(starts ? Request(mapping, part, SyncExtent::kWholeFile)
                              : Request(mapping, part, SyncExtent::kMappedRange));
      syncs_.back().kind = starts ? SyncKind::kScheduled : SyncKind::kMarkedDirty;
    }
    return Pass(starts ? kAsyncStarts : kMarksDirty, part);
  }

  SyncedRange Request(const Mapping& mapping, AddressRange part, SyncExtent extent) const {
    SyncedRange request = {.file = mapping.file};
    if (extent == SyncExtent::kWholeFile) {
      request.end = SyncedRange::kToEndOfFile;
    } else {
      request.begin = mapping.offset + (part.begin - mapping.begin);
      request.end = request.begin + (part.end - part.begin);
    }
    return request;
  }

  // Linux 2.6.17 and 2.6.18: what the fsync of the last mapping answers took the place of a hole.
  bool LosesHolesAt(const Mapping& last) const {
    return behaviour_.faults == LoopFaults::kLosesHoles && flags_.Has(numbers_.sync) &&
           last.sharing == Sharing::kShared;
  }

  // They even took the first mapping behind the range for the last one in it.
  Errno SyncBehind(const Mapping& mapping, AddressRange hole) {
    if (const Errno error = Sync(mapping, {mapping.begin, mapping.begin}); error != Errno::kOk) {
      return error;
    }
    return Stop(kSyncedBehind, hole, Errno::kOk);
  }

  Errno Forget(Errno remembered, AddressRange part) {
    return Stop(remembered == Errno::kOk ? kCovered : kHoleForgotten, part, Errno::kOk);
  }

  // The end of the range is reached: the answer is the hole that was remembered, or success.
  Errno Finish(Errno remembered) {
    return Stop(remembered == Errno::kOk ? kCovered : kHoleRemembered, range_, remembered);
  }

  Errno Pass(const Rule& rule, AddressRange part, Errno remembered = Errno::kOk) {
    trace_({&rule, part, remembered});
    return Errno::kOk;
  }

  Errno Stop(const Rule& rule, AddressRange part, Errno answer) {
    trace_({&rule, part, answer});
    rule_ = &rule;
    return answer;
  }

  const WalkBehaviour& behaviour_;
  const AddressSpace& space_;
  const SyncFlags flags_;
  const SyncFlagNumbers& numbers_;
  const AddressRange range_;
  std::vector<SyncedRange>& syncs_;
  const Trace& trace_;
  const Rule* rule_ = nullptr;
};

template <typename Trace>
void RunWalk(const WalkBehaviour& behaviour, const AddressSpace& space,
             const AcceptedCall& accepted, Prediction& prediction, const Trace& trace) {
  prediction.syncs.clear();
  Walk walk(behaviour, space, accepted, prediction.syncs, trace);
  prediction.outcomes = Outcomes(walk.Run());
  prediction.rule = walk.deciding_rule();
  prediction.walked = true;
}

}  // namespace

void WalkMappings(const WalkBehaviour& behaviour, const AddressSpace& space,
                  const AcceptedCall& accepted, Prediction& prediction,
                  std::vector<TraceStep>* steps) {
  if (steps == nullptr) {
    RunWalk(behaviour, space, accepted, prediction, [](const TraceStep&) {});
  } else {
    RunWalk(behaviour, space, accepted, prediction,
            [steps](const TraceStep& step) { steps->push_back(step); });
  }
}

std::span<const Rule* const> WalkRules() {
  static constexpr const Rule* kAll[] = {
      &kHoleToTheEnd, &kHoleAsync,    &kHoleReachesEnd, &kHoleRemembered, &kLocked,     &kNoSync,
      &kPrivate,      &kReadOnlyFile, &kNoFsync,        &kSynced,         &kFsyncError, &kCovered,
      &kAsyncStarts,  &kMarksDirty,   &kHoleForgotten,  &kSyncedBehind};
  return kAll;
}

}  // namespace msyncspec
