// SPDX-License-Identifier: MIT
#ifndef MSYNCSPEC_HARNESS_EFFECTS_FUSE_SERVICE_H_
#define MSYNCSPEC_HARNESS_EFFECTS_FUSE_SERVICE_H_

#include "harness/effects/fuse_state.h"

namespace msyncspec {

// Who keeps what is written to a file until it is written back: the server (kOff: write(2) reaches
// it at once) or the kernel (kOn), which then keeps the file's times as well.
enum class WritebackCache { kOff, kOn };

// Serves the FUSE connection `device` from `state` until it is aborted or unmounted. `wake` is an
// eventfd that becomes readable when something held is released. While no FSYNC waits it makes no
// system calls but one read and one write for a request.
void ServeFuse(FuseState& state, int device, int wake, WritebackCache writeback_cache);

}  // namespace msyncspec

#endif  // MSYNCSPEC_HARNESS_EFFECTS_FUSE_SERVICE_H_
