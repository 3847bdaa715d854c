// SPDX-License-Identifier: MIT
#ifndef MSYNCSPEC_HARNESS_REPORT_TEXT_H_
#define MSYNCSPEC_HARNESS_REPORT_TEXT_H_

#include <cstdint>
#include <string>

#include "harness/differ/check.h"
#include "harness/differ/stage.h"
#include "harness/executor/this_process.h"
#include "model/profile.h"

namespace msyncspec {

// Whether text may carry colours.
enum class Colour : uint8_t { kOff, kOn };

// Returns the first line of a report: which kernel is held against which profile, and why that one.
std::string Heading(const KernelIdentity& kernel, const Profile& profile,
                    const std::string& why_this_profile);

// Returns a finding for a person: what was predicted, what was observed, the rule, the scenario,
// and the command that repeats it.
std::string FindingText(const Finding& finding, const Profile& profile, Colour colour);

// Returns a finding as a file that can be run: its scenario in canonical form, under a comment that
// says the rule, what `profile` or the scenario's author expected, and what `observer` did.
std::string ScenarioFileText(const Finding& finding, const Profile& profile,
                             const std::string& observer);

// Returns the summary of a check: its stages, what was left out and why, and the verdict.
std::string SummaryText(const CheckResult& result, Colour colour);

// Returns `number` with commas between its thousands.
std::string WithCommas(uint64_t number);

}  // namespace msyncspec

#endif  // MSYNCSPEC_HARNESS_REPORT_TEXT_H_
