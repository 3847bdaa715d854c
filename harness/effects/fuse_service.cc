// SPDX-License-Identifier: MIT
#include "harness/effects/fuse_service.h"

#include <fcntl.h>
#include <fuse3/fuse_lowlevel.h>

#include <array>
#include <cerrno>
#include <cstdlib>
#include <string>
#include <utility>

#include "absl/strings/str_cat.h"
#include "harness/effects/fuse_files.h"
#include "harness/effects/fuse_waiting.h"

namespace msyncspec {
namespace {

constexpr fuse_ino_t kFirstFile = FUSE_ROOT_ID + 1;
constexpr double kForever = 1e6;  // seconds: names and attributes change through the kernel only

struct Service {
  Service(FuseState& shared, WritebackCache cache)
      : state(shared), files(shared), waiting(shared), writeback_cache(cache) {}

  FuseState& state;
  FuseFiles files;
  FuseWaiting waiting;
  WritebackCache writeback_cache;
  std::array<uint32_t, kMaxFuseFiles> opens{};
};

Service& Of(fuse_req_t request) { return *static_cast<Service*>(fuse_req_userdata(request)); }

uint16_t FileOf(fuse_ino_t node) { return static_cast<uint16_t>(node - kFirstFile); }

struct stat AttributesOf(fuse_req_t request, fuse_ino_t node) {
  struct stat attributes = {};
  if (node == FUSE_ROOT_ID) {
    attributes.st_mode = S_IFDIR | 0777;
    attributes.st_nlink = 2;
  } else {
    attributes = Of(request).files.Attributes(FileOf(node));
  }
  attributes.st_ino = node;
  return attributes;
}

void Init(void* service, fuse_conn_info* connection) {
  // A truncating open is to arrive as SETATTR, and nothing but the kernel changes the files.
  connection->want &= ~static_cast<unsigned>(FUSE_CAP_ATOMIC_O_TRUNC | FUSE_CAP_AUTO_INVAL_DATA);
  if (static_cast<Service*>(service)->writeback_cache == WritebackCache::kOn) {
    connection->want |= FUSE_CAP_WRITEBACK_CACHE;
  }
}

void Lookup(fuse_req_t request, fuse_ino_t, const char* name) {
  const std::optional<uint16_t> file = Of(request).files.Find(name);
  if (!file.has_value()) {
    fuse_reply_err(request, ENOENT);
    return;
  }
  fuse_entry_param entry = {};
  entry.ino = kFirstFile + *file;
  entry.attr = AttributesOf(request, entry.ino);
  entry.attr_timeout = entry.entry_timeout = kForever;
  fuse_reply_entry(request, &entry);
}

void GetAttributes(fuse_req_t request, fuse_ino_t node, fuse_file_info*) {
  const struct stat attributes = AttributesOf(request, node);
  fuse_reply_attr(request, &attributes, kForever);
}

void SetAttributes(fuse_req_t request, fuse_ino_t node, struct stat* wanted, int which,
                   fuse_file_info* open) {
  if (node == FUSE_ROOT_ID) {
    fuse_reply_err(request, EPERM);
    return;
  }
  FuseFiles& files = Of(request).files;
  Errno answer = Errno::kOk;
  if ((which & FUSE_SET_ATTR_SIZE) != 0) {
    answer = files.Resize(FileOf(node), static_cast<uint64_t>(wanted->st_size));
  }
  if (answer != Errno::kOk) {
    fuse_reply_err(request, static_cast<int>(answer));
    return;
  }
  timespec now = {};
  clock_gettime(CLOCK_REALTIME, &now);
  const auto time = [&](int now_bit, int bit, const timespec& given) {
    if ((which & now_bit) != 0) return &std::as_const(now);
    return (which & bit) != 0 ? &given : nullptr;
  };
  files.SetTimes(FileOf(node), time(FUSE_SET_ATTR_ATIME_NOW, FUSE_SET_ATTR_ATIME, wanted->st_atim),
                 time(FUSE_SET_ATTR_MTIME_NOW, FUSE_SET_ATTR_MTIME, wanted->st_mtim),
                 time(0, FUSE_SET_ATTR_CTIME, wanted->st_ctim));
  GetAttributes(request, node, open);
}

void Open(fuse_req_t request, fuse_ino_t node, fuse_file_info* open) {
  open->fh = Of(request).opens[FileOf(node)]++;
  open->keep_cache = 1;  // or a second open would drop what is cached, dirty pages included
  fuse_reply_open(request, open);
}

void Read(fuse_req_t request, fuse_ino_t node, size_t length, off_t offset, fuse_file_info*) {
  const std::span<const uint8_t> bytes =
      Of(request).files.Read(FileOf(node), static_cast<uint64_t>(offset), length);
  fuse_reply_buf(request, reinterpret_cast<const char*>(bytes.data()), bytes.size());
}

void Write(fuse_req_t request, fuse_ino_t node, const char* bytes, size_t length, off_t offset,
           fuse_file_info* open) {
  Service& service = Of(request);
  FuseRequest write{.kind = FuseRequest::Kind::kWrite,
                    .file = FileOf(node),
                    .open = static_cast<uint32_t>(open->fh),
                    .begin = {static_cast<uint64_t>(offset)},
                    .end = {static_cast<uint64_t>(offset) + length}};
  write.answer = service.state.files[write.file].on_write.Answer(write.begin, write.end);
  if (write.answer == Errno::kOk) {
    write.answer = service.files.Write(write.file, write.begin.count,
                                       {reinterpret_cast<const uint8_t*>(bytes), length});
  }
  service.state.log.Append(write);
  if (write.answer == Errno::kOk) {
    fuse_reply_write(request, length);
  } else {
    fuse_reply_err(request, static_cast<int>(write.answer));
  }
}

void Fsync(fuse_req_t request, fuse_ino_t node, int data_only, fuse_file_info* open) {
  Service& service = Of(request);
  const uint16_t file = FileOf(node);
  FuseFileState& state = service.state.files[file];
  const Errno answer = state.on_fsync.Answer({0}, {UINT64_MAX});
  const FuseRequest fsync{.kind = FuseRequest::Kind::kFsync,
                          .extent = data_only != 0 ? FuseRequest::Extent::kDataOnly
                                                   : FuseRequest::Extent::kWithAttributes,
                          .file = file,
                          .open = static_cast<uint32_t>(open->fh),
                          .answer = answer};
  const uint64_t logged = service.state.log.Append(fsync);
  const uint64_t hold = service.state.hold.Count();
  const absl::Duration delay = absl::Nanoseconds(state.fsync_delay_ns.load());
  if (hold != 0 || delay > absl::ZeroDuration()) {
    service.waiting.Add(request, fsync, logged, hold, delay);
  } else {
    fuse_reply_err(request, static_cast<int>(answer));
  }
}

constexpr fuse_lowlevel_ops kOperations = {.init = Init,
                                           .lookup = Lookup,
                                           .getattr = GetAttributes,
                                           .setattr = SetAttributes,
                                           .open = Open,
                                           .read = Read,
                                           .write = Write,
                                           .fsync = Fsync};

// A request that poll has seen may be gone when it is read, if its caller was killed. So that the
// release of another one is still noticed, reading must not wait while there is any.
void SetBlocking(int device, bool blocking) { fcntl(device, F_SETFL, blocking ? 0 : O_NONBLOCK); }

void Loop(fuse_session* session, FuseWaiting& waiting, int device, int wake) {
  fuse_buf buffer = {};
  bool blocking = true;
  while (fuse_session_exited(session) == 0) {
    if (waiting.empty() != blocking) SetBlocking(device, blocking = waiting.empty());
    if (!blocking) waiting.Wait(device, wake);
    const int received = fuse_session_receive_buf(session, &buffer);
    if (received > 0) {
      fuse_session_process_buf(session, &buffer);
    } else if (received != -EINTR && received != -EAGAIN) {
      break;
    }
    if (!waiting.empty()) waiting.AnswerDue();
  }
  free(buffer.mem);
}

}  // namespace

void ServeFuse(FuseState& state, int device, int wake, WritebackCache writeback_cache) {
  Service service(state, writeback_cache);
  std::string name = "msyncspec";
  std::array<char*, 2> words = {name.data(), nullptr};
  fuse_args arguments = FUSE_ARGS_INIT(1, words.data());
  fuse_session* const session =
      fuse_session_new(&arguments, &kOperations, sizeof(kOperations), &service);
  if (session == nullptr) return;
  // The session closes the descriptor that it is given.
  const int own = fcntl(device, F_DUPFD_CLOEXEC, 0);
  if (own >= 0 && fuse_session_mount(session, absl::StrCat("/dev/fd/", own).c_str()) == 0) {
    Loop(session, service.waiting, device, wake);
  }
  fuse_session_destroy(session);
}

}  // namespace msyncspec
