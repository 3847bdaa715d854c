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
       std::vector<FsyncRequest>& fsyncs, const Trace& trace)
      : behaviour_(behaviour),
        space_(space),
        flags_(accepted.call.flags),
        numbers_(accepted.machine.flags),
        range_(accepted.range),
        fsyncs_(fsyncs),
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
      if (mapping.end >= range_.end) return Finish(remembered);
      start = mapping.end;
    }
    return Stop(kHoleToTheEnd, {start, range_.end}, behaviour_.hole);
  }

  const Rule* deciding_rule() const { return rule_; }

 private:
  // Syncs the part of `mapping` that lies in the range, if there is anything to sync.
  Errno Sync(const Mapping& mapping, AddressRange part) {
    if (!flags_.Has(numbers_.sync)) return Pass(kNoSync, part);
    if (mapping.sharing == Sharing::kPrivate) return Pass(kPrivate, part);
    if (mapping.sharing == Sharing::kSharedReadOnlyFile) return Pass(kReadOnlyFile, part);
    if (mapping.file < 0) return Pass(kSynced, part);

    const FileFacts& file = space_.file(mapping.file);
    if (file.fsync == Fsync::kNone) {
      if (behaviour_.no_fsync == Errno::kOk) return Pass(kNoFsync, part);
      return Stop(kNoFsync, part, behaviour_.no_fsync);
    }
    fsyncs_.push_back(Request(mapping, part, file.fsync_error));
    if (file.fsync_error != Errno::kOk) return Stop(kFsyncError, part, file.fsync_error);
    return Pass(kSynced, part);
  }

  FsyncRequest Request(const Mapping& mapping, AddressRange part, Errno answer) const {
    FsyncRequest request = {.file = mapping.file, .detail = behaviour_.detail, .answer = answer};
    if (behaviour_.extent == SyncExtent::kWholeFile) {
      request.end = FsyncRequest::kToEndOfFile;
    } else {
      request.begin = mapping.offset + (part.begin - mapping.begin);
      request.end = request.begin + (part.end - part.begin);
    }
    return request;
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
  std::vector<FsyncRequest>& fsyncs_;
  const Trace& trace_;
  const Rule* rule_ = nullptr;
};

template <typename Trace>
void RunWalk(const WalkBehaviour& behaviour, const AddressSpace& space,
             const AcceptedCall& accepted, Prediction& prediction, const Trace& trace) {
  prediction.fsyncs.clear();
  Walk walk(behaviour, space, accepted, prediction.fsyncs, trace);
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
      &kPrivate,      &kReadOnlyFile, &kNoFsync,        &kSynced,         &kFsyncError, &kCovered};
  return kAll;
}

}  // namespace msyncspec
