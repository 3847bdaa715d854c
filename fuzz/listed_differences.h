// SPDX-License-Identifier: MIT
#ifndef MSYNCSPEC_FUZZ_LISTED_DIFFERENCES_H_
#define MSYNCSPEC_FUZZ_LISTED_DIFFERENCES_H_

#include <string>

#include "harness/scenario/scenario.h"
#include "model/prediction.h"
#include "model/profile.h"

namespace msyncspec {

// Whether `document`, which says `says` of a call, allows what Linux answers by `linux_says`, or
// that it does not is among the differences that are known: a clause of it and a rule of Linux's.
// `msyncspec diff DOCUMENT linux-6.18` shows each with a scenario.
bool AllowsOrListed(const Profile& document, const Prediction& says, const Prediction& linux_says);

// Returns a difference in words, with the scenario whose action `action` shows it.
std::string Difference(const Profile& document, const Prediction& says, const Scenario& scenario,
                       size_t action);

}  // namespace msyncspec

#endif  // MSYNCSPEC_FUZZ_LISTED_DIFFERENCES_H_
