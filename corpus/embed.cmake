# SPDX-License-Identifier: MIT
# Writes OUTPUT, the source file that defines FUNCTION(), from FILES: paths below SOURCE. HEADER
# declares the function, which returns a TYPE {path, text} for each file; these three are the
# corpus's own unless they are given.
if(NOT DEFINED HEADER)
  set(HEADER "corpus/corpus.h")
  set(TYPE "CorpusFile")
  set(FUNCTION "CorpusFiles")
endif()

set(rows "")
foreach(path IN LISTS FILES)
  file(READ "${SOURCE}/${path}" text)
  string(APPEND rows "    {\"${path}\", R\"msync(${text})msync\"},\n")
endforeach()
file(
  WRITE "${OUTPUT}"
  "// Made by corpus/embed.cmake.
#include \"${HEADER}\"

namespace msyncspec {

std::span<const ${TYPE}> ${FUNCTION}() {
  static constexpr ${TYPE} kFiles[] = {
${rows}  };
  return kFiles;
}

}  // namespace msyncspec
")
