// SPDX-License-Identifier: MIT
#ifndef MSYNCSPEC_MODEL_DOCUMENT_RULES_H_
#define MSYNCSPEC_MODEL_DOCUMENT_RULES_H_

#include <cstdint>
#include <span>
#include <vector>

#include "absl/strings/string_view.h"
#include "model/address_space.h"
#include "model/call.h"
#include "model/errno.h"
#include "model/machine.h"
#include "model/prediction.h"
#include "model/rule.h"

namespace msyncspec {

// What documents ask about a call and the layout that it meets. `addr` and `length` are the
// caller's words: nothing is rounded, and no document lets a sum wrap.
struct Situation {
  bool async = false, sync = false, invalidate = false, unknown_flag = false;
  bool aligned = false;
  bool empty = false;       // length is 0
  bool too_long = false;    // the range passes the end of the address space
  bool at_the_end = false;  // the range holds a byte of the last page, or passes it
  bool negative = false;    // length, taken as a signed number

  // Whether some page of the range is …
  bool unmapped = false;
  bool locked = false;
  bool is_private = false;
  bool anonymous = false;   // memory without a file, private or shared
  bool unsyncable = false;  // shared, of a file without an fsync operation
  bool failing = false;     // shared, of a file whose fsync fails

  // Whether addr and length are those of one region, as mmap made it.
  bool is_region = false;
};

// Returns what is the case when `call`, as Machine::Receive returns it, meets `space`.
Situation SituationOf(const Machine& machine, const AddressSpace& space, const Call& call);

// What a clause says of the calls to which it applies.
enum class Force : uint8_t {
  kFails,         // the call fails with `error`
  kMayFail,       // it may fail with `error`, and may as well not
  kFailsSomehow,  // it fails; with which error is not said
  kForbids,       // callers are told not to; the outcome is left open as `latitude` says
  kLeavesOpen,    // the outcome is left open as `latitude` says
  kSucceeds,      // the call returns 0, unless another clause has it fail
  kSyncs,         // the shared files in the range get `sync`, if the call succeeds
  kSyncsAnyway,   // the same, and even if the call fails
  kSyncsNothing,  // no file gets anything
  kStates,        // something that neither outcome nor synced ranges show
};

// How a clause stands to what a system does.
enum class Standing : uint8_t {
  kTrue,          // the system does what the clause says
  kSilent,        // the document does not speak of what the system does there
  kWeaker,        // the clause leaves open what the system determines
  kStricter,      // the clause refuses what the system accepts
  kContradicted,  // the system does otherwise
};

// One clause of a document. Unlike a kernel's rules, clauses have no precedence unless the document
// gives them one: those that apply to a call speak together.
struct DocumentRule {
  Rule rule;
  bool (*when)(const Situation& situation);
  Force force = Force::kFails;
  Errno error = Errno::kOk;               // of kFails and kMayFail
  Latitude latitude = Latitude::kSilent;  // of kLeavesOpen
  SyncKind sync = SyncKind::kUpdated;     // of kSyncs and kSyncsAnyway
  bool closed = false;                    // of the same: the byte at addr + length belongs to it
  Standing standing = Standing::kTrue;    // of kStates: how Linux stands to it, by its source
  Sharing sharing = Sharing::kShared;     // of the same: the mappings that are meant
  absl::string_view of = {};  // the profile of the other system that the clause is about, if any
};

// Whether a clause demands an error or leaves the outcome open, so that success is not promised.
bool Decides(const DocumentRule& clause);

// Overwrites `prediction` with the union of what those `clauses` allow that apply to `call`, as
// Machine::Receive returns it: all errors that one of them demands or allows, success where none
// demands an error, and whatever latitude one of them gives; silence beside a demanded error leaves
// open no more than which error it is. Clauses about other systems are passed
// over. `prediction.rule` is the first clause that demands an error or leaves the outcome open, or
// the one that promises success. Appends the clauses that apply and have something to say of this
// call to `steps` unless it is null.
void ReadClauses(std::span<const DocumentRule> clauses, const Machine& machine,
                 const AddressSpace& space, const Call& call, Prediction& prediction,
                 std::vector<TraceStep>* steps);

}  // namespace msyncspec

#endif  // MSYNCSPEC_MODEL_DOCUMENT_RULES_H_
