// SPDX-License-Identifier: MIT
#include "harness/vectors/vectors_json.h"

#include <nlohmann/json.hpp>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "harness/scenario/print.h"
#include "harness/scenario/words.h"

namespace msyncspec {
namespace {

using Json = nlohmann::ordered_json;

constexpr const char* kHeader[] = {
    "Each vector is files, map steps, and one call of msync(2), with what each profile allows.",
    "A profile is one system or one document; the first of the answers is that of this file's.",
    "Where an answer lists several outcomes, or has a latitude, any that it allows is right.",
    "Answers hold with nothing mapped near but what the steps map, and under the conditions named.",
};

Json ToJson(const Position& position) {
  constexpr const char* kBases[] = {"arena", "zero", "last-page"};
  return {{"text", Print(position)},
          {"base", kBases[static_cast<size_t>(position.anchor)]},
          {"pages", position.pages},
          {"bytes", position.bytes}};
}

Json ToJson(const Length& length) {
  constexpr const char* kBases[] = {"zero", "max", "to-last"};
  return {{"text", Print(length)},
          {"base", kBases[static_cast<size_t>(length.base)]},
          {"pages", length.pages},
          {"bytes", length.bytes}};
}

Json ToJson(SyncFlags flags) {
  Json names = Json::array();
  for (const auto& word : words::kFlagWords) {
    if (flags.Has(word.value)) names.push_back(std::string(word.text));
  }
  return {{"text", Print(flags)},
          {"value", flags.word()},
          {"names", names},
          {"unknown", flags.UnknownBits(kGenericFlagNumbers)}};
}

Json ToJson(const File& file) {
  return {{"backing", std::string(FactsOf(file.backing).name)},
          {"pages", file.pages},
          {"readonly", file.descriptor == Descriptor::kReadOnly},
          {"fsync", ErrnoName(file.fsync.error)}};
}

Json ToJson(const Step& step) {
  Json access = Json::array();
  if (Allows(step.access, Access::kRead)) access.push_back("read");
  if (Allows(step.access, Access::kWrite)) access.push_back("write");
  return {{"step", "map"},
          {"at", ToJson(step.at)},
          {"length", ToJson(step.length)},
          {"sharing", step.sharing == MapSharing::kShared ? "shared" : "private"},
          {"access", access},
          {"file", step.file == kNoFile ? Json() : Json(step.file)},
          {"filePage", step.file_page},
          {"locked", (step.options & kMapLocked) != 0}};
}

const char* EffectName(SyncKind kind) {
  switch (kind) {
    case SyncKind::kDataOnly:
      return "data";
    case SyncKind::kFull:
      return "data-and-metadata";
    case SyncKind::kUpdated:
      return "updated";
    case SyncKind::kScheduled:
      return "scheduled";
    case SyncKind::kMarkedDirty:
      return "marked-dirty";
    case SyncKind::kInvalidated:
      return "invalidated";
  }
  return "";
}

Json ToJson(const ExpectedSync& sync) {
  Json json = {
      {"text", PrintSyncs({sync})},    {"file", sync.file},
      {"begin", ToJson(sync.begin)},   {"end", sync.to_end_of_file ? Json() : ToJson(sync.end)},
      {"kind", EffectName(sync.kind)}, {"answer", ErrnoName(sync.answer)}};
  return json;
}

Json ToJson(const Answer& answer) {
  Json outcomes = Json::array(), effects = Json::array();
  for (size_t i = 0; i < answer.outcomes.size(); ++i) {
    outcomes.push_back(ErrnoName(answer.outcomes[i]));
  }
  for (const ExpectedSync& sync : answer.syncs) effects.push_back(ToJson(sync));
  const Latitude latitude = answer.outcomes.latitude();
  return {{"profiles", answer.profiles},
          {"outcomes", outcomes},
          {"latitude",
           latitude == Latitude::kDetermined ? "determined" : std::string(LatitudeName(latitude))},
          {"rule", answer.rule},
          {"effects", effects}};
}

Json ConditionsJson(uint8_t conditions, const Profile& profile) {
  const Machine machine = profile.abi.On(Machine{});
  Json json = Json::array();
  if ((conditions & kNothingElseMapped) != 0) json.push_back("nothing-else-mapped");
  if ((conditions & kPagesOfItsSize) != 0) {
    json.push_back(absl::StrCat("pages-of-", machine.page_size.count, "-bytes"));
  }
  if ((conditions & kRegistersOfItsWidth) != 0) {
    json.push_back(absl::StrCat("registers-of-", machine.argument_bits, "-bits"));
  }
  return json;
}

Json ToJson(const Vector& vector, const Profile& profile) {
  Json files = Json::array(), steps = Json::array(), answers = Json::array();
  for (const File& file : vector.scenario.files) files.push_back(ToJson(file));
  for (const Action& action : vector.scenario.actions) {
    if (const Step* step = std::get_if<Step>(&action)) steps.push_back(ToJson(*step));
  }
  for (const Answer& answer : vector.answers) answers.push_back(ToJson(answer));
  const SymbolicCall& call = vector.call();
  return {{"id", vector.id},
          {"comment", vector.comment},
          {"flags", vector.flags},
          {"conditions", ConditionsJson(vector.conditions, profile)},
          {"scenario", Print(vector.scenario)},
          {"files", files},
          {"steps", steps},
          {"call",
           {{"addr", ToJson(call.addr)},
            {"length", ToJson(call.length)},
            {"flags", ToJson(call.flags)}}},
          {"answers", answers}};
}

Json ToJson(const Rule& rule) {
  Json citations = Json::array();
  for (const Citation& cite : rule.cites) {
    if (cite.source.empty()) continue;
    citations.push_back({{"source", std::string(cite.source)},
                         {"clause", std::string(cite.clause)},
                         {"words", std::string(cite.words)}});
  }
  return {{"id", std::string(rule.id)},
          {"statement", std::string(rule.says)},
          {"citations", citations}};
}

Json ToJson(const Note& note) {
  Json rules = Json::array();
  for (const Rule* rule : note.rules) rules.push_back(ToJson(*rule));
  return {{"kind", std::string(FlagKindName(note.kind))},
          {"description", note.description},
          {"rules", rules}};
}

// Returns `json` on one line, with a blank after each comma and colon.
std::string OneLine(const Json& json) {
  if (!json.is_structured()) return json.dump();
  std::vector<std::string> parts;
  for (const auto& item : json.items()) {
    parts.push_back(json.is_object()
                        ? absl::StrCat(Json(item.key()).dump(), ": ", OneLine(item.value()))
                        : OneLine(item.value()));
  }
  const std::string inside = absl::StrJoin(parts, ", ");
  return json.is_object() ? absl::StrCat("{", inside, "}") : absl::StrCat("[", inside, "]");
}

// Appends `json` to `text`: on one line where it fits beside `indent` blanks, else an element a
// line.
void Append(const Json& json, size_t indent, std::string& text) {
  constexpr size_t kColumns = 100;
  const std::string line = OneLine(json);
  if (!json.is_structured() || indent + line.size() <= kColumns) {
    text += line;
    return;
  }
  text += json.is_object() ? "{" : "[";
  const std::string blanks(indent + 1, ' ');
  absl::string_view comma = "";
  for (const auto& item : json.items()) {
    absl::StrAppend(&text, comma, "\n", blanks);
    if (json.is_object()) absl::StrAppend(&text, Json(item.key()).dump(), ": ");
    Append(item.value(), indent + 1, text);
    comma = ",";
  }
  absl::StrAppend(&text, "\n", absl::string_view(blanks).substr(1), json.is_object() ? "}" : "]");
}

}  // namespace

std::string VectorsJson(const VectorSet& set) {
  Json notes = Json::object(), vectors = Json::array();
  for (const auto& [flag, note] : set.notes) notes[flag] = ToJson(note);
  for (const Vector& vector : set.vectors) vectors.push_back(ToJson(vector, *set.profile));
  const Json document = {{"schema", "msyncspec-vectors-1"},
                         {"generator", {{"name", "msyncspec"}, {"version", MSYNCSPEC_VERSION}}},
                         {"profile", {{"name", set.profile->name}, {"basis", set.profile->basis}}},
                         {"header", kHeader},
                         {"numberOfVectors", set.vectors.size()},
                         {"notes", notes},
                         {"vectors", vectors}};
  std::string text;
  Append(document, 0, text);
  return text + "\n";
}

}  // namespace msyncspec
