// SPDX-License-Identifier: MIT
#ifndef MSYNCSPEC_FUZZ_PLANTED_FILES_H_
#define MSYNCSPEC_FUZZ_PLANTED_FILES_H_

#include "fuzz/planted_answers.h"
#include "harness/executor/file_provider.h"

namespace msyncspec {

// The files of the kernel, whose answers carry a fault.
class PlantedFiles final : public FileProvider, private AnswerFilter {
 public:
  // `fault` outlives them.
  explicit PlantedFiles(const PlantedAnswer& fault) : fault_(fault) {}

  absl::Status Prepare(std::span<const File> files, Bytes page_size) override {
    return KernelFiles().Prepare(files, page_size);
  }
  absl::StatusOr<OpenedFile> Open(std::span<const File> files, size_t i, Bytes page_size) override {
    return KernelFiles().Open(files, i, page_size);
  }
  AnswerFilter* answers() override { return this; }

 private:
  Errno Pass(const Call& call, const AddressSpace& space, Errno answer) override {
    return AnswerOf(fault_, call, space.mappings()).value_or(answer);
  }

  const PlantedAnswer& fault_;
};

}  // namespace msyncspec

#endif  // MSYNCSPEC_FUZZ_PLANTED_FILES_H_
