// SPDX-License-Identifier: MIT
//
// native_vs_model with a fault in the kernel's answers, which the environment variable
// MSYNCSPEC_PUZZLE names: an engine is to find it.
#include <cstdlib>

#include "fuzz/native_target.h"
#include "fuzz/planted_files.h"
#include "fuzz/require.h"
#include "harness/scenario/binary.h"

namespace {

using namespace msyncspec;

NativeTarget& FaultyKernel() {
  const char* const name = getenv("MSYNCSPEC_PUZZLE");
  const PlantedAnswer* const fault = name == nullptr ? nullptr : FindPlantedAnswer(name);
  if (fault == nullptr) NothingCanBeRun("MSYNCSPEC_PUZZLE names no fault of `plant --list`");
  return *new NativeTarget(*new PlantedFiles(*fault));
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  static NativeTarget& kernel = FaultyKernel();
  kernel.Check(Fit(RandomHabitat(), Decode({data, size})));
  return 0;
}
