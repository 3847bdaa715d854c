// SPDX-License-Identifier: MIT
#include "harness/executor/run_scenario.h"

#include <algorithm>
#include <array>
#include <cstdio>

#include "absl/strings/str_cat.h"
#include "harness/executor/make_file.h"
#include "harness/executor/other_thread.h"
#include "harness/executor/performer.h"
#include "harness/executor/stopwatch.h"
#include "harness/executor/system_calls.h"
#include "harness/executor/this_process.h"
#include "harness/executor/worker.h"

namespace msyncspec {
namespace {

// What the worker tells its parent. It survives the worker, up to where that came.
struct Report {
  bool prepared = false;  // the files are there, and the ambient mappings read
  bool finished = false;  // it came to its end
  absl::StatusCode refusal = absl::StatusCode::kOk;
  std::array<char, 256> reason{};
  KernelView ambient;
  KernelView view;
  std::array<AddressRange, kMaxFiles> homes{};
  std::array<ActionObservation, kMaxActions> actions;

  void Refuse(const absl::Status& status) {
    refusal = status.code();
    snprintf(reason.data(), reason.size(), "%s", std::string(status.message()).c_str());
  }
};

bool CallsCompat(const Scenario& scenario) {
  for (const Action& action : scenario.actions) {
    const SymbolicCall* call = std::get_if<SymbolicCall>(&action);
    if (call != nullptr && call->caller == Caller::kCompat32) return true;
  }
  return false;
}

// The process that performs a scenario.
class Performance {
 public:
  // Everything outlives it.
  Performance(const Scenario& scenario, Surroundings& surroundings,
              const LayoutBehaviour& behaviour, FileProvider& provider, Report& report)
      : scenario_(scenario),
        surroundings_(surroundings),
        behaviour_(behaviour),
        provider_(provider),
        report_(report) {}

  void Run() {
    if (absl::Status status = OpenFiles(); !status.ok()) return report_.Refuse(status);
    Performer performer(surroundings_.machine, surroundings_.arena, file_places_);
    std::optional<OtherThread> other;
    if (HasMeanwhile(scenario_)) {
      if (provider_.gate() == nullptr) {
        return report_.Refuse(absl::UnimplementedError(
            "`meanwhile` needs fuse files, and all of them on one connection: alike in "
            "`writeback`, and in `fsync=ENOSYS`"));
      }
      other.emplace(performer, *provider_.gate());
    }
    Layout layout(surroundings_, behaviour_);
    layout.Reset(scenario_.files);  // so that it has grown
    provider_.Begin(file_places_);
    // From here on nothing is allocated, so that the ambient mappings stay as they are read.
    report_.ambient.Read();
    SetAmbient(report_.ambient, surroundings_);
    layout.Reset(scenario_.files);
    report_.prepared = true;
    for (size_t i = 0; i < scenario_.actions.size(); ++i) {
      if (!Perform(i, performer, layout, other)) return;
    }
    report_.view.Read();
    report_.finished = true;
  }

 private:
  absl::Status OpenFiles() {
    const std::vector<File>& files = scenario_.files;
    files_.reserve(files.size());
    for (size_t i = 0; i < files.size(); ++i) {
      absl::StatusOr<OpenedFile> opened =
          files[i].origin == Origin::kNew
              ? provider_.Open(files, i, surroundings_.machine.page_size)
              : OpenDerived(files[i], files_[static_cast<size_t>(files[i].of)]);
      if (!opened.ok()) {
        return absl::Status(opened.status().code(), absl::StrCat(FactsOf(files[i].backing).name,
                                                                 ": ", opened.status().message()));
      }
      files_.push_back(*std::move(opened));
    }
    for (size_t i = 0; i < files_.size(); ++i) {
      file_places_.push_back(&files_[i]);
      report_.homes[i] = surroundings_.homes[i] = files_[i].home();
    }
    return absl::OkStatus();
  }

  // Performs one action; returns whether the scenario can go on.
  bool Perform(size_t i, Performer& performer, Layout& layout, std::optional<OtherThread>& other) {
    ActionObservation& observed = report_.actions[i];
    const Step* step = std::get_if<Step>(&scenario_.actions[i]);
    uint8_t stored = 0;
    if (step != nullptr) {
      const StepPrediction predicted = layout.Apply(*step);
      if (predicted.kind == StepPrediction::Kind::kUnmodelled) return false;
      if (predicted.kind == StepPrediction::Kind::kFaults) {
        observed.state = ActionObservation::State::kNotPerformed;
        return true;
      }
      stored = layout.last_store();
      if (!step->moment.InTurn()) {
        const FileId object =
            step->kind == StepKind::kTruncate ? ObjectOf(scenario_.files, step->file) : kNoFile;
        meanwhile_[meanwhile_count_++] = {step, object, stored, &observed};
        return true;
      }
    }
    provider_.Before(i);
    observed.state = ActionObservation::State::kBegun;
    if (step != nullptr) {
      observed.answer = performer.Perform(*step, stored);
    } else {
      observed.answer =
          Call(std::get<SymbolicCall>(scenario_.actions[i]), performer, layout.space(), other);
    }
    observed.state = ActionObservation::State::kDone;
    if (step != nullptr && step->kind == StepKind::kFork && observed.answer != Errno::kOk) {
      report_.Refuse(absl::ResourceExhaustedError("no more processes can be had"));
      return false;
    }
    provider_.After(i, /*is_call=*/step == nullptr);
    return true;
  }

  Errno Call(const SymbolicCall& call, Performer& performer, const AddressSpace& space,
             std::optional<OtherThread>& other) {
    if (meanwhile_count_ > 0) other->BeforeCall(std::span(meanwhile_).first(meanwhile_count_));
    const Errno answer = performer.Perform(call);
    if (meanwhile_count_ > 0) other->AfterCall();
    meanwhile_count_ = 0;
    AnswerFilter* const filter = provider_.answers();
    if (filter == nullptr) return answer;
    return filter->Pass(Resolve(call, surroundings_.machine, surroundings_.arena), space, answer);
  }

  const Scenario& scenario_;
  Surroundings& surroundings_;
  const LayoutBehaviour& behaviour_;
  FileProvider& provider_;
  Report& report_;
  std::vector<OpenedFile> files_;
  std::vector<const OpenedFile*> file_places_;
  std::array<MeanwhileStep, kMaxActions> meanwhile_;  // what awaits the next call
  size_t meanwhile_count_ = 0;
};

constexpr absl::Duration kLookStep = absl::Milliseconds(100);
constexpr absl::Duration kDyingPatience = absl::Seconds(5);  // once nobody is waited for any more

// Returns how the worker ended, or nothing if it does not before the deadline, or before the server
// that it waits for.
std::optional<WorkerEnd> Await(Worker& worker, absl::Duration deadline) {
  const Stopwatch waited;
  while (waited.Elapsed() < deadline) {
    const absl::Duration left = deadline - waited.Elapsed();
    const std::optional<WorkerEnd> end = worker.Wait(std::min(left, kLookStep));
    if (end.has_value() || worker.IsDying()) return end;
  }
  return std::nullopt;
}

// Says that the model cannot follow one of the steps, if that is so.
absl::Status FindUnmodelled(const Scenario& scenario, const Surroundings& surroundings,
                            const LayoutBehaviour& behaviour) {
  Layout layout(surroundings, behaviour);
  layout.Reset(scenario.files);
  for (const Action& action : scenario.actions) {
    const Step* step = std::get_if<Step>(&action);
    if (step == nullptr) continue;
    const StepPrediction predicted = layout.Apply(*step);
    if (predicted.kind == StepPrediction::Kind::kUnmodelled) {
      return absl::UnimplementedError(absl::StrCat("not modelled: ", predicted.why));
    }
  }
  return absl::OkStatus();
}

}  // namespace

absl::StatusOr<Observation> RunScenario(const Scenario& scenario, const LayoutBehaviour& behaviour,
                                        FileProvider& provider, absl::Duration deadline) {
  if (CallsCompat(scenario) && !CanCallCompat()) {
    return absl::UnimplementedError("this kernel has no 32-bit entry");
  }
  absl::StatusOr<Surroundings> surroundings = ReadSurroundings(scenario.files);
  if (!surroundings.ok()) return surroundings.status();
  surroundings->ambient.reserve(KernelView::kMaxMappings);

  if (absl::Status status = provider.Prepare(scenario.files, surroundings->machine.page_size);
      !status.ok()) {
    return status;
  }
  SharedMemory<Report> report;
  absl::StatusOr<Worker> worker = Worker::Start(
      [&] { Performance(scenario, *surroundings, behaviour, provider, *report).Run(); });
  if (!worker.ok()) return worker.status();
  std::optional<WorkerEnd> end = Await(*worker, deadline);
  const bool is_dying = !end.has_value() && worker->IsDying();
  // What it does when its server is taken away is no answer of the kernel's.
  const bool is_late = !end.has_value() && !is_dying;
  const std::array<ActionObservation, kMaxActions> in_time = report->actions;
  // A process that waits for a server cannot end before the server has.
  const ObservedEffects effects = provider.TakeEffects();
  if (is_dying) end = worker->Wait(kDyingPatience);
  if (!end.has_value() && !worker->Kill()) {
    return absl::InternalError("the kernel does not let go of the process that makes the calls");
  }
  if (!effects.status.ok()) return effects.status;

  if (report->refusal != absl::StatusCode::kOk) {
    return absl::Status(report->refusal, report->reason.data());
  }
  if (!report->prepared) return absl::InternalError("the worker died while it made the files");
  SetAmbient(report->ambient, *surroundings);
  surroundings->homes = report->homes;
  if (absl::Status status = FindUnmodelled(scenario, *surroundings, behaviour); !status.ok()) {
    return status;
  }
  if (end.has_value() && end->signal == 0 && !report->finished) {
    return absl::InternalError(
        absl::StrCat("the worker ended too early, with status ", end->exit_status));
  }
  Observation observation = {.surroundings = *std::move(surroundings),
                             .view = std::make_shared<KernelView>(report->view)};
  const auto& actions = is_late ? in_time : report->actions;
  observation.actions.assign(
      actions.begin(), actions.begin() + static_cast<std::ptrdiff_t>(scenario.actions.size()));
  observation.hung = !end.has_value();
  observation.signal = end.has_value() ? end->signal : 0;
  observation.effects = effects;
  return observation;
}

}  // namespace msyncspec
