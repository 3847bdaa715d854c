// SPDX-License-Identifier: MIT
#include "harness/scenario/kernel_facts.h"

#include "absl/strings/str_cat.h"

namespace msyncspec {

void KernelFacts::Learn(Backing backing, Lockability said) {
  said_[static_cast<size_t>(backing)] = said;
}

std::optional<Lockability> KernelFacts::Said(Backing backing) const {
  return said_[static_cast<size_t>(backing)];
}

Lockability KernelFacts::LockabilityOf(Backing backing) const {
  return Said(backing).value_or(FactsOf(backing).lockability);
}

std::vector<std::string> KernelFacts::Differences() const {
  std::vector<std::string> sentences;
  for (const BackingFacts& facts : AllBackings()) {
    const Lockability here = LockabilityOf(facts.backing);
    if (here == facts.lockability) continue;
    sentences.push_back(absl::StrCat(facts.name, " (", facts.about, ") ", Words(here),
                                     "; the specification says that it ",
                                     Words(facts.lockability)));
  }
  return sentences;
}

absl::string_view Words(Lockability lockability) {
  switch (lockability) {
    case Lockability::kLockable:
      return "takes locks";
    case Lockability::kIgnoresLocks:
      return "is not mapped locked and ignores locks";
    case Lockability::kAlwaysLocked:
      return "is mapped locked";
  }
  return "";
}

}  // namespace msyncspec
