// SPDX-License-Identifier: Apache-2.0
import qrcode from 'qrcode-generator';
import type { Block } from './blocks.ts';

/** Light modules around the code, as the standard wants. */
const QUIET = 4;

/** An address as a QR code, drawn as squares, at most `most` points wide. */
export function qr(address: string, alt: string, most = 92): Block {
  const code = qrcode(0, 'M');
  code.addData(address);
  code.make();
  const count = code.getModuleCount();
  const side = (width: number) => Math.min(width, most);
  return {
    height: (_, width) => side(width),
    draw: (pen, parent, x, y, width) => {
      const one = side(width) / (count + 2 * QUIET);
      const draw = () => {
        pen.pdf.rect(x, y, side(width), side(width)).fill('#fff');
        for (let down = 0; down < count; down++)
          for (let across = 0; across < count; across++)
            if (code.isDark(down, across)) pen.pdf.rect(x + (across + QUIET) * one, y + (down + QUIET) * one, one, one);
        pen.pdf.fill('#000');
      };
      pen.tag(parent, 'Figure', draw, alt).end();
    },
  };
}
