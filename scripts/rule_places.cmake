# SPDX-License-Identifier: MIT
# Writes OUTPUT, the source file that defines RulePlaces(): where in FILES, paths below SOURCE, the
# id of each rule is written.
set(rows "")
foreach(path IN LISTS FILES)
  file(READ "${SOURCE}/${path}" text)
  # What a list of CMake would not carry.
  string(REGEX REPLACE "[][;\\]" " " text "${text}")
  string(REPLACE "\n" ";" lines "${text}")
  set(number 0)
  foreach(line IN LISTS lines)
    math(EXPR number "${number} + 1")
    if(line MATCHES "\\.id = \"([^\"]+)\"")
      string(APPEND rows "    {\"${CMAKE_MATCH_1}\", \"${path}\", ${number}},\n")
    endif()
  endforeach()
endforeach()
file(
  WRITE "${OUTPUT}"
  "// Made by scripts/rule_places.cmake.
#include \"harness/report/place.h\"

namespace msyncspec {

std::span<const RulePlace> RulePlaces() {
  static constexpr RulePlace kPlaces[] = {
${rows}  };
  return kPlaces;
}

}  // namespace msyncspec
")
