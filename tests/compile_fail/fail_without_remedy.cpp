// SPDX-License-Identifier: Apache-2.0
// message: too few arguments to function .*fail|no matching function for call to 'fail'
#include "base/result.h"

namespace reprise {

Result<int> frames_in_video() {
#ifdef MISTAKE
  return fail(ErrorCode::corrupt, "video decoding", "the file ends early");
#else
  return fail(ErrorCode::corrupt, "video decoding", "the file ends early", "export it again");
#endif
}

}  // namespace reprise
