// SPDX-License-Identifier: MIT
#include "harness/differ/served_sweep.h"

#include <fcntl.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <utility>

#include "absl/strings/str_cat.h"
#include "harness/executor/this_process.h"
#include "model/predict.h"

namespace msyncspec {
namespace {

// Where a file of the scenarios stands with the server.
struct Place {
  uint16_t file;  // its number there
  uint32_t open;  // which open of it
};

constexpr Place kPlaces[] = {{0, 0}, {0, 1}, {0, 2}, {1, 0}};

const Place& PlaceOf(FileId file) { return kPlaces[static_cast<size_t>(file)]; }

bool IsFsyncOf(const SyncedRange& sync, const FuseRequest& request) {
  const bool data_only = request.extent == FuseRequest::Extent::kDataOnly;
  return request.file == PlaceOf(sync.file).file && request.open == PlaceOf(sync.file).open &&
         data_only == (sync.kind == SyncKind::kDataOnly);
}

}  // namespace

absl::StatusOr<std::unique_ptr<SweptServer>> SweptServer::Start(Bytes page_size) {
  std::vector<FuseFile> served;
  for (const File& file : ServedScenarioFiles()) {
    if (file.origin != Origin::kNew) continue;
    served.push_back({.size = {static_cast<uint64_t>(file.pages) * page_size.count}});
  }
  absl::StatusOr<std::unique_ptr<FuseServer>> server = FuseServer::Start({}, served);
  if (!server.ok()) return server.status();
  std::unique_ptr<SweptServer> swept(new SweptServer(*std::move(server)));
  for (size_t i = 0; i < ServedScenarioFiles().size(); ++i) {
    const bool reads = ServedScenarioFiles()[i].descriptor == Descriptor::kReadOnly;
    absl::StatusOr<OpenedFile> opened =
        swept->server_->Open(kPlaces[i].file, reads ? O_RDONLY : O_RDWR);
    if (!opened.ok()) return opened.status();
    swept->opened_.push_back(*std::move(opened));
  }
  return swept;
}

absl::StatusOr<OpenedFile> SweptServer::Open(std::span<const File> /*files*/, size_t i,
                                             Bytes /*page_size*/) {
  const int again = fcntl(opened_[i].descriptor(), F_DUPFD_CLOEXEC, 0);
  if (again >= 0) return OpenedFile::FromDescriptor(again);
  return absl::ResourceExhaustedError(absl::StrCat("fcntl(F_DUPFD): ", strerror(errno)));
}

absl::StatusOr<std::unique_ptr<ServedSweep>> ServedSweep::Make(const Profile& profile,
                                                               SweptServer& server,
                                                               CallOnlooker* onlooker) {
  absl::StatusOr<std::unique_ptr<SweepTarget>> target =
      SweepTarget::Make(ServedScenarioFiles(), profile, server);
  if (!target.ok()) return target.status();
  std::unique_ptr<ServedSweep> sweep(
      new ServedSweep(profile, server.server(), *std::move(target), onlooker));
  // Last of all, when nothing more is allocated.
  sweep->target_->ReadAmbient();
  return sweep;
}

ServedSweep::ServedSweep(const Profile& profile, const FuseServer& server,
                         std::unique_ptr<SweepTarget> target, CallOnlooker* onlooker)
    : profile_(profile),
      server_(server),
      target_(std::move(target)),
      onlooker_(onlooker),
      performer_(target_->machine(), target_->surroundings().arena, files_) {
  for (size_t i = 0; i < ServedScenarioFiles().size(); ++i) files_[i] = target_->file(i);
  prediction_.syncs.reserve(kArenaPages);
}

void ServedSweep::Run(const Scenario& scenario, uint64_t position, SweepState& state) {
  Suspect suspect = {.position = position};
  Way way = Perform(scenario, state, suspect);
  if (way == Way::kSuspect && suspect.subject == Subject::kEffect) {
    way = Perform(scenario, state, suspect);
  }
  state.counts.layouts += way != Way::kUnmodelled;
  state.unsupported[0] += way == Way::kUnmodelled;
  if (way != Way::kSuspect) return;
  state.counts.disagreed += suspect.subject != Subject::kStep;
  state.Record(suspect);
}

Way ServedSweep::Perform(const Scenario& scenario, SweepState& state, Suspect& suspect) {
  target_->layout().Reset(scenario.files);
  Way way = Way::kFollowed;
  for (size_t i = 0; i < scenario.actions.size() && way == Way::kFollowed; ++i) {
    state.item.store(i, std::memory_order_relaxed);
    suspect.item = i;
    const Step* step = std::get_if<Step>(&scenario.actions[i]);
    way = step != nullptr
              ? PerformStep(*step, state, suspect)
              : PerformCall(std::get<SymbolicCall>(scenario.actions[i]), state, suspect);
  }
  performer_.Clear();  // which writes back everything that is dirty
  return way;
}

Way ServedSweep::PerformStep(const Step& step, SweepState& state, Suspect& suspect) {
  const StepPrediction predicted = target_->layout().Apply(step);
  if (predicted.kind == StepPrediction::Kind::kFaults) return Way::kFollowed;
  if (predicted.kind == StepPrediction::Kind::kUnmodelled) return Way::kUnmodelled;
  const Errno observed = performer_.Perform(step, target_->layout().last_store());
  ++state.counts.steps;
  if (observed == predicted.result) return Way::kFollowed;
  suspect.subject = Subject::kStep;
  suspect.step = step.kind;
  suspect.expected = Outcomes(predicted.result);
  suspect.observed = observed;
  return Way::kSuspect;
}

Way ServedSweep::PerformCall(const SymbolicCall& symbolic, SweepState& state, Suspect& suspect) {
  Layout& layout = target_->layout();
  const Call call = Resolve(symbolic, target_->machine(), target_->surroundings().arena);
  Predict(profile_, target_->machine(), layout.space(), call, prediction_);
  if (prediction_.walked && DependsOnUnknown(target_->surroundings(), call)) {
    ++state.counts.unsupported_calls;
    return Way::kFollowed;
  }
  const uint64_t first = server_.requests();
  const Errno observed = target_->Msync(call);
  ++state.counts.calls;
  state.counts.walked += prediction_.walked;
  if (onlooker_ != nullptr) onlooker_->Saw(call, layout.space(), prediction_, observed);
  suspect.rule = prediction_.rule;
  suspect.expected = prediction_.outcomes;
  suspect.observed = observed;
  if (!prediction_.outcomes.Allow(observed)) {
    suspect.subject = Subject::kCall;
    return Way::kSuspect;
  }
  bool agrees = RequestsAgree(first, state.counts.effects);
  for (const SyncedRange& sync : prediction_.syncs) {
    layout.WriteBack(sync);
    layout.TakeAnswer(sync);
    agrees = StoreAgrees(sync, state.counts.effects) && agrees;
  }
  if (agrees) return Way::kFollowed;
  suspect.subject = Subject::kEffect;
  return Way::kSuspect;
}

// Whether the requests from number `first` on are what the call was predicted to ask for.
bool ServedSweep::RequestsAgree(uint64_t first, EffectCounts& seen) const {
  const std::vector<SyncedRange>& syncs = prediction_.syncs;
  size_t asked = 0;
  for (uint64_t i = first; i < server_.requests(); ++i) {
    const std::optional<FuseRequest> request = server_.request(i);
    if (!request.has_value()) return false;
    if (request->kind == FuseRequest::Kind::kWrite) {
      ++seen.writes;
      if (!IsWithinSyncs(*request)) return false;
      continue;
    }
    if (asked == syncs.size() || !IsFsyncOf(syncs[asked++], *request)) return false;
  }
  seen.fsyncs += asked;
  return asked == syncs.size();
}

bool ServedSweep::IsWithinSyncs(const FuseRequest& write) const {
  return std::any_of(prediction_.syncs.begin(), prediction_.syncs.end(),
                     [&write](const SyncedRange& sync) {
                       return PlaceOf(sync.file).file == write.file && sync.begin <= write.begin &&
                              write.end <= sync.end;
                     });
}

// Whether the server has the last store of every page that was synced. Of pages without a store in
// this scenario, it has what an earlier one left there.
bool ServedSweep::StoreAgrees(const SyncedRange& sync, EffectCounts& seen) const {
  const uint64_t page_size = target_->machine().page_size.count;
  const std::span<const FilePage> pages = target_->layout().file_states().contents(sync.file);
  const std::span<const uint8_t> store = server_.store(PlaceOf(sync.file).file);
  const uint64_t end = std::min<uint64_t>(sync.end.count / page_size, pages.size());
  for (uint64_t page = sync.begin.count / page_size; page < end; ++page) {
    if (pages[page].stored == 0) continue;
    ++seen.bytes;
    if (store[page * page_size] != pages[page].stored) return false;
  }
  return true;
}

}  // namespace msyncspec
