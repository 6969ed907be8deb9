// SPDX-License-Identifier: Apache-2.0
import { useMemo } from 'react';
import qrcode from 'qrcode-generator';
import { Qr } from './copyable_text.tsx';

/** Light modules around the code, as the standard wants. */
const QUIET = 4;

/** A QR code as SVG, drawn on this device. Dark on light in the dark theme, too: not all cameras read the other. */
function svgOf(address: string): string {
  const code = qrcode(0, 'M');
  code.addData(address);
  code.make();
  const count = code.getModuleCount();
  const all = Array.from({ length: count }, (_, at) => at);
  const dark = all.flatMap((down) =>
    all.flatMap((across) => (code.isDark(down, across) ? `M${across + QUIET} ${down + QUIET}h1v1h-1z` : [])),
  );
  const side = count + 2 * QUIET;
  return (
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${side} ${side}" shape-rendering="crispEdges">` +
    `<rect width="${side}" height="${side}" fill="#fff"/><path d="${dark.join('')}"/></svg>`
  );
}

/** An address as a QR code, for the camera of another device. It holds the address alone. */
export function AddressQr({ address, label }: { address: string; label: string }) {
  const svg = useMemo(() => svgOf(address), [address]);
  return <Qr svg={svg} label={label} />;
}
