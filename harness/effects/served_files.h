// SPDX-License-Identifier: MIT
#ifndef MSYNCSPEC_HARNESS_EFFECTS_SERVED_FILES_H_
#define MSYNCSPEC_HARNESS_EFFECTS_SERVED_FILES_H_

#include <array>
#include <memory>
#include <optional>
#include <span>
#include <vector>

#include "absl/status/statusor.h"
#include "harness/effects/fuse_server.h"
#include "harness/executor/file_provider.h"
#include "harness/executor/observed_effects.h"
#include "harness/scenario/scenario.h"
#include "model/units.h"

namespace msyncspec {

// The servers of a scenario's fuse files: one for each kind of connection that they need.
class ServedFiles {
 public:
  // How many requests each server has received.
  using Counts = std::array<uint64_t, kConnections>;

  // Starts the servers that `files` need, if any. Errors as FileProvider::Prepare.
  static absl::StatusOr<ServedFiles> Start(std::span<const File> files, Bytes page_size);

  // Opens `files[i]`, one of those that were given to Start and served.
  absl::StatusOr<OpenedFile> Open(std::span<const File> files, size_t i) const;

  // The one server that there is, or null where there is none or several.
  FuseServer* only_server() const;

  Counts CountRequests() const;

  // Whether every server lives, so that what none has received was not sent.
  bool AllServe() const;

  // Appends the requests that arrived between two counts, as those of `action`. Returns false if
  // some of them are lost.
  bool Collect(size_t action, const Counts& from, const Counts& to,
               std::vector<ObservedRequest>& requests) const;

  // Whether anything was written between two counts.
  bool HasWrites(const Counts& from, const Counts& to) const;

  // Returns the file with whose object the last fsync was concerned, or kNoFile.
  FileId LastSynced() const;

  // Returns what has reached the server of file `i`, or nothing if it is not served.
  std::span<const uint8_t> Store(size_t i) const;

 private:
  struct Place {
    size_t server = 0;  // an index into servers_
    size_t file = 0;    // its number there
  };
  struct Server {
    std::unique_ptr<FuseServer> server;
    std::vector<FileId> files;  // which files of the scenario it serves, by their number there
  };

  std::vector<Server> servers_;
  std::array<std::optional<Place>, kMaxFiles> places_;
};

// Holds the answers of a server.
class ServerGate final : public ReplyGate {
 public:
  // `served`, which has one server, outlives the gate.
  explicit ServerGate(const ServedFiles& served)
      : served_(served), server_(*served.only_server()) {}

  void Hold(int n) override { server_.HoldFsync(static_cast<uint32_t>(n)); }
  bool IsHeld() override { return server_.IsHeld(); }
  FileId HeldFile() override { return served_.LastSynced(); }
  uint64_t Interrupts() override { return server_.interrupts(); }
  void Release() override { server_.Release(); }
  void ReleaseAfter(absl::Duration time) override { server_.ReleaseAfter(time); }
  void ReleaseThenHold(int n) override { server_.ReleaseThenHold(static_cast<uint32_t>(n)); }

 private:
  const ServedFiles& served_;
  FuseServer& server_;
};

}  // namespace msyncspec

#endif  // MSYNCSPEC_HARNESS_EFFECTS_SERVED_FILES_H_
