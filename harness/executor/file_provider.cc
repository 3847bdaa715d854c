// SPDX-License-Identifier: MIT
#include "harness/executor/file_provider.h"

namespace msyncspec {
namespace {

class FilesOfTheKernel final : public FileProvider {
 public:
  absl::Status Prepare(std::span<const File> /*files*/, Bytes /*page_size*/) override {
    return absl::OkStatus();
  }
  absl::StatusOr<OpenedFile> Open(std::span<const File> files, size_t i, Bytes page_size) override {
    return OpenKernelFile(files[i], page_size);
  }
};

}  // namespace

FileProvider& KernelFiles() {
  static FilesOfTheKernel files;
  return files;
}

}  // namespace msyncspec
