// SPDX-License-Identifier: MIT
#ifndef MSYNCSPEC_HARNESS_CLI_CHECK_SELECTION_H_
#define MSYNCSPEC_HARNESS_CLI_CHECK_SELECTION_H_

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"

namespace msyncspec {

// Which names are wanted, as GoogleTest's filter says it: patterns of fnmatch(3) between colons, of
// which one has to match, and behind a hyphen those of which none may. The hyphen stands first or
// behind a colon, because names have hyphens too: "corpus/*:-*fuse*:*overlay*".
class NameFilter {
 public:
  explicit NameFilter(absl::string_view text);

  bool Wants(const std::string& name) const;

 private:
  std::vector<std::string> wanted_, unwanted_;
};

// A part of a check that is split over several runs.
struct Shard {
  uint64_t index = 0;  // from 0
  uint64_t count = 1;

  // Whether what stands at `position` of a list is in this part.
  bool Has(size_t position) const { return position % count == index; }

  // How many random scenarios are this part's: more than anybody makes.
  static constexpr uint64_t kScenarios = uint64_t{1} << 40;

  // The first of them.
  uint64_t FirstScenario() const { return index * kScenarios; }
};

// Reads "2/4", the second of four. InvalidArgument says what is expected.
absl::StatusOr<Shard> ParseShard(absl::string_view text);

}  // namespace msyncspec

#endif  // MSYNCSPEC_HARNESS_CLI_CHECK_SELECTION_H_
