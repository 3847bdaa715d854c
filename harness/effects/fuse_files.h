// SPDX-License-Identifier: MIT
#ifndef MSYNCSPEC_HARNESS_EFFECTS_FUSE_FILES_H_
#define MSYNCSPEC_HARNESS_EFFECTS_FUSE_FILES_H_

#include <sys/stat.h>
#include <sys/types.h>

#include <array>
#include <cstdint>
#include <optional>
#include <span>

#include "absl/strings/string_view.h"
#include "harness/effects/fuse_state.h"

namespace msyncspec {

// The files of a FUSE server: their bytes, which are shared, and their attributes, which are not.
class FuseFiles {
 public:
  explicit FuseFiles(FuseState& state);

  // Returns which file the name "f0", "f1" … in the root means, or nothing.
  std::optional<uint16_t> Find(absl::string_view name) const;

  // Returns the attributes of a file.
  struct stat Attributes(uint16_t file) const;

  // Returns what can be read of [offset, offset + length): less at the end of the file.
  std::span<const uint8_t> Read(uint16_t file, uint64_t offset, uint64_t length) const;

  // Stores bytes at `offset`, or returns kFuseTooLarge.
  Errno Write(uint16_t file, uint64_t offset, std::span<const uint8_t> bytes);

  // Cuts a file, or extends it with zeros, or returns kFuseTooLarge.
  Errno Resize(uint16_t file, uint64_t size);

  // Sets the times that are given.
  void SetTimes(uint16_t file, const timespec* access, const timespec* modification,
                const timespec* change);

 private:
  struct Times {
    timespec access, modification, change;
  };

  FuseState& state_;
  std::array<Times, kMaxFuseFiles> times_;
};

// The answer to what would make a file longer than its room.
inline constexpr Errno kFuseTooLarge = static_cast<Errno>(27);  // EFBIG

}  // namespace msyncspec

#endif  // MSYNCSPEC_HARNESS_EFFECTS_FUSE_FILES_H_
