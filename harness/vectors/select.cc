// SPDX-License-Identifier: MIT
#include "harness/vectors/select.h"

namespace msyncspec {

Finds SelectScenarios(const Profile& profile) {
  Finds finds;
  if (profile.IsDocument()) {
    SelectForDocument(profile, finds);
  } else {
    SelectForKernel(profile, finds);
  }
  return finds;
}

}  // namespace msyncspec
