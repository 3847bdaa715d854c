// SPDX-License-Identifier: MIT
#ifndef MSYNCSPEC_HARNESS_SCENARIO_TEXT_VALUES_H_
#define MSYNCSPEC_HARNESS_SCENARIO_TEXT_VALUES_H_

#include "harness/scenario/position.h"
#include "harness/scenario/text_line.h"
#include "model/address_space.h"
#include "model/errno.h"
#include "model/prediction.h"
#include "model/sync_flags.h"

namespace msyncspec {

// Return the value that `token` of `line` stands for. Where it stands for none, the line fails
// there, and the value is one that does no harm.
Position PositionFrom(TextLine& line, const Token& token);
Length LengthFrom(TextLine& line, const Token& token);
int64_t PagesFrom(TextLine& line, const Token& token);  // a length of whole pages alone
SyncFlags FlagsFrom(TextLine& line, const Token& token);
Errno ErrnoFrom(TextLine& line, const Token& token);
int CountFrom(TextLine& line, const Token& token, int most, absl::string_view expected);
Outcomes OutcomesFrom(TextLine& line, const Token& token);
FileId FileIdFrom(TextLine& line, const Token& token);

}  // namespace msyncspec

#endif  // MSYNCSPEC_HARNESS_SCENARIO_TEXT_VALUES_H_
