// SPDX-License-Identifier: MIT
#include "harness/executor/own_mappings.h"

#include <sys/mman.h>

#include <cstdlib>
#include <fstream>
#include <string>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/time/time.h"
#include "harness/executor/make_file.h"
#include "harness/executor/system_calls.h"
#include "harness/executor/worker.h"
#include "model/errno.h"

namespace msyncspec {
namespace {

constexpr absl::Duration kMovePatience = absl::Seconds(10);

// Whether programs enter the kernel through the vDSO, and could not once it is elsewhere.
constexpr bool kCallsThroughVdso = sizeof(void*) < sizeof(uint64_t);

// Moves `mapping` to a place of the kernel's choice. In a child: what uses it there is gone.
absl::Status TryToMove(AddressRange mapping) {
  const SharedMemory<Errno> answer;
  *answer = Errno::kEFAULT;
  absl::StatusOr<Worker> worker = Worker::Start([&] {
    const uint64_t bytes = (mapping.end - mapping.begin).count;
    void* const place = mmap(nullptr, bytes, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    *answer = RawCall(SYS_mremap, mapping.begin.value, bytes, bytes,
                      uint64_t{MREMAP_MAYMOVE | MREMAP_FIXED}, place);
  });
  if (!worker.ok()) return worker.status();
  const std::optional<WorkerEnd> end = worker->Wait(kMovePatience);
  if (!end.has_value() || end->signal != 0) {
    return absl::UnimplementedError("a process that has moved it does not live on");
  }
  if (*answer == Errno::kOk) return absl::OkStatus();
  return absl::UnimplementedError(
      absl::StrCat("this kernel does not let it be moved: ", ErrnoName(*answer)));
}

}  // namespace

absl::StatusOr<AddressRange> FindOwnMapping(absl::string_view name) {
  std::ifstream maps("/proc/self/maps");
  for (std::string line; std::getline(maps, line);) {
    if (!absl::EndsWith(line, absl::StrCat(" ", name))) continue;
    char* at = nullptr;
    const uint64_t begin = strtoull(line.c_str(), &at, 16);
    return AddressRange{{begin}, {strtoull(at + 1, nullptr, 16)}};
  }
  return absl::UnimplementedError(absl::StrCat("no ", name, " in /proc/self/maps"));
}

absl::StatusOr<OpenedFile> TakeOwnMapping(absl::string_view name, const File& file,
                                          Bytes page_size) {
  if (kCallsThroughVdso) {
    return absl::UnimplementedError("programs of 32 bits make their system calls through it");
  }
  const absl::StatusOr<AddressRange> mapping = FindOwnMapping(name);
  if (!mapping.ok()) return mapping.status();
  const uint64_t pages = (mapping->end - mapping->begin).count / page_size.count;
  if (pages != static_cast<uint64_t>(file.pages)) {
    return absl::UnimplementedError(absl::StrCat("it has ", pages, " pages here"));
  }
  if (absl::Status status = TryToMove(*mapping); !status.ok()) return status;
  return OpenedFile::FromOwnMapping(*mapping);
}

}  // namespace msyncspec
