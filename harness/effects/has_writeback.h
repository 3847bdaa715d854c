// SPDX-License-Identifier: MIT
#ifndef MSYNCSPEC_HARNESS_EFFECTS_HAS_WRITEBACK_H_
#define MSYNCSPEC_HARNESS_EFFECTS_HAS_WRITEBACK_H_

#include "absl/status/status.h"

namespace msyncspec {

// OK if pages of `file` can be dirty; Unimplemented for a file that is memory only (tmpfs, memfd,
// hugetlbfs…), whose pages always look clean or dirty, whatever msync does.
absl::Status HasWriteback(int file);

}  // namespace msyncspec

#endif  // MSYNCSPEC_HARNESS_EFFECTS_HAS_WRITEBACK_H_
