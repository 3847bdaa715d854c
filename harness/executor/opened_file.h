// SPDX-License-Identifier: MIT
#ifndef MSYNCSPEC_HARNESS_EXECUTOR_OPENED_FILE_H_
#define MSYNCSPEC_HARNESS_EXECUTOR_OPENED_FILE_H_

#include <string>

#include "absl/status/statusor.h"
#include "harness/scenario/scenario.h"
#include "model/units.h"

namespace msyncspec {

// A scenario's file made real: a descriptor, or a System V segment. Closing it leaves nothing.
class OpenedFile {
 public:
  static OpenedFile FromDescriptor(int descriptor) { return OpenedFile(descriptor, -1); }
  static OpenedFile FromSegment(int segment) { return OpenedFile(-1, segment); }

  OpenedFile(OpenedFile&& other) noexcept;
  OpenedFile& operator=(OpenedFile&&) = delete;
  ~OpenedFile();

  int descriptor() const { return descriptor_; }  // -1 for a segment
  int segment() const { return segment_; }        // -1 for anything else

 private:
  OpenedFile(int descriptor, int segment) : descriptor_(descriptor), segment_(segment) {}

  int descriptor_;
  int segment_;
};

// Makes a file that a kernel makes without help. What this machine or user cannot make is
// Unimplemented or PermissionDenied, with the reason; anything else is broken.
absl::StatusOr<OpenedFile> OpenKernelFile(const File& file, Bytes page_size);

// Returns a descriptor that comes from `original` as `file` says: a duplicate, or opened again.
absl::StatusOr<OpenedFile> OpenDerived(const File& file, const OpenedFile& original);

// Returns the folder in which files on disk are made, or NotFound with the folders tried.
absl::StatusOr<std::string> DiskFolder();

}  // namespace msyncspec

#endif  // MSYNCSPEC_HARNESS_EXECUTOR_OPENED_FILE_H_
