// SPDX-License-Identifier: MIT
#ifndef MSYNCSPEC_HARNESS_DIFFER_SERVED_SWEEP_H_
#define MSYNCSPEC_HARNESS_DIFFER_SERVED_SWEEP_H_

#include <array>
#include <cstdint>
#include <memory>
#include <span>
#include <utility>
#include <vector>

#include "absl/status/statusor.h"
#include "harness/differ/call_onlooker.h"
#include "harness/differ/sweep.h"
#include "harness/differ/sweep_target.h"
#include "harness/effects/fuse_server.h"
#include "harness/executor/file_provider.h"
#include "harness/executor/performer.h"
#include "harness/generate/served_scenario.h"
#include "model/prediction.h"
#include "model/profile.h"

namespace msyncspec {

// One server with ServedScenarioFiles, each open once, for all workers of a sweep.
class SweptServer final : public FileProvider {
 public:
  // Starts it. Errors as FuseServer::Start, and to be called as that is.
  static absl::StatusOr<std::unique_ptr<SweptServer>> Start(Bytes page_size);

  const FuseServer& server() const { return *server_; }

  absl::Status Prepare(std::span<const File> /*files*/, Bytes /*page_size*/) override {
    return absl::OkStatus();
  }
  // Returns a duplicate of ServedScenarioFiles()[i].
  absl::StatusOr<OpenedFile> Open(std::span<const File> files, size_t i, Bytes page_size) override;

 private:
  explicit SweptServer(std::unique_ptr<FuseServer> server) : server_(std::move(server)) {}

  std::unique_ptr<FuseServer> server_;
  std::vector<OpenedFile> opened_;
};

// Performs served scenarios in this process, and compares after every call its answer, what the
// server was asked and what it has stored. For the worker of a sweep. SweepState::unsupported[0]
// counts scenarios with a step that the model cannot follow.
class ServedSweep {
 public:
  // `profile` and `server` outlive the sweep. Not ok where the harness fails.
  // `onlooker`, which may be null, outlives it too.
  static absl::StatusOr<std::unique_ptr<ServedSweep>> Make(const Profile& profile,
                                                           SweptServer& server,
                                                           CallOnlooker* onlooker = nullptr);

  // Performs `scenario`, of ServedScenarioFiles, as the `position`-th of this sweep. What is
  // otherwise on the server is looked at twice: anybody's sync(2) writes pages at any time.
  void Run(const Scenario& scenario, uint64_t position, SweepState& state);

  SweepTarget& target() { return *target_; }
  Performer& performer() { return performer_; }

 private:
  ServedSweep(const Profile& profile, const FuseServer& server, std::unique_ptr<SweepTarget> target,
              CallOnlooker* onlooker);

  Way Perform(const Scenario& scenario, SweepState& state, Suspect& suspect);
  Way PerformStep(const Step& step, SweepState& state, Suspect& suspect);
  Way PerformCall(const SymbolicCall& symbolic, SweepState& state, Suspect& suspect);
  bool RequestsAgree(uint64_t first, EffectCounts& seen) const;
  bool IsWithinSyncs(const FuseRequest& write) const;
  bool StoreAgrees(const SyncedRange& sync, EffectCounts& seen) const;

  const Profile& profile_;
  const FuseServer& server_;
  const std::unique_ptr<SweepTarget> target_;
  CallOnlooker* const onlooker_;
  std::array<const OpenedFile*, kMaxFiles> files_{};
  Performer performer_;
  Prediction prediction_;
};

}  // namespace msyncspec

#endif  // MSYNCSPEC_HARNESS_DIFFER_SERVED_SWEEP_H_
