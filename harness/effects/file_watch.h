// SPDX-License-Identifier: MIT
#ifndef MSYNCSPEC_HARNESS_EFFECTS_FILE_WATCH_H_
#define MSYNCSPEC_HARNESS_EFFECTS_FILE_WATCH_H_

#include <array>
#include <optional>
#include <span>

#include "harness/effects/beneath.h"
#include "harness/effects/cachestat.h"
#include "harness/effects/effects_log.h"
#include "harness/effects/file_times.h"
#include "harness/effects/page_flags.h"
#include "harness/scenario/scenario.h"

namespace msyncspec {

// Everything that watches one file of a scenario, in the process that makes the calls. What cannot
// be watched is left out.
class FileWatch {
 public:
  // Watches `file`, which is open as `descriptor`. `beneath` looks beneath its page cache; `store`
  // is what its server has, empty where there is none.
  FileWatch(FileId id, const File& file, int descriptor, Bytes page_size,
            std::optional<Beneath> beneath, std::span<const uint8_t> store);

  // Sets the baseline for what an action may change. Allocates nothing, as the others.
  void SetBaseline();

  // Notes in `log` what `action` has changed: times after each, pages after a call.
  void LookAtTimes(size_t action, EffectsLog& log) const;
  void LookAtPages(size_t action, EffectsLog& log) const;

 private:
  FileId id_;
  size_t pages_;
  Bytes page_size_;
  std::optional<PageFlags> flags_;      // the exact one, where it can be had
  std::optional<CacheStat> cachestat_;  // else this one
  std::optional<Beneath> beneath_;
  std::span<const uint8_t> store_;
  std::optional<FileTimes> times_;
};

}  // namespace msyncspec

#endif  // MSYNCSPEC_HARNESS_EFFECTS_FILE_WATCH_H_
