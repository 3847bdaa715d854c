// SPDX-License-Identifier: MIT
#include "harness/executor/opened_file.h"

#include <fcntl.h>
#include <linux/bpf.h>
#include <linux/io_uring.h>
#include <linux/magic.h>
#include <linux/perf_event.h>
#include <sys/ipc.h>
#include <sys/mman.h>
#include <sys/shm.h>
#include <sys/syscall.h>
#include <sys/vfs.h>
#include <unistd.h>

#include <algorithm>
#include <bit>
#include <cerrno>
#include <csignal>
#include <cstdlib>
#include <cstring>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"

#ifndef SYS_memfd_secret
#define SYS_memfd_secret 447
#endif

namespace msyncspec {
namespace {

// Says that `what` failed with the current errno. A refusal means that this place cannot make the
// object; anything else that the harness is at fault.
absl::Status Failure(absl::string_view what) {
  const int error = errno;
  const std::string message = absl::StrCat(what, ": ", strerror(error));
  switch (error) {
    case EPERM:
    case EACCES:
      return absl::PermissionDeniedError(message);
    case ENOSYS:
    case ENODEV:
    case ENXIO:
    case ENOENT:
    case EINVAL:
    case EOPNOTSUPP:
    case EROFS:
    case EISDIR:
    case ENOMEM:
    case ENOSPC:
    case EDQUOT:
    case EFBIG:
    case EAGAIN:
    case EBUSY:
      return absl::UnimplementedError(message);
    default:
      return absl::InternalError(message);
  }
}

uint64_t SizeOf(const File& file, Bytes page_size) {
  return static_cast<uint64_t>(file.pages) * page_size.count;
}

// Gives `descriptor` the file's size and, where the file is to be open for reading only, opens it
// once more so.
absl::StatusOr<OpenedFile> Finish(int descriptor, const File& file, Bytes page_size) {
  OpenedFile writable = OpenedFile::FromDescriptor(descriptor);
  if (ftruncate(descriptor, static_cast<off_t>(SizeOf(file, page_size))) != 0) {
    return Failure("ftruncate");
  }
  // A full filesystem would show as a store that kills. What cannot be reserved is not looked at.
  if (fallocate(descriptor, 0, 0, static_cast<off_t>(SizeOf(file, page_size))) != 0 &&
      (errno == ENOSPC || errno == EDQUOT)) {
    return Failure("room for the file");
  }
  if (file.descriptor == Descriptor::kReadWrite) return writable;
  const std::string link = absl::StrCat("/proc/self/fd/", descriptor);
  const int read_only = open(link.c_str(), O_RDONLY | O_CLOEXEC);
  if (read_only < 0) return Failure("opening it through /proc/self/fd for reading only");
  return OpenedFile::FromDescriptor(read_only);
}

bool IsInMemory(const std::string& folder) {
  struct statfs facts = {};
  if (statfs(folder.c_str(), &facts) != 0) return true;
  return facts.f_type == TMPFS_MAGIC || facts.f_type == RAMFS_MAGIC;
}

// Returns the first folder that takes new files and whose kind (in memory or not) is `in_memory`.
absl::StatusOr<std::string> FindFolder(bool in_memory) {
  std::vector<std::string> folders;
  if (const char* chosen = getenv("TMPDIR"); chosen != nullptr) folders.emplace_back(chosen);
  for (const char* usual : {"/var/tmp", "/tmp", "/dev/shm", "/run"}) folders.emplace_back(usual);
  for (const std::string& folder : folders) {
    if (access(folder.c_str(), W_OK | X_OK) == 0 && IsInMemory(folder) == in_memory) return folder;
  }
  return absl::NotFoundError(absl::StrCat("no writable folder ", in_memory ? "on tmpfs" : "on disk",
                                          " among ", absl::StrJoin(folders, ", ")));
}

absl::StatusOr<OpenedFile> OpenMemfd(const File& file, Bytes page_size) {
  const int descriptor = static_cast<int>(syscall(SYS_memfd_create, "msyncspec", MFD_CLOEXEC));
  if (descriptor < 0) return Failure("memfd_create");
  return Finish(descriptor, file, page_size);
}

// Keeps the parent's death, which arrives as SIGTERM, from falling between the making of a thing
// that outlives the process and the taking away of its name.
class TerminationShield {
 public:
  TerminationShield() {
    sigset_t terminate;
    sigemptyset(&terminate);
    sigaddset(&terminate, SIGTERM);
    sigprocmask(SIG_BLOCK, &terminate, &before_);
  }
  ~TerminationShield() { sigprocmask(SIG_SETMASK, &before_, nullptr); }
  TerminationShield(const TerminationShield&) = delete;
  TerminationShield& operator=(const TerminationShield&) = delete;

 private:
  sigset_t before_;
};

// Makes a file in `folder` and takes its name away at once. Returns its descriptor, or -1.
int MakeNameless(const std::string& folder) {
  std::string path = absl::StrCat(folder, "/msyncspec.XXXXXX");
  const TerminationShield shield;
  const int descriptor = mkostemp(path.data(), O_CLOEXEC);
  if (descriptor >= 0) unlink(path.c_str());
  return descriptor;
}

absl::StatusOr<OpenedFile> OpenUnnamed(bool in_memory, const File& file, Bytes page_size) {
  const absl::StatusOr<std::string> folder = FindFolder(in_memory);
  if (!folder.ok()) return absl::UnimplementedError(folder.status().message());
  int descriptor = open(folder->c_str(), O_TMPFILE | O_RDWR | O_CLOEXEC, 0600);
  if (descriptor < 0) descriptor = MakeNameless(*folder);  // not every filesystem knows O_TMPFILE
  if (descriptor < 0) return Failure(absl::StrCat("a file in ", *folder));
  return Finish(descriptor, file, page_size);
}

absl::StatusOr<OpenedFile> OpenDeleted(const File& file, Bytes page_size) {
  const absl::StatusOr<std::string> folder = DiskFolder();
  if (!folder.ok()) return absl::UnimplementedError(folder.status().message());
  const int descriptor = MakeNameless(*folder);
  if (descriptor < 0) return Failure(absl::StrCat("a file in ", *folder));
  return Finish(descriptor, file, page_size);
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

// Whether `descriptor` can be mapped at an address that the caller chooses, as scenarios do.
bool CanBeMappedAnywhere(int descriptor, uint64_t bytes) {
  void* const place = mmap(nullptr, bytes, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  if (place == MAP_FAILED) return false;
  const void* const got =
      mmap(place, bytes, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_FIXED, descriptor, 0);
  munmap(place, bytes);
  return got == place;
}

absl::StatusOr<OpenedFile> OpenIoUring(const File& file, Bytes page_size) {
  constexpr uint64_t kBytesPerEntry = 32;  // of the ring: two completions of 16 bytes
  io_uring_params params = {};
  const uint64_t entries = std::bit_ceil(SizeOf(file, page_size) / kBytesPerEntry);
  const int descriptor = static_cast<int>(syscall(SYS_io_uring_setup, entries, &params));
  if (descriptor < 0) return Failure("io_uring_setup");
  fcntl(descriptor, F_SETFD, FD_CLOEXEC);
  OpenedFile ring = OpenedFile::FromDescriptor(descriptor);
  if (!CanBeMappedAnywhere(descriptor, SizeOf(file, page_size))) {
    return absl::UnimplementedError("this kernel chooses itself where it maps a ring");
  }
  return ring;
}

absl::StatusOr<OpenedFile> OpenBpfArray(const File& file, Bytes page_size) {
  bpf_attr attributes;
  memset(&attributes, 0, sizeof(attributes));
  attributes.map_type = BPF_MAP_TYPE_ARRAY;
  attributes.key_size = 4;
  attributes.value_size = 8;
  attributes.max_entries = static_cast<uint32_t>(SizeOf(file, page_size) / 8);
  attributes.map_flags = BPF_F_MMAPABLE;
  const int descriptor =
      static_cast<int>(syscall(SYS_bpf, BPF_MAP_CREATE, &attributes, sizeof(attributes)));
  if (descriptor < 0) return Failure("bpf");
  return OpenedFile::FromDescriptor(descriptor);
}

absl::StatusOr<OpenedFile> OpenPerf() {
  perf_event_attr attributes;
  memset(&attributes, 0, sizeof(attributes));
  attributes.type = PERF_TYPE_SOFTWARE;
  attributes.size = sizeof(attributes);
  attributes.config = PERF_COUNT_SW_DUMMY;
  attributes.disabled = 1;
  attributes.exclude_kernel = 1;  // what an ordinary user may watch
  const int descriptor =
      static_cast<int>(syscall(SYS_perf_event_open, &attributes, 0, -1, -1, PERF_FLAG_FD_CLOEXEC));
  if (descriptor < 0) return Failure("perf_event_open");
  return OpenedFile::FromDescriptor(descriptor);
}

}  // namespace

OpenedFile::OpenedFile(OpenedFile&& other) noexcept
    : descriptor_(std::exchange(other.descriptor_, -1)),
      segment_(std::exchange(other.segment_, -1)) {}

OpenedFile::~OpenedFile() {
  if (descriptor_ >= 0) close(descriptor_);
}

absl::StatusOr<std::string> DiskFolder() { return FindFolder(/*in_memory=*/false); }

absl::StatusOr<OpenedFile> OpenKernelFile(const File& file, Bytes page_size) {
  switch (file.backing) {
    case Backing::kMemfd:
      return OpenMemfd(file, page_size);
    case Backing::kTmpfs:
      return OpenUnnamed(/*in_memory=*/true, file, page_size);
    case Backing::kDisk:
      return OpenUnnamed(/*in_memory=*/false, file, page_size);
    case Backing::kDeleted:
      return OpenDeleted(file, page_size);
    case Backing::kDevZero:
      return OpenDevZero(file);
    case Backing::kShm:
      return OpenSegment(file, page_size);
    case Backing::kSecret:
      return OpenSecret(file, page_size);
    case Backing::kIoUring:
      return OpenIoUring(file, page_size);
    case Backing::kBpfArray:
      return OpenBpfArray(file, page_size);
    case Backing::kPerf:
      return OpenPerf();
    case Backing::kFuse:
    case Backing::kExt4:
    case Backing::kXfs:
    case Backing::kBtrfs:
    case Backing::kOverlay:
    case Backing::kBlock:
    case Backing::kFull:
      return absl::UnimplementedError("needs a file server or a filesystem of its own");
  }
  return absl::InternalError("a backing without a maker");
}

absl::StatusOr<OpenedFile> OpenDerived(const File& file, const OpenedFile& original) {
  if (file.origin == Origin::kDup) {
    const int duplicate = fcntl(original.descriptor(), F_DUPFD_CLOEXEC, 0);
    if (duplicate < 0) return Failure("dup");
    return OpenedFile::FromDescriptor(duplicate);
  }
  const std::string link = absl::StrCat("/proc/self/fd/", original.descriptor());
  const int access = file.descriptor == Descriptor::kReadOnly ? O_RDONLY : O_RDWR;
  const int again = open(link.c_str(), access | O_CLOEXEC);
  if (again < 0) return Failure("opening it again through /proc/self/fd");
  return OpenedFile::FromDescriptor(again);
}

}  // namespace msyncspec
