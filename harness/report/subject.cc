// SPDX-License-Identifier: MIT
#include "harness/report/subject.h"

namespace msyncspec {

absl::string_view SubjectText(Subject subject) {
  switch (subject) {
    case Subject::kCall:
      return "msync answers otherwise";
    case Subject::kStep:
      return "a step answers otherwise, so what msync meets is not known";
    case Subject::kLayout:
      return "the kernel's own view of the layout is another";
    case Subject::kCrash:
      return "the process is killed";
    case Subject::kHang:
      return "the process does not come back";
    case Subject::kEffect:
      return "what happens to its files is otherwise";
    case Subject::kExpectation:
      return "the model says other than the scenario's author expects";
    case Subject::kDeviation:
      return "a known deviation is none any more";
  }
  return "?";
}

}  // namespace msyncspec
