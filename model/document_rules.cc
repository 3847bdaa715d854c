// SPDX-License-Identifier: MIT
#include "model/document_rules.h"

#include <algorithm>
#include <utility>

namespace msyncspec {
namespace {

// Names the outcome where not one clause of a document applies.
constexpr Rule kNothingSaid = {.id = "silence.no_clause",
                               .says = "No clause speaks of such a call."};

// Returns the number of bytes from addr up to `end`, which is not below it.
Bytes From(const Call& call, uint64_t end) { return {end - call.addr.value}; }

// Whether the range holds a byte of the last page, which is never mapped, or passes it.
bool ReachesTheLastPage(const Machine& machine, const Call& call) {
  const Address last_page = machine.LastPage();
  return call.addr >= last_page || call.length > From(call, last_page.value);
}

// Whether the range holds more bytes than there are from addr on.
bool PassesTheEnd(const Machine& machine, const Call& call) {
  const Bytes left_but_one = From(call, Machine::Ones(machine.address_bits));
  return call.length > Bytes{0} && call.length - Bytes{1} > left_but_one;
}

// The whole pages that hold the bytes of the range, up to the last page of the address space.
AddressRange PagesOf(const Machine& machine, const Call& call) {
  const uint64_t in_page = machine.page_size.count - 1;
  const uint64_t begin = call.addr.value & ~in_page;
  if (call.length == Bytes{0}) return {{begin}, {begin}};
  if (ReachesTheLastPage(machine, call)) return {{begin}, machine.LastPage()};
  return {{begin}, {(call.addr.value + call.length.count + in_page) & ~in_page}};
}

bool LeavesOpen(Force force) { return force == Force::kForbids || force == Force::kLeavesOpen; }

bool DemandsAnError(Force force) { return force == Force::kFails || force == Force::kFailsSomehow; }

// Whether a clause that applies has nothing to say, given that another makes the call fail or not.
bool IsMoot(Force force, bool fails) {
  return force == Force::kStates ||
         (fails && (force == Force::kSucceeds || force == Force::kSyncs));
}

bool IsAboutFiles(Force force) { return force == Force::kSyncs || force == Force::kSyncsAnyway; }

// Adds `range` to `ranges`. What meets one of its file and kind becomes one with it: where Linux
// has split a mapping, for a lock or another protection, no document sees two.
void Add(const SyncedRange& range, std::vector<SyncedRange>& ranges) {
  for (SyncedRange& each : ranges) {
    const bool meets = each.begin <= range.end && range.begin <= each.end;
    if (each.file != range.file || each.kind != range.kind || !meets) continue;
    each.begin = std::min(each.begin, range.begin);
    each.end = std::max(each.end, range.end);
    return;
  }
  ranges.push_back(range);
}

// Returns what `clause` says of the files in `range`.
std::vector<SyncedRange> ClaimsIn(const DocumentRule& clause, const AddressSpace& space,
                                  AddressRange range) {
  std::vector<SyncedRange> claims;
  for (const Mapping& mapping : space.From(range.begin)) {
    const Address begin = std::max(range.begin, mapping.begin);
    const Address end = std::min(range.end, mapping.end);
    if (begin >= end) break;
    if (mapping.file < 0 || mapping.sharing != clause.sharing) continue;
    const Bytes offset = mapping.offset + (begin - mapping.begin);
    Add({.file = mapping.file, .begin = offset, .end = offset + (end - begin), .kind = clause.sync},
        claims);
  }
  return claims;
}

}  // namespace

bool Decides(const DocumentRule& clause) {
  return DemandsAnError(clause.force) ||
         (LeavesOpen(clause.force) && clause.latitude != Latitude::kDetermined);
}

Situation SituationOf(const Machine& machine, const AddressSpace& space, const Call& call) {
  const AddressRange range = PagesOf(machine, call);
  Situation situation = {.async = call.flags.Has(machine.flags.async),
                         .sync = call.flags.Has(machine.flags.sync),
                         .invalidate = call.flags.Has(machine.flags.invalidate),
                         .unknown_flag = call.flags.UnknownBits(machine.flags) != 0,
                         .aligned = machine.IsPageAligned(call.addr),
                         .empty = call.length == Bytes{0},
                         .too_long = PassesTheEnd(machine, call),
                         .at_the_end = call.length > Bytes{0} && ReachesTheLastPage(machine, call),
                         .negative = (call.length.count >> (machine.argument_bits - 1)) != 0};
  Address reached = range.begin;
  for (const Mapping& mapping : space.From(range.begin)) {
    if (mapping.begin >= range.end || reached >= range.end) break;
    situation.unmapped |= reached < mapping.begin;
    situation.locked |= mapping.locked();
    situation.is_private |= mapping.sharing == Sharing::kPrivate;
    situation.anonymous |= mapping.file < 0;
    if (mapping.sharing != Sharing::kPrivate && mapping.file >= 0) {
      const FileFacts& file = space.file(mapping.file);
      situation.unsyncable |= file.fsync == Fsync::kNone;
      const Bytes begin = mapping.offset + (std::max(range.begin, mapping.begin) - mapping.begin);
      const Bytes end = mapping.offset + (std::min(range.end, mapping.end) - mapping.begin);
      situation.failing |=
          file.fsync_error != Errno::kOk || WritingBack(file, {begin, end}) != Errno::kOk;
    }
    reached = mapping.end;
  }
  situation.is_region = !situation.too_long && space.IsRegion({call.addr, call.addr + call.length});
  situation.unmapped |= reached < range.end || situation.at_the_end;
  return situation;
}

void ReadClauses(std::span<const DocumentRule> clauses, const Machine& machine,
                 const AddressSpace& space, const Call& call, Prediction& prediction,
                 std::vector<TraceStep>* steps) {
  const Situation situation = SituationOf(machine, space, call);
  const AddressRange range = PagesOf(machine, call);
  prediction.outcomes = Outcomes();
  prediction.rule = nullptr;
  prediction.walked = range.begin < range.end;
  prediction.syncs.clear();
  const auto applies = [&situation](const DocumentRule& clause) {
    return clause.of.empty() && clause.when(situation);
  };
  const bool fails = std::any_of(clauses.begin(), clauses.end(), [&](const DocumentRule& clause) {
    return DemandsAnError(clause.force) && applies(clause);
  });
  const Rule* success = nullptr;
  for (const DocumentRule& clause : clauses) {
    if (!applies(clause)) continue;
    if (clause.force == Force::kFails || clause.force == Force::kMayFail) {
      prediction.outcomes.Add(clause.error);
    }
    if (clause.force == Force::kFailsSomehow) prediction.outcomes.Widen(Latitude::kSomeError);
    if (LeavesOpen(clause.force)) {
      // What a document does not speak of cannot make a success of an error that it demands.
      const bool silent = clause.latitude == Latitude::kSilent;
      prediction.outcomes.Widen(fails && silent ? Latitude::kSomeError : clause.latitude);
    }
    if (clause.force == Force::kSucceeds) success = &clause.rule;
    if (Decides(clause) && prediction.rule == nullptr) prediction.rule = &clause.rule;
  }
  if (!fails) prediction.outcomes.Add(Errno::kOk);
  if (prediction.rule == nullptr) prediction.rule = success;
  if (prediction.rule == nullptr) {
    prediction.outcomes.Widen(Latitude::kSilent);
    prediction.rule = &kNothingSaid;
  }
  for (const DocumentRule& clause : clauses) {
    if (!applies(clause) || IsMoot(clause.force, fails)) continue;
    TraceStep step = {.rule = &clause.rule, .range = range, .answer = clause.error};
    if (IsAboutFiles(clause.force)) {
      const Bytes more = {clause.closed && call.length > Bytes{0} ? uint64_t{1} : 0};
      step.claims = ClaimsIn(clause, space, PagesOf(machine, {call.addr, call.length + more, {}}));
      if (step.claims.empty()) continue;
      for (const SyncedRange& claim : step.claims) Add(claim, prediction.syncs);
    }
    if (steps != nullptr) steps->push_back(std::move(step));
  }
}

}  // namespace msyncspec
