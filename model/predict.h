// SPDX-License-Identifier: MIT
#ifndef MSYNCSPEC_MODEL_PREDICT_H_
#define MSYNCSPEC_MODEL_PREDICT_H_

#include "model/address_space.h"
#include "model/call.h"
#include "model/machine.h"
#include "model/prediction.h"
#include "model/profile.h"

namespace msyncspec {

// Overwrites `prediction` with what `profile` says of `call` in the layout `space`. Total: every
// call has an answer. Allocates nothing once `prediction` has grown to its largest size.
void Predict(const Profile& profile, const Machine& machine, const AddressSpace& space,
             const Call& call, Prediction& prediction);

// Returns the same prediction with every step on the way to it. `meanwhile` may change `space`.
Explanation Explain(const Profile& profile, const Machine& machine, const AddressSpace& space,
                    const Call& call, const Meanwhile& meanwhile = nullptr);

}  // namespace msyncspec

#endif  // MSYNCSPEC_MODEL_PREDICT_H_
