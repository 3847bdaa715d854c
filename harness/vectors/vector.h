// SPDX-License-Identifier: MIT
#ifndef MSYNCSPEC_HARNESS_VECTORS_VECTOR_H_
#define MSYNCSPEC_HARNESS_VECTORS_VECTOR_H_

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "harness/scenario/expectation.h"
#include "harness/scenario/scenario.h"
#include "model/prediction.h"
#include "model/profile.h"
#include "model/rule.h"

namespace msyncspec {

// In what respect a vector is there.
enum class FlagKind : uint8_t {
  kRule,        // a rule that decides; of a document, a clause that applies
  kPassed,      // a rule that the walk names on its way, and another decides
  kOutcomes,    // a set of outcomes that a document allows
  kPrecedence,  // one rule decides where another would, were it not there
  kMemory,      // a kind of memory, with each combination of the flags
  kBoundary,    // an argument at a boundary of pages, registers or known flags
};

// What a flag on a vector means, and why it is there.
struct Note {
  FlagKind kind = FlagKind::kRule;
  std::string description;         // one sentence
  std::vector<const Rule*> rules;  // those that the flag is about
};

// What some profiles, which agree in it, say of a vector's call.
struct Answer {
  std::vector<std::string> profiles;  // their names, in the order of AllProfiles
  Outcomes outcomes;
  std::string rule;                 // the id of the one that decided
  std::vector<ExpectedSync> syncs;  // in pages of the profiles' own size
};

// What has to hold of a machine or a process for the answer to be this one, as bits.
enum Condition : uint8_t {
  kNothingElseMapped = 1,  // no other mapping of the process lies in the call's range
  kPagesOfItsSize = 2,     // pages are as large as the profile's
  kRegistersOfItsWidth = 4,
};

// A scenario of map steps and one call, with its prediction, published for others to run.
struct Vector {
  std::string id;                  // "msync-" and 8 digits that follow from the scenario alone
  std::string comment;             // one sentence
  std::vector<std::string> flags;  // why it is there, the most telling first
  Scenario scenario;
  std::vector<Answer> answers;  // of all profiles; the first is the one that the set is made for
  uint8_t conditions = 0;       // Condition: without them the first answer does not hold

  const SymbolicCall& call() const { return std::get<SymbolicCall>(scenario.actions.back()); }
};

// The vectors of one profile.
struct VectorSet {
  const Profile* profile = nullptr;
  std::vector<Vector> vectors;        // by the rule that decides, then the easiest to read first
  std::map<std::string, Note> notes;  // one for each flag that a vector has
};

// Returns the name of a kind, with which its flags begin: "rule", "precedence" …
absl::string_view FlagKindName(FlagKind kind);

}  // namespace msyncspec

#endif  // MSYNCSPEC_HARNESS_VECTORS_VECTOR_H_
