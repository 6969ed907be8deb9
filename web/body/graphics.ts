// SPDX-License-Identifier: Apache-2.0

let byProcessor: boolean | undefined;

/** Whether there is no graphics card: smooth edges would then cost half of the pictures. */
export function drawnByProcessor(): boolean {
  if (byProcessor !== undefined) return byProcessor;
  const gl = document.createElement('canvas').getContext('webgl');
  const told = gl?.getExtension('WEBGL_debug_renderer_info');
  const name: unknown = told && gl?.getParameter(told.UNMASKED_RENDERER_WEBGL);
  gl?.getExtension('WEBGL_lose_context')?.loseContext();
  byProcessor = typeof name === 'string' && /swiftshader|llvmpipe|software|basic render/i.test(name);
  return byProcessor;
}
