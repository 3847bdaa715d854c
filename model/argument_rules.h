// SPDX-License-Identifier: MIT
#ifndef MSYNCSPEC_MODEL_ARGUMENT_RULES_H_
#define MSYNCSPEC_MODEL_ARGUMENT_RULES_H_

#include <span>

#include "model/rule.h"

namespace msyncspec {

// The rules that the arguments alone decide, in the order in which each lineage asks them: the
// first whose condition holds answers the call, and no mapping is looked at. Where none holds, the
// range is [addr, addr + length rounded up to pages), and it is not empty.

// Linux since 2.5.43.
std::span<const ArgumentRule> LinuxArgumentRules();

}  // namespace msyncspec

#endif  // MSYNCSPEC_MODEL_ARGUMENT_RULES_H_
