// SPDX-License-Identifier: MIT
//
// The walk over mappings and the second statement, page by page, say the same of every call on
// every tiny machine: the same answer, and the same pages synced.
#include "fuzz/require.h"
#include "fuzz/tiny_case.h"
#include "model/page_by_page.h"
#include "model/predict.h"
#include "model/profiles/profiles.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  using namespace msyncspec;
  static const Profile& kProfile = LinuxProfiles().back();
  static TinyCase& tiny = *new TinyCase();
  static Prediction& prediction = *new Prediction();
  MakeTinyCase({data, size}, tiny);
  const PlainAnswer plain = AnswerPageByPage(tiny.machine, tiny.layout.pages, tiny.call);
  Predict(kProfile, tiny.machine, tiny.layout.space, tiny.call, prediction);
  Require(prediction.outcomes == Outcomes(plain.result) &&
              SyncedPages(tiny.machine, prediction) == plain.synced,
          "the walk over mappings and the one page by page say the same",
          [] { return Text(tiny); });
  return 0;
}
