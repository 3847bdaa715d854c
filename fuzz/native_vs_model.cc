// SPDX-License-Identifier: MIT
//
// Every step and call of a scenario answers on this kernel what the model says.
#include "fuzz/native_target.h"
#include "harness/scenario/binary.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  using namespace msyncspec;
  static NativeTarget& kernel = *new NativeTarget(KernelFiles());
  kernel.Check(Fit(RandomHabitat(), Decode({data, size})));
  return 0;
}
