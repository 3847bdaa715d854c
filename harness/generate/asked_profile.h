// SPDX-License-Identifier: MIT
#ifndef MSYNCSPEC_HARNESS_GENERATE_ASKED_PROFILE_H_
#define MSYNCSPEC_HARNESS_GENERATE_ASKED_PROFILE_H_

#include <memory>
#include <span>
#include <vector>

#include "harness/scenario/layout.h"
#include "harness/scenario/predict_scenario.h"
#include "harness/scenario/scenario.h"
#include "model/prediction.h"
#include "model/profile.h"

namespace msyncspec {

// A profile, which lives longer, that is asked about one layout after the other.
class AskedProfile {
 public:
  explicit AskedProfile(const Profile& profile);

  // The layout that calls meet.
  Layout& layout() const { return *layout_; }

  // Overwrites `prediction` with what the profile says of `call` where the hardware lets `tag`
  // pass.
  void Predict(const SymbolicCall& call, const AddressTag& tag, Prediction& prediction) const;

  // Returns the same, step by step.
  Explanation Explain(const SymbolicCall& call, const AddressTag& tag) const;

 private:
  Machine MachineFor(const AddressTag& tag) const;

  const Profile* profile_;
  std::unique_ptr<Surroundings> surroundings_;  // stay in their place: the layout refers to them
  std::unique_ptr<Layout> layout_;
};

// Returns each of `profiles`, ready to be asked, in their order.
std::vector<AskedProfile> Ask(std::span<const Profile* const> profiles);

}  // namespace msyncspec

#endif  // MSYNCSPEC_HARNESS_GENERATE_ASKED_PROFILE_H_
