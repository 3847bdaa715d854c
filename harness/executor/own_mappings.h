// SPDX-License-Identifier: MIT
#ifndef MSYNCSPEC_HARNESS_EXECUTOR_OWN_MAPPINGS_H_
#define MSYNCSPEC_HARNESS_EXECUTOR_OWN_MAPPINGS_H_

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "harness/executor/opened_file.h"
#include "model/units.h"

namespace msyncspec {

// Returns where this process has the mapping that /proc/self/maps calls `name`, such as "[vdso]".
// Unimplemented where there is none.
absl::StatusOr<AddressRange> FindOwnMapping(absl::string_view name);

// Takes the mapping of that name for `file`, once a child has moved its own: some kernels seal it.
// A process that has moved it may make raw system calls, and ask the C library for no time.
absl::StatusOr<OpenedFile> TakeOwnMapping(absl::string_view name, const File& file,
                                          Bytes page_size);

}  // namespace msyncspec

#endif  // MSYNCSPEC_HARNESS_EXECUTOR_OWN_MAPPINGS_H_
