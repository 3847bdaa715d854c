// SPDX-License-Identifier: MIT
#ifndef MSYNCSPEC_FUZZ_KERNEL_COVERAGE_H_
#define MSYNCSPEC_FUZZ_KERNEL_COVERAGE_H_

#include <cstdint>

namespace msyncspec {

// The features from this one on belong to places in the kernel.
inline constexpr uint32_t kFirstKernelFeature = 1024;

// The places of the kernel that this thread passes, where the kernel was built with KCOV
// (Documentation/dev-tools/kcov.rst) and this process may see them; elsewhere it does nothing.
class KernelCoverage {
 public:
  KernelCoverage();
  ~KernelCoverage();
  KernelCoverage(const KernelCoverage&) = delete;
  KernelCoverage& operator=(const KernelCoverage&) = delete;

  // Forgets what was passed.
  void Begin();
  // Passes a feature for each place of the kernel that was passed since Begin.
  void End();

  bool is_there() const { return places_ != nullptr; }

 private:
  int descriptor_ = -1;
  uint64_t* places_ = nullptr;  // their count, then their addresses
};

}  // namespace msyncspec

#endif  // MSYNCSPEC_FUZZ_KERNEL_COVERAGE_H_
