// SPDX-License-Identifier: MIT
#include "harness/scenario/file.h"

#include "absl/strings/str_cat.h"

namespace msyncspec {
namespace {

absl::Status ValidateFault(const Fault& fault) {
  if (static_cast<uint16_t>(fault.error) > kMaxServerErrno) {
    return absl::InvalidArgumentError(
        absl::StrCat("an error up to ", kMaxServerErrno, ": no server can answer more"));
  }
  if (fault.times < 0 || fault.times > kMaxFaultTimes) {
    return absl::InvalidArgumentError(absl::StrCat("a fault for 1 to ", kMaxFaultTimes, " times"));
  }
  const bool in_file =
      0 <= fault.begin_page && fault.begin_page < fault.end_page && fault.end_page <= kMaxFilePages;
  if (!in_file) {
    return absl::InvalidArgumentError(
        absl::StrCat("a fault in some of the pages 0 to ", kMaxFilePages));
  }
  return absl::OkStatus();
}

bool HasServerOptions(const File& file) {
  return file.fsync != Fault{} || file.write != Fault{} ||
         file.cache != ServerCache::kWriteThrough || file.interrupts != Interrupts::kIgnored;
}

absl::Status ValidateServer(const File& file) {
  if (!HasServerOptions(file)) return absl::OkStatus();
  if (file.backing != Backing::kFuse || file.origin != Origin::kNew) {
    return absl::InvalidArgumentError(
        "`fsync=`, `write=`, `writeback` and `interruptible` on a new fuse file: no other has a "
        "server that can be told its answers");
  }
  if (file.fsync.begin_page != 0 || file.fsync.end_page != kMaxFilePages) {
    return absl::InvalidArgumentError("`fsync=` without a range: a server is not told any");
  }
  if (absl::Status status = ValidateFault(file.fsync); !status.ok()) return status;
  return ValidateFault(file.write);
}

absl::Status ValidateDerived(const File& file, std::span<const File> above) {
  const bool declared = file.of >= 0 && static_cast<size_t>(file.of) < above.size();
  if (!declared || above[static_cast<size_t>(file.of)].origin != Origin::kNew) {
    return absl::InvalidArgumentError("a file that is declared above, with an object of its own");
  }
  const File& original = above[static_cast<size_t>(file.of)];
  const BackingFacts& facts = FactsOf(original.backing);
  if (original.backing == Backing::kShm || facts.arrival == Arrival::kMoved ||
      (file.origin == Origin::kReopened && facts.fsync == Fsync::kNone)) {
    return absl::InvalidArgumentError(
        absl::StrCat("a file that can be opened again: ", facts.name, " cannot"));
  }
  const bool same = file.backing == original.backing && file.pages == original.pages &&
                    (file.origin == Origin::kReopened || file.descriptor == original.descriptor);
  if (!same) return absl::InvalidArgumentError("what the file has that it comes from");
  return absl::OkStatus();
}

}  // namespace

int64_t MaxPagesOf(const BackingFacts& facts) {
  return facts.unit_pages == 1 ? kMaxFilePages : kArenaPages / facts.unit_pages * facts.unit_pages;
}

Access WholeAccess(const File& file) {
  return file.descriptor == Descriptor::kReadOnly ? Access::kRead : Access::kRead | Access::kWrite;
}

File DerivedFrom(std::span<const File> files, FileId of, Origin origin) {
  File file = {.origin = origin, .of = of};
  if (of < 0 || static_cast<size_t>(of) >= files.size()) return file;
  const File& original = files[static_cast<size_t>(of)];
  file.backing = original.backing;
  file.pages = original.pages;
  if (origin == Origin::kDup) file.descriptor = original.descriptor;
  return file;
}

absl::Status Validate(const File& file, std::span<const File> above) {
  const BackingFacts& facts = FactsOf(file.backing);
  const int64_t unit = facts.unit_pages;
  if (file.pages < 1 || file.pages > MaxPagesOf(facts) || file.pages % unit != 0) {
    return absl::InvalidArgumentError(
        absl::StrCat("a size of ", unit, " to ", MaxPagesOf(facts), " pages",
                     unit == 1 ? "" : absl::StrCat(", a multiple of ", unit)));
  }
  if (facts.opening == Opening::kReadOnlyAlone && file.descriptor == Descriptor::kReadWrite) {
    return absl::InvalidArgumentError(
        absl::StrCat("`readonly`: ", facts.name, " is never written"));
  }
  if (file.descriptor == Descriptor::kReadOnly && facts.fsync == Fsync::kNone) {
    return absl::InvalidArgumentError(
        absl::StrCat("no `readonly`: ", facts.name, " is always open for writing"));
  }
  if (file.backing == Backing::kPerf && file.pages != 1) {
    return absl::InvalidArgumentError("a size of 1 page: perf without a ring has no more");
  }
  if (absl::Status status = ValidateServer(file); !status.ok()) return status;
  return file.origin == Origin::kNew ? absl::OkStatus() : ValidateDerived(file, above);
}

}  // namespace msyncspec
