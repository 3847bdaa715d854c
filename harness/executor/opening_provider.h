// SPDX-License-Identifier: MIT
#ifndef MSYNCSPEC_HARNESS_EXECUTOR_OPENING_PROVIDER_H_
#define MSYNCSPEC_HARNESS_EXECUTOR_OPENING_PROVIDER_H_

#include <functional>
#include <utility>

#include "harness/executor/file_provider.h"

namespace msyncspec {

// A provider that opens every file as a test wants it.
class OpeningProvider final : public FileProvider {
 public:
  using Function = std::function<absl::StatusOr<OpenedFile>(const File&, Bytes)>;
  explicit OpeningProvider(Function open) : open_(std::move(open)) {}

  absl::Status Prepare(std::span<const File> /*files*/, Bytes /*page_size*/) override {
    return absl::OkStatus();
  }
  absl::StatusOr<OpenedFile> Open(std::span<const File> files, size_t i, Bytes page_size) override {
    return open_(files[i], page_size);
  }

 private:
  const Function open_;
};

}  // namespace msyncspec

#endif  // MSYNCSPEC_HARNESS_EXECUTOR_OPENING_PROVIDER_H_
