// SPDX-License-Identifier: MIT
#include "harness/report/junit.h"

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/strings/str_join.h"
#include "absl/time/time.h"
#include "harness/report/check_cases.h"
#include "harness/report/xml_text.h"

namespace msyncspec {
namespace {

std::string Attribute(absl::string_view name, absl::string_view value) {
  return absl::StrCat(" ", name, "=\"", XmlText(value), "\"");
}

std::string Time(absl::Duration duration) {
  return Attribute("time", absl::StrFormat("%.3f", absl::ToDoubleSeconds(duration)));
}

std::string FindingsText(const ReportedCase& each, const Profile& profile) {
  std::string text;
  for (const Finding* finding : each.findings) {
    absl::StrAppend(&text, absl::StrJoin(FindingLines(*finding, profile), "\n"), "\n");
  }
  return text;
}

// What stands in a testcase that did not pass.
std::string Outcome(const ReportedCase& each, const Profile& profile) {
  const std::string text = XmlText(FindingsText(each, profile));
  switch (each.ending) {
    case Ending::kPassed:
      return "";
    case Ending::kFailed: {
      const std::string message = each.findings.empty()
                                      ? "it has findings, which are cases of their own"
                                      : KeyOf(each.findings.front()->disagreement);
      return absl::StrCat("      <failure type=\"finding\"", Attribute("message", message), ">",
                          text, "</failure>\n");
    }
    case Ending::kKnown:
      return absl::StrCat("      <skipped type=\"known deviation\"",
                          Attribute("message", "known deviation: " + each.reason),
                          "/>\n      <system-out>", text, "</system-out>\n");
    case Ending::kSkipped:
      return absl::StrCat("      <skipped type=\"unsupported\"", Attribute("message", each.reason),
                          "/>\n");
    case Ending::kBroken:
      return absl::StrCat("      <error type=\"broken\"", Attribute("message", each.reason),
                          "/>\n");
  }
  return "";
}

std::string CaseText(const ReportedStage& stage, const ReportedCase& each, const Profile& profile) {
  const std::string outcome = Outcome(each, profile);
  const std::string head =
      absl::StrCat("    <testcase", Attribute("name", each.name),
                   Attribute("classname", "msyncspec." + stage.name), Time(each.duration));
  return outcome.empty() ? absl::StrCat(head, "/>\n")
                         : absl::StrCat(head, ">\n", outcome, "    </testcase>\n");
}

// The counts that testsuites and testsuite have both.
std::string Counts(const std::vector<ReportedStage>& stages) {
  size_t tests = 0;
  for (const ReportedStage& stage : stages) tests += stage.cases.size();
  return absl::StrCat(Attribute("tests", absl::StrCat(tests)),
                      Attribute("failures", absl::StrCat(Count(stages, Ending::kFailed))),
                      Attribute("errors", absl::StrCat(Count(stages, Ending::kBroken))));
}

std::string Properties(const CheckResult& result) {
  const std::pair<const char*, std::string> properties[] = {
      {"kernel", result.kernel.release},
      {"machine", result.kernel.machine},
      {"profile", std::string(result.profile->name)},
      {"seed", absl::StrCat(result.seed)}};
  std::string text = "    <properties>\n";
  for (const auto& [name, value] : properties) {
    absl::StrAppend(&text, "      <property", Attribute("name", name), Attribute("value", value),
                    "/>\n");
  }
  return absl::StrCat(text, "    </properties>\n");
}

std::string SuiteText(const CheckResult& result, const ReportedStage& stage) {
  const std::string begin =
      absl::FormatTime("%Y-%m-%dT%H:%M:%S", result.begin, absl::UTCTimeZone());
  const int skipped = Count({stage}, Ending::kSkipped) + Count({stage}, Ending::kKnown);
  std::string text =
      absl::StrCat("  <testsuite", Attribute("name", stage.name), Counts({stage}),
                   Attribute("skipped", absl::StrCat(skipped)), Time(stage.duration),
                   Attribute("timestamp", begin), Attribute("hostname", result.kernel.host), ">\n",
                   Properties(result));
  for (const ReportedCase& each : stage.cases) {
    absl::StrAppend(&text, CaseText(stage, each, *result.profile));
  }
  return absl::StrCat(text, "  </testsuite>\n");
}

}  // namespace

std::string CheckJunit(const CheckResult& result) {
  const std::vector<ReportedStage> stages = ReportedStages(result);
  absl::Duration duration;
  std::string suites;
  for (const ReportedStage& stage : stages) {
    duration += stage.duration;
    absl::StrAppend(&suites, SuiteText(result, stage));
  }
  return absl::StrCat("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites",
                      Attribute("name", "msyncspec"), Time(duration), Counts(stages), ">\n", suites,
                      "</testsuites>\n");
}

}  // namespace msyncspec
