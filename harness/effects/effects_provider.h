// SPDX-License-Identifier: MIT
#ifndef MSYNCSPEC_HARNESS_EFFECTS_EFFECTS_PROVIDER_H_
#define MSYNCSPEC_HARNESS_EFFECTS_EFFECTS_PROVIDER_H_

#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "harness/effects/effects_log.h"
#include "harness/effects/file_watch.h"
#include "harness/effects/own_disks.h"
#include "harness/effects/served_files.h"
#include "harness/executor/file_provider.h"
#include "harness/executor/worker.h"

namespace msyncspec {

// The provider that has servers and filesystems of its own, and sees what calls do to files as far
// as this machine lets it.
class EffectsProvider final : public FileProvider {
 public:
  absl::Status Prepare(std::span<const File> files, Bytes page_size) override;
  absl::StatusOr<OpenedFile> Open(std::span<const File> files, size_t i, Bytes page_size) override;
  ReplyGate* gate() override { return gate_.has_value() ? &*gate_ : nullptr; }

  void Begin(std::span<const OpenedFile* const> opened) override;
  void Before(size_t action) override;
  void After(size_t action, bool is_call) override;
  ObservedEffects TakeEffects() override;

 private:
  bool IsWatched() const;

  std::vector<File> files_;
  Bytes page_size_;
  OwnDisks disks_;
  std::optional<ServedFiles> served_;
  std::optional<ServerGate> gate_;
  std::unique_ptr<SharedMemory<EffectsLog>> log_;
  // In the process that makes the calls:
  std::vector<FileWatch> watches_;
  int process_ = 0;  // its number; a child of it is not watched
};

// Says of each way to see effects that this machine or user does not have what is not seen, and
// why: "dirty pages: …". Takes milliseconds.
std::vector<std::string> BlindSpots();

}  // namespace msyncspec

#endif  // MSYNCSPEC_HARNESS_EFFECTS_EFFECTS_PROVIDER_H_
