/** The camera goes off whenever it is not needed, also where it is no longer needed when it comes on. */
import { afterEach, expect, test, vi } from 'vitest';
import { Camera } from '../../../../src/ui/elements/camera.js';

afterEach(() => vi.restoreAllMocks());

test('a camera that comes on when nothing can be shown any more is turned off', async () => {
  const canvas = document.createElement('canvas');
  canvas.getContext('2d');
  const stream = canvas.captureStream();
  vi.spyOn(navigator.mediaDevices, 'getUserMedia').mockResolvedValue(stream);
  const video = document.createElement('video');
  vi.spyOn(video, 'play').mockRejectedValue(new DOMException('The element was removed.', 'AbortError'));
  await expect(Camera.open(video)).rejects.toMatchObject({ code: 'camera-failed' });
  expect(stream.getTracks().map(({ readyState }) => readyState)).toEqual(['ended']);
  expect(video.srcObject).toBeNull();
});
