// SPDX-License-Identifier: MIT
#ifndef MSYNCSPEC_MODEL_CALL_H_
#define MSYNCSPEC_MODEL_CALL_H_

#include "model/sync_flags.h"
#include "model/units.h"

namespace msyncspec {

// One msync: the three argument registers, all 64 bits of each.
struct Call {
  Address addr;
  Bytes length;
  SyncFlags flags;

  friend constexpr bool operator==(const Call&, const Call&) = default;
};

}  // namespace msyncspec

#endif  // MSYNCSPEC_MODEL_CALL_H_
