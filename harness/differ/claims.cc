// SPDX-License-Identifier: MIT
#include "harness/differ/claims.h"

#include <algorithm>

namespace msyncspec {
namespace {

// Whether doing `done` is one way to do what is claimed.
bool Fulfils(SyncKind done, SyncKind claimed) {
  if (done == claimed) return true;
  const bool waits = done == SyncKind::kDataOnly || done == SyncKind::kFull;
  if (claimed == SyncKind::kUpdated) return waits;
  // Pages that are marked dirty are written some time later.
  return claimed == SyncKind::kScheduled && (waits || done == SyncKind::kMarkedDirty);
}

bool Covered(const std::vector<SyncedRange>& done, const SyncedRange& claim) {
  Bytes reached = claim.begin;
  for (bool more = true; more && reached < claim.end;) {
    more = false;
    for (const SyncedRange& range : done) {
      if (range.file != claim.file || !Fulfils(range.kind, claim.kind)) continue;
      if (range.begin <= reached && reached < range.end) {
        reached = range.end;
        more = true;
      }
    }
  }
  return reached >= claim.end;
}

}  // namespace

bool Satisfies(const std::vector<SyncedRange>& done, const std::vector<SyncedRange>& claims) {
  return std::all_of(claims.begin(), claims.end(),
                     [&done](const SyncedRange& claim) { return Covered(done, claim); });
}

bool SyncsAgree(const Profile& a, const Prediction& says_a, const Profile& b,
                const Prediction& says_b) {
  if (a.IsDocument() == b.IsDocument()) return says_a.syncs == says_b.syncs;
  const Prediction& document = a.IsDocument() ? says_a : says_b;
  const Prediction& kernel = a.IsDocument() ? says_b : says_a;
  const bool meant_for_success = document.outcomes.Lists(Errno::kOk);
  const bool succeeds = kernel.outcomes.IsOnly(Errno::kOk);
  return meant_for_success != succeeds || Satisfies(kernel.syncs, document.syncs);
}

}  // namespace msyncspec
