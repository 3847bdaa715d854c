// SPDX-License-Identifier: MIT
#ifndef MSYNCSPEC_HARNESS_EFFECTS_PASS_DESCRIPTOR_H_
#define MSYNCSPEC_HARNESS_EFFECTS_PASS_DESCRIPTOR_H_

#include "absl/status/statusor.h"
#include "harness/executor/opened_file.h"

namespace msyncspec {

// Sends a descriptor, or the reason why there is none, through a socket to another process. Does
// nothing if nobody is left to receive it.
void SendDescriptor(int socket, const absl::StatusOr<OpenedFile>& file);

// Receives what the other process sent. Internal if it ended without a word.
absl::StatusOr<OpenedFile> ReceiveDescriptor(int socket);

}  // namespace msyncspec

#endif  // MSYNCSPEC_HARNESS_EFFECTS_PASS_DESCRIPTOR_H_
