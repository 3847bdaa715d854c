// SPDX-License-Identifier: MIT
#ifndef MSYNCSPEC_HARNESS_EXECUTOR_DISK_FILES_H_
#define MSYNCSPEC_HARNESS_EXECUTOR_DISK_FILES_H_

#include "absl/status/statusor.h"
#include "harness/executor/opened_file.h"

namespace msyncspec {

// Makes a file without a name in a folder on tmpfs, or on disk.
absl::StatusOr<OpenedFile> OpenTmpfs(const File& file, Bytes page_size);
absl::StatusOr<OpenedFile> OpenDisk(const File& file, Bytes page_size);

// Makes a named file on disk and takes its name away.
absl::StatusOr<OpenedFile> OpenDeleted(const File& file, Bytes page_size);

}  // namespace msyncspec

#endif  // MSYNCSPEC_HARNESS_EXECUTOR_DISK_FILES_H_
