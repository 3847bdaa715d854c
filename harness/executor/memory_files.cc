// SPDX-License-Identifier: MIT
#include "harness/executor/memory_files.h"

#include <fcntl.h>
#include <linux/memfd.h>
#include <sys/ipc.h>
#include <sys/mman.h>
#include <sys/shm.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <utility>

#include "harness/executor/make_file.h"

#ifndef SYS_memfd_secret
#define SYS_memfd_secret 447
#endif

namespace msyncspec {
namespace {

constexpr uint64_t kHugePage = uint64_t{2} << 20;

// Makes a memfd with `seals`, which only who may write it can set.
absl::StatusOr<OpenedFile> OpenWithSeals(int seals, const File& file, Bytes page_size) {
  const int descriptor =
      static_cast<int>(syscall(SYS_memfd_create, "msyncspec", MFD_CLOEXEC | MFD_ALLOW_SEALING));
  if (descriptor < 0) return Failure("memfd_create");
  absl::StatusOr<OpenedFile> writable =
      Finish(descriptor, {.backing = file.backing, .pages = file.pages}, page_size);
  if (!writable.ok()) return writable;
  if (fcntl(descriptor, F_ADD_SEALS, seals) != 0) return Failure("F_ADD_SEALS");
  return OpenedAsAsked(*std::move(writable), file);
}

// Whether `descriptor` can be mapped shared for reading: no kernel before 6.7, and not every later
// one, lets that be done to a memfd that is sealed against writing.
bool CanBeMappedShared(int descriptor, Bytes page_size) {
  void* const page = mmap(nullptr, page_size.count, PROT_READ, MAP_SHARED, descriptor, 0);
  if (page == MAP_FAILED) return false;
  munmap(page, page_size.count);
  return true;
}

}  // namespace

absl::StatusOr<OpenedFile> OpenMemfd(const File& file, Bytes page_size) {
  const int descriptor = static_cast<int>(syscall(SYS_memfd_create, "msyncspec", MFD_CLOEXEC));
  if (descriptor < 0) return Failure("memfd_create");
  return Finish(descriptor, file, page_size);
}

absl::StatusOr<OpenedFile> OpenSealed(const File& file, Bytes page_size) {
  return OpenWithSeals(F_SEAL_SHRINK | F_SEAL_GROW | F_SEAL_SEAL, file, page_size);
}

absl::StatusOr<OpenedFile> OpenSealedWrite(const File& file, Bytes page_size) {
  absl::StatusOr<OpenedFile> sealed = OpenWithSeals(F_SEAL_WRITE, file, page_size);
  if (sealed.ok() && !CanBeMappedShared(sealed->descriptor(), page_size)) {
    return absl::UnimplementedError(
        "this kernel maps nothing shared that is sealed against writing");
  }
  return sealed;
}

absl::StatusOr<OpenedFile> OpenHugetlb(const File& file, Bytes page_size) {
  const auto unit = static_cast<uint64_t>(FactsOf(file.backing).unit_pages);
  if (unit * page_size.count != kHugePage) {
    return absl::UnimplementedError("huge pages of 2 MiB are not 512 pages here");
  }
  const int descriptor = static_cast<int>(
      syscall(SYS_memfd_create, "msyncspec", MFD_CLOEXEC | MFD_HUGETLB | MFD_HUGE_2MB));
  if (descriptor < 0) return Failure("memfd_create with MFD_HUGETLB");
  // Takes the pages, so that neither a mapping nor a store can find none left.
  absl::StatusOr<OpenedFile> finished = Finish(descriptor, file, page_size);
  if (absl::IsUnimplemented(finished.status())) {
    return absl::UnimplementedError(
        "no free huge pages: root can reserve some with `sysctl vm.nr_hugepages=2`");
  }
  return finished;
}

absl::StatusOr<OpenedFile> OpenDevZero(const File& file) {
  const int access = file.descriptor == Descriptor::kReadOnly ? O_RDONLY : O_RDWR;
  const int descriptor = open("/dev/zero", access | O_CLOEXEC);
  if (descriptor < 0) return Failure("/dev/zero");
  return OpenedFile::FromDescriptor(descriptor);
}

absl::StatusOr<OpenedFile> OpenSegment(const File& file, Bytes page_size) {
  const TerminationShield shield;
  const int segment = shmget(IPC_PRIVATE, SizeOf(file, page_size), IPC_CREAT | 0600);
  if (segment < 0) return Failure("shmget");
  // Linux lets a segment that is marked for removal be attached further, as long as somebody has
  // it attached; this attachment lasts as long as the process, and the segment no longer.
  const bool attached = shmat(segment, nullptr, SHM_RDONLY) != reinterpret_cast<void*>(-1);
  const absl::Status failure = attached ? absl::OkStatus() : Failure("shmat");
  shmctl(segment, IPC_RMID, nullptr);
  if (!failure.ok()) return failure;
  return OpenedFile::FromSegment(segment);
}

absl::StatusOr<OpenedFile> OpenSecret(const File& file, Bytes page_size) {
  const int descriptor = static_cast<int>(syscall(SYS_memfd_secret, O_CLOEXEC));
  if (descriptor < 0) return Failure("memfd_secret");
  return Finish(descriptor, file, page_size);
}

}  // namespace msyncspec
