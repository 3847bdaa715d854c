// SPDX-License-Identifier: MIT
#ifndef MSYNCSPEC_HARNESS_DIFFER_CALL_ONLOOKER_H_
#define MSYNCSPEC_HARNESS_DIFFER_CALL_ONLOOKER_H_

#include "model/address_space.h"
#include "model/call.h"
#include "model/errno.h"
#include "model/prediction.h"

namespace msyncspec {

// Sees every call that is compared, for whoever is guided by it. Allocates nothing.
class CallOnlooker {
 public:
  virtual ~CallOnlooker() = default;

  // Is told of `call`, made in the layout `space`, what was predicted of it and what was answered.
  virtual void Saw(const Call& call, const AddressSpace& space, const Prediction& prediction,
                   Errno observed) = 0;
};

}  // namespace msyncspec

#endif  // MSYNCSPEC_HARNESS_DIFFER_CALL_ONLOOKER_H_
