// SPDX-License-Identifier: MIT
#include "harness/report/sarif.h"

#include <map>
#include <nlohmann/json.hpp>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/strings/str_join.h"
#include "harness/report/check_cases.h"
#include "harness/report/citation_text.h"
#include "harness/report/place.h"
#include "harness/report/subject.h"
#include "harness/scenario/print.h"
#include "model/profiles/profiles.h"

namespace msyncspec {
namespace {

using Json = nlohmann::ordered_json;

constexpr char kSchema[] = "https://json.schemastore.org/sarif-2.1.0.json";

Json Message(const std::string& text) { return {{"text", text}}; }

// What decides is a rule, or else a kind of step or of trouble, whose ids rules never have.
std::string RuleIdOf(const Disagreement& what, const Profile& profile) {
  if (FindRule(profile, what.rule) != nullptr) return what.rule;
  const absl::string_view subject = SubjectName(what.subject);
  return what.rule.empty() ? std::string(subject) : absl::StrCat(subject, ":", what.rule);
}

Json Descriptor(const Disagreement& what, const Profile& profile) {
  Json json = {{"id", RuleIdOf(what, profile)}};
  if (const Rule* rule = FindRule(profile, what.rule); rule != nullptr) {
    json["shortDescription"] = Message(std::string(rule->says));
    const std::vector<std::string> cites = CitationTexts(*rule);
    if (!cites.empty()) json["help"] = Message(absl::StrJoin(cites, "\n"));
  } else {
    json["shortDescription"] = Message(std::string(SubjectText(what.subject)));
  }
  return json;
}

// Returns a path as a URI reference (RFC 3986).
std::string UriOf(const std::string& path) {
  std::string uri;
  for (const char each : path) {
    const bool plain = absl::ascii_isalnum(static_cast<unsigned char>(each)) ||
                       absl::StrContains("/._-~", absl::string_view(&each, 1));
    if (plain) {
      uri += each;
    } else {
      absl::StrAppendFormat(&uri, "%%%02X", static_cast<unsigned char>(each));
    }
  }
  return uri;
}

// Only what is in the repository is relative to it.
Json ArtifactLocation(const std::string& path) {
  if (absl::StartsWith(path, "/")) return {{"uri", "file://" + UriOf(path)}};
  return {{"uri", UriOf(path)}, {"uriBaseId", "SRCROOT"}};
}

Json Location(const Finding& finding) {
  const Place place = PlaceOf(finding);
  return {{"physicalLocation",
           {{"artifactLocation", ArtifactLocation(place.file)},
            {"region", {{"startLine", place.line}}}}}};
}

// The rules in the order in which findings name them.
class Rules {
 public:
  explicit Rules(const Profile& profile) : profile_(profile) {}

  size_t IndexOf(const Disagreement& what) {
    const auto [place, is_new] = indices_.emplace(RuleIdOf(what, profile_), list_.size());
    if (is_new) list_.push_back(Descriptor(what, profile_));
    return place->second;
  }
  const Json& list() const { return list_; }

 private:
  const Profile& profile_;
  std::map<std::string, size_t> indices_;
  Json list_ = Json::array();
};

Json Result(const Finding& finding, const Profile& profile, Rules& rules) {
  const Disagreement& what = finding.disagreement;
  Json properties = {{"scenario", Print(finding.scenario)}};
  if (!finding.artifact.empty()) properties["artifact"] = finding.artifact;
  return {{"ruleId", RuleIdOf(what, profile)},
          {"ruleIndex", rules.IndexOf(what)},
          {"kind", "fail"},
          {"level", "error"},
          {"message", Message(absl::StrJoin(FindingLines(finding, profile), "\n"))},
          {"locations", Json::array({Location(finding)})},
          {"partialFingerprints", {{"msyncspecKey/v1", KeyOf(what)}}},
          {"properties", properties}};
}

Json Results(const CheckResult& result, Rules& rules) {
  Json results = Json::array();
  for (const StageResult& stage : result.stages) {
    for (const Finding& finding : stage.findings) {
      results.push_back(Result(finding, *result.profile, rules));
    }
    for (const KnownFinding& known : stage.known) {
      results.push_back(Result(known.finding, *result.profile, rules));
      results.back()["suppressions"] = Json::array(
          {{{"kind", "external"}, {"justification", absl::StrCat(known.reason, " ", known.link)}}});
    }
  }
  return results;
}

Json Invocation(const CheckResult& result, int exit_code) {
  Json notifications = Json::array();
  bool broken = false;
  for (const ReportedStage& stage : ReportedStages(result)) {
    for (const ReportedCase& each : stage.cases) {
      const bool is_broken = each.ending == Ending::kBroken;
      if (!is_broken && each.ending != Ending::kSkipped) continue;
      broken |= is_broken;
      notifications.push_back(
          {{"level", is_broken ? "error" : "note"},
           {"message", Message(absl::StrCat(stage.name, ", ", each.name, ": ", each.reason))}});
    }
  }
  return {
      {"executionSuccessful", !broken},
      {"exitCode", exit_code},
      {"startTimeUtc", absl::FormatTime("%Y-%m-%dT%H:%M:%SZ", result.begin, absl::UTCTimeZone())},
      {"toolExecutionNotifications", notifications}};
}

}  // namespace

std::string CheckSarif(const CheckResult& result, absl::string_view version, int exit_code) {
  Rules rules(*result.profile);
  const Json results = Results(result, rules);
  const Json driver = {
      {"name", "msyncspec"}, {"semanticVersion", std::string(version)}, {"rules", rules.list()}};
  const std::string about = absl::StrCat("msyncspec/", result.profile->name, "/",
                                         result.kernel.release, "/", result.kernel.machine, "/");
  const Json run = {{"tool", {{"driver", driver}}},
                    {"automationDetails", {{"id", about}}},
                    {"invocations", Json::array({Invocation(result, exit_code)})},
                    {"results", results},
                    {"properties", {{"seed", result.seed}}}};
  const Json log = {{"$schema", kSchema}, {"version", "2.1.0"}, {"runs", Json::array({run})}};
  return log.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace msyncspec
