/** The camera of this machine as small square pictures: on while it is needed, and off as soon as it is not. */
import { InputError } from '../../base/errors.js';
import type { PictureColumn } from '../../data/table.js';

/** Pixels a side: what a model of pictures is given anyway. */
export const side = 64;

const problems: ReadonlyMap<string, [code: string, message: string, advice: string]> = new Map([
  ['NotAllowedError', ['camera-denied', 'This page may not use the camera.', 'Allow it beside the address above, then try again.']],
  ['NotFoundError', ['no-camera', 'There is no camera on this machine.', 'Plug one in, or give a folder of pictures.']],
  ['NotReadableError', ['camera-busy', 'The camera is used by another program.', 'Close that program, then try again.']],
]);

export class Camera {
  readonly #canvas = Object.assign(document.createElement('canvas'), { width: side, height: side });

  private constructor(
    readonly stream: MediaStream,
    readonly video: HTMLVideoElement,
  ) {}

  /** @throws InputError saying why there is no picture, and what to do */
  static async open(video: HTMLVideoElement): Promise<Camera> {
    let stream: MediaStream | undefined;
    try {
      if (!navigator.mediaDevices) throw new DOMException('', 'NotFoundError');
      stream = await navigator.mediaDevices.getUserMedia({ video: { width: { ideal: 320 }, height: { ideal: 320 } } });
      video.srcObject = stream;
      await video.play();
      return new Camera(stream, video);
    } catch (cause) {
      // Also where the element was taken away while the browser was asking: then it plays nothing, and the camera would stay on.
      for (const track of stream?.getTracks() ?? []) track.stop();
      video.srcObject = null;
      const known = problems.get(cause instanceof Error ? cause.name : '');
      const [code, message, advice] = known ?? [
        'camera-failed',
        'The camera gives no picture.',
        'Try again, or give a folder of pictures.',
      ];
      throw new InputError(code, message, { advice, cause });
    }
  }

  /** What it shows now: the square in its middle. */
  picture(): PictureColumn {
    const { videoWidth: width, videoHeight: height } = this.video;
    const square = Math.min(width, height);
    const context = this.#canvas.getContext('2d', { willReadFrequently: true }) as CanvasRenderingContext2D;
    context.drawImage(this.video, (width - square) / 2, (height - square) / 2, square, square, 0, 0, side, side);
    const { data } = context.getImageData(0, 0, side, side);
    const pixels = Uint8Array.from({ length: side * side * 3 }, (_, index) => data[Math.floor(index / 3) * 4 + (index % 3)]);
    return { kind: 'picture', size: { height: side, width: side, channels: 3 }, pixels };
  }

  close(): void {
    for (const track of this.stream.getTracks()) track.stop();
    this.video.srcObject = null;
  }
}
