// SPDX-License-Identifier: MIT
#include "harness/effects/served_files.h"

#include <fcntl.h>

#include <algorithm>
#include <utility>

namespace msyncspec {
namespace {

FuseFault FaultOf(const Fault& fault, Bytes page_size) {
  FuseFault injected = {.error = fault.error};
  if (fault.begin_page != 0 || fault.end_page != kMaxFilePages) {
    injected.begin = {static_cast<uint64_t>(fault.begin_page) * page_size.count};
    injected.end = {static_cast<uint64_t>(fault.end_page) * page_size.count};
  }
  if (fault.times != 0) injected.count = static_cast<uint32_t>(fault.times);
  return injected;
}

FuseFile ServedAs(const File& file, Bytes page_size) {
  return {.size = {static_cast<uint64_t>(file.pages) * page_size.count},
          .on_fsync = FaultOf(file.fsync, page_size),
          .on_write = FaultOf(file.write, page_size),
          .on_interrupt = file.interrupts == Interrupts::kAnswered ? OnInterrupt::kAnswersEintr
                                                                   : OnInterrupt::kIgnored};
}

}  // namespace

absl::StatusOr<ServedFiles> ServedFiles::Start(std::span<const File> files, Bytes page_size) {
  ServedFiles served;
  for (int connection = 0; connection < kConnections; ++connection) {
    std::vector<FuseFile> of_this;
    Server server;
    for (size_t i = 0; i < files.size(); ++i) {
      const bool is_new_server_file =
          files[i].backing == Backing::kFuse && files[i].origin == Origin::kNew;
      if (!is_new_server_file || ConnectionOf(files[i]) != connection) continue;
      served.places_[i] = Place{served.servers_.size(), of_this.size()};
      of_this.push_back(ServedAs(files[i], page_size));
      server.files.push_back(static_cast<FileId>(i));
    }
    if (of_this.empty()) continue;
    const bool caches =
        files[static_cast<size_t>(server.files.front())].cache == ServerCache::kWriteback;
    const FuseOptions options = {.writeback_cache =
                                     caches ? WritebackCache::kOn : WritebackCache::kOff};
    absl::StatusOr<std::unique_ptr<FuseServer>> started = FuseServer::Start(options, of_this);
    if (!started.ok()) return started.status();
    server.server = *std::move(started);
    served.servers_.push_back(std::move(server));
  }
  return served;
}

absl::StatusOr<OpenedFile> ServedFiles::Open(std::span<const File> files, size_t i) const {
  const Place& place = *places_[i];
  const int access = files[i].descriptor == Descriptor::kReadOnly ? O_RDONLY : O_RDWR;
  return servers_[place.server].server->Open(place.file, access);
}

FuseServer* ServedFiles::only_server() const {
  return servers_.size() == 1 ? servers_.front().server.get() : nullptr;
}

ServedFiles::Counts ServedFiles::CountRequests() const {
  Counts counts{};
  for (size_t i = 0; i < servers_.size(); ++i) counts[i] = servers_[i].server->requests();
  return counts;
}

bool ServedFiles::AllServe() const {
  return std::none_of(servers_.begin(), servers_.end(),
                      [](const Server& each) { return each.server->HasEnded(); });
}

bool ServedFiles::Collect(size_t action, const Counts& from, const Counts& to,
                          std::vector<ObservedRequest>& requests) const {
  for (size_t i = 0; i < servers_.size(); ++i) {
    for (uint64_t k = from[i]; k < to[i]; ++k) {
      const std::optional<FuseRequest> request = servers_[i].server->request(k);
      if (!request.has_value()) return false;
      const bool is_write = request->kind == FuseRequest::Kind::kWrite;
      requests.push_back(
          {.action = action,
           .kind = is_write ? ObservedRequest::Kind::kWrite : ObservedRequest::Kind::kFsync,
           .file = servers_[i].files[request->file],
           .open_file = request->open,
           .range = {request->begin, request->end},
           .data_only = request->extent == FuseRequest::Extent::kDataOnly,
           .answer = request->answer});
    }
  }
  return true;
}

bool ServedFiles::HasWrites(const Counts& from, const Counts& to) const {
  for (size_t i = 0; i < servers_.size(); ++i) {
    for (uint64_t k = from[i]; k < to[i]; ++k) {
      const std::optional<FuseRequest> request = servers_[i].server->request(k);
      if (request.has_value() && request->kind == FuseRequest::Kind::kWrite) return true;
    }
  }
  return false;
}

FileId ServedFiles::LastSynced() const {
  for (const Server& each : servers_) {
    for (uint64_t i = each.server->requests(); i-- > 0;) {
      const std::optional<FuseRequest> request = each.server->request(i);
      if (!request.has_value()) break;
      if (request->kind == FuseRequest::Kind::kFsync) return each.files[request->file];
    }
  }
  return kNoFile;
}

std::span<const uint8_t> ServedFiles::Store(size_t i) const {
  if (!places_[i].has_value()) return {};
  return servers_[places_[i]->server].server->store(places_[i]->file);
}

}  // namespace msyncspec
