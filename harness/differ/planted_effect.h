// SPDX-License-Identifier: MIT
#ifndef MSYNCSPEC_HARNESS_DIFFER_PLANTED_EFFECT_H_
#define MSYNCSPEC_HARNESS_DIFFER_PLANTED_EFFECT_H_

#include <ostream>
#include <span>
#include <vector>

#include "harness/differ/verdict.h"
#include "harness/effects/effects_provider.h"
#include "harness/executor/file_provider.h"
#include "model/profile.h"

namespace msyncspec {

// A fault in what is seen, in the file that is served or in the profile, and the finding that has
// to come of it.
struct PlantedEffect {
  const char* name;
  const char* scenario;
  Disagreement finding;
  void (*distort)(ObservedEffects& seen) = [](ObservedEffects&) {};
  void (*replace)(File& served) = [](File&) {};  // of f0
  void (*spoil)(Profile& profile) = [](Profile&) {};
};

inline void PrintTo(const PlantedEffect& row, std::ostream* out) { *out << row.name; }

// Sees what EffectsProvider sees, with a fault.
class DistortingProvider final : public FileProvider {
 public:
  // `fault` outlives the provider.
  explicit DistortingProvider(const PlantedEffect& fault) : fault_(fault) {}

  absl::Status Prepare(std::span<const File> files, Bytes page_size) override {
    return real_.Prepare(Replaced(files), page_size);
  }
  absl::StatusOr<OpenedFile> Open(std::span<const File> files, size_t i, Bytes page_size) override {
    return real_.Open(Replaced(files), i, page_size);
  }
  ReplyGate* gate() override { return real_.gate(); }
  void Begin(std::span<const OpenedFile* const> opened) override { real_.Begin(opened); }
  void Before(size_t action) override { real_.Before(action); }
  void After(size_t action, bool is_call) override { real_.After(action, is_call); }
  ObservedEffects TakeEffects() override {
    ObservedEffects seen = real_.TakeEffects();
    fault_.distort(seen);
    return seen;
  }

 private:
  std::vector<File> Replaced(std::span<const File> files) const {
    std::vector<File> replaced(files.begin(), files.end());
    fault_.replace(replaced[0]);
    return replaced;
  }

  const PlantedEffect& fault_;
  EffectsProvider real_;
};

}  // namespace msyncspec

#endif  // MSYNCSPEC_HARNESS_DIFFER_PLANTED_EFFECT_H_
