// SPDX-License-Identifier: MIT
#include "harness/cli/check_flags.h"

#include <sys/random.h>

#include <cstdint>
#include <utility>

#include "absl/flags/flag.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "absl/time/clock.h"
#include "corpus/corpus.h"
#include "harness/cli/check_selection.h"
#include "harness/cli/deviation_files.h"
#include "harness/generate/exhaustive.h"

ABSL_FLAG(int, scope, 4,
          "page slots of the exhaustive stage, 1 to 8; each more takes ten times as long");
ABSL_FLAG(std::string, time, "",
          "how long the random, served and files stages each last, such as 30s or 2h; without "
          "it, 20s or what is left of 36s for random, 10s for served, 30s for files; with --ci, "
          "how long the whole check lasts, 60s without it");
ABSL_FLAG(std::string, seed, "random", "the seed of the random, served and files stages, a number");
ABSL_FLAG(uint64_t, at, 0, "the scenario of these stages to begin with, a number");
ABSL_FLAG(uint64_t, count, UINT64_MAX,
          "how many scenarios of each of these stages at most, a number");
ABSL_FLAG(
    std::string, stages, "",
    "the stages to run, among corpus,deviations,exhaustive,random, which are the default, and "
    "injection,served,files, which --effects=all adds");

ABSL_FLAG(std::string, effects, "auto",
          "what is seen of files: all (with a stage of its own), auto (what the corpus shows) or "
          "none");
ABSL_FLAG(bool, ci, false,
          "the corpus and the known deviations, then random scenarios for what is left of --time; "
          "no colours, and annotations where GITHUB_ACTIONS is true");
ABSL_FLAG(bool, list, false, "prints the names of what would be run, and runs nothing");
ABSL_FLAG(std::string, filter, "*",
          "GLOB[:GLOB…][:-GLOB[:GLOB…]], which names of --list to run, and behind the hyphen which "
          "not to");
ABSL_FLAG(std::string, shard, "1/1",
          "I/N, to run the part I of N: every Nth of the list, and random scenarios of its own");
ABSL_FLAG(std::string, deviations, "",
          "a folder of known deviations, in place of those of corpus/known_deviations");

namespace msyncspec {
namespace {

// On a machine where the default scope would take longer than this, it is broken off.
constexpr absl::Duration kDefaultCutoff = absl::Seconds(18);
constexpr absl::Duration kCiBudget = absl::Minutes(1);
constexpr char kUsualStages[] = "corpus,deviations,exhaustive,random";
constexpr char kCiStages[] = "corpus,deviations,random";

uint64_t FreshSeed() {
  uint32_t seed = 1;
  if (getrandom(&seed, sizeof(seed), GRND_NONBLOCK) != sizeof(seed)) {
    seed = static_cast<uint32_t>(absl::GetCurrentTimeNanos());
  }
  return seed;
}

// The stages that take files of the corpus.
struct CorpusStages {
  bool corpus = false, deviations = false;
};

absl::StatusOr<CorpusStages> ChooseStages(CheckOptions& options) {
  CorpusStages from_corpus;
  bool exhaustive = false;
  options.random = false;
  const std::pair<absl::string_view, bool*> stages[] = {
      {"corpus", &from_corpus.corpus},   {"deviations", &from_corpus.deviations},
      {"exhaustive", &exhaustive},       {"random", &options.random},
      {"injection", &options.injection}, {"served", &options.served},
      {"files", &options.files}};
  std::string asked = absl::GetFlag(FLAGS_stages);
  if (asked.empty()) asked = absl::GetFlag(FLAGS_ci) ? kCiStages : kUsualStages;
  for (const absl::string_view word : absl::StrSplit(asked, ',')) {
    bool known = false;
    for (const auto& [name, chosen] : stages) {
      if (word == name) known = *chosen = true;
    }
    if (known) continue;
    return absl::InvalidArgumentError(absl::StrCat("--stages: no such stage: \"", word,
                                                   "\"; expected some of ", kUsualStages,
                                                   ",injection,served,files"));
  }
  if (!exhaustive) options.scope = 0;
  return from_corpus;
}

absl::Status ChooseEffects(CheckOptions& options) {
  const std::string effects = absl::GetFlag(FLAGS_effects);
  if (effects == "all") options.injection = options.served = options.files = true;
  if (effects == "none" && (options.injection || options.served || options.files)) {
    return absl::InvalidArgumentError(
        "--effects=none: the stages injection, served and files are about nothing else");
  }
  if (effects == "all" || effects == "auto" || effects == "none") return absl::OkStatus();
  return absl::InvalidArgumentError(
      absl::StrCat("--effects=", effects, ": expected all, auto or none"));
}

absl::Status ChooseTimes(CheckOptions& options) {
  const std::string time = absl::GetFlag(FLAGS_time);
  std::optional<absl::Duration> budget;
  if (!time.empty()) {
    budget.emplace();
    if (!absl::ParseDuration(time, &*budget) || *budget < absl::ZeroDuration()) {
      return absl::InvalidArgumentError(
          absl::StrCat("--time=", time, ": expected a duration such as 30s, 5m or 2h"));
    }
  }
  if (absl::GetFlag(FLAGS_ci)) {
    options.whole = budget.value_or(kCiBudget);
  } else {
    options.time = budget;
  }
  return absl::OkStatus();
}

absl::Status ChooseScope(CheckOptions& options) {
  options.scope = absl::GetFlag(FLAGS_scope);
  if (options.scope < 1 || options.scope > ExhaustiveScope::kMaxSlots) {
    return absl::InvalidArgumentError(
        absl::StrCat("--scope=", options.scope, ": expected 1 to ", ExhaustiveScope::kMaxSlots));
  }
  if (options.scope <= CheckOptions{}.scope) options.cutoff = kDefaultCutoff;
  return absl::OkStatus();
}

absl::Status ChooseRandom(RandomOptions& random) {
  random.seed = FreshSeed();
  if (const std::string seed = absl::GetFlag(FLAGS_seed); seed != "random") {
    if (!absl::SimpleAtoi(seed, &random.seed)) {
      return absl::InvalidArgumentError(
          absl::StrCat("--seed=", seed, ": expected a number from 0 to 2^64-1"));
    }
  }
  random.first = absl::GetFlag(FLAGS_at);
  random.count = absl::GetFlag(FLAGS_count);
  return absl::OkStatus();
}

absl::Status TakeMaterial(const CorpusStages& stages, const KernelIdentity& kernel,
                          CheckMaterial& material) {
  const std::string folder = absl::GetFlag(FLAGS_deviations);
  absl::StatusOr<std::vector<KnownDeviation>> known =
      folder.empty() ? EmbeddedDeviations() : DeviationsIn(folder);
  if (!known.ok()) return known.status();
  material.known = Concerning(kernel, *known);
  if (stages.deviations) material.to_be_seen = material.known;
  if (!stages.corpus) return absl::OkStatus();
  for (const CorpusFile& file : CorpusFiles()) {
    material.corpus.push_back({std::string(file.path), std::string(file.text)});
  }
  return absl::OkStatus();
}

std::string NameOf(const CorpusEntry& entry) { return absl::StrCat("corpus/", entry.path); }

std::string NameOf(const KnownDeviation& deviation) {
  return absl::StrCat("deviations/", deviation.Name());
}

template <typename Entry>
void Select(const NameFilter& filter, const Shard& shard, std::vector<Entry>& entries) {
  std::vector<Entry> selected;
  size_t wanted = 0;
  for (const Entry& entry : entries) {
    if (filter.Wants(NameOf(entry)) && shard.Has(wanted++)) selected.push_back(entry);
  }
  entries = std::move(selected);
}

// Leaves of `request` what --filter and --shard want. What cannot be split is dealt out as a whole.
absl::Status SelectParts(CheckRequest& request) {
  const NameFilter filter(absl::GetFlag(FLAGS_filter));
  const absl::StatusOr<Shard> shard = ParseShard(absl::GetFlag(FLAGS_shard));
  if (!shard.ok()) {
    return absl::InvalidArgumentError(absl::StrCat("--shard: ", shard.status().message()));
  }
  Select(filter, *shard, request.material.corpus);
  Select(filter, *shard, request.material.to_be_seen);
  CheckOptions& options = request.options;
  if (!shard->Has(0) || !filter.Wants("exhaustive")) options.scope = 0;
  options.injection &= shard->Has(shard->count - 1) && filter.Wants("injection");
  options.random &= filter.Wants("random");
  options.served &= filter.Wants("served");
  options.files &= filter.Wants("files");
  if (shard->count > 1 && options.random_options.first >= Shard::kScenarios) {
    return absl::InvalidArgumentError(
        absl::StrCat("--at: with --shard, expected less than ", Shard::kScenarios));
  }
  options.random_options.first += shard->FirstScenario();
  return absl::OkStatus();
}

}  // namespace

std::vector<absl::string_view> CheckFlags() {
  return {"scope",   "time", "seed", "at",     "count", "stages",
          "effects", "ci",   "list", "filter", "shard", "deviations"};
}

absl::StatusOr<CheckRequest> AskedCheck(const KernelIdentity& kernel) {
  CheckRequest request;
  CheckOptions& options = request.options;
  if (absl::Status status = ChooseScope(options); !status.ok()) return status;
  const absl::StatusOr<CorpusStages> stages = ChooseStages(options);
  if (!stages.ok()) return stages.status();
  if (absl::Status status = ChooseTimes(options); !status.ok()) return status;
  if (absl::Status status = ChooseEffects(options); !status.ok()) return status;
  if (absl::Status status = ChooseRandom(options.random_options); !status.ok()) return status;
  if (absl::Status status = TakeMaterial(*stages, kernel, request.material); !status.ok()) {
    return status;
  }
  if (absl::Status status = SelectParts(request); !status.ok()) return status;
  request.ci = absl::GetFlag(FLAGS_ci);
  request.only_list = absl::GetFlag(FLAGS_list);
  request.sees_effects = absl::GetFlag(FLAGS_effects) != "none";
  if (NamesOf(request).empty()) {
    return absl::NotFoundError(absl::StrCat(
        "--filter=", absl::GetFlag(FLAGS_filter), " --shard=", absl::GetFlag(FLAGS_shard),
        ": none of what the stages run is left; --list prints the names"));
  }
  return request;
}

std::vector<std::string> NamesOf(const CheckRequest& request) {
  std::vector<std::string> names;
  for (const CorpusEntry& entry : request.material.corpus) names.push_back(NameOf(entry));
  for (const KnownDeviation& each : request.material.to_be_seen) names.push_back(NameOf(each));
  const CheckOptions& options = request.options;
  if (options.scope > 0) names.emplace_back("exhaustive");
  if (options.random) names.emplace_back("random");
  if (options.injection) names.emplace_back("injection");
  if (options.served) names.emplace_back("served");
  if (options.files) names.emplace_back("files");
  return names;
}

}  // namespace msyncspec
