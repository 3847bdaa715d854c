// SPDX-License-Identifier: MIT
#include "harness/effects/file_watch.h"

#include <algorithm>
#include <utility>

namespace msyncspec {
namespace {

template <typename Value>
void TakeIfHad(absl::StatusOr<Value> value, std::optional<Value>& place) {
  if (value.ok()) place.emplace(*std::move(value));
}

}  // namespace

FileWatch::FileWatch(FileId id, const File& file, int descriptor, Bytes page_size,
                     std::optional<Beneath> beneath, std::span<const uint8_t> store)
    : id_(id),
      pages_(static_cast<size_t>(std::min(file.pages, kMaxFilePages))),
      page_size_(page_size),
      beneath_(std::move(beneath)),
      store_(store) {
  if (FactsOf(file.backing).fsync >= Fsync::kWrites) {
    TakeIfHad(PageFlags::Open(descriptor, static_cast<int64_t>(pages_), page_size), flags_);
    if (!flags_.has_value()) TakeIfHad(CacheStat::Open(descriptor, page_size), cachestat_);
  }
  // Setting the times of a served file sends requests, and its server keeps them as it likes.
  if (FactsOf(file.backing).times != TimesMoveAt::kNotFollowed) {
    TakeIfHad(FileTimes::Open(descriptor), times_);
  }
}

void FileWatch::SetBaseline() {
  if (times_.has_value() && !times_->SetBaseline()) times_.reset();
}

void FileWatch::LookAtTimes(size_t action, EffectsLog& log) const {
  if (!times_.has_value()) return;
  log.times[log.times_count++] = {
      .action = static_cast<uint16_t>(action), .file = id_, .moved = times_->Look()};
}

void FileWatch::LookAtPages(size_t action, EffectsLog& log) const {
  std::array<PageState, kMaxFilePages> states{};
  std::array<std::optional<uint8_t>, kMaxFilePages> bytes{};
  const auto these_states = std::span(states).first(pages_);
  if (flags_.has_value()) flags_->Look(0, these_states);
  if (cachestat_.has_value()) cachestat_->Look(0, these_states);
  if (beneath_.has_value()) beneath_->Look(0, std::span(bytes).first(pages_));
  for (size_t page = 0; page < pages_; ++page) {
    if (page * page_size_.count < store_.size()) bytes[page] = store_[page * page_size_.count];
    if (states[page] == PageState::kUnobservable && !bytes[page].has_value()) continue;
    if (log.page_count == log.pages.size()) {
      log.is_full = true;
      return;
    }
    log.pages[log.page_count++] = {.action = static_cast<uint16_t>(action),
                                   .page = static_cast<uint16_t>(page),
                                   .file = id_,
                                   .state = states[page],
                                   .beneath_is_known = bytes[page].has_value(),
                                   .beneath = bytes[page].value_or(0)};
  }
}

}  // namespace msyncspec
