// SPDX-License-Identifier: MIT
#ifndef MSYNCSPEC_HARNESS_EXECUTOR_OBSERVED_EFFECTS_H_
#define MSYNCSPEC_HARNESS_EXECUTOR_OBSERVED_EFFECTS_H_

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "model/address_space.h"
#include "model/errno.h"
#include "model/file_facts.h"

namespace msyncspec {

// One request that reached a file server while an action was performed. Exact.
struct ObservedRequest {
  enum class Kind : uint8_t { kWrite, kFsync };

  size_t action = 0;  // an index into Scenario::actions
  Kind kind = Kind::kWrite;
  FileId file = kNoFile;   // the one with whose object it is concerned
  uint32_t open_file = 0;  // fsync: through which open(2), counted by the server
  FileRange range;         // write
  bool data_only = false;  // fsync
  Errno answer = Errno::kOk;
};

// What can be seen of one page of a file once an action is done.
struct ObservedPage {
  size_t action = 0;
  FileId file = kNoFile;
  uint64_t page = 0;
  // Whether the page cache holds it modified; nothing where that cannot be seen. Background
  // writeback may clean a page at any time: a dirty page tells more than a clean one.
  std::optional<bool> dirty;
  // The first byte of the page beneath the page cache; nothing where that cannot be seen.
  std::optional<uint8_t> beneath;
};

// Whether the times of a file moved while an action was performed. Nothing where it cannot be told.
struct ObservedTimes {
  size_t action = 0;
  FileId file = kNoFile;
  std::optional<bool> mtime_moved, ctime_moved;
};

// Everything that was seen of what a scenario did to its files.
struct ObservedEffects {
  absl::Status status;  // not ok if what was to see has failed: nothing can be said then
  std::vector<ObservedRequest> requests;  // in their order
  std::vector<ObservedPage> pages;
  std::vector<ObservedTimes> times;
  bool sees_servers = false;       // whether every request to a server is among them
  bool disturbed = false;          // whether pages were written between two actions
  size_t last_seen = 0;            // the last action that was watched
  std::vector<std::string> blind;  // what could not be seen at all, each with its reason
};

}  // namespace msyncspec

#endif  // MSYNCSPEC_HARNESS_EXECUTOR_OBSERVED_EFFECTS_H_
