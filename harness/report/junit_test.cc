// SPDX-License-Identifier: MIT
#include "harness/report/junit.h"

#include <gmock/gmock.h>

#include "harness/report/result_to_report.h"
#include "harness/report/xml_text.h"

namespace msyncspec {
namespace {

using testing::HasSubstr;

TEST(CheckJunit, CountsAndDatesItsSuites) {
  const std::string xml = CheckJunit(EveryEnding());
  EXPECT_THAT(xml, HasSubstr("<testsuites name=\"msyncspec\" time=\"1.500\" tests=\"7\" "
                             "failures=\"3\" errors=\"1\">"));
  EXPECT_THAT(xml, HasSubstr("<testsuite name=\"corpus\" tests=\"5\" failures=\"1\" errors=\"1\" "
                             "skipped=\"2\" time=\"1.500\" timestamp=\"2023-11-14T22:13:20\" "
                             "hostname=\"a&amp;b\">"));
  EXPECT_THAT(xml, HasSubstr("<property name=\"profile\" value=\"linux-6.18\"/>"));
}

TEST(CheckJunit, SaysHowEachCaseEnded) {
  const std::string xml = CheckJunit(EveryEnding());
  for (const char* part :
       {"<testcase name=\"rules/good.msync\" classname=\"msyncspec.corpus\" time=\"1.000\"/>",
        "<failure type=\"finding\" message=\"flags.unknown-EINVAL-got-0\">msync answers otherwise\n"
        "expected: EINVAL\nobserved: 0\n",
        "msyncspec run - &lt;&lt;'END'\n",
        "<skipped type=\"known deviation\" "
        "message=\"known deviation: It is so.\"/>",
        "<skipped type=\"unsupported\" message=\"no &lt;fuse&gt; here\"/>",
        "<error type=\"broken\" message=\"no memory\"/>",
        "message=\"it has findings, which are cases of their own\""}) {
    EXPECT_THAT(xml, HasSubstr(part));
  }
}

TEST(XmlText, EscapesMarkupAndReplacesWhatIsNoCharacter) {
  struct Row {
    const char* text;
    const char* xml;
  };
  const Row kRows[] = {
      {"plain \t\n", "plain \t\n"},
      {"<a b=\"c\">&", "&lt;a b=&quot;c&quot;&gt;&amp;"},
      {"]]>", "]]&gt;"},
      {"\r", "&#13;"},
      {"\x01\x1b\x7f", "\xef\xbf\xbd\xef\xbf\xbd\x7f"},
      {"ö…\xf0\x9f\x90\xa7", "ö…\xf0\x9f\x90\xa7"},
      {"\xff", "\xef\xbf\xbd"},
      {"\xc3", "\xef\xbf\xbd"},
      {"\xc3(", "\xef\xbf\xbd("},
      {"\xc0\xaf", "\xef\xbf\xbd\xef\xbf\xbd"},
      {"\xed\xa0\x80", "\xef\xbf\xbd"},
      {"\xef\xbf\xbf", "\xef\xbf\xbd"},
  };
  for (const Row& row : kRows) EXPECT_EQ(XmlText(row.text), row.xml) << row.text;
}

}  // namespace
}  // namespace msyncspec
