// SPDX-License-Identifier: MIT
#include "harness/executor/kernel_features.h"

#include <sys/mman.h>
#include <sys/shm.h>

#include <cerrno>

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

// Two pages of a segment, which wants to hear of the ends of its mappings.
class Segment {
 public:
  explicit Segment(size_t page) : page_(page) {
    const int segment = shmget(IPC_PRIVATE, 2 * page, 0600);
    if (segment < 0) return;
    void* const place = shmat(segment, nullptr, 0);
    shmctl(segment, IPC_RMID, nullptr);
    if (place != reinterpret_cast<void*>(-1)) place_ = static_cast<char*>(place);
  }

  bool ok() const { return place_ != nullptr; }

  // Moves a page away to `free` and back. Returns whether it has become one with the other again:
  // mremap in place wants its range in one mapping.
  bool JoinsAgain(size_t which, void* free) {
    char* const home = place_ + which * page_;
    constexpr int kMove = MREMAP_MAYMOVE | MREMAP_FIXED;
    if (mremap(home, page_, page_, kMove, free) != free) return false;
    if (mremap(free, page_, page_, kMove, home) != home) return false;
    return mremap(place_, 2 * page_, 3 * page_, 0) != MAP_FAILED || errno != EFAULT;
  }

 private:
  size_t page_;
  char* place_ = nullptr;  // until the process ends
};

// Returns how mappings join whose file wants to hear of their ends.
Joining HowClosedOnesJoin(size_t page, void* free) {
  Segment upwards(page), downwards(page);
  if (!upwards.ok() || !downwards.ok()) return KernelFeatures{}.closed;
  if (!upwards.JoinsAgain(1, free)) return Joining::kNever;
  return downwards.JoinsAgain(0, free) ? Joining::kGrows : Joining::kGrowsUpwards;
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
  features.closed = HowClosedOnesJoin(pages.size, pages.second);
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
