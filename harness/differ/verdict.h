// SPDX-License-Identifier: MIT
#ifndef MSYNCSPEC_HARNESS_DIFFER_VERDICT_H_
#define MSYNCSPEC_HARNESS_DIFFER_VERDICT_H_

#include <cstddef>
#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"

namespace msyncspec {

// What comes of holding a prediction against an observation.
enum class Verdict : uint8_t {
  kAgree,
  kDisagree,
  kUnsupported,  // the target cannot build this layout, or the model cannot follow it
  kBroken,       // the harness failed
};

// Where a prediction and an observation part.
enum class Subject : uint8_t {
  kCall,         // msync answered otherwise
  kStep,         // mmap, mlock … answered otherwise
  kLayout,       // the kernel's own view of the layout is another
  kCrash,        // the process was killed
  kHang,         // it did not come back
  kEffect,       // msync did otherwise to a file, or its times or a step's wait are others
  kExpectation,  // the model itself says other than what the scenario's author wrote down
  kDeviation,    // a known deviation is none any more
};

// Returns the word for a subject: "call", "step", "layout", "crash", "hang", "effect",
// "expectation", "deviation".
absl::string_view SubjectName(Subject subject);

// One disagreement of a scenario. Rule, expected and observed are what makes two the same.
struct Disagreement {
  Subject subject = Subject::kCall;
  size_t action = 0;     // an index into Scenario::actions
  std::string rule;      // the deciding rule's id for a call, else the kind of the step
  std::string expected;  // as it is shown, for instance "ENOMEM"
  std::string observed;

  // Whether this is the same finding as `other`, wherever it was made.
  bool SameAs(const Disagreement& other) const {
    return subject == other.subject && rule == other.rule && expected == other.expected &&
           observed == other.observed;
  }
};

// Returns a name for what makes two disagreements the same, such as "mapping.locked-EBUSY-got-0",
// of at most 81 letters, digits, "_", "." and "-", and the same on every machine. One that cannot
// be written so is shortened and ends in a hash of the whole.
std::string KeyOf(const Disagreement& what);

// How much of what was done to files could be compared.
struct EffectCounts {
  uint64_t fsyncs = 0;  // that a server was to receive
  uint64_t writes = 0;  // that a server did receive during a call
  uint64_t pages = 0;   // of which it was seen whether they are dirty
  uint64_t bytes = 0;   // read beneath the page cache, one a page
  uint64_t times = 0;   // of files around an action

  EffectCounts& operator+=(const EffectCounts& more) {
    fsyncs += more.fsyncs;
    writes += more.writes;
    pages += more.pages;
    bytes += more.bytes;
    times += more.times;
    return *this;
  }
};
using EffectsSeen = std::map<std::string, EffectCounts>;  // by the name of the backing

// What is said of a whole scenario.
struct Judgement {
  Verdict verdict = Verdict::kBroken;
  std::string reason;  // why it is unsupported or broken
  std::vector<Disagreement> disagreements;
  uint64_t calls = 0;   // compared
  uint64_t walked = 0;  // of these, not decided by their arguments alone
  uint64_t beyond = 0;  // not compared, because of kUnknownBeyondArena
  EffectsSeen effects;
  // Whether it disagrees, and somebody else had pages of a server written meanwhile: then what was
  // seen may be their doing.
  bool disturbed = false;
};

// Why a call that reaches beyond the arena cannot always be compared.
inline constexpr char kUnknownBeyondArena[] =
    "no /proc/self/maps: what is mapped beyond the arena is not known";

}  // namespace msyncspec

#endif  // MSYNCSPEC_HARNESS_DIFFER_VERDICT_H_
