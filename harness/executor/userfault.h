// SPDX-License-Identifier: MIT
#ifndef MSYNCSPEC_HARNESS_EXECUTOR_USERFAULT_H_
#define MSYNCSPEC_HARNESS_EXECUTOR_USERFAULT_H_

#include "model/errno.h"
#include "model/units.h"

namespace msyncspec {

// A userfaultfd of this process, opened when it is first used. It serves no faults: a store to a
// missing page of what is registered waits until the descriptor is closed. The kernel's own access
// to such a page fails instead, so that it needs no rights.
class UserfaultDescriptor {
 public:
  UserfaultDescriptor() = default;
  UserfaultDescriptor(const UserfaultDescriptor&) = delete;
  UserfaultDescriptor& operator=(const UserfaultDescriptor&) = delete;
  ~UserfaultDescriptor() { Close(); }

  // Opens the descriptor, if it is not open yet.
  Errno Open();

  // Registers the range for pages that are missing.
  Errno Register(Address begin, Bytes length);

  // Closes the descriptor. A child's descriptor is still about its parent's memory.
  void Close();

 private:
  int descriptor_ = -1;
};

}  // namespace msyncspec

#endif  // MSYNCSPEC_HARNESS_EXECUTOR_USERFAULT_H_
