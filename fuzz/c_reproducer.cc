// SPDX-License-Identifier: MIT
//
// The C program of a scenario compiles without a warning, and says of this kernel what the harness
// says.
#include <cstdlib>

#include "fuzz/finding.h"
#include "fuzz/program_target.h"
#include "harness/executor/this_process.h"
#include "harness/generate/fit_scenario.h"
#include "harness/scenario/binary.h"

namespace {

msyncspec::ProgramTarget* g_programs = nullptr;

}  // namespace

extern "C" int LLVMFuzzerInitialize(int* /*argc*/, char*** /*argv*/) {
  g_programs = new msyncspec::ProgramTarget(msyncspec::KernelFiles());
  return std::atexit([] { g_programs->PrintCounts(); });
}

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  using namespace msyncspec;
  const Scenario scenario = Fit(RandomHabitat(), Decode({data, size})).scenario;
  g_programs->Check(AsCalledBy(FuzzedProfile(), scenario));
  return 0;
}
