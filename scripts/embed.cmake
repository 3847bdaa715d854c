# SPDX-License-Identifier: MIT
# Writes OUTPUT, the source file that defines FUNCTION(), from FILES: paths below SOURCE. HEADER
# declares the function, which returns a TYPE {path, text} for each file.
set(rows "")
foreach(path IN LISTS FILES)
  file(READ "${SOURCE}/${path}" text)
  string(APPEND rows "    {\"${path}\", R\"msync(${text})msync\"},\n")
endforeach()
file(
  WRITE "${OUTPUT}"
  "// Made by scripts/embed.cmake.
#include \"${HEADER}\"

namespace msyncspec {

std::span<const ${TYPE}> ${FUNCTION}() {
  static constexpr ${TYPE} kFiles[] = {
${rows}  };
  return kFiles;
}

}  // namespace msyncspec
")
