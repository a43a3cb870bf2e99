/** Our one WebGL 2 context, on a canvas that is never shown: it works in the page and in a worker alike. */
import type { ModelSpec } from '../../spec/model.js';
import { GraphicsDevice, noDevice, tooLarge } from './graphics-device.js';
import { largestTensor } from './largest-tensor.js';

/** Bits of the fraction of a single-precision number. */
const singlePrecision = 23;

/** @throws DeviceError `no-device`, saying what is missing */
export function createContext(): WebGL2RenderingContext {
  if (typeof OffscreenCanvas === 'undefined') throw noDevice('WebGL is not there: this browser or host does not offer it.');
  const settings = { alpha: false, antialias: false, depth: false, stencil: false, powerPreference: 'high-performance' } as const;
  const gl = new OffscreenCanvas(1, 1).getContext('webgl2', settings);
  if (!gl) throw noDevice('WebGL 2 is not there: this browser does not offer it in the background, or no graphics processor allows it.');
  const precision = gl.getShaderPrecisionFormat(gl.FRAGMENT_SHADER, gl.HIGH_FLOAT)?.precision ?? 0;
  if (precision >= singlePrecision && gl.getExtension('EXT_color_buffer_float')) return gl;
  releaseContext(gl);
  throw noDevice('WebGL computes only with half precision on this graphics processor, which is too coarse to train with.');
}

/** The graphics processor in words. */
export function describeContext(gl: WebGL2RenderingContext): string {
  const unmasked = gl.getExtension('WEBGL_debug_renderer_info');
  const renderer: unknown = gl.getParameter(unmasked ? unmasked.UNMASKED_RENDERER_WEBGL : gl.RENDERER);
  return renderer ? `Graphics processor, by WebGL (${renderer})` : 'Graphics processor, by WebGL';
}

/** A browser allows few contexts at a time and keeps them until they are collected. */
export function releaseContext(gl: WebGL2RenderingContext): void {
  gl.getExtension('WEBGL_lose_context')?.loseContext();
}

export class WebglDevice extends GraphicsDevice {
  readonly description: string;
  readonly canvas: OffscreenCanvas;

  /** @throws DeviceError `no-device` */
  constructor(readonly gl = createContext()) {
    super();
    // A worker's types have no `canvas` on a context, though every context has one.
    ({ canvas: this.canvas } = gl as WebGL2RenderingContext & { canvas: OffscreenCanvas });
    this.description = describeContext(gl);
    this.canvas.addEventListener('webglcontextlost', (event) => {
      const { statusMessage } = event as WebGLContextEvent;
      this.giveUp(statusMessage || 'the browser took it away.');
    });
  }

  /** Loss is announced late; until then a lost context reads zeros. */
  override check(): void {
    if (this.gl.isContextLost()) this.giveUp('the browser took it away.');
    super.check();
  }

  checkSize(model: ModelSpec, batchSize: number): void {
    const largest = largestTensor(model, batchSize);
    const side: number = this.gl.getParameter(this.gl.MAX_TEXTURE_SIZE);
    if (largest > side * side) {
      throw tooLarge(`The network needs a texture of ${largest} numbers; the graphics processor takes at most ${side} × ${side}.`);
    }
  }

  protected release(): void {
    releaseContext(this.gl);
  }
}
