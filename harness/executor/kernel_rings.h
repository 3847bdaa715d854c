// SPDX-License-Identifier: MIT
#ifndef MSYNCSPEC_HARNESS_EXECUTOR_KERNEL_RINGS_H_
#define MSYNCSPEC_HARNESS_EXECUTOR_KERNEL_RINGS_H_

#include "absl/status/statusor.h"
#include "harness/executor/opened_file.h"

namespace msyncspec {

// Makes what the kernel shares with a process through a descriptor.
absl::StatusOr<OpenedFile> OpenIoUring(const File& file, Bytes page_size);
absl::StatusOr<OpenedFile> OpenBpfArray(const File& file, Bytes page_size);
absl::StatusOr<OpenedFile> OpenPerf();
absl::StatusOr<OpenedFile> OpenPacket(const File& file, Bytes page_size);

// Makes an AIO context, whose ring the kernel maps where it likes, and moves that once, as a proof
// that it can be moved.
absl::StatusOr<OpenedFile> OpenAio(const File& file, Bytes page_size);

}  // namespace msyncspec

#endif  // MSYNCSPEC_HARNESS_EXECUTOR_KERNEL_RINGS_H_
