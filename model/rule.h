// SPDX-License-Identifier: MIT
#ifndef MSYNCSPEC_MODEL_RULE_H_
#define MSYNCSPEC_MODEL_RULE_H_

#include <array>

#include "absl/strings/string_view.h"
#include "model/call.h"
#include "model/citation.h"
#include "model/errno.h"
#include "model/machine.h"

namespace msyncspec {

// One statement of the specification. Ids are `subject.condition` and never change their meaning:
// scenarios, vectors and bug reports carry them.
struct Rule {
  absl::string_view id;
  absl::string_view says;           // the statement, in one sentence
  std::array<Citation, 4> cites{};  // unused places have an empty source
};

// A rule that the arguments alone decide.
struct ArgumentRule {
  Rule rule;
  bool (*when)(const Call& call, const Machine& machine);  // `call` as Machine::Receive returns it
  Errno then;                                              // kOk ends the call with success
};

}  // namespace msyncspec

#endif  // MSYNCSPEC_MODEL_RULE_H_
