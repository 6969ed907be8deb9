// SPDX-License-Identifier: Apache-2.0
// In the page: targets that are too small for a finger.

/** The least side, in pixels (docs/design.md). */
export const LEAST_TARGET = 44;

/**
 * Returns the targets less than `least` pixels high or wide, with their sizes. Left out: links within a sentence (WCAG
 * 2.2, 2.5.8, "Inline"), disabled ones, and those for readers of screens alone. A checkbox is as large as it and its
 * label together.
 */
export function small_targets(least: number): string[] {
  const TARGETS = 'a[href], button, input:not([type="hidden"]), select, textarea, summary';
  const shown = (element: Element) => {
    const { clipPath, visibility } = getComputedStyle(element);
    return clipPath === 'none' && visibility === 'visible' && element.closest('.hidden, [inert], .skip') === null;
  };
  const within_sentence = (element: Element) =>
    element.matches('a, button.link') &&
    getComputedStyle(element).display === 'inline' &&
    [...(element.parentNode?.childNodes ?? [])].some(
      (beside) => beside.nodeType === Node.TEXT_NODE && (beside.textContent ?? '').trim().length > 1,
    );
  return [...document.querySelectorAll<HTMLElement>(TARGETS)].flatMap((target) => {
    if (target.matches(':disabled') || !shown(target) || within_sentence(target)) return [];
    const labels = 'labels' in target ? [...((target as HTMLInputElement).labels ?? [])] : [];
    const touched = target.matches('input[type="radio"], input[type="checkbox"]') ? [target, ...labels] : [target];
    const boxes = touched.map((one) => one.getBoundingClientRect()).filter(({ width }) => width > 0);
    if (boxes.length === 0) return [];
    const width = Math.max(...boxes.map(({ right }) => right)) - Math.min(...boxes.map(({ left }) => left));
    const height = Math.max(...boxes.map(({ bottom }) => bottom)) - Math.min(...boxes.map(({ top }) => top));
    // Half a pixel: sizes in rem are rounded.
    if (width >= least - 0.5 && height >= least - 0.5) return [];
    const name = target.getAttribute('aria-label') ?? labels[0]?.textContent ?? target.textContent ?? '';
    const of = `${target.tagName.toLowerCase()}${target.className ? `.${target.className.split(' ')[0]}` : ''}`;
    return [`${of} "${name.trim().slice(0, 40)}" ${Math.round(width)} x ${Math.round(height)}`];
  });
}
