// SPDX-License-Identifier: Apache-2.0
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { comment_for, has_line, with_line } from './license_lines.mjs';

test('sources have a comment of their language, data and documents none', () => {
  assert.equal(comment_for('base/time.h'), '// SPDX-License-Identifier: Apache-2.0');
  assert.equal(comment_for('base/CMakeLists.txt'), '# SPDX-License-Identifier: Apache-2.0');
  assert.equal(comment_for('catalog/exercises/squat.json'), undefined);
  assert.equal(comment_for('README.md'), undefined);
});

test('the line stands at the top, or after a shebang', () => {
  assert.equal(with_line('int a;\n', '// x'), '// x\nint a;\n');
  assert.equal(with_line('#!/bin/sh\nls\n', '# x'), '#!/bin/sh\n# x\nls\n');
});

test('finds the line near the top only', () => {
  assert.ok(has_line('#!/bin/sh\n# SPDX-License-Identifier: Apache-2.0\n'));
  assert.ok(!has_line('// Apache\n'));
  assert.ok(!has_line('\n\n\n// SPDX-License-Identifier: Apache-2.0\n'));
});
