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
                 const Call& call, Prediction& prediction, std::vector<TraceStep>* steps) {
  const Call received = machine.Receive(call);
  if (profile.IsDocument()) {
    return ReadClauses(profile.clauses, machine, space, received, prediction, steps);
  }
  const AddressRange range = {received.addr,
                              machine.Add(received.addr, machine.RoundUpToPages(received.length))};
  if (const ArgumentRule* row = DecidingRow(profile, machine, received); row != nullptr) {
    prediction.outcomes = Outcomes(row->then);
    prediction.rule = &row->rule;
    prediction.walked = false;
    prediction.syncs.clear();
    if (steps != nullptr) steps->push_back({&row->rule, range, row->then});
    return;
  }
  WalkMappings(profile.walk, space, {received, machine, range}, prediction, steps);
}

}  // namespace

void Predict(const Profile& profile, const Machine& machine, const AddressSpace& space,
             const Call& call, Prediction& prediction) {
  PredictInto(profile, machine, space, call, prediction, nullptr);
}

Explanation Explain(const Profile& profile, const Machine& machine, const AddressSpace& space,
                    const Call& call) {
  Explanation explanation;
  PredictInto(profile, machine, space, call, explanation.prediction, &explanation.steps);
  return explanation;
}

}  // namespace msyncspec
