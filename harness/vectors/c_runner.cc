// SPDX-License-Identifier: MIT
#include "harness/vectors/c_runner.h"

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_replace.h"
#include "absl/strings/str_split.h"
#include "harness/prose/lines.h"
#include "harness/scenario/print.h"
#include "model/profiles/profiles.h"

namespace msyncspec {
namespace {

constexpr size_t kColumns = 80;
constexpr size_t kTab = 8;

// Returns "\t\t.FIELD = "…"," in as many lines as it takes. The text has no quotes or backslashes.
std::string StringField(absl::string_view field, absl::string_view text) {
  std::string one_line = absl::StrCat("\t\t.", field, " = \"", text, "\",\n");
  if (one_line.size() + 2 * (kTab - 1) <= kColumns) return one_line;
  std::vector<std::string> lines = Wrap(text, kColumns - 3 * kTab - sizeof("\" \","));
  for (size_t i = 0; i + 1 < lines.size(); ++i) lines[i] += " ";
  return absl::StrCat("\t\t.", field, " =\n\t\t\t\"", absl::StrJoin(lines, "\"\n\t\t\t\""),
                      "\",\n");
}

absl::string_view BackingName(Backing backing) {
  switch (backing) {
    case Backing::kMemfd:
      return "MEMFD";
    case Backing::kPerf:
      return "PERF";
    case Backing::kFuse:
      return "SERVER";
    default:
      return "UNSUPPORTED";
  }
}

std::string FilesField(const std::vector<File>& files) {
  if (files.empty()) return "";
  const auto print = [](std::string* out, const File& file) {
    absl::StrAppend(out, "{ ", BackingName(file.backing), ", ", file.pages, ", ",
                    file.descriptor == Descriptor::kReadOnly ? "O_RDONLY" : "O_RDWR", " }");
  };
  return absl::StrCat("\t\t.files = {\n\t\t\t", absl::StrJoin(files, ",\n\t\t\t", print),
                      "\n\t\t},\n");
}

std::string MapRow(const Step& step) {
  std::string flags = step.sharing == MapSharing::kShared ? "MAP_SHARED" : "MAP_PRIVATE";
  if ((step.options & kMapLocked) != 0) absl::StrAppend(&flags, " | MAP_LOCKED");
  const absl::string_view access = step.access == Access::kRead   ? "PROT_READ"
                                   : step.access == Access::kNone ? "PROT_NONE"
                                                                  : "RW";
  return absl::StrCat("{ ", step.at.pages, ", ", step.length.pages, ", ", flags, ", ", access, ", ",
                      step.file == kNoFile ? 0 : step.file + 1, ", ", step.file_page, " }");
}

std::string MapsField(const Scenario& scenario) {
  std::vector<std::string> rows;
  for (const Action& action : scenario.actions) {
    if (const Step* step = std::get_if<Step>(&action)) rows.push_back(MapRow(*step));
  }
  if (rows.empty()) return "";
  return absl::StrCat("\t\t.maps = {\n\t\t\t", absl::StrJoin(rows, ",\n\t\t\t"), "\n\t\t},\n");
}

// A base of the template, with pages and bytes to add to it.
struct Value {
  absl::string_view base;
  int64_t pages = 0;
  int64_t bytes = 0;
};

Value ValueOf(const Position& addr) {
  switch (addr.anchor) {
    case Anchor::kZero:
      return {"ZERO", addr.pages, addr.bytes};
    case Anchor::kLastPage:
      return {"ZERO", addr.pages - 1, addr.bytes};
    default:
      return {"ARENA", addr.pages, addr.bytes};
  }
}

Value ValueOf(const Length& length) {
  switch (length.base) {
    case LengthBase::kMax:
      return {"ZERO", length.pages, length.bytes - 1};
    case LengthBase::kToLast:
      return {"MINUS_ADDR", length.pages - 1, length.bytes};
    default:
      return {"ZERO", length.pages, length.bytes};
  }
}

std::string ValueField(absl::string_view field, const Value& value) {
  return absl::StrCat("\t\t.", field, " = { ", value.base, ", ", value.pages, ", ", value.bytes,
                      " },\n");
}

std::string CallFields(const SymbolicCall& call) {
  return absl::StrCat(
      ValueField("addr", ValueOf(call.addr)), ValueField("len", ValueOf(call.length)),
      "\t\t.flags = ", absl::StrReplaceAll(Print(call.flags), {{"|", " | "}}), ",\n");
}

// What a latitude allows besides the outcomes that are named: as bits, and in words.
struct Others {
  absl::string_view bits;
  absl::string_view words;
};

Others OthersOf(Latitude latitude) {
  switch (latitude) {
    case Latitude::kDetermined:
      return {};
    case Latitude::kSomeError:
      return {"~(BIT(0) | BIT(CRASH))", "any error"};
    case Latitude::kUndefined:
      return {"~0ULL", "even a crash"};
    default:
      return {"~BIT(CRASH)", "anything"};
  }
}

std::string AllowedFields(const Outcomes& outcomes) {
  std::vector<std::string> bits;
  std::vector<std::string> words;
  for (size_t i = 0; i < outcomes.size(); ++i) {
    words.push_back(absl::StrReplaceAll(ErrnoName(outcomes[i]), {{"errno:", "errno "}}));
    bits.push_back(
        absl::StrCat("BIT(", absl::StrReplaceAll(ErrnoName(outcomes[i]), {{"errno:", ""}}), ")"));
  }
  const Others others = OthersOf(outcomes.latitude());
  if (!others.bits.empty()) {
    bits.emplace_back(others.bits);
    words.emplace_back(others.words);
  }
  return absl::StrCat("\t\t.allowed = ", absl::StrJoin(bits, " | "), ",\n",
                      StringField("expected", absl::StrJoin(words, " or ")));
}

std::string SkipField(const Vector& vector) {
  if ((vector.conditions & kNothingElseMapped) != 0) {
    return StringField("skip", "depends on what else is mapped");
  }
  for (const File& file : vector.scenario.files) {
    if (BackingName(file.backing) == "SERVER") {
      return StringField("skip", "needs a file server that answers fsync as told");
    }
    if (BackingName(file.backing) == "UNSUPPORTED") {
      return StringField("skip", "needs a file that a plain program cannot make");
    }
  }
  if ((vector.conditions & kRegistersOfItsWidth) == 0) return "";
  return "\t\t.skip = sizeof(long) == 8 ? NULL : \"needs 64-bit registers\",\n";
}

std::string NeedsFields(const Vector& vector) {
  const bool any_page = (vector.conditions & kPagesOfItsSize) == 0;
  return absl::StrCat(SkipField(vector), any_page ? "" : "\t\t.page_size = 4096,\n");
}

std::string Row(const Vector& vector) {
  const Answer& answer = vector.answers.front();
  return absl::StrCat("\t{\n", StringField("id", vector.id), StringField("comment", vector.comment),
                      StringField("rule", answer.rule), FilesField(vector.scenario.files),
                      MapsField(vector.scenario), CallFields(vector.call()),
                      AllowedFields(answer.outcomes), NeedsFields(vector), "\t},");
}

std::string About(const VectorSet& set) {
  const std::string text = absl::StrCat(
      set.vectors.size(), " test vectors for msync(2) from the profile ", set.profile->name,
      " of msyncspec " MSYNCSPEC_VERSION ". The profile: ", set.profile->basis,
      " Made by msyncspec vectors; change the tool, not this file.");
  return absl::StrCat(" * ", absl::StrJoin(Wrap(text, kColumns - 3), "\n * "));
}

bool IsOfAnotherAbi(const Profile& profile) {
  return profile.abi.address_bits.has_value() || profile.abi.argument_bits.has_value() ||
         profile.abi.page_size.has_value() || profile.abi.flags.has_value();
}

// Returns the template with one of its two main functions; each stands between two lines that say
// which it is.
std::string Template(Report report) {
  const absl::string_view mark = report == Report::kNested ? "@FLAT@\n" : "@NESTED@\n";
  const std::vector<absl::string_view> parts = absl::StrSplit(RunnerFiles().front().text, mark);
  return absl::StrCat(parts.front(), parts.back());
}

}  // namespace

absl::StatusOr<std::string> CRunner(const VectorSet& set, Report report) {
  if (IsOfAnotherAbi(*set.profile)) {
    return absl::InvalidArgumentError(
        absl::StrCat(set.profile->name,
                     " is about an ABI, which a C program cannot choose; take the era's own "
                     "profile: its runner works with every page size and width"));
  }
  std::vector<std::string> rows;
  for (const Vector& vector : set.vectors) rows.push_back(Row(vector));
  return absl::StrReplaceAll(Template(report), {{"@ABOUT@", About(set)},
                                                {"@INDENT@", report == Report::kNested ? "  " : ""},
                                                {"@FLAT@\n", ""},
                                                {"@NESTED@\n", ""},
                                                {"@VECTORS@", absl::StrJoin(rows, "\n")}});
}

}  // namespace msyncspec
