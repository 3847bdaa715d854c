// SPDX-License-Identifier: MIT
#include "harness/effects/loop_device.h"

#include <fcntl.h>
#include <linux/loop.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <cerrno>

#include "absl/strings/str_cat.h"
#include "harness/executor/make_file.h"

namespace msyncspec {
namespace {

constexpr int kAttempts = 100;  // each lost to another process that took the number first

bool IsLostRace(int error) { return error == EBUSY || error == ENXIO || error == ENODEV; }

}  // namespace

absl::StatusOr<OpenedFile> MakeBackingFile(uint64_t bytes) {
  const int descriptor = static_cast<int>(syscall(SYS_memfd_create, "msyncspec-disk", MFD_CLOEXEC));
  if (descriptor < 0) return Failure("memfd_create");
  OpenedFile file = OpenedFile::FromDescriptor(descriptor);
  if (ftruncate(descriptor, static_cast<off_t>(bytes)) != 0) return Failure("ftruncate");
  return file;
}

absl::StatusOr<LoopDevice> LoopDevice::Attach(int backing) {
  const OpenedFile control =
      OpenedFile::FromDescriptor(open("/dev/loop-control", O_RDWR | O_CLOEXEC));
  if (control.descriptor() < 0) return Failure("/dev/loop-control");
  for (int attempt = 0; attempt < kAttempts; ++attempt) {
    const int number = ioctl(control.descriptor(), LOOP_CTL_GET_FREE);
    if (number < 0) return Failure("LOOP_CTL_GET_FREE");
    const std::string path = absl::StrCat("/dev/loop", number);
    OpenedFile device = OpenedFile::FromDescriptor(open(path.c_str(), O_RDWR | O_CLOEXEC));
    if (device.descriptor() < 0) {
      if (IsLostRace(errno)) continue;
      return Failure(path);
    }
    // One step, flag included: a kill between two would leave the device for good.
    loop_config config = {.fd = static_cast<uint32_t>(backing),
                          .info = {.lo_flags = LO_FLAGS_AUTOCLEAR}};
    if (ioctl(device.descriptor(), LOOP_CONFIGURE, &config) == 0) {
      return LoopDevice(std::move(device), path);
    }
    if (!IsLostRace(errno)) return Failure("LOOP_CONFIGURE (Linux 5.8)");
  }
  return absl::UnimplementedError("other processes took every free loop device");
}

}  // namespace msyncspec
