// SPDX-License-Identifier: Apache-2.0
// Shows the page as if the system asked for more contrast, by the style sheets' own rules for that.

const ASKED = /prefers-contrast:\s*more/;
const applied = new Map<CSSMediaRule, string>();

/** Rules for more contrast hold everywhere, until they are asked for again by the system alone. */
export function showMoreContrast(on: boolean) {
  for (const [rule, text] of applied) rule.media.mediaText = text;
  applied.clear();
  if (!on) return;
  for (const sheet of document.styleSheets)
    for (const rule of sheet.cssRules)
      if (rule instanceof CSSMediaRule && ASKED.test(rule.media.mediaText)) {
        applied.set(rule, rule.media.mediaText);
        rule.media.mediaText = 'all';
      }
}
