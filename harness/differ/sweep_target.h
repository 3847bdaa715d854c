// SPDX-License-Identifier: MIT
#ifndef MSYNCSPEC_HARNESS_DIFFER_SWEEP_TARGET_H_
#define MSYNCSPEC_HARNESS_DIFFER_SWEEP_TARGET_H_

#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "harness/executor/file_provider.h"
#include "harness/executor/kernel_view.h"
#include "harness/executor/performer.h"
#include "harness/executor/system_calls.h"
#include "harness/scenario/layout.h"
#include "model/profile.h"

namespace msyncspec {

// What a sweep's worker works on: this process, its arena, a number of files that stay open, and
// the model of the layout. Everything is made beforehand; after ReadAmbient nothing is allocated.
class SweepTarget {
 public:
  // Opens `files`; those that cannot be had stay away, with the reason. Not ok where the harness
  // itself fails.
  static absl::StatusOr<std::unique_ptr<SweepTarget>> Make(std::span<const File> files,
                                                           const Profile& profile,
                                                           FileProvider& provider);

  // Reads the process's own mappings. They count from the next Layout::Reset on.
  void ReadAmbient();

  // Takes them for plain, if they are so now (see Surroundings): for a process that goes on
  // allocating. Calls that they alone decide cannot be compared then.
  void TakeAmbientForPlain();

  const Machine& machine() const { return surroundings_.machine; }
  const Surroundings& surroundings() const { return surroundings_; }
  Layout& layout() { return *layout_; }

  // Calls msync in the way of the profile's ABI.
  Errno Msync(const Call& call) const {
    const Errno answer = compat_ ? RawCompatMsync(call) : RawMsync(call);
    return filter_ == nullptr ? answer : filter_->Pass(call, layout_->space(), answer);
  }

  // Returns file `i`, or null if it cannot be had.
  const OpenedFile* file(size_t i) const { return opened_[i].has_value() ? &*opened_[i] : nullptr; }
  // Says why file `i` cannot be had.
  const std::string& why_not(size_t i) const { return why_not_[i]; }

  // Whether the kernel's own view of the arena is that of the model. Nothing if there is no view.
  std::optional<bool> ViewAgrees();

 private:
  SweepTarget() = default;

  Surroundings surroundings_;
  bool compat_ = false;
  AnswerFilter* filter_ = nullptr;
  std::vector<std::optional<OpenedFile>> opened_;
  std::vector<std::string> why_not_;
  std::unique_ptr<Layout> layout_;
  std::unique_ptr<KernelView> view_ = std::make_unique<KernelView>();
};

}  // namespace msyncspec

#endif  // MSYNCSPEC_HARNESS_DIFFER_SWEEP_TARGET_H_
