// SPDX-License-Identifier: MIT
#include "model/drawn_layout.h"

namespace msyncspec {
namespace {

Sharing SharingOf(char letter) {
  if (letter == 'p' || letter == 'P') return Sharing::kPrivate;
  return letter == 'r' ? Sharing::kSharedReadOnlyFile : Sharing::kShared;
}

FileId FileOf(char letter) {
  switch (letter) {
    case 'n':
      return kWithoutFsync;
    case 'f':
      return kFailing;
    case 'a':
      return kUnnamedFile;
    case 'p':
    case 'P':
      return kNoFile;
    default:
      return kDisk;
  }
}

}  // namespace

AddressSpace Draw(absl::string_view pages, Bytes page_size) {
  AddressSpace space;
  space.files() = {FileFacts{Fsync::kWrites}, FileFacts{Fsync::kNone},
                   FileFacts{Fsync::kWrites, Errno::kEIO}};
  Bytes at;
  for (size_t i = 0; i < pages.size();) {
    const char letter = pages[i];
    if (letter == '|') {
      ++i;
      continue;
    }
    const Bytes begin = at;
    for (; i < pages.size() && pages[i] == letter; ++i) at = at + page_size;
    if (letter == '.') continue;
    const FileId file = FileOf(letter);
    space.Insert({.begin = kFirstPage + begin,
                  .end = kFirstPage + at,
                  .offset = file >= 0 ? begin : Bytes{0},
                  .file = file,
                  .sharing = SharingOf(letter),
                  .lock = letter == 'S' || letter == 'P' ? Lock::kLocked : Lock::kUnlocked});
  }
  return space;
}

}  // namespace msyncspec
