// SPDX-License-Identifier: MIT
#ifndef MSYNCSPEC_HARNESS_SCENARIO_TEXT_FILE_H_
#define MSYNCSPEC_HARNESS_SCENARIO_TEXT_FILE_H_

#include <span>
#include <string>

#include "harness/scenario/file.h"
#include "harness/scenario/text_line.h"

namespace msyncspec {

// Reads a file from "f1 open f0 readonly" or the like, what stands behind `file`. `above` are the
// files that are declared before it. Where it is none, the line fails.
File ParseFile(TextLine& line, std::span<const File> above);

// Returns the canonical text of a file, without its name.
std::string PrintFile(const File& file);

// Returns "f0" and the like.
std::string FileName(FileId file);

}  // namespace msyncspec

#endif  // MSYNCSPEC_HARNESS_SCENARIO_TEXT_FILE_H_
