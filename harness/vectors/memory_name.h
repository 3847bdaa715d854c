// SPDX-License-Identifier: MIT
#ifndef MSYNCSPEC_HARNESS_VECTORS_MEMORY_NAME_H_
#define MSYNCSPEC_HARNESS_VECTORS_MEMORY_NAME_H_

#include <string>
#include <vector>

#include "harness/scenario/scenario.h"

namespace msyncspec {

// What a map step maps, in a name and in words.
struct MemoryName {
  int number = 0;    // the same for the same name alone
  std::string name;  // "shared-memfd-readonly"
  std::string says;  // "a shared mapping of a file (memfd: …), opened for reading only"
};

// Returns the name of what `step`, a map step, maps where the files are `files`.
MemoryName NameMemory(const Step& step, const std::vector<File>& files);

}  // namespace msyncspec

#endif  // MSYNCSPEC_HARNESS_VECTORS_MEMORY_NAME_H_
