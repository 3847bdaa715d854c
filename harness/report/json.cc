// SPDX-License-Identifier: MIT
#include "harness/report/json.h"

#include <nlohmann/json.hpp>

#include "harness/report/subject.h"
#include "harness/scenario/print.h"

namespace msyncspec {
namespace {

using Json = nlohmann::ordered_json;

constexpr const char* kThisKernel = "this-kernel";

Json ToJson(const Disagreement& disagreement) {
  return {{"subject", std::string(SubjectName(disagreement.subject))},
          {"action", disagreement.action},
          {"rule", disagreement.rule},
          {"expected", disagreement.expected},
          {"observed", disagreement.observed}};
}

Json ToJson(const EffectsSeen& seen) {
  Json json = Json::object();
  for (const auto& [backing, counts] : seen) {
    json[backing] = {{"fsyncs", counts.fsyncs},
                     {"writes", counts.writes},
                     {"pages", counts.pages},
                     {"bytes", counts.bytes},
                     {"times", counts.times}};
  }
  return json;
}

Json ToJson(const StageResult& stage) {
  Json unsupported = Json::object();
  for (const auto& [reason, count] : stage.unsupported) {
    unsupported[reason] = {{"layouts", count.layouts}, {"calls", count.calls}};
  }
  return {{"name", stage.name},
          {"complete", stage.complete},
          {"layouts", stage.layouts},
          {"steps", stage.steps},
          {"calls", stage.calls},
          {"walked", stage.walked},
          {"agreed", stage.agreed},
          {"views", stage.views},
          {"effects", ToJson(stage.effects)},
          {"findings", stage.findings.size()},
          {"known", stage.known.size()},
          {"unsupported", unsupported},
          {"seconds", absl::ToDoubleSeconds(stage.duration)}};
}

Json ToJson(const Finding& finding, const std::string& stage) {
  Json json = {{"stage", stage}, {"origin", finding.origin}, {"key", KeyOf(finding.disagreement)}};
  json.update(ToJson(finding.disagreement));
  json["confirmations"] = finding.confirmations;
  json["stable"] = finding.confirmed();
  json["scenario"] = Print(finding.scenario);
  json["command"] = finding.command;
  if (!finding.artifact.empty()) json["artifact"] = finding.artifact;
  return json;
}

// What is not known of a backing is null.
Json ToJson(const KernelFacts& facts) {
  Json json = Json::object();
  for (const BackingFacts& backing : AllBackings()) {
    const std::optional<Lockability> said = facts.Said(backing.backing);
    json[std::string(backing.name)] = said.has_value() ? Json(std::string(Words(*said))) : Json();
  }
  return json;
}

// Names in scenario files and reasons may hold any bytes: what is not UTF-8 is replaced.
std::string Dump(const Json& json) {
  return json.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

const char* VerdictOf(const CheckResult& result) {
  if (!result.refusal.empty()) return "unsupported";
  if (!result.HarnessFailure().empty()) return "broken";
  if (result.Findings() > 0) return "disagree";
  if (result.interrupted) return "incomplete";
  return result.Compared() == 0 ? "unsupported" : "agree";
}

}  // namespace

std::string VerdictName(Verdict verdict) {
  switch (verdict) {
    case Verdict::kAgree:
      return "agree";
    case Verdict::kDisagree:
      return "disagree";
    case Verdict::kUnsupported:
      return "unsupported";
    case Verdict::kBroken:
      return "broken";
  }
  return "";
}

std::string CheckJson(const CheckResult& result) {
  Json stages = Json::array(), findings = Json::array(), known = Json::array();
  for (const StageResult& stage : result.stages) {
    stages.push_back(ToJson(stage));
    for (const Finding& finding : stage.findings) findings.push_back(ToJson(finding, stage.name));
    for (const KnownFinding& each : stage.known) {
      Json json = ToJson(each.finding, stage.name);
      json.update({{"reason", each.reason}, {"link", each.link}});
      known.push_back(json);
    }
  }
  Json json = {{"schema", "msyncspec-check-1"},
               {"target", kThisKernel},
               {"profile", std::string(result.profile->name)},
               {"kernel", result.kernel.release},
               {"machine", result.kernel.machine},
               {"kernel_facts", ToJson(result.kernel_facts)},
               {"seed", result.seed},
               {"verdict", VerdictOf(result)},
               {"interrupted", result.interrupted},
               {"stages", stages},
               {"blind", result.blind},
               {"findings", findings},
               {"known_deviations", known}};
  if (!result.refusal.empty()) json["reason"] = result.refusal;
  if (const std::string failure = result.HarnessFailure(); !failure.empty()) {
    json["reason"] = failure;
  }
  return Dump(json);
}

std::string RunJson(const KernelIdentity& kernel, const Profile& profile,
                    const std::vector<NamedRun>& runs) {
  Json scenarios = Json::array();
  for (const NamedRun& named : runs) {
    const Judgement& judgement = named.run.judgement;
    Json disagreements = Json::array();
    for (const Disagreement& each : judgement.disagreements) disagreements.push_back(ToJson(each));
    Json json = {{"name", named.name},
                 {"verdict", VerdictName(judgement.verdict)},
                 {"calls", judgement.calls},
                 {"disagreements", disagreements}};
    if (!judgement.reason.empty()) json["reason"] = judgement.reason;
    scenarios.push_back(json);
  }
  return Dump({{"schema", "msyncspec-run-1"},
               {"target", kThisKernel},
               {"profile", std::string(profile.name)},
               {"kernel", kernel.release},
               {"machine", kernel.machine},
               {"scenarios", scenarios}});
}

}  // namespace msyncspec
