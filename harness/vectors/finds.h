// SPDX-License-Identifier: MIT
#ifndef MSYNCSPEC_HARNESS_VECTORS_FINDS_H_
#define MSYNCSPEC_HARNESS_VECTORS_FINDS_H_

#include <cstdint>
#include <map>
#include <string>
#include <tuple>
#include <unordered_map>
#include <vector>

#include "absl/functional/function_ref.h"
#include "harness/generate/small_scope.h"
#include "harness/vectors/vector.h"
#include "model/rule.h"

namespace msyncspec {

// A flag and what it means.
struct Flag {
  std::string name;  // "precedence:mapping.locked>hole.remembered"
  Note note;
};

// A scenario that is the smallest with some flags.
struct Find {
  Scenario scenario;
  unsigned cost = 0;
  std::vector<std::string> flags;  // in the order of FlagKind, then of their names
};

// Collects, for each reason to have a vector, the smallest scenario that gives it; of several that
// are equally small, the first that was offered.
class Finds {
 public:
  // Returns a number for the rule of that id; the same for the same id.
  int NumberOf(const Rule& rule);

  // Offers `found` for the reason that `kind` and two numbers name. `flag` is called where that
  // reason is new; several reasons may have the same flag.
  void Offer(FlagKind kind, int subject, int other, const SmallCase& found,
             absl::FunctionRef<Flag()> flag);

  // Returns each scenario once, in the order of their canonical texts.
  std::vector<Find> All() const;

  const std::map<std::string, Note>& notes() const { return notes_; }

 private:
  struct Smallest {
    Scenario scenario;
    unsigned cost = 0;
    std::string flag;
  };

  static uint64_t Key(FlagKind kind, int subject, int other);

  std::unordered_map<uint64_t, Smallest> smallest_;
  std::unordered_map<const Rule*, int> numbers_;
  std::vector<std::string> ids_;
  std::map<std::string, Note> notes_;
};

}  // namespace msyncspec

#endif  // MSYNCSPEC_HARNESS_VECTORS_FINDS_H_
