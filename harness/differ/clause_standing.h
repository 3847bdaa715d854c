// SPDX-License-Identifier: MIT
#ifndef MSYNCSPEC_HARNESS_DIFFER_CLAUSE_STANDING_H_
#define MSYNCSPEC_HARNESS_DIFFER_CLAUSE_STANDING_H_

#include <optional>
#include <string>
#include <vector>

#include "harness/executor/file_provider.h"
#include "harness/scenario/scenario.h"
#include "model/document_rules.h"
#include "model/profile.h"
#include "model/source.h"

namespace msyncspec {

// How it is known what the kernel does in a case.
enum class Evidence : uint8_t {
  kProfile,   // the kernel's profile says so; `why` tells why nothing was observed
  kObserved,  // the running kernel returned what its profile says
  kRefuted,   // the running kernel does otherwise: `why` tells what
};

// The smallest scenario in which a document's rule stands in one way to what a kernel does.
struct StandingCase {
  Scenario scenario;  // one call at its end
  Standing standing = Standing::kTrue;
  std::string document_says;  // "EBUSY", "f0[0,1p)+scheduled"
  std::string kernel_says;
  const Rule* kernel_rule = nullptr;
  Evidence evidence = Evidence::kProfile;
  std::string why = "not run";
};

// How one rule of a document stands to a kernel: in each way in which it does, the worst last.
struct RuleStanding {
  const DocumentRule* rule = nullptr;
  const Profile* kernel = nullptr;  // the one it was held against; another for a rule about another
  std::vector<StandingCase> cases;  // empty for a rule that no call of the scope shows

  // Nothing where no case shows anything.
  std::optional<Standing> worst() const;
};

// How a clause stands: as the worst of the rules that cite it.
struct ClauseStanding {
  const Clause* clause = nullptr;  // null for what a document is silent about
  std::vector<RuleStanding> rules;

  // Nothing where no rule cites the clause, because nothing can test it, or no case shows its
  // rules.
  std::optional<Standing> standing() const;
};

// Holds every clause of a document against what `kernel` says, in the order of the document; behind
// them stands what the document is silent about. A rule is judged where it alone decides, so that
// no clause is blamed for another.
std::vector<ClauseStanding> StandingOf(const Profile& document, const Profile& kernel);

// Runs every case on this kernel, which `kernel` describes, and notes in it what was observed.
void Observe(const Profile& kernel, FileProvider& provider, std::vector<ClauseStanding>& clauses);

// Returns "true", "silent", "weaker", "stricter" or "contradicted".
absl::string_view StandingName(Standing standing);

}  // namespace msyncspec

#endif  // MSYNCSPEC_HARNESS_DIFFER_CLAUSE_STANDING_H_
