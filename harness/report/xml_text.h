// SPDX-License-Identifier: MIT
#ifndef MSYNCSPEC_HARNESS_REPORT_XML_TEXT_H_
#define MSYNCSPEC_HARNESS_REPORT_XML_TEXT_H_

#include <string>

#include "absl/strings/string_view.h"

namespace msyncspec {

// Returns `text` as it stands in XML 1.0, in an attribute or between tags: markup is escaped, and
// what is not UTF-8 or no character of XML is replaced by U+FFFD.
std::string XmlText(absl::string_view text);

}  // namespace msyncspec

#endif  // MSYNCSPEC_HARNESS_REPORT_XML_TEXT_H_
