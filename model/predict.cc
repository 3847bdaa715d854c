// SPDX-License-Identifier: MIT
#include "model/predict.h"

#include <vector>

#include "model/document_rules.h"
#include "model/linux_walk.h"

namespace msyncspec {
namespace {

// Returns the first row whose condition holds for the received `call`, or null.
const ArgumentRule* DecidingRow(const Profile& profile, const Machine& machine, const Call& call) {
  for (const ArgumentRule& row : profile.arguments) {
    if (row.when(call, machine)) return &row;
  }
  return nullptr;
}

void PredictInto(const Profile& profile, const Machine& machine, const AddressSpace& space,
                 const Call& call, Prediction& prediction, const Onlooker* onlooker) {
  const Call received = machine.Receive(call);
  if (profile.IsDocument()) {
    return ReadClauses(profile.clauses, machine, space, received, prediction,
                       onlooker == nullptr ? nullptr : onlooker->steps);
  }
  const AddressRange range = {received.addr,
                              machine.Add(received.addr, machine.RoundUpToPages(received.length))};
  if (const ArgumentRule* row = DecidingRow(profile, machine, received); row != nullptr) {
    prediction.outcomes = Outcomes(row->then);
    prediction.rule = &row->rule;
    prediction.walked = false;
    prediction.syncs.clear();
    if (onlooker != nullptr) onlooker->steps->push_back({&row->rule, range, row->then});
    return;
  }
  WalkMappings(profile.walk, space, {received, machine, range}, prediction, onlooker);
}

}  // namespace

void Predict(const Profile& profile, const Machine& machine, const AddressSpace& space,
             const Call& call, Prediction& prediction) {
  PredictInto(profile, machine, space, call, prediction, nullptr);
}

Explanation Explain(const Profile& profile, const Machine& machine, const AddressSpace& space,
                    const Call& call, const Meanwhile& meanwhile) {
  Explanation explanation;
  const Onlooker onlooker = {&explanation.steps, meanwhile};
  PredictInto(profile, machine, space, call, explanation.prediction, &onlooker);
  return explanation;
}

}  // namespace msyncspec
