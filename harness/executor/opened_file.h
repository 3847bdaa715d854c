// SPDX-License-Identifier: MIT
#ifndef MSYNCSPEC_HARNESS_EXECUTOR_OPENED_FILE_H_
#define MSYNCSPEC_HARNESS_EXECUTOR_OPENED_FILE_H_

#include <string>

#include "absl/status/statusor.h"
#include "harness/scenario/scenario.h"
#include "model/units.h"

namespace msyncspec {

// A scenario's file made real: a descriptor, a System V segment, or a mapping that exists from the
// beginning, at its home, and that map steps move. Closing it leaves nothing, but for what has been
// moved away from its home, which ends with the process.
class OpenedFile {
 public:
  static OpenedFile FromDescriptor(int descriptor) { return OpenedFile(descriptor, -1); }
  static OpenedFile FromSegment(int segment) { return OpenedFile(-1, segment); }
  // `home` is the ring of an AIO context, which is destroyed when the file is closed.
  static OpenedFile FromAioRing(AddressRange home) { return OpenedFile(home, true); }
  // `home` belongs to the process.
  static OpenedFile FromOwnMapping(AddressRange home) { return OpenedFile(home, false); }

  OpenedFile(OpenedFile&& other) noexcept;
  OpenedFile& operator=(OpenedFile&&) = delete;
  ~OpenedFile();

  int descriptor() const { return descriptor_; }  // -1 where there is none
  int segment() const { return segment_; }        // -1 for anything else
  AddressRange home() const { return home_; }     // empty for anything else

  // Takes down that the mapping now begins at `begin`, its new home.
  void HasMovedTo(Address begin);

 private:
  OpenedFile(int descriptor, int segment) : descriptor_(descriptor), segment_(segment) {}
  OpenedFile(AddressRange home, bool is_ring) : home_(home), home_is_ring_(is_ring) {}

  int descriptor_ = -1;
  int segment_ = -1;
  AddressRange home_;
  bool home_is_ring_ = false;
};

// Makes a file that a kernel makes without help. What this machine or user cannot make is
// Unimplemented or PermissionDenied, with the reason; anything else is broken.
absl::StatusOr<OpenedFile> OpenKernelFile(const File& file, Bytes page_size);

// Returns the folder in which files on disk are made, or NotFound with the folders tried.
absl::StatusOr<std::string> DiskFolder();

}  // namespace msyncspec

#endif  // MSYNCSPEC_HARNESS_EXECUTOR_OPENED_FILE_H_
