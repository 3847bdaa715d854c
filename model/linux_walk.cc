// SPDX-License-Identifier: MIT
#include "model/linux_walk.h"

#include <algorithm>

#include "model/walk_rules.h"

namespace msyncspec {
namespace {

using namespace walk_rules;  // the rules are this file's vocabulary

// One walk. `Trace` is called with each step, `Meanwhile` while a file is synced; those that do
// nothing cost nothing.
template <typename Trace, typename Meanwhile>
class Walk {
 public:
  Walk(const WalkBehaviour& behaviour, const AddressSpace& space, const AcceptedCall& accepted,
       std::vector<SyncedRange>& syncs, const Trace& trace, const Meanwhile& meanwhile)
      : behaviour_(behaviour),
        space_(space),
        flags_(accepted.call.flags),
        numbers_(accepted.machine.flags),
        range_(accepted.range),
        syncs_(syncs),
        trace_(trace),
        meanwhile_(meanwhile) {}

  // Returns the answer of the call; deciding_rule() then says why.
  Errno Run() { return From(range_.begin, Errno::kOk); }

  const Rule* deciding_rule() const { return rule_; }

 private:
  // Walks from `start` on, below which all has been walked; `remembered` has been met there.
  Errno From(Address start, Errno remembered) {
    const bool async_only = flags_.word() == numbers_.async;
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
      start = mapping.end;
      const bool loses_holes = LosesHolesAt(mapping);
      if (const Errno error = Sync(mapping, part); error != Errno::kOk) return error;
      if (start >= range_.end) return loses_holes ? Forget(remembered, range_) : Finish(remembered);
      if (changed_) return Resume(start, remembered);
    }
    if (behaviour_.faults == LoopFaults::kLosesHoles && start > range_.begin) {
      return Forget(behaviour_.hole, {start, range_.end});
    }
    return Stop(kHoleToTheEnd, {start, range_.end}, behaviour_.hole);
  }

  // Another thread has changed the mappings: what was found of them counts no more.
  Errno Resume(Address start, Errno remembered) {
    changed_ = false;
    return From(start, remembered);
  }

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
    SyncedRange request = Request(mapping, part, behaviour_.extent);
    request.kind = behaviour_.sync;
    request.answer = WritingBack(file, {request.begin, request.end});
    request.asked = request.answer == Errno::kOk && !LacksFsync(file);
    changed_ = meanwhile_(request);
    if (request.asked) request.answer = Asked(space_.file(request.file));
    syncs_.push_back(request);
    if (request.answer == Errno::kOk) return Pass(kSynced, part);
    return Stop(request.asked ? kFsyncError : kWriteError, part, request.answer);
  }

  // What the file's own fsync answers. A server that does not know it is asked once.
  Errno Asked(const FileFacts& file) {
    if (file.fsync_error != Errno::kENOSYS || file.fsync != Fsync::kAsksServer) {
      return file.fsync_error;
    }
    lack_fsync_ |= 1U << file.connection;
    return Errno::kOk;
  }

  bool LacksFsync(const FileFacts& file) const {
    return file.server_lacks_fsync || ((lack_fsync_ >> file.connection) & 1U) != 0;
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
  const Meanwhile& meanwhile_;
  const Rule* rule_ = nullptr;
  bool changed_ = false;     // by another thread, while a file was synced
  uint32_t lack_fsync_ = 0;  // the connections whose server has said so during this walk, as bits
};

template <typename Trace, typename Meanwhile>
void RunWalk(const WalkBehaviour& behaviour, const AddressSpace& space,
             const AcceptedCall& accepted, Prediction& prediction, const Trace& trace,
             const Meanwhile& meanwhile) {
  prediction.syncs.clear();
  Walk walk(behaviour, space, accepted, prediction.syncs, trace, meanwhile);
  prediction.outcomes = Outcomes(walk.Run());
  prediction.rule = walk.deciding_rule();
  prediction.walked = true;
}

}  // namespace

void WalkMappings(const WalkBehaviour& behaviour, const AddressSpace& space,
                  const AcceptedCall& accepted, Prediction& prediction, const Onlooker* onlooker) {
  if (onlooker == nullptr) {
    RunWalk(
        behaviour, space, accepted, prediction, [](const TraceStep&) {},
        [](const SyncedRange&) { return false; });
  } else {
    RunWalk(
        behaviour, space, accepted, prediction,
        [onlooker](const TraceStep& step) { onlooker->steps->push_back(step); },
        [onlooker](const SyncedRange& request) {
          return onlooker->meanwhile && onlooker->meanwhile(request);
        });
  }
}

std::span<const Rule* const> WalkRules() {
  static constexpr const Rule* kAll[] = {
      &kHoleToTheEnd, &kHoleAsync,     &kHoleReachesEnd, &kHoleRemembered, &kLocked,
      &kNoSync,       &kPrivate,       &kReadOnlyFile,   &kNoFsync,        &kSynced,
      &kFsyncError,   &kCovered,       &kWriteError,     &kInterleaved,    &kAsyncStarts,
      &kMarksDirty,   &kHoleForgotten, &kSyncedBehind};
  return kAll;
}

}  // namespace msyncspec
