// SPDX-License-Identifier: MIT
#ifndef MSYNCSPEC_MODEL_LINUX_WALK_H_
#define MSYNCSPEC_MODEL_LINUX_WALK_H_

#include <span>
#include <vector>

#include "model/address_space.h"
#include "model/call.h"
#include "model/machine.h"
#include "model/prediction.h"
#include "model/profile.h"
#include "model/rule.h"

namespace msyncspec {

// A call whose arguments are accepted, and the range that they name: whole pages, not empty.
struct AcceptedCall {
  const Call& call;
  const Machine& machine;
  AddressRange range;
};

// Who sees every step of a walk, and may act while it waits.
struct Onlooker {
  std::vector<TraceStep>* steps;  // where they are appended
  Meanwhile meanwhile;
};

// Walks the mappings of the range in the order of their addresses, as Linux does since 1.3.21, and
// overwrites `prediction` with the outcome, the rule that decided it and the fsync requests made
// on the way. `onlooker` sees every step, unless it is null. Total; without an onlooker it
// allocates only where `prediction.syncs` has to grow.
void WalkMappings(const WalkBehaviour& behaviour, const AddressSpace& space,
                  const AcceptedCall& accepted, Prediction& prediction, const Onlooker* onlooker);

// Returns the rules that the walk can name, in no particular order.
std::span<const Rule* const> WalkRules();

}  // namespace msyncspec

#endif  // MSYNCSPEC_MODEL_LINUX_WALK_H_
