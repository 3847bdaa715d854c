// SPDX-License-Identifier: MIT
#include "fuzz/kernel_coverage.h"

#include <fcntl.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <unistd.h>

#include <algorithm>

#include "fuzz/guide.h"

namespace msyncspec {
namespace {

// Of linux/kcov.h, which only newer systems have.
constexpr unsigned long kInitTrace = _IOR('c', 1, unsigned long);
constexpr unsigned long kEnable = _IO('c', 100);
constexpr unsigned long kDisable = _IO('c', 101);
constexpr unsigned long kTracePlaces = 0;

constexpr size_t kMaxPlaces = 64 << 10;  // of one input
constexpr size_t kBytes = kMaxPlaces * sizeof(uint64_t);

// Spreads addresses, whose low bits say little.
uint32_t Hash(uint64_t address) {
  return static_cast<uint32_t>((address * 0x9e3779b97f4a7c15) >> 32);
}

}  // namespace

KernelCoverage::KernelCoverage() {
  descriptor_ = open("/sys/kernel/debug/kcov", O_RDWR | O_CLOEXEC);
  if (descriptor_ < 0 || ioctl(descriptor_, kInitTrace, kMaxPlaces) != 0) return;
  void* const shared = mmap(nullptr, kBytes, PROT_READ | PROT_WRITE, MAP_SHARED, descriptor_, 0);
  if (shared == MAP_FAILED) return;
  if (ioctl(descriptor_, kEnable, kTracePlaces) != 0) {
    munmap(shared, kBytes);
    return;
  }
  places_ = static_cast<uint64_t*>(shared);
}

KernelCoverage::~KernelCoverage() {
  if (places_ != nullptr) {
    ioctl(descriptor_, kDisable, 0);
    munmap(places_, kBytes);
  }
  if (descriptor_ >= 0) close(descriptor_);
}

void KernelCoverage::Begin() {
  if (places_ != nullptr) __atomic_store_n(&places_[0], 0, __ATOMIC_RELAXED);
}

void KernelCoverage::End() {
  if (places_ == nullptr) return;
  const uint64_t count =
      std::min<uint64_t>(__atomic_load_n(&places_[0], __ATOMIC_RELAXED), kMaxPlaces - 1);
  for (uint64_t i = 1; i <= count; ++i) {
    Pass(kFirstKernelFeature + Hash(places_[i]) % (kFeatures - kFirstKernelFeature));
  }
}

}  // namespace msyncspec
