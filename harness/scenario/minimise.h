// SPDX-License-Identifier: MIT
#ifndef MSYNCSPEC_HARNESS_SCENARIO_MINIMISE_H_
#define MSYNCSPEC_HARNESS_SCENARIO_MINIMISE_H_

#include <cstddef>
#include <cstdint>
#include <type_traits>
#include <utility>
#include <vector>

#include "absl/functional/function_ref.h"

namespace msyncspec {

// A value on its way to the simplest one of which something still holds.
template <typename Value>
class Minimising {
 public:
  using IsSimpler = absl::FunctionRef<bool(const Value& candidate, const Value& than)>;
  using Holds = absl::FunctionRef<bool(const Value&)>;

  Minimising(Value value, IsSimpler is_simpler, Holds holds)
      : value_(std::move(value)), is_simpler_(is_simpler), holds_(holds) {}

  const Value& value() const { return value_; }
  uint64_t taken() const { return taken_; }

  // Takes `candidate` in place of the value if it is simpler, and it holds of it too. Returns
  // whether it did. What is not simpler costs no look at whether it holds.
  bool Try(Value candidate) {
    if (!is_simpler_(candidate, value_) || !holds_(candidate)) return false;
    value_ = std::move(candidate);
    ++taken_;
    return true;
  }

 private:
  Value value_;
  const IsSimpler is_simpler_;
  const Holds holds_;
  uint64_t taken_ = 0;
};

// One way of making a value simpler: tries candidates, each made from the value as it then is, so
// that it goes on from where it was when one has been taken.
template <typename Value>
using Simplification = void (*)(Minimising<Value>&);

// The ways of making values of one type simpler, those first that gain most.
template <typename Value>
struct Simplifications {
  std::vector<Simplification<Value>> ways;
  // A strict order without infinite descent; nothing that is not simpler by it is ever taken.
  bool (*is_simpler)(const Value& candidate, const Value& than) = nullptr;
};

// Returns what `value`, of which `holds` is true, comes to by `simplifications`: a value of which
// it is true as well, and of none that they would try next. Ends because each value that is taken
// is simpler than the one before it, and each way tries finitely many.
template <typename Value>
Value Minimise(Value value, const Simplifications<Value>& simplifications,
               absl::FunctionRef<bool(const std::type_identity_t<Value>&)> holds) {
  Minimising<Value> minimising(std::move(value), simplifications.is_simpler, holds);
  const size_t ways = simplifications.ways.size();
  size_t fruitless = 0;  // in a row
  for (size_t next = 0; fruitless < ways; next = (next + 1) % ways) {
    const uint64_t taken = minimising.taken();
    simplifications.ways[next](minimising);
    fruitless = minimising.taken() == taken ? fruitless + 1 : 0;
  }
  return minimising.value();
}

}  // namespace msyncspec

#endif  // MSYNCSPEC_HARNESS_SCENARIO_MINIMISE_H_
