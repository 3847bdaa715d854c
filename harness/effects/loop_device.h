// SPDX-License-Identifier: MIT
#ifndef MSYNCSPEC_HARNESS_EFFECTS_LOOP_DEVICE_H_
#define MSYNCSPEC_HARNESS_EFFECTS_LOOP_DEVICE_H_

#include <cstdint>
#include <string>
#include <utility>

#include "absl/status/statusor.h"
#include "harness/executor/opened_file.h"

namespace msyncspec {

// Returns an unnamed file in memory of `bytes` bytes, all of them holes.
absl::StatusOr<OpenedFile> MakeBackingFile(uint64_t bytes);

// A file as a block device. The kernel takes the device away by itself when nobody holds it open or
// mounted any more, so that a killed process leaves nothing.
class LoopDevice {
 public:
  // Makes the file `backing` a block device. What one writes to the device reaches the file with
  // the device's writeback, at the same offset. Needs root, loop devices, and Linux 5.8.
  static absl::StatusOr<LoopDevice> Attach(int backing);

  int descriptor() const { return device_.descriptor(); }  // open for reading and writing
  const std::string& path() const { return path_; }        // "/dev/loop7"

 private:
  LoopDevice(OpenedFile device, std::string path)
      : device_(std::move(device)), path_(std::move(path)) {}

  OpenedFile device_;
  std::string path_;
};

}  // namespace msyncspec

#endif  // MSYNCSPEC_HARNESS_EFFECTS_LOOP_DEVICE_H_
