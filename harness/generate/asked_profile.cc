// SPDX-License-Identifier: MIT
#include "harness/generate/asked_profile.h"

#include "model/predict.h"

namespace msyncspec {

AskedProfile::AskedProfile(const Profile& profile)
    : profile_(&profile), surroundings_(std::make_unique<Surroundings>(BareSurroundings())) {
  surroundings_->machine = profile.abi.On(surroundings_->machine);
  layout_ = std::make_unique<Layout>(*surroundings_, profile.layout);
}

void AskedProfile::Predict(const SymbolicCall& call, const AddressTag& tag,
                           Prediction& prediction) const {
  const Machine machine = MachineFor(tag);
  msyncspec::Predict(*profile_, machine, layout_->space(),
                     Resolve(call, machine, surroundings_->arena), prediction);
}

Explanation AskedProfile::Explain(const SymbolicCall& call, const AddressTag& tag) const {
  const Machine machine = MachineFor(tag);
  return msyncspec::Explain(*profile_, machine, layout_->space(),
                            Resolve(call, machine, surroundings_->arena));
}

Machine AskedProfile::MachineFor(const AddressTag& tag) const {
  return profile_->abi.On({.tag = tag});
}

std::vector<AskedProfile> Ask(std::span<const Profile* const> profiles) {
  std::vector<AskedProfile> asked;
  for (const Profile* profile : profiles) asked.emplace_back(*profile);
  return asked;
}

}  // namespace msyncspec
