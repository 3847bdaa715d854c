// SPDX-License-Identifier: MIT
#include "harness/effects/pass_descriptor.h"

#include <sys/socket.h>

#include <algorithm>
#include <cerrno>
#include <cstring>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"

namespace msyncspec {
namespace {

// A status as bytes.
struct Word {
  int code = 0;
  char message[256] = {};
};

// A message with room for one descriptor beside a word.
struct Parcel {
  explicit Parcel(Word* word)
      : bytes{.iov_base = word, .iov_len = sizeof(Word)},
        header{.msg_iov = &bytes,
               .msg_iovlen = 1,
               .msg_control = control,
               .msg_controllen = sizeof(control)} {}

  alignas(cmsghdr) char control[CMSG_SPACE(sizeof(int))] = {};
  iovec bytes;
  msghdr header;
};

}  // namespace

void SendDescriptor(int socket, const absl::StatusOr<OpenedFile>& file) {
  Word word{.code = static_cast<int>(file.status().code())};
  const absl::string_view message = file.status().message();
  message.copy(word.message, sizeof(word.message) - 1);
  Parcel parcel(&word);
  if (file.ok()) {
    cmsghdr* const control = CMSG_FIRSTHDR(&parcel.header);
    control->cmsg_level = SOL_SOCKET;
    control->cmsg_type = SCM_RIGHTS;
    control->cmsg_len = CMSG_LEN(sizeof(int));
    const int descriptor = file->descriptor();
    std::memcpy(CMSG_DATA(control), &descriptor, sizeof(descriptor));
  } else {
    parcel.header.msg_controllen = 0;
  }
  sendmsg(socket, &parcel.header, MSG_NOSIGNAL);
}

absl::StatusOr<OpenedFile> ReceiveDescriptor(int socket) {
  Word word;
  Parcel parcel(&word);
  ssize_t received = 0;
  do {
    received = recvmsg(socket, &parcel.header, MSG_CMSG_CLOEXEC);
  } while (received < 0 && errno == EINTR);
  if (received != static_cast<ssize_t>(sizeof(word))) {
    return absl::InternalError("the process ended before it sent a descriptor");
  }
  if (word.code != 0) return absl::Status(static_cast<absl::StatusCode>(word.code), word.message);
  const cmsghdr* const control = CMSG_FIRSTHDR(&parcel.header);
  if (control == nullptr || control->cmsg_type != SCM_RIGHTS) {
    return absl::InternalError("the descriptor was lost on its way: too many are open");
  }
  int descriptor = -1;
  std::memcpy(&descriptor, CMSG_DATA(control), sizeof(descriptor));
  return OpenedFile::FromDescriptor(descriptor);
}

}  // namespace msyncspec
