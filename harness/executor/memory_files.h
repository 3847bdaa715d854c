// SPDX-License-Identifier: MIT
#ifndef MSYNCSPEC_HARNESS_EXECUTOR_MEMORY_FILES_H_
#define MSYNCSPEC_HARNESS_EXECUTOR_MEMORY_FILES_H_

#include "absl/status/statusor.h"
#include "harness/executor/opened_file.h"

namespace msyncspec {

// Makes what memfd_create makes: plain, sealed, or of huge pages. No huge page is reserved here.
absl::StatusOr<OpenedFile> OpenMemfd(const File& file, Bytes page_size);
absl::StatusOr<OpenedFile> OpenSealed(const File& file, Bytes page_size);
absl::StatusOr<OpenedFile> OpenSealedWrite(const File& file, Bytes page_size);
absl::StatusOr<OpenedFile> OpenHugetlb(const File& file, Bytes page_size);

absl::StatusOr<OpenedFile> OpenDevZero(const File& file);
absl::StatusOr<OpenedFile> OpenSegment(const File& file, Bytes page_size);
absl::StatusOr<OpenedFile> OpenSecret(const File& file, Bytes page_size);

}  // namespace msyncspec

#endif  // MSYNCSPEC_HARNESS_EXECUTOR_MEMORY_FILES_H_
