// SPDX-License-Identifier: MIT
#ifndef MSYNCSPEC_HARNESS_VECTORS_VECTORS_JSON_H_
#define MSYNCSPEC_HARNESS_VECTORS_VECTORS_JSON_H_

#include <string>

#include "harness/vectors/vector.h"

namespace msyncspec {

// Returns the vectors as one JSON document of the schema msyncspec-vectors-1, which is published as
// corpus/vectors/schema.json.
std::string VectorsJson(const VectorSet& set);

}  // namespace msyncspec

#endif  // MSYNCSPEC_HARNESS_VECTORS_VECTORS_JSON_H_
