// SPDX-License-Identifier: MIT
#include "harness/vectors/memory_name.h"

#include "absl/strings/str_cat.h"

namespace msyncspec {

MemoryName NameMemory(const Step& step, const std::vector<File>& files) {
  const bool shared = step.sharing == MapSharing::kShared;
  const bool locked = (step.options & kMapLocked) != 0;
  const absl::string_view sharing = shared ? "shared" : "private";
  MemoryName memory = {.number = (shared ? 1 : 0) + (locked ? 2 : 0)};
  if (step.file == kNoFile) {
    memory.name = absl::StrCat(sharing, "-anonymous");
    memory.says = absl::StrCat(sharing, " anonymous memory");
  } else {
    const File& file = files[static_cast<size_t>(step.file)];
    const BackingFacts& facts = FactsOf(file.backing);
    memory.number += 8 + 8 * static_cast<int>(file.backing);
    memory.name = absl::StrCat(sharing, "-", facts.name);
    memory.says =
        absl::StrCat("a ", sharing, " mapping of a file (", facts.name, ": ", facts.about, ")");
    if (file.descriptor == Descriptor::kReadOnly) {
      memory.number += 4;
      absl::StrAppend(&memory.name, "-readonly");
      absl::StrAppend(&memory.says, ", opened for reading only");
    }
  }
  if (locked) {
    absl::StrAppend(&memory.name, "-locked");
    absl::StrAppend(&memory.says, ", locked");
  }
  return memory;
}

}  // namespace msyncspec
