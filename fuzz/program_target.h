// SPDX-License-Identifier: MIT
#ifndef MSYNCSPEC_FUZZ_PROGRAM_TARGET_H_
#define MSYNCSPEC_FUZZ_PROGRAM_TARGET_H_

#include <cstdint>
#include <map>

#include "harness/executor/file_provider.h"
#include "harness/scenario/scenario.h"

namespace msyncspec {

// Holds what the C programs of scenarios say of this kernel against what the harness says.
class ProgramTarget {
 public:
  // `provider` outlives the target. Ends the process where nothing can be run, or compiled.
  explicit ProgramTarget(FileProvider& provider);

  // Compiles and runs the program of `scenario`; does not return if it does not compile, or says
  // otherwise than the harness.
  void Check(const Scenario& scenario);

  // Prints how many programs ended with each exit status.
  void PrintCounts() const;

 private:
  FileProvider& provider_;
  std::map<int, uint64_t> ended_;  // by exit status
};

}  // namespace msyncspec

#endif  // MSYNCSPEC_FUZZ_PROGRAM_TARGET_H_
