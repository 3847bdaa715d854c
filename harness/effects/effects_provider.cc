// SPDX-License-Identifier: MIT
#include "harness/effects/effects_provider.h"

#include <unistd.h>

#include <string>
#include <utility>

#include "absl/strings/str_cat.h"
#include "harness/effects/cachestat.h"
#include "harness/effects/dax.h"
#include "harness/effects/page_flags.h"
#include "harness/executor/make_file.h"

namespace msyncspec {
namespace {

std::optional<bool> Moved(Movement movement) {
  if (movement == Movement::kUnobservable) return std::nullopt;
  return movement == Movement::kMoved;
}

// A page that is being written back is no more dirty, and not yet clean.
std::optional<bool> Dirty(PageState state) {
  if (state == PageState::kUnobservable || state == PageState::kWritingBack) return std::nullopt;
  return state == PageState::kDirty;
}

// Either way is enough to see dirty pages.
absl::Status SeesDirtyPages() {
  const absl::Status by_flags = PageFlags::Available();
  if (by_flags.ok()) return by_flags;
  const absl::Status by_count = CacheStat::Available();
  if (by_count.ok()) return by_count;
  return absl::Status(by_flags.code(), absl::StrCat(by_flags.message(), "; ", by_count.message()));
}

absl::StatusOr<OpenedFile> OpenDax(const File& file, Bytes page_size) {
  absl::StatusOr<OpenedFile> opened = OpenDaxFile(SizeOf(file, page_size));
  if (!opened.ok()) return opened.status();
  return OpenedAsAsked(*std::move(opened), file);
}

}  // namespace

absl::Status EffectsProvider::Prepare(std::span<const File> files, Bytes page_size) {
  gate_.reset();
  served_.reset();
  files_.assign(files.begin(), files.end());
  page_size_ = page_size;
  absl::StatusOr<ServedFiles> served = ServedFiles::Start(files, page_size);
  if (!served.ok()) {
    return absl::Status(served.status().code(), absl::StrCat("fuse: ", served.status().message()));
  }
  served_.emplace(*std::move(served));
  if (served_->only_server() != nullptr) gate_.emplace(*served_);
  if (absl::Status status = disks_.Prepare(files, page_size); !status.ok()) return status;
  log_ = std::make_unique<SharedMemory<EffectsLog>>();
  return absl::OkStatus();
}

absl::StatusOr<OpenedFile> EffectsProvider::Open(std::span<const File> files, size_t i,
                                                 Bytes page_size) {
  if (files[i].backing == Backing::kFuse) return served_->Open(files, i);
  if (OwnDisks::Holds(files[i].backing)) return disks_.Open(files, i, page_size);
  if (files[i].backing == Backing::kDax) return OpenDax(files[i], page_size);
  return OpenKernelFile(files[i], page_size);
}

void EffectsProvider::Begin(std::span<const OpenedFile* const> opened) {
  process_ = getpid();
  watches_.clear();
  for (size_t i = 0; i < files_.size(); ++i) {
    if (files_[i].origin != Origin::kNew || opened[i]->descriptor() < 0) continue;
    std::optional<Beneath> beneath;
    if (OwnDisks::Holds(files_[i].backing)) {
      absl::StatusOr<Beneath> below =
          disks_.LookBeneath(files_, i, opened[i]->descriptor(), page_size_);
      if (below.ok()) beneath = *std::move(below);
    }
    watches_.emplace_back(static_cast<FileId>(i), files_[i], opened[i]->descriptor(), page_size_,
                          std::move(beneath), served_->Store(i));
  }
}

bool EffectsProvider::IsWatched() const { return getpid() == process_; }

void EffectsProvider::Before(size_t action) {
  if (IsWatched()) {
    for (FileWatch& watch : watches_) watch.SetBaseline();
  }
  (*log_)->requests[action].before = served_->CountRequests();
}

void EffectsProvider::After(size_t action, bool is_call) {
  EffectsLog& log = **log_;
  log.requests[action].after = served_->CountRequests();
  log.requests[action].is_known = true;
  if (!IsWatched()) return;
  for (const FileWatch& watch : watches_) {
    watch.LookAtTimes(action, log);
    if (is_call) watch.LookAtPages(action, log);
  }
}

ObservedEffects EffectsProvider::TakeEffects() {
  ObservedEffects effects;
  const EffectsLog& log = **log_;
  effects.sees_servers = true;
  std::optional<ServedFiles::Counts> last;  // after the last action
  for (size_t action = 0; action < log.requests.size(); ++action) {
    const EffectsLog::Requests& requests = log.requests[action];
    if (!requests.is_known) continue;
    if (last.has_value()) effects.disturbed |= served_->HasWrites(*last, requests.before);
    last = requests.after;
    effects.last_seen = action;
    effects.sees_servers &=
        served_->Collect(action, requests.before, requests.after, effects.requests);
  }
  for (size_t i = 0; i < log.page_count; ++i) {
    const EffectsLog::Page& page = log.pages[i];
    ObservedPage seen = {
        .action = page.action, .file = page.file, .page = page.page, .dirty = Dirty(page.state)};
    if (page.beneath_is_known) seen.beneath = page.beneath;
    effects.pages.push_back(seen);
  }
  for (size_t i = 0; i < log.times_count; ++i) {
    const EffectsLog::Times& times = log.times[i];
    effects.times.push_back({.action = times.action,
                             .file = times.file,
                             .mtime_moved = Moved(times.moved.modified),
                             .ctime_moved = Moved(times.moved.changed)});
  }
  if (log.is_full) effects.blind.push_back("pages: more than there is room for");
  if (!effects.sees_servers) effects.blind.push_back("requests: more than a server keeps");
  if (!served_->AllServe()) effects.status = absl::InternalError("fuse: the server was killed");
  // Whoever waits for a server must not wait for ever.
  gate_.reset();
  served_.reset();
  return effects;
}

std::vector<std::string> BlindSpots() {
  constexpr uint64_t kSmallDisk = uint64_t{1} << 20;
  const FuseFile empty;
  const std::pair<const char*, absl::Status> ways[] = {
      {"what reaches a file server", FuseServer::Start({}, {&empty, 1}).status()},
      {"dirty pages", SeesDirtyPages()},
      {"filesystems and disks of its own, and what is beneath the page cache",
       FullDisk::Make(kSmallDisk).status()}};
  std::vector<std::string> spots;
  for (const auto& [unseen, status] : ways) {
    if (!status.ok()) spots.push_back(absl::StrCat(unseen, ": ", status.message()));
  }
  return spots;
}

}  // namespace msyncspec
