// SPDX-License-Identifier: MIT
#include "harness/executor/kernel_rings.h"

#include <fcntl.h>
#include <linux/aio_abi.h>
#include <linux/bpf.h>
#include <linux/if_packet.h>
#include <linux/io_uring.h>
#include <linux/perf_event.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <bit>
#include <cstring>

#include "harness/executor/make_file.h"

namespace msyncspec {
namespace {

// What the kernel writes at the beginning of a ring (fs/aio.c).
struct AioRing {
  uint32_t id;
  uint32_t entries;
  uint32_t rest[6];
};

// Whether `descriptor` can be mapped at an address that the caller chooses, as scenarios do.
bool CanBeMappedAnywhere(int descriptor, uint64_t bytes) {
  void* const place = mmap(nullptr, bytes, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  if (place == MAP_FAILED) return false;
  const void* const got =
      mmap(place, bytes, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_FIXED, descriptor, 0);
  munmap(place, bytes);
  return got == place;
}

}  // namespace

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

// Each page is a block of its own, with one frame.
absl::StatusOr<OpenedFile> OpenPacket(const File& file, Bytes page_size) {
  // Protocol 0: no packet ever arrives.
  const int descriptor = socket(AF_PACKET, SOCK_RAW | SOCK_CLOEXEC, 0);
  if (descriptor < 0) return Failure("socket of AF_PACKET");
  OpenedFile ring = OpenedFile::FromDescriptor(descriptor);
  const auto pages = static_cast<unsigned>(file.pages);
  const auto page = static_cast<unsigned>(page_size.count);
  const tpacket_req request = {
      .tp_block_size = page, .tp_block_nr = pages, .tp_frame_size = page, .tp_frame_nr = pages};
  if (setsockopt(descriptor, SOL_PACKET, PACKET_RX_RING, &request, sizeof(request)) != 0) {
    return Failure("PACKET_RX_RING");
  }
  return ring;
}

absl::StatusOr<OpenedFile> OpenAio(const File& file, Bytes page_size) {
  const uint64_t wanted = SizeOf(file, page_size);
  aio_context_t context = 0;
  // The kernel doubles the number and adds two, and takes no less than its processors need.
  const uint64_t events = (wanted - sizeof(AioRing)) / sizeof(io_event) / 2 - 1;
  if (syscall(SYS_io_setup, events, &context) != 0) return Failure("io_setup");
  OpenedFile ring = OpenedFile::FromAioRing({{context}, {context + wanted}});
  const auto* header = reinterpret_cast<const AioRing*>(context);
  const uint64_t bytes = sizeof(AioRing) + uint64_t{header->entries} * sizeof(io_event);
  const uint64_t whole = (bytes + page_size.count - 1) & ~(page_size.count - 1);
  void* const place = mmap(nullptr, whole, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  if (place == MAP_FAILED) return Failure("room for the ring");
  // The rest stays behind where the ring is longer than wanted; io_destroy takes all of `whole`.
  void* const old = reinterpret_cast<void*>(context);
  if (mremap(old, wanted, wanted, MREMAP_MAYMOVE | MREMAP_FIXED, place) == MAP_FAILED) {
    const absl::Status failure = Failure("moving the ring");
    munmap(place, whole);
    return failure;
  }
  if (whole > wanted) munmap(static_cast<char*>(old) + wanted, whole - wanted);
  ring.HasMovedTo({reinterpret_cast<uint64_t>(place)});
  return ring;
}

}  // namespace msyncspec
