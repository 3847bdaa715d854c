// SPDX-License-Identifier: MIT
#ifndef MSYNCSPEC_HARNESS_EFFECTS_FULL_DISK_H_
#define MSYNCSPEC_HARNESS_EFFECTS_FULL_DISK_H_

#include <cstdint>
#include <string>
#include <utility>

#include "absl/status/statusor.h"
#include "harness/effects/loop_device.h"
#include "harness/executor/opened_file.h"

namespace msyncspec {

// A block device of holes over a filesystem that can be full: writeback of a page that was never
// written before then fails. It lasts as long as it or a descriptor of it.
class FullDisk {
 public:
  // Makes a disk of `bytes` bytes, with room for everything so far.
  static absl::StatusOr<FullDisk> Make(uint64_t bytes);

  // Lets writeback of new pages fail from now on.
  absl::Status Fill();

  // Lets writeback succeed again.
  absl::Status MakeRoom();

  // Opens the disk: a description, with write errors of its own.
  absl::StatusOr<OpenedFile> OpenFile(Descriptor access) const;

  const std::string& path() const { return device_.path(); }
  int backing() const { return image_.descriptor(); }  // the disk as a file

 private:
  FullDisk(OpenedFile image, OpenedFile ballast, LoopDevice device)
      : image_(std::move(image)), ballast_(std::move(ballast)), device_(std::move(device)) {}

  OpenedFile image_;
  OpenedFile ballast_;  // what takes the room
  LoopDevice device_;
};

}  // namespace msyncspec

#endif  // MSYNCSPEC_HARNESS_EFFECTS_FULL_DISK_H_
