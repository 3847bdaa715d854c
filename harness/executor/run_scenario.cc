// SPDX-License-Identifier: MIT
#include "harness/executor/run_scenario.h"

#include <array>
#include <cstdio>

#include "absl/strings/str_cat.h"
#include "harness/executor/performer.h"
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

// The worker's whole life.
void PerformAll(const Scenario& scenario, Surroundings& surroundings,
                const LayoutBehaviour& behaviour, FileProvider provider, Report& report) {
  std::vector<OpenedFile> files;
  files.reserve(scenario.files.size());
  for (const File& file : scenario.files) {
    absl::StatusOr<OpenedFile> opened = provider(file, surroundings.machine.page_size);
    if (!opened.ok()) {
      report.Refuse(
          absl::Status(opened.status().code(),
                       absl::StrCat(FactsOf(file.backing).name, ": ", opened.status().message())));
      return;
    }
    files.push_back(*std::move(opened));
  }
  std::vector<const OpenedFile*> file_places;
  for (const OpenedFile& file : files) file_places.push_back(&file);
  const Performer performer(surroundings.machine, surroundings.arena, file_places);
  Layout layout(surroundings, behaviour);
  // From here on nothing is allocated, so that the ambient mappings stay as they are read.
  report.ambient.Read();
  SetAmbient(report.ambient, surroundings);
  layout.Reset(scenario.files);
  report.prepared = true;

  for (size_t i = 0; i < scenario.actions.size(); ++i) {
    ActionObservation& observed = report.actions[i];
    const Step* step = std::get_if<Step>(&scenario.actions[i]);
    if (step != nullptr) {
      const StepPrediction predicted = layout.Apply(*step);
      if (predicted.kind == StepPrediction::Kind::kUnmodelled) return;
      if (predicted.kind == StepPrediction::Kind::kFaults) {
        observed.state = ActionObservation::State::kNotPerformed;
        continue;
      }
    }
    observed.state = ActionObservation::State::kBegun;
    observed.answer = step != nullptr
                          ? performer.Perform(*step)
                          : performer.Perform(std::get<SymbolicCall>(scenario.actions[i]));
    observed.state = ActionObservation::State::kDone;
  }
  report.view.Read();
  report.finished = true;
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
                                        FileProvider provider, absl::Duration deadline) {
  if (CallsCompat(scenario) && !CanCallCompat()) {
    return absl::UnimplementedError("this kernel has no 32-bit entry");
  }
  absl::StatusOr<Surroundings> surroundings = ReadSurroundings();
  if (!surroundings.ok()) return surroundings.status();
  surroundings->ambient.reserve(KernelView::kMaxMappings);

  SharedMemory<Report> report;
  absl::StatusOr<Worker> worker =
      Worker::Start([&] { PerformAll(scenario, *surroundings, behaviour, provider, *report); });
  if (!worker.ok()) return worker.status();
  const std::optional<WorkerEnd> end = worker->Wait(deadline);
  if (!end.has_value() && !worker->Kill()) {
    return absl::InternalError("the kernel does not let go of the process that makes the calls");
  }

  if (report->refusal != absl::StatusCode::kOk) {
    return absl::Status(report->refusal, report->reason.data());
  }
  if (!report->prepared) return absl::InternalError("the worker died while it made the files");
  SetAmbient(report->ambient, *surroundings);
  if (absl::Status status = FindUnmodelled(scenario, *surroundings, behaviour); !status.ok()) {
    return status;
  }
  if (end.has_value() && end->signal == 0 && !report->finished) {
    return absl::InternalError(
        absl::StrCat("the worker ended too early, with status ", end->exit_status));
  }
  Observation observation = {.surroundings = *std::move(surroundings),
                             .view = std::make_shared<KernelView>(report->view)};
  observation.actions.assign(
      report->actions.begin(),
      report->actions.begin() + static_cast<std::ptrdiff_t>(scenario.actions.size()));
  observation.hung = !end.has_value();
  observation.signal = end.has_value() ? end->signal : 0;
  return observation;
}

}  // namespace msyncspec
