// SPDX-License-Identifier: MIT
#include "harness/executor/kernel_features.h"

#include <sys/mman.h>

#include "harness/executor/kernel_numbers.h"
#include "harness/executor/system_calls.h"
#include "harness/executor/userfault.h"
#include "harness/executor/worker.h"

namespace msyncspec {
namespace {

constexpr absl::Duration kPatience = absl::Seconds(10);

// Two pages of the child, one of which is free to be moved to.
struct Pages {
  char* first = nullptr;
  char* second = nullptr;
  size_t size = 0;
};

bool CanGuard(const Pages& pages) {
  return madvise(pages.first, pages.size, kMadvGuardInstall) == 0 &&
         madvise(pages.first, pages.size, kMadvGuardRemove) == 0;
}

bool CanKeep(const Pages& pages) {
  constexpr int kFlags = MREMAP_MAYMOVE | MREMAP_FIXED | kMremapDontUnmapFlag;
  return mremap(pages.first, pages.size, pages.size, kFlags, pages.second) == pages.second;
}

bool CanMap(const Pages& pages, int flags) {
  return mmap(pages.first, pages.size, PROT_READ, flags | MAP_FIXED | MAP_ANONYMOUS, -1, 0) ==
         pages.first;
}

void Try(KernelFeatures& features) {
  Pages pages = {.size = static_cast<size_t>(sysconf(_SC_PAGESIZE))};
  void* const both = mmap(nullptr, 2 * pages.size, PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  if (both == MAP_FAILED) return;
  pages.first = static_cast<char*>(both);
  pages.second = pages.first + pages.size;

  features.guard_pages = CanGuard(pages);
  features.keeping_remap = CanKeep(pages);
  if (CanMap(pages, MAP_SHARED)) {  // which has a file, though nobody named it
    features.guard_pages_in_files = CanGuard(pages);
    features.keeping_remap_of_files = CanKeep(pages);
  }
  features.droppable = CanMap(pages, kMapDroppableFlag);
  // Of nothing, which leaves no seal behind.
  features.seal = RawCall(kMsealNumber, pages.first, size_t{0}, 0UL) == Errno::kOk;
  features.userfault = UserfaultDescriptor().Open() == Errno::kOk;
}

KernelFeatures TryInChild() {
  SharedMemory<KernelFeatures> features;
  *features = {.keeping_remap = false,
               .keeping_remap_of_files = false,
               .guard_pages = false,
               .guard_pages_in_files = false,
               .seal = false,
               .userfault = false,
               .droppable = false};
  absl::StatusOr<Worker> worker = Worker::Start([&features] { Try(*features); });
  if (worker.ok()) worker->Wait(kPatience);
  return *features;
}

}  // namespace

const KernelFeatures& FeaturesOfThisKernel() {
  static const KernelFeatures features = TryInChild();
  return features;
}

}  // namespace msyncspec
