// SPDX-License-Identifier: MIT
#include "harness/executor/userfault.h"

#include <fcntl.h>
#include <linux/userfaultfd.h>
#include <sys/ioctl.h>

#include "harness/executor/kernel_numbers.h"
#include "harness/executor/system_calls.h"

namespace msyncspec {

Errno UserfaultDescriptor::Open() {
  if (descriptor_ >= 0) return Errno::kOk;
  const long descriptor =
      syscall(SYS_userfaultfd, O_CLOEXEC | O_NONBLOCK | kUserfaultUserModeOnlyFlag);
  if (descriptor < 0) return static_cast<Errno>(errno);
  descriptor_ = static_cast<int>(descriptor);
  uffdio_api api = {};
  api.api = UFFD_API;
  const Errno agreed = RawCall(SYS_ioctl, descriptor_, UFFDIO_API, &api);
  if (agreed != Errno::kOk) Close();
  return agreed;
}

Errno UserfaultDescriptor::Register(Address begin, Bytes length) {
  if (const Errno opened = Open(); opened != Errno::kOk) return opened;
  uffdio_register wanted = {};
  wanted.range.start = begin.value;
  wanted.range.len = length.count;
  wanted.mode = UFFDIO_REGISTER_MODE_MISSING;
  return RawCall(SYS_ioctl, descriptor_, UFFDIO_REGISTER, &wanted);
}

void UserfaultDescriptor::Close() {
  if (descriptor_ >= 0) close(descriptor_);
  descriptor_ = -1;
}

}  // namespace msyncspec
