// SPDX-License-Identifier: Apache-2.0
// The values of web/design as they are in use: read from the page, not from the style sheet.
import { useComputedColorScheme } from '@mantine/core';
import { useEffect, useState } from 'react';
import { Icon, ICON_NAMES } from '../design/icons.tsx';
import { contrastOf } from './contrast.ts';
import { Group } from './example.tsx';

/** Each text's color with the grounds on which it stands. */
const TEXTS: readonly (readonly [text: string, ground: string])[] = [
  ['--mantine-color-text', '--ground'],
  ['--mantine-color-text', '--card'],
  ['--text-quiet', '--ground'],
  ['--text-quiet', '--card'],
  ['--mantine-color-anchor', '--ground'],
  ['--mantine-color-anchor', '--card'],
  ['--mantine-color-error', '--card'],
  ['--good', '--good-ground'],
  ['--careful', '--careful-ground'],
  ['--bad', '--bad-ground'],
  ['--good', '--card'],
  ['--bad', '--card'],
];
const TYPE = ['--type-small', '--type-body', '--type-heading', '--type-title'] as const;
const SPACES = ['--space-1', '--space-2', '--space-3', '--space-4', '--touch'] as const;
const CORNERS = ['--radius-small', '--radius'] as const;
const DEPTHS = ['--lifted', '--afloat'] as const;

/** Text on any ground has at least this (docs/design.md). */
const LEAST_CONTRAST = 4.5;

/** What a browser makes of colors: a variable may stand for another one. */
function colorsIn(place: HTMLElement, names: readonly string[]): Record<string, string> {
  const probe = place.appendChild(document.createElement('span'));
  const colors = Object.fromEntries(
    names.map((name) => {
      probe.style.color = `var(${name})`;
      return [name, getComputedStyle(probe).color];
    }),
  );
  probe.remove();
  return colors;
}

/** Reads the colors once they are shown: where they may have changed, it is another one by its key. */
function Colors() {
  const [colors, setColors] = useState<Record<string, string>>({});
  useEffect(() => {
    const read = () => setColors(colorsIn(document.body, [...new Set(TEXTS.flat())]));
    // After the root has the scheme's mark.
    const frame = requestAnimationFrame(read);
    const more = window.matchMedia('(prefers-contrast: more)');
    more.addEventListener('change', read);
    return () => {
      cancelAnimationFrame(frame);
      more.removeEventListener('change', read);
    };
  }, []);
  return (
    <table className="table gallery-colors">
      <caption className="hidden">Colors of texts on their grounds</caption>
      <thead>
        <tr>
          <th scope="col">Text on ground</th>
          <th scope="col">Contrast</th>
        </tr>
      </thead>
      <tbody>
        {TEXTS.map(([text, ground]) => {
          const ratio = contrastOf(colors[text] ?? '', colors[ground] ?? '');
          return (
            <tr key={text + ground}>
              <td style={{ color: `var(${text})`, background: `var(${ground})` }}>
                {text} on {ground}
              </td>
              <td className="gallery-ratio" data-low={(ratio !== undefined && ratio < LEAST_CONTRAST) || undefined}>
                {ratio?.toFixed(2)}
              </td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}

/** `settings`: changes whenever the colors may have. */
export function Values({ settings }: { settings: string }) {
  const scheme = useComputedColorScheme('light');
  return (
    <Group id="values" title="Values">
      <div className="gallery-values" lang="en">
        <h3>Colors</h3>
        <Colors key={`${scheme} ${settings}`} />
        <h3>Type</h3>
        {TYPE.map((name) => (
          <p key={name} style={{ fontSize: `var(${name})` }}>
            {name}: 12.5° of 90°
          </p>
        ))}
        <h3>Space, touch</h3>
        {SPACES.map((name) => (
          <p key={name} className="gallery-space">
            <span style={{ width: `var(${name})`, height: `var(${name})` }} /> {name}
          </p>
        ))}
        <h3>Corners, depth</h3>
        <div className="gallery-boxes">
          {CORNERS.map((name) => (
            <span key={name} style={{ borderRadius: `var(${name})` }}>
              {name}
            </span>
          ))}
          {DEPTHS.map((name) => (
            <span key={name} style={{ boxShadow: `var(${name})` }}>
              {name}
            </span>
          ))}
        </div>
        <h3>Icons</h3>
        <ul className="gallery-icons">
          {ICON_NAMES.map((name) => (
            <li key={name}>
              <Icon name={name} /> {name}
            </li>
          ))}
        </ul>
      </div>
    </Group>
  );
}
