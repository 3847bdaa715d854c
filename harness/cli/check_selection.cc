// SPDX-License-Identifier: MIT
#include "harness/cli/check_selection.h"

#include <fnmatch.h>

#include <algorithm>
#include <utility>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "absl/strings/strip.h"

namespace msyncspec {
namespace {

constexpr uint64_t kMaxShards = 1 << 20;  // so that FirstScenario stays below 2^60

bool AnyMatches(const std::vector<std::string>& patterns, const std::string& name) {
  return std::any_of(patterns.begin(), patterns.end(), [&name](const std::string& pattern) {
    return fnmatch(pattern.c_str(), name.c_str(), 0) == 0;
  });
}

}  // namespace

NameFilter::NameFilter(absl::string_view text) {
  bool negative = false;
  for (absl::string_view pattern : absl::StrSplit(text, ':')) {
    negative |= absl::ConsumePrefix(&pattern, "-");
    if (!pattern.empty()) (negative ? unwanted_ : wanted_).emplace_back(pattern);
  }
  if (wanted_.empty()) wanted_.emplace_back("*");
}

bool NameFilter::Wants(const std::string& name) const {
  return AnyMatches(wanted_, name) && !AnyMatches(unwanted_, name);
}

absl::StatusOr<Shard> ParseShard(absl::string_view text) {
  const std::pair<absl::string_view, absl::string_view> parts =
      absl::StrSplit(text, absl::MaxSplits('/', 1));
  uint64_t number = 0;
  Shard shard;
  const bool numbers =
      absl::SimpleAtoi(parts.first, &number) && absl::SimpleAtoi(parts.second, &shard.count);
  if (!numbers || number < 1 || number > shard.count || shard.count > kMaxShards) {
    return absl::InvalidArgumentError(
        absl::StrCat("expected I/N with I from 1 to N, such as 2/4, found \"", text, "\""));
  }
  shard.index = number - 1;
  return shard;
}

}  // namespace msyncspec
