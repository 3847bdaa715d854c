// SPDX-License-Identifier: MIT
//
// Every call of a scenario asks a file server for what the model says, and nothing else, and leaves
// there what the model says.
#include "fuzz/effects_target.h"
#include "harness/scenario/binary.h"

namespace {

msyncspec::EffectsTarget* g_kernel = nullptr;

}  // namespace

// The server is started before an engine starts threads.
extern "C" int LLVMFuzzerInitialize(int* /*argc*/, char*** /*argv*/) {
  g_kernel = new msyncspec::EffectsTarget();
  return 0;
}

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  using namespace msyncspec;
  g_kernel->Check(Fit(ServedHabitat(), Decode({data, size})));
  return 0;
}
