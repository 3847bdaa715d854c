// SPDX-License-Identifier: MIT
// fork: what of the layout a child process has.
// Source: dup_mmap in kernel/fork.c and mm/mmap.c of 6.12 and 7.2; measured on 6.18.44.
#include "harness/scenario/layout.h"

namespace msyncspec {

// A child has no locks, not even of secret memory, which then cannot be locked any more.
StepPrediction Layout::Fork() {
  for (const Mapping& mapping : space_.mappings()) {
    const File* file = FileOf(mapping);
    const bool answered =
        file == nullptr || file->backing == Backing::kPerf || file->backing == Backing::kBpfArray;
    if (!answered && IsKernelOwned(mapping)) {
      return Unmodelled("whether a child has the rings of the kernel");
    }
    if (mapping.file != kNoFile && AnyGuard({mapping.begin, mapping.end})) {
      return Unmodelled("whether a child has the guard pages in mappings of files");
    }
  }
  for (size_t i = 0; i < space_.mappings().size();) {
    const Mapping mapping = space_.mappings()[i];
    if (!mapping.Has(kNotForked)) {
      ++i;
      continue;
    }
    space_.Remove({mapping.begin, mapping.end});
    if (AnyGuard({mapping.begin, mapping.end})) SetGuards({mapping.begin, mapping.end}, false);
  }
  // What has become alike stays apart until something changes it.
  space_.UpdateApart([](Mapping& mapping) {
    mapping.lock = Lock::kUnlocked;
    mapping.marks = static_cast<uint8_t>(mapping.marks & ~kUserfault);
    if (mapping.lockability == Lockability::kAlwaysLocked) {
      mapping.lockability = Lockability::kIgnoresLocks;
    }
  });
  lock_of_new_ = Lock::kUnlocked;
  return Returns(Errno::kOk);
}

}  // namespace msyncspec
